//! Markers (số thứ tự, gạch đầu dòng) at the head of headings and items.

/// The marker of a block: what stands before its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marker {
    /// The kind of numbering.
    pub class: Class,
    /// Its number in that numbering, from 1; 0 for a bullet.
    pub number: u32,
    /// Its length in bytes, without the spaces behind it.
    pub len: usize,
}

/// The largest number that numbers something.
const LARGEST: u32 = 299;

/// Kinds of numbering, outermost first: the order in which Nghị định 30/2020/NĐ-CP and practice nest them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Class {
    /// Phần.
    Part,
    /// Chương.
    Chapter,
    /// Mục, Tiểu mục.
    Section,
    /// Điều.
    Article,
    /// `A.`
    Capital,
    /// `I.`, and the Party's `I-`.
    Roman,
    /// `1.`, `1.1.` …: the depth is the number of figures.
    Decimal(u8),
    /// `a)`, `đ)`.
    Letter,
    /// `(1)`.
    Parenthesis,
    /// `(i)`, `i)`.
    SmallRoman,
    /// `-`, and what scans make of it.
    Dash,
    /// `+`.
    Plus,
    /// `*`, `•` and other signs.
    Star,
}

impl Class {
    /// Whether the marker is a sign without a number.
    pub fn is_bullet(self) -> bool {
        matches!(self, Self::Dash | Self::Plus | Self::Star)
    }
}

/// Reads the marker at the head of `text`; `None` where it begins with a word.
pub(crate) fn read(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    if let Some(marker) = speck(text) {
        return Some(marker);
    }
    match first {
        '-' | '–' | '—' | '−' | '‐' | '‑' | '_' | '~' | '¬' | '+' | '*' | '•' | '●' | '○' | '▪' | '■' | '§' | '◦' | '·' | '➢' | '✓' | '⁃'
        // what scans make of bullets, and signs of other fonts
        | '¢' | '©' | '®' | '»' | '¤' | '□' | '◆' | '◇' | '►' | '▶' | '❖' | '✔' | '❑' | '→' | '⇒' | '➔' | '➤' | '‣' | '∙'
        // signs of the Symbol and Wingdings fonts, as converters leave them
        | '\u{f0b7}' | '\u{f0a7}' | '\u{f02d}' | '\u{f0d8}' | '\u{f0fc}' => bullet(text, first),
        '(' => parenthesis(text),
        '0'..='9' => decimal(text),
        // the round bullet of a typewriter's font, which copies leave as a letter
        'o' if text.strip_prefix("o ").is_some_and(|rest| rest.trim_start().starts_with(char::is_uppercase)) => {
            Some(Marker { class: Class::Star, number: 0, len: 1 })
        }
        // what a scan makes of `1. `
        'l' if text.starts_with("l. ") => Some(Marker { class: Class::Decimal(1), number: 1, len: 2 }),
        _ => word(text).or_else(|| roman(text)).or_else(|| letter(text)),
    }
}

/// `_2.3. Giao …`: a speck on the page, which a scan reads as a sign, before a number.
fn speck(text: &str) -> Option<Marker> {
    let rest = text.strip_prefix(['_', '~', '|', '`', '.', ','])?;
    let marker = decimal(rest).filter(|marker| rest[..marker.len].ends_with(['.', ')']))?;
    Some(Marker { len: marker.len + 1, ..marker })
}

fn bullet(text: &str, sign: char) -> Option<Marker> {
    let class = match sign {
        '+' => Class::Plus,
        '-' | '–' | '—' | '−' | '‐' | '‑' | '_' | '~' | '¬' => Class::Dash,
        _ => Class::Star,
    };
    let rest = &text[sign.len_utf8()..];
    let next = rest.chars().next()?;
    // `-Chủ trì` is a bullet too, `--` and `-5` are none
    let glued = next.is_alphabetic() && sign != '_' && sign != '~';
    (next.is_whitespace() && !rest.trim_start().is_empty() || glued).then_some(Marker {
        class,
        number: 0,
        len: sign.len_utf8(),
    })
}

fn parenthesis(text: &str) -> Option<Marker> {
    let close = text.find(')').filter(|at| *at <= 6)?;
    let inside = &text[1..close];
    let followed = text[close + 1..].chars().next().is_none_or(char::is_whitespace);
    if !followed {
        return None;
    }
    let len = close + 1;
    if let Ok(number) = inside.parse::<u32>() {
        // `(2024)` is a year
        if number > LARGEST {
            return None;
        }
        return Some(Marker { class: Class::Parenthesis, number, len });
    }
    if let Some(number) = small_roman(inside) {
        return Some(Marker { class: Class::SmallRoman, number, len });
    }
    let number = letter_number(inside)?;
    Some(Marker { class: Class::Letter, number, len })
}

