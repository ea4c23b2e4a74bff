//! Fonts: what characters their codes stand for, how far they advance, and whether they are bold or italic.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use hayro_font::hayro_cmap::BfString;
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};

use super::lost::LOST;
use super::{guard, mend};

/// A font weight from which letters count as bold (`FontWeight`, ISO 32000-1, table 122).
const BOLD_WEIGHT: f32 = 600.0;
/// Bits of a font descriptor's `Flags` (ISO 32000-1, table 123).
const FLAG_ITALIC: i32 = 1 << 6;
const FLAG_FORCE_BOLD: i32 = 1 << 18;

/// One font of the document, ready for use.
#[allow(clippy::struct_excessive_bools)] // independent facts of one dictionary
pub(super) struct FontUse<'a> {
    font: Font<'a>,
    /// Bold by its dictionary.
    pub bold: bool,
    /// Italic by its dictionary.
    pub italic: bool,
    /// Whether nothing says how bold it is: its letters are drawings (Type 3), which Chromium makes of a fallback font's
    /// letters when it fattens them.
    pub any_weight: bool,
    /// Whether its codes below 0xF100 in the private use area are those of a symbol font.
    symbol: bool,
    /// Whether the map to characters is damaged, so that characters may be missing.
    pub damaged: bool,
    codes: std::cell::RefCell<HashMap<u32, Rc<Code>>>,
}

/// What a character code of a font stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Code {
    /// Its characters; empty where they are unknown.
    pub text: String,
    /// Its advance along the line, in parts of the font size.
    pub advance: f32,
    /// Whether no character is known for it.
    pub unknown: bool,
}

impl<'a> FontUse<'a> {
    fn new(font: Font<'a>, dict: &Dict<'a>) -> Self {
        let face = Face::of(dict);
        let drawn = dict.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_ref() == b"Type3");
        let mut made = Self {
            font,
            bold: face.bold,
            italic: face.italic,
            any_weight: drawn && !face.bold,
            symbol: face.symbol,
            damaged: map_is_damaged(dict) || dict.contains_key(mend::FOUND),
            codes: HashMap::default().into(),
        };
        if !made.bold {
            made.bold = made.embedded_weight() >= BOLD_WEIGHT;
        }
        made
    }

    /// The weight that the embedded font program gives itself; 0 where there is none.
    fn embedded_weight(&self) -> f32 {
        match self.font.glyph(self.font.map_code(32), 32) {
            FontGlyph::Outline(outline) => {
                outline.font_data().and_then(|data| data.weight).map_or(0.0, |weight| weight as f32)
            }
            FontGlyph::Type3(_) => 0.0,
        }
    }

    /// Whether the font is written from left to right.
    pub fn is_horizontal(&self) -> bool {
        self.font.is_horizontal()
    }

    /// The next character code of a shown string, and how many bytes it takes.
    pub fn read(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        let (code, length) = self.font.read_code(bytes, at);
        (code, length.max(1))
    }

    /// What a code stands for.
    pub fn code(&self, code: u32) -> Rc<Code> {
        if let Some(known) = self.codes.borrow().get(&code) {
            return Rc::clone(known);
        }
        let made = Rc::new(self.look_up(code));
        self.codes.borrow_mut().insert(code, Rc::clone(&made));
        made
    }

    fn look_up(&self, code: u32) -> Code {
        let unicode = match self.font.glyph(self.font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        let mut text = String::new();
        let known = unicode.is_some();
        match unicode {
            Some(BfString::Char(c)) => push_readable(&mut text, c, self.symbol),
            Some(BfString::String(s)) => {
                for c in s.chars() {
                    push_readable(&mut text, c, self.symbol);
                }
            }
            None => {}
        }
        // codes of a font that has lost its map are no characters
        let unknown = !known || (self.damaged && text.is_empty());
        if unknown && self.damaged {
            text.push(LOST);
        }
        let advance = self.font.code_advance(code);
        let along = if self.is_horizontal() { advance.x } else { advance.y };
        Code { text, advance: along as f32 / 1000.0, unknown }
    }
}

