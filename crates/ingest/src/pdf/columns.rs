//! Reading order: which pieces stand side by side, and which of them make columns that are read one after the other.

use super::lines::Piece;

/// The least width of a gutter, in parts of the font size.
const GUTTER: f32 = 0.5;
/// Space, in parts of the font size, after which a column that goes on alone has ended; a signature leaves room for a
/// hand-written name and a seal.
const COLUMN_BREAK: f32 = 2.3;
const SIGNATURE_BREAK: f32 = 11.0;
/// How far, in points, the middle of a line may lie from that of its column.
const ALIGNED: f32 = 14.0;

/// An interval of x.
type Interval = (f32, f32);

/// A stretch of the page, from top to bottom.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Region {
    /// Lines one below the other.
    Lines(Vec<Piece>),
    /// Columns from left to right, each with its lines from top to bottom.
    Columns(Vec<Vec<Piece>>),
}

/// Pieces that stand beside each other, with nothing above or below among them.
struct Band {
    pieces: Vec<Piece>,
    top: f32,
    bottom: f32,
}

impl Band {
    fn size(&self) -> f32 {
        self.pieces.iter().map(|piece| piece.size).fold(1.0, f32::max)
    }

    /// Where the band is empty between its outermost letters.
    fn gutters(&self) -> Vec<Interval> {
        let mut sorted: Vec<Interval> = self.pieces.iter().map(|piece| (piece.left, piece.right)).collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let least = GUTTER * self.size();
        let mut gutters = Vec::new();
        let mut reach = sorted.first().map_or(0.0, |piece| piece.1);
        for (left, right) in sorted.into_iter().skip(1) {
            if left - reach >= least {
                gutters.push((reach, left));
            }
            reach = reach.max(right);
        }
        gutters
    }

    /// What is left of `gutters` beside this band.
    fn narrow(&self, gutters: &[Interval]) -> Vec<Interval> {
        let least = GUTTER * self.size();
        gutters
            .iter()
            .filter_map(|gutter| {
                // a piece may touch the gutter from either side; a piece that spans it closes it
                let mut open = *gutter;
                for piece in &self.pieces {
                    let middle = f32::midpoint(open.0, open.1);
                    if piece.right <= middle {
                        open.0 = open.0.max(piece.right);
                    } else if piece.left >= middle {
                        open.1 = open.1.min(piece.left);
                    } else if piece.right - open.0 <= open.1 - piece.left {
                        open.0 = open.0.max(piece.right);
                    } else {
                        open.1 = open.1.min(piece.left);
                    }
                }
                (open.1 - open.0 >= least).then_some(open)
            })
            .collect()
    }
}

/// Puts pieces in reading order.
pub(super) fn regions(pieces: Vec<Piece>) -> Vec<Region> {
    let bands = bands(pieces);
    let mut regions = Vec::new();
    let mut at = 0;
    while let Some(band) = bands.get(at) {
        let gutters = band.gutters();
        if gutters.is_empty() {
            push_lines(&mut regions, band.pieces.clone());
            at += 1;
            continue;
        }
        let (end, gutters) = extend(&bands, at, gutters);
        let start = take_back(&mut regions, band, &gutters);
        let parts =
            start.into_iter().chain(bands.get(at..end).unwrap_or(&[]).iter().flat_map(|band| band.pieces.clone()));
        regions.push(columns(parts.collect(), &gutters, end - at));
        at = end;
    }
    regions
}

fn push_lines(regions: &mut Vec<Region>, pieces: Vec<Piece>) {
    match regions.last_mut() {
        Some(Region::Lines(lines)) => lines.extend(pieces),
        _ => regions.push(Region::Lines(pieces)),
    }
}

/// Groups pieces whose letters overlap from top to bottom.
fn bands(mut pieces: Vec<Piece>) -> Vec<Band> {
    pieces.sort_by(|a, b| a.band().0.total_cmp(&b.band().0).then(a.left.total_cmp(&b.left)));
    let mut bands: Vec<Band> = Vec::new();
    for piece in pieces {
        let (top, bottom) = piece.band();
        match bands.last_mut() {
            Some(band) if top < band.bottom => {
                band.bottom = band.bottom.max(bottom);
                band.pieces.push(piece);
            }
            _ => bands.push(Band { pieces: vec![piece], top, bottom }),
        }
    }
    bands
}

