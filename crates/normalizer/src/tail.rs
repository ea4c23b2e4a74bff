//! Tails of groups: `liên quan`, `trên địa bàn tỉnh`, `thuộc phạm vi quản lý`, `chủ trì Đề án`.

use crate::group::{LONGEST, longest};
use crate::lexicon::{self as w, GroupClass};
use crate::place::Level;
use crate::scan::Finder;
use crate::tokens::Case;
use crate::words::COMMA;

impl Finder<'_> {
    /// End of the tails behind token `at`.
    pub fn tails_end(&self, at: usize) -> usize {
        let mut end = at;
        for _ in 0..LONGEST {
            let listed = || if end > at && self.text.word(end) == COMMA { self.quality_end(end + 1) } else { None };
            let Some(next) = self.tail_end(end).or_else(listed) else { break };
            end = next;
        }
        end
    }

    /// End of another quality in a list of them: `các xã miền núi, ven sông, trũng thấp`.
    fn quality_end(&self, at: usize) -> Option<usize> {
        const KINDS: [&str; 6] = ["ven", "miền", "vùng", "trũng", "thấp", "biên"];
        let kind = KINDS.contains(&self.text.folded(at)) && self.text.case(at) == Case::Lower;
        longest(&self.registry.lexicon.tails, self, at).filter(|_| kind).map(|(end, ())| end)
    }

    /// End of the field behind `phụ trách`: `cán bộ phụ trách nông nghiệp`, `công chức phụ trách lĩnh vực văn hóa`.
    fn charge_end(&self, at: usize) -> Option<usize> {
        const WORDS: usize = 2;
        let pair = |i: usize| (self.text.folded(i), self.text.folded(i + 1));
        if at < WORDS || pair(at - WORDS) != ("phụ", "trách") {
            return None;
        }
        let lead = matches!(pair(at), ("lĩnh", "vực") | ("công", "tác"));
        self.compound_at(if lead { at + WORDS } else { at })
    }

    fn tail_end(&self, at: usize) -> Option<usize> {
        let word = self.text.word(at);
        if let Some(end) = self.lead_of_plan(at) {
            return Some(end);
        }
        // `các cơ quan, đơn vị, liên quan`: a comma that should not be there
        if word == COMMA && self.text.word(at + 1) == w::LIEN {
            return longest(&self.registry.lexicon.tails, self, at + 1).map(|(end, ())| end);
        }
        if let Some((_, end, level)) = self.level_word(at)
            && level == Level::Province
            && self.body_at(at).is_none()
        {
            let end = self.province_at(end).map_or(end, |(end, _)| end);
            return Some(end);
        }
        if let Some(end) = self.managed_end(at).or_else(|| self.charge_end(at)) {
            return Some(end);
        }
        let tail = longest(&self.registry.lexicon.tails, self, at).map(|(end, ())| self.name_behind(at, end));
        let place = self.tail_place(at);
        tail.max(place)
    }

    /// `cơ quan quản lý trực tiếp cơ sở giáo dục đại học`: whom the bodies have under them.
    fn managed_end(&self, at: usize) -> Option<usize> {
        let manages = at >= 2 && self.text.folded(at - 1) == "lý" && self.text.folded(at - 2) == "quản";
        if !manages || self.text.is_capital(at) {
            return None;
        }
        let direct = self.text.folded(at) == "trực" && self.text.folded(at + 1) == "tiếp";
        let noun = at + if direct { 2 } else { 0 };
        let noun = self.plural_end(noun).unwrap_or(noun);
        self.noun_at(noun).filter(|_| !self.text.is_capital(noun)).map(|(end, _)| end)
    }

    /// `ven sông Lam Trà`: the name of what the places lie along belongs to the tail.
    fn name_behind(&self, at: usize, end: usize) -> usize {
        // `trong ngành Công Thương`
        if self.text.folded(at) == "trong" && self.text.folded(end - 1) == "ngành" && self.text.is_capital(end) {
            let past = (end..end + LONGEST).find(|i| !self.text.is_capital(*i)).unwrap_or(end);
            return self.compound_at(end).unwrap_or(past).max(past);
        }
        // `các lớp 12`, `các khối 6, 7`
        if matches!(self.text.folded(end - 1), "lớp" | "khối") {
            let number = |i: usize| self.text.is_word(i) && self.text.case(i) == Case::Digit;
            let mut past = end + usize::from(number(end));
            while past > end && matches!(self.text.word(past), COMMA | w::VA) && number(past + 1) {
                past += 2;
            }
            return past;
        }
        if !matches!(self.text.folded(at), "ven" | "dọc" | "giáp") {
            return end;
        }
        let past = (end..end + 4).find(|i| !self.text.is_capital(*i)).unwrap_or(end);
        if (end..past).any(|i| self.is_head(i)) { end } else { past }
    }

    /// `trên địa bàn tỉnh Gia Lai`, `của UBND tỉnh`, `thuộc Sở Tài chính`, `tại các xã`.
    fn tail_place(&self, at: usize) -> Option<usize> {
        let next = match self.text.word(at) {
            // `trực thuộc Tỉnh ủy`, `tham mưu, giúp việc Tỉnh ủy`
            _ if self.text.folded(at) == "trực" && self.text.word(at + 1) == w::THUOC => at + 2,
            _ if at > 0 && self.text.folded(at - 1) == "việc" && self.text.is_capital(at) => at,
            w::TREN if self.text.word(at + 1) == w::DIA => at + 3,
            // `thuộc, trực thuộc Sở`
            w::THUOC if self.text.word(at + 1) == COMMA && self.text.word(at + 3) == w::THUOC => at + 4,
            w::TRONG | w::CUA | w::THUOC | w::TAI | w::O => at + 1,
            _ => return None,
        };
        if let Some(place) = self.place_at(next)
            && (place.named || !place.word.is_empty())
        {
            return Some(place.end);
        }
        let owner = self.text.folded(next - 1) == "thuộc" || next == at;
        if owner || matches!(self.text.word(at), w::CUA | w::THUOC | w::TREN | w::TAI) {
            if let Some(body) = self.body_at(next) {
                return Some(body.end);
            }
            if let Some(plural) = self.plural_end(next)
                && let Some((end, _)) = self.noun_at(plural)
            {
                return Some(end);
            }
            if let Some((end, GroupClass::Body)) = self.noun_at(next) {
                return Some(end);
            }
        }
        None
    }

    /// `cơ quan chủ trì Đề án …`, `cơ quan chủ trì quản lý 02 Chương trình MTQG`: the matter that the bodies lead.
    fn lead_of_plan(&self, at: usize) -> Option<usize> {
        let verb = match (self.text.word(at), self.text.word(at + 1)) {
            (w::CHU, w::TRI) => at + 2,
            _ if at >= 2 && self.text.word(at - 1) == w::TRI && self.text.word(at - 2) == w::CHU => at,
            _ => return None,
        };
        let mut end = verb;
        if self.text.folded(end) == "quản" && self.text.folded(end + 1) == "lý" {
            end += 2;
        }
        end = self.plural_end(end).unwrap_or(end);
        end += usize::from(self.text.is_word(end) && self.text.case(end) == Case::Digit);
        end = self.matter_end(end)?;
        for _ in 0..LONGEST {
            let joined = matches!(self.text.word(end), COMMA | w::VA);
            let Some(next) = self.matter_end(end + 1).filter(|_| joined) else { break };
            end = next;
        }
        Some(end)
    }

    /// End of a plan named at token `at` (`Đề án`, `Tiểu dự án 1`, `Chương trình MTQG`).
    fn matter_end(&self, at: usize) -> Option<usize> {
        const MATTERS: [&str; 9] = [
            "đề án",
            "tiểu dự án",
            "dự án",
            "chương trình",
            "nhiệm vụ",
            "nội dung thành phần",
            "nội dung",
            "kế hoạch",
            "công trình",
        ];
        let fits = |words: &str| words.split(' ').zip(at..).all(|(word, i)| self.text.folded(i) == word);
        let matter = MATTERS.iter().find(|words| fits(words))?;
        let mut end = at + matter.split(' ').count();
        while end < at + LONGEST && self.text.is_word(end) && matches!(self.text.case(end), Case::Upper | Case::Digit) {
            end += 1;
        }
        Some(end)
    }
}
