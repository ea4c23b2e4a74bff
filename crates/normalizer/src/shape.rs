//! Bodies that the registry does not hold, known by their form: a head noun and a name in capitals.

use nhiemvu_model::{Agency, AgencyKind, Jurisdiction, Via};

use crate::body::Found;
use crate::group::longest;
use crate::lexicon as w;
use crate::scan::Finder;
use crate::tokens::Case;
use crate::words::{AMPERSAND, COMMA, DASH};

/// Longest name, in tokens.
const LONGEST: usize = 24;

impl Finder<'_> {
    /// Whether a head of names (`Sở`, `Trung tâm`), with a capital, stands at token `at`.
    pub fn is_head(&self, at: usize) -> bool {
        self.text.is_capital(at) && longest(&self.registry.lexicon.heads, self, at).is_some()
    }

    /// The body that begins at token `at` with a head noun and goes on with a name.
    pub fn shape_at(&self, at: usize) -> Option<Found> {
        if !self.text.is_capital(at) {
            return None;
        }
        let (head, ()) = longest(&self.registry.lexicon.heads, self, at)?;
        let other = longest(&self.registry.lexicon.others, self, at).is_some_and(|(other, ())| other > at);
        // in a heading set in capitals a short head is more likely another word (`TỔ CHỨC THỰC HIỆN`)
        let capitals = self.text.case(at) == Case::Upper && self.text.case(head) == Case::Upper && head == at + 1;
        if other || capitals {
            return None;
        }
        let named = self.name_end(head)?;
        let place = self.place_at(named).filter(|p| !p.word.is_empty() && p.end > named);
        let (end, name_end, jurisdiction) = match place {
            Some(place) => {
                let level_end = self.level_word(named).map_or(named, |(_, end, _)| end);
                (place.end, level_end, Some(place.jurisdiction))
            }
            None => (named, named, None),
        };
        Some(Found { end, agency: self.unregistered(at, name_end, jurisdiction), weak: false })
    }

    /// End of the name that begins at token `at`: words in capitals, each with the small second syllable of its compound.
    fn name_end(&self, at: usize) -> Option<usize> {
        let mut end = at;
        let mut small = 0;
        let mut best = None;
        while end < at + LONGEST {
            let word = self.text.word(end);
            if self.text.is_word(end) {
                if self.text.is_capital(end) || self.text.case(end) == Case::Digit {
                    if end > at && self.starts_body(end) {
                        break;
                    }
                    small = 0;
                    end += 1;
                    best = Some(end);
                    continue;
                }
                let stop = longest(&self.registry.lexicon.stops, self, end).is_some();
                if stop || self.level_word(end).is_some() || small >= 3 {
                    break;
                }
                small += 1;
                end += 1;
                // the small second syllable of a compound belongs to the name; more only where a capital follows
                if small == 1 && best.is_some() {
                    best = Some(end);
                }
                continue;
            }
            let joins = match word {
                DASH | AMPERSAND => self.text.is_capital(end + 1),
                COMMA => self.text.is_capital(end + 1) && self.closes_with_and(end + 1),
                _ => false,
            };
            if !joins || best.is_none() || self.starts_body(end + 1) {
                break;
            }
            end += 1;
        }
        best.filter(|_| self.text.is_capital(at) || small > 0)
    }

    /// Whether the words from token `at` come to `và` and a capital before they end (`Kinh tế, Hạ tầng và Đô thị`).
    fn closes_with_and(&self, at: usize) -> bool {
        let and = (at..at + 6).take_while(|i| self.text.is_word(*i)).find(|i| self.text.word(*i) == w::VA);
        and.is_some_and(|i| self.text.is_capital(i + 1) && !self.starts_body(i + 1))
    }

    /// Whether another body begins at token `at`.
    pub fn starts_body(&self, at: usize) -> bool {
        self.is_head(at) || self.body_at(at).is_some()
    }

    /// The unregistered body of tokens `at..end`.
    pub fn unregistered(&self, at: usize, end: usize, jurisdiction: Option<Jurisdiction>) -> Agency {
        Agency {
            name: self.text.mended(at, end),
            id: None,
            kind: AgencyKind::Unregistered,
            jurisdiction: jurisdiction.filter(|j| *j != Jurisdiction::default()),
            holder: None,
            successor: None,
            via: Via::Text,
            span: None,
            ambiguous: false,
            repaired: false,
        }
    }
}
