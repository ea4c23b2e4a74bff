//! Pipe tables whose line breaks were lost, so that all rows stand in one line: `| TT | Việc | |---|---| | 1 | Sửa cầu |`.

use super::table::{cells, is_delimiter};

/// Fewest columns.
const FEWEST: usize = 3;

/// The rows that a line holds, a rule below the head among them; `None` where it is no such table.
///
/// Between two rows two bars meet. How many cells a row has is told by the rule, or by the numbers of the rows.
pub(super) fn rows(line: &str) -> Option<Vec<String>> {
    let line = line.trim();
    if !(line.starts_with('|') && line.ends_with('|')) {
        return None;
    }
    let cells = cells(line);
    let width = cells.iter().position(|cell| cell.trim().is_empty()).filter(|width| *width >= FEWEST)?;
    if !(cells.len() + 1).is_multiple_of(width + 1) {
        return None;
    }
    let rows: Vec<&[&str]> = cells.chunks(width + 1).collect();
    let parted = rows.iter().all(|row| row.get(width).is_none_or(|joint| joint.trim().is_empty()));
    let ruled = rows.get(1).is_some_and(|row| row.iter().take(width).all(|cell| is_delimiter(&format!("{cell}|"))));
    let is_number = |(n, row): (usize, &&[&str])| {
        row.first().is_some_and(|cell| cell.trim().trim_matches(['.', '0']).parse() == Ok(n + 1))
    };
    let numbered = rows.len() > 2 && rows.iter().skip(1).enumerate().all(is_number);
    if !parted || !(ruled || numbered) {
        return None;
    }
    Some(
        rows.iter().map(|row| format!("|{}|", row.iter().take(width).copied().collect::<Vec<_>>().join("|"))).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn rows_end_where_two_bars_meet() {
        let ruled =
            rows("| TT | Việc | Chủ trì | |---|:--|---| | 1 | Sửa cầu | Sở Y tế | | 2 | Thay phao | |").unwrap();
        assert_eq!(
            ruled,
            ["| TT | Việc | Chủ trì |", "|---|:--|---|", "| 1 | Sửa cầu | Sở Y tế |", "| 2 | Thay phao | |"]
        );
        let numbered = rows("| TT | Việc | Hạn || 1 | Sửa cầu | Quý I || 2 | Thay phao | Quý II |").unwrap();
        assert_eq!(numbered, ["| TT | Việc | Hạn |", "| 1 | Sửa cầu | Quý I |", "| 2 | Thay phao | Quý II |"]);
    }

    #[test]
    fn a_row_with_empty_cells_is_one_row() {
        for line in [
            "| 1 | Sửa cầu | Sở Y tế | | 2026 | Quý I | Bến Sậy |",
            "| TT | Việc | Chủ trì | |---|---| | 1 | Sửa cầu |",
            "|---|---|---|",
            "| a | b | c |",
        ] {
            assert_eq!(rows(line), None, "{line}");
        }
    }
}
