//! Telling formats apart, and the reader of each.

use nhiemvu_ingest::{Format, Limits, detect, is_container, is_plain, members, read};
use zip::CompressionMethod;

use super::sound;
use crate::files;

/// So little that every limit is met often.
const LIMITS: Limits = Limits {
    max_bytes: 1 << 20,
    max_expanded: 4 << 20,
    max_pages: 20,
    max_cells: 2_000,
    max_members: 20,
    max_depth: 3,
};

/// Reads bytes; what comes of them is sound, and the same again.
fn check(bytes: &[u8], name: Option<&str>) {
    let first = read(bytes, name, &LIMITS);
    match &first {
        Ok(source) => sound::source(source),
        Err(error) => {
            let known = nhiemvu_exporter::ERROR_CODES.contains(&error.code());
            assert!(known && !error.to_string().is_empty() && error.hint().is_some(), "{error:?}");
        }
    }
    assert!(read(bytes, name, &LIMITS) == first, "the same bytes give the same lines");
}

pub(super) fn sniff(data: &[u8]) {
    let format = detect(data);
    if is_plain(data) {
        // what is plain beyond doubt is converted without a worker
        assert!(matches!(format, None | Some(Format::Text | Format::Markdown)), "{format:?}");
        assert!(!is_container(data));
    }
    assert_eq!(detect(data), format);
}

pub(super) fn pdf(data: &[u8]) {
    if data.starts_with(b"%PDF-") {
        return check(data, None);
    }
    // the operators of a page: what the fuzzer writes is interpreted without a file being built by luck
    check(&files::pdf(&files::pdf_objects(data)), None);
}

/// Parts are told apart by a byte that no XML holds.
fn parts(data: &[u8]) -> impl Iterator<Item = &[u8]> {
    data.split(|byte| *byte == 0x1E)
}

pub(super) fn docx(data: &[u8]) {
    if data.starts_with(b"PK") {
        return check(data, None);
    }
    let mut parts = parts(data);
    let document = parts.next().unwrap_or_default();
    let others: Vec<(&str, &[u8])> =
        ["styles", "numbering", "footnotes", "header", "footer", "endnotes"].into_iter().zip(parts).collect();
    check(&files::docx_by(document, &others, CompressionMethod::Stored), None);
}

pub(super) fn doc(data: &[u8]) {
    check(data, None);
}

pub(super) fn odt(data: &[u8]) {
    if data.starts_with(b"PK") {
        return check(data, None);
    }
    check(&files::odt(data, CompressionMethod::Stored), None);
}

pub(super) fn html(data: &[u8]) {
    if matches!(detect(data), Some(Format::Html)) {
        return check(data, None);
    }
    check(&[b"<html>", data].concat(), None);
}

pub(super) fn mail(data: &[u8]) {
    check_members(data);
    if !is_container(data) {
        check(data, None);
    }
    check(&files::web_archive(data), None);
}

pub(super) fn zip(data: &[u8]) {
    check_members(data);
    // an archive whose members the fuzzer writes: name, line feed, content
    let members: Vec<(String, &[u8])> = parts(data)
        .enumerate()
        .map(|(number, part)| {
            let name = part.split(|byte| *byte == b'\n').next().unwrap_or_default();
            (format!("{number}{}", String::from_utf8_lossy(name)), part.get(name.len()..).unwrap_or_default())
        })
        .collect();
    let members: Vec<(&str, &[u8])> = members.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    check_members(&files::archive_by(&members, CompressionMethod::Stored));
}

/// Members stay below their container, each under a name of its own, within the limits.
fn check_members(data: &[u8]) {
    let found = members(data, &LIMITS);
    let Ok(Some(found)) = &found else { return };
    assert!(found.len() as u64 <= u64::from(LIMITS.max_members) + 1);
    let mut names: Vec<&str> = found.iter().map(|member| member.path.as_str()).collect();
    let total: usize = found.iter().filter_map(|member| member.content.as_ref().ok()).map(Vec::len).sum();
    assert!(total as u64 <= LIMITS.max_expanded, "{total}");
    for name in &names {
        assert!(!name.starts_with('/') && !name.contains('\\') && !name.contains(char::is_control), "{name:?}");
        assert!(name.split('/').all(|part| !matches!(part, "" | "." | "..")), "{name:?}");
    }
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    for member in found {
        if let Ok(bytes) = &member.content {
            check(bytes, Some(&member.path));
        }
    }
}

pub(super) fn text(data: &[u8]) {
    check(data, Some("a.txt"));
    check(data, Some("a.md"));
}
