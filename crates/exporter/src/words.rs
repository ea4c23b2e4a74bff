//! The schema's words for what the model says in enums.

use nhiemvu_model::{AgencyKind, Kind, Secrecy, Status, Urgency, Via};

use crate::record::Word;

pub(crate) fn kind(kind: Kind) -> Word {
    Word::Borrowed(match kind {
        Kind::Assigned => "assigned",
        Kind::Planned => "planned",
        Kind::Recommended => "recommended",
    })
}

pub(crate) fn status(status: Status) -> Word {
    Word::Borrowed(match status {
        Status::Done => "done",
        Status::InProgress => "in_progress",
        Status::Overdue => "overdue",
        Status::NotStarted => "not_started",
    })
}

pub(crate) fn agency_kind(kind: AgencyKind) -> Word {
    Word::Borrowed(match kind {
        AgencyKind::Registered => "registered",
        AgencyKind::Group => "group",
        AgencyKind::Unregistered => "unregistered",
    })
}

pub(crate) fn via(via: Via) -> Word {
    Word::Borrowed(match via {
        Via::Text => "text",
        Via::Field => "field",
        Via::Heading => "heading",
        Via::Intro => "intro",
        Via::Document => "document",
    })
}

/// A deadline comes from the task's words, from a field, or from something above it.
pub(crate) fn deadline_via(via: Via) -> Word {
    Word::Borrowed(match via {
        Via::Text => "text",
        Via::Field => "field",
        Via::Heading | Via::Intro | Via::Document => "section",
    })
}

pub(crate) fn urgency(urgency: Urgency) -> Word {
    Word::Borrowed(match urgency {
        Urgency::Urgent => "urgent",
        Urgency::VeryUrgent => "very_urgent",
        Urgency::MostUrgent => "most_urgent",
    })
}

pub(crate) fn secrecy(secrecy: Secrecy) -> Word {
    Word::Borrowed(match secrecy {
        Secrecy::Secret => "secret",
        Secrecy::TopSecret => "top_secret",
        Secrecy::MostSecret => "most_secret",
    })
}