/// `1.`, `1)`, `1/`, `1-`, `1.2.`, `1.2`, `1.2.3)`.
fn decimal(text: &str) -> Option<Marker> {
    let bytes = text.as_bytes();
    let (mut at, mut depth, mut number) = (0, 0_u8, 0);
    loop {
        let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 || digits > 3 {
            break;
        }
        let value: u32 = text[at..at + digits].parse().ok()?;
        number = value;
        depth += 1;
        at += digits;
        if bytes.get(at) == Some(&b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) && depth < 6 {
            at += 1;
        } else {
            break;
        }
    }
    let rest = &text[at..];
    let sign = rest.chars().next();
    let len = match sign {
        // `1-` is the Party's
        Some('.' | ')' | '/' | '-') => at + 1,
        Some(dash @ ('–' | '—')) if depth == 1 => at + dash.len_utf8(),
        // `3.1, Ban Quản lý …`: a scan's comma
        Some(',') if depth >= 2 && rest[1..].trim_start().starts_with(char::is_uppercase) => at + 1,
        // `1.2 Words`, which has lost its last point
        Some(' ') if depth >= 2 => at,
        _ => return None,
    };
    let after = &text[len..];
    let spaced = after.starts_with(char::is_whitespace) || after.is_empty();
    // `1.Words` has lost its space; `1.000` and `2/9` are figures
    let glued = sign != Some('-') && sign != Some('/') && after.chars().next().is_some_and(char::is_uppercase);
    let plausible = number > 0 && number <= LARGEST && (spaced || glued);
    // `1.000 người`: three figures behind a point are a thousand
    let thousand = depth >= 2 && sign == Some(' ') && text[..at].rsplit('.').next().is_some_and(|d| d.len() == 3);
    let starts_words = after.trim_start().chars().next().is_none_or(|c| {
        c.is_alphabetic() || matches!(c, '“' | '"' | '(' | '*' | '[' | '\'' | '‘') || c.is_ascii_digit()
    });
    let lower = after.trim_start().chars().next().is_some_and(char::is_lowercase);
    if !plausible || thousand || !starts_words || (depth >= 2 && sign == Some(' ') && lower) {
        return None;
    }
    Some(Marker { class: Class::Decimal(depth), number, len })
}

/// `Phần I`, `Chương 2`, `Mục 1.`, `Điều 5.`, `Phần thứ tư:`.
fn word(text: &str) -> Option<Marker> {
    const ENDS: [char; 3] = ['.', ':', ')'];
    let (word, rest) = text.split_once(char::is_whitespace)?;
    let class = match word {
        "Phần" | "PHẦN" => Class::Part,
        "Chương" | "CHƯƠNG" => Class::Chapter,
        "Mục" | "MỤC" => Class::Section,
        "Điều" | "ĐIỀU" => Class::Article,
        _ => return None,
    };
    let rest_start = text.len() - rest.len();
    let number_end = rest.find(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | ')')).unwrap_or(rest.len());
    let figure = &rest[..number_end];
    let ordinal = || -> Option<u32> {
        let next = rest[number_end..].split_whitespace().next()?.trim_end_matches(ENDS);
        (nhiemvu_text::fold_key(figure) == "thứ").then(|| ordinal_number(&nhiemvu_text::fold_key(next))).flatten()
    };
    let number = figure.parse().ok().or_else(|| roman_number(figure)).or_else(ordinal)?;
    let mut len = rest_start + number_end;
    if let Some(next) = figure
        .eq_ignore_ascii_case("thứ")
        .then_some(())
        .or_else(|| (nhiemvu_text::fold_key(figure) == "thứ").then_some(()))
        .and_then(|()| rest[number_end..].split_whitespace().next())
        .map(|next| next.trim_end_matches(ENDS))
    {
        len = text.find(next).map_or(len, |at| at + next.len());
    }
    if matches!(text.as_bytes().get(len), Some(b'.' | b':' | b')')) {
        len += 1;
    }
    // `Điều 5 của Nghị định …` cites an article; a heading's words follow a point, or begin with a capital
    let after = text[len..].trim_start();
    let heads = text[..len].ends_with(['.', ':', ')'])
        || after.is_empty()
        || after.chars().next().is_some_and(char::is_uppercase);
    heads.then_some(Marker { class, number, len })
}

