//! The marks inside a line: emphasis, escapes, entities, links, tags, formulas.

use super::stars::{Action, Block, Run, plan};
use super::tags::{Tag, tag};
use super::{entity, math};
use crate::styled::{Style, Styled};

/// Reads the marks of a block of lines; line feeds stay, `<br>` adds one.
pub(crate) fn parse(block: &Block) -> Styled {
    let mut reader = Reader { text: &block.text, at: 0, out: Styled::default(), state: State::default() };
    let runs = plan(block);
    let mut runs = runs.iter();
    let mut items = block.items.iter().peekable();
    while reader.at < block.text.len() {
        if let Some((_, words)) = items.next_if(|(start, _)| *start <= reader.at) {
            reader.copy(words.saturating_sub(reader.at));
            continue;
        }
        let limit = items.peek().map_or(block.text.len(), |(start, _)| *start);
        reader.plain(limit);
        if reader.at < limit {
            reader.mark(&mut runs);
        }
    }
    reader.out
}

/// [`parse`] of words without list items.
pub(crate) fn parse_words(words: &str) -> Styled {
    parse(&Block { text: words.to_owned(), items: Vec::new() })
}

/// The characters that may be a mark.
static MARKS: [bool; 256] = {
    let mut table = [false; 256];
    let marks = b"*_`\\<&[!$~";
    let mut at = 0;
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
};

#[derive(Debug, Default)]
struct State {
    bold: bool,
    italic: bool,
    /// Open tags, which are counted because they nest.
    tags: [u32; 3],
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    out: Styled,
    state: State,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Copies `len` bytes as they are.
    fn copy(&mut self, len: usize) {
        let end = (self.at + len).min(self.text.len());
        self.out.push_str(self.text.get(self.at..end).unwrap_or_default());
        self.at = end;
    }

    /// Copies up to the next character that may be a mark.
    fn plain(&mut self, limit: usize) {
        let bytes = self.text.as_bytes().get(self.at..limit).unwrap_or_default();
        let len = bytes.iter().position(|byte| MARKS[usize::from(*byte)]).unwrap_or(bytes.len());
        if len > 0 {
            self.copy(len);
        }
    }

    /// Reads the mark that stands here, or copies its character.
    fn mark(&mut self, runs: &mut std::slice::Iter<'_, Run>) {
        let rest = self.rest();
        let taken = match rest.as_bytes().first() {
            Some(b'*' | b'_') => return self.emphasis(runs),
            Some(b'\\') => self.escape(),
            Some(b'<') => self.angle(),
            Some(b'&') => self.entity(),
            Some(b'[') => self.link(),
            Some(b'!') => image(rest),
            Some(b'$') => self.formula(),
            Some(b'~') => rest.starts_with("~~").then_some(2),
            Some(b'`') => self.code(),
            _ => None,
        };
        match taken {
            Some(len) => self.at += len,
            None => self.copy(1),
        }
    }

    fn emphasis(&mut self, runs: &mut std::slice::Iter<'_, Run>) {
        let Some(run) = runs.find(|run| run.at + run.len > self.at) else { return self.copy(1) };
        match run.action {
            Action::Literal => self.copy(run.len),
            Action::Switch { bold, italic } => {
                self.state.bold ^= bold;
                self.state.italic ^= italic;
                self.at = run.at + run.len;
                self.restyle();
            }
        }
    }

    fn restyle(&mut self) {
        let State { bold, italic, tags } = self.state;
        self.out.set(Style { bold: bold || tags[0] > 0, italic: italic || tags[1] > 0, superscript: tags[2] > 0 });
    }

    /// `\*` is a star, `\` at the end of a line a line break.
    fn escape(&mut self) -> Option<usize> {
        if let Some((formula, len)) = math::bracketed(self.rest()) {
            math::write(formula, &mut self.out);
            return Some(len);
        }
        match self.rest().as_bytes().get(1) {
            Some(next) if next.is_ascii_punctuation() => {
                self.out.push(char::from(*next));
                Some(2)
            }
            Some(b'\n') => Some(1),
            _ => None,
        }
    }

