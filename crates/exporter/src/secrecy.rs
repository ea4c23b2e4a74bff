//! Degrees of secrecy (độ mật): whatever is made of a marked document says so before anything else of it.

use crate::lang::{Lang, coded};
use crate::record::Document;
use crate::words;

/// The schema's codes, the lowest degree first.
pub(crate) const SECRECY: [&str; 3] = ["secret", "top_secret", "most_secret"];

/// The degree as it is stamped on paper, `code` being the schema's: `TỐI MẬT`, `TOP SECRET`.
///
/// ```
/// use nhiemvu_exporter::{Lang, secrecy_stamp};
/// assert_eq!(secrecy_stamp("top_secret", Lang::Vi), "TỐI MẬT");
/// assert_eq!(secrecy_stamp("secret", Lang::En), "SECRET");
/// ```
pub fn secrecy_stamp(code: &str, lang: Lang) -> String {
    coded(lang, "secrecy", code).to_uppercase()
}

/// The degree of a document that is not a record yet.
pub fn document_stamp(document: &nhiemvu_model::Document, lang: Lang) -> Option<String> {
    document.header.secrecy.map(|degree| secrecy_stamp(&words::secrecy(degree), lang))
}

/// The highest of several degrees, which is that of a file that holds all of them; none where there is none. One of a later
/// version, not known here, counts as the highest.
///
/// ```
/// assert_eq!(nhiemvu_exporter::highest_secrecy(["secret", "most_secret", "secret"]), Some("most_secret"));
/// assert_eq!(nhiemvu_exporter::highest_secrecy([]), None);
/// ```
pub fn highest_secrecy<'a>(codes: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    codes.into_iter().max_by_key(|code| SECRECY.iter().position(|known| known == code).unwrap_or(SECRECY.len()))
}

/// `words` about a document, behind its degree where it has one: `[TỐI MẬT] 12/KH-UBND`.
pub fn stamped(document: &Document, words: &str, lang: Lang) -> String {
    stamped_by(document.secrecy.as_deref(), words, lang)
}

/// [`stamped`], by the code of the degree.
pub(crate) fn stamped_by(code: Option<&str>, words: &str, lang: Lang) -> String {
    match code {
        Some(code) => format!("[{}] {words}", secrecy_stamp(code, lang)),
        None => words.to_owned(),
    }
}
