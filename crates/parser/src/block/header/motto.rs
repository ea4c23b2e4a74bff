//! Quốc hiệu, tiêu ngữ and the Party's name above a document.

use nhiemvu_text::bare_key;

/// Quốc hiệu, tiêu ngữ and the Party's name, whole or one of the two lines that they are broken into.
pub(crate) fn is_motto(text: &str) -> bool {
    motto_at(text).is_some()
}

/// Where Quốc hiệu, tiêu ngữ or the Party's name begins in the line; words before it are those of the left column. Marks
/// are left out of account, since scans lose them.
pub(crate) fn motto_at(text: &str) -> Option<usize> {
    const LONGEST: usize = 220;
    if text.len() < 10 || text.len() > LONGEST || !may_hold_words(text) || !text.contains(char::is_uppercase) {
        return None;
    }
    let bare = bare_key(text);
    // few lines are worth a closer look
    if !holds_words(&bare) {
        return None;
    }
    let plain: String = bare.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if matches!(plain.as_str(), "chu nghia viet nam" | "viet nam" | "dang cong san" | "dang cong san viet nam") {
        return Some(0);
    }
    let head = if plain.contains("cong hoa xa hoi") {
        ["cong", "hoa"]
    } else if plain.contains("doc lap tu do") {
        ["doc", "lap"]
    } else if plain.contains("dang cong san viet nam") && plain.len() < 70 {
        ["dang", "cong"]
    } else {
        return None;
    };
    // prose that names the state is no header line
    if plain.len() > 110 || text.trim_end().ends_with([';', ',']) {
        return None;
    }
    let words: Vec<(usize, String)> = text
        .split_whitespace()
        .map(|w| {
            ((w.as_ptr() as usize) - (text.as_ptr() as usize), bare_key(w.trim_matches(|c: char| !c.is_alphanumeric())))
        })
        .collect();
    words.windows(2).find(|pair| pair[0].1 == head[0] && pair[1].1 == head[1]).map(|pair| pair[0].0).or(Some(0))
}

/// Whether [`holds_words`] may be true of the line without its marks, by the letters at both sides of each space alone: few
/// lines need be looked at without them. Looked through to its end without a branch, so that the compiler makes vector code of it.
#[expect(clippy::needless_bitwise_bool, reason = "branches would keep the compiler from making vector code")]
fn may_hold_words(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is = |byte: u8, letter: u8| (byte | 0x20 == letter) | (byte >= 0x80);
    let [two, three, four] = [1, 2, 3].map(|from| bytes.get(from..).unwrap_or_default());
    let windows = bytes.iter().zip(two).zip(three.iter().zip(four));
    windows.fold(false, |found, ((before, white), (first, second))| {
        let small = first | 0x20;
        let society = is(*before, b'a') & (small == b'h') & is(*second, b'o');
        // beyond ASCII it is `đ`, or none that matters
        let marked = (*first >= 0x80) & (*first != 0xE1) & (*first != 0xE2);
        let freedom = is(*before, b'u') & ((small == b'd') & is(*second, b'o') | marked);
        let country = is(*before, b't') & (small == b'n') & is(*second, b'a');
        let party = is(*before, b'g') & (small == b's') & is(*second, b'a');
        // of several spaces the last one alone stands beside the word
        found | (*white <= b' ') & (society | freedom | country | party | (*before <= b' '))
    })
}

/// Whether the line holds two words that stand in each of them (`xa hoi`, `tu do`, `viet nam`, `cong san`).
fn holds_words(bare: &str) -> bool {
    let bytes = bare.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| {
        let pair: (&[u8], &[u8]) = match bytes.get(at + 1) {
            Some(b'h') if *byte == b' ' => (b"xa", b"hoi"),
            Some(b'd') if *byte == b' ' => (b"tu", b"do"),
            Some(b'n') if *byte == b' ' => (b"viet", b"nam"),
            Some(b's') if *byte == b' ' => (b"cong", b"san"),
            _ => return false,
        };
        bytes[..at].ends_with(pair.0) && bytes[at + 1..].starts_with(pair.1)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_line_without_the_letters_holds_no_words(
            line in "[XxTtVvCcuaieoưựệộãạ ]{0,4}(Xã|XA|xã|Tự|TU|tụ|Việt|VIỆT|Viet|Cộng|CỘNG|cong|các)[ \t]{1,3}(hội|HỘI|hoi|do|ĐO|đò|Nam|NAM|nám|Sản|SẢN|san|nay)[a-z,ộ ]{0,4}",
        ) {
            if !may_hold_words(&line) {
                prop_assert!(!holds_words(&bare_key(&line)), "{line:?}");
            }
        }
    }

    #[test]
    fn the_lines_of_the_header_are_found_and_prose_needs_no_closer_look() {
        for line in [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "ĐẢNG CỘNG SẢN  VIỆT NAM",
            "DOC LAP - TU DO",
        ] {
            assert!(is_motto(line), "{line}");
        }
        assert!(!may_hold_words("Giao Sở Tài chính chủ trì, phối hợp với các cơ quan có liên quan"));
    }
}
