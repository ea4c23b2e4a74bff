//! Tables of web copies that stand as one cell a line, with nothing between the cells (bảng bị dàn thành từng dòng).
//!
//! A page's table copied as text may leave each cell on a line of its own. The head tells the columns, and the running numbers
//! tell where rows begin. A row of as many lines as there are columns is read as it stands; in one of more lines a cell goes on
//! in the next line, and in one of fewer a cell was empty: which one is told by what the columns hold.

use std::ops::Range;

use nhiemvu_model::{FieldRole, Source};
use nhiemvu_text::fold_key;

use super::bars::BarTable;
use super::lines::{LineKind, LineView};
use super::stacked_rows;
use crate::block::fields::column_role;
use crate::block::header::begins_with_body;
use crate::block::table::is_row_number;
use crate::block::{closing, marker};
use crate::temporal::tells_when;

/// Fewest and most columns, that of the numbers among them.
const COLUMNS: Range<usize> = 3..13;
/// Most lines of a row.
const LONGEST_ROW: usize = 60;
/// Most characters of a column's name.
const LONGEST_HEAD: usize = 100;

/// Finds such tables: a head of three columns or more, two of them known, over rows that are numbered; or rows alone that are
/// all of as many lines.
///
/// Lines of the tables that are `known` already are left alone.
pub(crate) fn find(source: &Source, lines: &[LineView], known: &[BarTable]) -> Vec<BarTable> {
    let begins = |line: &LineView| names_numbers(source, line) || stacked_rows::may_begin(line.text(source));
    let Some(first) = lines.iter().position(begins) else { return Vec::new() };
    // numbers that stand alone look like those of pages
    let is_cell = |i: &usize| {
        let line = &lines[*i];
        line.is_text()
            || line.kind == LineKind::Furniture && is_row_number(line.text(source))
            || is_empty_cell(source, line)
    };
    let mut known = known.iter().map(|table| table.lines.clone()).peekable();
    let mut free = |i: &usize| {
        while known.next_if(|table| table.end <= *i).is_some() {}
        known.peek().is_none_or(|table| *i < table.start)
    };
    let filled: Vec<usize> = (first..lines.len()).filter(is_cell).filter(|i| free(i)).collect();
    let mut tables = Vec::new();
    let mut at = 0;
    while at < filled.len() {
        let head = names_numbers(source, &lines[filled[at]]);
        let reader = if head { Reader::new(source, lines, &filled[at..]) } else { None };
        let table = reader.and_then(Reader::read).or_else(|| stacked_rows::read(source, lines, &filled[at..]));
        at += match table {
            Some((table, taken)) => {
                tables.push(table);
                taken
            }
            None => 1,
        };
    }
    tables
}

/// A line of a hard space alone, which is what a copy leaves of a cell without words.
fn is_empty_cell(source: &Source, line: &LineView) -> bool {
    let raw = |line: &LineView| source.lines.get(line.index).map_or("", |line| line.span.slice(&source.text));
    line.kind == LineKind::Blank && raw(line).contains('\u{a0}')
}

/// `STT`, `TT`: the name of the column of running numbers, alone on its line.
fn names_numbers(source: &Source, line: &LineView) -> bool {
    const LONGEST: usize = 12;
    line.is_text() && line.chars <= LONGEST && column_role(line.text(source)) == Some(FieldRole::Number)
}

struct Reader<'a> {
    source: &'a Source,
    lines: &'a [LineView],
    /// Lines with words, from the head on.
    filled: &'a [usize],
    /// Columns behind that of the numbers.
    columns: Vec<Option<FieldRole>>,
    rows: Vec<Vec<Vec<usize>>>,
    /// Position in `filled`.
    at: usize,
}

