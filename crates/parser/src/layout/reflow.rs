//! Lines to paragraphs.
//!
//! A line goes on in the next one or it does not; what tells is, in this order: a marker at the head of the next line, the
//! format's own word, the place on the page (first-line indent, room left at the line's end), and the words themselves
//! (an unfinished line before a small letter).

use nhiemvu_model::{Mended, Source, Span};

use super::collapse::push_words;
use super::footnotes::Call;
use super::line_ends::{asks_for_more, ends_inside_name};
use super::lines::{LineKind, LineView};
use super::measure::Measure;
use super::place::{by_place, is_outdented, item_by_place};
use crate::block::marker::{self, Class, Marker};

/// A paragraph: lines that belong together, mended.
#[derive(Debug, Clone)]
pub(crate) struct Paragraph {
    /// Its words, marker included.
    pub text: Mended,
    /// The marker at its head.
    pub marker: Option<Marker>,
    /// Level of the format's heading.
    pub heading: Option<u8>,
    /// Whether its letters are capitals.
    pub caps: bool,
    /// Spaces before its first word.
    pub indent: usize,
    /// Table that stands here instead of words.
    pub table: Option<u32>,
}

/// Puts the lines `range` together to paragraphs.
pub(crate) fn paragraphs(
    source: &Source,
    lines: &[LineView],
    range: std::ops::Range<usize>,
    calls: &[Call],
    measure: Measure,
) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut blanks = 0_usize;
    let mut last_table = None;
    for i in range {
        let line = &lines[i];
        match &line.kind {
            LineKind::Blank => blanks += 1,
            LineKind::Furniture | LineKind::Footnote(_) => {
                if line.text(source) == "|" {
                    flush(source, lines, &mut open, calls, &mut out);
                }
            }
            LineKind::Row(table) => {
                flush(source, lines, &mut open, calls, &mut out);
                if last_table != Some(*table) {
                    out.push(table_paragraph(source, line, *table));
                }
                last_table = Some(*table);
                blanks = 0;
            }
            LineKind::Text | LineKind::Paragraph | LineKind::Heading(_) => {
                if !open.is_empty() && !goes_on(source, lines, &open, i, blanks, measure) {
                    flush(source, lines, &mut open, calls, &mut out);
                }
                open.push(i);
                blanks = 0;
            }
        }
    }
    flush(source, lines, &mut open, calls, &mut out);
    out
}

fn table_paragraph(source: &Source, line: &LineView, table: u32) -> Paragraph {
    Paragraph {
        text: Mended::of(&source.text, Span::new(line.span.start, line.span.start)),
        marker: None,
        heading: None,
        caps: false,
        indent: 0,
        table: Some(table),
    }
}

/// Whether the line holds a marker and nothing else: its words stand on the next line.
fn is_bare_marker(text: &str) -> bool {
    const LONGEST: usize = 7;
    text.len() <= 4 * LONGEST
        && text.chars().count() <= LONGEST
        && (marker::read(text).is_some_and(|m| m.len == text.len()) || matches!(text, "-" | "–" | "+" | "*" | "•"))
}

/// Whether a line's words end as a sentence or an item does.
pub(super) fn is_finished(text: &str) -> bool {
    let text = text.trim_end_matches(['*', '_', ' ', '”', '"', ')', '’']);
    text.ends_with(['.', ';', ':', '!', '?', '…', '/'])
}

