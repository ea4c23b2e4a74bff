//! Text under construction together with its bold, italic and raised stretches.

use std::iter::Peekable;
use std::str::CharIndices;

use nhiemvu_model::{Span, StyleRun};
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::is_nfc;

/// How a stretch of text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Style {
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) superscript: bool,
}

impl Style {
    fn is_plain(self) -> bool {
        self == Self::default()
    }
}

/// Text with its style runs, whose spans are of this text; it may hold several lines.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Styled {
    text: String,
    runs: Vec<StyleRun>,
    style: Style,
    since: usize,
}

impl Styled {
    /// From here on the text is set in `style`.
    pub(crate) fn set(&mut self, style: Style) {
        if style != self.style {
            self.close();
            self.style = style;
        }
    }

    /// The style of what is appended now.
    pub(crate) fn style(&self) -> Style {
        self.style
    }

    /// The lines of `text` with its `runs`, each by itself.
    pub(crate) fn split(text: &str, runs: &[StyleRun]) -> Vec<Self> {
        let (mut at, mut first) = (0, 0);
        let lines = text.split('\n').map(|line| {
            let window = Span::new(at, at + line.len());
            at = window.end + 1;
            let rest = runs.get(first..).unwrap_or_default();
            first += rest.iter().take_while(|run| run.span.end <= window.start).count();
            let rest = runs.get(first..).unwrap_or_default();
            let inside = rest.iter().take_while(|run| run.span.start < window.end);
            let runs = inside.filter(|run| run.span.overlaps(window)).map(|run| {
                let (start, end) = (run.span.start.max(window.start), run.span.end.min(window.end));
                StyleRun { span: Span::new(start - window.start, end - window.start), ..*run }
            });
            Self { text: line.to_owned(), runs: runs.collect(), since: line.len(), ..Self::default() }
        });
        lines.collect()
    }