/// How far columns that begin in band `start` reach: one past the last band, and the gutters that last.
fn extend(bands: &[Band], start: usize, mut gutters: Vec<Interval>) -> (usize, Vec<Interval>) {
    let mut end = start + 1;
    let mut members: Vec<&Piece> = bands.get(start).map(|band| band.pieces.iter().collect()).unwrap_or_default();
    while let Some(band) = bands.get(end) {
        let open = band.narrow(&gutters);
        let above = bands.get(end - 1).map_or(band.top, |above| above.bottom);
        let gap = band.top - above;
        let parallel = !band.gutters().is_empty();
        let goes_on = !open.is_empty()
            && if parallel { gap <= SIGNATURE_BREAK * band.size() } else { continues(&members, band, &open) };
        if !goes_on {
            break;
        }
        members.extend(&band.pieces);
        gutters = open;
        end += 1;
    }
    (end, gutters)
}

/// Whether a band with one piece goes on one of the columns of `members`: it stands near below it, and in line with it.
fn continues(members: &[&Piece], band: &Band, gutters: &[Interval]) -> bool {
    let (Some(piece), Some(gutter)) = (band.pieces.first(), gutters.last()) else { return false };
    let right = piece.left >= gutter.0;
    let column: Vec<&&Piece> = members.iter().filter(|member| (member.left >= gutter.0) == right).collect();
    let Some(last) = column.iter().map(|member| member.baseline).reduce(f32::max) else { return false };
    let gap = piece.band().0 - last;
    let most = if right { SIGNATURE_BREAK } else { COLUMN_BREAK };
    gap <= most * piece.size && in_line(&column, piece)
}

/// Whether a piece begins, ends or is centred where the pieces of a column do, or stands inside their width.
fn in_line(column: &[&&Piece], piece: &Piece) -> bool {
    column.iter().any(|member| {
        (member.center() - piece.center()).abs() <= ALIGNED || (member.left - piece.left).abs() <= ALIGNED / 2.0
    })
}

/// Takes lines back that stand directly above the columns and belong to the right one: a signature may begin above
/// the list of recipients beside it.
fn take_back(regions: &mut [Region], band: &Band, gutters: &[Interval]) -> Vec<Piece> {
    let (Some(gutter), Some(Region::Lines(lines))) = (gutters.last(), regions.last_mut()) else { return Vec::new() };
    let mut taken: Vec<Piece> = Vec::new();
    let mut top = band.top;
    while let Some(piece) = lines.last() {
        let column: Vec<&Piece> = band.pieces.iter().chain(&taken).filter(|p| p.left >= gutter.0).collect();
        let column: Vec<&&Piece> = column.iter().collect();
        let near = top - piece.baseline <= COLUMN_BREAK * 0.7 * piece.size;
        if piece.left < gutter.0 || !near || !in_line(&column, piece) {
            break;
        }
        top = piece.band().0;
        taken.extend(lines.pop());
    }
    taken.reverse();
    taken
}

/// Deals pieces out to the columns between the gutters.
fn columns(pieces: Vec<Piece>, gutters: &[Interval], bands: usize) -> Region {
    let mut columns: Vec<Vec<Piece>> = vec![Vec::new(); gutters.len() + 1];
    for piece in pieces {
        let at = gutters.iter().filter(|gutter| piece.center() > f32::midpoint(gutter.0, gutter.1)).count();
        if let Some(column) = columns.get_mut(at) {
            column.push(piece);
        }
    }
    for column in &mut columns {
        *column = join_rows(std::mem::take(column));
    }
    if bands == 1
        && let Some(line) = one_line(&columns)
    {
        return Region::Lines(vec![line]);
    }
    Region::Columns(columns)
}

/// The lines of one column from top to bottom; what stands on one base line is one line, as where a blank is left for
/// the number of a document.
fn join_rows(mut column: Vec<Piece>) -> Vec<Piece> {
    column.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.left.total_cmp(&b.left)));
    let mut rows: Vec<Piece> = Vec::new();
    for piece in column {
        match rows.last_mut() {
            Some(row) if piece.baseline - row.baseline < 0.3 * row.size.min(piece.size) => row.join(piece),
            _ => rows.push(piece),
        }
    }
    rows
}

/// A single line with wide blanks in it, which was painted in one go.
fn one_line(columns: &[Vec<Piece>]) -> Option<Piece> {
    let mut pieces = columns.iter().flatten();
    let mut line = pieces.next()?.clone();
    for piece in pieces {
        let next = piece.first_order().wrapping_sub(line.last_order()) <= 4;
        let near = piece.left - line.right <= 4.0 * line.size && (piece.baseline - line.baseline).abs() < 0.5;
        if !next || !near {
            return None;
        }
        line.join(piece.clone());
    }
    Some(line)
}
