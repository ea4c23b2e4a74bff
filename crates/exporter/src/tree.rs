//! The document tree, for people (an outline) and for programs (JSON).
//!
//! This is no part of the schema: it shows how a document was understood, and may change with any version.

use std::borrow::Cow;
use std::fmt::Write;

use nhiemvu_model as model;
use nhiemvu_model::{Document, Extraction, NodeId, NodeKind};
use serde::Serialize;

use crate::convert::Writer;
use crate::record::{Span, Task, Warning};

/// A document tree as JSON writes it: nodes by number, each with the numbers of those below it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tree {
    format: &'static str,
    pages: Option<u32>,
    nodes: Vec<Node>,
    footnotes: Vec<Footnote>,
    furniture: Vec<Span>,
    warnings: Vec<Warning>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Node {
    id: u32,
    kind: &'static str,
    marker: String,
    /// The node's words, the run-in heading among them.
    text: String,
    /// The run-in heading; empty where there is none.
    run_in: String,
    span: Span,
    parent: Option<u32>,
    children: Vec<u32>,
    fields: Vec<Field>,
    /// Bold, italic and raised stretches of its own lines.
    styles: Vec<Style>,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<Table>,
    /// What was taken from it; present where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    tasks: Option<Vec<Task>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Field {
    label: String,
    value: String,
    span: Span,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Style {
    bold: bool,
    italic: bool,
    superscript: bool,
    span: Span,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Table {
    heads: usize,
    columns: usize,
    uncertain: bool,
    rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Cell {
    column: usize,
    columns: usize,
    merged_up: bool,
    paragraphs: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Footnote {
    mark: String,
    text: String,
    called_at: Option<Span>,
}

/// The tree of `document`; with `extraction`, each node shows the tasks taken from it.
pub fn tree(document: &Document, extraction: Option<&Extraction>) -> Tree {
    let out = Writer::new(&document.source);
    let owners = extraction.map(|extraction| owners(document, extraction));
    let mut nodes = Vec::with_capacity(document.nodes.len());
    for (id, node) in document.nodes.iter().enumerate() {
        let tasks = extraction.zip(owners.as_ref()).map(|(extraction, owners)| {
            let own = extraction.tasks.iter().zip(owners).filter(|(_, owner)| **owner == id);
            own.map(|(task, _)| out.task(task)).collect()
        });
        nodes.push(self::node(&out, document, id, node, tasks));
    }
    let footnotes = document.footnotes.iter().map(|note| Footnote {
        mark: note.mark.clone(),
        text: note.text.text().to_owned(),
        called_at: note.called_at.map(|span| out.span(span)),
    });
    let diagnostics = document.source.diagnostics.iter().chain(&document.diagnostics);
    Tree {
        format: document.source.format.media_type(),
        pages: document.source.pages,
        nodes,
        footnotes: footnotes.collect(),
        furniture: document.furniture.iter().map(|span| out.span(*span)).collect(),
        warnings: diagnostics.map(|diagnostic| out.warning(diagnostic)).collect(),
    }
}

fn node(out: &Writer<'_>, document: &Document, id: usize, node: &model::Node, tasks: Option<Vec<Task>>) -> Node {
    let field = |field: &model::Field| Field {
        label: field.label.text().to_owned(),
        value: field.value.text().to_owned(),
        span: out.span(field.span),
    };
    Node {
        id: id as u32,
        kind: kind(node.kind),
        marker: node.marker.clone(),
        text: node.text.text().to_owned(),
        run_in: node.text.text().get(..node.run_in).unwrap_or_default().to_owned(),
        span: out.span(node.span),
        parent: node.parent.map(|parent| parent.0),
        children: node.children.iter().map(|child| child.0).collect(),
        fields: node.fields.iter().map(field).collect(),
        styles: styles(out, document, node.span),
        table: table_of(document, node.kind).map(table),
        tasks,
    }
}

fn styles(out: &Writer<'_>, document: &Document, span: model::Span) -> Vec<Style> {
    let lines = &document.source.lines;
    let first = lines.partition_point(|line| line.span.end <= span.start);
    let own = lines[first..].iter().take_while(|line| line.span.start < span.end);
    own.flat_map(|line| &line.styles)
        .filter(|run| run.span.overlaps(span))
        .map(|run| Style {
            bold: run.bold,
            italic: run.italic,
            superscript: run.superscript,
            span: out.span(model::Span::new(run.span.start.max(span.start), run.span.end.min(span.end))),
        })
        .collect()
}

fn table_of(document: &Document, kind: NodeKind) -> Option<&model::Table> {
    match kind {
        NodeKind::Table(number) => document.tables.get(number as usize),
        _ => None,
    }
}

fn table(table: &model::Table) -> Table {
    let cell = |cell: &model::TableCell| Cell {
        column: cell.column,
        columns: cell.columns,
        merged_up: cell.merged_up,
        paragraphs: cell.paragraphs.iter().map(|paragraph| paragraph.text().to_owned()).collect(),
    };
    Table {
        heads: table.heads,
        columns: table.columns,
        uncertain: table.uncertain,
        rows: table.rows.iter().map(|row| row.cells.iter().map(cell).collect()).collect(),
    }
}

fn kind(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Root => "root",
        NodeKind::Heading => "heading",
        NodeKind::Article => "article",
        NodeKind::Item => "item",
        NodeKind::Paragraph => "paragraph",
        NodeKind::Table(_) => "table",
        NodeKind::Appendix => "appendix",
        NodeKind::Basis => "basis",
    }
}

/// For each task the number of the innermost node that it starts in.
fn owners(document: &Document, extraction: &Extraction) -> Vec<usize> {
    // nodes come in the order of the text, and their spans leave their children out
    let starts: Vec<usize> = document.nodes.iter().map(|node| node.span.start).collect();
    let owner = |task: &model::Task| starts.partition_point(|start| *start <= task.span.start).saturating_sub(1);
    extraction.tasks.iter().map(owner).collect()
}

/// The tree as an outline, two spaces for each level; with `extraction`, below each block the tasks taken from it, and
/// the way by which their bodies and limits came.
pub fn outline(document: &Document, extraction: Option<&Extraction>) -> String {
    let owners = extraction.map(|extraction| owners(document, extraction)).unwrap_or_default();
    let out = Writer::new(&document.source);
    let mut text = String::new();
    // a stack, as the depth of a document is not ours to choose
    let mut open: Vec<(NodeId, usize)> = document.node(NodeId(0)).children.iter().rev().map(|id| (*id, 0)).collect();
    while let Some((id, depth)) = open.pop() {
        let node = document.node(id);
        let indent = "  ".repeat(depth);
        let run_in = if node.run_in > 0 { " (run-in)" } else { "" };
        let marker = if node.marker.is_empty() { String::new() } else { format!("{} ", node.marker) };
        let _ = writeln!(text, "{indent}{}{run_in}: {marker}{}", kind(node.kind), node.text.text());
        for field in &node.fields {
            let _ = writeln!(text, "{indent}  = {}: {}", field.label.text(), field.value.text());
        }
        if let Some(table) = table_of(document, node.kind) {
            for (at, row) in table.rows.iter().enumerate() {
                let cells: Vec<Cow<'_, str>> =
                    row.cells.iter().map(|cell| if cell.merged_up { "^".into() } else { cell.text().into() }).collect();
                let head = if at < table.heads { "#" } else { "|" };
                let _ = writeln!(text, "{indent}  {head} {}", cells.join(" | "));
            }
        }
        if let Some(extraction) = extraction {
            let own = extraction.tasks.iter().zip(&owners).filter(|(_, owner)| **owner == id.0 as usize);
            own.for_each(|(task, _)| why(&mut text, &indent, &out.task(task)));
        }
        open.extend(node.children.iter().rev().map(|child| (*child, depth + 1)));
    }
    text
}

/// What was taken as a task, and by which way.
fn why(text: &mut String, indent: &str, task: &Task) {
    let _ = writeln!(text, "{indent}  → {} {} {}: {}", task.id, task.ordinal, task.kind, task.title);
    for (role, bodies) in [
        ("lead", &task.lead),
        ("coordinating", &task.coordinating),
        ("monitoring", &task.monitoring),
        ("report_to", &task.report_to),
    ] {
        for body in bodies {
            let line = body.span.map_or_else(String::new, |span| format!(", line {}", span.line));
            let _ = writeln!(text, "{indent}    {role}: {} [{}{line}] “{}”", body.name, body.via, body.raw);
        }
    }
    for limit in &task.deadlines {
        let due = limit.due.as_deref().or(limit.rrule.as_deref()).or(limit.duration.as_deref()).unwrap_or("-");
        let line = limit.span.line;
        let _ = writeln!(text, "{indent}    {}: {due} [{}, line {line}] “{}”", limit.kind, limit.via, limit.raw);
    }
    if !task.flags.is_empty() {
        let _ = writeln!(text, "{indent}    flags: {}", task.flags.join(", "));
    }
}