impl<'a> Reader<'a> {
    /// Reads the head with which `filled` begins.
    fn new(source: &'a Source, lines: &'a [LineView], filled: &'a [usize]) -> Option<Self> {
        let text = |n: usize| filled.get(n).map_or("", |i| lines[*i].text(source));
        let mut heads: Vec<Vec<usize>> = vec![vec![*filled.first()?]];
        let mut at = 1;
        while at < filled.len() && !is_row_number(text(at)) {
            if text(at).chars().count() > LONGEST_HEAD || heads.len() >= COLUMNS.end {
                return None;
            }
            // `Thời gian` over `hoàn thành`
            match heads.last_mut() {
                Some(head) if text(at).starts_with(char::is_lowercase) && head.len() < 4 => head.push(filled[at]),
                _ => heads.push(vec![filled[at]]),
            }
            at += 1;
        }
        let name = |head: &Vec<usize>| head.iter().map(|i| lines[*i].text(source)).collect::<Vec<_>>().join(" ");
        let columns: Vec<Option<FieldRole>> = heads[1..].iter().map(|head| column_role(&name(head))).collect();
        let known = columns.iter().flatten().count();
        let content = columns.contains(&Some(FieldRole::Content));
        let told = COLUMNS.contains(&heads.len()) && known >= 2 && known * 2 >= columns.len() && content;
        told.then(|| Self { source, lines, filled, columns, rows: vec![heads], at })
    }

