//! Pipe tables whose cells hold line breaks: a copy writes a cell's paragraphs, and what stands around them on the page, on lines
//! of their own. A row is then as many lines as it takes to have all of the bars that the head has.

use super::table::{bars, cells, ends_with_bar, is_delimiter};

/// Fewest bars of a row: three cells.
const FEWEST: usize = 4;

/// Most lines of a row.
const LONGEST_ROW: usize = 40;

/// A row in one line each, and how many lines the table takes that starts at `at`; `None` where none does, or none of its
/// rows is broken.
pub(super) fn rows_at(lines: &[(u32, &str)], at: usize) -> Option<(Vec<(u32, String)>, usize)> {
    let lines = lines.get(at..)?;
    let head = head(lines)?;
    let width = lines.get(..head)?.iter().map(|(_, line)| bars(line).count()).sum::<usize>();
    if width < FEWEST {
        return None;
    }
    let mut rows = vec![joined(lines.get(..head)?)?];
    let (mut taken, mut broken, mut filled) = (head, head > 1, 0);
    while let Some(rest) = lines.get(taken..) {
        let Some(count) = row(rest, width) else { break };
        let Some(words) = rest.get(..count) else { break };
        broken |= count > 1;
        if is_filled(words) {
            filled += usize::from(!is_delimiter(words.first()?.1));
            rows.push(joined(words)?);
        }
        taken += count;
    }
    (broken && filled > 0).then_some((rows, taken))
}

/// How many lines the head takes: up to the first bar that ends a line.
fn head(lines: &[(u32, &str)]) -> Option<usize> {
    let (_, first) = lines.first()?;
    let begins = first.trim_start().starts_with('|') && first.trim().len() > 1;
    let open = lines.iter().take(LONGEST_ROW).take_while(|(_, line)| !line.trim().is_empty());
    begins.then(|| open.map(|(_, line)| *line).position(|line| ends_with_bar(line.trim_end()))).flatten().map(|n| n + 1)
}

/// How many of the lines make a row of `width` bars.
fn row(lines: &[(u32, &str)], width: usize) -> Option<usize> {
    let mut count = 0;
    for (n, (page, line)) in lines.iter().take(LONGEST_ROW).enumerate() {
        let line = line.trim();
        let elsewhere = *page != lines.first()?.0;
        if line.is_empty() || elsewhere || n == 0 && !line.starts_with('|') || n > 0 && begins_numbered(line) {
            return None;
        }
        count += bars(line).count();
        if count == width {
            // rows that lack cells are rows for all that
            let whole = n > 0 && lines.get(..=n)?.iter().all(|(_, line)| is_short_row(line));
            return (ends_with_bar(line) && !whole).then_some(n + 1);
        }
        if count > width {
            return None;
        }
    }
    None
}

/// `| 12 | …`: the row of another number.
fn begins_numbered(line: &str) -> bool {
    line.starts_with('|')
        && cells(line).len() > 1
        && cells(line).first().is_some_and(|cell| {
            let number = cell.trim().trim_end_matches('.');
            !number.is_empty() && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit())
        })
}

/// Whether the line alone is a row of two filled cells or more.
fn is_short_row(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|')
        && ends_with_bar(line)
        && cells(line).iter().filter(|cell| !cell.trim().is_empty()).count() > 1
}

fn is_filled(lines: &[(u32, &str)]) -> bool {
    lines.iter().any(|(_, line)| line.contains(|c: char| !matches!(c, '|' | ' ' | '\t')))
}

fn joined(lines: &[(u32, &str)]) -> Option<(u32, String)> {
    let words: Vec<&str> = lines.iter().map(|(_, line)| line.trim()).collect();
    Some((lines.first()?.0, words.join("<br>")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Vec<String>, usize)> {
        let lines: Vec<(u32, &str)> = text.lines().map(|line| (0, line)).collect();
        rows_at(&lines, 0).map(|(rows, taken)| (rows.into_iter().map(|(_, row)| row).collect(), taken))
    }

    #[test]
    fn rows_end_where_they_have_all_bars_of_the_head() {
        let text = "| TT | Việc | Chủ trì |\n|\n| Bến bãi |\n|\n| 1 | Sửa cầu\n| Sở Y tế |\n| 2 | Thay phao |\nSở Nội vụ |\nHết.\n";
        let (rows, taken) = read(text).unwrap();
        assert_eq!(taken, 8);
        assert_eq!(rows[0], "| TT | Việc | Chủ trì |");
        assert_eq!(rows[1], "|<br>| Bến bãi |<br>|");
        assert_eq!(rows[2], "| 1 | Sửa cầu<br>| Sở Y tế |");
        assert_eq!(rows[3], "| 2 | Thay phao |<br>Sở Nội vụ |");
    }

    #[test]
    fn a_head_may_stand_in_several_lines() {
        let (rows, taken) = read("| TT\n| Việc\n| Chủ trì |\n| 1\n| Sửa cầu\n| Sở Y tế |\n").unwrap();
        assert_eq!((rows.len(), taken), (2, 6));
        assert_eq!(rows[1], "| 1<br>| Sửa cầu<br>| Sở Y tế |");
    }

    #[test]
    fn whole_rows_and_rows_that_lack_cells_are_left_alone() {
        for text in [
            "| TT | Việc | Chủ trì |\n|---|---|---|\n| 1 | Sửa cầu | Sở Y tế |\n",
            // two rows of three cells are no row of six
            "| TT | Việc | Chủ trì | Phối hợp | Hạn |\n| I | Bến bãi |\n| II | Con người |\n",
            "| TT | Việc | Chủ trì | Phối hợp | Hạn |\n| 1 | Sửa cầu\n| 2 | Thay phao | Sở Y tế |\n",
            "| TT | Việc | Chủ trì |\n\n| 1 | Sửa cầu\n\n| Sở Y tế |\n",
            "| Sửa cầu\n| Thay phao\n",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
