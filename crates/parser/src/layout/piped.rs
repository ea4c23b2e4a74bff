//! Tables of copies that join the cells of a row with a bar (`1 | Trồng cây | Sở Xây dựng | Quý II/2026`), without the rules that
//! Markdown asks for. A cell of several paragraphs goes on in the next line; merged cells are written out again. The head may
//! be lost, or stand in several lines; all rows may stand in one.

use nhiemvu_model::{Source, Span};

use super::columns::ColumnTable;
use super::lines::{LineKind, LineView};
use super::row_lines::{FEWEST, Row, begins_count, from_line, names_columns, one_behind_another, one_each, read_below};

/// What stands between cells: a bar, one drawn for a screen, one as wide as a letter.
const BARS: [char; 5] = ['|', '│', '║', '｜', '¦'];

/// Finds such tables: a head of three columns or more, two of them known, over rows that are numbered, or as wide as the head;
/// or rows alone that are counted from 1.
pub(crate) fn find(source: &Source, lines: &[LineView]) -> Vec<ColumnTable> {
    one_behind_another(lines.len(), |at| table_at(source, lines, at))
}

fn table_at(source: &Source, lines: &[LineView], at: usize) -> Option<ColumnTable> {
    let cells_of = |line: &LineView| cells(source, line);
    let first = cells_of(&lines[at])?;
    if let Some(table) = in_one_line(source, &first, at) {
        return Some(table);
    }
    if let Some((head, next)) = head_in_lines(source, lines, at) {
        return read_below(source, lines, head, next, &cells_of);
    }
    from_line(source, lines, at, &cells_of)
}

/// The cells of a line, with bars around the whole left out; none where it holds no bar.
fn cells(source: &Source, line: &LineView) -> Option<Row> {
    let text = line.text(source);
    if !line.is_text() || !text.contains(BARS) {
        return None;
    }
    let inner = text.strip_prefix(BARS).unwrap_or(text);
    let from = line.span.start + text.len() - inner.len();
    let inner = inner.strip_suffix(BARS).unwrap_or(inner);
    let mut starts = std::iter::once(0).chain(inner.match_indices(BARS).map(|(at, bar)| at + bar.len()));
    let cells = inner.split(BARS).map(|cell| {
        let start = from + starts.next().unwrap_or(0) + (cell.len() - cell.trim_start().len());
        Span::new(start, start + cell.trim().len())
    });
    Some(cells.collect())
}

/// A head that stands in several lines above the row of number 1, which has as many cells as all of them: its cells, and the
/// row's line.
fn head_in_lines(source: &Source, lines: &[LineView], at: usize) -> Option<(Row, usize)> {
    const MOST_LINES: usize = 12;
    let mut head: Row = Vec::new();
    for (n, line) in lines.iter().enumerate().skip(at).take(MOST_LINES) {
        if matches!(line.kind, LineKind::Blank | LineKind::Furniture) {
            continue;
        }
        let more = cells(source, line)?;
        if n > at + 1 && begins_count(source, &more) {
            return (more.len() == head.len() && names_columns(source, &head)).then_some((head, n));
        }
        head.extend(more);
    }
    None
}

