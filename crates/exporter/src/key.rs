//! What a document is known by, whichever file it comes in.

use sha2::{Digest, Sha256};

use crate::record::Document;
use crate::table::one_line;

/// The key of a document: who issued it, its number and symbol, its date; of one without a number, its file's hash.
///
/// The same notice as PDF and as DOCX has one key, and so has a newer version of it.
///
/// ```
/// use nhiemvu_exporter::document_key;
/// use nhiemvu_exporter::record::{Document, Number};
/// let number = Number { raw: "105/KH-UBND".into(), serial: Some("105".into()), symbol: Some("KH-UBND".into()) };
/// let plan = Document { number: Some(number), date: Some("2026-05-15".into()), ..Document::default() };
/// assert_eq!(document_key(&plan), "|105/KH-UBND|2026-05-15");
/// ```
pub fn document_key(document: &Document) -> String {
    let number = document.number.as_ref().and_then(|number| {
        Some(format!("{}/{}", number.serial.as_ref()?, number.symbol.as_deref().unwrap_or_default()))
    });
    let Some(number) = number else { return format!("||{}", document.id) };
    let issuer = document.issuer.as_ref();
    let body = issuer.map(|issuer| issuer.id.clone().unwrap_or_else(|| one_line(&issuer.name).to_lowercase()));
    let place = issuer.and_then(|issuer| issuer.jurisdiction.as_ref()).map(|place| {
        let names = [&place.commune, &place.district, &place.province];
        names.into_iter().flatten().fold(String::new(), |all, name| all + "@" + name)
    });
    let issuer = format!("{}{}", body.unwrap_or_default(), place.unwrap_or_default());
    format!("{issuer}|{number}|{}", document.date.as_deref().unwrap_or_default())
}

/// 16 hexadecimal digits of a hash of `words`.
pub(crate) fn digits(words: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(words.as_bytes()).iter().take(8).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
