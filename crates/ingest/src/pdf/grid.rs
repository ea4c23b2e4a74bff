//! Tables by their ruled lines: finds the grid that horizontal and vertical rules draw, and which of its cells are
//! merged.

use std::ops::Range;

use super::page::{Area, Glyph, Rule};

/// How far apart, in points, lines may lie that are meant to meet or to be the same.
const NEAR: f32 = 3.0;
/// Rules on a page beyond which it is a drawing; a dense table of a landscape page has some hundred.
const MAX_RULES: usize = 3_000;
/// Rows and columns of one grid.
const MAX_EDGES: usize = 400;
/// The part of a cell's side that a rule must cover to part it from its neighbour.
const COVER: f32 = 0.5;

/// A ruled table on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    /// Where it stands.
    pub area: Area,
    /// x of its column edges.
    pub xs: Vec<f32>,
    /// y of its row edges.
    pub ys: Vec<f32>,
    /// For each grid field, row by row, the merged cell that it belongs to: index into `cells`.
    owner: Vec<usize>,
    /// Merged cells.
    pub cells: Vec<GridCell>,
    /// Room for the words of each column, where no rule says how wide it is.
    rooms: Option<Vec<f32>>,
}

/// A cell: some grid fields that no rule parts.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct GridCell {
    /// First row.
    pub row: usize,
    /// Rows that it spans.
    pub rows: usize,
    /// First column.
    pub column: usize,
    /// Columns that it spans.
    pub columns: usize,
}

impl Grid {
    /// The grid of a table without rules: x and y of its edges, the cells that reach over several columns of a row, and how
    /// wide the words of each column are.
    pub fn of_gaps(xs: Vec<f32>, ys: Vec<f32>, wide: &[(usize, Range<usize>)], rooms: Vec<f32>) -> Self {
        let (columns, rows) = (xs.len().saturating_sub(1), ys.len().saturating_sub(1));
        let mut groups = Groups::new(rows * columns);
        for (row, lanes) in wide {
            for column in lanes.clone().skip(1) {
                groups.join(row * columns + column - 1, row * columns + column);
            }
        }
        let (owner, cells) = merged_cells(&mut groups, rows, columns);
        let edge = |edges: &[f32], last: bool| if last { edges.last() } else { edges.first() }.copied().unwrap_or(0.0);
        let area =
            Area { left: edge(&xs, false), top: edge(&ys, false), right: edge(&xs, true), bottom: edge(&ys, true) };
        Self { area, xs, ys, owner, cells, rooms: Some(rooms) }
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    /// The cell of a grid field.
    pub fn cell_at(&self, row: usize, column: usize) -> Option<usize> {
        self.owner.get(row * self.columns() + column).copied()
    }

    /// The cell that a glyph stands in; `None` where it stands outside the table.
    pub fn cell_of(&self, glyph: &Glyph) -> Option<usize> {
        let (x, y) = (f32::midpoint(glyph.left, glyph.right), glyph.baseline - 0.3 * glyph.size);
        let column = field(&self.xs, x)?;
        let row = field(&self.ys, y)?;
        self.cell_at(row, column)
    }

    /// Where a cell stands.
    pub fn area_of(&self, cell: &GridCell) -> Option<Area> {
        Some(Area {
            left: *self.xs.get(cell.column)?,
            top: *self.ys.get(cell.row)?,
            right: *self.xs.get(cell.column + cell.columns)?,
            bottom: *self.ys.get(cell.row + cell.rows)?,
        })
    }

    /// How wide the words of a cell may be, where no rule says how wide the cell is.
    pub fn room(&self, cell: &GridCell) -> Option<f32> {
        self.rooms.as_ref().filter(|_| cell.columns == 1)?.get(cell.column).copied()
    }

    /// Inner width of a cell.
    pub fn width(&self, cell: &GridCell) -> f32 {
        let edge = |at: usize| self.xs.get(at).copied().unwrap_or(0.0);
        edge(cell.column + cell.columns) - edge(cell.column)
    }

    /// x of the left edge of a cell.
    pub fn left(&self, cell: &GridCell) -> f32 {
        self.xs.get(cell.column).copied().unwrap_or(0.0)
    }
}

fn field(edges: &[f32], at: f32) -> Option<usize> {
    let next = edges.partition_point(|edge| *edge <= at);
    (next > 0 && next < edges.len()).then(|| next - 1)
}

/// The tables that the rules of a page draw, from top to bottom.
pub(super) fn grids(rules: &[Rule]) -> Vec<Grid> {
    let (lying, standing): (Vec<Rule>, Vec<Rule>) = rules.iter().partition(|rule| rule.horizontal);
    let (lying, standing) = (join_collinear(lying), join_collinear(standing));
    if lying.len() > MAX_RULES || standing.len() > MAX_RULES {
        return Vec::new();
    }
    let mut grids: Vec<Grid> =
        networks(&lying, &standing).iter().filter_map(|(lying, standing)| grid(lying, standing)).collect();
    // a table inside a cell of another is read as part of that cell
    grids.sort_by(|a, b| (b.area.width() * b.area.height()).total_cmp(&(a.area.width() * a.area.height())));
    let mut kept: Vec<Grid> = Vec::new();
    for grid in grids {
        if !kept.iter().any(|outer| overlap(outer.area, grid.area)) {
            kept.push(grid);
        }
    }
    kept.sort_by(|a, b| a.area.top.total_cmp(&b.area.top).then(a.area.left.total_cmp(&b.area.left)));
    kept
}

fn overlap(a: Area, b: Area) -> bool {
    let (x, y) = (f32::midpoint(b.left, b.right), f32::midpoint(b.top, b.bottom));
    (a.left..a.right).contains(&x) && (a.top..a.bottom).contains(&y)
}

/// Joins rules that lie on one line and touch or overlap: writers draw a table's line cell by cell.
fn join_collinear(mut rules: Vec<Rule>) -> Vec<Rule> {
    loop {
        let before = rules.len();
        rules = join_once(rules);
        // a rule that has grown may now touch those that lay beside it, as the parts of a thick line of a scan do
        if rules.len() == before {
            return rules;
        }
    }
}

fn join_once(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut joined: Vec<Rule> = Vec::new();
    for rule in rules {
        let near = joined.iter_mut().rev().take_while(|seen| rule.at - seen.at <= 1.2).take(200);
        let host = near.into_iter().find(|seen| rule.from <= seen.to + NEAR && rule.to >= seen.from - NEAR);
        match host {
            Some(host) => {
                host.from = host.from.min(rule.from);
                host.to = host.to.max(rule.to);
            }
            None => joined.push(rule),
        }
    }
    joined
}

/// Groups rules that cross or touch, so that each group is one table.
fn networks(lying: &[Rule], standing: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let mut groups = Groups::new(lying.len() + standing.len());
    for (i, h) in lying.iter().enumerate() {
        for (j, v) in standing.iter().enumerate() {
            let meets = (h.from - NEAR..=h.to + NEAR).contains(&v.at) && (v.from - NEAR..=v.to + NEAR).contains(&h.at);
            if meets {
                groups.join(i, lying.len() + j);
            }
        }
    }
    let mut by_root: std::collections::BTreeMap<usize, (Vec<Rule>, Vec<Rule>)> = std::collections::BTreeMap::new();
    for (i, rule) in lying.iter().enumerate() {
        by_root.entry(groups.root(i)).or_default().0.push(*rule);
    }
    for (j, rule) in standing.iter().enumerate() {
        by_root.entry(groups.root(lying.len() + j)).or_default().1.push(*rule);
    }
    by_root.into_values().filter(|(lying, standing)| !lying.is_empty() && !standing.is_empty()).collect()
}

/// Disjoint sets.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while let Some(parent) = self.0.get(at).copied().filter(|parent| *parent != at) {
            let grand = self.0.get(parent).copied().unwrap_or(parent);
            if let Some(slot) = self.0.get_mut(at) {
                *slot = grand;
            }
            at = grand;
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(slot) = self.0.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }
}

