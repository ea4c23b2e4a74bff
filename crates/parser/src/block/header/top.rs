//! Where the header begins.

use nhiemvu_model::Source;

use super::date::date_line;
use super::degree::is_degree_or_label;
use super::number::number_line;
use crate::block::doctype;
use crate::layout::lines::{LineKind, LineView};

/// The first line of the header: behind whatever a web page puts above it.
pub(super) fn top(source: &Source, lines: &[LineView]) -> usize {
    const SEARCHED: usize = 400;
    let motto = lines.iter().take(SEARCHED).position(|line| line.is_text() && line.is_motto(source));
    let Some(motto) = motto else {
        let first = by_title(source, lines);
        return by_number(source, lines.get(..SEARCHED.min(lines.len())).unwrap_or(lines)).unwrap_or(first);
    };
    // the issuing body's lines stand above the motto where the left column comes first
    let mut first = motto;
    let mut blanks = 0;
    for i in (0..motto).rev() {
        let line = &lines[i];
        let text = line.text(source);
        match line.kind {
            LineKind::Blank => blanks += 1,
            LineKind::Furniture if text != "|" => {}
            LineKind::Furniture => {
                if first != motto {
                    break;
                }
            }
            _ if line.is_text()
                && (line.caps
                    || number_line(text).is_some()
                    || date_line(text).is_some()
                    || is_mark(text)
                    || is_degree_or_label(text)
                    || tells_subject(source, lines, i)
                    || (!text.contains("**")
                        && first == motto
                        && line.chars < 40
                        && text.chars().next().is_some_and(char::is_uppercase)
                        && line.bold)) =>
            {
                first = i;
                blanks = 0;
            }
            _ => break,
        }
        if blanks > 3 {
            break;
        }
    }
    first
}

/// The star below the name of a Party body, or a rule drawn with signs.
pub(super) fn is_mark(text: &str) -> bool {
    const LONGEST: usize = 40;
    text.len() <= LONGEST && !text.contains(char::is_alphanumeric)
}

/// `V/v …` in the left column of a letter, which may run over several lines.
fn tells_subject(source: &Source, lines: &[LineView], at: usize) -> bool {
    const MOST_LINES: usize = 6;
    lines[..=at]
        .iter()
        .rev()
        .take(MOST_LINES)
        .take_while(|line| line.is_text() && number_line(line.text(source)).is_none())
        .any(|line| line.text(source).trim_start_matches(['*', '_', '(', ' ']).to_lowercase().starts_with("v/v"))
}

/// Without a motto, as web copies often are: the lines in capitals right above the number, where a date or the name of a
/// type follows it.
fn by_number(source: &Source, lines: &[LineView]) -> Option<usize> {
    const NEAR: usize = 10;
    let number = lines.iter().position(|line| line.is_text() && number_line(line.text(source)).is_some())?;
    let follows = lines.iter().skip(number + 1).filter(|line| line.is_text()).take(NEAR).any(|line| {
        let text = line.text(source);
        date_line(text).is_some() || doctype::title(text).is_some()
    });
    let mut first = number;
    for (i, line) in lines.iter().enumerate().take(number).rev() {
        match line.kind {
            LineKind::Blank => {}
            _ if line.is_text() && (line.caps || is_degree_or_label(line.text(source))) => first = i,
            _ => break,
        }
    }
    follows.then_some(first)
}

/// Without a number, too: the type's name in capitals near the top, behind lines of markup that are no header's; else the first line.
fn by_title(source: &Source, lines: &[LineView]) -> usize {
    const NEAR: usize = 4;
    let near: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].is_text()).take(NEAR).collect();
    let title = near.iter().position(|i| lines[*i].caps && doctype::title(lines[*i].text(source)).is_some());
    let markup = |i: &usize| lines[*i].text(source).starts_with(['<', '{', '[']);
    let first = near.first().copied().unwrap_or(0);
    title.filter(|title| near[..*title].iter().all(markup)).map_or(first, |title| near[title])
}
