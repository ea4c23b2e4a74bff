//! The registry: its rows, and the automaton that finds their names.

use std::borrow::Cow;
use std::sync::LazyLock;

use chrono::NaiveDate;
use nhiemvu_text::FastSet;

use crate::entry::{Entry, PlaceRule, stem};
use crate::lexicon::Lexicon;
use crate::place::Provinces;
use crate::repair::Repairs;
use crate::table::{self, Row};
use crate::trie::{Trie, path};
use crate::words::{FastMap, Word, Words};

/// Day on which the facts of the built-in registry were last gone through.
const DATE: &str = "2026-11-21";

/// Columns of a registry file, in their order.
pub(crate) const COLUMNS: [&str; 10] =
    ["id", "name", "city", "place", "aliases", "symbols", "from", "to", "successor", "source"];

/// The bodies that are known, and everything that finds them in a text.
pub struct Registry {
    pub(crate) entries: Vec<Entry>,
    pub(crate) words: Words,
    pub(crate) names: Trie<Name>,
    pub(crate) provinces: Provinces,
    pub(crate) lexicon: Lexicon,
    /// Abbreviations of words within names (`KH`), with what they can stand for.
    pub(crate) abbreviations: FastMap<Word, Vec<Vec<Word>>>,
    pub(crate) symbols: FastMap<String, Vec<u32>>,
    pub(crate) ids: FastMap<String, u32>,
    pub(crate) repairs: Repairs,
    /// See [`Registry::starts`].
    pub(crate) starts: Vec<u16>,
    /// See [`Registry::starts_with`].
    pub(crate) openings: FastSet<u64>,
    label: String,
}

/// A name at the end of a path of the automaton.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // independent facts, each looked at alone
pub(crate) struct Name {
    /// Number of the entry.
    pub entry: u32,
    /// Whether it is the name in a city.
    pub city: bool,
    /// Whether it is an abbreviation in capitals, which small letters do not match.
    pub capitals: bool,
    /// Whether it is the canonical name, to the letter.
    pub canonical: bool,
    /// Whether it is the canonical name without the word for its level, or with it.
    pub primary: bool,
    /// Whether the level word was cut off, so that the place decides.
    pub stem: bool,
}

/// What is wrong with a user's own registry file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RegistryError {
    /// The first line does not name the columns.
    #[error(
        "{file}: the first line must name the columns, separated by tabs; `{column}` is not one of id, name, city, place, aliases, symbols, from, to, successor, source"
    )]
    Head {
        /// Name of the file.
        file: String,
        /// What stands there.
        column: String,
    },
    /// A row without a name.
    #[error("{file}:{line}: a row needs a name in the column `name`")]
    NoName {
        /// Name of the file.
        file: String,
        /// Line, from 1.
        line: usize,
    },
    /// A cell that cannot be read.
    #[error("{file}:{line}: `{value}` in the column `{column}`: {wanted}")]
    Cell {
        /// Name of the file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Name of the column.
        column: &'static str,
        /// What stands there.
        value: String,
        /// What should.
        wanted: &'static str,
    },
}

