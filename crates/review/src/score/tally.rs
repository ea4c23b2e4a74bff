//! Counts over one document or many, and the figures made of them.

use serde::Serialize;

/// How many of how many were right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Right ones.
    pub right: usize,
    /// All of them.
    pub of: usize,
}

impl Share {
    pub(crate) fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    /// From 0 to 1; `None` of nothing.
    pub fn ratio(self) -> Option<f64> {
        (self.of > 0).then(|| self.right as f64 / self.of as f64)
    }
}

/// True positives, false positives, false negatives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Found {
    /// Found and due.
    pub right: usize,
    /// Found and not due.
    pub extra: usize,
    /// Due and not found.
    pub missing: usize,
}

impl Found {
    /// The harmonic mean of precision and recall; `None` of nothing.
    pub fn f1(self) -> Option<f64> {
        let all = 2 * self.right + self.extra + self.missing;
        (all > 0).then(|| (2 * self.right) as f64 / all as f64)
    }
}

/// What was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Gold tasks that count.
    pub gold: usize,
    /// Tasks.
    pub tasks: Found,
    /// Leading bodies exactly right, of matched tasks.
    pub lead: Share,
    /// Coordinating bodies, one by one.
    pub coordinating: Found,
    /// Bodies reported to exactly right.
    pub report_to: Share,
    /// Time limits exactly right.
    pub deadline: Share,
    /// The same, of tasks that have one.
    pub due: Share,
    /// Kind right.
    pub kind: Share,
    /// Status right.
    pub status: Share,
    /// A limit in bold found to be so.
    pub emphasised: Share,
    /// The product named.
    pub deliverable: Share,
    /// Gold tasks right in every field.
    pub no_edit: Share,
    /// The same, of gold tasks that have a limit.
    pub no_edit_due: Share,
    /// Header fields.
    pub header: Share,
    /// Quantified targets.
    pub targets: Found,
}

impl Tally {
    /// Adds the counts of another document.
    pub fn merge(&mut self, other: &Self) {
        self.gold += other.gold;
        for (to, from) in [
            (&mut self.lead, other.lead),
            (&mut self.report_to, other.report_to),
            (&mut self.deadline, other.deadline),
            (&mut self.due, other.due),
            (&mut self.kind, other.kind),
            (&mut self.status, other.status),
            (&mut self.emphasised, other.emphasised),
            (&mut self.deliverable, other.deliverable),
            (&mut self.no_edit, other.no_edit),
            (&mut self.no_edit_due, other.no_edit_due),
            (&mut self.header, other.header),
        ] {
            to.right += from.right;
            to.of += from.of;
        }
        for (to, from) in [
            (&mut self.tasks, other.tasks),
            (&mut self.coordinating, other.coordinating),
            (&mut self.targets, other.targets),
        ] {
            to.right += from.right;
            to.extra += from.extra;
            to.missing += from.missing;
        }
    }

    /// The figures, under the name of the document.
    pub fn row(&self, document: impl Into<String>) -> Row {
        let found = self.tasks;
        Row {
            secrecy: None,
            document: document.into(),
            gold: self.gold,
            precision: Share { right: found.right, of: found.right + found.extra }.ratio(),
            recall: Share { right: found.right, of: found.right + found.missing }.ratio(),
            f1: found.f1(),
            lead: self.lead.ratio(),
            coordinating_f1: self.coordinating.f1(),
            report_to: self.report_to.ratio(),
            deadline: self.deadline.ratio(),
            due: self.due.ratio(),
            kind: self.kind.ratio(),
            status: self.status.ratio(),
            emphasised: self.emphasised.ratio(),
            deliverable: self.deliverable.ratio(),
            no_edit: self.no_edit.ratio(),
            no_edit_due: self.no_edit_due.ratio(),
            header: self.header.ratio(),
            target_f1: self.targets.f1(),
        }
    }
}

/// The figures of a document or of all together: shares from 0 to 1, `None` where there was nothing to count.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The code of the degree of secrecy (`secret`), the highest of all documents for `ALL`; what is shown of a marked
    /// document begins with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secrecy: Option<String>,
    /// Name of the gold file without `.json`, or `ALL`.
    pub document: String,
    /// Gold tasks that count.
    pub gold: usize,
    /// Precision of tasks.
    #[serde(rename = "P")]
    pub precision: Option<f64>,
    /// Recall of tasks.
    #[serde(rename = "R")]
    pub recall: Option<f64>,
    /// Their harmonic mean.
    #[serde(rename = "F1")]
    pub f1: Option<f64>,
    /// Matched tasks whose leading bodies are exactly right.
    pub lead: Option<f64>,
    /// F1 over coordinating bodies of matched tasks.
    #[serde(rename = "coordF1")]
    pub coordinating_f1: Option<f64>,
    /// Matched tasks whose bodies reported to are exactly right.
    pub report_to: Option<f64>,
    /// Matched tasks whose limits are exactly right, none where none is due.
    pub deadline: Option<f64>,
    /// The same, of those that have one.
    pub due: Option<f64>,
    /// Kind.
    pub kind: Option<f64>,
    /// Status.
    pub status: Option<f64>,
    /// Limits in bold.
    pub emphasised: Option<f64>,
    /// Product.
    pub deliverable: Option<f64>,
    /// Gold tasks found with every field right, products aside: what an analyst need not touch.
    #[serde(rename = "NO-EDIT")]
    pub no_edit: Option<f64>,
    /// The same, of gold tasks that have a limit.
    #[serde(rename = "NE-due")]
    pub no_edit_due: Option<f64>,
    /// Header fields.
    pub header: Option<f64>,
    /// F1 over targets, where the gold lists them.
    #[serde(rename = "targetF1")]
    pub target_f1: Option<f64>,
}

impl Row {
    /// The names of the figures, in the order of the output.
    pub const NAMES: [&'static str; 16] = [
        "P",
        "R",
        "F1",
        "lead",
        "coordF1",
        "report_to",
        "deadline",
        "due",
        "kind",
        "status",
        "emphasised",
        "deliverable",
        "NO-EDIT",
        "NE-due",
        "header",
        "targetF1",
    ];

    /// The figures by name, in the order of the output.
    pub fn figures(&self) -> [(&'static str, Option<f64>); 16] {
        let values = [
            self.precision,
            self.recall,
            self.f1,
            self.lead,
            self.coordinating_f1,
            self.report_to,
            self.deadline,
            self.due,
            self.kind,
            self.status,
            self.emphasised,
            self.deliverable,
            self.no_edit,
            self.no_edit_due,
            self.header,
            self.target_f1,
        ];
        std::array::from_fn(|i| (Self::NAMES[i], values[i]))
    }

    /// The figure of that name, case ignored; the outer `None` says that there is no such figure.
    pub fn figure(&self, name: &str) -> Option<Option<f64>> {
        self.figures().into_iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}