/// Whether line `next` goes on with the paragraph of the lines `open`.
fn goes_on(source: &Source, lines: &[LineView], open: &[usize], next: usize, blanks: usize, measure: Measure) -> bool {
    let (Some(&last), Some(&first)) = (open.last(), open.first()) else { return false };
    let (a, b) = (&lines[last], &lines[next]);
    let (a_text, b_text) = (a.text(source), b.text(source));
    if let (LineKind::Heading(x), LineKind::Heading(y)) = (&a.kind, &b.kind) {
        return x == y
            && !is_finished(a_text)
            && marker::read(b_text).is_none()
            && blanks == 0
            && asks_for_more(a_text, b_text);
    }
    if matches!(b.kind, LineKind::Paragraph | LineKind::Heading(_)) || matches!(a.kind, LineKind::Heading(_)) {
        return matches!((&a.kind, &b.kind), (LineKind::Paragraph, LineKind::Paragraph))
            && broken_over_page(a, b, a_text, b_text);
    }
    if a.kind == LineKind::Paragraph {
        return false;
    }
    if open.len() == 1 && is_bare_marker(a_text) {
        return blanks == 0 || measure.spaced;
    }
    if is_bare_marker(b_text) {
        return false;
    }
    let small = b_text.chars().next().is_some_and(char::is_lowercase);
    let inner = super::broken_symbol(a_text, b_text);
    if let Some(marker) = marker::read(b_text) {
        return inner || marker_inside(source, lines, open, next, blanks, marker, measure);
    }
    if is_alone(b_text) || is_alone(lines[first].text(source)) {
        return false;
    }
    if inner {
        return true;
    }
    if is_field_line(b_text) {
        return false;
    }
    let finished = is_finished(a_text);
    if blanks > 0 && !(measure.spaced && blanks <= 2) {
        let full = is_full(a, b_text, measure);
        let on = small || asks_for_more(a_text, b_text) && !a_text.ends_with(',');
        let bracket = b_text.starts_with('(') || closes_bracket(a_text, b_text);
        let cut = full && (bracket || ends_inside_name(a_text, b_text) || may_be_cut(source, lines, open, b));
        return (!finished && (on || cut) || full && small && a_text.ends_with(';')) && (!a.caps || b.caps);
    }
    let item = !finished && marker::read(lines[first].text(source)).is_some();
    let open_end = small || asks_for_more(a_text, b_text);
    if let Some(on) = Some(()).filter(|()| item).and_then(|()| item_by_place(a, b, open.len() == 1, open_end, b_text)) {
        return on;
    }
    if finished && open.len() > 1 && is_outdented(a, b) {
        return false;
    }
    if let Some(on) = by_place(a, b, finished, small, pitch(lines, open, measure)) {
        return on;
    }
    if small && !finished {
        return true;
    }
    if a.caps != b.caps && (a.caps || b.caps) && finished_heading(a, b, small) {
        return false;
    }
    let numbered = marker::read(a_text).is_some_and(|m| !m.class.is_bullet());
    let heading = a.caps || a.bold && b.bold;
    if measure.width > 0 && numbered && !heading && !open_end && !finished && ends_early(a, b_text, open, measure) {
        return false;
    }
    // a line that begins where the first line above did is the first of another paragraph, even below a full line
    let beside = open.len() == 1 && a.indent == b.indent && !a.caps;
    let indented = |first: usize| b.indent >= first && (a.indent < first || finished || beside);
    if measure.first_indent.is_some_and(indented) && !small && !open_end {
        return false;
    }
    let room = measure.width.saturating_sub(a.chars);
    let word = b_text.split_whitespace().next().map_or(0, |w| w.chars().count());
    // the next word would have fitted: the line was ended on purpose
    let on_purpose = room > word + 1 + measure.width / 12;
    if measure.blocks && !(measure.close && finished && on_purpose && !small) {
        // lines that no blank line parts belong together, unless both are short and finished
        return !finished || a.chars * 2 > measure.width.max(60);
    }
    if measure.width == 0 {
        // lines are not wrapped: a line break is a break, but inside what is plainly unfinished
        return !finished && (small || asks_for_more(a_text, b_text))
            || measure.wrapped && wrapped_by_markup(a, b, finished);
    }
    if finished && blanks > 0 && !small && open.len() > 1 && open[open.len() - 1] - open[open.len() - 2] == 1 {
        // the lines above stand close: this blank line parts paragraphs
        return false;
    }
    if finished {
        return !on_purpose && !a_text.ends_with([':', ';']) || small;
    }
    // a numbered line by itself may be a heading; any other unfinished line ends only where much room is left
    let heading = open.len() == 1 && marker::read(a_text).is_some_and(|m| !m.class.is_bullet());
    let ended = if heading { on_purpose } else { room * 10 > measure.width * 3 };
    !ended || asks_for_more(a_text, b_text)
}

