//! The blocks of a document as they are to be shown.

use std::collections::BTreeMap;

use nhiemvu_model::{Document, LineIndex, NodeKind, Span};
use serde_json::Value;

use crate::norm;

/// The blocks of a document, in the order of its text, and where its pages begin. Offsets count characters (Unicode
/// scalar values), as spans in the output do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// The blocks; together they hold everything but white space.
    pub blocks: Vec<Block>,
    /// Pages with the offset at which they begin.
    pub pages: Vec<(u32, usize)>,
    /// Stretches of page furniture.
    pub furniture: Vec<(usize, usize)>,
}

/// A block of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Depth, from 1, for indenting.
    pub level: u8,
    /// First character.
    pub start: usize,
    /// End, exclusive.
    pub end: usize,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading.
    Heading,
    /// A numbered item or bullet.
    Item,
    /// A paragraph.
    Paragraph,
    /// A labelled line.
    Field,
    /// A row of a table, its cells parted by tabs.
    Row,
    /// Letterhead and signature.
    Head,
    /// A footnote.
    Note,
    /// Page furniture.
    Furniture,
}

impl BlockKind {
    /// The class that the page shows it under.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Item => "item",
            Self::Paragraph => "paragraph",
            Self::Field => "field",
            Self::Row => "row",
            Self::Head => "head",
            Self::Note => "note",
            Self::Furniture => "furniture",
        }
    }
}

impl Outline {
    /// The blocks of a document's tree; what stands in no block of it is added line by line.
    pub fn of_document(document: &Document) -> Self {
        let text = &document.source.text;
        let mut found: Vec<(Span, BlockKind, u8)> = Vec::new();
        for (number, node) in document.nodes.iter().enumerate().skip(1) {
            let depth = document.ancestors(nhiemvu_model::NodeId(number as u32)).take(4).count() as u8 + 1;
            let kind = match node.kind {
                NodeKind::Root => continue,
                NodeKind::Heading | NodeKind::Article | NodeKind::Appendix => BlockKind::Heading,
                NodeKind::Item => BlockKind::Item,
                NodeKind::Paragraph | NodeKind::Basis => BlockKind::Paragraph,
                NodeKind::Table(table) => {
                    let rows = document.tables.get(table as usize).map_or(&[][..], |t| &t.rows);
                    found.extend(rows.iter().map(|r| (r.span, BlockKind::Row, 1)));
                    continue;
                }
            };
            found.push((node.span, kind, depth));
            found.extend(node.fields.iter().map(|f| (f.span, BlockKind::Field, depth)));
        }
        found.extend(document.footnotes.iter().map(|n| (n.text.whole(), BlockKind::Note, 1)));
        let mut outline = Self::cover(text, found, &document.furniture);
        let index = LineIndex::new(text);
        let mut last = None;
        for line in &document.source.lines {
            if line.page.is_some() && line.page != last {
                last = line.page;
                outline.pages.extend(line.page.map(|page| (page, index.locate(text, line.span).0)));
            }
        }
        outline
    }

    /// Blocks that do not overlap, in order, with the lines between them; offsets in characters.
    fn cover(text: &str, mut found: Vec<(Span, BlockKind, u8)>, furniture: &[Span]) -> Self {
        let index = LineIndex::new(text);
        found.sort_by_key(|(span, _, _)| (span.start, span.end));
        let mut outline = Self::default();
        let mut at = 0;
        let mut push = |kind: BlockKind, level: u8, span: Span| {
            let (start, end, _) = index.locate(text, span);
            outline.blocks.push(Block { kind, level, start, end });
        };
        let first = found.first().map_or(text.len(), |(span, _, _)| span.start);
        let last = found.iter().map(|(span, _, _)| span.end).max().unwrap_or_default();
        let end = (Span::new(text.len(), text.len()), BlockKind::Paragraph, 1);
        for (span, kind, level) in found.into_iter().chain([end]) {
            for line in lines(text, at, span.start) {
                let is_furniture = furniture.iter().any(|f| f.start <= line.start && line.end <= f.end);
                let outside = line.end <= first || line.start >= last;
                let kind = match () {
                    () if is_furniture => BlockKind::Furniture,
                    () if line.slice(text).contains('\t') => BlockKind::Row,
                    () if outside => BlockKind::Head,
                    () => BlockKind::Paragraph,
                };
                push(kind, 1, line);
            }
            let rest = Span::new(span.start.max(at), span.end);
            if !rest.slice(text).trim().is_empty() {
                push(kind, level, rest);
            }
            at = at.max(span.end);
        }
        outline.furniture =
            furniture.iter().map(|f| index.locate(text, *f)).map(|(start, end, _)| (start, end)).collect();
        outline
    }

