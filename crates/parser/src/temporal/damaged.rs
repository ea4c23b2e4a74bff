//! Figures and words of time that a scan has damaged: `3l/12/2026`, `O1/2027`, `thảng 5`, `truớc ngay 30/11/2026`, `quý lV`.

use nhiemvu_text::bare_key;

use super::token::{Kind, Token};
use super::word::{Word, w};

/// Whether the byte is a figure, or a letter that looks like one.
pub(super) fn may_be_figure(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'O' | b'o' | b'l' | b'L' | b'I')
}

/// Figures with letters that look like them, from byte `at`: value, number of digits, the byte behind. A letter counts as a figure
/// only in a run that holds one and belongs to a date, so that `2l` stays two litres.
pub(super) fn figure(text: &str, at: usize) -> Option<(u32, u8, usize)> {
    const LONGEST: usize = 4;
    let bytes = text.as_bytes();
    let digit = |byte: &u8| match byte {
        b'0'..=b'9' => Some(u32::from(byte - b'0')),
        b'O' | b'o' => Some(0),
        b'l' | b'L' | b'I' => Some(1),
        _ => None,
    };
    digit(bytes.get(at)?)?;
    let run = bytes[at..].iter().take_while(|byte| digit(byte).is_some()).count();
    let (run_bytes, behind) = (&bytes[at..at + run], bytes.get(at + run));
    let (figures, letters) = (run_bytes.iter().any(u8::is_ascii_digit), run_bytes.iter().any(u8::is_ascii_alphabetic));
    let before = at.checked_sub(1).and_then(|n| bytes.get(n));
    let alone = |byte: Option<&u8>| byte.is_none_or(|b| b.is_ascii() && !b.is_ascii_alphanumeric());
    let dated =
        |byte: Option<&u8>, beyond: Option<&u8>| byte == Some(&b'/') && beyond.is_some_and(|b| digit(b).is_some());
    let beyond = at.checked_sub(2).and_then(|n| bytes.get(n));
    let date = dated(behind, bytes.get(at + run + 1)) || dated(before, beyond) || run == LONGEST && bytes[at] == b'2';
    if !(figures && letters && run <= LONGEST && alone(before) && alone(behind) && date) {
        return None;
    }
    let value = run_bytes.iter().filter_map(digit).fold(0, |value, digit| value * 10 + digit);
    Some((value, run as u8, at + run))
}

/// Words of time beside which another may be mended.
pub(super) const UNITS: [Word; 4] = [w!("ngày"), w!("tháng"), w!("quý"), w!("năm")];

/// Mends what `text` has been cut into, where it holds a figure or one of [`UNITS`]; nothing else is to be mended.
pub(super) fn mend(text: &str, tokens: &mut Vec<Token>) {
    if tokens.iter().any(|token| token.kind == Kind::Word(w!("quý"))) {
        mend_quarters(text, tokens);
    }
    mend_words(text, tokens);
}

/// Whether a token is other than its letters say.
pub(super) fn is_mended(text: &str, token: &Token) -> bool {
    let letters = text.get(token.start as usize..token.end as usize).unwrap_or_default();
    match token.kind {
        Kind::Number(..) => letters.bytes().any(|byte| byte.is_ascii_alphabetic()),
        // the lexicon has what scans make of Roman figures beside them
        Kind::Word(word) if [w!("ii"), w!("iii"), w!("iv")].contains(&word) => {
            !letters.bytes().all(|byte| matches!(byte, b'I' | b'i' | b'V' | b'v'))
        }
        Kind::Word(word) => super::token::word(text, token.start as usize).0 != word,
        Kind::Mark(_) => false,
    }
}

/// Takes the strokes behind `quý` for the Roman figure that they look like: `quý Il`, `quý lll`, `quý 1V`, `quý H`.
fn mend_quarters(text: &str, tokens: &mut Vec<Token>) {
    const FIGURES: [(&str, Word); 4] = [("I", w!("i")), ("II", w!("ii")), ("III", w!("iii")), ("IV", w!("iv"))];
    for at in (1..tokens.len()).rev() {
        let quarter = tokens.get(at - 1).is_some_and(|token| token.kind == Kind::Word(w!("quý")));
        let Some(first) = tokens.get(at).copied().filter(|token| quarter && !token.glued) else { continue };
        let stroke = |token: &&Token| token.glued && !matches!(token.kind, Kind::Mark(mark) if mark != b'|');
        let more = tokens.iter().skip(at + 1).take_while(stroke).count();
        let end = tokens.get(at + more).map_or(first.end, |last| last.end);
        let letters = text.get(first.start as usize..end as usize).unwrap_or_default();
        let figure = letters.chars().try_fold(String::new(), |figure, c| {
            Some(
                figure
                    + match c {
                        'I' | 'i' | 'L' | 'l' | '1' | '|' => "I",
                        'V' | 'v' => "V",
                        'H' => "II",
                        _ => return None,
                    },
            )
        });
        let known = FIGURES.iter().find(|(known, _)| figure.as_deref() == Some(known));
        // figures alone are a number, if an odd one
        if let Some((_, word)) = known.filter(|_| !letters.bytes().all(|byte| byte.is_ascii_digit())) {
            tokens.splice(at..=at + more, [Token { end, kind: Kind::Word(*word), ..first }]);
        }
    }
}

/// Takes words for the ones of time that they are without their marks, where a figure behind them shows it.
fn mend_words(text: &str, tokens: &mut [Token]) {
    const MONTHS: std::ops::RangeInclusive<u32> = 1..=12;
    const YEARS: std::ops::RangeInclusive<u32> = 1990..=2099;
    for at in (0..tokens.len().saturating_sub(1)).rev() {
        let (token, next) = (tokens[at], tokens[at + 1]);
        let Kind::Word(word) = token.kind else { continue };
        let slash = tokens.get(at + 2).is_some_and(|mark| mark.kind == Kind::Mark(b'/') && mark.glued);
        let mended = match next.kind {
            Kind::Number(..) if next.glued => continue,
            // `ngay` is a word of its own, and a day where a date follows
            Kind::Number(1..=31, _) if word == w!("ngay") && slash => Some(w!("ngày")),
            Kind::Number(value, digits) if word == Word::OTHER => {
                let bare = bare_key(text.get(token.start as usize..token.end as usize).unwrap_or(""));
                match bare.as_str() {
                    "thang" if MONTHS.contains(&value) => Some(w!("tháng")),
                    "ngay" if (1..=31).contains(&value) && digits <= 2 => Some(w!("ngày")),
                    "nam" if YEARS.contains(&value) && !token.capital => Some(w!("năm")),
                    "truoc" => Some(w!("trước")),
                    _ => None,
                }
            }
            Kind::Word(next) if word == Word::OTHER && UNITS.contains(&next) => {
                let bare = bare_key(text.get(token.start as usize..token.end as usize).unwrap_or(""));
                (bare == "truoc").then_some(w!("trước"))
            }
            _ => None,
        };
        if let Some(word) = mended {
            tokens[at].kind = Kind::Word(word);
        }
    }
}
