//! The same document in two files: PDF and DOCX of one notice, draft and signed.

use std::collections::HashMap;

use nhiemvu_exporter::record::{TaskList, Warning};
use nhiemvu_model::WarningCode;
use nhiemvu_text::fold_key;

use crate::sketch::{Index, Sketch};

/// What the texts of two files of one number, date and issuer have in common at least; one may be a bad scan.
const SAME_NUMBER: f64 = 0.4;
/// And those of a draft without a number and the signed document.
const DRAFT: f64 = 0.75;

/// The documents seen so far, for telling which stand in two files.
///
/// ```
/// use nhiemvu_pipeline::{Duplicates, Options, run};
/// let notice = "THÔNG BÁO\n\n1. Sở Tài chính lập dự toán bến thuyền trước ngày 15/5/2031.\n";
/// let mut seen = Duplicates::default();
/// let mut list = |name: &str, text: &str| run(text.as_bytes(), name, &Options::default()).unwrap();
/// assert!(!seen.mark(&mut list("a.txt", notice)));
/// assert!(seen.mark(&mut list("b.txt", notice)));
/// ```
#[derive(Debug, Default)]
pub struct Duplicates {
    documents: Vec<Seen>,
    by_file: HashMap<String, usize>,
    by_number: HashMap<String, usize>,
    index: Index,
}

#[derive(Debug)]
struct Seen {
    name: String,
    issuer: Option<String>,
    number: Option<String>,
    sketch: Option<Sketch>,
}

impl Duplicates {
    /// Adds to `list` the warning `duplicate-of` where an earlier document is the same: the same file; or the same number,
    /// date and issuer with much of the text; or, where one of them has no number yet, nearly the same text. Tells
    /// whether it did.
    ///
    /// Text is that of the tasks and the subject. Documents with different numbers are never the same.
    pub fn mark(&mut self, list: &mut TaskList) -> bool {
        let seen = Seen::of(list);
        let by_number = seen.number.as_ref().map(|number| {
            let date = list.document.date.as_deref().unwrap_or_default();
            format!("{number}|{date}|{}", seen.issuer.as_deref().unwrap_or_default())
        });
        let first = self.find(&list.document.id, by_number.as_deref(), &seen);
        if let Some(first) = first.and_then(|number| self.documents.get(number)) {
            let message = format!("cùng văn bản với “{}”", first.name);
            list.warnings.push(Warning { code: WarningCode::DuplicateOf.as_str().into(), message, span: None });
            return true;
        }
        let number = self.documents.len();
        self.by_file.insert(list.document.id.clone(), number);
        if let Some(key) = by_number {
            self.by_number.entry(key).or_insert(number);
        }
        if let Some(sketch) = &seen.sketch {
            self.index.add(number, sketch);
        }
        self.documents.push(seen);
        false
    }

    fn find(&self, id: &str, by_number: Option<&str>, seen: &Seen) -> Option<usize> {
        if let Some(number) = self.by_file.get(id) {
            return Some(*number);
        }
        let numbered = by_number.and_then(|key| self.by_number.get(key)).copied();
        if let Some(number) = numbered.filter(|number| self.alike(*number, seen) >= SAME_NUMBER) {
            return Some(number);
        }
        let candidates = self.index.candidates(seen.sketch.as_ref()?);
        candidates.into_iter().find(|number| {
            self.documents.get(*number).is_some_and(|other| {
                let is_draft = other.number.is_none() || seen.number.is_none();
                let same_issuer = other.issuer.is_none() || seen.issuer.is_none() || other.issuer == seen.issuer;
                is_draft && same_issuer && self.alike(*number, seen) >= DRAFT
            })
        })
    }

    fn alike(&self, number: usize, seen: &Seen) -> f64 {
        let other = self.documents.get(number).and_then(|other| other.sketch.as_ref());
        match (other, &seen.sketch) {
            (Some(a), Some(b)) => a.likeness(b),
            // two documents without words have nothing that tells them apart but their numbers
            (None, None) => 1.0,
            _ => 0.0,
        }
    }
}

impl Seen {
    fn of(list: &TaskList) -> Self {
        let document = &list.document;
        let texts = list.tasks.iter().map(|task| task.text.as_str());
        let text: Vec<&str> = document.subject.as_deref().into_iter().chain(texts).collect();
        let number = document.number.as_ref().and_then(|number| {
            Some(fold_key(&format!("{}/{}", number.serial.as_ref()?, number.symbol.as_deref().unwrap_or_default())))
        });
        let name = match &document.source.member {
            Some(member) => format!("{} / {member}", document.source.path),
            None => document.source.path.clone(),
        };
        let issuer = document.issuer.as_ref().map(|issuer| issuer.id.clone().unwrap_or_else(|| fold_key(&issuer.name)));
        Self { name, issuer, number, sketch: Sketch::of(&text.join("\n"), 3) }
    }
}
