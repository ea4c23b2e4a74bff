//! The same document in two files: PDF and DOCX of one notice, draft and signed.

use std::collections::HashMap;

use nhiemvu_exporter::record::{TaskList, Warning};
use nhiemvu_model::WarningCode;
use nhiemvu_text::fold_key;
use serde::{Deserialize, Serialize};

use crate::sketch::{Index, Sketch, sum};

/// What the texts of two files of one number, date and issuer have in common at least; one may be a bad scan.
const SAME_NUMBER: f64 = 0.4;
/// And those of a draft without a number and the signed document.
const DRAFT: f64 = 0.75;
/// So many texts that are alike are looked at before a document counts as one of its own.
const LOOKED_AT: usize = 256;

/// What a document is told by, in few bytes, whichever file it stands in: names and numbers by their sums, its text by a
/// sketch. Text is that of the tasks and the subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    name: Box<str>,
    file: u64,
    /// Of number, date and issuer together; `None` for a draft.
    number: Option<u64>,
    issuer: Option<u64>,
    sketch: Option<Sketch>,
}

impl Fingerprint {
    /// That of the document of `list`.
    pub fn of(list: &TaskList) -> Self {
        let document = &list.document;
        let texts = list.tasks.iter().map(|task| task.text.as_str());
        let text: Vec<&str> = document.subject.as_deref().into_iter().chain(texts).collect();
        let issuer = document.issuer.as_ref().map(|issuer| issuer.id.clone().unwrap_or_else(|| fold_key(&issuer.name)));
        let number = document.number.as_ref().and_then(|number| {
            let (serial, symbol) = (number.serial.as_ref()?, number.symbol.as_deref().unwrap_or_default());
            let date = document.date.as_deref().unwrap_or_default();
            Some(sum(&format!(
                "{}|{date}|{}",
                fold_key(&format!("{serial}/{symbol}")),
                issuer.as_deref().unwrap_or_default()
            )))
        });
        let name = match &document.source.member {
            Some(member) => format!("{} / {member}", document.source.path),
            None => document.source.path.clone(),
        };
        let (file, issuer) = (sum(&document.id), issuer.as_deref().map(sum));
        Self { name: name.into(), file, number, issuer, sketch: Sketch::of(&text.join("\n"), 3) }
    }

    /// The file that it stands in, and in a container the member.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn likeness(&self, other: &Self) -> f64 {
        match (&self.sketch, &other.sketch) {
            (Some(a), Some(b)) => a.likeness(b),
            // two documents without words have nothing that tells them apart but their numbers
            (None, None) => 1.0,
            _ => 0.0,
        }
    }

    /// Whether one is a draft of the other, told by nearly the same text.
    fn is_draft_of(&self, other: &Self) -> bool {
        let a_draft = self.number.is_none() || other.number.is_none();
        let same_issuer = self.issuer.is_none() || other.issuer.is_none() || self.issuer == other.issuer;
        a_draft && same_issuer && self.likeness(other) >= DRAFT
    }
}

/// Tells which documents stand in two files: the same file; or the same number, date and issuer with much of the text; or,
/// where one of them has no number yet, nearly the same text. Documents with different numbers are never the same.
///
/// ```
/// use nhiemvu_pipeline::{Duplicates, Options, run};
/// let notice = "THÔNG BÁO\n\n1. Sở Tài chính lập dự toán bến thuyền trước ngày 15/5/2031.\n";
/// let list = |name: &str| run(notice.as_bytes(), name, &Options::default()).unwrap();
/// let mut lists = [list("b.txt"), list("a.txt")];
/// Duplicates::mark_all(lists.iter_mut());
/// let marks = lists.map(|list| list.warnings.into_iter().find(|one| one.code == "duplicate-of"));
/// assert_eq!(marks[0].as_ref().unwrap().message, "cùng văn bản với “a.txt”");
/// assert!(marks[1].is_none());
/// ```
#[derive(Debug, Default)]
pub struct Duplicates {
    documents: Vec<Fingerprint>,
    seen: Seen,
}

