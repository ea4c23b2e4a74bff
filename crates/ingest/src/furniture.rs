//! Lines that belong to the page and not to the text: drawn rules and page-break marks.
//!
//! They look the same in plain text and in Markdown, and are read the same in both: the line stays, as
//! [`LineRole::Furniture`](nhiemvu_model::LineRole::Furniture). A Markdown `---` is one of them; it is never taken for
//! the underline of a heading, because under the two halves of an administrative header a drawn rule is the usual thing.

/// Whether the line is a drawn rule: three or more of `-`, `_`, `=`, `*`, `~` or of a long dash, spaces between allowed.
pub(crate) fn is_rule(line: &str) -> bool {
    let mut marks = line.chars().filter(|c| !c.is_whitespace());
    let Some(first) = marks.next() else { return false };
    if !matches!(first, '-' | '_' | '=' | '*' | '~' | '–' | '—' | '─' | '━') {
        return false;
    }
    let count = 1 + marks.clone().take(3).count();
    // one long dash may be an empty cell or a bullet whose words follow
    count >= 3 && marks.all(|c| c == first)
}

/// Whether the line says that a page ends here: `--- PAGE BREAK ---`, `=== Trang 2 ===`, `{1}------------`, `\newpage`.
pub(crate) fn is_page_break(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 120 || line.len() < 8 {
        return false;
    }
    if matches!(line, "\\newpage" | "\\pagebreak" | "\\clearpage") {
        return true;
    }
    if let Some((number, rule)) = line.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        return !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) && rest_is_rule(rule);
    }
    let is_frame = |c: char| matches!(c, '-' | '=' | '*' | '_' | '~' | '–' | '—' | '─' | '[' | ']' | '<' | '>' | '#');
    let (head, words) = line.split_at(line.find(|c| !is_frame(c)).unwrap_or(line.len()));
    let words_end = words.trim_end_matches(is_frame);
    head.chars().count() >= 2 && words.len() > words_end.len() && says_page(words_end.trim())
}

fn rest_is_rule(rule: &str) -> bool {
    rule.len() >= 10 && rule.bytes().all(|b| b == b'-')
}

/// Whether the words between two frames are about a page and nothing else.
fn says_page(words: &str) -> bool {
    let words = words.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    if matches!(words.as_str(), "page break" | "pagebreak" | "page-break" | "new page" | "ngắt trang" | "sang trang")
    {
        return true;
    }
    let Some(number) = ["page ", "trang "].iter().find_map(|word| words.strip_prefix(word)) else { return false };
    number.starts_with(|c: char| c.is_ascii_digit())
        && number.split([' ', '/']).all(|part| part == "of" || part.bytes().all(|b| b.is_ascii_digit()))
}

/// The lines of `text` with the number of form feeds before each: a form feed ends the line that it stands in.
pub(crate) fn lines_with_page_breaks(text: &str) -> Vec<(u32, &str)> {
    // a last line feed ends the last line, it does not start another one
    let text = text.strip_suffix('\n').unwrap_or(text);
    let mut lines = Vec::with_capacity(text.len() / 64);
    let (mut start, mut breaks, mut broken) = (0, 0, false);
    for end in memchr::memchr2_iter(b'\n', 0xC, text.as_bytes()).chain([text.len()]) {
        let line = text.get(start..end).unwrap_or_default();
        let feed = text.as_bytes().get(end) == Some(&0xC);
        // "\n\x0c" is one break, not an empty line and a break
        if broken || !feed || !line.is_empty() {
            lines.push((breaks, line));
        }
        breaks += u32::from(feed);
        (start, broken) = (end + 1, feed);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_told_from_bullets_and_blanks() {
        for rule in ["---", "-------", "_______", "* * *", "=====", "———", "  ----  "] {
            assert!(is_rule(rule), "{rule}");
        }
        for other in ["", "-", "--", "- - x", "**", "---a", "1", "..."] {
            assert!(!is_rule(other), "{other}");
        }
    }

    #[test]
    fn page_breaks_are_told_from_text_about_pages() {
        for mark in [
            "--- PAGE BREAK ---",
            "---  PAGE  BREAK  ---",
            "=== Trang 2/7 ===",
            "<<< Page 3 of 9 >>>",
            "{0}-----------------",
            "\\newpage",
        ] {
            assert!(is_page_break(mark), "{mark}");
        }
        for other in
            ["Trang 2", "- Trang 2 -", "-- Trang thiết bị --", "--- Chương II ---", "---------", "{a}----------"]
        {
            assert!(!is_page_break(other), "{other}");
        }
    }

    #[test]
    fn a_form_feed_ends_line_and_page() {
        let lines = lines_with_page_breaks("a\n\u{C}b\nc\u{C}d\n");
        assert_eq!(lines, [(0, "a"), (1, "b"), (1, "c"), (2, "d")]);
        let lines = lines_with_page_breaks("a\n\n\u{C}\u{C}b");
        assert_eq!(lines, [(0, "a"), (0, ""), (1, ""), (2, "b")]);
    }
}
