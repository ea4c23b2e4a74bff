//! The value of a field or a table cell that lists bodies: every item is one.

use nhiemvu_model::AgencyKind;

use crate::body::Found;
use crate::lexicon as w;
use crate::list::ListRules;
use crate::mention::Mention;
use crate::scan::Finder;
use crate::starts;
use crate::words::{COLON, COMMA, DOT, NEWLINE, OPEN, SEMICOLON};

impl Finder<'_> {
    /// A field's value: every item is a body.
    pub fn field_list(&self) -> Vec<Mention> {
        let rules = ListRules { cue: true, semicolons: true };
        let mut mentions = Vec::new();
        let mut at = 0;
        let mut head = None;
        let mut stem = None;
        while at < self.text.len() {
            let begin = at;
            if self.text.word(at) == OPEN && !mentions.is_empty() {
                // a remark on a line of its own about those named above it
                at = self.past_brackets(at, &mut Vec::new()).max(at + 1);
                continue;
            }
            if !self.text.is_word(at) {
                at += 1;
                continue;
            }
            at = self.past_label(self.past_request(at));
            // `UBND thị xã A, huyện B, C`
            let place = self.place_behind(at, stem);
            let item = place.or_else(|| self.item(at, head, true));
            stem = self.stem_with_level(at).or(stem);
            head = self.head_of(at).or(head);
            let whole = |end: usize| {
                self.joint(end, rules).is_some()
                    || end >= self.text.len()
                    || self.text.word(end) == OPEN
                    || self.is_mark(end)
                    // a line break or a comma lost between two cells
                    || (self.text.is_capital(end) && self.body_at(end).is_some())
            };
            let end = match item {
                Some((found, end)) if whole(end) => {
                    mentions.extend(found);
                    end
                }
                // of several bodies only the last is in doubt
                Some((mut found, _)) if found.len() > 1 => {
                    let last = found.pop();
                    mentions.extend(found);
                    let start = last.map_or(at + 1, |m| self.text.token_at(m.start));
                    let end = self.chunk_end(start.max(at) + 1);
                    let agency = self.unregistered(start, end, None);
                    mentions.push(self.mention(start, Found { end, agency, weak: false }, false));
                    end
                }
                other => {
                    let group = other.as_ref().and_then(|(found, end)| match found.as_slice() {
                        [only] if only.agency.kind == AgencyKind::Group => Some(*end),
                        _ => None,
                    });
                    let mut end = self.chunk_end(other.map_or(at, |(_, end)| end).max(at + 1));
                    if let Some(noun) = group {
                        end = self.description_end(noun, end);
                    }
                    let last = end - usize::from(self.text.word(end - 1) == DOT && end > at + 1);
                    let found = match () {
                        () if self.is_cut_off(at, last) && !mentions.is_empty() => None,
                        () if group.is_some() || self.plural_end(at).is_some() => Some(self.group(at, last, false)),
                        () => Some(Found { end, agency: self.unregistered(at, last, None), weak: false }),
                    };
                    mentions.extend(found.map(|found| self.mention(at, Found { end, ..found }, false)));
                    end
                }
            };
            at = self.past_brackets(end, &mut mentions);
            at =
                self.joint(at, rules).unwrap_or(at + usize::from(self.text.word(at) != OPEN && !self.text.is_word(at)));
            at = at.max(begin + 1);
        }
        mentions
    }

    /// Passes the verb of an order before a body (`Đề nghị Hội Nông dân tỉnh`).
    fn past_request(&self, at: usize) -> usize {
        let end = match (self.text.folded(at), self.text.folded(at + 1)) {
            ("đề", "nghị") | ("yêu", "cầu") | ("phân", "công") => at + 2,
            ("giao" | "mời", _) => at + 1,
            _ => return at,
        };
        if self.item(end, None, true).is_some() { end } else { at }
    }

    /// Passes a role before a colon (`Chủ trì: Sở …`).
    fn past_label(&self, at: usize) -> usize {
        let Some(colon) = (at + 1..at + 6).find(|i| !self.text.is_word(*i)) else { return at };
        let label = self.text.word(colon) == COLON && self.registry.starts(self.text.word(at)) & starts::PLURAL == 0;
        let body = label && self.item(at, None, true).is_none() && self.item(colon + 1, None, true).is_some();
        if body { colon + 1 } else { at }
    }

    /// Whether only the head of a name is left at the end of the value, its rest cut off by a page break (`Sở X, Bộ`).
    fn is_cut_off(&self, at: usize, end: usize) -> bool {
        end == at + 1 && end == self.text.len() && matches!(self.text.word(at), w::SO | w::BO | w::BAN | w::VU)
    }

    /// End of the words that say which bodies a group means, behind its noun: a clause (`các đơn vị là chủ quản kho dữ liệu,
    /// cơ sở dữ liệu`) or the names of places (`các địa phương An Giang, Cà Mau`), over the commas in them.
    fn description_end(&self, noun: usize, chunk: usize) -> usize {
        let clause = matches!(self.text.folded(noun), "là" | "được" | "có" | "đang");
        let mut end = chunk;
        let place_end = |at: usize| self.province_at(at).map(|(end, _)| end);
        if !clause && place_end(noun) != Some(chunk) {
            return end;
        }
        while self.text.word(end) == COMMA {
            let next = end + 1;
            let past = self.chunk_end(next + 1);
            let goes_on = if clause { self.item(next, None, true).is_none() } else { place_end(next) == Some(past) };
            if !goes_on {
                break;
            }
            end = past;
        }
        end
    }

    fn is_mark(&self, at: usize) -> bool {
        !self.text.is_word(at) && self.text.word(at) != COLON
    }

    /// End of an unknown item: where a comma, a semicolon or a line break parts it from the next.
    fn chunk_end(&self, at: usize) -> usize {
        (at..self.text.len())
            .find(|i| matches!(self.text.word(*i), COMMA | SEMICOLON | NEWLINE | OPEN))
            .unwrap_or(self.text.len())
    }
}
