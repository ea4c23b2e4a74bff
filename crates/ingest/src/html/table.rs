//! HTML tables on a grid.

use super::flow::{Context, Flow, Output};
use super::tree::{Id, Tree};
use crate::builder::CellDraft;

/// More columns than this are taken for a mistake or an attack.
const WIDEST: usize = 200;

/// A cell with this many blocks in it is a page's frame and no table cell.
const MOST_BLOCKS: usize = 25;

/// Reads a table: its rows as rows, or, where the table only lays out the page, its cells one after the other. Tables inside of
/// cells come behind the table around them; one of a single row is words of its cell.
pub(crate) fn read(flow: &mut Flow<'_, '_>, id: Id, context: Context) {
    let Parts { rows, strays } = parts(flow.tree, id);
    for stray in strays {
        flow.block_of(stray, context);
    }
    let is_cell = matches!(flow.output, Output::Cell(_));
    let is_layout = is_layout(flow.tree, &rows);
    if is_cell && !is_layout && rows.iter().filter(|(_, cells)| cells.len() > 1).count() > 1 {
        flow.nested.push((id, context));
        return;
    }
    if is_cell || is_layout {
        for (_, cells) in &rows {
            for cell in cells {
                flow.blocks(*cell, context);
            }
        }
        return;
    }
    let Some(table) = flow.builder().map(crate::builder::Builder::new_table) else { return };
    let mut grid = Grid::default();
    for (in_head, cells) in rows {
        let head = in_head || (!cells.is_empty() && cells.iter().all(|cell| flow.tree.node(*cell).name() == "th"));
        let drafts = grid.row(flow, &cells, context);
        if let (false, Some(builder)) = (drafts.is_empty(), flow.builder()) {
            builder.row(table, head, drafts);
        }
    }
    for (inner, context) in grid.nested {
        read(flow, inner, context);
    }
}

/// What a table holds.
#[derive(Debug, Default)]
struct Parts {
    /// Rows with their cells, and whether each stands in the head; tables inside the cells are left alone.
    rows: Vec<(bool, Vec<Id>)>,
    /// What should not stand where it does, between the cells: a browser shows it before the table.
    strays: Vec<Id>,
}

fn parts(tree: &Tree, id: Id) -> Parts {
    let mut parts = Parts::default();
    for part in tree.node(id).children() {
        match tree.node(*part).name() {
            "tr" => parts.row(tree, *part, false),
            name @ ("thead" | "tbody" | "tfoot") => {
                for row in tree.node(*part).children() {
                    match tree.node(*row).name() {
                        "tr" => parts.row(tree, *row, name == "thead"),
                        _ => parts.strays.push(*row),
                    }
                }
            }
            // a cell that lacks its row makes a row of its own
            "td" | "th" => parts.rows.push((false, vec![*part])),
            "colgroup" | "col" => {}
            _ => parts.strays.push(*part),
        }
    }
    parts
}

impl Parts {
    fn row(&mut self, tree: &Tree, row: Id, head: bool) {
        let (cells, strays): (Vec<Id>, Vec<Id>) =
            tree.node(row).children().iter().partition(|cell| matches!(tree.node(**cell).name(), "td" | "th"));
        self.rows.push((head, cells));
        self.strays.extend(strays);
    }
}

/// Whether the table only lays out the page: one column, or a cell that holds a page's worth of blocks or another table.
fn is_layout(tree: &Tree, rows: &[(bool, Vec<Id>)]) -> bool {
    rows.iter().all(|(_, cells)| cells.len() < 2)
        || rows.iter().flat_map(|(_, cells)| cells).any(|cell| {
            let blocks = tree.node(*cell).children().iter().map(|child| tree.node(*child).name());
            let blocks: Vec<_> = blocks.filter(|name| super::tree::is_block(name)).collect();
            blocks.len() > MOST_BLOCKS || (blocks.contains(&"table") && blocks.len() > 3)
        })
}

/// The cells that reach down into the rows that follow.
#[derive(Debug, Default)]
struct Grid {
    /// For each column where such a cell starts: its width and how many more rows it covers.
    reaching: Vec<(usize, usize)>,
    /// Tables that stand inside of the cells.
    nested: Vec<(Id, Context)>,
}

impl Grid {
    fn row(&mut self, flow: &Flow<'_, '_>, cells: &[Id], context: Context) -> Vec<CellDraft> {
        if cells.is_empty() {
            self.reaching.iter_mut().for_each(|(_, rows)| *rows = rows.saturating_sub(1));
            return Vec::new();
        }
        let mut drafts = Vec::new();
        let mut column = 0;
        for cell in cells {
            column = self.covered(column, &mut drafts);
            let node = flow.tree.node(*cell);
            let span = |name| node.attribute(name).and_then(|n| n.trim().parse::<usize>().ok()).unwrap_or(1).max(1);
            let (columns, rows) = (span("colspan").min(WIDEST), span("rowspan").min(10_000));
            if column + columns > WIDEST {
                break;
            }
            let (paragraphs, nested) = Flow::cell(flow.tree, flow.sheet, *cell, context.of_cell(node, flow.sheet));
            self.nested.extend(nested);
            drafts.push(draft(paragraphs, column, columns, false));
            if self.reaching.len() < column + columns {
                self.reaching.resize(column + columns, (0, 0));
            }
            if let Some(slot) = self.reaching.get_mut(column) {
                *slot = (columns, rows);
            }
            column += columns;
        }
        while column < self.reaching.len() {
            let next = self.covered(column, &mut drafts);
            column = if next == column { column + 1 } else { next };
        }
        self.reaching.iter_mut().for_each(|(_, rows)| *rows = rows.saturating_sub(1));
        drafts
    }

    /// Adds the cells that reach down from above at `column`; gives the first free column.
    fn covered(&self, mut column: usize, drafts: &mut Vec<CellDraft>) -> usize {
        while let Some((columns, 1..)) = self.reaching.get(column) {
            drafts.push(draft(Vec::new(), column, *columns, true));
            column += columns;
        }
        column
    }
}

fn draft(paragraphs: Vec<crate::styled::Styled>, column: usize, columns: usize, merged_up: bool) -> CellDraft {
    CellDraft { paragraphs, column: column as u16, columns: columns as u16, merged_up }
}
