//! `nhiemvu agencies`: the registry at work.

use std::fmt::Write as _;
use std::io::Write as _;

use chrono::NaiveDate;
use nhiemvu_normalizer::{Entry, PlaceRule, Registry};

use crate::args::{Agencies, AgencyAction};
use crate::commands::registry;
use crate::console::Console;
use crate::exit::{Exit, Failure, Outcome};

/// The columns, in the order in which `--registry` takes them.
const HEAD: &str = "id\tname\tcity\tplace\taliases\tsymbols\tfrom\tto\tsuccessor\tsource\n";

pub(crate) fn run(args: &Agencies, console: &Console) -> Outcome {
    let (file, name) = match &args.action {
        AgencyAction::Lookup { name, registry } => (registry, Some(name.join(" "))),
        AgencyAction::List { registry } => (registry, None),
    };
    let own = registry(file.as_deref(), console)?;
    let registry = own.as_deref().unwrap_or_else(|| Registry::builtin());
    let entries: Vec<&Entry> = match &name {
        Some(name) => registry.lookup(name),
        None => registry.entries().iter().collect(),
    };
    if let (true, Some(name)) = (entries.is_empty(), name) {
        let message = console.say("agency.unknown", &[&name]);
        return Err(Failure::failed(message, Some(console.say("agency.unknown.hint", &[]))));
    }
    let mut table = HEAD.to_owned();
    for entry in entries {
        row(&mut table, entry);
    }
    std::io::stdout().lock().write_all(table.as_bytes())?;
    Ok(Exit::Done)
}

fn row(table: &mut String, entry: &Entry) {
    let day = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let _ = writeln!(
        table,
        "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
        entry.id,
        entry.name,
        entry.city_name,
        letter(entry.place),
        entry.aliases.join("|"),
        entry.symbols.join("|"),
        day(entry.from),
        day(entry.to),
        entry.successor.as_deref().unwrap_or_default(),
        entry.source,
    );
}

/// The letter by which a registry file names the rule.
fn letter(rule: PlaceRule) -> char {
    match rule {
        PlaceRule::None => '-',
        PlaceRule::Optional => 'o',
        PlaceRule::Level => 'l',
        PlaceRule::LevelOptional => 'b',
        PlaceRule::Local => 'v',
        PlaceRule::Region => 'k',
        PlaceRule::District => 'd',
    }
}
