//! Grid tables (`+----+----+`), as converters from Word write cells of several paragraphs and merged cells.
//!
//! A line of `+`, `-` and `=` parts rows; in one that parts only some columns (`|  text  +------+`) the other cells go on.
//! A column begins wherever any such line has a `+`, counted in characters; a cell that no bar parts from the next holds
//! both columns.

use super::blocks::begins_item;
use super::inline::parse_words;
use super::table::RowDraft;
use crate::builder::CellDraft;
use crate::styled::Styled;

/// A border of fewer characters does not tell a text as Markdown.
const NARROWEST: usize = 12;

/// How many lines of a grid table start at `at`; `None` where none does.
pub(super) fn rows_at(lines: &[(u32, &str)], at: usize) -> Option<usize> {
    if !is_border(lines.get(at)?.1) {
        return None;
    }
    let belongs = |line: &str| {
        let line = line.trim();
        is_border(line) || line.len() > 1 && line.starts_with(['|', '+']) && line.ends_with(['|', '+'])
    };
    let count = lines.get(at..)?.iter().take_while(|(_, line)| belongs(line)).count();
    // up to the last whole border: a bar behind it belongs to something else
    let last = lines.get(at..at + count)?.iter().rposition(|(_, line)| is_border(line))?;
    (last > 1).then_some(last + 1)
}

/// Whether the line is a border over the whole width: `+----+====+`.
pub(super) fn is_border(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 5
        && line.starts_with("+-") | line.starts_with("+=") | line.starts_with("+:")
        && line.ends_with('+')
        && line.bytes().all(|b| matches!(b, b'+' | b'-' | b'=' | b':'))
}

/// The rows that the lines hold, the head closed by a border of `=`.
pub(super) fn read(lines: &[(u32, &str)]) -> Vec<RowDraft> {
    let indent = lines.first().map_or(0, |(_, line)| line.len() - line.trim_start().len());
    let mut grid = Grid::new(lines, indent);
    for (page, line) in lines {
        grid.line(*page, &line.chars().skip(indent).collect::<Vec<char>>());
    }
    let heads = grid.heads;
    let draft = |(n, row): (usize, Row)| RowDraft { head: n < heads, page: row.page, cells: row.cells() };
    grid.rows.into_iter().enumerate().map(draft).collect()
}

struct Grid {
    /// Where columns begin and the last one ends, in characters.
    bars: Vec<usize>,
    rows: Vec<Row>,
    /// Rows of the head.
    heads: usize,
    /// For each column, the row that holds the words of its cell.
    owner: Vec<usize>,
}

#[derive(Default)]
struct Row {
    page: u32,
    /// For each column its lines; `None` where the cell to the left holds it.
    columns: Vec<Option<Vec<String>>>,
    merged_up: Vec<bool>,
}

impl Grid {
    fn new(lines: &[(u32, &str)], indent: usize) -> Self {
        let mut bars = Vec::new();
        for (_, line) in lines {
            let chars: Vec<char> = line.chars().skip(indent).collect();
            for (at, _) in chars.iter().enumerate().filter(|(at, c)| **c == '+' && is_corner(&chars, *at)) {
                bars.push(at);
            }
        }
        bars.sort_unstable();
        bars.dedup();
        Self { owner: vec![0; bars.len().saturating_sub(1)], bars, rows: Vec::new(), heads: 0 }
    }

    fn line(&mut self, page: u32, line: &[char]) {
        let columns = self.bars.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>();
        let drawn: Vec<bool> = columns.iter().map(|(from, to)| is_drawn(line, from + 1, *to)).collect();
        if drawn.iter().any(|d| *d) {
            self.border(page, line, &drawn);
        }
        let mut at = 0;
        while let Some((from, _)) = columns.get(at) {
            let mut last = at;
            while columns.get(last + 1).is_some_and(|(next, _)| !matches!(line.get(*next), Some('|' | '+') | None)) {
                last += 1;
            }
            if !drawn.get(at).copied().unwrap_or(true) {
                let words = line.get(from + 1..columns[last].1.min(line.len())).unwrap_or_default();
                // beside a border a cell that goes on has no blank line of its own
                if !drawn.contains(&true) || words.iter().any(|c| !c.is_whitespace()) {
                    self.words(at, last, words);
                }
            }
            at = last + 1;
        }
    }

