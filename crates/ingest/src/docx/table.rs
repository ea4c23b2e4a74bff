//! Word tables on their grid.

use super::styles::RunProperties;
use super::walk::{Output, Walk};
use super::xml::Element;
use crate::builder::CellDraft;
use crate::styled::Styled;

/// Grid columns beyond this are a mistake or an attack.
const WIDEST: u16 = 500;

/// Reads a table: its rows as rows; a table of one column, or of one row inside a cell, as the paragraphs that it holds. Other
/// tables inside of cells come behind the table around them.
pub(crate) fn read(walk: &mut Walk<'_, '_>, table: &Element) {
    let rows = rows(table);
    let inside = matches!(walk.output, Output::Cell(_));
    if rows.iter().all(|row| cells(row).len() < 2) || inside && rows.len() < 2 {
        for cell in rows.iter().flat_map(|row| cells(row)) {
            walk.blocks(cell);
        }
        return;
    }
    let number = match &mut walk.output {
        Output::Lines(builder, None) => builder.new_table(),
        Output::Lines(_, Some(role)) => {
            // a table in a page header is furniture like the rest of it
            let role = role.clone();
            let mut out = Vec::new();
            for row in &rows {
                out.extend(draft_row(walk.document, walk.state, row, &RunProperties::default()).cells);
            }
            out.extend(std::mem::take(&mut walk.state.nested).into_iter().flatten().flat_map(|row| row.cells));
            if let Output::Lines(builder, _) = &mut walk.output {
                out.into_iter().flat_map(|cell| cell.paragraphs).for_each(|p| builder.paragraph(p, Some(role.clone())));
            }
            return;
        }
        Output::Cell(_) => {
            let look = Look::read(walk, table);
            let drafts = rows.iter().enumerate().map(|(at, row)| look.draft(walk.document, walk.state, row, at));
            let drafts = drafts.collect();
            walk.state.nested.push(drafts);
            return;
        }
    };
    let look = Look::read(walk, table);
    for (at, row) in rows.iter().enumerate() {
        let Row { cells, head, breaks } = look.draft(walk.document, walk.state, row, at);
        walk.turn(breaks);
        if let Output::Lines(builder, _) = &mut walk.output {
            builder.row(number, head, cells);
        }
    }
    for rows in std::mem::take(&mut walk.state.nested) {
        if let Output::Lines(builder, _) = &mut walk.output {
            let number = builder.new_table();
            for row in rows {
                builder.row(number, row.head, row.cells);
            }
        }
    }
}

/// How the table's style sets its words.
#[derive(Debug, Default)]
struct Look {
    first_row: RunProperties,
    rows: RunProperties,
}

impl Look {
    fn read(walk: &Walk<'_, '_>, table: &Element) -> Self {
        let properties = table.child("tblPr");
        let style = properties.and_then(|p| p.child("tblStyle")).and_then(Element::value);
        let Some(style) = walk.document.styles.style(style) else { return Self::default() };
        let look = properties.and_then(|p| p.child("tblLook"));
        // the flag for the first row is 0x20 in the older way of writing it
        let flags = look.and_then(Element::value).and_then(|v| u32::from_str_radix(v, 16).ok()).unwrap_or(0);
        let named = look.and_then(|look| look.attribute("firstRow")).map(|v| matches!(v, "1" | "true" | "on"));
        let first = named.unwrap_or(flags & 0x20 != 0);
        let mut first_row = style.run.clone();
        if first {
            first_row.bold = style.first_row.bold.or(first_row.bold);
            first_row.italic = style.first_row.italic.or(first_row.italic);
            first_row.caps = style.first_row.caps.or(first_row.caps);
        }
        Self { first_row, rows: style.run.clone() }
    }

    /// Row `at` of the table.
    fn draft(&self, document: &super::walk::Document, state: &mut super::walk::State, row: &Element, at: usize) -> Row {
        draft_row(document, state, row, if at == 0 { &self.first_row } else { &self.rows })
    }
}

/// The rows of a table, through content controls and tracked insertions; deleted rows are gone.
fn rows(table: &Element) -> Vec<&Element> {
    through(table, "tr").into_iter().filter(|row| row.child("trPr").is_none_or(|p| p.child("del").is_none())).collect()
}

fn cells(row: &Element) -> Vec<&Element> {
    through(row, "tc")
}

/// The elements of the name that stand in `parent`, or in what wraps them there.
fn through<'a>(parent: &'a Element, name: &str) -> Vec<&'a Element> {
    let mut found = Vec::new();
    for child in &parent.children {
        match child.name.as_str() {
            wanted if wanted == name => found.push(child),
            "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" => found.extend(through(child, name)),
            _ => {}
        }
    }
    found
}

/// A row as it was read.
#[derive(Debug)]
pub(crate) struct Row {
    cells: Vec<CellDraft>,
    head: bool,
    /// Pages that end in the row, or before it.
    breaks: u32,
}

fn draft_row(
    document: &super::walk::Document,
    state: &mut super::walk::State,
    row: &Element,
    set: &RunProperties,
) -> Row {
    let properties = row.child("trPr");
    let mut column = properties.and_then(|p| p.number("gridBefore")).and_then(|n| u16::try_from(n).ok()).unwrap_or(0);
    let head = properties.and_then(|p| p.switch("tblHeader")) == Some(true);
    let mut drafts = Vec::new();
    let mut breaks = 0;
    for cell in cells(row) {
        let about = cell.child("tcPr");
        let span = about.and_then(|p| p.number("gridSpan")).and_then(|n| u16::try_from(n).ok()).unwrap_or(1);
        let columns = span.clamp(1, WIDEST);
        if column >= WIDEST {
            break;
        }
        let merge = about.and_then(|p| p.child("vMerge"));
        let merged_up = merge.is_some_and(|merge| merge.value() != Some("restart"));
        let mut walk = Walk {
            document,
            state: &mut *state,
            output: Output::Cell(Vec::new()),
            table: set.clone(),
            note: None,
            breaks: 0,
        };
        // what a cell that continues the one above may hold is not shown
        if !merged_up {
            walk.blocks(cell);
            walk.end_joined();
        }
        breaks = breaks.max(walk.breaks);
        let paragraphs: Vec<Styled> = match walk.output {
            Output::Cell(paragraphs) => paragraphs,
            Output::Lines(..) => Vec::new(),
        };
        drafts.push(CellDraft { paragraphs, column, columns, merged_up });
        column = column.saturating_add(columns);
    }
    Row { cells: drafts, head, breaks }
}
