//! Headings without a marker over lists that begin anew below each of them (`Tháng 01` over `1.`, `2.`; `Tháng 02` over
//! `1.`, `2.`), as work programmes and rosters have them.

use super::marker::{Class, Marker};
use crate::layout::reflow::Paragraph;

/// How far another heading of the same kind is looked for, in paragraphs.
const REACH: usize = 60;

/// The class of the list that the unmarked paragraph `at` heads; `None` where it heads none.
pub(super) fn heads(
    paragraphs: &[Paragraph],
    at: usize,
    marker_of: impl Fn(&Paragraph) -> Option<Marker>,
) -> Option<Class> {
    let class = form(paragraphs, at, &marker_of)?;
    let same = |n: usize| form(paragraphs, n, &marker_of) == Some(class);
    // a list of a higher order, or a heading, ends the stretch in which lists are of one kind
    let open = |n: usize| {
        paragraphs.get(n).is_some_and(|p| p.heading.is_none() && marker_of(p).is_none_or(|m| !is_above(m.class, class)))
    };
    let later = (at + 1..at + REACH).take_while(|n| open(*n)).any(same);
    let earlier = (at.saturating_sub(REACH)..at).rev().take_while(|n| open(*n)).any(same);
    (later || earlier).then_some(class)
}

/// Whether the unmarked paragraph `at` is a line that heads the sentences below it, as another near it does (`Ban Giám hiệu` and
/// `Giáo viên chủ nhiệm`, each over paragraphs of its own).
pub(super) fn heads_sentences(paragraphs: &[Paragraph], at: usize) -> bool {
    let open = |n: usize| paragraphs.get(n).is_some_and(is_plain);
    over_sentence(paragraphs, at)
        && ((at + 2..at + REACH).take_while(|n| open(*n)).any(|n| over_sentence(paragraphs, n))
            || (at.saturating_sub(REACH)..at).rev().take_while(|n| open(*n)).any(|n| over_sentence(paragraphs, n)))
}

/// A short line without a stop right before a long paragraph that ends with one.
fn over_sentence(paragraphs: &[Paragraph], at: usize) -> bool {
    const LONG: usize = 90;
    let sentence = |p: &Paragraph| {
        let text = p.text.text().trim_end();
        is_plain(p)
            && text.chars().count() >= LONG
            && text.ends_with(['.', ';'])
            && text.starts_with(char::is_uppercase)
    };
    paragraphs.get(at).is_some_and(is_line) && paragraphs.get(at + 1).is_some_and(sentence)
}

fn is_plain(paragraph: &Paragraph) -> bool {
    paragraph.marker.is_none() && paragraph.table.is_none() && paragraph.heading.is_none()
}

/// A short line without a marker or a stop.
fn is_line(paragraph: &Paragraph) -> bool {
    const MOST_CHARS: usize = 70;
    let text = paragraph.text.text().trim();
    is_plain(paragraph)
        && text.chars().count() <= MOST_CHARS
        && text.starts_with(char::is_uppercase)
        && !text.contains(':')
        && !text.ends_with(['.', ';', ',', '/', '!', '?', '…'])
}

/// A line right before the first item of a list.
fn form(paragraphs: &[Paragraph], at: usize, marker_of: &impl Fn(&Paragraph) -> Option<Marker>) -> Option<Class> {
    paragraphs.get(at).filter(|paragraph| is_line(paragraph))?;
    let first = marker_of(paragraphs.get(at + 1)?)?;
    (first.number == 1 && matches!(first.class, Class::Decimal(1) | Class::Letter)).then_some(first.class)
}

fn is_above(class: Class, list: Class) -> bool {
    match class {
        Class::Part | Class::Chapter | Class::Section | Class::Article | Class::Capital | Class::Roman => true,
        Class::Decimal(1) => list == Class::Letter,
        _ => false,
    }
}
