//! Where the values of a task were read from: its own words, a labelled line, a column, a heading, a sentence above.

use nhiemvu_model::{
    Agency, Deadline, DeadlineKind, Document, Explained, NodeId, NodeKind, Outcome, Rule, Span, Table, TableCell, Task,
    Verdict, Via,
};

use crate::words;

/// One value of a task.
pub(super) struct Value {
    /// The key of the record.
    pub field: &'static str,
    /// The value in short.
    pub text: String,
    /// Where it stands; `None` where it is implied.
    pub span: Option<Span>,
    via: Option<Via>,
}

/// From where a value came.
pub(super) struct Origin {
    /// `text`, `field`, `column`, `heading`, `stem`, `intro` or `address`.
    pub from: &'static str,
    /// Words of the label, the column head, the heading or the sentence.
    pub of: Option<String>,
}

/// The values of a task that stand somewhere in the document, in the order of the record's keys.
pub(super) fn values(task: &Task) -> Vec<Value> {
    let mut out = Vec::new();
    for (field, bodies) in [
        ("lead", &task.lead),
        ("coordinating", &task.coordinating),
        ("monitoring", &task.monitoring),
        ("report_to", &task.report_to),
    ] {
        let value = |body: &Agency| Value { field, text: body.name.clone(), span: body.span, via: Some(body.via) };
        out.extend(bodies.iter().map(value));
    }
    let plain = |field, text, span| Value { field, text, span: Some(span), via: None };
    out.extend(
        task.deadlines
            .iter()
            .map(|limit| Value { via: Some(limit.via), ..plain("deadlines", limit_in_short(limit), limit.span) }),
    );
    out.extend(task.deliverables.iter().map(|product| plain("deliverables", product.text.clone(), product.span)));
    let number = |number: &Option<String>| number.clone().unwrap_or_else(|| "-".to_owned());
    out.extend(task.references.iter().map(|cited| plain("references", number(&cited.number), cited.span)));
    out.extend(task.fields.iter().map(|own| plain("fields", own.value.clone(), own.span)));
    if let Some(status) = task.status {
        out.push(plain("status", words::status(status).into_owned(), Span::new(task.span.start, task.span.start)));
    }
    out
}

fn limit_in_short(limit: &Deadline) -> String {
    let day = limit.due.map_or_else(|| "-".to_owned(), |due| due.to_string());
    match &limit.kind {
        DeadlineKind::By { .. } => format!("by {day}"),
        DeadlineKind::Within { .. } => format!("within {day}"),
        DeadlineKind::Recurring(recurrence) => format!("recurring {}", recurrence.rrule()),
        DeadlineKind::Relative { count, unit, .. } => format!("relative {} {day}", unit.duration(*count)),
        DeadlineKind::Ongoing => "ongoing".to_owned(),
        DeadlineKind::Immediate => "immediate".to_owned(),
    }
}

/// What stands where in a document, ordered for searching.
pub(super) struct Places<'a> {
    document: &'a Document,
    /// First byte of each node, in the order of the nodes.
    starts: Vec<usize>,
    /// Labelled lines, in the order of the text.
    fields: Vec<(Span, &'a str)>,
    /// Verdicts by node, in the order in which they were made.
    verdicts: Vec<&'a Verdict>,
}

impl<'a> Places<'a> {
    pub fn of(document: &'a Document, explained: &'a Explained) -> Self {
        let all = document.nodes.iter().flat_map(|node| &node.fields);
        let mut fields: Vec<_> = all.map(|field| (field.span, field.label.text())).collect();
        fields.sort_by_key(|(span, _)| span.start);
        let mut verdicts: Vec<&Verdict> = explained.verdicts.iter().collect();
        verdicts.sort_by_key(|verdict| verdict.node);
        Self { document, starts: document.nodes.iter().map(|node| node.span.start).collect(), fields, verdicts }
    }

    /// What was decided of node `id`.
    pub fn verdicts(&self, id: usize) -> impl Iterator<Item = &'a Verdict> {
        let from = self.verdicts.partition_point(|verdict| (verdict.node.0 as usize) < id);
        self.verdicts[from..].iter().copied().take_while(move |verdict| verdict.node.0 as usize == id)
    }

    /// The innermost node that begins at or before byte `at`.
    pub fn node_at(&self, at: usize) -> NodeId {
        // nodes come in the order of the text, and their spans leave their children out
        NodeId(self.starts.partition_point(|start| *start <= at).saturating_sub(1) as u32)
    }

    /// From where a value of a task of node `owner` came.
    pub fn origin(&self, owner: NodeId, value: &Value) -> Origin {
        let Some(span) = value.span.filter(|_| value.via != Some(Via::Document)) else {
            return Origin { from: "address", of: None };
        };
        let node = self.node_at(span.start);
        let words = self.document.node(node);
        if let NodeKind::Table(number) = words.kind
            && let Some(table) = self.document.tables.get(number as usize)
            && let Some(head) = head_of(table, span)
        {
            return Origin { from: "column", of: Some(head).filter(|head| !head.is_empty()) };
        }
        let line = self.fields.partition_point(|(field, _)| field.start <= span.start).checked_sub(1);
        if let Some((field, label)) = line.and_then(|at| self.fields.get(at))
            && field.contains(span)
        {
            return Origin { from: "field", of: Some((*label).to_owned()) };
        }
        let above =
            matches!(value.via, Some(Via::Heading | Via::Intro)) || node != owner && value.via != Some(Via::Text);
        if !above {
            return Origin { from: "text", of: None };
        }
        let mut rules = self.verdicts(node.0 as usize).map(|verdict| verdict.rule);
        let from = match rules.find(|rule| rule.outcome() == Outcome::Structure) {
            Some(Rule::ListStem) => "stem",
            Some(Rule::Heading | Rule::NamesBodies | Rule::Appendix) => "heading",
            Some(Rule::PartOfTask) => "text",
            _ => "intro",
        };
        let space = if words.marker.is_empty() { "" } else { " " };
        Origin { from, of: Some(format!("{}{space}{}", words.marker, words.text.text())) }
    }
}

/// The head of the column in which `span` stands, without words where the table has lost it.
fn head_of(table: &Table, span: Span) -> Option<String> {
    let holds = |cell: &&TableCell| cell.paragraphs.iter().any(|words| words.whole().contains(span));
    let cell = table.rows.iter().flat_map(|row| &row.cells).find(holds)?;
    let heads = table.rows.iter().take(table.heads).flat_map(|row| &row.cells);
    let over = heads.filter(|head| head.column <= cell.column && cell.column < head.column + head.columns.max(1));
    let words: Vec<String> = over.map(TableCell::text).filter(|words| !words.trim().is_empty()).collect();
    Some(words.join(" "))
}
