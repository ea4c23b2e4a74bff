//! Text in the encodings that were in use before Unicode: TCVN3 (fonts `.VnTime`, `.VnTimeH`), VNI (`VNI-Times`), VPS, VISCII,
//! and UTF-8 that was read as windows-1252.
//!
//! Such text arrives as characters of windows-1252, one for each byte: from a file whose encoding nobody declared, or
//! from a document whose fonts drew the letters. What it is is told by trying: the right table makes Vietnamese
//! syllables of it.

mod runs;

use std::sync::LazyLock;

use runs::{decode_runs, is_mojibake, may_hold_run, runs};

use crate::syllable::{SyllableCount, count_syllables};

/// An encoding of Vietnamese that is not Unicode's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LegacyEncoding {
    /// TCVN 5712:1993 VN3, the `ABC` of fonts whose names begin with `.Vn`.
    Tcvn3,
    /// VNI for Windows: a letter and a mark behind it.
    Vni,
    /// VPS.
    Vps,
    /// VISCII (RFC 1456).
    Viscii,
    /// UTF-8 whose bytes were taken for windows-1252.
    Utf8AsWindows1252,
}

impl LegacyEncoding {
    /// All of them, in the order in which they are tried.
    pub const ALL: [Self; 5] = [Self::Utf8AsWindows1252, Self::Tcvn3, Self::Vni, Self::Vps, Self::Viscii];

    /// The name by which people know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "TCVN3 (ABC)",
            Self::Vni => "VNI",
            Self::Vps => "VPS",
            Self::Viscii => "VISCII",
            Self::Utf8AsWindows1252 => "UTF-8 đọc nhầm thành windows-1252",
        }
    }

    /// The encoding that a font draws, and whether it draws small letters as capitals (`.VnTimeH`).
    ///
    /// ```
    /// use nhiemvu_text::LegacyEncoding;
    /// assert_eq!(LegacyEncoding::of_font(".VnTimeH"), Some((LegacyEncoding::Tcvn3, true)));
    /// assert_eq!(LegacyEncoding::of_font("VNI-Times"), Some((LegacyEncoding::Vni, false)));
    /// assert_eq!(LegacyEncoding::of_font("Times New Roman"), None);
    /// ```
    pub fn of_font(name: &str) -> Option<(Self, bool)> {
        let lower = name.to_ascii_lowercase();
        if lower.starts_with(".vn") {
            return Some((Self::Tcvn3, name.ends_with('H')));
        }
        if lower.starts_with("vni-") || lower.starts_with("vni ") {
            return Some((Self::Vni, false));
        }
        (lower.starts_with("vps ") || lower.starts_with("vps-")).then_some((Self::Vps, false))
    }

    /// Reads `text`, characters of windows-1252, in this encoding; what it has no letter for stays.
    ///
    /// ```
    /// use nhiemvu_text::LegacyEncoding;
    /// assert_eq!(LegacyEncoding::Tcvn3.decode("ñy ban nh©n d©n"), "ủy ban nhân dân");
    /// assert_eq!(LegacyEncoding::Vni.decode("Uûy ban nhaân daân"), "Ủy ban nhân dân");
    /// ```
    pub fn decode(self, text: &str) -> String {
        match self {
            Self::Tcvn3 => TABLES.tcvn3.decode(text),
            Self::Vni => TABLES.vni.decode(text),
            Self::Vps => TABLES.vps.decode(text),
            Self::Viscii => TABLES.viscii.decode(text),
            Self::Utf8AsWindows1252 => {
                let bytes: Option<Vec<u8>> = text.chars().map(byte_of).collect();
                bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| text.to_owned())
            }
        }
    }
}

/// Text that was repaired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// The text, its other lines as they were.
    pub text: String,
    /// The encoding that its lines were in.
    pub encoding: LegacyEncoding,
    /// How many lines were repaired.
    pub lines: usize,
}