    /// The blocks as far as the text and the record's headings tell them.
    pub(super) fn of_record(record: &Value, text: &str) -> Self {
        let headings = headings(record);
        let mut outline = Self { pages: pages(record), ..Self::default() };
        let (mut start, mut above) = (0, "");
        for line in text.split('\n') {
            let end = start + line.chars().count();
            let known = headings.get(&norm(line));
            let (kind, level) = known.map_or_else(|| told(line), |level| (BlockKind::Heading, *level));
            match outline.blocks.last_mut() {
                _ if line.trim().is_empty() => {}
                Some(block) if known.is_none() && kind == BlockKind::Paragraph && goes_on(*block, above, line) => {
                    block.end = end;
                }
                _ => outline.blocks.push(Block { kind, level, start, end }),
            }
            (start, above) = (end + 1, line);
        }
        outline
    }
}

/// The lines of `text` from `start` to `end` that hold more than white space.
fn lines(text: &str, start: usize, end: usize) -> Vec<Span> {
    let mut at = start;
    let mut found = Vec::new();
    for line in Span::new(start, end.max(start)).slice(text).split('\n') {
        if !line.trim().is_empty() {
            found.push(Span::new(at, at + line.len()));
        }
        at += line.len() + 1;
    }
    found
}

/// Whether `line` is the rest of the block whose last line is `above`: words do not begin in the middle of a sentence,
/// nor does a sentence end at the right margin without its mark.
fn goes_on(block: Block, above: &str, line: &str) -> bool {
    const MARGIN: usize = 60;
    if !matches!(block.kind, BlockKind::Item | BlockKind::Paragraph) || above.trim().is_empty() {
        return false;
    }
    let first = line.trim_start().chars().next().unwrap_or_default();
    let open = !above.trim_end().ends_with(['.', ';', ':', '!', '?']);
    let shouted = !line.chars().any(char::is_lowercase);
    first.is_lowercase() || (open && !shouted && above.chars().count() >= MARGIN)
}

/// What a line is by its own marker.
fn told(line: &str) -> (BlockKind, u8) {
    let trimmed = line.trim_start();
    let marker = trimmed.split_whitespace().next().unwrap_or_default();
    let bare = marker.trim_end_matches(['.', ')']);
    let roman = !bare.is_empty() && bare.len() < marker.len() && bare.chars().all(|c| "IVXLC".contains(c));
    let number = bare.len() < marker.len() || bare.contains('.');
    match () {
        () if line.contains('\t') => (BlockKind::Row, 1),
        () if roman => (BlockKind::Heading, 1),
        () if number && !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || c == '.') => {
            (BlockKind::Item, 2 + bare.matches('.').count().min(2) as u8)
        }
        () if marker.ends_with(')') && bare.chars().count() <= 2 => (BlockKind::Item, 3),
        () if marker.starts_with('-') => (BlockKind::Item, 4),
        () if marker.starts_with(['+', '•', '*', '·']) => (BlockKind::Item, 5),
        () => (BlockKind::Paragraph, 1),
    }
}

