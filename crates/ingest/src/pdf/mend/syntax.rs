//! Dictionaries and lists in which a bit is wrong: one such bit in the widths of a font, and the engine has no font.
//!
//! What a reader stops at is set right where one bit does it, as a medium or a wire loses single bits. What needs more stays.

use std::ops::Range;

/// Faults of one object that are mended.
const MOST: usize = 64;
/// A longer word is none that was written as a number or a reference.
const LONGEST_WORD: usize = 40;

/// The object with the faults mended that one bit explains; `None` where there are none such. `budget` is the number of bytes
/// that may be looked at for it, and is taken from.
pub(super) fn mend(object: &[u8], budget: &mut usize) -> Option<Vec<u8>> {
    let mut mended = object.to_vec();
    let mut fault = first_fault(object, budget);
    for _ in 0..MOST {
        let Some((at, byte, next)) = fault.and_then(|fault| best(&mut mended, &fault, budget)) else { break };
        if let Some(place) = mended.get_mut(at) {
            *place = byte;
        }
        fault = next;
    }
    names(&mut mended);
    (mended != object).then_some(mended)
}

/// Names without which a page, its words or a font are not found.
const NAMES: [&[u8]; 24] = [
    b"/Type",
    b"/Catalog",
    b"/Pages",
    b"/Page",
    b"/Kids",
    b"/Count",
    b"/Parent",
    b"/Contents",
    b"/Resources",
    b"/MediaBox",
    b"/Font",
    b"/Subtype",
    b"/ToUnicode",
    b"/DescendantFonts",
    b"/Encoding",
    b"/Differences",
    b"/FontDescriptor",
    b"/Widths",
    b"/Identity-H",
    b"/ObjStm",
    b"/First",
    b"/Filter",
    b"/FlateDecode",
    b"/Length",
];

/// Sets names right that are one of [`NAMES`] but for a bit.
fn names(object: &mut [u8]) {
    let mut at = 0;
    while let Some(start) = next_word(object, at) {
        let end = word_end(object, start);
        at = end;
        let Some(word) = object.get_mut(start..end).filter(|word| word.first() == Some(&b'/')) else { continue };
        let known = NAMES.iter().find(|known| is_one_bit_from(word, known));
        if let Some(known) = known.filter(|_| !NAMES.contains(&&*word)) {
            word.copy_from_slice(known);
        }
    }
}

/// Whether two words of one length differ in a single bit.
pub(super) fn is_one_bit_from(word: &[u8], known: &[u8]) -> bool {
    let bits = word.iter().zip(known).map(|(one, two)| (one ^ two).count_ones()).sum::<u32>();
    word.len() == known.len() && bits == 1
}

/// A byte that is set to another value, and the fault that a reader meets next, if any.
type Step = (usize, u8, Option<Range<usize>>);

/// Which byte at the fault to which value lets a reader come furthest, and the fault that comes then; `None` where none does.
fn best(object: &mut [u8], fault: &Range<usize>, budget: &mut usize) -> Option<Step> {
    let mut found: Option<(usize, Step)> = None;
    if fault.len() > LONGEST_WORD {
        return None;
    }
    for at in fault.start.saturating_sub(1)..(fault.end + 1).min(object.len()) {
        let was = *object.get(at)?;
        let inside = fault.start < at && at + 1 < fault.end;
        for byte in likely(was, inside) {
            object[at] = byte;
            let next = first_fault(object, budget);
            object[at] = was;
            let reach = next.as_ref().map_or(usize::MAX, |next| next.start);
            if reach > fault.end && found.as_ref().is_none_or(|(best, _)| reach > *best) {
                found = Some((reach, (at, byte, next)));
            }
        }
    }
    found.map(|(_, found)| found)
}

/// What a byte may have been before one of its bits turned, the likeliest first: inside a word a space, at its ends a digit.
fn likely(byte: u8, inside: bool) -> impl Iterator<Item = u8> {
    let mut all: [u8; 8] = std::array::from_fn(|bit| byte ^ (1 << bit));
    all.sort_by_key(|byte| match byte {
        b' ' => u8::from(!inside),
        b'0'..=b'9' | b'.' | b'-' => u8::from(inside),
        _ => 2,
    });
    all.into_iter().filter(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\r'))
}

/// A part of a dictionary or a list.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Name,
    Whole,
    Other,
}