/// Finds lines in one of these encodings and repairs them; `None` where there are none.
///
/// Lines that are proper Unicode stay, and so do their words in a line that mixes both, as where text was pasted into
/// other text; where no letter is Unicode's alone, the whole text is in the encoding. Markup in angle brackets does not
/// count.
///
/// ```
/// use nhiemvu_text::{LegacyEncoding, repair_legacy};
/// let repaired = repair_legacy("Kính gửi: Ủy ban\nGiao Së Tµi chÝnh b¸o c¸o tr­íc ngµy 15/5\n").unwrap();
/// assert_eq!(repaired.encoding, LegacyEncoding::Tcvn3);
/// assert_eq!(repaired.text, "Kính gửi: Ủy ban\nGiao Sở Tài chính báo cáo trước ngày 15/5\n");
/// ```
pub fn repair_legacy(text: &str) -> Option<Repaired> {
    let suspects = suspects(text);
    if suspects.is_empty() {
        return None;
    }
    let judge = |encoding: LegacyEncoding| {
        let counts = suspects.iter().map(|line| count(&encoding.decode(line)));
        counts.fold(SyllableCount::default(), |a, b| SyllableCount {
            words: a.words + b.words,
            syllables: a.syllables + b.syllables,
        })
    };
    let scores = LegacyEncoding::ALL.into_iter().map(|encoding| (encoding, judge(encoding)));
    // of equal scores the first counts, so that the order of trial decides and not chance
    let best = scores.reduce(|best, next| if share(next.1) > share(best.1) { next } else { best })?;
    if share(best.1) < 0.85 || best.1.words < 4 {
        return None;
    }
    let encoding = best.0;
    // a short line alone does not tell what it is (`Soá`, `theo doõi`), but a file of bytes is in one encoding
    let whole = !text.chars().any(|c| c.is_alphabetic() && byte_of(c).is_none());
    let mut out = String::with_capacity(text.len());
    let mut lines = 0;
    for line in text.split_inclusive('\n') {
        let tried = if whole { !line.is_ascii() } else { is_mojibake(line) };
        let decoded = if tried { with_capitals(encoding, encoding.decode(line)) } else { decode_runs(encoding, line) };
        let better = || whole || share(count(&decoded)) >= share(count(line));
        if !decoded.is_empty() && decoded != line && better() {
            out.push_str(&decoded);
            lines += 1;
        } else {
            out.push_str(line);
        }
    }
    Some(Repaired { text: out, encoding, lines })
}

/// Gives a line of capitals its capitals back: TCVN3 has none with a tone, VPS not all.
fn with_capitals(encoding: LegacyEncoding, line: String) -> String {
    let lacks = matches!(encoding, LegacyEncoding::Tcvn3 | LegacyEncoding::Vps);
    let capitals = line.bytes().filter(u8::is_ascii_uppercase).count();
    if lacks && capitals >= 2 && !line.bytes().any(|byte| byte.is_ascii_lowercase()) {
        line.to_uppercase()
    } else {
        line
    }
}

/// Lines to judge by are no more than these bytes together.
const SAMPLE: usize = 32 << 10;

/// The lines, and stretches of lines, that hold letters which Vietnamese does not have and too few of its syllables.
fn suspects(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut size = 0;
    for line in text.lines().filter(|line| !line.is_ascii()) {
        if is_mojibake(line) {
            if share(count(line)) < 0.75 {
                found.push(line);
                size += line.len();
            }
        } else if may_hold_run(line) {
            let pasted = runs(line).into_iter().filter(|run| run.strange > 1).map(|run| run.slice(line));
            found.extend(pasted.filter(|words| share(count(words)) < 0.75).inspect(|words| size += words.len()));
        }
        if size > SAMPLE {
            break;
        }
    }
    found
}

fn count(line: &str) -> SyllableCount {
    if !line.contains('<') {
        return count_syllables(line);
    }
    let pieces = line.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, words)| words));
    count_syllables(&pieces.collect::<Vec<_>>().join(" "))
}

fn share(count: SyllableCount) -> f32 {
    count.share().unwrap_or(0.0)
}

/// The byte of windows-1252 that a character stands for.
fn byte_of(c: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(c) {
        return Some(byte);
    }
    let at = HIGH.chars().position(|high| high == c)?;
    Some(0x80 + at as u8)
}