    fn text(&self, n: usize) -> &'a str {
        self.filled.get(n).map_or("", |i| self.lines[*i].text(self.source))
    }

    /// Reads rows to the end of the table: the table, and how many lines it takes.
    fn read(mut self) -> Option<(BarTable, usize)> {
        let (mut number, mut numbered) = (0, 0);
        while let Some(next) = self.row_after(number) {
            match next {
                Row::ColumnNumbers => self.take_column_numbers(),
                Row::Group => {
                    let title = (self.at..self.at + 2).map(|n| vec![self.filled[n]]).collect();
                    self.rows.push(title);
                    self.at += 2;
                }
                Row::Task(value) => {
                    number = value;
                    numbered += 1;
                    self.task()?;
                }
            }
        }
        let last = *self.filled.get(self.at.checked_sub(1)?)?;
        let table = BarTable { lines: *self.filled.first()?..last + 1, rows: self.rows };
        (numbered >= 2).then_some((table, self.at))
    }

    /// What kind of row begins here, behind that of number `last`.
    fn row_after(&self, last: u32) -> Option<Row> {
        let mark = self.text(self.at).trim_matches(['.', ')', '(', ' ']);
        if !is_row_number(mark) || self.at + 1 >= self.filled.len() {
            return None;
        }
        let width = self.columns.len() + 1;
        if (0..width).all(|n| self.text(self.at + n).trim_matches(['(', ')']) == (n + 1).to_string()) {
            return Some(Row::ColumnNumbers);
        }
        if let Some(value) = row_value(mark) {
            // numbers may go on or begin again below a group
            return (value == last + 1 || value == 1).then_some(Row::Task(value));
        }
        let group = !is_row_number(self.text(self.at + 1)) && is_row_number(self.text(self.at + 2));
        group.then_some(Row::Group)
    }

    fn take_column_numbers(&mut self) {
        let width = self.columns.len() + 1;
        self.rows.push(self.filled[self.at..self.at + width].iter().map(|i| vec![*i]).collect());
        self.at += width;
    }

    /// Reads the row whose number stands here; `None` where it cannot be one.
    fn task(&mut self) -> Option<()> {
        let first = self.at + 1;
        let number = row_value(self.text(self.at).trim_matches(['.', ')', '(', ' ']))?;
        let last = self.filled.len().min(first + LONGEST_ROW);
        let next = (first + 1..last).find(|n| self.begins_row(*n, number));
        let end = next.unwrap_or_else(|| {
            // behind the last row comes what is no table: a heading, the closing, or whatever a whole row leaves
            let stop = (first + 1..last).find(|n| self.ends_table(*n)).unwrap_or(last);
            stop.min(first + self.columns.len())
        });
        let cells = place(self, first..end)?;
        let mut row = vec![vec![self.filled[self.at]]];
        row.extend(cells.into_iter().map(|cell| cell.map(|n| self.filled[n]).collect()));
        self.rows.push(row);
        self.at = end;
        Some(())
    }

    /// Whether the row behind that of `number` begins at `n`, or a group of rows.
    fn begins_row(&self, n: usize, number: u32) -> bool {
        let mark = self.text(n).trim_matches(['.', ')', '(', ' ']);
        if !is_row_number(mark) {
            return false;
        }
        if let Some(value) = row_value(mark) {
            return value == number + 1;
        }
        let below = self.text(n + 2).trim_matches(['.', ')', '(', ' ']);
        row_value(below).is_some_and(|value| value == 1 || value == number + 1)
    }

    fn ends_table(&self, n: usize) -> bool {
        let text = self.text(n);
        let heading = marker::read(text).is_some_and(|m| !m.class.is_bullet() && m.len < text.len());
        heading || closing::is_recipients(text) || self.lines[self.filled[n]].caps && text.chars().count() > 12
    }

    /// How badly the lines `cell` suit column `column`; `told` has what each line of the row says.
    fn misfit(&self, column: usize, cell: &[Told]) -> u32 {
        let role = self.columns.get(column).copied().flatten();
        let Some(first) = cell.first() else {
            return match role {
                Some(FieldRole::Content) => NEVER,
                Some(FieldRole::Lead | FieldRole::Executing) => 9,
                Some(FieldRole::Time) => 5,
                _ => 4,
            };
        };
        if first.empty {
            // a line for a cell without words holds nothing else
            return if role == Some(FieldRole::Content) || cell.len() > 1 { NEVER } else { 0 };
        }
        if cell.iter().any(|line| line.empty) {
            return NEVER;
        }
        let (time, body) = (u32::from(first.time), u32::from(first.body));
        let kind = match role {
            Some(FieldRole::Time) => (1 - time) * 8,
            Some(FieldRole::Lead | FieldRole::Executing | FieldRole::Coordinating | FieldRole::Monitoring) => {
                time * 12 + (1 - body) * 5
            }
            Some(FieldRole::Content) => time * 12,
            // what is told at length is the task
            _ => time * 2 + body * 4 + u32::from(first.long) * 6,
        };
        // further lines go on with a sentence or a list, or begin with a bullet
        kind + cell.iter().skip(1).map(|line| if line.goes_on { 1 } else { 4 }).sum::<u32>()
    }

    fn told(&self, n: usize) -> Told {
        let text = self.text(n);
        let body = begins_with_body(text) || fold_key(text).starts_with("các ");
        let empty = is_empty_cell(self.source, &self.lines[self.filled[n]]);
        let long = text.chars().count() > LONGEST_HEAD;
        Told { time: tells_when(text), body, goes_on: self.goes_on(n), empty, long }
    }

    fn goes_on(&self, n: usize) -> bool {
        let (before, here) = (self.text(n - 1), self.text(n));
        before.ends_with([',', ';']) || here.starts_with(char::is_lowercase) || here.starts_with(['-', '+', '•', '('])
    }
}

/// What a line says of the cell that it may begin.
#[derive(Debug, Clone, Copy)]
struct Told {
    time: bool,
    body: bool,
    /// Whether it goes on with what stands before it.
    goes_on: bool,
    /// Whether it stands for a cell without words.
    empty: bool,
    /// Whether it is longer than a name or a figure.
    long: bool,
}

/// More than any way of parting a row's lines costs.
const NEVER: u32 = 10_000;

/// A row, by its first line.
enum Row {
    /// `(1) (2) (3)` below the head.
    ColumnNumbers,
    /// A letter or a Roman figure, and the title of the rows below.
    Group,
    Task(u32),
}

/// The figure of a row's number (`1`, `01`, the last of `2.3`).
fn row_value(mark: &str) -> Option<u32> {
    mark.rsplit('.').next()?.parse().ok().filter(|value| (1..=999).contains(value))
}