/// A dictionary or list that is open: whether it is a dictionary, and its parts with their places.
type Open = (bool, Vec<(Part, usize, usize)>);

/// Where a reader stops: the first word that cannot stand where it stands.
fn first_fault(object: &[u8], budget: &mut usize) -> Option<Range<usize>> {
    let mut open: Vec<Open> = vec![(false, Vec::new())];
    let mut at = 0;
    while let Some(start) = next_word(object, at) {
        let end = word_end(object, start);
        // as good as no way forward
        let Some(left) = budget.checked_sub(end - at) else { return Some(0..0) };
        *budget = left;
        at = end;
        let word = object.get(start..end).unwrap_or_default();
        // what ends the dictionary where its own word was not known for one
        if open.len() == 1 && matches!(word, b"stream" | b"endobj") {
            return None;
        }
        let sound = match word {
            b"<<" | b"[" => {
                open.push((word == b"<<", Vec::new()));
                true
            }
            b">>" | b"]" => match open.pop() {
                Some((is_dict, parts)) if is_dict == (word == b">>") && !open.is_empty() => {
                    if let Some(part) = misplaced(is_dict, &parts) {
                        return Some(part);
                    }
                    push(&mut open, Part::Other, start, end)
                }
                _ => false,
            },
            b"R" => reference(&mut open, start, end),
            _ => part(word).is_some_and(|part| push(&mut open, part, start, end)),
        };
        if !sound {
            return Some(start..end);
        }
        if let Some((true, parts)) = open.last()
            && parts.last().is_some_and(|(part, ..)| *part == Part::Name)
            && let Some(part) = recent(parts)
        {
            return Some(part);
        }
    }
    (open.len() > 1).then_some(object.len()..object.len())
}

fn push(open: &mut [Open], part: Part, start: usize, end: usize) -> bool {
    open.last_mut().is_some_and(|(_, parts)| {
        parts.push((part, start, end));
        true
    })
}

/// Makes one part of the two numbers before an `R`.
fn reference(open: &mut [Open], start: usize, end: usize) -> bool {
    let Some((_, parts)) = open.last_mut() else { return false };
    let sound = matches!(parts.as_slice(), [.., (Part::Whole, ..), (Part::Whole, ..)]);
    if sound {
        parts.truncate(parts.len() - 2);
        parts.push((Part::Other, start, end));
    }
    sound
}

/// The first part of a whole dictionary that stands where a key should, or the last, where it has no value.
fn misplaced(is_dict: bool, parts: &[(Part, usize, usize)]) -> Option<Range<usize>> {
    let last = || parts.last().filter(|_| parts.len() % 2 == 1).map(|part| part.1..part.2);
    if is_dict { odd_key(parts).or_else(last) } else { None }
}

/// As [`odd_key`] for what has come since the name before the last: a dictionary is looked through once and not with each part.
fn recent(parts: &[(Part, usize, usize)]) -> Option<Range<usize>> {
    const SEEN: usize = 6;
    odd_key(parts.get(parts.len().saturating_sub(SEEN) / 2 * 2..)?)
}

/// The first part that stands where a key should and is no name.
fn odd_key(parts: &[(Part, usize, usize)]) -> Option<Range<usize>> {
    parts.iter().step_by(2).find(|part| part.0 != Part::Name).map(|part| part.1..part.2)
}

/// Where the next word begins, white space and comments left out.
fn next_word(object: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match object.get(at)? {
            b'%' => at += object.get(at..)?.iter().take_while(|byte| !matches!(byte, b'\r' | b'\n')).count(),
            byte if is_space(*byte) => at += 1,
            _ => return Some(at),
        }
    }
}

