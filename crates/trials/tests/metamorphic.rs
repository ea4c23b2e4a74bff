//! The same document written in other ways gives the same tasks: kind, lead, coordinating, `report_to`, deadlines, and words up
//! to white space.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it is surprised")]

use nhiemvu_pipeline::{Options, run};
use nhiemvu_text::fold_key;
use nhiemvu_trials::corpus::{Document, documents};
use nhiemvu_trials::vary;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

/// What must stay the same of each task. Words are compared folded, without white space and marks of lists, as spacing and
/// signs are what the variations change.
fn tasks(bytes: &[u8], name: &str) -> Vec<String> {
    let list = serde_json::to_value(run(bytes, name, &Options::default()).unwrap()).unwrap();
    let names = |bodies: &Value| {
        let names = bodies.as_array().unwrap().iter().map(|body| fold_key(body["name"].as_str().unwrap()));
        names.collect::<Vec<_>>().join(" + ")
    };
    let one = |task: &Value| {
        let dues: Vec<String> = task["deadlines"]
            .as_array()
            .unwrap()
            .iter()
            .map(|d| format!("{} {} {}", d["kind"], d["due"], d["rrule"]))
            .collect();
        let text: String = fold_key(task["text"].as_str().unwrap()).chars().filter(|c| c.is_alphanumeric()).collect();
        format!(
            "{} | lead {} | coordinating {} | report {} | {} | {text}",
            task["kind"],
            names(&task["lead"]),
            names(&task["coordinating"]),
            names(&task["report_to"]),
            dues.join(", "),
        )
    };
    list["tasks"].as_array().unwrap().iter().map(one).collect()
}

/// Stops where a variation changes a task, and says which.
fn same(document: &Document, what: &str, varied: &str) {
    let expected = tasks(document.text.as_bytes(), &document.name);
    let got = tasks(varied.as_bytes(), &document.name);
    if expected != got {
        let lost: Vec<&String> = expected.iter().filter(|task| !got.contains(task)).collect();
        let new: Vec<&String> = got.iter().filter(|task| !expected.contains(task)).collect();
        panic!(
            "{} {what}: {} tasks and not {}\nlost: {lost:#?}\nnew: {new:#?}",
            document.name,
            got.len(),
            expected.len()
        );
    }
}

/// All documents in one variation, those left out that `why` names: the variation rightly changes something there.
fn all(what: &str, vary: impl Fn(&Document) -> String, why: &[(&str, &str)]) {
    let mut failed = 0;
    for document in documents().iter().filter(|d| why.iter().all(|(name, _)| !d.name.starts_with(name))) {
        let varied = vary(document);
        if std::panic::catch_unwind(|| same(document, what, &varied)).is_err() {
            failed += 1;
        }
    }
    assert_eq!(failed, 0, "{what} changes results");
}

#[test]
fn forms_of_characters() {
    all("in NFD", |d| d.text.nfd().collect(), &[]);
    all("in mixed forms", |d| vary::mixed_forms(&d.text), &[]);
    all("with tones placed the other way", |d| vary::other_tones(&d.text), &[]);
    all("with CRLF", |d| d.text.replace('\n', "\r\n"), &[]);
}

#[test]
fn bullets() {
    for sign in ["•", "–", "*"] {
        all(&format!("with {sign} for -"), |d| vary::bullets(&d.text, '-', sign), &[]);
    }
}

#[test]
fn capitals() {
    all("with headings in capitals", |d| vary::capitals(&d.text), &[]);
}

/// Documents whose lines are broken already: broken anew, every other line is a stub, which no printer writes.
const BROKEN: [(&str, &str); 4] = [
    ("bc-lang-nghe", "a sentence after the list comes to stand apart from it"),
    ("cv-gen-lua-noi", "a line ends with a sentence"),
    ("kh-de-bao", "a line of the title stands alone"),
    ("kh-thang-an-toan", "a table of columns of words loses its columns"),
];

#[test]
fn lines_broken_anew() {
    for columns in [65, 90, 120] {
        for between in ["", "\n", "\n{}\n\n"] {
            let what = format!("at {columns} columns with {between:?} between");
            let why = [&BROKEN[..], &[("cd-ke-bien", "a page's only number parts two names")]].concat();
            all(&what, |d| vary::wrapped(&d.text, columns, between), &why);
        }
    }
    // a blank line in the midst of a list of bodies ends it
    all("at 40 columns", |d| vary::wrapped(&d.text, 40, ""), &BROKEN);
}

#[test]
fn forms_of_headings() {
    for form in ["{n}) {rest}", "**{n}.** {rest}"] {
        all(&format!("as {form}"), |d| vary::numbers(&d.text, form), &[]);
    }
    let why = [
        ("bc-lang-nghe", "what is a heading is no work of a report any more"),
        ("ctr-bql", "a heading of Markdown ends the table that it stands in"),
    ];
    all("as ## {n}.", |d| vary::numbers(&d.text, "## {n}. {rest}"), &why);
}

#[test]
fn doubled_spaces() {
    let why = [
        ("cv-gieng-khoi", "not held: items of its list are taken for columns"),
        ("kh-thang-an-toan", "two spaces part the columns of its table"),
        ("qd-hang-cau", "a scan has parted a word by a space"),
        ("tb-ocr-duong-sat", "a scan has parted words by spaces"),
    ];
    all("with doubled spaces", |d| vary::doubled_spaces(&d.text), &why);
}
