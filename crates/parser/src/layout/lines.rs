//! Lines with what can be told of each by itself.

use std::cell::OnceCell;

use nhiemvu_model::{Cell, LineRole, Place, RowMarks, Source, Span};
use nhiemvu_text::fold_key;

/// A line of the source, trimmed, with what can be told of it without its neighbours.
#[derive(Debug, Clone)]
pub(crate) struct LineView {
    /// Number of the line in the source.
    pub index: usize,
    /// Its words without the spaces around them.
    pub span: Span,
    /// Page, where the format has pages.
    pub page: Option<u32>,
    /// Spaces before its first word, of formats that indent by spaces.
    pub indent: usize,
    /// Number of characters.
    pub chars: usize,
    /// Whether its letters are capitals.
    pub caps: bool,
    /// Whether most of it is bold.
    pub bold: bool,
    /// What it is.
    pub kind: LineKind,
    /// Where it stands on the page.
    pub place: Option<Place>,
    /// Where the motto or the Party's name begins in it, once asked for.
    motto: OnceCell<Option<usize>>,
}

/// What a line is before paragraphs are formed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// Nothing but spaces.
    Blank,
    /// Running text.
    Text,
    /// A paragraph of its own by the format's word.
    Paragraph,
    /// A heading by the format's word; level from 1.
    Heading(u8),
    /// A row of the table with this number.
    Row(u32),
    /// The body of a footnote.
    Footnote(String),
    /// A page number, a repeated header, a stamp.
    Furniture,
}

impl LineView {
    /// The line's words.
    pub fn text<'a>(&self, source: &'a Source) -> &'a str {
        self.span.slice(&source.text)
    }

    /// Where the motto or the Party's name begins in the line, if it holds one.
    pub fn motto_at(&self, source: &Source) -> Option<usize> {
        *self.motto.get_or_init(|| crate::block::header::motto_at(self.text(source)))
    }

    /// Whether the line is the motto or the Party's name.
    pub fn is_motto(&self, source: &Source) -> bool {
        self.motto_at(source).is_some()
    }

    /// How far below this line `next` stands, where both stand on one page, in lines of one size.
    pub fn gap_to(&self, next: &Self) -> Option<f32> {
        let (a, b) = (self.place?, next.place?);
        let gap = b.baseline - a.baseline;
        let near =
            self.page == next.page && (a.size - b.size).abs() <= 1.6 && gap > 0.0 && gap <= a.size.max(6.0) * 3.2;
        near.then_some(gap)
    }

    /// Whether the line may be part of a paragraph.
    pub fn is_text(&self) -> bool {
        matches!(self.kind, LineKind::Text | LineKind::Paragraph | LineKind::Heading(_))
    }
}

/// Looks at each line of `source`; tables that only lay out the page (the two-column header, the closing) come as the
/// lines of their cells.
pub(crate) fn view(source: &Source) -> Vec<LineView> {
    let mut views = Vec::with_capacity(source.lines.len());
    let mut layout: Option<(u32, bool)> = None;
    for (index, line) in source.lines.iter().enumerate() {
        if let LineRole::Row(row) = &line.role {
            let lays_out = match layout {
                Some((table, known)) if table == row.table => known,
                _ => lays_out_page(source, index, row.table),
            };
            layout = Some((row.table, lays_out));
            if lays_out {
                views.extend(row.cells.iter().flat_map(|cell| cell_lines(source, index, line, cell)));
                continue;
            }
        }
        views.push(view_line(source, index, line));
    }
    views
}

/// Whether the table that begins at line `first` only sets words side by side: it holds the motto, the recipients, the
/// addressees or, near the top, number or date, and its head names no columns.
fn lays_out_page(source: &Source, first: usize, table: u32) -> bool {
    const MOST_COLUMNS: usize = 4;
    const NEAR_TOP: usize = 30;
    const MOST_STAMPS: usize = 6;
    let rows = source.lines[first..].iter().map_while(|line| match &line.role {
        LineRole::Row(row) if row.table == table => Some(row),
        _ => None,
    });
    first < NEAR_TOP && is_stamp(source, rows.clone().take(MOST_STAMPS))
        || rows.take(12).any(|row| {
            row.cells.len() <= MOST_COLUMNS
                && row.cells.iter().any(|cell| {
                    let text = cell.span.slice(&source.text);
                    let head: String = text.chars().take(60).collect();
                    let key = fold_key(&head);
                    key.starts_with("nơi nhận")
                        || key.starts_with("kính gửi")
                        || crate::block::header::is_motto(&head)
                        || crate::block::closing::is_authority(text.trim_start())
                        || first < NEAR_TOP && crate::block::header::is_number_or_date(text.trim())
                })
        })
}

