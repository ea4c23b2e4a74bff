//! What a document says of itself that decides what its names mean.

use chrono::NaiveDate;
use nhiemvu_model::{Agency, AgencyKind, Jurisdiction};

use crate::Mention;
use crate::entry::PlaceRule;
use crate::place::Level;
use crate::registry::Registry;

/// The issuer's place and level, the document's date, and the names that the document defines.
///
/// ```
/// use nhiemvu_normalizer::{Context, Registry};
/// let context = Context::new(Registry::builtin(), "ỦY BAN NHÂN DÂN\nTỈNH GIA LAI", "TB-UBND", "Gia Lai", None);
/// assert_eq!(context.province.as_deref(), Some("52"));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Context {
    /// Code of the issuer's province; `None` for a central body.
    pub province: Option<String>,
    /// The issuer's level.
    pub level: Option<Level>,
    /// The issuer's district or commune, for issuers of these levels.
    pub place: Option<Jurisdiction>,
    /// Whether the issuer is a body of the Party.
    pub party: bool,
    /// The document's date, which decides what a place was called and which of several bodies is meant.
    pub date: Option<NaiveDate>,
    /// The bodies of the issuer's lines, to which `Bộ`, `Tổng cục`, `Sở` alone refer.
    pub issuers: Vec<Agency>,
    /// Names that the document defines (`sau đây gọi tắt là …`).
    pub aliases: Vec<Alias>,
    /// Abbreviations that the document writes out, and their words.
    pub(crate) abbreviations: Vec<(String, String)>,
}

/// A name that a document gives to a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Alias {
    /// Its folded words.
    pub(crate) words: Vec<String>,
    /// The body.
    pub(crate) agency: Agency,
}

/// Most abbreviations of one document: a bound for hostile texts.
const MOST: usize = 200;

impl Context {
    /// What the header says: the issuer's lines, the symbol behind the number (`TB-VPCP`), the place of issue, the date.
    /// Any of them may be empty.
    pub fn new(registry: &Registry, issuer: &str, symbol: &str, place: &str, date: Option<NaiveDate>) -> Self {
        let mut context = Self { date, ..Self::default() };
        context.party = is_party(issuer, symbol);
        let home = crate::scan::province_in(registry, place, date);
        let named = registry.issuer(issuer, symbol, &context);
        if let Some(found) = &named {
            context.level = Some(found.level);
            context.province = found.agency.jurisdiction.as_ref().and_then(|j| j.province_code.clone());
            if matches!(found.level, Level::Commune | Level::District) {
                context.place.clone_from(&found.agency.jurisdiction);
            }
        }
        // `Hòa Bình, ngày …` below `XÃ HÒA BÌNH` is the commune, and no province
        let own = context.place.as_ref().and_then(|own| own.commune.as_ref().or(own.district.as_ref()));
        let own = own.is_some_and(|own| nhiemvu_text::fold_key(own) == nhiemvu_text::fold_key(place));
        if context.province.is_none() && context.level != Some(Level::Central) && !own {
            context.province = home;
            // with its province the commune may be told from others of its name
            let told = context.province.is_some() && context.place.is_some();
            if let Some(found) = told.then(|| registry.issuer(issuer, symbol, &context)).flatten() {
                context.place = found.agency.jurisdiction;
            }
        }
        context.issuers = registry.mentions(issuer, &context).into_iter().map(|m| m.agency).collect();
        if context.issuers.is_empty() {
            context.issuers.extend(named.map(|found| found.agency));
        }
        context
    }

    /// Picks up the names that `text` defines: `(sau đây gọi tắt là …)`, `(gọi tắt là …)`, `(viết tắt là …)`, and abbreviations in
    /// brackets behind the words whose letters they are (`Kế hoạch Đầu tư (KHĐT)`).
    pub fn learn(&mut self, registry: &Registry, text: &str) {
        // few texts define a name, and only those are folded
        let defines = text.contains("gọi") || text.contains("viết tắt");
        let found = if defines { crate::alias::definitions(registry, text, self) } else { Vec::new() };
        for alias in found {
            if !self.aliases.iter().any(|known| known.words == alias.words) {
                self.aliases.push(alias);
            }
        }
        for (short, long) in crate::alias::abbreviations(text) {
            if self.abbreviations.len() < MOST && self.abbreviation(short).is_none() {
                self.abbreviations.push((short.to_owned(), long));
            }
        }
    }

