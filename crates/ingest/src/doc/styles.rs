//! The style sheet (\[MS-DOC\] 2.9.271), each style with what it is based on.

use super::bytes::{slice, u16_at};
use super::file::{File, Table};
use super::sprm::{Paragraph, Run};

/// Styles may be based on one another this deep.
const LONGEST_CHAIN: usize = 20;

/// What a style says by itself.
#[derive(Debug, Default)]
struct Own<'f> {
    base: Option<u16>,
    /// Heading level from 1.
    heading: Option<u8>,
    paragraph: &'f [u8],
    run: &'f [u8],
}

/// The styles by their numbers.
#[derive(Debug, Default)]
pub(super) struct Styles<'f> {
    own: Vec<Own<'f>>,
    resolved: Vec<(Paragraph, Run)>,
}

impl<'f> Styles<'f> {
    pub(super) fn read(file: &'f File) -> Self {
        let sheet = file.table(Table::Styles);
        let mut styles = Self::default();
        let Some(head) = u16_at(sheet, 0).map(usize::from) else { return styles };
        let fixed = u16_at(sheet, 4).map_or(10, usize::from);
        let font = u16_at(sheet, 2 + 12).unwrap_or(0);
        let mut at = 2 + head;
        while let Some(length) = u16_at(sheet, at) {
            let style = slice(sheet, at + 2, usize::from(length)).unwrap_or_default();
            styles.own.push(own(style, fixed).unwrap_or_default());
            at += 2 + usize::from(length);
        }
        let base = Run { font, ..Run::default() };
        styles.resolved = (0..styles.own.len()).map(|style| styles.resolve(style, base, &file.data)).collect();
        styles
    }

    fn resolve(&self, style: usize, base: Run, data: &[u8]) -> (Paragraph, Run) {
        let mut chain = Vec::new();
        let mut next = self.own.get(style);
        while let (Some(own), true) = (next, chain.len() < LONGEST_CHAIN) {
            chain.push(own);
            next = own.base.and_then(|base| self.own.get(usize::from(base)));
        }
        let (mut paragraph, mut run) = (Paragraph::default(), base);
        for own in chain.iter().rev() {
            paragraph.modify(own.paragraph, data);
            run = run.modified(own.run);
            paragraph.heading = own.heading.or(paragraph.heading);
        }
        paragraph.style = style as u16;
        (paragraph, run)
    }

    /// How a paragraph of the style is set.
    pub(super) fn paragraph(&self, style: u16) -> Paragraph {
        let found = self.resolved.get(usize::from(style));
        found.map_or_else(|| Paragraph { style, ..Paragraph::default() }, |(paragraph, _)| paragraph.clone())
    }

    /// How the words of a paragraph of the style are set.
    pub(super) fn run(&self, style: u16) -> Run {
        self.resolved.get(usize::from(style)).map(|(_, run)| *run).unwrap_or_default()
    }

    /// How words in the character style are set that stand in a paragraph whose words are set as `base`.
    pub(super) fn character(&self, style: u16, base: Run) -> Run {
        self.own.get(usize::from(style)).map_or(base, |own| base.modified(own.run))
    }
}

/// Reads a style; `fixed` is the length of its fixed part.
fn own(style: &[u8], fixed: usize) -> Option<Own<'_>> {
    let builtin = u16_at(style, 0)? & 0xFFF;
    let (kind, base) = (u16_at(style, 2)? & 0xF, u16_at(style, 2)? >> 4);
    let name = usize::from(u16_at(style, fixed)?);
    let mut at = fixed + 2 + (name + 1) * 2;
    let mut next = || {
        let length = usize::from(u16_at(style, at)?);
        let found = slice(style, at + 2, length)?;
        at += 2 + length + length % 2;
        Some(found)
    };
    let heading = (1..=9).contains(&builtin).then_some(builtin as u8);
    let base = (base != 0xFFF).then_some(base);
    Some(match kind {
        1 => {
            let paragraph = next().and_then(|list| list.get(2..)).unwrap_or_default();
            Own { base, heading, paragraph, run: next().unwrap_or_default() }
        }
        2 => Own { base, run: next().unwrap_or_default(), ..Own::default() },
        _ => Own { base, ..Own::default() },
    })
}