/// What a font's dictionary says of its looks.
#[allow(clippy::struct_excessive_bools)] // three independent facts read from one dictionary
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Face {
    bold: bool,
    italic: bool,
    symbol: bool,
}

impl Face {
    /// Names, flags and weight of the font, of its descendant and of their descriptors.
    ///
    /// Writers leave out what a viewer does not need: a font that is not embedded has only its name
    /// (`TimesNewRomanPS-BoldMT`, `Arial,Bold`), one made by a print driver only its weight.
    fn of(dict: &Dict<'_>) -> Self {
        let mut face = Self::default();
        face.read(dict);
        let descendant = dict.get::<Array<'_>>("DescendantFonts").and_then(|all| all.iter::<Dict<'_>>().next());
        if let Some(descendant) = descendant {
            face.read(&descendant);
        }
        face
    }

    fn read(&mut self, dict: &Dict<'_>) {
        self.name(dict.get::<Name<'_>>("BaseFont").as_ref().map(Name::as_str));
        let Some(descriptor) = dict.get::<Dict<'_>>("FontDescriptor") else { return };
        self.name(descriptor.get::<Name<'_>>("FontName").as_ref().map(Name::as_str));
        let flags = descriptor.get::<i32>("Flags").unwrap_or(0);
        self.bold |= flags & FLAG_FORCE_BOLD != 0;
        self.bold |= descriptor.get::<f32>("FontWeight").unwrap_or(0.0) >= BOLD_WEIGHT;
        self.italic |= flags & FLAG_ITALIC != 0;
        self.italic |= descriptor.get::<f32>("ItalicAngle").unwrap_or(0.0).abs() > 1.0;
    }

    fn name(&mut self, name: Option<&str>) {
        let Some(name) = name else { return };
        let name = name.split_once('+').map_or(name, |(_, rest)| rest).to_ascii_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        self.bold |= has(&["bold", "black", "heavy", "demi"]);
        self.italic |= has(&["italic", "oblique"]) || name.ends_with("-it") || name.ends_with("-boldit");
        self.symbol |= has(&["symbol", "wingdings", "webdings", "dingbats"]);
    }
}

/// The fonts of a document, each loaded once.
pub(super) struct FontBook<'a> {
    cache: FontCache<'a>,
    resolver: FontResolverFn,
    cmaps: CMapResolverFn,
    known: HashMap<ObjectIdentifier, Option<Rc<FontUse<'a>>>>,
}

impl<'a> FontBook<'a> {
    /// An empty book.
    pub fn new() -> Self {
        Self {
            cache: FontCache::new(),
            // widths of the fourteen standard fonts come with the engine; the outlines are never drawn
            resolver: Arc::new(|query| match query {
                FontQuery::Standard(standard) => Some(standard.get_font_data()),
                FontQuery::Fallback(like) => Some(like.pick_standard_font().get_font_data()),
            }),
            cmaps: Arc::new(|_| None),
            known: HashMap::new(),
        }
    }

    /// The font of a dictionary; `None` where it cannot be read.
    pub fn font(&mut self, dict: &Dict<'a>) -> Option<Rc<FontUse<'a>>> {
        let id = dict.obj_id();
        if let Some(known) = id.as_ref().and_then(|id| self.known.get(id)) {
            return known.clone();
        }
        let made = programs_are_safe(dict)
            .then(|| self.cache.font(dict, &self.resolver, &self.cmaps))
            .flatten()
            .map(|font| Rc::new(FontUse::new(font, dict)));
        if let Some(id) = id {
            self.known.insert(id, made.clone());
        }
        made
    }
}

/// Whether a font should have a map to characters and has none, or a part of it.
fn map_is_damaged(dict: &Dict<'_>) -> bool {
    match dict.get::<Object<'_>>("ToUnicode") {
        Some(Object::Stream(map)) => !mend::is_whole_map(&map),
        Some(Object::Name(_)) => false,
        Some(_) => true,
        None => dict.contains_key("ToUnicode"),
    }
}

