//! Names of bodies and documents, as people write them.

use crate::lang::Lang;
use crate::record::{Agency, Document};
use crate::secrecy::stamped;

/// `words` with every run of white space as one space.
pub(crate) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A body's name, and its place behind it where that is not plain: its commune or district, and its province where the
/// document's issuer belongs to another one.
pub fn body(body: &Agency, issuer: Option<&Agency>) -> String {
    let Some(place) = &body.jurisdiction else { return body.name.clone() };
    let home = issuer.and_then(|issuer| issuer.jurisdiction.as_ref()).and_then(|place| place.province.as_ref());
    let province = place.province.as_ref().filter(|province| Some(*province) != home);
    let parts = [place.commune.as_ref(), place.district.as_ref(), province];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).filter(|p| !body.name.contains(p)).collect();
    if parts.is_empty() { body.name.clone() } else { format!("{} ({})", body.name, parts.join(", ")) }
}

/// What a document is called: its number and symbol, else its type and date, else its file's name.
pub fn document_label(document: &Document) -> String {
    let number = document.number.as_ref().map(|number| match (&number.serial, &number.symbol) {
        (Some(serial), Some(symbol)) => format!("{serial}/{symbol}"),
        _ => one_line(&number.raw),
    });
    if let Some(number) = number.filter(|number| number.chars().any(|c| c.is_ascii_digit())) {
        return number;
    }
    match (&document.type_name, &document.date) {
        (Some(name), Some(date)) => format!("{name} {}", date.split('-').rev().collect::<Vec<_>>().join("/")),
        _ => file_name(document).to_owned(),
    }
}

/// What a document is called, behind its degree of secrecy.
pub(crate) fn stamped_label(document: &Document, lang: Lang) -> String {
    stamped(document, &document_label(document), lang)
}

fn file_name(document: &Document) -> &str {
    let path = document.source.member.as_deref().unwrap_or(&document.source.path);
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Jurisdiction, Number, SourceInfo};

    fn agency(name: &str, province: &str, commune: Option<&str>) -> Agency {
        let place = Jurisdiction {
            province: Some(province.to_owned()),
            commune: commune.map(str::to_owned),
            ..Jurisdiction::default()
        };
        Agency { name: name.to_owned(), jurisdiction: Some(place), ..Agency::default() }
    }

    #[test]
    fn a_place_is_named_where_it_is_not_plain() {
        let issuer = agency("Ủy ban nhân dân tỉnh", "Gia Lai", None);
        assert_eq!(body(&agency("Sở Y tế", "Gia Lai", None), Some(&issuer)), "Sở Y tế");
        assert_eq!(body(&agency("Sở Y tế", "Cà Mau", None), Some(&issuer)), "Sở Y tế (Cà Mau)");
        let ward = agency("Ủy ban nhân dân xã", "Gia Lai", Some("Tuy Phước"));
        assert_eq!(body(&ward, Some(&issuer)), "Ủy ban nhân dân xã (Tuy Phước)");
        assert_eq!(body(&agency("Báo Gia Lai", "Gia Lai", None), None), "Báo Gia Lai");
    }

    #[test]
    fn a_document_is_called_by_its_number_or_what_else_there_is() {
        let mut document = Document {
            source: SourceInfo { path: "in/kh.pdf".to_owned(), ..SourceInfo::default() },
            ..Document::default()
        };
        assert_eq!(document_label(&document), "kh.pdf");
        (document.type_name, document.date) = (Some("Kế hoạch".to_owned()), Some("2026-05".to_owned()));
        assert_eq!(document_label(&document), "Kế hoạch 05/2026");
        let blank = Number { raw: "   /KH-UBND".to_owned(), serial: None, symbol: Some("KH-UBND".to_owned()) };
        document.number = Some(blank);
        assert_eq!(document_label(&document), "Kế hoạch 05/2026");
        document.number = Some(Number { raw: String::new(), serial: Some("7".into()), symbol: Some("KH-UBND".into()) });
        assert_eq!(document_label(&document), "7/KH-UBND");
    }
}
