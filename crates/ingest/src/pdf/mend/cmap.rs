//! Character maps (`ToUnicode`) that break off: the engine refuses them as a whole.

use std::fmt::Write as _;

use hayro_font::hayro_cmap::CMap;
use memchr::memmem;

/// What a map begins with that is not all that was written.
pub(super) const MENDED: &str = "%mended\n";

/// Whether the codes of a map have one byte.
pub(super) fn has_short_codes(data: &[u8]) -> bool {
    let first = next_section(data).and_then(|(_, section)| hex(section));
    first.is_some_and(|(digits, _)| digits.len() == 2)
}

/// Whether unpacked data are a character map.
pub(super) fn is_map(data: &[u8]) -> bool {
    memmem::find(data, b"begincmap").is_some()
}

/// Whether the engine can read a map.
pub(super) fn is_sound(data: &[u8]) -> bool {
    CMap::parse(data, |_| None).is_some()
}

/// The map up to its fault.
pub(super) fn mend(data: &[u8]) -> Vec<u8> {
    let mut out = format!("{MENDED}begincmap\n");
    let mut rest = data;
    while let Some((kind, section)) = next_section(rest) {
        let (entries, left) = section_entries(section, kind);
        let _ = write!(out, "{} begin{kind}\n{}\nend{kind}\n", entries.len(), entries.join("\n"));
        // what follows a fault is not what was written
        if !left.trim_ascii_start().starts_with(b"end") {
            break;
        }
        rest = left;
    }
    out.push_str("endcmap\n");
    out.into_bytes()
}

/// The next section, its kind and what follows its head.
fn next_section(data: &[u8]) -> Option<(&'static str, &[u8])> {
    let sections = ["codespacerange", "bfchar", "bfrange"].into_iter().filter_map(|kind| {
        let head = format!("begin{kind}");
        memmem::find(data, head.as_bytes()).map(|at| (at + head.len(), kind))
    });
    let (start, kind) = sections.min()?;
    Some((kind, data.get(start..)?))
}

/// The entries of a section, and what stands after the last that is sound.
fn section_entries<'a>(section: &'a [u8], kind: &str) -> (Vec<String>, &'a [u8]) {
    let (mut entries, mut rest) = (Vec::new(), section);
    while let Some((entry, left)) = entry(rest, kind) {
        entries.push(entry);
        rest = left;
    }
    (entries, rest)
}

fn entry<'a>(data: &'a [u8], kind: &str) -> Option<(String, &'a [u8])> {
    let (first, rest) = hex(data)?;
    let (second, rest) = hex(rest)?;
    if kind != "bfrange" {
        return Some((format!("<{first}> <{second}>"), rest));
    }
    if let Some((third, rest)) = hex(rest) {
        return Some((format!("<{first}> <{second}> <{third}>"), rest));
    }
    let mut rest = rest.trim_ascii_start().strip_prefix(b"[")?;
    let mut values = Vec::new();
    while let Some((value, left)) = hex(rest) {
        values.push(format!("<{value}>"));
        rest = left;
    }
    let rest = rest.trim_ascii_start().strip_prefix(b"]")?;
    let number = |digits: &str| usize::from_str_radix(digits, 16).ok();
    // one that is missing has moved all that follow it
    let complete = number(second)?.checked_sub(number(first)?)?.checked_add(1) == Some(values.len());
    complete.then(|| (format!("<{first}> <{second}> [{}]", values.concat()), rest))
}

/// The string of hexadecimal digits that begins `data`.
fn hex(data: &[u8]) -> Option<(&str, &[u8])> {
    let inner = data.trim_ascii_start().strip_prefix(b"<")?;
    let (digits, rest) = inner.split_at_checked(memchr::memchr(b'>', inner)?)?;
    let sound = !digits.is_empty() && digits.len() % 2 == 0 && digits.iter().all(u8::is_ascii_hexdigit);
    Some((std::str::from_utf8(digits).ok().filter(|_| sound)?, rest.get(1..)?))
}