fn ordinal_number(word: &str) -> Option<u32> {
    Some(match word {
        "nhất" => 1,
        "hai" => 2,
        "ba" => 3,
        "tư" | "bốn" => 4,
        "năm" => 5,
        "sáu" => 6,
        "bảy" => 7,
        _ => return None,
    })
}

/// `IV.`, `IV-`, `IV)`, `IV/`, and `I -`.
fn roman(text: &str) -> Option<Marker> {
    let len = text.bytes().take_while(|b| matches!(b, b'I' | b'V' | b'X' | b'L')).count();
    if len == 0 || len > 6 {
        return None;
    }
    let number = roman_number(&text[..len])?;
    let rest = &text[len..];
    let sign = rest.trim_start().chars().next()?;
    let gap = rest.len() - rest.trim_start().len();
    let closed = matches!(sign, '.' | ')' | '/') && gap == 0 || matches!(sign, '-' | '–' | '—') && gap <= 1;
    let len = len + gap + sign.len_utf8();
    let after = text.get(len..)?;
    // `V.I.P`, `X-quang` are words
    let spaced = after.starts_with(char::is_whitespace)
        || (sign != '-' && begins_word(after))
        || (sign == '-' && after.chars().take(2).all(char::is_uppercase) && after.len() > 2);
    (closed && (spaced || after.is_empty())).then_some(Marker { class: Class::Roman, number, len })
}

/// Whether a word of two letters or more, the first a capital, stands here.
fn begins_word(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_alphabetic)
}

/// The value of a Roman numeral in capitals, to 89.
pub(crate) fn roman_number(figure: &str) -> Option<u32> {
    let value = |c: u8| match c {
        b'I' => Some(1_u32),
        b'V' => Some(5),
        b'X' => Some(10),
        b'L' => Some(50),
        _ => None,
    };
    let bytes = figure.as_bytes();
    if bytes.is_empty() || bytes.len() > 7 {
        return None;
    }
    let mut sum = 0;
    for (i, c) in bytes.iter().enumerate() {
        let here = value(*c)?;
        let next = bytes.get(i + 1).and_then(|c| value(*c)).unwrap_or(0);
        if here < next {
            sum -= i64::from(here);
        } else {
            sum += i64::from(here);
        }
    }
    u32::try_from(sum).ok().filter(|n| *n > 0)
}

fn small_roman(figure: &str) -> Option<u32> {
    (figure.len() > 1 || figure == "i" || figure == "v" || figure == "x")
        .then(|| {
            figure
                .bytes()
                .all(|b| matches!(b, b'i' | b'v' | b'x'))
                .then(|| roman_number(&figure.to_ascii_uppercase()))
                .flatten()
        })
        .flatten()
}

/// `a)`, `đ)`, `a.`, `a/`, `a-`, `A.`.
fn letter(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    let sign = rest.chars().next()?;
    let len = first.len_utf8() + sign.len_utf8();
    let after = text.get(len..)?;
    let spaced = after.is_empty()
        || after.starts_with(char::is_whitespace)
        || (sign == ')' || sign == '/' && first.is_lowercase()) && after.chars().next().is_some_and(char::is_uppercase);
    if !spaced {
        return None;
    }
    if first.is_uppercase() {
        let number = letter_number(&first.to_lowercase().to_string())?;
        return (matches!(sign, '.' | ')' | '/')).then_some(Marker { class: Class::Capital, number, len });
    }
    let number = letter_number(&first.to_string())?;
    let words = || after.trim_start().chars().next().is_some_and(char::is_uppercase);
    (sign == ')' || matches!(sign, '.' | '/' | '-') && words()).then_some(Marker { class: Class::Letter, number, len })
}

/// The place of a letter among those that number points (Nghị định 30/2020/NĐ-CP): a b c d đ e g h i k l m n o p q r s t
/// u v x y.
fn letter_number(letter: &str) -> Option<u32> {
    const LETTERS: &str = "abcdđeghiklmnopqrstuvxy";
    let mut chars = letter.chars();
    let c = chars.next()?;
    if chars.next().is_some() {
        return None;
    }
    let at = LETTERS.chars().position(|l| l == c).or(matches!(c, 'f' | 'j' | 'w' | 'z').then_some(5))?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_told_from_words_and_figures() {
        let table = include_str!("../../tests/data/markers.tsv");
        for row in table.lines().skip(1).filter(|row| !row.is_empty()) {
            let mut cells = row.split('\t');
            let (text, want) = (cells.next().unwrap(), cells.next().unwrap());
            let got = read(text).map_or_else(String::new, |m| format!("{:?} {} {}", m.class, m.number, &text[..m.len]));
            assert_eq!(got, want, "{text}");
        }
    }
}
