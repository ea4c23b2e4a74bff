//! What bears on a result beside the document itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use nhiemvu_exporter::record::Generator;
use nhiemvu_ingest::Limits;
use nhiemvu_normalizer::Registry;

use crate::Isolation;

/// Options of a conversion; the default is a plain one.
#[derive(Clone, Default)]
pub struct Options {
    /// The date that stands in where the document gives none.
    pub date: Option<NaiveDate>,
    /// The province that stands in where the document does not name its issuer's.
    pub province: Option<String>,
    /// The agency registry; `None` is the built-in one.
    pub registry: Option<Arc<Registry>>,
    /// How much of a document is read.
    pub limits: Limits,
    /// Whether the record holds the whole text that its spans count in.
    pub with_text: bool,
    /// Which tasks are kept; all by default.
    pub selection: Selection,
    /// How documents are converted in processes of their own; `None`: in this one. It bears on no result but that of a
    /// document which takes too much.
    pub isolation: Option<Arc<Isolation>>,
}

/// Which tasks of a document are kept; those that fit every condition given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Tasks that this body leads: its name, or a part of it, tone marks and all, case aside; abbreviations are known
    /// as far as the registry knows them.
    pub lead: Option<String>,
    /// Tasks with a last permitted day before this one.
    pub due_before: Option<NaiveDate>,
    /// Tasks with a flag: those that a person should look at.
    pub flagged: bool,
}

impl Options {
    /// The agency registry in use.
    pub fn registry(&self) -> &Registry {
        self.registry.as_deref().unwrap_or_else(|| Registry::builtin())
    }

    /// What records say of their making: version, registry, and the options that are not the default.
    pub fn generator(&self) -> Generator {
        let usual = Limits::default();
        let number = |given: u64, usual: u64| (given != usual).then(|| given.to_string());
        let day = |date: Option<NaiveDate>| date.map(|date| date.to_string());
        let given = [
            ("date", day(self.date)),
            ("due-before", day(self.selection.due_before)),
            ("flagged", self.selection.flagged.then(|| "true".to_owned())),
            ("lead", self.selection.lead.clone()),
            ("max-bytes", number(self.limits.max_bytes, usual.max_bytes)),
            ("max-pages", number(self.limits.max_pages.into(), usual.max_pages.into())),
            ("province", self.province.clone()),
        ];
        let options: BTreeMap<String, String> =
            given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
        Generator { registry: self.registry().label().to_owned(), options, ..Generator::default() }
    }
}
