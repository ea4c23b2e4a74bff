//! Tables on their grid.

use super::walk::Walk;
use crate::docx::xml::Element;

/// More columns than this are a mistake or an attack.
const WIDEST: usize = 500;

/// Rewrites a table.
pub(super) fn read(walk: &mut Walk<'_>, table: &Element) -> Element {
    let mut out = Element::new("tbl");
    let mut reaching = Vec::new();
    rows(walk, table, false, &mut reaching, &mut out);
    out
}

fn rows(walk: &mut Walk<'_>, parent: &Element, head: bool, reaching: &mut Vec<Reach>, out: &mut Element) {
    for child in &parent.children {
        match child.name.as_str() {
            "table-row" => {
                let made = row(walk, child, head, reaching);
                out.children.push(made);
            }
            "table-header-rows" => rows(walk, child, true, reaching, out),
            "table-rows" | "table-row-group" => rows(walk, child, head, reaching, out),
            _ => {}
        }
    }
}

/// A cell that covers rows below its own: its width, and how many more rows.
#[derive(Debug, Clone, Copy, Default)]
struct Reach {
    columns: usize,
    rows: usize,
}

fn row(walk: &mut Walk<'_>, source: &Element, head: bool, reaching: &mut Vec<Reach>) -> Element {
    let mut out = Element::new("tr");
    let mut properties = Element::new("trPr");
    if head {
        properties.children.push(Element::new("tblHeader"));
    }
    out.children.push(properties);
    let mut column = 0;
    // columns that a cell of this row has covered, and that follow as covered cells
    let mut covered_until = 0;
    let cells = source.children.iter().filter(|cell| matches!(cell.name.as_str(), "table-cell" | "covered-table-cell"));
    for cell in cells {
        // only empty cells are repeated by programs; repeated words would grow without bound where tables are nested
        let repeats = if holds_words(cell) { 1 } else { repeated(cell, "number-columns-repeated", WIDEST) };
        for _ in 0..repeats {
            if column >= WIDEST {
                return out;
            }
            if reaching.len() <= column {
                reaching.resize(column + 1, Reach::default());
            }
            let above = reaching.get(column).copied().unwrap_or_default();
            let (columns, is_covered) = if column < covered_until {
                column += 1;
                continue;
            } else if above.rows > 0 {
                (above.columns, true)
            } else {
                (repeated(cell, "number-columns-spanned", WIDEST), false)
            };
            let rows = if is_covered { above.rows - 1 } else { repeated(cell, "number-rows-spanned", 10_000) - 1 };
            if let Some(slot) = reaching.get_mut(column) {
                *slot = Reach { columns, rows };
            }
            out.children.push(rewritten(walk, cell, columns, is_covered));
            covered_until = column + columns;
            column += 1;
        }
    }
    out
}

fn rewritten(walk: &mut Walk<'_>, cell: &Element, columns: usize, is_covered: bool) -> Element {
    let mut about = Element::new("tcPr");
    about.set("gridSpan", columns.to_string());
    if is_covered {
        about.children.push(Element::new("vMerge"));
    }
    let mut out = Element::new("tc").holding(about);
    if !is_covered {
        out.children.extend(walk.inner_blocks(cell));
    }
    out
}

/// A count that an attribute gives, at least 1.
fn repeated(element: &Element, name: &str, most: usize) -> usize {
    element.attribute(name).and_then(|count| count.parse().ok()).unwrap_or(1).clamp(1, most)
}

fn holds_words(element: &Element) -> bool {
    !element.text.trim().is_empty() || element.children.iter().any(holds_words)
}
