//! The package: a ZIP archive with the parts of the document.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use flate2::read::DeflateDecoder;
use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{self, Element};
use crate::{IngestError, Limits};

/// The parts that are read, by name.
#[derive(Debug, Default)]
pub(crate) struct Package {
    parts: BTreeMap<String, Vec<u8>>,
    /// Whether parts are missing or cut.
    pub(crate) damaged: bool,
}

impl Package {
    /// Opens the archive; one whose list of members is broken is searched for members.
    ///
    /// # Errors
    /// A password, damage beyond repair, or more than the limits allow.
    pub(crate) fn open(bytes: &[u8], limits: &Limits) -> Result<Self, IngestError> {
        Self::open_with(bytes, limits, |package| package.main().is_some())
    }

    /// The same for a package whose main part is known by other means.
    pub(crate) fn open_with(bytes: &[u8], limits: &Limits, has_main: fn(&Self) -> bool) -> Result<Self, IngestError> {
        let mut package = match Self::by_directory(bytes, limits) {
            Err(IngestError::Damaged(_)) => Self::default(),
            other => other?,
        };
        if !has_main(&package) {
            package = Self::by_search(bytes, limits)?;
        }
        if !has_main(&package) {
            return Err(IngestError::Damaged("không tìm thấy nội dung văn bản".to_owned()));
        }
        Ok(package)
    }

    fn by_directory(bytes: &[u8], limits: &Limits) -> Result<Self, IngestError> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| zip_error(&error))?;
        let mut package = Self::default();
        let mut budget = limits.max_expanded;
        for index in 0..archive.len() {
            let mut member = match archive.by_index(index) {
                Ok(member) => member,
                Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(IngestError::Password),
                Err(_) => {
                    package.damaged = true;
                    continue;
                }
            };
            let name = member.name().replace('\\', "/");
            if is_read(&name) {
                let (data, whole) = read_within(&mut member, &mut budget, limits)?;
                package.damaged |= !whole;
                package.parts.insert(name, data);
            }
        }
        Ok(package)
    }

    /// Finds members by their own headers (APPNOTE.TXT 4.3.7), as in a file that was cut off.
    fn by_search(bytes: &[u8], limits: &Limits) -> Result<Self, IngestError> {
        const SIGNATURE: &[u8] = b"PK\x03\x04";
        let mut package = Self { damaged: true, ..Self::default() };
        let mut budget = limits.max_expanded;
        let mut from = 0;
        while let Some(found) = bytes.get(from..).and_then(|rest| rest.windows(4).position(|w| w == SIGNATURE)) {
            let at = from + found;
            from = at + SIGNATURE.len();
            let Some(member) = Header::read(bytes.get(at..).unwrap_or_default()) else { continue };
            if member.encrypted {
                return Err(IngestError::Password);
            }
            if !is_read(&member.name) {
                continue;
            }
            let data = bytes.get(at + member.length..).unwrap_or_default();
            let (data, _) = match member.method {
                0 => (data.get(..member.size.min(data.len())).unwrap_or_default().to_vec(), true),
                8 => read_within(&mut DeflateDecoder::new(data), &mut budget, limits)?,
                _ => continue,
            };
            if !data.is_empty() {
                package.parts.entry(member.name).or_insert(data);
            }
        }
        Ok(package)
    }

    /// The part of the name as a tree; whether it was whole counts towards `damaged`.
    pub(crate) fn tree(&mut self, name: &str) -> Option<Element> {
        let (tree, whole) = xml::parse(self.parts.get(name)?);
        self.damaged |= !whole;
        Some(tree)
    }

    /// The same for a part in which words stand between elements.
    pub(crate) fn mixed_tree(&mut self, name: &str) -> Option<Element> {
        let (tree, whole) = xml::parse_mixed(self.parts.get(name)?);
        self.damaged |= !whole;
        Some(tree)
    }

    /// The bytes of a part.
    pub(crate) fn part(&self, name: &str) -> Option<&[u8]> {
        self.parts.get(name).map(Vec::as_slice)
    }

    /// The name of the main part: where the package's relations say, else where Word puts it.
    pub(crate) fn main(&self) -> Option<String> {
        let relations = self.parts.get("_rels/.rels").map(|part| xml::parse(part).0);
        let target = relations.as_ref().and_then(|relations| {
            let main = relations.children.iter().find(|relation| is_type(relation, "officeDocument"))?;
            Some(main.attribute("Target")?.trim_start_matches('/').to_owned())
        });
        let usual = || Some("word/document.xml".to_owned());
        target.filter(|name| self.parts.contains_key(name)).or_else(usual).filter(|name| self.parts.contains_key(name))
    }

    /// The parts of a kind (`footnotes`, `header`) that the main part refers to, with the reference's id.
    pub(crate) fn related(&self, main: &str, kind: &str) -> Vec<(String, String)> {
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
        let relations = self.parts.get(&format!("{folder}/_rels/{file}.rels")).map(|part| xml::parse(part).0);
        let mut found = Vec::new();
        for relation in relations.iter().flat_map(|relations| &relations.children).filter(|r| is_type(r, kind)) {
            let target = relation.attribute("Target").unwrap_or_default();
            let name = target.strip_prefix('/').map_or_else(|| format!("{folder}/{target}"), str::to_owned);
            if self.parts.contains_key(&name) {
                found.push((relation.attribute("Id").unwrap_or_default().to_owned(), name));
            }
        }
        let usual = format!("{folder}/{kind}.xml");
        if found.is_empty() && self.parts.contains_key(&usual) {
            found.push((String::new(), usual));
        }
        found
    }
}

fn is_type(relation: &Element, kind: &str) -> bool {
    relation.attribute("Type").is_some_and(|name| name.rsplit('/').next() == Some(kind))
}

/// Whether the part may hold text or say how it is set; pictures and fonts are not unpacked.
fn is_read(name: &str) -> bool {
    let is_xml = name.rsplit_once('.').is_some_and(|(_, kind)| matches!(kind, "xml" | "rels"));
    is_xml && !name.contains("/theme/") && !name.contains("/glossary/") && !name.starts_with("docProps/")
}

fn zip_error(error: &ZipError) -> IngestError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => IngestError::Password,
        _ => IngestError::Damaged("tệp nén không đọc được".to_owned()),
    }
}

/// Reads all that comes, and whether it came whole.
fn read_within(from: &mut impl Read, budget: &mut u64, limits: &Limits) -> Result<(Vec<u8>, bool), IngestError> {
    let mut data = Vec::new();
    let whole = from.take(*budget + 1).read_to_end(&mut data).is_ok();
    if data.len() as u64 > *budget {
        return Err(IngestError::SizeLimit {
            what: "dung lượng sau giải nén (byte)", limit: limits.max_expanded
        });
    }
    *budget -= data.len() as u64;
    Ok((data, whole))
}

/// A member's own header.
struct Header {
    name: String,
    method: u16,
    encrypted: bool,
    /// Size of the data, where the header gives it.
    size: usize,
    /// Length of the header.
    length: usize,
}

impl Header {
    fn read(bytes: &[u8]) -> Option<Self> {
        let word = |at: usize| Some(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
        let (flags, method) = (word(6)?, word(8)?);
        let size = usize::from(word(18)?) | usize::from(word(20)?) << 16;
        let (name, extra) = (usize::from(word(26)?), usize::from(word(28)?));
        let name_bytes = bytes.get(30..30 + name)?;
        let name_text = String::from_utf8_lossy(name_bytes).replace('\\', "/");
        Some(Self { name: name_text, method, encrypted: flags & 1 != 0, size, length: 30 + name + extra })
    }
}