    fn angle(&mut self) -> Option<usize> {
        let rest = self.rest();
        let Some((tag, len)) = tag(rest) else {
            // an address in angle brackets loses the brackets
            let end = rest.bytes().take(400).position(|b| matches!(b, b'>' | b' ' | b'\n'))?;
            let address = rest.get(1..end).filter(|a| a.starts_with("http://") || a.starts_with("https://"))?;
            if rest.as_bytes().get(end) != Some(&b'>') {
                return None;
            }
            let address = address.to_owned();
            self.out.push_str(&address);
            return Some(end + 1);
        };
        let count = |open: bool, n: u32| if open { n.saturating_add(1) } else { n.saturating_sub(1) };
        let tags = &mut self.state.tags;
        match tag {
            Tag::Break => self.out.push('\n'),
            Tag::Bold(open) => tags[0] = count(open, tags[0]),
            Tag::Italic(open) => tags[1] = count(open, tags[1]),
            Tag::Superscript(open) => tags[2] = count(open, tags[2]),
            Tag::Nothing => {}
        }
        self.restyle();
        Some(len)
    }

    fn entity(&mut self) -> Option<usize> {
        let (characters, len) = entity::reference(self.rest())?;
        self.out.push_str(&characters);
        Some(len)
    }

    /// `[words](address)` is its words, `[^1]` a raised 1.
    fn link(&mut self) -> Option<usize> {
        let rest = self.rest();
        let close = rest.bytes().skip(1).take(400).position(|b| matches!(b, b']' | b'[' | b'\n'))? + 1;
        if rest.as_bytes().get(close) != Some(&b']') {
            return None;
        }
        let words = rest.get(1..close)?.to_owned();
        if let Some(mark) = words.strip_prefix('^').filter(|mark| !mark.is_empty()) {
            self.state.tags[2] += 1;
            self.restyle();
            self.out.push_str(mark);
            self.state.tags[2] -= 1;
            self.restyle();
            return Some(close + 1);
        }
        let end = address_end(rest, close + 1)?;
        let (words, _) = parse_words(&words).finish();
        self.out.push_str(&words);
        Some(end)
    }

    fn formula(&mut self) -> Option<usize> {
        let (formula, len) = math::dollars(self.rest())?;
        // a converter pads a formula with a space on either side, beside those of the text
        self.out.single_space();
        math::write(formula, &mut self.out);
        let padded = self.rest().get(len..).is_some_and(|after| after.starts_with("  "));
        Some(len + usize::from(padded))
    }

    /// Code on one line keeps its words; a lone grave accent is text.
    fn code(&mut self) -> Option<usize> {
        let rest = self.rest();
        let ticks = rest.bytes().take_while(|b| *b == b'`').count();
        let fence = rest.get(..ticks)?;
        let line = rest.get(ticks..)?.split('\n').next()?;
        let words = line.get(..line.find(fence)?)?.to_owned();
        let len = ticks * 2 + words.len();
        if words.is_empty() || words.starts_with(' ') || words.ends_with(' ') {
            return None;
        }
        self.out.push_str(&words);
        Some(len)
    }
}

/// The length of `![…](…)`, a picture, which is no text.
fn image(rest: &str) -> Option<usize> {
    let label = rest.strip_prefix("![")?;
    let close = label.bytes().take(1000).position(|b| matches!(b, b']' | b'\n'))?;
    if label.as_bytes().get(close) != Some(&b']') {
        return None;
    }
    address_end(rest, close + 3)
}

/// Where the `(address)` that starts at `at` ends; brackets inside it nest once.
fn address_end(rest: &str, at: usize) -> Option<usize> {
    let bytes = rest.as_bytes();
    if bytes.get(at) != Some(&b'(') {
        return None;
    }
    let mut depth = 0;
    for (i, byte) in bytes.iter().enumerate().skip(at).take(2000) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(i + 1),
            b')' => depth -= 1,
            b'\n' => return None,
            _ => {}
        }
    }
    None
}
