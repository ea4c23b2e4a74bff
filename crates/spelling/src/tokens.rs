//! A text as words, with what stands between them.

use nhiemvu_model::Span;
use nhiemvu_text::{fold_key, is_alphanumeric};

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
pub(crate) struct Token {
    /// Its place.
    pub span: Span,
    /// Its letters, folded.
    pub key: String,
    /// What stands before it.
    pub gap: Gap,
    /// Whether it is a part of a word of the text, behind another part: a space was lost.
    pub glued: bool,
}

impl Token {
    /// Whether it is a number.
    pub fn is_number(&self) -> bool {
        self.key.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// The words of `text`, and what stands behind the last.
pub(crate) fn tokens(text: &str) -> (Vec<Token>, Gap) {
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / 6);
    let mut gap = Gap::Far;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !is_letter(c) {
            gap = wider(gap, c, out.last().map_or(0, |token| token.span.end) == start);
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some((at, c)) = chars.next_if(|(_, c)| is_letter(*c)) {
            end = at + c.len_utf8();
        }
        let span = Span::new(start, end);
        out.push(Token { span, key: fold_key(span.slice(text)), gap, glued: false });
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
