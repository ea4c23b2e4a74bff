//! Offices that stand for their body: `Giám đốc Sở Tài chính`, `lãnh đạo UBND tỉnh`.

use crate::lexicon as w;
use crate::scan::Finder;
use crate::trie::ROOT;
use crate::words::{COMMA, DOT, JOINER};

/// A title found in the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TitleAt {
    /// First token of what is held: the body's name.
    pub body: usize,
    /// One past the last token of the title's own words.
    pub end: usize,
}

impl Finder<'_> {
    /// The title, or the titles joined (`Chủ tịch, các Phó Chủ tịch`), that begin at token `at`.
    pub fn title_at(&self, at: usize) -> Option<TitleAt> {
        let mut title = self.single_title(at)?;
        for _ in 0..4 {
            let mut next = title.end;
            if !matches!(self.text.word(next), COMMA | w::VA) {
                break;
            }
            next += 1;
            if matches!(self.text.word(next), w::CAC | w::NHUNG) {
                next += 1;
            }
            let Some(more) = self.single_title(next) else { break };
            // `Chánh Văn phòng, Giám đốc Sở A`: the first names its own body
            if title.body < title.end && more.body == more.end {
                break;
            }
            title = more;
        }
        Some(title)
    }

    fn single_title(&self, at: usize) -> Option<TitleAt> {
        let titles = &self.registry.lexicon.titles;
        let (mut node, mut end, mut best) = (ROOT, at, None);
        loop {
            let word = self.text.word(end);
            let next = match word {
                COMMA | w::VA => titles.step(node, JOINER),
                // `TT. Tỉnh ủy`, `CT.`
                DOT if end > at && self.text.adjoins(end) => Some(node),
                _ => titles.step(node, word),
            };
            let Some(next) = next.filter(|_| end < at + 8) else { break };
            node = next;
            end += 1;
            if let Some(title) = titles.values(node).first()
                && word != DOT
            {
                best = Some((end, *title));
            }
        }
        let (end, title) = best?;
        let short = self.text.folded(at).len() <= 4 && end == at + 1;
        if short && self.text.case(at) != crate::tokens::Case::Upper && !self.is_long_title(at) {
            return None;
        }
        Some(TitleAt { body: end - usize::from(title.shared), end })
    }

    /// Whether a title of one word is a word and no abbreviation (`phó`).
    fn is_long_title(&self, at: usize) -> bool {
        matches!(self.text.word(at), w::PHO)
    }
}