/// The characters of windows-1252 from 0x80 to 0x9F; a space where there is none.
const HIGH: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

struct Tables {
    tcvn3: Table,
    vni: Table,
    vps: Table,
    viscii: Table,
}

/// Letters by their byte, and by their second byte where they have two.
struct Table {
    single: [Option<char>; 256],
    /// (first byte, second byte, letter), sorted.
    pairs: Vec<(u8, u8, char)>,
}

static TABLES: LazyLock<Tables> =
    LazyLock::new(|| Tables { tcvn3: Table::new(1), vni: Table::new(2), vps: Table::new(3), viscii: Table::new(4) });

impl Table {
    fn new(column: usize) -> Self {
        let mut table = Self { single: [None; 256], pairs: Vec::new() };
        for row in rows() {
            let (Some(letter), Some(code)) = (row.first().and_then(|l| l.chars().next()), row.get(column)) else {
                continue;
            };
            let byte = |at: usize| code.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
            match (byte(0), byte(2)) {
                (Some(first), Some(second)) => {
                    table.pairs.push((first, second, letter));
                    // the mark behind a capital may be the small one
                    if letter.is_uppercase() {
                        table.pairs.push((first, second | 0x20, letter));
                    }
                }
                (Some(first), None) => {
                    let slot = &mut table.single[usize::from(first)];
                    if slot.is_none_or(char::is_uppercase) {
                        *slot = Some(letter);
                    }
                }
                _ => {}
            }
        }
        table.pairs.sort_unstable();
        table
    }

    fn decode(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + text.len() / 4);
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let Some(byte) = byte_of(c) else {
                out.push(c);
                continue;
            };
            let pair = chars.peek().and_then(|next| self.pair(byte, byte_of(*next)?));
            if pair.is_some() {
                chars.next();
            }
            // line feeds and tabs are no letters, whatever an encoding has in the control range
            let single = self.single.get(usize::from(byte)).copied().flatten().filter(|_| !c.is_ascii_whitespace());
            out.push(pair.or(single).unwrap_or(c));
        }
        out
    }

    fn pair(&self, first: u8, second: u8) -> Option<char> {
        let at = self.pairs.binary_search_by_key(&(first, second), |(a, b, _)| (*a, *b)).ok()?;
        self.pairs.get(at).map(|(.., letter)| *letter)
    }
}

