//! Tells the lines of a Markdown file apart by their beginnings.

use nhiemvu_model::LineRole;

use super::inline::{parse, parse_words};
use super::stars::Block;
use super::table::RowDraft;
use super::{broken, flat, grid, table};
use crate::builder::Builder;
use crate::furniture::{is_page_break, is_rule, lines_with_page_breaks};
use crate::html;

/// Front matter is no longer than this many lines.
const FRONT_MATTER: usize = 60;

/// An HTML table is no longer than this many lines.
const LONGEST_TABLE: usize = 5_000;

/// Appends all lines of `text` to the document.
pub(crate) fn read(text: &str, builder: &mut Builder) {
    let lines = lines_with_page_breaks(text);
    let mut state = Blocks { builder, block: Block::default(), page: 0, last_table: None, unclosed: 0 };
    let mut at = state.front_matter(&lines);
    while let Some((breaks, line)) = lines.get(at) {
        state.turn_pages(*breaks);
        at += if let Some(rows) = grid::rows_at(&lines, at) {
            state.table(grid::read(lines.get(at..at + rows).unwrap_or_default()));
            rows
        } else if let Some((rows, taken)) = broken::rows_at(&lines, at) {
            let rows: Vec<(u32, &str)> = rows.iter().map(|(page, row)| (*page, row.as_str())).collect();
            state.table(table::read(&rows));
            taken
        } else if let Some(rows) = flat::rows(line) {
            let rows: Vec<(u32, &str)> = rows.iter().map(|row| (*breaks, row.as_str())).collect();
            state.table(table::read(&rows));
            1
        } else if let Some(rows) = table::rows_at(&lines, at) {
            state.table(table::read(lines.get(at..at + rows).unwrap_or_default()));
            rows
        } else if let Some(rows) = state.html_table_at(&lines, at) {
            state.html_table(lines.get(at..at + rows).unwrap_or_default());
            rows
        } else {
            state.line(line);
            1
        };
    }
    state.flush();
}

struct Blocks<'b> {
    builder: &'b mut Builder,
    /// Text lines that emphasis may run through.
    block: Block,
    page: u32,
    /// Number and width of the last table, while only blank lines stand after it.
    last_table: Option<(u32, usize)>,
    /// Up to this line no HTML table is closed.
    unclosed: usize,
}

impl Blocks<'_> {
    fn turn_pages(&mut self, breaks: u32) {
        while self.page < breaks {
            self.flush();
            self.builder.next_page();
            self.page += 1;
        }
    }

    /// Takes what stands between two `---` at the very start: data about the file, not of the document. Gives the number
    /// of lines taken.
    fn front_matter(&mut self, lines: &[(u32, &str)]) -> usize {
        let is_fence = |line: &(u32, &str)| line.1.trim_end() == "---";
        if !lines.first().is_some_and(is_fence) {
            return 0;
        }
        let Some(end) = lines.iter().take(FRONT_MATTER).skip(1).position(is_fence) else { return 0 };
        let Some(taken) = lines.get(..end + 2) else { return 0 };
        let is_data = |line: &str| {
            line.trim().is_empty() || line.starts_with([' ', '#', '-']) || key(line).is_some_and(|k| k.len() < 40)
        };
        if !taken.iter().all(|(_, line)| is_data(line)) {
            return 0;
        }
        for (_, line) in taken {
            self.builder.plain(line, LineRole::Furniture);
        }
        taken.len()
    }

    fn line(&mut self, line: &str) {
        let words = line.trim();
        if !words.is_empty() {
            self.last_table = None;
        }
        if words.is_empty() || is_empty_emphasis(words) || words.starts_with("```") || words.starts_with("~~~") {
            self.flush();
            self.builder.blank();
        } else if is_page_break(words) {
            self.flush();
            self.builder.plain(words, LineRole::Furniture);
            self.builder.next_page();
        } else if is_rule(words) {
            self.flush();
            self.builder.plain(words, LineRole::Furniture);
        } else if let Some((level, words)) = heading(line) {
            self.heading(level, words);
        } else if let Some((mark, words)) = footnote(words) {
            self.flush();
            self.builder.styled(parse_words(words), &LineRole::Footnote(mark.to_owned()));
        } else if words.trim_matches('|').trim().is_empty() {
            // a bar of a flattened table parts cells, so no emphasis runs over it
            self.flush();
            self.builder.plain(words, LineRole::Body);
        } else {
            self.text_line(line);
        }
    }

    fn heading(&mut self, level: u8, words: &str) {
        self.flush();
        if words.is_empty() {
            return self.builder.blank();
        }
        let words = parse_words(words);
        let role = if words.is_blank() { LineRole::Body } else { LineRole::Heading(level) };
        self.builder.styled(words, &role);
    }

    /// Adds a line to the block, its indent and bullet as they are but for the space behind the bullet.
    fn text_line(&mut self, line: &str) {
        let line = unquoted(line);
        if !self.block.text.is_empty() {
            self.block.text.push('\n');
        }
        let start = self.block.text.len();
        let words = line.trim_start();
        let (indent, _) = line.split_at(line.len() - words.len());
        self.block.text.push_str(indent);
        if let Some((mark, words)) = bullet(words) {
            self.block.text.push_str(mark);
            self.block.text.push(' ');
            self.block.items.push((start, self.block.text.len()));
            self.block.text.push_str(words);
        } else {
            if is_numbered(words) {
                self.block.items.push((start, self.block.text.len()));
            }
            self.block.text.push_str(words);
        }
    }

    fn table(&mut self, drafts: Vec<RowDraft>) {
        self.flush();
        let width = drafts.first().map_or(0, |row| row.cells.len());
        let goes_on = !drafts.first().is_some_and(|row| row.head);
        let number = match self.last_table {
            Some((number, before)) if goes_on && before == width => number,
            _ => self.builder.new_table(),
        };
        for row in drafts {
            self.turn_pages(row.page);
            self.builder.row(number, row.head, row.cells);
        }
        self.last_table = Some((number, width));
    }

    /// How many lines an HTML table takes that starts at `at`, as converters write tables with merged cells.
    fn html_table_at(&mut self, lines: &[(u32, &str)], at: usize) -> Option<usize> {
        let first = lines.get(at)?.1.trim_start();
        if at < self.unclosed || !first.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("<table")) {
            return None;
        }
        // one that is never closed would take the rest of the document
        let mut ends = lines.get(at..)?.iter().take(LONGEST_TABLE);
        let end = ends.position(|(_, line)| line.to_ascii_lowercase().contains("</table>"));
        if end.is_none() {
            self.unclosed = at + LONGEST_TABLE;
        }
        Some(end? + 1)
    }

    fn html_table(&mut self, lines: &[(u32, &str)]) {
        self.flush();
        self.last_table = None;
        let table: Vec<&str> = lines.iter().map(|(_, line)| *line).collect();
        html::fragment(&table.join("\n"), self.builder);
    }

    fn flush(&mut self) {
        if self.block.text.is_empty() {
            return;
        }
        let block = std::mem::take(&mut self.block);
        self.builder.styled(parse(&block), &LineRole::Body);
    }
}

