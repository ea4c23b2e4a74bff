//! Tables without a head that stand as one cell a line: numbers that count on, each alone on its line and equally far apart.

use std::ops::Range;

use nhiemvu_model::Source;

use super::bars::BarTable;
use super::lines::LineView;

/// Lines of a row.
const ROW: Range<usize> = 3..9;

/// Fewest rows.
const FEWEST: usize = 3;

/// Most characters of a cell.
const LONGEST_CELL: usize = 400;

/// The table that begins with line `at` of those that are `filled`, and how many of them it takes.
pub(super) fn read(source: &Source, lines: &[LineView], filled: &[usize]) -> Option<(BarTable, usize)> {
    let text = |n: usize| filled.get(n).map_or("", |i| lines[*i].text(source));
    let numbered = |n: usize, number: usize| is_number(text(n), number);
    if !may_begin(text(0)) {
        return None;
    }
    let width = ROW.clone().find(|n| numbered(*n, 2))?;
    let counted = (0..filled.len()).take_while(|n| numbered(n * width, n + 1)).count();
    // the last row may lack its end
    let rows = if filled.len() < counted * width { counted - 1 } else { counted };
    let cell = |n: &usize| {
        let words = text(*n);
        words.contains(char::is_alphanumeric) && words.chars().count() <= LONGEST_CELL
    };
    let words = (0..rows * width).all(|n| cell(&n) && (n % width == 0 || !is_number(text(n), n / width + 1)));
    if rows < FEWEST || !words {
        return None;
    }
    let taken = filled.get(..rows * width)?;
    let end = taken.last()? + 1;
    let rows = taken.chunks(width).map(|row| row.iter().map(|i| vec![*i]).collect()).collect();
    Some((BarTable { lines: *taken.first()?..end, rows }, taken.len()))
}

/// Whether a line is the number of a first row.
pub(super) fn may_begin(text: &str) -> bool {
    is_number(text, 1)
}

fn is_number(text: &str, number: usize) -> bool {
    let digits = text.trim_end_matches(['.', ')']);
    digits.len() <= 3 && digits.trim_start_matches('0').parse() == Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{lines::view, testing::written};

    fn rows(text: &str) -> Vec<Vec<String>> {
        let source = written(text);
        let views = view(&source);
        let filled: Vec<usize> = (0..views.len()).filter(|n| !views[*n].text(&source).is_empty()).collect();
        let cell = |cell: &Vec<usize>| cell.iter().map(|i| views[*i].text(&source)).collect::<String>();
        let table = read(&source, &views, &filled).map(|(table, _)| table).unwrap_or_default();
        table.rows.iter().map(|row| row.iter().map(cell).collect()).collect()
    }

    #[test]
    fn numbers_equally_far_apart_begin_rows() {
        let rows = rows("1\nSửa cầu\nQuý I\n2\nThay phao\nQuý II\n\n03.\nSơn tàu\nQuý III\nCác sở báo cáo.\n");
        assert_eq!(rows, [["1", "Sửa cầu", "Quý I"], ["2", "Thay phao", "Quý II"], ["03.", "Sơn tàu", "Quý III"]]);
    }

    #[test]
    fn other_numbers_begin_none() {
        for text in [
            "1\nMột\n2\nHai\n3\nBa\n",
            "1\nSửa cầu\nQuý I\n2\nThay phao\nQuý II\n",
            "1\nSửa cầu\nQuý I\n2\nThay phao\nSở Y tế\nQuý II\n3\nSơn tàu\nQuý III\n",
            "4\nSửa cầu\nQuý I\n5\nThay phao\nQuý II\n6\nSơn tàu\nQuý III\n",
        ] {
            assert!(rows(text).is_empty(), "{text}");
        }
    }
}
