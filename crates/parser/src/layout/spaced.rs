//! Tables whose cells a tab parts, as a copy from a word processor or a workbook leaves them, or two spaces or more where the tabs
//! were lost: a line is a row, and cells stand wherever the words before them end.

use nhiemvu_model::{Source, Span};

use super::columns::ColumnTable;
use super::lines::{LineKind, LineView};
use super::row_lines::{Row, from_line, one_behind_another};

/// Finds such tables.
pub(crate) fn find(source: &Source, lines: &[LineView]) -> Vec<ColumnTable> {
    one_behind_another(lines.len(), |at| table_at(source, lines, at))
}

fn table_at(source: &Source, lines: &[LineView], at: usize) -> Option<ColumnTable> {
    if cells(source, &lines[at])?.len() < 2 {
        return None;
    }
    let table = from_line(source, lines, at, &|line| cells(source, line))?;
    let tabbed = lines[at].text(source).contains('\t');
    (tabbed || is_of_whole_rows(source, lines, &table)).then_some(table)
}

/// The cells of a line; none where nothing parts it.
fn cells(source: &Source, line: &LineView) -> Option<Row> {
    let text = line.text(source);
    if !line.is_text() || text.contains('|') {
        return None;
    }
    let mut from = 0;
    let mut cells = Vec::new();
    let mut push = |start: usize, end: usize| {
        let words = &text[start..end];
        let start = line.span.start + start + (words.len() - words.trim_start().len());
        cells.push(Span::new(start, start + words.trim().len()));
    };
    let sign = if text.contains('\t') { "\t" } else { "  " };
    while let Some(gap) = text[from..].find(sign).map(|n| from + n) {
        push(from, gap);
        // two tabs part an empty cell from others, and any number of spaces is one gap
        from = if sign == "\t" { gap + 1 } else { text.len() - text[gap..].trim_start().len() };
    }
    if from == 0 {
        return None;
    }
    push(from, text.len());
    Some(cells)
}

/// Whether every line of the table is a row with all of its cells, and no other stands below: where cells go on in the next line,
/// their place tells to which column they belong.
fn is_of_whole_rows(source: &Source, lines: &[LineView], table: &ColumnTable) -> bool {
    const INDENTED: usize = 3;
    let width = table.rows.first().map_or(0, Vec::len);
    let whole = table.rows.iter().all(|row| row.len() == width && row.iter().all(|cell| cell.len() == 1));
    let below =
        lines[table.lines.end..].iter().find(|line| !matches!(line.kind, LineKind::Blank | LineKind::Furniture));
    let margin = lines[table.lines.start].indent + INDENTED;
    whole && below.is_none_or(|line| cells(source, line).is_none() && line.indent < margin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{lines::view, testing::written};

    fn rows(text: &str) -> Vec<Vec<String>> {
        let source = written(text);
        let views = view(&source);
        let join = |cell: &Vec<Span>| cell.iter().map(|s| s.slice(&source.text)).collect::<Vec<_>>().join(" ");
        find(&source, &views).iter().flat_map(|t| t.rows.iter().map(|r| r.iter().map(join).collect())).collect()
    }

    #[test]
    fn tabs_part_cells_and_two_an_empty_one() {
        let rows = rows(
            "TT\tNhiệm vụ\tChủ trì\tThời gian\n1\tSửa cầu  phao\tSở Xây dựng\tQuý II\n2\tThay phao\ntiêu\t\tTháng 7\n\nCác sở báo cáo.\n",
        );
        assert_eq!(rows.len(), 3, "{rows:?}");
        assert_eq!(rows[1], ["1", "Sửa cầu  phao", "Sở Xây dựng", "Quý II"]);
        assert_eq!(rows[2], ["2", "Thay phao tiêu", "", "Tháng 7"]);
    }

    #[test]
    fn spaces_part_cells_where_the_tabs_were_lost() {
        let rows = rows(
            "TT  Nhiệm vụ  Chủ trì\n1  Sửa cầu phao bến Sậy  Sở Xây dựng\n2  Thay phao   Sở Y tế\nCác sở báo cáo.\n",
        );
        assert_eq!(rows.len(), 3, "{rows:?}");
        assert_eq!(rows[1], ["1", "Sửa cầu phao bến Sậy", "Sở Xây dựng"]);
        assert_eq!(rows[2], ["2", "Thay phao", "Sở Y tế"]);
    }

    #[test]
    fn columns_and_running_text_are_left_alone() {
        for text in [
            // a cell that goes on below
            "TT  Nhiệm vụ      Chủ trì\n1   Sửa cầu phao  Sở Xây\n    bến Sậy       dựng\n",
            "1.\tSở Y tế báo cáo.\n2.\tSở Nội vụ báo cáo.\n",
            "Nơi nhận:\t\tTM. ỦY BAN NHÂN DÂN\n- Như trên;\t\tCHỦ TỊCH\n",
            "SỞ NỘI VỤ  CỘNG HÒA XÃ HỘI  CHỦ NGHĨA VIỆT NAM\n",
        ] {
            assert!(rows(text).is_empty(), "{text}");
        }
    }
}