/// The grid that a network of rules draws; `None` where it has fewer than two columns: a box around some text is none.
fn grid(lying: &[Rule], standing: &[Rule]) -> Option<Grid> {
    // the ends of the rules close a table whose outer lines are missing, as at a page break; inside of it they are only where
    // a scanned rule has faded
    let xs = edges(standing.iter().map(|v| v.at).chain(ends(lying)));
    let ys = edges(lying.iter().map(|h| h.at).chain(ends(standing)));
    if xs.len() < 3 || ys.len() < 2 || xs.len() > MAX_EDGES || ys.len() > MAX_EDGES {
        return None;
    }
    let (columns, rows) = (xs.len() - 1, ys.len() - 1);
    let mut groups = Groups::new(rows * columns);
    for row in 0..rows {
        for column in 0..columns {
            let (Some(top), Some(bottom)) = (ys.get(row), ys.get(row + 1)) else { continue };
            let (Some(left), Some(right)) = (xs.get(column), xs.get(column + 1)) else { continue };
            let here = row * columns + column;
            if column + 1 < columns && !covers(standing, *right, *top, *bottom) {
                groups.join(here, here + 1);
            }
            if row + 1 < rows && !covers(lying, *bottom, *left, *right) {
                groups.join(here, here + columns);
            }
        }
    }
    let (owner, cells) = merged_cells(&mut groups, rows, columns);
    let area = Area { left: *xs.first()?, top: *ys.first()?, right: *xs.last()?, bottom: *ys.last()? };
    let several = cells.iter().any(|cell| cell.column > 0);
    several.then_some(Grid { area, xs, ys, owner, cells, rooms: None })
}

/// Where the first of `rules` begins and the last ends.
fn ends(rules: &[Rule]) -> [f32; 2] {
    rules.iter().fold([f32::MAX, f32::MIN], |[from, to], rule| [from.min(rule.from), to.max(rule.to)])
}

/// Positions with near ones made one, in ascending order.
fn edges(positions: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut sorted: Vec<f32> = positions.collect();
    sorted.sort_by(f32::total_cmp);
    let mut edges: Vec<(f32, f32, usize)> = Vec::new();
    for at in sorted {
        match edges.last_mut() {
            Some((first, sum, count)) if at - *first <= NEAR => {
                *sum += at;
                *count += 1;
            }
            _ => edges.push((at, at, 1)),
        }
    }
    edges.into_iter().map(|(_, sum, count)| sum / count as f32).collect()
}

