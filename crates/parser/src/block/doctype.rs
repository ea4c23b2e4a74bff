//! Types of documents (tên loại) with their abbreviations: `data/doctypes.tsv`.

use std::sync::LazyLock;

use nhiemvu_text::{bare_key, first_chars, fold_key, is_alphanumeric};

/// A type: folded name, name, abbreviation (empty where it has none).
pub(crate) struct DocType {
    /// Folded name.
    pub key: String,
    /// Folded name without marks.
    bare: String,
    /// Name as written.
    pub name: &'static str,
    /// Abbreviation in symbols.
    pub abbreviation: &'static str,
    /// Line in the table: of two types with one abbreviation the first is meant.
    order: usize,
}

static TYPES: LazyLock<Vec<DocType>> = LazyLock::new(|| {
    let mut types: Vec<DocType> = include_str!("../../data/doctypes.tsv")
        .lines()
        .skip(1)
        .enumerate()
        .filter_map(|(order, row)| {
            let mut cells = row.split('\t');
            let name = cells.next()?;
            Some(DocType {
                key: fold_key(name),
                bare: bare_key(name),
                name,
                abbreviation: cells.next().unwrap_or(""),
                order,
            })
        })
        .collect();
    // longer names first, so that `Thông báo kết luận` is found before `Thông báo`
    types.sort_by(|a, b| b.key.len().cmp(&a.key.len()).then(a.key.cmp(&b.key)));
    types
});

/// The types that have an abbreviation: name and abbreviation (`Quyết định`, `QĐ`), long names first.
///
/// Source: Nghị định 30/2020/NĐ-CP, Phụ lục III; Hướng dẫn 36-HD/VPTW of the Party.
///
/// ```
/// assert!(nhiemvu_parser::document_types().any(|each| each == ("Công điện", "CĐ")));
/// ```
pub fn document_types() -> impl Iterator<Item = (&'static str, &'static str)> {
    TYPES.iter().filter(|each| !each.abbreviation.is_empty()).map(|each| (each.name, each.abbreviation))
}

/// The type whose name `line` is, or begins with followed by nothing but a colon or signs; the line's case is ignored.
pub(crate) fn title(line: &str) -> Option<&'static DocType> {
    const LONGEST: usize = 48;
    if line.chars().count() > LONGEST {
        return None;
    }
    let key = fold_key(line.trim_matches(|c| !is_alphanumeric(c)));
    TYPES.iter().find(|t| t.key == key).or_else(|| spaced_out(&key)).or_else(|| without_marks(line))
}

/// `THONG BAO`: capitals that a scan has stripped of their marks.
fn without_marks(line: &str) -> Option<&'static DocType> {
    if !crate::layout::lines::is_caps(line) {
        return None;
    }
    let bare = bare_key(line.trim_matches(|c| !is_alphanumeric(c)));
    TYPES.iter().find(|t| t.bare == bare)
}

/// `Q U Y Ế T Đ Ị N H`: letters set apart.
fn spaced_out(key: &str) -> Option<&'static DocType> {
    if !key.split(' ').all(|word| word.chars().count() == 1) {
        return None;
    }
    let joined: String = key.split(' ').collect();
    TYPES.iter().find(|t| t.key.replace(' ', "") == joined)
}

/// The type that `line`, in capitals, begins with (`CHƯƠNG TRÌNH HÀNH ĐỘNG CỦA CHÍNH PHỦ`).
pub(crate) fn begins(line: &str) -> Option<&'static DocType> {
    let key = fold_key(line);
    TYPES.iter().find(|t| key.strip_prefix(t.key.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// The type with which a line begins that goes on with what the document is about (`Chỉ thị về việc …`, `THÔNG BÁO V/v …`),
/// and that summary.
pub(crate) fn with_subject(line: &str) -> Option<(&'static DocType, &str)> {
    let line = line.trim();
    let found = TYPES.iter().find(|t| fold_key(first_chars(line, t.name.chars().count())) == t.key)?;
    let rest = line.get(first_chars(line, found.name.chars().count()).len()..)?;
    let key = fold_key(first_chars(rest.trim_start(), 8));
    let about = ["về ", "v/v"].iter().any(|w| key.starts_with(w));
    (about && rest.starts_with(' ')).then(|| (found, rest.trim_start()))
}

/// The type whose name the words end with (`Ban hành kèm theo Quyết định`).
pub(crate) fn ends(words: &str) -> Option<&'static DocType> {
    let key = fold_key(words);
    TYPES.iter().find(|t| key.strip_suffix(t.key.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with(' ')))
}

/// The type with the abbreviation that a symbol begins with (`TB-UBND`, `NQ/TW`).
pub(crate) fn of_symbol(symbol: &str) -> Option<&'static DocType> {
    let head = symbol.split(['-', '/']).next()?;
    TYPES.iter().filter(|t| t.abbreviation == head).min_by_key(|t| t.order)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_found_by_its_name_and_by_capitals() {
        for t in TYPES.iter() {
            assert_eq!(title(t.name).map(|f| f.key.as_str()), Some(t.key.as_str()));
            assert_eq!(title(&t.name.to_uppercase()).map(|f| f.key.as_str()), Some(t.key.as_str()));
        }
    }

    #[test]
    fn symbols_name_their_type() {
        for (symbol, name) in
            [("TB-UBND", "Thông báo"), ("QĐ-TTg", "Quyết định"), ("NQ/TW", "Nghị quyết"), ("CTr/TU", "Chương trình")]
        {
            assert_eq!(of_symbol(symbol).map(|t| t.name), Some(name));
        }
        assert!(of_symbol("BNV-VP").is_none());
    }
}