fn rows() -> impl Iterator<Item = Vec<&'static str>> {
    let data = include_str!("../data/legacy.tsv");
    data.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes as characters of windows-1252, as a reader that knows no better gives them.
    fn mojibake(bytes: &[u8]) -> String {
        let high: Vec<char> = HIGH.chars().collect();
        let char_of = |byte: u8| match byte {
            0x80..=0x9F if high[usize::from(byte - 0x80)] != ' ' => high[usize::from(byte - 0x80)],
            _ => char::from(byte),
        };
        bytes.iter().map(|byte| char_of(*byte)).collect()
    }

    fn encode(text: &str, column: usize) -> String {
        let bytes = text.chars().flat_map(|c| {
            let row = rows().find(|row| row[0].starts_with(c));
            let code = row.map(|row| row[column]).filter(|code| *code != "-");
            let code = code.map(|code| {
                (0..code.len()).step_by(2).map(|i| u8::from_str_radix(&code[i..i + 2], 16).unwrap()).collect()
            });
            code.unwrap_or_else(|| vec![u8::try_from(c).unwrap_or(b'?')])
        });
        mojibake(&bytes.collect::<Vec<u8>>())
    }

    const TEXT: &str = "giao sở tài chính chủ trì, phối hợp với ủy ban nhân dân các xã, phường rà soát; báo cáo trước ngày 15/5/2031\n";

    #[test]
    fn every_letter_is_read_back() {
        for (column, encoding) in [(2, LegacyEncoding::Vni), (4, LegacyEncoding::Viscii)] {
            for row in rows() {
                assert_eq!(encoding.decode(&encode(row[0], column)), row[0], "{encoding:?}");
            }
        }
        for (column, encoding) in [(1, LegacyEncoding::Tcvn3), (3, LegacyEncoding::Vps)] {
            for row in rows().filter(|row| row[0].chars().all(char::is_lowercase)) {
                assert_eq!(encoding.decode(&encode(row[0], column)), row[0], "{encoding:?}");
            }
        }
    }

    #[test]
    fn letters_are_all_there_once() {
        let letters: Vec<&str> = rows().map(|row| row[0]).collect();
        assert_eq!(letters.len(), 134);
        assert!(letters.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn short_lines_go_with_the_others_of_a_file_of_bytes() {
        for (column, encoding) in [(2, LegacyEncoding::Vni), (4, LegacyEncoding::Viscii)] {
            for line in ["Số: 07/CT\n", "theo dõi.\n", "CHỦ TỊCH\n", "IV. KINH PHÍ\n", "ký.\n"] {
                let text = format!("{TEXT}{line}");
                let repaired = repair_legacy(&encode(&text, column)).unwrap();
                assert_eq!((repaired.text, repaired.encoding), (text, encoding));
            }
            // beside proper Unicode a line that may be either stays
            let mixed = format!("{}Kính gửi: Đồng chí\ntheo dõi.\n", encode(TEXT, column));
            assert!(repair_legacy(&mixed).unwrap().text.ends_with("\ntheo dõi.\n"));
        }
    }

    #[test]
    fn lines_of_capitals_get_those_that_the_encoding_lacks() {
        let small = "CủA BAN THƯờNG Vụ TỉNH ủY\nVụ việc\n";
        let repaired = repair_legacy(&encode(&format!("{TEXT}{small}"), 1)).unwrap();
        assert_eq!(repaired.text, format!("{TEXT}CỦA BAN THƯỜNG VỤ TỈNH ỦY\nVụ việc\n"));
    }

    #[test]
    fn the_encoding_is_found_by_trying() {
        for (column, encoding) in [
            (1, LegacyEncoding::Tcvn3),
            (2, LegacyEncoding::Vni),
            (3, LegacyEncoding::Vps),
            (4, LegacyEncoding::Viscii),
        ] {
            let repaired = repair_legacy(&encode(TEXT, column)).unwrap();
            assert_eq!((repaired.text.as_str(), repaired.encoding), (TEXT, encoding));
        }
        let repaired = repair_legacy(&mojibake(TEXT.as_bytes())).unwrap();
        assert_eq!((repaired.text.as_str(), repaired.encoding), (TEXT, LegacyEncoding::Utf8AsWindows1252));
    }

    #[test]
    fn words_in_another_encoding_are_found_inside_of_a_line() {
        for (column, encoding) in [(1, LegacyEncoding::Tcvn3), (2, LegacyEncoding::Vni), (4, LegacyEncoding::Viscii)] {
            let pasted = encode("báo cáo kết quả thực hiện trước ngày", column);
            let text = format!("Giao Sở Tài chính {pasted} 15/5/2031 gửi Sở Nội vụ, độ mịn 5 µm ± 1 µm.\n");
            let repaired = repair_legacy(&text).unwrap();
            assert_eq!(repaired.encoding, encoding);
            assert_eq!(
                repaired.text,
                "Giao Sở Tài chính báo cáo kết quả thực hiện trước ngày 15/5/2031 gửi Sở Nội vụ, độ mịn 5 µm ± 1 µm.\n"
            );
        }
    }

    #[test]
    fn proper_text_is_left_alone() {
        for text in
            [TEXT, "Überschrift ohne Vietnamesisch, größer als nötig, schön für alle", "© 2031 Sở Y tế", "số 12 §5 µm"]
        {
            assert_eq!(repair_legacy(text), None, "{text}");
        }
    }

    #[test]
    fn lines_of_both_kinds_are_told_apart() {
        let text = format!("<p>{}</p>\n{TEXT}", encode(TEXT.trim_end(), 1));
        let repaired = repair_legacy(&text).unwrap();
        assert_eq!(repaired.text, format!("<p>{}</p>\n{TEXT}", TEXT.trim_end()));
        assert_eq!(repaired.lines, 1);
    }
}