/// The headings that tasks stand under, folded, with their depth.
fn headings(record: &Value) -> BTreeMap<String, u8> {
    let tasks = record.get("tasks").and_then(Value::as_array).into_iter().flatten();
    let mut found = BTreeMap::new();
    for section in tasks.filter_map(|t| t.get("section")?.as_array()) {
        for (depth, heading) in section.iter().enumerate() {
            let own = |key: &str| heading.get(key).and_then(Value::as_str).unwrap_or_default();
            found.insert(norm(&format!("{} {}", own("marker"), own("title"))), depth.min(4) as u8 + 1);
        }
    }
    found
}

/// Where pages begin, as far as the places of the record's values tell.
fn pages(record: &Value) -> Vec<(u32, usize)> {
    let mut first: BTreeMap<u64, u64> = BTreeMap::new();
    let mut values = vec![record];
    while let Some(value) = values.pop() {
        match value {
            Value::Object(keys) => {
                let number = |key: &str| value.get(key).and_then(Value::as_u64);
                if let (Some(page), Some(start)) = (number("page"), number("start")) {
                    first.entry(page).and_modify(|s| *s = start.min(*s)).or_insert(start);
                }
                values.extend(keys.values());
            }
            Value::Array(items) => values.extend(items),
            _ => {}
        }
    }
    let mut pages: Vec<(u32, usize)> = first.into_iter().map(|(page, start)| (page as u32, start as usize)).collect();
    // a page whose first known value stands before the page above it has been seen wrong
    pages.dedup_by(|next, before| next.1 <= before.1);
    pages
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lines_are_told_by_their_markers_and_the_headings_of_tasks() {
        let text = "I. VIỆC\n1. Sở Y tế:\na) khám\n- thuốc\n\nA\tB\nPhân công";
        let record =
            json!({"tasks": [{"section": [{"marker": "", "title": "Phân công"}], "span": {"start": 9, "page": 2}}]});
        let outline = Outline::of_record(&record, text);
        let kinds: Vec<(BlockKind, u8)> = outline.blocks.iter().map(|b| (b.kind, b.level)).collect();
        use BlockKind::{Heading, Item, Row};
        assert_eq!(kinds, [(Heading, 1), (Item, 2), (Item, 3), (Item, 4), (Row, 1), (Heading, 1)]);
        assert_eq!(outline.pages, [(2, 9)]);
        let chars: Vec<char> = text.chars().collect();
        let all: String =
            outline.blocks.iter().flat_map(|b| &chars[b.start..b.end]).filter(|c| !c.is_whitespace()).collect();
        assert_eq!(all, text.chars().filter(|c| !c.is_whitespace()).collect::<String>());
    }

    #[test]
    fn a_wrapped_line_goes_on_with_its_block() {
        let text = "a) Kê lại mọi thuyền neo đậu ở các bến dọc sông Gốc, ghi rõ tên\nchủ thuyền và Sở\nTài chính, năm đóng.\nLập sổ.\nHẾT";
        let outline = Outline::of_record(&json!({}), text);
        let ends: Vec<&str> =
            outline.blocks.iter().map(|b| &text[text.char_indices().nth(b.start).unwrap().0..]).collect();
        assert_eq!(outline.blocks.len(), 4, "{ends:?}");
        assert!(ends[1].starts_with("Tài chính"), "a short line may end a paragraph");
    }

    #[test]
    fn what_is_in_no_block_is_shown_all_the_same() {
        let text = "đầu\nmột\nhai\nba\ncuối";
        let at = |words: &str| Span::new(text.find(words).unwrap(), text.find(words).unwrap() + words.len());
        let found = vec![(at("ba"), BlockKind::Item, 2), (at("một"), BlockKind::Heading, 1)];
        let outline = Outline::cover(text, found, &[at("hai")]);
        let kinds: Vec<BlockKind> = outline.blocks.iter().map(|b| b.kind).collect();
        assert_eq!(
            kinds,
            [BlockKind::Head, BlockKind::Heading, BlockKind::Furniture, BlockKind::Item, BlockKind::Head]
        );
        assert_eq!(outline.blocks[1].start, 4);
    }
}