impl Duplicates {
    /// Marks `list` where it is the same as one that came before, and tells whether it did; for documents of which the
    /// later ones are not known yet.
    pub fn mark(&mut self, list: &mut TaskList) -> bool {
        // the same bytes need no look at their words
        let same =
            self.seen.by_file.get(&sum(&list.document.id)).and_then(|number| self.documents.get(*number as usize));
        if let Some(first) = same {
            set_mark(list, Some(first.name()));
            return true;
        }
        let print = Fingerprint::of(list);
        let first = self.seen.find(&print, |number| self.documents.get(number));
        let first = first.and_then(|number| self.documents.get(number));
        set_mark(list, first.map(Fingerprint::name));
        if first.is_some() {
            return true;
        }
        self.seen.add(self.documents.len(), &print);
        self.documents.push(print);
        false
    }

    /// Of each document the number of the one that it is the same as, if any. This does not depend on the order: the
    /// first is the one with a number, a draft after it, and of equals that whose name comes first.
    pub fn settle(documents: &[Fingerprint]) -> Vec<Option<usize>> {
        let mut order: Vec<usize> = (0..documents.len()).collect();
        order.sort_by_key(|number| documents.get(*number).map(|one| (one.number.is_none(), &one.name, one.file)));
        let at = |rank: usize| order.get(rank).and_then(|number| documents.get(*number));
        let (mut seen, mut same) = (Seen::for_documents(documents.len()), vec![None; documents.len()]);
        for (rank, number) in order.iter().enumerate() {
            let Some(print) = at(rank) else { continue };
            match seen.find(print, at) {
                None => seen.add(rank, print),
                Some(first) => same.get_mut(*number).into_iter().for_each(|same| *same = order.get(first).copied()),
            }
        }
        same
    }

    /// Marks those of `lists` that are the same as another one, as [`Duplicates::settle`] has it, and takes marks away that
    /// other documents gave rise to.
    pub fn mark_all<'l>(lists: impl Iterator<Item = &'l mut TaskList>) {
        let mut lists: Vec<&mut TaskList> = lists.collect();
        let prints: Vec<Fingerprint> = lists.iter().map(|list| Fingerprint::of(list)).collect();
        for (list, first) in lists.iter_mut().zip(Self::settle(&prints)) {
            set_mark(list, first.and_then(|number| prints.get(number)).map(Fingerprint::name));
        }
    }
}

/// Gives `list` the warning `duplicate-of` where it is the same as the document called `first`, and else takes it away.
pub fn set_mark(list: &mut TaskList, first: Option<&str>) {
    let code = WarningCode::DuplicateOf.as_str();
    list.warnings.retain(|warning| warning.code != code);
    if let Some(first) = first {
        let message = format!("cùng văn bản với “{first}”");
        list.warnings.push(Warning { code: code.into(), message, span: None });
    }
}

/// The documents that are none of another's files, by their numbers.
#[derive(Debug, Default)]
struct Seen {
    by_file: HashMap<u64, u32>,
    by_number: HashMap<u64, u32>,
    index: Index,
}

impl Seen {
    fn for_documents(count: usize) -> Self {
        Self {
            by_file: HashMap::with_capacity(count),
            by_number: HashMap::with_capacity(count),
            index: Index::for_texts(count),
        }
    }

    fn add(&mut self, number: usize, print: &Fingerprint) {
        let short = number as u32;
        self.by_file.insert(print.file, short);
        if let Some(key) = print.number {
            self.by_number.entry(key).or_insert(short);
        }
        if let Some(sketch) = &print.sketch {
            self.index.add(short, sketch);
        }
    }

    fn find<'d>(&self, print: &Fingerprint, of: impl Fn(usize) -> Option<&'d Fingerprint>) -> Option<usize> {
        if let Some(number) = self.by_file.get(&print.file) {
            return Some(*number as usize);
        }
        let alike = |number: usize| of(number).is_some_and(|other| other.likeness(print) >= SAME_NUMBER);
        let numbered = print.number.and_then(|key| self.by_number.get(&key)).map(|number| *number as usize);
        if let Some(number) = numbered.filter(|number| alike(*number)) {
            return Some(number);
        }
        let candidates = self.index.candidates(print.sketch.as_ref()?);
        let numbers = candidates.into_iter().take(LOOKED_AT).map(|number| number as usize);
        numbers.into_iter().find(|number| of(*number).is_some_and(|other| other.is_draft_of(print)))
    }
}
