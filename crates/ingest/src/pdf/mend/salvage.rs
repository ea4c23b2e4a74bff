//! Contents of pages whose fonts nothing names any more: what is left of the fonts is tried on them.
//!
//! A file that is cut off often keeps what its pages show and parts of its fonts, and has lost the dictionaries between the two. Which
//! part belongs to which name is told by the words that come of it: they are Vietnamese or the part is not taken. What no part
//! explains stays unknown, so that nothing is read that the file does not say.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use hayro_syntax::Pdf;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::Object;
use nhiemvu_text::count_syllables;

use super::objects::{self, Raw};
use super::program::Program;
use super::{MAX_MENDED, cmap, shows_text, unpack};
use crate::pdf::document;
use crate::pdf::lost::LOST;

/// A longer file is not tried, as it is read anew for each trial.
const LONGEST: usize = 32 << 20;
/// Names of fonts and parts of fonts that are tried, the most used and the first.
const MOST_NAMES: usize = 8;
const MOST_FACES: usize = 16;
/// Bytes of contents from which the parts are told.
const MOST_TRIED: usize = 1 << 18;
/// Words that a part must explain, and the share of them that must be Vietnamese.
const LEAST_WORDS: usize = 3;
const LEAST_SHARE: f32 = 0.85;

/// The file with pages of what is left of it; `None` where nothing in it explains its contents. `base` is the file as it could be mended.
pub(in crate::pdf) fn salvage(base: &[u8]) -> Option<Vec<u8>> {
    // objects of an encrypted file cannot be read one by one
    if base.len() > LONGEST || memchr::memmem::find(base, b"/Encrypt").is_some() {
        return None;
    }
    let mut rest = Rest::default();
    objects::find(base).for_each(|object| rest.take(&object));
    rest.faces();
    let fonts = rest.explain();
    (!fonts.is_empty()).then(|| rest.file(&fonts, usize::MAX))
}

/// What the dictionary of a font says that was found to belong to a name: what it does not know is lost.
pub(in crate::pdf) const FOUND: &str = "FoundByItsWords";

/// What is left of a file.
#[derive(Default)]
struct Rest {
    out: Vec<u8>,
    last: u32,
    /// Bytes of streams that were unpacked.
    unpacked: usize,
    /// Streams that show text, by the numbers of their objects, in the order of the file.
    contents: Vec<u32>,
    /// The numbers of the first of them, of which the parts are told.
    tried: usize,
    /// Bytes of all of them.
    length: usize,
    /// How many bytes are shown in each font, by its name.
    shown: BTreeMap<Vec<u8>, usize>,
    /// Fonts, by the numbers of their objects.
    faces: Vec<u32>,
    /// Maps to characters and whether their codes have two bytes.
    maps: Vec<(u32, bool)>,
    programs: Vec<Program>,
    /// The size of a page, as it is written.
    size: Option<Vec<u8>>,
}

/// A name and the object of its font.
type Named = (Vec<u8>, u32);

impl Rest {
    fn take(&mut self, object: &Raw<'_>) {
        self.last = self.last.max(object.number);
        if ["Catalog", "Pages", "Page"].iter().any(|kind| object.is(kind)) {
            let size = object.list("MediaBox").map(<[u8]>::to_vec);
            self.size = self.size.take().or(size);
            return;
        }
        let data = object.stream().zip(object.filters()).filter(|_| self.unpacked < MAX_MENDED);
        let data = data.and_then(|(stream, filters)| unpack::unpack(stream.data, &filters)).map(|data| data.data);
        if let Some(data) = &data {
            self.unpacked += data.len();
            self.stream(object, data);
        } else if object.is("Font") && !object.is_kind(b"/CIDFont") {
            self.faces.push(object.number);
            let head = object.head();
            let body = head.strip_suffix(b">>").unwrap_or(head);
            return self.copy(object.number, &[body, format!(" /{FOUND} true >>").as_bytes()]);
        }
        self.copy(object.number, &[object.body]);
    }

    fn stream(&mut self, object: &Raw<'_>, data: &[u8]) {
        if cmap::is_map(data) {
            self.maps.push((object.number, !cmap::has_short_codes(data)));
        } else if let Some(program) = Some(data).filter(|_| self.programs.len() < MOST_FACES).and_then(Program::read) {
            self.programs.push(program);
        } else if !object.is_kind(b"/Form") && shows_text(data) {
            self.contents.push(object.number);
            self.length += data.len();
            if self.length <= MOST_TRIED {
                self.tried = self.contents.len();
                self.count(data);
            }
        }
    }

    /// Counts what is shown in each font.
    fn count(&mut self, data: &[u8]) {
        let mut ops = TypedIter::new(data);
        let mut name = Vec::new();
        while let Some(op) = ops.next() {
            let bytes = match &op {
                Op::TextFont(set) => {
                    name = set.0.as_ref().to_vec();
                    0
                }
                Op::ShowText(shown) => shown.0.as_bytes().len(),
                Op::NextLineAndShowText(shown) => shown.0.as_bytes().len(),
                Op::ShowTexts(shown) => shown.0.iter::<Object<'_>>().map(|part| string_length(&part)).sum(),
                _ => 0,
            };
            if bytes > 0 {
                *self.shown.entry(name.clone()).or_default() += bytes;
            }
        }
    }

