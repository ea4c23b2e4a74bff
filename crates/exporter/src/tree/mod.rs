//! The document tree, for people (an outline) and for programs (JSON).
//!
//! This is no part of the schema: it shows how a document was understood, and may change with any version.

mod origin;
mod outline;

use nhiemvu_model as model;
use nhiemvu_model::{Document, Explained, NodeKind, Outcome};
use serde::Serialize;

use crate::convert::Writer;
use crate::record::{Span, Task, Warning};
use crate::words;
use origin::{Places, values};
pub use outline::{Why, outline};

/// A document tree as JSON writes it: nodes by number, each with the numbers of those below it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tree {
    /// The degree of secrecy, in the schema's words; only where the document has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    secrecy: Option<crate::record::Word>,
    format: &'static str,
    pages: Option<u32>,
    nodes: Vec<Node>,
    footnotes: Vec<Footnote>,
    furniture: Vec<Span>,
    /// Bold, italic and raised stretches of the whole document, header and closing among them.
    styles: Vec<Style>,
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
    /// Which rules decided of it, and what they took; present where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    verdicts: Option<Vec<Verdict>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Verdict {
    /// Stable name of the rule.
    rule: &'static str,
    /// `taken`, `refused` or `structure`.
    outcome: &'static str,
    /// Row of the node's table, from 0, heads counted.
    row: Option<usize>,
    span: Span,
    task: Option<Task>,
    /// Where the task's values were read from.
    origins: Vec<Origin>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Origin {
    /// The key of the task's record.
    field: &'static str,
    value: String,
    /// `text`, `field`, `column`, `heading`, `stem`, `intro` or `address`.
    from: &'static str,
    /// Words of the label, the column head, the heading or the sentence.
    of: Option<String>,
    span: Option<Span>,
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

/// The tree of `document`; with `explained`, each node shows the rules that decided of it, the tasks taken from it, and
/// where their values were read from.
pub fn tree(document: &Document, explained: Option<&Explained>) -> Tree {
    let out = Writer::new(&document.source);
    let places = explained.map(|explained| Places::of(document, explained));
    let mut nodes = Vec::with_capacity(document.nodes.len());
    for (id, node) in document.nodes.iter().enumerate() {
        let verdicts = explained.zip(places.as_ref()).map(|(explained, places)| {
            places.verdicts(id).map(|verdict| self::verdict(&out, explained, places, verdict)).collect()
        });
        nodes.push(self::node(&out, document, id, node, verdicts));
    }
    let footnotes = document.footnotes.iter().map(|note| Footnote {
        mark: note.mark.clone(),
        text: note.text.text().to_owned(),
        called_at: note.called_at.map(|span| out.span(span)),
    });
    let diagnostics = document.source.diagnostics.iter().chain(&document.diagnostics);
    Tree {
        secrecy: document.header.secrecy.map(words::secrecy),
        format: document.source.format.media_type(),
        pages: document.source.pages,
        nodes,
        footnotes: footnotes.collect(),
        furniture: document.furniture.iter().map(|span| out.span(*span)).collect(),
        styles: styles(&out, document, model::Span::new(0, document.source.text.len())),
        warnings: diagnostics.map(|diagnostic| out.warning(diagnostic)).collect(),
    }
}

fn node(out: &Writer<'_>, document: &Document, id: usize, node: &model::Node, verdicts: Option<Vec<Verdict>>) -> Node {
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
        verdicts,
    }
}

fn verdict(out: &Writer<'_>, explained: &Explained, places: &Places<'_>, verdict: &model::Verdict) -> Verdict {
    let task = verdict.task.and_then(|at| explained.extraction.tasks.get(at));
    let origins = task.into_iter().flat_map(values).map(|value| {
        let origin = places.origin(verdict.node, &value);
        Origin {
            field: value.field,
            from: origin.from,
            of: origin.of,
            span: value.span.map(|span| out.span(span)),
            value: value.text,
        }
    });
    Verdict {
        rule: verdict.rule.as_str(),
        outcome: match verdict.rule.outcome() {
            Outcome::Taken => "taken",
            Outcome::Refused => "refused",
            Outcome::Structure => "structure",
        },
        row: verdict.row,
        span: out.span(verdict.span),
        origins: origins.collect(),
        task: task.map(|task| out.task(task)),
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