    /// Appends words in the current style.
    pub(crate) fn push_str(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// Appends a character in the current style.
    pub(crate) fn push(&mut self, c: char) {
        self.text.push(c);
    }

    /// Makes the two spaces at the end one.
    pub(crate) fn single_space(&mut self) {
        if self.text.ends_with("  ") && self.text.len() > self.since + 1 {
            self.text.pop();
        }
    }

    /// Whether a space here would stand at the start of the text or of a line, or behind another.
    pub(crate) fn ends_with_space(&self) -> bool {
        self.text.is_empty() || self.text.ends_with([' ', '\n'])
    }

    /// The words so far.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The text behind a `marker` set in `style`, without its own white space at the start.
    pub(crate) fn with_marker(mut self, marker: &str, style: Style) -> Self {
        self.close();
        let skip = self.text.len() - self.text.trim_start().len();
        let mut out = Self::default();
        out.set(style);
        out.push_str(marker);
        out.close();
        out.text.push_str(self.text.get(skip..).unwrap_or_default());
        let moved = |at: usize| (at + marker.len()).saturating_sub(skip).max(marker.len());
        for run in &self.runs {
            let span = Span::new(moved(run.span.start), moved(run.span.end));
            out.join(StyleRun { span, ..*run });
        }
        Self { since: out.text.len(), style: Style::default(), ..out }
    }

    /// The text without its white space at the start.
    pub(crate) fn without_indent(self) -> Self {
        if self.text.starts_with(char::is_whitespace) { self.with_marker("", Style::default()) } else { self }
    }

    /// Its lines, those without words left out.
    pub(crate) fn into_lines(self) -> Vec<Self> {
        if !self.text.contains('\n') {
            return vec![self];
        }
        let (text, runs) = self.finish();
        let mut lines = Self::split(&text, &runs);
        lines.retain(|line| !line.is_blank());
        lines
    }

    /// Whether there is nothing but white space.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The text and its runs: without white space at their ends, in order, neighbours of one style joined.
    ///
    /// The text is NFC: where markup stood between a letter and its tone mark, the two now make one character.
    pub(crate) fn finish(mut self) -> (String, Vec<StyleRun>) {
        self.close();
        if !nhiemvu_text::may_compose(&self.text) || is_nfc(&self.text) {
            return (self.text, self.runs);
        }
        composed(&self.text, &self.runs)
    }

    fn close(&mut self) {
        let (start, end) = (self.since, self.text.len());
        self.since = end;
        if self.style.is_plain() {
            return;
        }
        let Some(span) = trimmed(&self.text, Span::new(start, end)) else { return };
        let Style { bold, italic, superscript } = self.style;
        self.join(StyleRun { span, bold, italic, superscript });
    }

    /// Adds a run, to the last one where only spaces stand between and it is set alike.
    fn join(&mut self, run: StyleRun) {
        if let Some(last) = self.runs.last_mut() {
            let same = (last.bold, last.italic, last.superscript) == (run.bold, run.italic, run.superscript);
            let between = Span::new(last.span.end, run.span.start).slice(&self.text);
            if same && between.chars().all(|c| c == ' ') {
                last.span.end = run.span.end;
                return;
            }
        }
        self.runs.push(run);
    }
}

/// `text` in NFC, and where its runs then stand.
fn composed(text: &str, runs: &[StyleRun]) -> (String, Vec<StyleRun>) {
    let mut out = String::with_capacity(text.len());
    let mut bounds = runs.iter().flat_map(|run| [run.span.start, run.span.end]).peekable();
    let mut moved = Vec::with_capacity(runs.len() * 2);
    let mut clusters = text.char_indices().peekable();
    while let Some((at, first)) = clusters.next() {
        // a bound inside a cluster moves to its start
        let next =
            |clusters: &mut Peekable<CharIndices<'_>>| clusters.next_if(|(_, c)| canonical_combining_class(*c) != 0);
        let mut end = at + first.len_utf8();
        while let Some((mark_at, mark)) = next(&mut clusters) {
            end = mark_at + mark.len_utf8();
        }
        while bounds.next_if(|bound| *bound < end).is_some() {
            moved.push(out.len());
        }
        out.push_str(&nhiemvu_text::clean(text.get(at..end).unwrap_or_default()));
    }
    moved.extend(bounds.map(|_| out.len()));
    if !is_nfc(&out) {
        // scripts that compose across letters (Hangul): not worth keeping styles for
        return (nhiemvu_text::clean(&out).into_owned(), Vec::new());
    }
    let spans = moved.chunks_exact(2).map(|pair| trimmed(&out, Span::new(pair[0], pair[1])));
    let runs = runs.iter().zip(spans).filter_map(|(run, span)| Some(StyleRun { span: span?, ..*run }));
    let runs = runs.collect();
    (out, runs)
}

/// `span` of `text` without the white space at its ends; `None` where nothing remains.
pub(crate) fn trimmed(text: &str, span: Span) -> Option<Span> {
    let words = span.slice(text);
    let start = span.start + (words.len() - words.trim_start().len());
    let end = start + words.trim().len();
    (start < end).then_some(Span { start, end })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOLD: Style = Style { bold: true, italic: false, superscript: false };

    #[test]
    fn runs_lose_their_outer_white_space_and_join_over_spaces() {
        let mut styled = Styled::default();
        styled.set(BOLD);
        styled.push_str("Điều 1. ");
        styled.set(Style::default());
        styled.push(' ');
        styled.set(BOLD);
        styled.push_str(" Phạm vi\n");
        let (text, runs) = styled.finish();
        let words: Vec<_> = runs.iter().map(|run| run.span.slice(&text)).collect();
        assert_eq!(words, ["Điều 1.   Phạm vi"]);
    }

    #[test]
    fn a_tone_mark_behind_markup_joins_its_letter() {
        let mut styled = Styled::default();
        styled.push_str("Sơ");
        styled.set(BOLD);
        styled.push_str("\u{309} Y te\u{302}\u{301}");
        styled.set(Style::default());
        styled.push_str(" xã");
        let (text, runs) = styled.finish();
        assert_eq!(text, "Sở Y tế xã");
        assert_eq!(runs.iter().map(|run| run.span.slice(&text)).collect::<Vec<_>>(), ["ở Y tế"]);
    }

    #[test]
    fn a_run_of_white_space_is_none() {
        let mut styled = Styled::default();
        styled.set(BOLD);
        styled.push_str(" \n ");
        assert!(styled.finish().1.is_empty());
    }
}
