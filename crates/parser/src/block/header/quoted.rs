//! What a press article or a page says of the document that it quotes (`Thủ tướng Chính phủ vừa ký Công điện số 114/CĐ-TTg ngày
//! 19/7/2025 về …`): such copies have no header, and number, date and issuing body stand in their first sentences alone.

use std::sync::LazyLock;

use nhiemvu_model::{Header, Mended, Source};
use nhiemvu_text::{first_chars, fold_key};

use super::date::parse_date;
use super::number::number_line;
use crate::block::doctype::{self, DocType};
use crate::layout::lines::LineView;

/// Lines at which the sentence may begin, and the most that it takes.
const SEARCHED: usize = 5;
const LONGEST: usize = 6;

/// The words of `data/issue_words.tsv`: `verb` stands before the type of a document that is issued, or announces its text; `adverb`
/// before the verb; sentences that begin with a `ground` tell on what a document is based.
static WORDS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    include_str!("../../../data/issue_words.tsv").lines().skip(1).filter_map(|row| row.split_once('\t')).collect()
});

fn words_of(kind: &str) -> impl Iterator<Item = &'static str> + use<'_> {
    WORDS.iter().filter(move |(known, _)| *known == kind).map(|(_, words)| *words)
}

/// Fills number, date, type, issuing body and summary of a document without a header.
pub(super) fn fill(source: &Source, lines: &[LineView], header: &mut Header) {
    let known = header.number.is_some() || header.type_name.is_some() || header.date.is_some();
    if known || header.issuer.is_some() || !header.addressees.is_empty() {
        return;
    }
    let filled: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].is_text()).take(SEARCHED + LONGEST).collect();
    for first in 0..filled.len().min(SEARCHED) {
        let sentence = &filled[first..filled.len().min(first + LONGEST)];
        let mended = crate::layout::reflow::mend(source, lines, sentence, &[]);
        if let Some(issue) = Issue::read(mended.text()) {
            issue.write(&mended, header);
            return;
        }
    }
}

/// A sentence that tells of the issue of a document: where its parts stand.
struct Issue<'t> {
    text: &'t str,
    /// Where the verb begins.
    verb: usize,
    kind: &'static DocType,
    /// Where the number begins, behind `số`.
    number: usize,
}

impl<'t> Issue<'t> {
    fn read(text: &'t str) -> Option<Self> {
        const FAR: usize = 320;
        let near = first_chars(text, FAR);
        let head = fold_key(first_chars(text, 16));
        if words_of("ground").any(|ground| head.starts_with(ground)) {
            return None;
        }
        let lower = near.to_lowercase();
        // lower-casing must not move the bytes
        let lower = if lower.len() == near.len() { lower.as_str() } else { near };
        words_of("verb").find_map(|verb| {
            lower.match_indices(verb).find_map(|(at, _)| {
                let bounded = at == 0 || near[..at].ends_with(' ');
                let rest = near.get(at + verb.len()..)?.strip_prefix(' ').filter(|_| bounded)?;
                let (kind, number) = numbered(rest)?;
                Some(Self { text, verb: at, kind, number: at + verb.len() + 1 + number })
            })
        })
    }

    fn write(&self, mended: &Mended, header: &mut Header) {
        let behind = &self.text[self.number..];
        header.number = number_line(&format!("Số {behind}"));
        header.type_name = Some(self.kind.name.to_owned());
        header.doc_type = (!self.kind.abbreviation.is_empty()).then(|| self.kind.abbreviation.to_owned());
        let stop = behind.find([';', ':', '.']).map_or(self.text.len(), |at| self.number + at);
        let about = self.text[self.number..stop].find(" về ").map_or(stop, |at| self.number + at);
        header.date =
            parse_date(&self.text[self.number..about]).or_else(|| parse_date(&self.text[..self.verb])).flatten();
        let owner = self.text[self.number..about].find(" của ").map(|at| self.number + at + " của ".len());
        let (from, to) = match owner {
            Some(from) => (from, self.text[from..about].find(',').map_or(about, |at| from + at)),
            None => self.subject(),
        };
        if from < to {
            header.issuer = Some(mended.slice(from, to));
        }
        if about < stop {
            header.subject = Some(mended.slice(about + 1, stop));
        }
    }

    /// Whoever issues it: the words before the verb, without adverbs and what stands before a comma.
    fn subject(&self) -> (usize, usize) {
        let mut before = self.text[..self.verb].trim_end();
        while let Some(rest) = words_of("adverb").find_map(|adverb| before.strip_suffix(adverb)?.strip_suffix(' ')) {
            before = rest.trim_end();
        }
        let from = before.rfind([',', '.', ')']).map_or(0, |at| at + 1);
        (from + before[from..].len() - before[from..].trim_start().len(), before.len())
    }
}

/// The type with which the words begin, and where its number stands behind it (`Công điện hỏa tốc số 12/CĐ-TTg`).
fn numbered(words: &str) -> Option<(&'static DocType, usize)> {
    const NEAR: usize = 40;
    let kind = doctype::begins(first_chars(words, NEAR))?;
    let after = first_chars(words, kind.name.chars().count()).len();
    let gap = words.get(after..)?;
    let digit = gap.find(|c: char| c.is_ascii_digit())?;
    let between = fold_key(gap.get(..digit)?.trim());
    let plain = between.is_empty() || between.ends_with("số") || between.ends_with("số:");
    let number = number_line(&format!("Số {}", gap.get(digit..)?)).filter(|n| n.serial.is_some())?;
    let fits =
        number.symbol.as_deref().and_then(doctype::of_symbol).is_none_or(|of| of.abbreviation == kind.abbreviation);
    (plain && fits && gap[..digit].chars().count() < NEAR).then_some((kind, after + digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_table_does_what_its_kind_says() {
        for (kind, words) in WORDS.iter() {
            let told = match *kind {
                "verb" => format!("Sở Y tế {words} Công văn số 12/SYT-VP ngày 3/4/2026 về phao."),
                "adverb" => format!("Sở Y tế {words} ký Công văn số 12/SYT-VP ngày 3/4/2026 về phao."),
                _ => format!("{words} việc mà Sở Y tế đã ký tại Công văn số 12/SYT-VP, các xã mua phao."),
            };
            let issue = Issue::read(&told);
            assert_eq!(issue.is_some(), *kind != "ground", "{words}");
            if let Some(issue) = issue {
                let (from, to) = issue.subject();
                assert!(told[from..to].starts_with("Sở Y tế") && to <= issue.verb, "{words}");
            }
            assert!(
                *kind != "adverb" || Issue::read(&told).is_some_and(|i| i.subject().1 == "Sở Y tế".len()),
                "{words}"
            );
        }
    }
}