    /// A border: new cells begin in the columns that it is drawn over, the others go on from above.
    fn border(&mut self, page: u32, line: &[char], drawn: &[bool]) {
        if line.contains(&'=') && self.heads == 0 {
            self.heads = self.rows.len();
        }
        self.rows.push(Row {
            page,
            columns: drawn.iter().map(|_| Some(Vec::new())).collect(),
            merged_up: drawn.iter().map(|drawn| !drawn).collect(),
        });
        let newest = self.rows.len() - 1;
        for (owner, _) in self.owner.iter_mut().zip(drawn).filter(|(_, drawn)| **drawn) {
            *owner = newest;
        }
    }

    fn words(&mut self, first: usize, last: usize, words: &[char]) {
        let words: String = words.iter().collect();
        let newest = self.rows.len().saturating_sub(1);
        if let Some(row) = self.rows.get_mut(newest) {
            for column in first + 1..=last {
                row.columns[column] = None;
            }
        }
        let owner = self.owner.get(first).copied().unwrap_or(newest);
        if let Some(Some(lines)) = self.rows.get_mut(owner).and_then(|row| row.columns.get_mut(first)) {
            lines.push(words.trim_end().to_owned());
        }
    }
}

impl Row {
    fn cells(self) -> Vec<CellDraft> {
        let mut cells: Vec<CellDraft> = Vec::new();
        for (column, (lines, merged_up)) in self.columns.into_iter().zip(self.merged_up).enumerate() {
            match (lines, cells.last_mut()) {
                (None, Some(left)) => left.columns += 1,
                (lines, _) => {
                    let column = u16::try_from(column).unwrap_or(u16::MAX);
                    cells.push(CellDraft {
                        paragraphs: paragraphs(&lines.unwrap_or_default()),
                        column,
                        columns: 1,
                        merged_up,
                    });
                }
            }
        }
        cells
    }
}

/// The paragraphs of a cell: lines that the width has broken are joined, blank lines and list items begin a new one.
fn paragraphs(lines: &[String]) -> Vec<Styled> {
    let mut text = String::new();
    let mut open = false;
    for line in lines {
        let words = line.trim();
        let words = words.strip_prefix('>').map_or(words, str::trim_start);
        if words.is_empty() {
            open = false;
            continue;
        }
        let broken = text.ends_with('\\');
        if broken {
            text.pop();
        }
        if !text.is_empty() {
            text.push_str(if open && !broken && !begins_item(words) { " " } else { "<br>" });
        }
        text.push_str(words);
        open = true;
    }
    let (text, runs) = parse_words(&text).finish();
    Styled::split(&text, &runs)
}

/// Whether the `+` at `at` is a corner of the grid and not one of the text.
fn is_corner(line: &[char], at: usize) -> bool {
    let is_line = |c: Option<&char>| matches!(c, Some('-' | '=' | ':'));
    is_line(line.get(at + 1)) || at > 0 && is_line(line.get(at - 1))
}

/// Whether the line is drawn from `from` up to `to`.
fn is_drawn(line: &[char], from: usize, to: usize) -> bool {
    let stretch = line.get(from..to.min(line.len())).unwrap_or_default();
    stretch.len() + 1 >= to.saturating_sub(from).max(2) && stretch.iter().all(|c| matches!(c, '-' | '=' | ':' | '+'))
}

/// Whether a text holds a grid table: two borders of the same form.
pub(super) fn is_in(text: &str) -> bool {
    // few texts hold a `+` at all
    if !text.contains('+') {
        return false;
    }
    let mut borders = text.lines().filter(|line| is_border(line) && line.trim().len() >= NARROWEST);
    borders.next().is_some() && borders.next().is_some()
}