/// The lines of each column: the way of parting them that suits the columns best.
fn place(reader: &Reader<'_>, lines: Range<usize>) -> Option<Vec<Range<usize>>> {
    let (width, count) = (reader.columns.len(), lines.len());
    let told: Vec<Told> = lines.clone().map(|n| reader.told(n)).collect();
    if count == width && !told.iter().any(|line| line.empty) {
        return Some(lines.map(|n| n..n + 1).collect());
    }
    // best[c][n]: the least misfit of the first c columns over the first n lines, and where the last of them begins
    let mut best = vec![vec![(u32::MAX, 0); count + 1]; width + 1];
    best[0][0] = (0, 0);
    for column in 0..width {
        for from in 0..=count {
            let (so_far, _) = best[column][from];
            if so_far == u32::MAX {
                continue;
            }
            for to in from..=count {
                let cost = so_far.saturating_add(reader.misfit(column, &told[from..to]));
                if cost < best[column + 1][to].0 {
                    best[column + 1][to] = (cost, from);
                }
            }
        }
    }
    (best[width][count].0 < NEVER).then_some(())?;
    let mut cells = Vec::with_capacity(width);
    let mut to = count;
    for column in (1..=width).rev() {
        let from = best[column][to].1;
        cells.push(lines.start + from..lines.start + to);
        to = from;
    }
    cells.reverse();
    Some(cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{lines::view, testing::written};

    fn rows(text: &str) -> Vec<Vec<String>> {
        let source = written(text);
        let views = view(&source);
        let join = |cell: &Vec<usize>| cell.iter().map(|i| views[*i].text(&source)).collect::<Vec<_>>().join(" ");
        find(&source, &views, &[]).iter().flat_map(|t| t.rows.iter().map(|r| r.iter().map(join).collect())).collect()
    }

    const HEAD: &str = "STT\nNhiệm vụ\nĐơn vị chủ trì\nĐơn vị phối hợp\nThời gian\nhoàn thành\n";

    #[test]
    fn rows_of_one_line_a_cell() {
        let rows = rows(&format!(
            "{HEAD}A\nBến bãi\n1\nSửa cầu phao bến Sậy\nSở Xây dựng\nCông an tỉnh\nQuý II/2026\n2\nThay phao tiêu\nSở Y tế\nSở Nội \
             vụ\nTrước ngày 30/6/2026\nIV. KINH PHÍ\nTừ ngân sách.\n"
        ));
        assert_eq!(rows.len(), 4, "{rows:?}");
        assert_eq!(rows[0].last().map(String::as_str), Some("Thời gian hoàn thành"));
        assert_eq!(rows[1], ["A", "Bến bãi"]);
        assert_eq!(rows[2], ["1", "Sửa cầu phao bến Sậy", "Sở Xây dựng", "Công an tỉnh", "Quý II/2026"]);
        assert_eq!(rows[3], ["2", "Thay phao tiêu", "Sở Y tế", "Sở Nội vụ", "Trước ngày 30/6/2026"]);
    }

    #[test]
    fn cells_that_go_on_and_cells_that_are_empty() {
        let rows = rows(&format!(
            "{HEAD}1\nSửa cầu phao,\nlàm bến mới\nSở Xây dựng\nCông an tỉnh;\nSở Tài chính\nQuý II/2026\n2\nThay phao tiêu\nSở Y \
             tế\n2026\n"
        ));
        assert_eq!(
            rows[1],
            ["1", "Sửa cầu phao, làm bến mới", "Sở Xây dựng", "Công an tỉnh; Sở Tài chính", "Quý II/2026"]
        );
        assert_eq!(rows[2], ["2", "Thay phao tiêu", "Sở Y tế", "", "2026"]);
    }

    #[test]
    fn a_list_of_numbers_is_no_table() {
        assert!(rows("TT\n1\nMột\n2\nHai\n").is_empty());
        assert!(rows("STT là số thứ tự\nNhiệm vụ\nChủ trì\n1\nMột\n").is_empty());
    }
}