    /// What the document writes out for an abbreviation (`Kế hoạch Đầu tư (KHĐT)`).
    pub(crate) fn abbreviation(&self, short: &str) -> Option<&str> {
        self.abbreviations.iter().find(|(known, _)| known == short).map(|(_, long)| long.as_str())
    }
}

/// Whether the issuer is a body of the Party, whose abbreviations differ from those of the state.
fn is_party(issuer: &str, symbol: &str) -> bool {
    let issuer = nhiemvu_text::fold_key(issuer);
    let symbol = symbol.to_uppercase();
    issuer.contains("đảng cộng sản")
        || issuer.contains("trung ương đảng")
        || ["tỉnh ủy", "thành ủy", "huyện ủy", "đảng ủy", "đảng bộ", "đảng đoàn"].iter().any(|w| issuer.contains(w))
        || symbol.ends_with("/TW")
        || symbol.ends_with("-TW")
        || symbol.ends_with("/TU")
}

/// The issuer of a document, with its level.
#[derive(Debug, Clone, PartialEq)]
pub struct Issuer {
    /// The body.
    pub agency: Agency,
    /// Its level.
    pub level: Level,
}

impl Registry {
    /// The body that the header's issuer lines name, or, where they are missing, the one that the symbol behind the
    /// number stands for (`TB-VPCP`).
    pub fn issuer(&self, lines: &str, symbol: &str, context: &Context) -> Option<Issuer> {
        let found = self.mentions(lines, context).into_iter().rfind(|m| !m.weak && !m.anaphor);
        let agency = match found {
            Some(mention) => whole_name(lines, mention),
            None => self.by_symbol(symbol, context)?,
        };
        let level = self.level_of(&agency);
        Some(Issuer { agency, level })
    }

    /// The body that issues documents with this symbol (`TB-VPCP`, `NQ/TW`, `05/TB-VPCP-KGVX`).
    pub fn by_symbol(&self, symbol: &str, context: &Context) -> Option<Agency> {
        crate::symbol::resolve(self, symbol, context)
    }

    /// Level of the state to which a body belongs.
    pub(crate) fn level_of(&self, agency: &Agency) -> Level {
        let place = agency.jurisdiction.as_ref();
        if place.is_some_and(|j| j.commune.is_some()) {
            return Level::Commune;
        }
        if place.is_some_and(|j| j.district.is_some()) {
            return Level::District;
        }
        let rule = agency.id.as_deref().and_then(|id| self.entry(id)).map(|e| (e.place, e.name.ends_with(" xã")));
        match rule {
            Some((PlaceRule::None, _)) => Level::Central,
            Some((PlaceRule::Local, true)) => Level::Commune,
            Some((PlaceRule::Local | PlaceRule::District, _)) => Level::District,
            Some(_) => Level::Province,
            None if place.is_some() => Level::Province,
            None => Level::Central,
        }
    }
}

/// A committee whose name holds a comma (`Ban Chỉ đạo quốc gia về tìm kiếm, quy tập hài cốt liệt sĩ`): of what no lexicon holds all
/// that the lines say.
fn whole_name(lines: &str, mention: Mention) -> Agency {
    let rest = lines.get(mention.end..).unwrap_or("");
    let of_one =
        mention.start == 0 && mention.agency.kind == AgencyKind::Unregistered && mention.agency.holder.is_none();
    let mut agency = mention.agency;
    if of_one && rest.starts_with(", ") && !lines.contains('\n') {
        lines.trim_end().clone_into(&mut agency.name);
    }
    agency
}
