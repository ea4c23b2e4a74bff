//! The whole of extraction on one screen.

use chrono::NaiveDate;
use nhiemvu_model::{
    Agency, Diagnostic, Document, Explained, Extraction, Flag, Node, NodeId, NodeKind, Via, WarningCode,
};
use nhiemvu_normalizer::Registry;

use crate::deadline::Reference;
use crate::scope::Scope;
use crate::setting::Setting;
use crate::walk::Walk;
use crate::{assemble, bodies, citation, ocr, target};

/// What the caller knows that the document does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Date to resolve limits against, where the document gives none.
    pub date: Option<NaiveDate>,
    /// Name of the issuer's province, where the document does not say it.
    pub province: Option<String>,
}

/// `- Lưu: VT`: the last of those who get a copy, where nothing heads them.
fn files(item: &Node) -> bool {
    nhiemvu_text::fold_key(item.text.text()).starts_with("lưu:")
}

/// The headings and items at the top of the document.
fn top_items(document: &Document) -> impl Iterator<Item = &Node> {
    let top = document.node(NodeId(0)).children.iter().map(|id| document.node(*id));
    top.filter(|node| !node.marker.is_empty() || node.kind == NodeKind::Heading && !ends(document, node))
}

/// Whether a heading ends the text with nothing below it: who wrote a page.
fn ends(document: &Document, heading: &Node) -> bool {
    document.nodes.last().is_some_and(|last| std::ptr::eq(last, heading))
}

/// Takes the tasks and targets out of `document`. Never fails.
pub fn extract(document: &Document, registry: &Registry, options: &Options) -> Extraction {
    explain(document, registry, options).extraction
}

/// Takes the tasks and targets out of `document`, and says of each block which rule decided of it. Never fails.
pub fn explain(document: &Document, registry: &Registry, options: &Options) -> Explained {
    let setting = Setting::of(document, registry, options);
    let mut walk = Walk {
        document,
        registry,
        context: &setting.context,
        reference: Reference { date: setting.date },
        places: crate::ordinal::Places::of(document),
        issuer_name: setting.issuer.as_ref().map(|a| a.name.clone()),
        first_item: top_items(document).find(|item| !files(item)).map(|item| item.span.start),
        has_items: document
            .nodes
            .iter()
            .any(|n| !n.marker.is_empty() || n.kind == NodeKind::Heading && !ends(document, n)),
        drafts: Vec::new(),
        verdicts: Vec::new(),
        analyses: std::cell::RefCell::default(),
        times: std::cell::RefCell::default(),
    };
    let directive = setting.directive && !(document.header.doc_type.is_none() && walk.opens_plan());
    let mut scope = Scope::top(directive, setting.normative, setting.default_lead.clone());
    scope.reports = setting.reports;
    walk.children(NodeId(0), &scope, 0);
    let mut tasks = assemble::tasks(walk.drafts, registry, &setting.context);
    ocr::flag(document, &mut tasks);
    let mut diagnostics = Vec::new();
    if setting.date.is_none_or(|d| d.full().is_none()) && document.header.date.is_none() {
        diagnostics.push(Diagnostic::new(WarningCode::NoDate, "văn bản không ghi ngày", None));
    }
    for task in tasks.iter().filter(|t| t.flags.contains(&Flag::UnresolvedDeadline)) {
        diagnostics.push(Diagnostic::new(
            WarningCode::UnresolvedDeadline,
            "không tính được ngày của thời hạn",
            Some(task.span),
        ));
    }
    let extraction = Extraction {
        issuer: setting.issuer,
        addressees: setting.addressees,
        recipients: recipients(document, registry, &setting.context),
        references: references(document, registry, &setting.context),
        date: setting.date,
        tasks,
        targets: target::find(document, &Reference { date: setting.date }),
        diagnostics,
    };
    Explained { extraction, verdicts: walk.verdicts }
}

/// The bodies in each line of Nơi nhận.
fn recipients(document: &Document, registry: &Registry, context: &nhiemvu_normalizer::Context) -> Vec<Vec<Agency>> {
    document
        .header
        .recipients
        .iter()
        .map(|r| {
            if r.purpose.as_deref() == Some("lưu") {
                return Vec::new();
            }
            bodies::agencies(&registry.mentions(r.text.text(), context), &r.text, Via::Text)
        })
        .collect()
}

/// Documents cited anywhere, each once.
fn references(
    document: &Document,
    registry: &Registry,
    context: &nhiemvu_normalizer::Context,
) -> Vec<nhiemvu_model::Reference> {
    let mut out: Vec<nhiemvu_model::Reference> = Vec::new();
    for node in &document.nodes {
        for reference in citation::find(&node.text, registry, context) {
            match out.iter_mut().find(|r| r.number == reference.number) {
                Some(known) if known.date.is_none() && reference.date.is_some() => *known = reference,
                Some(_) => {}
                None => out.push(reference),
            }
        }
    }
    out
}
