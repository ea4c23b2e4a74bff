//! Paragraphs put together to tables.

use super::sprm::{Paragraph, Row};
use crate::docx::xml::Element;

/// Edges of cells nearer to one another than this, in twentieths of a point, are one edge of the grid.
const SAME_EDGE: i16 = 40;

/// A paragraph.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) element: Element,
    pub(super) paragraph: Paragraph,
    /// Whether its mark ends a cell.
    pub(super) ends_cell: bool,
}

/// A row as it is put together.
#[derive(Debug, Default)]
struct Draft {
    cells: Vec<Vec<Element>>,
    row: Row,
}

/// The paragraphs in order, those of tables in rows and cells.
pub(super) fn nested(blocks: Vec<Block>) -> Vec<Element> {
    let mut out = Vec::new();
    let mut rows: Vec<Draft> = Vec::new();
    let mut draft = Draft::default();
    let mut cell = Vec::new();
    for Block { element, paragraph, ends_cell } in blocks {
        if !paragraph.in_table && paragraph.depth == 0 {
            close(&mut out, &mut rows, &mut draft, &mut cell);
            out.push(element);
        } else if paragraph.row_end && paragraph.depth <= 1 {
            rows.push(Draft { row: paragraph.row, ..std::mem::take(&mut draft) });
        } else if !paragraph.inner_row_end {
            cell.push(element);
            if ends_cell && paragraph.depth <= 1 {
                draft.cells.push(std::mem::take(&mut cell));
            }
        }
    }
    close(&mut out, &mut rows, &mut draft, &mut cell);
    out
}

/// Ends the table; cells without the end of their row are paragraphs.
fn close(out: &mut Vec<Element>, rows: &mut Vec<Draft>, draft: &mut Draft, cell: &mut Vec<Element>) {
    if !rows.is_empty() {
        out.push(table(std::mem::take(rows)));
    }
    out.extend(std::mem::take(draft).cells.into_iter().flatten());
    out.append(cell);
}

fn table(rows: Vec<Draft>) -> Element {
    let mut edges: Vec<i16> = rows.iter().flat_map(|draft| draft.row.edges.iter().copied()).collect();
    edges.sort_unstable();
    edges.dedup_by(|next, before| i32::from(*next) - i32::from(*before) < i32::from(SAME_EDGE));
    let mut table = Element::new("tbl");
    table.children = rows.into_iter().map(|draft| row(draft, &edges)).collect();
    table
}

fn row(draft: Draft, edges: &[i16]) -> Element {
    let Draft { cells, row } = draft;
    // the column of the grid that begins at an edge: the last that is not to its right
    let column = |edge: i16| edges.partition_point(|known| *known <= edge).saturating_sub(1);
    let place = |i: usize| row.edges.get(i).map(|edge| column(*edge));
    let mut element = Element::new("tr");
    let mut properties = Element::new("trPr");
    properties.set("gridBefore", place(0).unwrap_or(0).to_string());
    if row.head {
        properties.children.push(Element::new("tblHeader"));
    }
    element.children.push(properties);
    for (i, paragraphs) in cells.into_iter().enumerate() {
        let merge = row.cells.get(i).copied().unwrap_or_default();
        let span = place(i).zip(place(i + 1)).map_or(1, |(from, to)| to.saturating_sub(from).max(1));
        if let (true, Some(before)) = (merge.left, element.children.last_mut().filter(|last| last.name == "tc")) {
            widen(before, span);
            before.children.extend(paragraphs);
            continue;
        }
        let mut about = Element::new("tcPr");
        about.set("gridSpan", span.to_string());
        if merge.up {
            about.children.push(Element::new("vMerge"));
        }
        let mut cell = Element::new("tc").holding(about);
        cell.children.extend(paragraphs);
        element.children.push(cell);
    }
    element
}

/// Makes a cell wider by `columns`.
fn widen(cell: &mut Element, columns: usize) {
    let Some(about) = cell.children.first_mut() else { return };
    let span = about.number("gridSpan").unwrap_or(1) + i64::try_from(columns).unwrap_or(0);
    about.children.retain(|child| child.name != "gridSpan");
    about.set("gridSpan", span.to_string());
}