/// Whether the blank line between the full line at the end of `open` and `b` may be that between two pages: no heading and no title
/// ends there, and no second line of a kind begins (`Căn cứ …`).
fn may_be_cut(source: &Source, lines: &[LineView], open: &[usize], b: &LineView) -> bool {
    let (Some(first), Some(last)) = (open.first(), open.last()) else { return false };
    let (first, last) = (&lines[*first], &lines[*last]);
    let head = |line: &LineView| line.text(source).split(' ').take(2).map(str::to_owned).collect::<Vec<_>>();
    // a heading is of one line or two
    let numbered = open.len() <= 2 && marker::read(first.text(source)).is_some_and(|m| !m.class.is_bullet());
    let open_end = last.text(source).ends_with(|c: char| c.is_alphanumeric() || c == ',');
    open_end
        && last.place.is_none()
        && !numbered
        && !last.caps
        && !b.caps
        && last.bold == b.bold
        && head(first) != head(b)
}

/// Whether a bracket that `text` leaves open is closed in `next`.
fn closes_bracket(text: &str, next: &str) -> bool {
    let opened = text.rfind(['(', ')']).is_some_and(|at| text[at..].starts_with('('));
    opened && next.find(['(', ')']).is_some_and(|at| next[at..].starts_with(')'))
}

/// Whether the line has no room for the first word of the next; the marks of bold words are counted no more.
fn is_full(a: &LineView, b_text: &str, measure: Measure) -> bool {
    const MARKS: usize = 4;
    let word = b_text.split_whitespace().next().map_or(0, |w| w.chars().count());
    measure.width > 0 && a.chars + MARKS + 1 + word > measure.width
}

/// From one line of the paragraph to the next, in points; of one that has a single line so far, as elsewhere in the document.
fn pitch(lines: &[LineView], open: &[usize], measure: Measure) -> Option<f32> {
    let gaps = open.windows(2).filter_map(|pair| lines.get(pair[0])?.gap_to(lines.get(pair[1])?));
    let size = lines.get(*open.last()?)?.place?.size.max(6.0);
    gaps.reduce(f32::max).or_else(|| measure.pitch.map(|pitch| pitch * size))
}

/// `2. Sở Y tế` over `Chỉ đạo …`: a numbered line by itself that was ended on purpose, as the next word would have fitted.
fn ends_early(a: &LineView, b_text: &str, open: &[usize], measure: Measure) -> bool {
    let room = measure.width.saturating_sub(a.chars);
    let word = b_text.split_whitespace().next().map_or(0, |w| w.chars().count());
    let text_starts = b_text.chars().next().is_some_and(char::is_uppercase);
    text_starts && open.len() == 1 && room * 2 > measure.width && room > word + 1
}

/// A paragraph of the format that a page break cut in two.
fn broken_over_page(a: &LineView, b: &LineView, a_text: &str, b_text: &str) -> bool {
    a.page != b.page && !is_finished(a_text) && b_text.chars().next().is_some_and(char::is_lowercase)
}

/// A line in capitals beside one in small letters belongs to another paragraph.
fn finished_heading(a: &LineView, b: &LineView, small: bool) -> bool {
    (a.caps && a.chars > 3 && !small) || (b.caps && b.chars > 12)
}

/// Markup at a line's head makes it look short: bold that ends at a line's end, and small print behind it.
fn wrapped_by_markup(a: &LineView, b: &LineView, finished: bool) -> bool {
    !finished && a.bold == b.bold && !a.caps && a.chars > 60 && b.chars > 20
}