/// Whether rows hold nothing but stamps, as a frame drawn around one is.
fn is_stamp<'a>(source: &Source, rows: impl Iterator<Item = &'a RowMarks>) -> bool {
    let cells = rows.flat_map(|row| &row.cells).map(|cell| cell.span.slice(&source.text).trim());
    let mut cells = cells.filter(|text| !text.is_empty()).peekable();
    cells.peek().is_some() && cells.all(crate::block::header::is_degree_or_label)
}

/// The paragraphs of a cell as lines, with an empty one behind them.
fn cell_lines(source: &Source, index: usize, line: &nhiemvu_model::Line, cell: &Cell) -> Vec<LineView> {
    let spans: &[Span] = if cell.paragraphs.is_empty() { std::slice::from_ref(&cell.span) } else { &cell.paragraphs };
    let mut out: Vec<LineView> = spans
        .iter()
        .flat_map(|span| super::flattened::parts(&source.text, *span))
        .map(|span| {
            let part = nhiemvu_model::Line { span, role: LineRole::Body, ..line.clone() };
            view_line(source, index, &part)
        })
        .filter(|view| view.kind != LineKind::Blank)
        .collect();
    if !out.is_empty() {
        let end = cell.span.end;
        let gap = nhiemvu_model::Line { span: Span::new(end, end), role: LineRole::Body, ..line.clone() };
        out.push(view_line(source, index, &gap));
    }
    out
}

fn view_line(source: &Source, index: usize, line: &nhiemvu_model::Line) -> LineView {
    let raw = line.span.slice(&source.text);
    let left = raw.len() - raw.trim_start().len();
    let words = raw.trim();
    let start = line.span.start + left;
    let span = Span::new(start, start + words.len());
    let kind = match &line.role {
        _ if words.is_empty() => LineKind::Blank,
        LineRole::Body => LineKind::Text,
        LineRole::Paragraph => LineKind::Paragraph,
        LineRole::Heading(level) => LineKind::Heading(*level),
        LineRole::Row(row) => LineKind::Row(row.table),
        LineRole::Furniture => LineKind::Furniture,
        LineRole::Footnote(mark) => LineKind::Footnote(mark.clone()),
    };
    let styled: usize =
        line.styles.iter().filter(|run| run.bold && run.span.overlaps(span)).map(|run| run.span.len()).sum();
    LineView {
        index,
        span,
        page: line.page,
        indent: raw.get(..left).map_or(0, |spaces| spaces.chars().count()),
        chars: words.chars().count(),
        caps: is_caps(words),
        bold: styled * 2 > words.len(),
        kind,
        place: line.place,
        motto: OnceCell::new(),
    }
}

/// Whether the letters of `words` are capitals: at least two letters, and none or next to none small (a heading in
/// capitals may hold `và` or a symbol such as `QĐ-TTg`).
pub(crate) fn is_caps(words: &str) -> bool {
    let (mut upper, mut lower) = (0_usize, 0_usize);
    // prose shows itself by its small letters of ASCII alone
    let mut small = 0;
    for stretch in words.as_bytes().chunks(64) {
        small += usize::from(stretch.iter().fold(0, |count, byte| count + u8::from(byte.is_ascii_lowercase())));
        if small * 12 > words.len() {
            return false;
        }
    }
    for c in words.chars() {
        if c.is_uppercase() {
            upper += 1;
        } else if c.is_lowercase() {
            lower += 1;
            if lower * 12 > words.len() {
                // more small letters than the rest can outweigh
                return false;
            }
        }
    }
    // a document's symbol (`60/TB-BCA`) is no heading
    let symbol = words.bytes().any(|b| b.is_ascii_digit())
        && words.contains(['/', '-'])
        && words.split_whitespace().filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() >= 2).count() < 2;
    upper >= 2 && lower * 12 <= upper && !symbol
}
