//! A task before its derived fields (id, title, references …) are made.

use nhiemvu_model::{Agency, Deadline, Flag, Heading, Kind, LabelledValue, Mended, Status};

/// What the walk over the tree decides of one task.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// Its words.
    pub text: Mended,
    /// Byte of `text` behind the bodies and cues at its head, where what is to be done begins.
    pub action: usize,
    /// Length of its run-in heading, where that names what is to be done.
    pub run_in: usize,
    /// Markers and headings on the way to it.
    pub section: Vec<Heading>,
    /// Its ordinal.
    pub ordinal: String,
    /// Kind.
    pub kind: Kind,
    /// Who leads.
    pub lead: Vec<Agency>,
    /// Who helps.
    pub coordinating: Vec<Agency>,
    /// Who follows it up.
    pub monitoring: Vec<Agency>,
    /// To whom results go.
    pub report_to: Vec<Agency>,
    /// Its limits.
    pub deadlines: Vec<Deadline>,
    /// Products that a field or column names.
    pub products: Vec<Mended>,
    /// Other labelled values.
    pub fields: Vec<LabelledValue>,
    /// What a report says of it.
    pub status: Option<Status>,
    /// Flags found on the way.
    pub flags: Vec<Flag>,
}
