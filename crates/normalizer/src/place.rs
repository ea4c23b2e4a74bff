//! Places: provinces as they were and are, communes, and the districts that were.

use std::sync::OnceLock;

use chrono::NaiveDate;

use crate::table;
use crate::trie::{Trie, path};
use crate::words::{FastMap, Words};

/// A province or a city under the central government, in one form that it has had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Province {
    /// Code of the General Statistics Office.
    pub code: &'static str,
    /// Bare name (`Gia Lai`).
    pub name: &'static str,
    /// Whether it is a city under the central government (thành phố trực thuộc trung ương).
    pub city: bool,
    /// First day of this form; `None` where it is older than the data.
    pub from: Option<NaiveDate>,
    /// Last day of this form.
    pub to: Option<NaiveDate>,
    /// Code of the province that it went into.
    pub successor: Option<&'static str>,
}

impl Province {
    /// Whether this form stood on `date`.
    pub fn is_on(&self, date: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }
}

/// The level of the state to which a place word belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// The whole country.
    Central,
    /// Province or city under the central government.
    Province,
    /// The former district level.
    District,
    /// Commune, ward, special zone.
    Commune,
}

/// A commune or a former district.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Locality {
    pub code: &'static str,
    /// First letter of its type word.
    pub kind: &'static str,
    pub name: &'static str,
    pub province: &'static str,
}

/// All provinces, found by name.
pub(crate) struct Provinces {
    pub all: Vec<Province>,
    pub names: Trie<u16>,
    /// The forms of each code, in the order of `all`.
    codes: FastMap<&'static str, Vec<u16>>,
}

impl Provinces {
    pub fn load(words: &mut Words) -> Self {
        let mut provinces = Self { all: Vec::new(), names: Trie::default(), codes: FastMap::default() };
        for row in table::rows(include_str!("../data/provinces.tsv")) {
            let number = provinces.all.len() as u16;
            let aliases = row.list(6);
            for name in std::iter::once(row.get(1)).chain(aliases) {
                provinces.names.insert(&path(name, words), number);
            }
            provinces.codes.entry(row.get(0)).or_default().push(number);
            provinces.all.push(Province {
                code: row.get(0),
                name: row.get(1),
                city: row.get(2) == "thành phố",
                from: row.date(3),
                to: row.date(4),
                successor: Some(row.get(5)).filter(|code| !code.is_empty()),
            });
        }
        provinces
    }

    /// Of several forms under one name the one that stood on `date`, else the latest.
    pub fn on(&self, numbers: &[u16], date: Option<NaiveDate>) -> Option<&Province> {
        Self::form_on(numbers.iter().filter_map(|n| self.all.get(usize::from(*n))), date)
    }

    fn form_on<'a>(forms: impl Iterator<Item = &'a Province>, date: Option<NaiveDate>) -> Option<&'a Province> {
        let mut best: Option<&Province> = None;
        for form in forms {
            if date.is_some_and(|date| form.is_on(date)) {
                return Some(form);
            }
            if best.is_none_or(|b| b.to.is_some() && (form.to.is_none() || form.to > b.to)) {
                best = Some(form);
            }
        }
        best
    }

    /// The province of this code, in the form that it had on `date`.
    pub fn by_code(&self, code: &str, date: Option<NaiveDate>) -> Option<&Province> {
        self.on(self.codes.get(code)?, date)
    }
}

/// Communes and districts by folded name. They are read when first asked for: most documents name few.
pub(crate) fn localities(level: Level, name: &str) -> &'static [Locality] {
    static COMMUNES: OnceLock<FastMap<String, Vec<Locality>>> = OnceLock::new();
    static DISTRICTS: OnceLock<FastMap<String, Vec<Locality>>> = OnceLock::new();
    let names = match level {
        Level::Commune => COMMUNES.get_or_init(|| by_name(include_str!("../data/communes.tsv"))),
        Level::District => DISTRICTS.get_or_init(|| by_name(include_str!("../data/districts.tsv"))),
        Level::Central | Level::Province => return &[],
    };
    names.get(&local_key(name)).map_or(&[], Vec::as_slice)
}

/// The key of a place's name, in which every apostrophe is one (`Cư M’gar`, `Ia H' Drai`).
fn local_key(name: &str) -> String {
    let key = nhiemvu_text::fold_key(name);
    if key.is_ascii() && !key.contains(['\'', '`']) {
        return key;
    }
    key.replace(['’', '‘', 'ʼ', '`', '´'], "'").replace("' ", "'")
}

fn by_name(tsv: &'static str) -> FastMap<String, Vec<Locality>> {
    let mut names: FastMap<String, Vec<Locality>> = FastMap::default();
    for row in table::rows(tsv) {
        let locality = Locality { code: row.get(0), kind: row.get(1), name: row.get(2), province: row.get(3) };
        names.entry(local_key(locality.name)).or_default().push(locality);
    }
    names
}