/// A table whose rows all stand in one line: numbers that count on stand equally far apart.
fn in_one_line(source: &Source, cells: &[Span], at: usize) -> Option<ColumnTable> {
    const FEWEST_CELLS: usize = 6;
    let words = |n: usize| cells.get(n).map_or("", |span| span.slice(&source.text)).trim_matches(['.', ')', '(']);
    if cells.len() < FEWEST_CELLS {
        return None;
    }
    let numbered = |n: usize, number: usize| words(n).trim_start_matches('0') == number.to_string();
    let first = (0..cells.len()).find(|n| numbered(*n, 1))?;
    let step = (first + 1..cells.len()).find(|n| numbered(*n, 2))? - first;
    let starts: Vec<usize> = (first..cells.len()).step_by(step).filter(|n| cells.len() - n > 1).collect();
    let counted = starts.iter().enumerate().all(|(n, start)| numbered(*start, n + 1));
    // the bar that ends a row beside the one that begins the next
    let doubled = starts.iter().skip(1).all(|start| words(start - 1).is_empty()) && step > FEWEST;
    let width = step - usize::from(doubled);
    let head = cells.get(..first)?.get(..width).filter(|head| names_columns(source, head));
    let fits = first == 0 || head.is_some() && first <= step;
    if !counted || width < FEWEST || !fits {
        return None;
    }
    let row = |start: usize| one_each(cells[start..cells.len().min(start + width)].iter().copied());
    let headed = head.is_some();
    let rows = head.map(|head| one_each(head.iter().copied())).into_iter().chain(starts.into_iter().map(row)).collect();
    Some(ColumnTable { lines: at..at + 1, rows, headed })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{lines::view, testing::written};

    fn tables(text: &str) -> Vec<(bool, Vec<Vec<String>>)> {
        let source = written(text);
        let views = view(&source);
        let join = |cell: &Vec<Span>| cell.iter().map(|s| s.slice(&source.text)).collect::<Vec<_>>().join(" ");
        let rows = |t: &ColumnTable| t.rows.iter().map(|r| r.iter().map(join).collect()).collect();
        find(&source, &views).iter().map(|t| (t.headed, rows(t))).collect()
    }

    fn rows(text: &str) -> Vec<Vec<String>> {
        tables(text).into_iter().flat_map(|(_, rows)| rows).collect()
    }

    #[test]
    fn rows_may_stand_apart_and_cells_go_on_in_the_next_line() {
        let rows = rows(
            "TT | Nhiệm vụ | Chủ trì | Thời gian\n\nI | Bến bãi | Bến bãi | Bến bãi\n\n1 | Sửa cầu phao\nbến Sậy | Sở Xây dựng | Quý \
             II/2026\n\n2 | Thay phao tiêu |  | 2026\n\nCác sở báo cáo kết quả.\n",
        );
        assert_eq!(rows.len(), 4, "{rows:?}");
        assert_eq!(rows[1], ["I", "Bến bãi"]);
        assert_eq!(rows[2], ["1", "Sửa cầu phao bến Sậy", "Sở Xây dựng", "Quý II/2026"]);
        assert_eq!(rows[3], ["2", "Thay phao tiêu", "", "2026"]);
    }

    #[test]
    fn rows_counted_from_one_are_a_table_without_a_head() {
        let found = tables("1 | Sửa cầu phao | Quý II/2026 |\n2 | Thay phao\ntiêu | Tháng 7 |\n\nCác sở báo cáo.\n");
        let [(headed, rows)] = found.as_slice() else { panic!("{found:?}") };
        assert!(!headed);
        assert_eq!(*rows, [["1", "Sửa cầu phao", "Quý II/2026"], ["2", "Thay phao tiêu", "Tháng 7"]]);
        for text in [
            "1 | Sửa cầu phao | Quý II/2026 |\n",
            "7 | Sửa cầu phao | Quý II/2026 |\n8 | Thay phao | Tháng 7 |\n",
            "1 | Sửa cầu phao\n2 | Thay phao\n",
        ] {
            assert!(tables(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_head_may_stand_in_several_lines() {
        let found = tables("TT |\nNhiệm vụ | Chủ trì |\nThời gian |\n1 | Sửa cầu phao | Sở Y tế | Quý II |\n");
        let [(headed, rows)] = found.as_slice() else { panic!("{found:?}") };
        assert!(headed);
        assert_eq!(rows[0], ["TT", "Nhiệm vụ", "Chủ trì", "Thời gian"]);
        assert_eq!(rows[1], ["1", "Sửa cầu phao", "Sở Y tế", "Quý II"]);
    }

    #[test]
    fn rows_may_all_stand_in_one_line() {
        let want = [["TT", "Nhiệm vụ", "Chủ trì"], ["1", "Sửa cầu", "Sở Y tế"], ["2", "Thay phao", "Sở Nội vụ"]];
        assert_eq!(rows("TT | Nhiệm vụ | Chủ trì | 1 | Sửa cầu | Sở Y tế | 2 | Thay phao | Sở Nội vụ |\n"), want);
        assert_eq!(rows("TT | Nhiệm vụ | Chủ trì || 1 | Sửa cầu | Sở Y tế || 2 | Thay phao | Sở Nội vụ\n"), want);
        assert_eq!(rows("1 | Sửa cầu | Sở Y tế | 2 | Thay phao | Sở Nội vụ\n"), want[1..]);
        // numbers that do not count rows
        assert!(rows("Bến Sậy | 1 | 3 | Bến Gạo | 2 | 5 | Bến Cát | 7 | 1\n").is_empty());
    }

    #[test]
    fn bars_may_be_drawn() {
        let text = "│ TT │ Nhiệm vụ │ Chủ trì │\n├────┼──────────┼─────────┤\n│ 1  │ Sửa cầu  │ Sở Y tế │\n";
        assert_eq!(rows(text), [["TT", "Nhiệm vụ", "Chủ trì"], ["1", "Sửa cầu", "Sở Y tế"]]);
        assert_eq!(rows("TT｜Nhiệm vụ｜Chủ trì\n1｜Sửa cầu｜Sở Y tế\n")[1], ["1", "Sửa cầu", "Sở Y tế"]);
    }

    #[test]
    fn the_columns_of_a_header_are_no_table() {
        assert!(rows("SỞ NỘI VỤ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/KH-SNV | Độc lập - Tự do\n").is_empty());
    }
}
