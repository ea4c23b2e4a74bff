//! Names that hold a dash, cut there by a line break.

use std::sync::LazyLock;

use nhiemvu_text::{first_chars, fold_key};

/// Names that a dash joins (`data/hyphenated.tsv`): the words before it, and those behind.
static HYPHENATED: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let rows = include_str!("../../data/hyphenated.tsv").lines().skip(1).filter_map(|row| row.split_once('\t'));
    rows.map(|(before, behind)| (fold_key(before), fold_key(behind))).collect()
});

/// Whether a dash between the two lines joins a name (`các tổ chức chính trị` / `- xã hội`).
pub(super) fn is_cut(before: &str, behind: &str) -> bool {
    const LONGEST: usize = 24;
    let from = before.char_indices().rev().nth(LONGEST).map_or(0, |(at, _)| at);
    let before = fold_key(&before[from..]);
    let behind = fold_key(first_chars(behind, LONGEST));
    HYPHENATED.iter().any(|(left, right)| {
        let head = before.strip_suffix(left.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
        let rest = behind.strip_prefix(right.as_str()).filter(|_| head);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_joined_and_no_bullet() {
        for (before, behind) in HYPHENATED.iter() {
            assert!(is_cut(&format!("các tổ chức {before}"), &format!("{behind} của tỉnh")), "{before} - {behind}");
        }
        assert!(!is_cut("các tổ chức chính trị", "xây dựng bến đò"));
        assert!(!is_cut("các tổ chức", "xã hội của tỉnh"));
    }
}
