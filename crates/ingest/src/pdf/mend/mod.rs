//! Mends a damaged file, as far as its objects can still be found: the engine then reads what is left of it.
//!
//! A file that lost its catalog, its page tree or a few bytes of a stream still holds most of its words. Objects are found
//! by their heads (`12 0 obj`), a stream that breaks off is written anew up to its fault, and pages that no tree names
//! get one; a dictionary in which single bits are wrong is set right. What the file does not hold is never guessed.

mod cmap;
mod objects;
mod program;
mod salvage;
mod syntax;
mod unpack;

use std::collections::{BTreeMap, HashMap};

use hayro_syntax::object::Stream;

use super::guard::MAX_STREAM;
use objects::Raw;
pub(super) use salvage::{FOUND, salvage};
pub(super) use unpack::is_whole;

/// Whether a map to characters, a stream of an opened file, can be read as it was written.
pub(super) fn is_whole_map(stream: &Stream<'_>) -> bool {
    let is_sound = |data: &[u8]| !data.starts_with(cmap::MENDED.as_bytes()) && cmap::is_sound(data);
    is_whole(stream) && stream.decoded_data().is_ok_and(|data| is_sound(&data))
}

/// Bytes that a mended file may have, as its broken streams are unpacked.
const MAX_MENDED: usize = 4 * MAX_STREAM;

/// Bytes of dictionaries that are looked at to find the bits in them that are wrong.
const MAX_LOOKED_AT: usize = 1 << 27;

/// The file without what is broken in it, of whose pages `seen` could be read; `None` where there is nothing to mend.
pub(super) fn mend(bytes: &[u8], seen: usize) -> Option<Vec<u8>> {
    // objects of an encrypted file cannot be read one by one
    if memchr::memmem::find(bytes, b"/Encrypt").is_some() {
        return None;
    }
    let mut file = Mended { out: b"%PDF-1.7\n".to_vec(), changed: false, ..Mended::default() };
    let mut budget = MAX_LOOKED_AT;
    for object in objects::find(bytes) {
        if file.out.len() < MAX_MENDED {
            file.mended(&object, &mut budget);
        }
    }
    if file.pages.len() > seen {
        file.tree();
    }
    // no table of offsets: the engine looks for the objects itself
    file.changed.then_some(file.out)
}

/// A file that is written anew.
#[derive(Default)]
struct Mended {
    out: Vec<u8>,
    changed: bool,
    last: u32,
    /// Pages by the number of their object, with their place in the file.
    pages: BTreeMap<u32, usize>,
    /// The place of each object in the lists of pages.
    listed: HashMap<u32, usize>,
}

impl Mended {
    /// Takes an object, its dictionary mended where a bit of it is wrong.
    fn mended(&mut self, object: &Raw<'_>, budget: &mut usize) {
        let head = object.head();
        let Some(mended) = syntax::mend(head, budget) else { return self.object(object) };
        self.changed = true;
        let rest = object.body.get(head.len()..).unwrap_or_default();
        let body = [&mended, rest].concat();
        self.object(&Raw { body: &body, ..*object });
    }

    fn object(&mut self, object: &Raw<'_>) {
        self.note(object);
        let Some(stream) = object.stream() else { return self.copy(object.number, &[object.body]) };
        let unpacked = object.filters().and_then(|filters| unpack::unpack(stream.data, &filters));
        if let Some(unpacked) = unpacked.as_ref().filter(|_| object.is("ObjStm")) {
            return self.packed(object, unpacked);
        }
        let broken = unpacked
            .filter(|unpacked| !unpacked.whole || (cmap::is_map(&unpacked.data) && !cmap::is_sound(&unpacked.data)));
        let Some(unpacked) = broken.map(|unpacked| unpacked.data) else {
            return self.copy(object.number, &[object.body]);
        };
        let mended = if cmap::is_map(&unpacked) {
            Some(cmap::mend(&unpacked))
        } else {
            Some(unpacked).filter(|data| shows_text(data))
        };
        match mended {
            Some(data) => {
                self.changed = true;
                let head = object.head_for(data.len());
                self.copy(object.number, &[&head, b"\nstream\n", &data, b"\nendstream"]);
            }
            // a font or a picture is left to the engine, which can do without
            None => self.copy(object.number, &[object.body]),
        }
    }

    /// Takes the objects out of a stream of them: where the table that leads to it is lost, the engine does not look into it.
    fn packed(&mut self, stream: &Raw<'_>, unpacked: &unpack::Unpacked) {
        self.changed |= !unpacked.whole;
        objects::packed(&unpacked.data, stream, unpacked.whole).for_each(|one| {
            self.note(&one);
            self.copy(one.number, &[one.body]);
        });
    }

    /// Notes what is asked of the pages when all objects are known.
    fn note(&mut self, object: &Raw<'_>) {
        self.last = self.last.max(object.number);
        if object.is("Page") {
            self.pages.insert(object.number, object.at);
        }
        if object.is("Pages") {
            for number in object.references("Kids") {
                let place = self.listed.len();
                self.listed.entry(number).or_insert(place);
            }
        }
    }

    fn copy(&mut self, number: u32, parts: &[&[u8]]) {
        copy(&mut self.out, number, parts);
    }

    /// A catalog and a tree for all pages: those that lists name in their order, then the others in that of the file.
    fn tree(&mut self) {
        self.changed = true;
        let mut pages: Vec<(u32, usize)> = self.pages.iter().map(|(number, at)| (*number, *at)).collect();
        pages.sort_by_key(|(number, at)| (self.listed.get(number).copied().unwrap_or(usize::MAX), *at));
        let kids: Vec<String> = pages.iter().map(|(number, _)| format!("{number} 0 R")).collect();
        let (catalog, root) = (self.last.saturating_add(1), self.last.saturating_add(2));
        self.copy(catalog, &[format!("<< /Type /Catalog /Pages {root} 0 R >>").as_bytes()]);
        let tree = format!("<< /Type /Pages /Count {} /Kids [{}] >>", kids.len(), kids.join(" "));
        self.copy(root, &[tree.as_bytes()]);
        self.out.extend_from_slice(format!("trailer\n<< /Root {catalog} 0 R >>\n").as_bytes());
    }
}

/// Writes an object.
fn copy(out: &mut Vec<u8>, number: u32, parts: &[&[u8]]) {
    out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
    for part in parts {
        out.extend_from_slice(part);
    }
    out.extend_from_slice(b"\nendobj\n");
}

/// Whether data are operators that show text.
fn shows_text(data: &[u8]) -> bool {
    let has = |operator: &[u8]| memchr::memmem::find(data, operator).is_some();
    has(b"BT") && (has(b"Tj") || has(b"TJ"))
}

#[cfg(test)]
mod tests;
