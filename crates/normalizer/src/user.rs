//! A user's own registry file.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use crate::entry::{Entry, PlaceRule};
use crate::registry::{COLUMNS, Registry, RegistryError};
use crate::table::{self, Row};

/// Reads the file and puts its rows before those of the built-in registry.
pub(crate) fn read(tsv: &str, file: &str) -> Result<Registry, RegistryError> {
    let tsv = tsv.trim_start_matches('\u{FEFF}');
    let mut lines = table::lines(tsv);
    let columns = match lines.next() {
        Some(head) => columns(&head, file)?,
        None => return Ok(Registry::with_entries(Vec::new(), &hash(tsv))),
    };
    let entries = lines.map(|row| entry(&row, &columns, file)).collect::<Result<Vec<_>, _>>()?;
    Ok(Registry::with_entries(entries, &hash(tsv)))
}

/// The first eight hexadecimal digits of the file's SHA-256.
fn hash(tsv: &str) -> String {
    let mut hash = format!("{:x}", Sha256::digest(tsv.as_bytes()));
    hash.truncate(8);
    hash
}

/// Where each of [`COLUMNS`] stands in the file.
fn columns(head: &Row<'_>, file: &str) -> Result<[Option<usize>; COLUMNS.len()], RegistryError> {
    let mut places = [None; COLUMNS.len()];
    let mut at = 0;
    while !head.get(at).is_empty() {
        let name = head.get(at).to_lowercase();
        let Some(column) = COLUMNS.iter().position(|c| *c == name) else {
            return Err(RegistryError::Head { file: file.to_owned(), column: head.get(at).to_owned() });
        };
        places[column] = Some(at);
        at += 1;
    }
    if places[1].is_none() {
        return Err(RegistryError::Head { file: file.to_owned(), column: String::new() });
    }
    Ok(places)
}

fn entry(row: &Row<'_>, columns: &[Option<usize>; COLUMNS.len()], file: &str) -> Result<Entry, RegistryError> {
    let text = |column: usize| columns.get(column).copied().flatten().map_or("", |at| row.get(at));
    let owned = |column: usize| Cow::Owned(text(column).to_owned());
    let list = |column: usize| {
        text(column).split('|').map(str::trim).filter(|s| !s.is_empty()).map(|s| Cow::Owned(s.to_owned())).collect()
    };
    let wrong = |column: usize, wanted: &'static str| RegistryError::Cell {
        file: file.to_owned(),
        line: row.line,
        column: COLUMNS.get(column).copied().unwrap_or(""),
        value: text(column).to_owned(),
        wanted,
    };
    let date = |column: usize| match text(column) {
        "" => Ok(None),
        date => table::parse_date(date).map(Some).ok_or_else(|| wrong(column, "a date is written YYYY-MM-DD")),
    };
    let name = text(1);
    if name.is_empty() {
        return Err(RegistryError::NoName { file: file.to_owned(), line: row.line });
    }
    let place = PlaceRule::parse(text(3)).ok_or_else(|| wrong(3, "one of -, o, l, b, v, k, d"))?;
    let (from, to) = (date(6)?, date(7)?);
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        return Err(wrong(7, "the last day lies before the first"));
    }
    Ok(Entry {
        id: if text(0).is_empty() { Cow::Owned(slug(name)) } else { owned(0) },
        name: owned(1),
        city_name: owned(2),
        place,
        aliases: list(4),
        symbols: list(5),
        from,
        to,
        successor: Some(owned(8)).filter(|s| !s.is_empty()),
        source: owned(9),
    })
}

/// `Sở Tài chính` as `so-tai-chinh`.
pub(crate) fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in nhiemvu_text::bare_key(name).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}
