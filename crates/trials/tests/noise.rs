//! What noise of text recognition costs, and that a clean text is read as it is written.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

use nhiemvu_pipeline::{Options, reread, run};
use nhiemvu_review::{Tally, score};
use nhiemvu_trials::corpus::documents;
use nhiemvu_trials::noise::damaged;

/// The share of tasks that need no edit where so many of a hundred characters are wrong.
fn no_edit(percent: f64) -> f64 {
    let mut total = Tally::default();
    for (name, text, gold) in damaged(percent, 0) {
        let list = run(text.as_bytes(), &name, &Options::default()).unwrap();
        total.merge(&score(&gold, Some(&serde_json::to_value(&list).unwrap())).tally);
    }
    total.row("total").no_edit.unwrap()
}

#[test]
fn one_wrong_letter_in_a_hundred_costs_at_most_five_tasks_in_a_hundred() {
    let (clean, noisy) = (no_edit(0.0), no_edit(1.0));
    assert!(noisy > clean - 0.05, "{noisy:.3} of {clean:.3}");
}

#[test]
fn clean_documents_are_read_as_they_are_written() {
    for document in documents() {
        let source =
            nhiemvu_ingest::read(document.text.as_bytes(), Some(&document.name), &nhiemvu_ingest::Limits::default());
        let source = reread(source.unwrap());
        assert!(source.written.is_none(), "{}: {:?}", document.name, source.written.map(|w| w.changes().len()));
    }
}
