//! The same document written in other ways gives the same tasks: kind, lead, coordinating, `report_to`, deadlines, and words up
//! to white space.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it is surprised")]

use nhiemvu_pipeline::{Options, run};
use nhiemvu_text::fold_key;
use nhiemvu_trials::corpus::{Document, documents};
use nhiemvu_trials::vary;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
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

/// What a variation changes, in words; none where all tasks are the same.
fn difference(document: &Document, what: &str, plain: &str, varied: &str) -> Option<String> {
    let expected = tasks(plain.as_bytes(), &document.name);
    let got = tasks(varied.as_bytes(), &document.name);
    let lost: Vec<&String> = expected.iter().filter(|task| !got.contains(task)).collect();
    let new: Vec<&String> = got.iter().filter(|task| !expected.contains(task)).collect();
    let (name, count, before) = (&document.name, got.len(), expected.len());
    (expected != got).then(|| format!("{name} {what}: {count} tasks and not {before}\nlost: {lost:#?}\nnew: {new:#?}"))
}

/// All documents in one variation, those left out that `why` names: the variation rightly changes something there.
fn all(what: &str, vary: impl Fn(&Document) -> String, why: &[(&str, &str)]) {
    alike(what, |document| document.text.clone(), vary, why);
}

/// The same for documents that are written in another format before.
fn alike(what: &str, plain: impl Fn(&Document) -> String, vary: impl Fn(&Document) -> String, why: &[(&str, &str)]) {
    let documents = documents();
    let chosen = documents.iter().filter(|d| why.iter().all(|(name, _)| !d.name.starts_with(name)));
    let differences: Vec<String> =
        chosen.filter_map(|document| difference(document, what, &plain(document), &vary(document))).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
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
const BROKEN: [(&str, &str); 6] = [
    ("bc-lang-nghe", "a sentence after the list comes to stand apart from it"),
    ("cv-gen-lua-noi", "a line ends with a sentence"),
    ("kh-de-bao", "a line of the title stands alone"),
    ("kh-dai-hoc-chuyen-doi", "words of a field stand alone in a line"),
    ("kh-thang-an-toan", "a table of columns of words loses its columns"),
    ("tb-web-cau-phao", "a number and one word stand alone in a line"),
];

#[test]
fn lines_broken_anew() {
    for between in ["", "\n", "\n{}\n\n"] {
        for columns in [40, 65, 90, 120] {
            let what = format!("at {columns} columns with {between:?} between");
            all(&what, |d| vary::wrapped(&d.text, columns, between), &BROKEN);
        }
    }
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
        ("kh-thang-an-toan", "two spaces part the columns of its table"),
        ("qd-hang-cau", "a scan has parted a word by a space"),
        ("tb-ocr-duong-sat", "a scan has parted words by spaces"),
    ];
    all("with doubled spaces", |d| vary::doubled_spaces(&d.text), &why);
}

#[test]
fn chrome_of_sites() {
    all("copied from a site", |d| vary::copied(&d.text, true), &[]);
    all("copied from a site by hand", |d| vary::copied(&d.text, false), &[]);
    alike("as a page of a site", |d| vary::page(&d.text, false), |d| vary::page(&d.text, true), &[]);
}

/// Ways of writing that are chosen for a document all at once.
#[derive(Debug, Clone)]
struct Ways {
    document: usize,
    columns: usize,
    between: &'static str,
    letters: usize,
    bullet: &'static str,
    chrome: usize,
    crlf: bool,
}

fn ways(documents: usize) -> impl Strategy<Value = Ways> {
    let between = prop::sample::select(vec!["", "\n", "\n{}\n\n"]);
    let bullet = prop::sample::select(vec!["-", "•", "–", "*"]);
    (0..documents, 40..=120_usize, between, 0..4_usize, bullet, 0..3_usize, any::<bool>()).prop_map(
        |(document, columns, between, letters, bullet, chrome, crlf)| Ways {
            document,
            columns,
            between,
            letters,
            bullet,
            chrome,
            crlf,
        },
    )
}

impl Ways {
    fn write(&self, text: &str) -> String {
        let text = vary::wrapped(&vary::bullets(text, '-', self.bullet), self.columns, self.between);
        let text = match self.letters {
            0 => text,
            1 => text.nfd().collect(),
            2 => vary::mixed_forms(&text),
            _ => vary::other_tones(&text),
        };
        let text = match self.chrome {
            0 => text,
            way => vary::copied(&text, way == 1),
        };
        if self.crlf { text.replace('\n', "\r\n") } else { text }
    }
}

/// The same cases on every machine; `PROPTEST_CASES` takes more of them.
#[test]
fn any_of_them_together() {
    let documents: Vec<Document> =
        documents().into_iter().filter(|d| BROKEN.iter().all(|(name, _)| !d.name.starts_with(name))).collect();
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let checked = runner.run(&ways(documents.len()), |ways| {
        let document = &documents[ways.document];
        let differs = difference(document, &format!("{ways:?}"), &document.text, &ways.write(&document.text));
        differs.map_or(Ok(()), |difference| Err(TestCaseError::fail(difference)))
    });
    checked.unwrap();
}

/// Every width, for a change of the layout: `cargo test -p nhiemvu-trials --test metamorphic -- --ignored`.
#[test]
#[ignore = "takes minutes; scripts/long runs it"]
fn every_width() {
    let mut differences = Vec::new();
    for document in documents().iter().filter(|d| BROKEN.iter().all(|(name, _)| !d.name.starts_with(name))) {
        for columns in 40..=120 {
            for between in ["", "\n", "\n{}\n\n"] {
                let varied = vary::wrapped(&document.text, columns, between);
                let what = format!("at {columns} columns with {between:?} between");
                differences.extend(difference(document, &what, &document.text, &varied));
            }
        }
    }
    assert!(differences.is_empty(), "{} differ\n{}", differences.len(), differences.join("\n"));
}
