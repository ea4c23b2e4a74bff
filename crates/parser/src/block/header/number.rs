//! Number and symbol of a document (số, ký hiệu).

use nhiemvu_model::Number;

/// Reads `Số: 12/KH-UBND`, `Số 07-KL/VPTW`, `Số:   /TB-UBND`.
pub(super) fn number_line(text: &str) -> Option<Number> {
    // `Nghị quyết số: 1259/NQ-UBTVQH15`
    if let Some(rest) = doctype_before(text).or_else(|| alone_behind_doctype(text)) {
        return number_line(&format!("Số {}", rest.trim_start()));
    }
    // `$6:`, `S6:` and the like are what scans make of it
    let rest = ["Số", "SỐ", "Só", "Sô", "So:", "số:", "S6:", "$6:", "56:", "Sé:"]
        .iter()
        .find_map(|head| text.strip_prefix(head))?;
    let rest = rest.trim_start_matches(|c: char| c == ':' || c == '.' || c.is_whitespace() || c == '…' || c == '_');
    let end = rest.find("  ").or_else(|| rest.find('\t')).unwrap_or(rest.len());
    let mut raw = rest[..end].trim();
    let digits = raw.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let serial = raw[..digits].trim_end_matches('.');
    // a serial that a scan could not read
    let junk = raw[digits..]
        .find('/')
        .filter(|at| raw[digits..digits + at].chars().count() <= 4)
        .filter(|at| raw[digits..digits + at].chars().all(|c| !c.is_alphabetic() && c != '-'));
    let serial = if junk.is_some_and(|at| !raw[digits..digits + at].trim().is_empty()) { "" } else { serial };
    let tail = raw[digits + junk.unwrap_or(0)..].trim_start();
    let sign = tail.chars().next().filter(|c| matches!(c, '/' | '-' | '–'))?;
    let symbol = tail[sign.len_utf8()..].trim_start();
    // `268/2025/NĐ-CP`: the year belongs to the number
    let symbol = match symbol.split_once('/') {
        Some((year, rest)) if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) => rest,
        _ => symbol,
    };
    let joined = without_gap(symbol);
    if let Some(end) = joined.as_ref().and_then(|(_, part)| Some(raw.find(part)? + part.len())) {
        raw = &raw[..end];
    }
    let symbol = joined.as_ref().map_or(symbol, |(symbol, _)| symbol);
    let symbol_end = symbol
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '/' | '&' | '.' | 'Đ' | '–')))
        .unwrap_or(symbol.len());
    let symbol = symbol[..symbol_end].trim_end_matches(['.', ',', ';', '-']);
    if !symbol.chars().any(char::is_uppercase) {
        return None;
    }
    if let Some(at) = raw.find(symbol) {
        raw = &raw[..at + symbol.len()];
    }
    Some(Number {
        raw: raw.to_owned(),
        serial: (!serial.is_empty()).then(|| serial.to_owned()),
        symbol: Some(symbol.to_owned()),
    })
}

/// `TCT -PC Hà Nội`, `TCT- PC`: a symbol with a gap beside its hyphen, without the gap; and its last part.
fn without_gap(symbol: &str) -> Option<(String, &str)> {
    let (before, after) = symbol.split_once(" -").or_else(|| symbol.split_once("- "))?;
    let part = after.trim_start().split(|c: char| !c.is_alphanumeric()).next()?;
    let capitals = |word: &str| word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    let symbols = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '&');
    (capitals(part) && before.chars().all(symbols)).then(|| (format!("{before}-{}", after.trim_start()), part))
}

/// What stands behind the name of a type and `số` at the head of a line.
fn doctype_before(text: &str) -> Option<&str> {
    // few lines have a colon at all
    if !text.contains(':') {
        return None;
    }
    let (at, rest) = [" số:", " Số:", " SỐ:"].iter().find_map(|word| {
        let at = text.find(word)?;
        text.get(at + word.len()..).map(|rest| (at, rest))
    })?;
    crate::block::doctype::title(&text[..at]).map(|_| rest)
}

/// `Kết luận số 69-KL/TW`: a heading that is nothing but type and number.
fn alone_behind_doctype(text: &str) -> Option<&str> {
    let (kind, rest) = text.split_once(" số ")?;
    (!rest.contains(' ') && crate::block::doctype::title(kind).is_some()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_all_their_forms() {
        for (text, serial, symbol) in [
            ("Số: 12/KH-UBND", Some("12"), "KH-UBND"),
            ("Nghị quyết số: 1259/NQ-UBTVQH15", Some("1259"), "NQ-UBTVQH15"),
            ("Số 07-KL/VPTW", Some("07"), "KL/VPTW"),
            ("Kết luận số 69-KL/TW", Some("69"), "KL/TW"),
            ("Số:      /TB-UBND", None, "TB-UBND"),
            // a handwritten serial, as a scan has it
            ("Số:⁄{6 /TB-UBND", None, "TB-UBND"),
            ("Số: 268/2025/NĐ-CP", Some("268"), "NĐ-CP"),
            ("Số: 5095/SGDĐT-CTTTHSSV", Some("5095"), "SGDĐT-CTTTHSSV"),
            ("số: 31 /SXD -VP Hòa Giang, ngày 07 tháng 6 năm 2031", Some("31"), "SXD-VP"),
            ("Số: 31/BC - Hòa Giang, ngày 07 tháng 6 năm 2031", Some("31"), "BC"),
        ] {
            let number = number_line(text).unwrap();
            assert_eq!((number.serial.as_deref(), number.symbol.as_deref()), (serial, Some(symbol)), "{text}");
            assert!(!number.raw.contains("ngày") && text.contains(&number.raw), "{text}");
        }
        assert!(number_line("Số lượng: 12").is_none());
    }
}