    /// Makes a font of each map and each program, and of the encoding that fonts without a program mostly have.
    fn faces(&mut self) {
        for (map, wide) in std::mem::take(&mut self.maps).into_iter().take(MOST_FACES) {
            let face = if wide { self.wide(map, "") } else { self.narrow(&format!("/ToUnicode {map} 0 R")) };
            self.faces.push(face);
        }
        for program in std::mem::take(&mut self.programs) {
            let map = program.map();
            let map = self.add(&format!("<< /Length {} >>\nstream\n{map}\nendstream", map.len()));
            let face = self.wide(map, &format!("/W [{}]", program.widths()));
            self.faces.push(face);
        }
        let plain = self.narrow("/Encoding /WinAnsiEncoding");
        self.faces.push(plain);
        // the plain one is always among those that are tried
        let last = self.faces.len() - 1;
        self.faces.swap(last.min(MOST_FACES - 1), last);
        self.faces.truncate(MOST_FACES);
    }

    fn wide(&mut self, map: u32, widths: &str) -> u32 {
        let inner = self.add(&format!(
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 {widths} >>"
        ));
        self.add(&format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [{inner} 0 R] /ToUnicode {map} 0 R /{FOUND} true >>"
        ))
    }

    fn narrow(&mut self, entries: &str) -> u32 {
        self.add(&format!("<< /Type /Font /Subtype /TrueType /BaseFont /TimesNewRomanPSMT {entries} /{FOUND} true >>"))
    }

    fn add(&mut self, body: &str) -> u32 {
        self.last = self.last.saturating_add(1);
        self.copy(self.last, &[body.as_bytes()]);
        self.last
    }

    fn copy(&mut self, number: u32, parts: &[&[u8]]) {
        super::copy(&mut self.out, number, parts);
    }

    /// Which font belongs to which name: for each name, the most used first, that of which the most words come.
    fn explain(&self) -> Vec<Named> {
        let mut names: Vec<(&Vec<u8>, &usize)> = self.shown.iter().collect();
        names.sort_by_key(|(_, bytes)| std::cmp::Reverse(**bytes));
        let mut fonts: Vec<Named> = Vec::new();
        let mut known = Words::default();
        for (name, _) in names.into_iter().take(MOST_NAMES) {
            let mut best: Option<(Words, u32)> = None;
            for face in &self.faces {
                let tried = [fonts.as_slice(), &[(name.clone(), *face)]].concat();
                let words = Words::of(self.file(&tried, self.tried));
                let better = best.as_ref().is_none_or(|(best, _)| words.syllables > best.syllables);
                if better && words.explains_more_than(&known) {
                    best = Some((words, *face));
                }
            }
            if let Some((words, face)) = best {
                known = words;
                fonts.push((name.clone(), face));
            }
        }
        fonts
    }

    /// A file of so many of the contents, with these fonts.
    fn file(&self, fonts: &[Named], most: usize) -> Vec<u8> {
        let mut out = [b"%PDF-1.7\n", self.out.as_slice()].concat();
        let mut number = self.last;
        let mut next = || {
            number = number.saturating_add(1);
            number
        };
        let (catalog, tree, resources) = (next(), next(), next());
        let entries: Vec<Vec<u8>> =
            fonts.iter().map(|(name, font)| [&written(name), format!(" {font} 0 R ").as_bytes()].concat()).collect();
        super::copy(&mut out, resources, &[b"<< /Font << ", &entries.concat(), b">> >>"]);
        let size = self.size.as_deref().unwrap_or(b"0 0 595 842");
        let mut kids = String::new();
        for contents in self.contents.iter().take(most) {
            let page = next();
            let rest = format!("] /Resources {resources} 0 R /Contents {contents} 0 R /Parent {tree} 0 R >>");
            super::copy(&mut out, page, &[b"<< /Type /Page /MediaBox [", size, rest.as_bytes()]);
            let _ = write!(kids, "{page} 0 R ");
        }
        let count = self.contents.len().min(most);
        let body = format!("<< /Type /Pages /Count {count} /Kids [{kids}] >>");
        super::copy(&mut out, tree, &[body.as_bytes()]);
        super::copy(&mut out, catalog, &[format!("<< /Type /Catalog /Pages {tree} 0 R >>").as_bytes()]);
        out.extend_from_slice(format!("trailer\n<< /Root {catalog} 0 R >>\n").as_bytes());
        out
    }
}

fn string_length(part: &Object<'_>) -> usize {
    if let Object::String(string) = part { string.as_bytes().len() } else { 0 }
}

/// A name as it is written (ISO 32000-1, 7.3.5).
fn written(name: &[u8]) -> Vec<u8> {
    let mut out = b"/".to_vec();
    for byte in name {
        match byte {
            b'#' => out.extend_from_slice(b"#23"),
            _ if byte.is_ascii_graphic() && objects::is_regular(*byte) => out.push(*byte),
            _ => out.extend_from_slice(format!("#{byte:02x}").as_bytes()),
        }
    }
    out
}

/// Words that are whole, and those of them that are Vietnamese.
#[derive(Default)]
struct Words {
    words: usize,
    syllables: usize,
}

impl Words {
    fn of(file: Vec<u8>) -> Self {
        let Ok(pdf) = Pdf::new(file) else { return Self::default() };
        let text = document::raw_text(&pdf);
        let whole: Vec<&str> = text.split_whitespace().filter(|word| !word.contains(LOST)).collect();
        let count = count_syllables(&whole.join(" "));
        Self { words: count.words, syllables: count.syllables }
    }

    fn explains_more_than(&self, known: &Self) -> bool {
        let words = self.words.saturating_sub(known.words);
        let syllables = self.syllables.saturating_sub(known.syllables);
        words >= LEAST_WORDS && syllables as f32 >= LEAST_SHARE * words as f32
    }
}