/// The key of a line `key: value` of front matter.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    (!key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b' ')))
        .then_some(key)
}

/// A heading's level and words. Any indent is allowed, and from the second level on the space may be missing.
pub(crate) fn heading(line: &str) -> Option<(u8, &str)> {
    let line = line.trim();
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    let spaced = words.is_empty() || words.starts_with([' ', '\t']);
    let glued = level > 1 && words.starts_with(|c: char| c.is_alphanumeric() || c == '*');
    if !(1..=6).contains(&level) || !(spaced || glued) {
        return None;
    }
    let words = words.trim();
    let closed = words.trim_end_matches('#');
    let words = if closed.is_empty() || closed.ends_with(' ') { closed.trim_end() } else { words };
    Some((level as u8, words))
}

/// `[^1]: words`.
fn footnote(line: &str) -> Option<(&str, &str)> {
    let (mark, words) = line.strip_prefix("[^")?.split_once("]:")?;
    (!mark.is_empty() && mark.len() < 20).then_some((mark, words.trim_start()))
}

/// Emphasis around nothing, with which web copies show an empty paragraph: `** **`, `* *`, `****`.
fn is_empty_emphasis(words: &str) -> bool {
    let mut parts = words.split(' ').filter(|part| !part.is_empty());
    let (Some(first), second, None) = (parts.next(), parts.next(), parts.next()) else { return false };
    let is_stars = |part: &str| part.bytes().all(|b| b == b'*');
    is_stars(first) && second.map_or(first.len() == 4, |second| second == first && first.len() < 4)
}

/// The line without the `>` of a quotation; before a figure the sign is a comparison.
fn unquoted(line: &str) -> &str {
    let mut rest = line;
    while let Some(after) = rest.trim_start().strip_prefix('>') {
        if after.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '=') || !after.starts_with([' ', '>']) {
            break;
        }
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    rest
}

/// Whether the words begin an item of a list.
pub(super) fn begins_item(words: &str) -> bool {
    bullet(words).is_some() || is_numbered(words)
}

/// The bullet at the start of the words, and the words behind it.
fn bullet(words: &str) -> Option<(&str, &str)> {
    let mark = words.chars().next().filter(|c| matches!(c, '-' | '*' | '+' | '•' | '–'))?;
    let (mark, rest) = words.split_at(mark.len_utf8());
    let words = rest.trim_start_matches([' ', '\t']);
    (words.len() < rest.len() && !words.is_empty()).then_some((mark, words))
}

/// Whether the words start with a number or a letter of a list: `1. `, `2) `, `a) `, `đ) `.
fn is_numbered(words: &str) -> bool {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let rest = if digits > 0 { words.get(digits..) } else { words.strip_prefix(|c: char| c.is_alphabetic()) };
    let Some(rest) = rest.filter(|_| digits < 4) else { return false };
    rest.strip_prefix(')').or_else(|| rest.strip_prefix('.').filter(|_| digits > 0)).is_some_and(|s| s.starts_with(' '))
}
