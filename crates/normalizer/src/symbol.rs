//! Issuers by the symbol behind a document's number: `05/TB-VPCP`, `57-NQ/TW`, `308/KH-UBND`.

use nhiemvu_model::Agency;

use crate::context::Context;
use crate::entry::{Entry, PlaceRule};
use crate::place::Level;
use crate::registry::Registry;
use crate::scan::agency_of;

/// The body that issues documents with this symbol.
pub(crate) fn resolve(registry: &Registry, symbol: &str, context: &Context) -> Option<Agency> {
    let mut parts = symbol.split(['/', '-', ' ']).filter(|p| !p.is_empty() && !p.bytes().all(|b| b.is_ascii_digit()));
    parts.find_map(|part| by_part(registry, part, context))
}

fn by_part(registry: &Registry, part: &str, context: &Context) -> Option<Agency> {
    let numbers = registry.symbols.get(&part.to_lowercase())?;
    let entries = numbers.iter().filter_map(|n| registry.entries.get(*n as usize));
    let best = entries.max_by_key(|entry| fitness(entry, context))?;
    Some(agency_of(registry, best, context))
}

/// How well an entry fits the document, of several with one symbol.
fn fitness(entry: &Entry, context: &Context) -> (bool, bool) {
    let local = match context.level {
        Some(Level::Central) => entry.place == PlaceRule::None,
        Some(Level::Commune | Level::District) => entry.place == PlaceRule::Local,
        _ => !matches!(entry.place, PlaceRule::Local | PlaceRule::None),
    };
    (local, context.date.map_or(entry.to.is_none(), |date| entry.is_on(date)))
}
