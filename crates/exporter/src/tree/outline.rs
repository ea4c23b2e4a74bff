//! The tree as an outline, for people.

use std::borrow::Cow;
use std::fmt::Write;

use nhiemvu_model::{Document, Explained, Node, NodeId, Outcome, Rule, Target, Verdict};

use super::origin::{Places, values};
use super::{kind, table_of};
use crate::convert::Writer;
use crate::lang::Lang;
use crate::secrecy::document_stamp;

/// What the outline is to say of decisions, and in which words.
#[derive(Debug, Clone, Copy)]
pub struct Why<'a> {
    /// The decisions.
    pub explained: &'a Explained,
    /// What a rule says ([`Rule::vietnamese`], [`Rule::english`]).
    pub words: fn(Rule) -> &'static str,
}

/// The tree as an outline, two spaces for each level; the degree of secrecy, where there is one, on the first line.
///
/// With `why`, below each block, or row of a table, the rules that decided of it: `✓` took a task, `✗` refused it, `·` tells
/// what the block is for those below it; each with what it says, in the words chosen. Below a task its values, each with where it was read from.
pub fn outline(document: &Document, why: Option<Why<'_>>) -> String {
    let mut outline = Outline {
        document,
        writer: Writer::new(&document.source),
        why: why.map(|why| (why, Places::of(document, why.explained))),
        text: String::new(),
    };
    if let Some(stamp) = document_stamp(document, Lang::Vi) {
        let _ = writeln!(outline.text, "secrecy: {stamp}");
    }
    // a stack, as the depth of a document is not ours to choose
    let mut open: Vec<(NodeId, usize)> = document.node(NodeId(0)).children.iter().rev().map(|id| (*id, 0)).collect();
    while let Some((id, depth)) = open.pop() {
        let node = document.node(id);
        outline.node(id, node, &"  ".repeat(depth));
        open.extend(node.children.iter().rev().map(|child| (*child, depth + 1)));
    }
    outline.text
}

struct Outline<'a> {
    document: &'a Document,
    writer: Writer<'a>,
    why: Option<(Why<'a>, Places<'a>)>,
    text: String,
}

impl Outline<'_> {
    fn node(&mut self, id: NodeId, node: &Node, indent: &str) {
        let run_in = if node.run_in > 0 { " (run-in)" } else { "" };
        let space = if node.marker.is_empty() { "" } else { " " };
        let _ = writeln!(self.text, "{indent}{}{run_in}: {}{space}{}", kind(node.kind), node.marker, node.text.text());
        for field in &node.fields {
            let _ = writeln!(self.text, "{indent}  = {}: {}", field.label.text(), field.value.text());
        }
        self.verdicts(id, None, node, indent);
        if let Some(table) = table_of(self.document, node.kind) {
            for (at, row) in table.rows.iter().enumerate() {
                let cells: Vec<Cow<'_, str>> =
                    row.cells.iter().map(|cell| if cell.merged_up { "^".into() } else { cell.text().into() }).collect();
                let head = if at < table.heads { "#" } else { "|" };
                let _ = writeln!(self.text, "{indent}  {head} {}", cells.join(" | "));
                self.verdicts(id, Some(at), node, &format!("{indent}  "));
            }
        }
        self.targets(id, indent);
    }

    /// What was decided of a block, or of one row of its table.
    fn verdicts(&mut self, id: NodeId, row: Option<usize>, node: &Node, indent: &str) {
        let Some((why, places)) = &self.why else { return };
        let mut text = String::new();
        for verdict in places.verdicts(id.0 as usize).filter(|verdict| verdict.row == row) {
            let sign = match verdict.rule.outcome() {
                Outcome::Taken => '✓',
                Outcome::Refused => '✗',
                Outcome::Structure => '·',
            };
            let part = if row.is_none() { self.part(node, verdict) } else { String::new() };
            let _ = writeln!(text, "{indent}  {sign} {}: {}{part}", verdict.rule.as_str(), (why.words)(verdict.rule));
            let Some(task) = verdict.task.and_then(|at| why.explained.extraction.tasks.get(at)) else { continue };
            let record = self.writer.task(task);
            let _ = writeln!(text, "{indent}  → {} {} {}: {}", task.id, task.ordinal, record.kind, task.title);
            for value in values(task) {
                let origin = places.origin(id, &value);
                let of = origin.of.map_or_else(String::new, |of| format!(" “{}”", shortened(&of)));
                let place = value.span.map(|span| (self.writer.span(span).line, self.writer.raw(span)));
                let line = place.as_ref().map_or_else(String::new, |(line, _)| format!(", line {line}"));
                let raw = place.filter(|(_, raw)| !raw.is_empty());
                let raw = raw.map_or_else(String::new, |(_, raw)| format!(" “{}”", raw.replace('\n', " ")));
                let _ = writeln!(text, "{indent}    {}: {} [{}{of}{line}]{raw}", value.field, value.text, origin.from);
            }
            if !task.flags.is_empty() {
                let _ = writeln!(text, "{indent}    flags: {}", record.flags.join(", "));
            }
        }
        self.text.push_str(&text);
    }

    /// The words decided on, where they are not the whole block.
    fn part(&self, node: &Node, verdict: &Verdict) -> String {
        let whole = node.text.whole();
        let all = verdict.task.is_some() || verdict.span.start <= whole.start && whole.end <= verdict.span.end;
        if all {
            String::new()
        } else {
            format!(" “{}”", shortened(verdict.span.slice(&self.document.source.text)))
        }
    }

    fn targets(&mut self, id: NodeId, indent: &str) {
        let Some((why, places)) = &self.why else { return };
        let own = |target: &&Target| places.node_at(target.span.start) == id;
        for target in why.explained.extraction.targets.iter().filter(own) {
            let unit = target.unit.as_deref().unwrap_or_default();
            let most = target.value_max.map_or_else(String::new, |most| format!(" - {most}"));
            let sign = target.comparator.as_str();
            let _ = writeln!(self.text, "{indent}  → target {sign} {}{most} {unit}: {}", target.value, target.text);
        }
    }
}

/// The first words of `text`, on one line.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}