fn word_end(object: &[u8], start: usize) -> usize {
    let rest = object.get(start..).unwrap_or_default();
    let regular =
        |from: usize| from + rest.iter().skip(from).take_while(|byte| super::objects::is_regular(**byte)).count();
    let length = match rest {
        [b'<', b'<', ..] | [b'>', b'>', ..] => 2,
        [b'(', ..] => string(rest),
        [b'<', ..] => rest.iter().position(|byte| *byte == b'>').map_or(1, |end| end + 1),
        [b'/', ..] => regular(1),
        [byte, ..] if super::objects::is_regular(*byte) => regular(0),
        _ => 1,
    };
    start + length
}

/// The length of a string in parentheses; 1 where it has no end.
fn string(rest: &[u8]) -> usize {
    let (mut depth, mut skip) = (0, false);
    for (at, byte) in rest.iter().enumerate() {
        match byte {
            _ if skip => skip = false,
            b'\\' => skip = true,
            b'(' => depth += 1,
            b')' if depth == 1 => return at + 1,
            b')' => depth -= 1,
            _ => {}
        }
    }
    1
}

/// What a word is; `None` where it is none.
fn part(word: &[u8]) -> Option<Part> {
    let digits = word.strip_prefix(b"-").or_else(|| word.strip_prefix(b"+")).unwrap_or(word);
    match word {
        [b'/', name @ ..] => name.iter().all(u8::is_ascii_graphic).then_some(Part::Name),
        b"true" | b"false" | b"null" | [b'(', .., b')'] => Some(Part::Other),
        [b'<', hex @ .., b'>'] => {
            hex.iter().all(|byte| byte.is_ascii_hexdigit() || is_space(*byte)).then_some(Part::Other)
        }
        _ if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) => Some(Part::Whole),
        _ => {
            let mut parts = digits.split(|byte| *byte == b'.');
            let sound = parts.clone().all(|part| part.iter().all(u8::is_ascii_digit))
                && parts.clone().any(|part| !part.is_empty());
            (sound && parts.by_ref().count() == 2).then_some(Part::Other)
        }
    }
}

fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(object: &[u8]) -> Option<String> {
        mend(object, &mut (1 << 20)).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    #[test]
    fn one_bit_is_set_right() {
        let rows: [(&[u8], &str); 10] = [
            (b"<< /Widths [500\xa0500 250] >>", "<< /Widths [500 500 250] >>"),
            (b"<< /W [747 [5p0] 753] >>", "<< /W [747 [500] 753] >>"),
            (b"<< /F 172 0!R /G 3 0 R >>", "<< /F 172 0 R /G 3 0 R >>"),
            (b"<< /A << /B 1 \xbe> >>", "<< /A << /B 1 >> >>"),
            (b"<< /A 12 4 V /B 1 >>", "<< /A 12 4 R /B 1 >>"),
            (b"<</Type/Font\xafBase/X>>", "<</Type/Font/Base/X>>"),
            (b"[ 1 2 \xdb 3 ] ]", "[ 1 2 [ 3 ] ]"),
            (b"<</Tyqe /Page /Qarent 1 0 R>>", "<</Type /Page /Parent 1 0 R>>"),
            (b"<< /A 1 >>\nstrgam\nab", "<< /A 1 >>\nstream\nab"),
            (b"<< /A (x\xfe) /B [1\xa02] /C 3.\x145 >>", "<< /A (x\u{fffd}) /B [1 2] /C 3.45 >>"),
        ];
        for (broken, whole) in rows {
            let found = mended(broken).unwrap_or_default();
            let same =
                found == whole || first_fault(found.as_bytes(), &mut (1 << 20)).is_none() && found.len() == whole.len();
            assert!(same, "{found} and not {whole}");
        }
    }

    #[test]
    fn what_is_sound_or_needs_more_stays() {
        let sound: [&[u8]; 5] = [
            b"<< /A 1 /B [1 0 R (a \\) b) <0aF> -.5 +3 true null] /C << >> /D /E % x\n >>",
            b"[]",
            b"12",
            b"<</K[1 0 R<</T 2 0 R>>]/Pg 178 0 R>>",
            b"",
        ];
        for object in sound {
            assert_eq!(mended(object), None, "{}", String::from_utf8_lossy(object));
        }
        assert_eq!(mended(b"<< /A @@@@ >>"), None);
        assert_eq!(mend(b"<< /W [5p0] >>", &mut 10), None, "the budget ends it");
    }
}
