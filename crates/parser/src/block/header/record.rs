//! A header written as the record that a portal or a register keeps of a document: a label, a colon and a value a line
//! (`Số ký hiệu: 12/KH-UBND`, `Ngày ban hành: 05/6/2026`, `Trích yếu: …`).

use std::sync::LazyLock;

use nhiemvu_text::{FastMap, fold_key};

use super::Walk;
use super::date::parse_date;
use super::number::number_line;
use crate::block::doctype;

/// What a labelled line of a record tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Number,
    Date,
    Subject,
    Issuer,
    Type,
    /// Nothing that the header holds.
    Other,
    /// The document's text, which follows.
    Body,
}

/// The labels (`data/header_labels.tsv`).
static LABELS: LazyLock<FastMap<String, Field>> = LazyLock::new(|| {
    let rows = include_str!("../../../data/header_labels.tsv").lines().skip(1).filter_map(|row| row.split_once('\t'));
    rows.map(|(label, field)| {
        let field = match field {
            "number" => Field::Number,
            "date" => Field::Date,
            "subject" => Field::Subject,
            "issuer" => Field::Issuer,
            "type" => Field::Type,
            "body" => Field::Body,
            _ => Field::Other,
        };
        (fold_key(label), field)
    })
    .collect()
});

/// The field that a line labels, and its value.
fn labelled(text: &str) -> Option<(Field, &str)> {
    const LONGEST: usize = 48;
    let (label, value) = text.split_once(':')?;
    let field = (label.len() <= LONGEST).then(|| LABELS.get(&fold_key(label.trim_matches([' ', '-', '+', '*']))))??;
    Some((*field, value.trim()))
}

impl Walk<'_> {
    /// Whether a record begins or goes on at the current line: at its head two labelled lines, of which the first says what
    /// only a header does.
    pub(super) fn in_record(&self) -> bool {
        const NEAR: usize = 4;
        if self.recorded {
            return labelled(self.text(self.at)).is_some_and(|(field, value)| field != Field::Body || value.is_empty());
        }
        let fields: Vec<Field> =
            (self.at..self.at + NEAR).filter_map(|n| labelled(self.text(n))).map(|(field, _)| field).collect();
        let first = labelled(self.text(self.at)).is_some_and(|(field, _)| !matches!(field, Field::Other | Field::Body));
        first && fields.len() > 1
    }

    /// Reads the record's lines, which may lie around the address (`Kính gửi`).
    pub(super) fn record(&mut self) {
        self.recorded = true;
        while self.in_record()
            && let Some((field, value)) = labelled(self.text(self.at))
        {
            self.note(field, value);
            self.at += 1;
        }
    }

    fn note(&mut self, field: Field, value: &str) {
        let line = self.lines[self.filled[self.at]].span;
        let words = |walk: &Self| {
            let mended = walk.mend(walk.at..walk.at + 1);
            let from = mended.text().len().saturating_sub(value.len());
            mended.slice(from, mended.text().len())
        };
        if value.is_empty() || line.is_empty() {
            return;
        }
        match field {
            Field::Number if self.header.number.is_none() => self.header.number = number_line(&format!("Số: {value}")),
            Field::Date if self.header.date.is_none() => {
                self.header.date = parse_date(&format!("ngày {}", value.trim_start_matches("ngày "))).flatten();
            }
            Field::Subject if self.header.subject.is_none() => self.header.subject = Some(words(self)),
            Field::Issuer if self.header.issuer.is_none() => self.header.issuer = Some(words(self)),
            Field::Type if self.header.type_name.is_none() => {
                if let Some(found) = doctype::title(value) {
                    self.header.type_name = Some(found.name.to_owned());
                    self.header.doc_type = (!found.abbreviation.is_empty()).then(|| found.abbreviation.to_owned());
                }
            }
            _ => {}
        }
        let letter = field == Field::Subject && ["v/v", "về việc"].iter().any(|w| fold_key(value).starts_with(w));
        if letter && self.header.type_name.is_none() {
            self.header.type_name = Some("Công văn".to_owned());
            self.header.doc_type = Some("CV".to_owned());
            self.by_about = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_is_read_whatever_its_case() {
        for row in include_str!("../../../data/header_labels.tsv").lines().skip(1) {
            let label = row.split('\t').next().unwrap();
            assert_eq!(labelled(&format!("{}: x", label.to_uppercase())).map(|(_, value)| value), Some("x"), "{label}");
        }
        assert_eq!(labelled("Thời gian thực hiện: quý I"), None);
    }
}