/// Whether the streams that loading a font will decode stay within bounds.
fn programs_are_safe(dict: &Dict<'_>) -> bool {
    let descendant = dict.get::<Array<'_>>("DescendantFonts").and_then(|all| all.iter::<Dict<'_>>().next());
    let mut streams: Vec<Option<Stream<'_>>> = vec![dict.get("ToUnicode"), dict.get("Encoding")];
    for font in [Some(dict), descendant.as_ref()].into_iter().flatten() {
        streams.push(font.get("CIDToGIDMap"));
        if let Some(descriptor) = font.get::<Dict<'_>>("FontDescriptor") {
            streams.extend(["FontFile", "FontFile2", "FontFile3"].map(|key| descriptor.get(key)));
        }
    }
    streams.into_iter().flatten().all(|stream| guard::decodes_within_bounds(&stream))
}

/// Appends `c` as a reader sees it.
///
/// Blanks of all kinds become a space; a soft hyphen is what Word writes for a hyphen that is shown; ligatures are
/// taken apart; bullets of symbol fonts, which sit in the private use area, become the characters that they look like.
fn push_readable(text: &mut String, c: char, symbol: bool) {
    match c {
        '\t' | '\n' | '\r' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            text.push(' ');
        }
        // the Icelandic letter looks the same, and no Vietnamese word has it
        '\u{d0}' => text.push('Đ'),
        '\u{ad}' | '\u{2010}' | '\u{2011}' => text.push('-'),
        '\u{fb00}' => text.push_str("ff"),
        '\u{fb01}' => text.push_str("fi"),
        '\u{fb02}' => text.push_str("fl"),
        '\u{fb03}' => text.push_str("ffi"),
        '\u{fb04}' => text.push_str("ffl"),
        '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2028}' | '\u{2029}' => {}
        '\u{f020}'..='\u{f0ff}' => text.push(symbol_character(c as u32 - 0xf000)),
        '\u{b7}' if symbol => text.push('•'),
        c if c.is_control() => {}
        c => text.push(c),
    }
}

/// What a code of a symbol font looks like; only bullets and signs that office documents use.
fn symbol_character(code: u32) -> char {
    match code {
        0xb7 | 0x6c | 0x9f => '•',
        0xa7 | 0x6e => '▪',
        0xa8 | 0x71 => '□',
        0x76 => '❖',
        0xd8 => '➢',
        0xe0 | 0xf0 => '→',
        0xfc => '✓',
        0xb3 => '≥',
        0xa3 => '≤',
        0xb1 => '±',
        0xb4 => '×',
        0xbb => '≈',
        0x20..=0x7e => char::from_u32(code).unwrap_or('•'),
        _ => '•',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(name: &str) -> (bool, bool) {
        let mut face = Face::default();
        face.name(Some(name));
        (face.bold, face.italic)
    }

    #[test]
    fn names_tell_bold_and_italic() {
        assert_eq!(face("TimesNewRomanPS-BoldMT"), (true, false));
        assert_eq!(face("ABCDEF+TimesNewRomanPS-BoldItalicMT"), (true, true));
        assert_eq!(face("Arial,Bold"), (true, false));
        assert_eq!(face("TimesNewRomanPSMT"), (false, false));
        assert_eq!(face("DejaVuSans-Oblique"), (false, true));
        // a subset prefix is no part of the name
        assert_eq!(face("BOLDAB+TimesNewRomanPSMT"), (false, false));
    }

    #[test]
    fn characters_read_as_they_look() {
        let read = |c, symbol| {
            let mut text = String::new();
            push_readable(&mut text, c, symbol);
            text
        };
        assert_eq!(read('\u{ad}', false), "-");
        assert_eq!(read('\u{a0}', false), " ");
        assert_eq!(read('\u{f0b7}', true), "•");
        assert_eq!(read('\u{f02d}', true), "-");
        assert_eq!(read('\u{fb01}', false), "fi");
        assert_eq!(read('\u{0}', false), "");
        assert_eq!(read('ệ', false), "ệ");
    }
}
