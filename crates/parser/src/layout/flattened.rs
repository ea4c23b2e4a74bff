//! Lines that a copy has put one behind the other in one cell of the header's or the closing's table: `BỘ XÂY DỰNG -------`,
//! `Số: 12/BXD-QLN V/v: …`, `Nơi nhận: - Như trên; - Lưu: VT.`, `KT. BỘ TRƯỞNG THỨ TRƯỞNG Trần Văn An`.

use nhiemvu_model::Span;

use super::lines::is_caps;
use crate::block::closing;

/// The parts of the words at `span` that were lines of their own; rules drawn with signs between them are left out.
pub(super) fn parts(text: &str, span: Span) -> Vec<Span> {
    let words = span.slice(text);
    let mut parts = Vec::new();
    for (start, end) in between_rules(words) {
        let part = &words[start..end];
        let mut cuts: Vec<usize> = if closing::is_recipients(part) { recipients(part) } else { labels(part) };
        cuts.extend(signature(part));
        cuts.sort_unstable();
        let mut from = 0;
        for cut in cuts.into_iter().chain([part.len()]) {
            let piece = &part[from..cut];
            let trimmed = piece.trim();
            if !trimmed.is_empty() {
                let at = span.start + start + from + (piece.len() - piece.trim_start().len());
                parts.push(Span::new(at, at + trimmed.len()));
            }
            from = cut;
        }
    }
    parts
}

/// What stands between runs of four or more dashes, underscores or asterisks.
fn between_rules(words: &str) -> Vec<(usize, usize)> {
    const RULE: usize = 4;
    let mut found = Vec::new();
    let mut start = 0;
    let bytes = words.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|b| matches!(b, b'-' | b'_' | b'*')).count();
        if run >= RULE {
            found.push((start, at));
            start = at + run;
        }
        at += run.max(1);
    }
    found.push((start, words.len()));
    found
}

/// Where `V/v`, `Số:` and the second line of the motto begin.
fn labels(part: &str) -> Vec<usize> {
    ["V/v", "V/V", "Số:", "Độc lập"]
        .iter()
        .flat_map(|word| part.match_indices(word))
        .map(|(at, _)| at)
        .filter(|at| part[..*at].ends_with(' '))
        .collect()
}

/// Where each of the recipients begins: `- ` behind the colon or a semicolon.
fn recipients(part: &str) -> Vec<usize> {
    part.match_indices(" - ")
        .filter(|(at, _)| part[..*at].trim_end().ends_with([':', ';']))
        .map(|(at, _)| at + 1)
        .collect()
}

/// Where the offices and the name of a signature begin.
fn signature(part: &str) -> Vec<usize> {
    const GO_ON: [&str; 8] = ["PHÓ", "TỔNG", "CHI", "KT.", "TL.", "TM.", "TUQ.", "Q."];
    let starts: Vec<usize> = std::iter::once(0).chain(part.match_indices(' ').map(|(at, _)| at + 1)).collect();
    let end_of_caps = starts.iter().copied().find(|at| {
        let word = part[*at..].split(' ').next().unwrap_or("");
        word.chars().any(char::is_lowercase)
    });
    let caps = &part[..end_of_caps.unwrap_or(part.len())];
    if !is_caps(caps) || !(closing::is_authority(caps) || closing::is_position(caps)) {
        return Vec::new();
    }
    let mut cuts: Vec<usize> = starts
        .iter()
        .copied()
        .filter(|at| (1..caps.len()).contains(at))
        .filter(|at| {
            let before = caps[..*at].trim_end().rsplit(' ').next().unwrap_or("");
            let here = &caps[*at..];
            !GO_ON.contains(&before) && (closing::is_authority(here) || closing::is_position(here))
        })
        .collect();
    cuts.extend(end_of_caps.filter(|at| closing::is_person(part[*at..].trim())));
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_cell_are_found_again() {
        for (cell, lines) in [
            ("BỘ XÂY DỰNG -------", &["BỘ XÂY DỰNG"][..]),
            ("Số: 2428/BXD-QLN V/v: Hỗ trợ nhà ở", &["Số: 2428/BXD-QLN", "V/v: Hỗ trợ nhà ở"]),
            (
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ---------",
                &["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
            ),
            (
                "Nơi nhận: - Như trên; - Bộ Tài chính; - Lưu: VT.",
                &["Nơi nhận:", "- Như trên;", "- Bộ Tài chính;", "- Lưu: VT."],
            ),
            ("KT. BỘ TRƯỞNG THỨ TRƯỞNG Trần Văn An", &["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Trần Văn An"]),
            (
                "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Thị Bình",
                &["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Thị Bình"],
            ),
            ("KT. TỔNG CỤC TRƯỞNG PHÓ TỔNG CỤC TRƯỞNG", &["KT. TỔNG CỤC TRƯỞNG", "PHÓ TỔNG CỤC TRƯỞNG"]),
            ("CHỦ TỊCH Hoàng Văn Cường", &["CHỦ TỊCH", "Hoàng Văn Cường"]),
            ("Sở Xây dựng - Sở Tài chính", &["Sở Xây dựng - Sở Tài chính"]),
        ] {
            let found: Vec<&str> = parts(cell, Span::new(0, cell.len())).iter().map(|span| span.slice(cell)).collect();
            assert_eq!(found, lines);
        }
    }
}
