//! A text as words, with what stands between them.

use std::borrow::Cow;

use nhiemvu_model::Span;
use nhiemvu_text::{is_alphanumeric, key_of, word_end};

/// What stands before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Spaces, or marks that join the parts of a name.
    Near,
    /// A line break, where a wording may go on or another begin.
    Line,
    /// A mark behind which another wording begins.
    Far,
    /// A colon.
    Colon,
}

/// A word of a text.
#[derive(Debug, Clone)]
pub(crate) struct Token<'t> {
    /// Its place.
    pub span: Span,
    /// Its letters, folded.
    pub key: Cow<'t, str>,
    /// What stands before it.
    pub gap: Gap,
    /// Whether it is a part of a word of the text, behind another part: a space was lost.
    pub glued: bool,
}

impl Token<'_> {
    /// Whether it is a number.
    pub fn is_number(&self) -> bool {
        self.key.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// The words of `text`, and what stands behind the last.
pub(crate) fn tokens(text: &str) -> (Vec<Token<'_>>, Gap) {
    let mut out: Vec<Token<'_>> = Vec::with_capacity(text.len() / 6);
    let mut gap = Gap::Far;
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let start = at;
        if !is_letter(c) {
            gap = wider(gap, c, out.last().map_or(0, |token| token.span.end) == start);
            at += c.len_utf8();
            continue;
        }
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()).filter(|c| is_letter(*c)) {
            at = word_end(text, at).max(at + c.len_utf8());
        }
        let span = Span::new(start, at);
        out.push(Token { span, key: key_of(span.slice(text)), gap, glued: false });
        gap = Gap::Near;
    }
    (out, gap)
}

/// Letters, figures, and the marks that stand on letters.
fn is_letter(c: char) -> bool {
    is_alphanumeric(c) || matches!(c, '\u{300}'..='\u{36F}')
}

/// What a stretch between two words is, with one more character; `first` of the stretch or not.
fn wider(gap: Gap, c: char, first: bool) -> Gap {
    let own = match c {
        '\n' => Gap::Line,
        ':' => return Gap::Colon,
        // behind a line break a dash begins an item
        ',' | '/' | '&' | '-' | '–' | '—' if gap == Gap::Near => Gap::Near,
        c if c.is_whitespace() && c != '\t' => Gap::Near,
        _ => Gap::Far,
    };
    if gap == Gap::Line && own == Gap::Line && !first { Gap::Far } else { gap.max(own) }
}