impl Registry {
    /// The registry that comes with the program.
    ///
    /// ```
    /// let registry = nhiemvu_normalizer::Registry::builtin();
    /// assert!(registry.entries().len() > 500);
    /// ```
    pub fn builtin() -> &'static Registry {
        static BUILTIN: LazyLock<Registry> = LazyLock::new(|| {
            let mut registry = Registry::empty();
            for row in table::rows(include_str!("../data/bodies.tsv")) {
                registry.add(builtin_entry(&row));
            }
            registry.index_starts();
            registry
        });
        &BUILTIN
    }

    fn empty() -> Self {
        let mut words = Words::default();
        let lexicon = Lexicon::load(&mut words);
        let provinces = Provinces::load(&mut words);
        let mut abbreviations: FastMap<Word, Vec<Vec<Word>>> = FastMap::default();
        for row in table::rows(include_str!("../data/abbreviations.tsv")) {
            let short = words.intern(&nhiemvu_text::fold_key(row.get(0)));
            for long in row.list(1) {
                let long = path(long, &mut words);
                abbreviations.entry(short).or_default().push(long);
            }
        }
        Self {
            entries: Vec::new(),
            words,
            names: Trie::default(),
            provinces,
            lexicon,
            abbreviations,
            symbols: FastMap::default(),
            ids: FastMap::default(),
            repairs: Repairs::default(),
            starts: Vec::new(),
            openings: FastSet::default(),
            label: DATE.to_owned(),
        }
    }

    /// Puts `entry` in, with all its names.
    fn add(&mut self, entry: Entry) {
        let number = self.entries.len() as u32;
        let city = (!entry.city_name.is_empty()).then_some(entry.city_name.as_ref());
        for (name, city) in std::iter::once((entry.name.as_ref(), false))
            .chain(city.map(|name| (name, true)))
            .chain(entry.aliases.iter().map(|name| (name.as_ref(), false)))
        {
            let short = stem(name, entry.place);
            let capitals = !short.contains(' ') && short.chars().filter(|c| c.is_uppercase()).count() >= 2;
            let path = path(short, &mut self.words);
            let canonical = short == entry.name;
            let stem = short.len() < name.len();
            self.names
                .insert(&path, Name { entry: number, city, capitals, canonical, primary: short == entry.stem(), stem });
        }
        for symbol in &entry.symbols {
            self.symbols.entry(symbol.to_lowercase()).or_default().push(number);
        }
        self.ids.insert(entry.id.to_string(), number);
        self.entries.push(entry);
    }

    /// The built-in registry and the rows of a user's own file, which come first where both know a name.
    ///
    /// The file is a table parted by tabs whose first line names its columns, of which `name` is needed:
    /// `id name city place aliases symbols from to successor source`. `aliases` and `symbols` hold several values parted
    /// by `|`, dates are `YYYY-MM-DD`, `place` is a letter: `o` where a place may follow the name, `l` where the name
    /// ends in the word for its level (`… tỉnh`), `b` the same where that word may be left out, else `-`.
    ///
    /// # Errors
    ///
    /// A column that is not known, a row without a name, a date or a letter that cannot be read.
    pub fn with_user_file(tsv: &str, file_name: &str) -> Result<Registry, RegistryError> {
        crate::user::read(tsv, file_name)
    }

    pub(crate) fn with_entries(own: Vec<Entry>, hash: &str) -> Self {
        let mut registry = Self::empty();
        for entry in own {
            registry.add(entry);
        }
        for row in table::rows(include_str!("../data/bodies.tsv")) {
            let entry = builtin_entry(&row);
            if !registry.ids.contains_key(entry.id.as_ref()) {
                registry.add(entry);
            }
        }
        registry.index_starts();
        registry.label = format!("{DATE}+{hash}");
        registry
    }

    /// Date of the built-in registry, as `YYYY-MM-DD`.
    pub fn date(&self) -> &str {
        DATE
    }

    /// What `generator.registry` says: the date, and behind a `+` the hash of the user's own file where there is one.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// All entries; a user's own come first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of this slug.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.ids.get(id).and_then(|n| self.entries.get(*n as usize))
    }

    /// The entries that a name, an alias or an abbreviation can mean, without their places.
    pub fn lookup(&self, name: &str) -> Vec<&Entry> {
        crate::scan::lookup(self, name)
    }

    /// The provinces, in every form that they have had.
    pub fn provinces(&self) -> &[crate::place::Province] {
        &self.provinces.all
    }
}

fn builtin_entry(row: &Row<'static>) -> Entry {
    let text = |column: usize| Cow::Borrowed(row.get(column));
    Entry {
        id: text(0),
        name: text(1),
        city_name: text(2),
        place: PlaceRule::parse(row.get(3)).unwrap_or(PlaceRule::None),
        aliases: row.list(4).map(Cow::Borrowed).collect(),
        symbols: row.list(5).map(Cow::Borrowed).collect(),
        from: row.date(6),
        to: row.date(7),
        successor: Some(text(8)).filter(|s| !s.is_empty()),
        source: text(9),
    }
}

/// Day on which a successor took over: the day after the body's last, or the successor's first.
pub(crate) fn succession(entry: &Entry, successor: &Entry) -> Option<NaiveDate> {
    entry.to.and_then(|to| to.succ_opt()).or(successor.from)
}
