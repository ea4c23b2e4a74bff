//! Layout: from lines to paragraphs, page furniture and footnotes set aside.

pub(crate) mod bars;
mod chrome;
pub(crate) mod collapse;
pub(crate) mod columns;
mod flattened;
pub(crate) mod footnotes;
pub(crate) mod furniture;
mod hyphenated;
mod line_ends;
pub(crate) mod lines;
pub(crate) mod measure;
pub(crate) mod piped;
mod place;
pub(crate) mod reflow;
mod row_lines;
pub(crate) mod spaced;
pub(crate) mod stacked;
mod stacked_rows;
#[cfg(test)]
mod testing;

/// Whether a document symbol was cut at its hyphen between the two lines (`57-` / `NQ/TW`, `1131/QĐ-` / `TTg`).
pub(crate) fn broken_symbol(before: &str, after: &str) -> bool {
    let Some(head) = before.strip_suffix('-') else { return false };
    let digit_or_symbol = head.chars().next_back().is_some_and(|c| c.is_ascii_digit() || c.is_uppercase());
    let symbol: String = after.chars().take_while(|c| c.is_alphabetic()).collect();
    let capitals = symbol.chars().filter(|c| c.is_uppercase()).count();
    digit_or_symbol && capitals >= 2 && symbol.chars().count() <= 10
}

#[cfg(test)]
mod tests {
    use super::broken_symbol;

    #[test]
    fn symbols_cut_at_a_hyphen_are_joined() {
        assert!(broken_symbol("Nghị quyết số 57-", "NQ/TW của"));
        assert!(broken_symbol("Quyết định 1131/QĐ-", "TTg ngày"));
        assert!(!broken_symbol("Công nghiệp -", "Viễn thông"));
        assert!(!broken_symbol("giai đoạn 2020-", "2025"));
    }
}