/// Whether rules at `at` cover enough of `from..to`.
fn covers(rules: &[Rule], at: f32, from: f32, to: f32) -> bool {
    let covered: f32 = rules
        .iter()
        .filter(|rule| (rule.at - at).abs() <= NEAR)
        .map(|rule| (rule.to.min(to) - rule.from.max(from)).max(0.0))
        .sum();
    covered >= COVER * (to - from)
}

/// Numbers the merged cells. Fields that join to no rectangle stay apart: their lines are damaged.
fn merged_cells(groups: &mut Groups, rows: usize, columns: usize) -> (Vec<usize>, Vec<GridCell>) {
    let mut extents: std::collections::BTreeMap<usize, (usize, usize, usize, usize, usize)> =
        std::collections::BTreeMap::new();
    for at in 0..rows * columns {
        let (row, column) = (at / columns, at % columns);
        let extent = extents.entry(groups.root(at)).or_insert((row, column, row, column, 0));
        *extent = (extent.0.min(row), extent.1.min(column), extent.2.max(row), extent.3.max(column), extent.4 + 1);
    }
    let mut numbers: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    let (mut owner, mut cells) = (Vec::with_capacity(rows * columns), Vec::new());
    for at in 0..rows * columns {
        let root = groups.root(at);
        let (top, left, bottom, right, count) = extents.get(&root).copied().unwrap_or_default();
        let whole = (bottom - top + 1) * (right - left + 1) == count;
        if let Some(number) = numbers.get(&root).copied().filter(|_| whole) {
            owner.push(number);
            continue;
        }
        numbers.insert(root, cells.len());
        owner.push(cells.len());
        cells.push(if whole {
            GridCell { row: top, rows: bottom - top + 1, column: left, columns: right - left + 1 }
        } else {
            GridCell { row: at / columns, rows: 1, column: at % columns, columns: 1 }
        });
    }
    (owner, cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lies(at: f32, from: f32, to: f32) -> Rule {
        Rule { horizontal: true, at, from, to }
    }

    fn stands(at: f32, from: f32, to: f32) -> Rule {
        Rule { horizontal: false, at, from, to }
    }

    #[test]
    fn a_grid_with_a_merged_head() {
        // two columns; the first row is not parted
        let grids = grids(&[
            lies(10.0, 0.0, 100.0),
            lies(30.0, 0.0, 100.0),
            lies(50.0, 0.0, 100.0),
            stands(0.0, 10.0, 50.0),
            stands(40.0, 30.0, 50.0),
            stands(100.0, 10.0, 50.0),
        ]);
        assert_eq!(grids.len(), 1);
        assert_eq!((grids[0].rows(), grids[0].columns()), (2, 2));
        assert_eq!(grids[0].cells[0], GridCell { row: 0, rows: 1, column: 0, columns: 2 });
        assert_eq!(grids[0].cells.len(), 3);
    }

    #[test]
    fn lines_drawn_cell_by_cell_are_one() {
        let mut rules = Vec::new();
        for row in 0..3 {
            for column in 0..3 {
                let (x, y) = (column as f32 * 50.0, row as f32 * 20.0);
                rules.extend([lies(y, x, x + 50.0), lies(y + 20.0, x, x + 50.0)]);
                rules.extend([stands(x, y, y + 20.0), stands(x + 50.0, y, y + 20.0)]);
            }
        }
        let grids = grids(&rules);
        assert_eq!((grids[0].rows(), grids[0].columns(), grids[0].cells.len()), (3, 3, 9));
    }

    #[test]
    fn parts_of_a_thick_line_are_one() {
        let parts = vec![lies(10.0, 0.0, 20.0), lies(10.0, 30.0, 50.0), lies(10.0, 60.0, 95.0), lies(10.5, 0.0, 100.0)];
        assert_eq!(join_collinear(parts), [lies(10.0, 0.0, 100.0)]);
    }

    #[test]
    fn a_rule_that_has_faded_in_places_makes_no_columns() {
        let mut rules: Vec<Rule> = [0.0, 40.0, 100.0].map(|x| stands(x, 10.0, 50.0)).to_vec();
        rules.extend([lies(10.0, 0.0, 100.0), lies(30.0, 0.0, 28.0), lies(30.0, 36.0, 64.0), lies(30.0, 70.0, 100.0)]);
        rules.push(lies(50.0, 0.0, 100.0));
        assert_eq!((grids(&rules)[0].columns(), grids(&rules)[0].rows()), (2, 2));
    }

    #[test]
    fn a_box_and_an_underline_are_no_tables() {
        assert!(grids(&[lies(10.0, 0.0, 100.0)]).is_empty());
        let frame = [lies(0.0, 0.0, 100.0), lies(50.0, 0.0, 100.0), stands(0.0, 0.0, 50.0), stands(100.0, 0.0, 50.0)];
        assert!(grids(&frame).is_empty());
    }
}