/// Whether a marker at the head of the next line is none: a number or a dash inside a sentence that a line break cut.
fn marker_inside(
    source: &Source,
    lines: &[LineView],
    open: &[usize],
    next: usize,
    blanks: usize,
    marker: Marker,
    measure: Measure,
) -> bool {
    let (Some(&last), Some(&first)) = (open.last(), open.first()) else { return false };
    let (a_text, b_text) = (lines[last].text(source), lines[next].text(source));
    let after = b_text[marker.len..].trim_start();
    let figure_only = |t: &str| t.bytes().next().is_some_and(|b| b.is_ascii_digit());
    let tight = blanks == 0 || measure.spaced;
    if is_finished(a_text) || !tight {
        // `giai đoạn 2020` / `- 2022.` over a blank line
        return !is_finished(a_text)
            && marker.class == Class::Dash
            && a_text.ends_with(|c: char| c.is_ascii_digit())
            && figure_only(after);
    }
    match marker.class {
        Class::Dash => {
            if a_text.ends_with(|c: char| c.is_ascii_digit()) && figure_only(after) {
                return true;
            }
            if super::hyphenated::is_cut(a_text, after) {
                return true;
            }
            let own = marker::read(lines[first].text(source)).is_some_and(|m| m.class == Class::Dash);
            let full = measure.width > 0 && lines[last].chars * 100 >= measure.width * 82;
            // in a wrapped text a full, unfinished line may be cut at the dash of a name (`Công nghiệp` / `- Viễn thông`)
            let small = after.starts_with(char::is_lowercase);
            full && !own && (open.len() > 1 || small) && lines[last].indent == lines[next].indent
        }
        Class::Decimal(_) | Class::Roman | Class::Capital => {
            let word = a_text.rsplit(char::is_whitespace).next().unwrap_or("");
            matches!(
                word,
                "khoản"
                    | "Khoản"
                    | "điểm"
                    | "Điểm"
                    | "mục"
                    | "Mục"
                    | "số"
                    | "Điều"
                    | "điều"
                    | "Phụ"
                    | "lục"
                    | "quý"
                    | "Quý"
                    | "tháng"
                    | "ngày"
                    | "và"
                    | "phần"
                    | "Phần"
                    | "Chương"
            ) || (a_text.ends_with(',') && measure.width > 0 && figure_only(after))
        }
        Class::Letter => a_text.ends_with("điểm") || a_text.ends_with("các điểm"),
        // `tại điểm 1` / `Mục III Bản Thỏa thuận`: a citation that a line break cut
        Class::Article => !lines[last].caps && asks_for_more(a_text, b_text),
        Class::Section | Class::Part | Class::Chapter => !lines[last].caps && !lines[next].caps && !after.is_empty(),
        _ => false,
    }
}

/// Words that always stand in a line of their own.
pub(super) fn is_alone(text: &str) -> bool {
    const HEADS: [&str; 16] = [
        "TM.",
        "KT.",
        "TL.",
        "TUQ.",
        "Q.",
        "T/M",
        "K/T",
        "T/L",
        "TM ",
        "KT ",
        "TL ",
        "Nơi nhận",
        "NƠI NHẬN",
        "Kính gửi",
        "V/v",
        "PHỤ LỤC",
    ];
    let may = matches!(text.as_bytes().first(), Some(b'T' | b'K' | b'Q' | b'N' | b'V' | b'P'));
    may && HEADS.iter().any(|head| text.starts_with(head))
}

/// A line that begins with the label of a field (`Đơn vị chủ trì: …`): each field has a line of its own.
fn is_field_line(text: &str) -> bool {
    text.starts_with(char::is_uppercase)
        && text.split_once(':').is_some_and(|(label, _)| crate::block::fields::label_role(label).is_some())
}

/// Makes a paragraph of the open lines.
fn flush(source: &Source, lines: &[LineView], open: &mut Vec<usize>, calls: &[Call], out: &mut Vec<Paragraph>) {
    let Some(&first) = open.first() else { return };
    let text = mend(source, lines, open, calls);
    let words = text.text();
    let heading = match lines[first].kind {
        LineKind::Heading(level) => Some(level),
        _ => None,
    };
    let paragraph = Paragraph {
        marker: marker::read(words),
        caps: super::lines::is_caps(words),
        indent: lines[first].indent,
        heading,
        table: None,
        text,
    };
    open.clear();
    if !paragraph.text.text().trim().is_empty() {
        out.push(paragraph);
    }
}

/// Joins lines with single spaces, footnote marks left out, symbols that a hyphen broke joined again.
pub(crate) fn mend(source: &Source, lines: &[LineView], indices: &[usize], calls: &[Call]) -> Mended {
    let mut mended = Mended::default();
    for (n, i) in indices.iter().enumerate() {
        let line = &lines[*i];
        if n > 0 && !super::broken_symbol(mended.text(), line.text(source)) {
            mended.push_str(" ");
        }
        push_words(source, &mut mended, line.span, calls);
    }
    mended
}
