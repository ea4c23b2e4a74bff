//! What is taken from a document: tasks (nhiệm vụ) and targets (chỉ tiêu).

use chrono::NaiveDate;

use crate::{Agency, Anchor, ClockTime, Diagnostic, Frequency, PartialDate, Recurrence, Span};

/// All that the extractor takes from one document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Extraction {
    /// Issuer, resolved against the registry.
    pub issuer: Option<Agency>,
    /// Bodies that the document is addressed to (Kính gửi).
    pub addressees: Vec<Agency>,
    /// The bodies named in each line of Nơi nhận, in the order of the document's recipients.
    pub recipients: Vec<Vec<Agency>>,
    /// Documents cited anywhere, in reading order, each once.
    pub references: Vec<Reference>,
    /// The date that deadlines were resolved against.
    pub date: Option<PartialDate>,
    /// Tasks in reading order.
    pub tasks: Vec<Task>,
    /// Targets in reading order.
    pub targets: Vec<Target>,
    /// What could not be resolved or placed.
    pub diagnostics: Vec<Diagnostic>,
}

/// One thing that somebody must do (một nhiệm vụ).
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// 16 hexadecimal digits, unique within the document.
    pub id: String,
    /// The markers on the way to the item (`IV.1.1`).
    pub ordinal: String,
    /// Enclosing headings, outermost first.
    pub section: Vec<Heading>,
    /// Whether it is assigned, planned or recommended.
    pub kind: Kind,
    /// What is to be done, on one line.
    pub title: String,
    /// The item's whole text, mended.
    pub text: String,
    /// Who must do it (chủ trì).
    pub lead: Vec<Agency>,
    /// Who helps (phối hợp).
    pub coordinating: Vec<Agency>,
    /// Who follows it up (theo dõi, đôn đốc).
    pub monitoring: Vec<Agency>,
    /// To whom results go (báo cáo, trình).
    pub report_to: Vec<Agency>,
    /// Time limits, in the order of the text.
    pub deadlines: Vec<Deadline>,
    /// What comes out of it (sản phẩm).
    pub deliverables: Vec<Deliverable>,
    /// Documents cited in it.
    pub references: Vec<Reference>,
    /// Labelled lines and columns that fit nothing else.
    pub fields: Vec<LabelledValue>,
    /// How a report says that it stands.
    pub status: Option<Status>,
    /// Reasons to look at it by eye, in canonical order.
    pub flags: Vec<Flag>,
    /// Where it stands.
    pub span: Span,
    /// The task of this document that it repeats.
    pub repeats: Option<String>,
}

/// A heading above an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Marker as written (`IV.`, `a)`); empty where there is none.
    pub marker: String,
    /// Its words.
    pub title: String,
}

/// On whom a task is laid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Laid on somebody.
    Assigned,
    /// What the issuing body sets itself.
    Planned,
    /// Asked of a body that the issuer cannot command.
    Recommended,
}

/// A time limit, resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// Kind, with the dates that belong to it.
    pub kind: DeadlineKind,
    /// Last day on which the task is still in time.
    pub due: Option<NaiveDate>,
    /// Hour, on `end` or on each recurrence.
    pub time: Option<ClockTime>,
    /// Whether the document sets it in bold or italics.
    pub emphasised: bool,
    /// How it came to the task; `Text`, `Field`, or `Heading`/`Intro` for an enclosing section.
    pub via: crate::Via,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of time limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeadlineKind {
    /// No later than `end`.
    By {
        /// The day named; `None` where it could not be dated.
        end: Option<NaiveDate>,
        /// Whether that day itself is in time.
        inclusive: bool,
    },
    /// From `start` to `end`, both included; `None` is an open side, or one that could not be dated.
    Within {
        /// First day.
        start: Option<NaiveDate>,
        /// Last day.
        end: Option<NaiveDate>,
    },
    /// By a recurrence rule.
    Recurring(Recurrence),
    /// So long after an anchor.
    Relative {
        /// How many units.
        count: u32,
        /// The unit.
        unit: Frequency,
        /// Whether days are working days.
        working_days: bool,
        /// What it counts from.
        anchor: Anchor,
    },
    /// Continuously.
    Ongoing,
    /// At once.
    Immediate,
}

/// What comes out of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deliverable {
    /// Noun phrase, mended.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A document cited by number, or by name and date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Abbreviation of its type (`NQ`).
    pub doc_type: Option<String>,
    /// Number with symbol (`57-NQ/TW`).
    pub number: Option<String>,
    /// Its date.
    pub date: Option<PartialDate>,
    /// Who issued it.
    pub issuer: Option<Agency>,
    /// Where it stands.
    pub span: Span,
}

/// A labelled line or a table column, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledValue {
    /// `Nguồn kinh phí`.
    pub label: String,
    /// Its words.
    pub value: String,
    /// Where the value stands.
    pub span: Span,
}

/// How a report says that a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Done.
    Done,
    /// Under way.
    InProgress,
    /// Past its time.
    Overdue,
    /// Not begun.
    NotStarted,
}

/// A reason to look at a task by eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Flag {
    /// Assigned, and nobody named.
    NoLead,
    /// A leading body that the registry does not hold.
    UnregisteredLead,
    /// A name that fits several bodies.
    AmbiguousAgency,
    /// A misspelt or damaged name that was repaired.
    RepairedAgency,
    /// A limit whose dates could not be told.
    UnresolvedDeadline,
    /// A date that can be read in two ways.
    AmbiguousDate,
    /// A date that does not exist (31/4).
    InvalidDate,
    /// A limit before the document's own date.
    DeadlineBeforeDocument,
    /// Stands more than once.
    Repeated,
    /// Read from a picture.
    Ocr,
    /// Read from a picture with low confidence.
    OcrUncertain,
    /// Read from a table whose cells are doubtful.
    TableUncertain,
}

impl Flag {
    /// The flag as it stands in the output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoLead => "no-lead",
            Self::UnregisteredLead => "unregistered-lead",
            Self::AmbiguousAgency => "ambiguous-agency",
            Self::RepairedAgency => "repaired-agency",
            Self::UnresolvedDeadline => "unresolved-deadline",
            Self::AmbiguousDate => "ambiguous-date",
            Self::InvalidDate => "invalid-date",
            Self::DeadlineBeforeDocument => "deadline-before-document",
            Self::Repeated => "repeated",
            Self::Ocr => "ocr",
            Self::OcrUncertain => "ocr-uncertain",
            Self::TableUncertain => "table-uncertain",
        }
    }
}

/// A quantified target (chỉ tiêu).
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// 16 hexadecimal digits, unique within the document.
    pub id: String,
    /// The clause that says what is to be reached.
    pub text: String,
    /// How the value binds.
    pub comparator: Comparator,
    /// The figure.
    pub value: f64,
    /// Upper end of a range.
    pub value_max: Option<f64>,
    /// Unit (`%`, `doanh nghiệp`).
    pub unit: Option<String>,
    /// When it is to be reached.
    pub deadline: Option<Deadline>,
    /// Enclosing headings, outermost first.
    pub section: Vec<Heading>,
    /// The figure with its unit.
    pub span: Span,
}

/// How a target's value binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparator {
    /// At least.
    AtLeast,
    /// More than.
    MoreThan,
    /// Exactly.
    Equal,
    /// At most.
    AtMost,
    /// Less than.
    LessThan,
    /// About.
    About,
}

impl Comparator {
    /// The sign as it stands in the output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::MoreThan => ">",
            Self::Equal => "=",
            Self::AtMost => "<=",
            Self::LessThan => "<",
            Self::About => "~",
        }
    }
}
