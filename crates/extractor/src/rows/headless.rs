//! The columns of a table that has lost its head: those of the table that it goes on with, or told by what their cells hold.

use nhiemvu_model::{FieldRole, NodeId, NodeKind, Table, TableCell, TableRow};
use nhiemvu_parser::temporal::may_tell_when;

use super::columns::{Column, columns};
use crate::judge::begins_as_order;
use crate::scope::Scope;
use crate::section::Section;
use crate::walk::Walk;

/// What most cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// The running numbers of the rows.
    Numbers,
    /// When, and no more.
    Times,
    /// Names of bodies.
    Bodies,
    /// Words that begin as things to do; so many bytes in all.
    Orders(usize),
    /// Sums and counts.
    Figures,
    /// Anything else.
    Words,
}

/// The columns of a table without a head of its own.
pub(super) fn columns_without_head(
    walk: &Walk<'_>,
    id: NodeId,
    table: &Table,
    scope: &Scope<'_>,
) -> Option<Vec<Column>> {
    of_table_before(walk, id, table).or_else(|| by_content(walk, table).filter(|_| may_plan(scope)))
}

/// The columns with one as that of those who do it, where none is and its head says no more than what they are (`Đơn vị`, `Bộ phận`),
/// which may also head what something is counted in: its cells decide.
pub(super) fn with_doers(walk: &Walk<'_>, table: &Table, mut columns: Vec<Column>) -> Vec<Column> {
    const HEADS: [&str; 8] =
        ["đơn vị", "cơ quan", "bộ phận", "phòng, ban", "phòng ban", "địa phương", "tên đơn vị", "cơ quan, đơn vị"];
    let told = columns.iter().any(|c| matches!(c.role, FieldRole::Lead | FieldRole::Executing));
    let asks = columns.iter().any(|c| c.role == FieldRole::Content);
    let body: Vec<&TableRow> = table.rows.iter().skip(table.heads).filter(|row| row.cells.len() > 1).collect();
    let open = |c: &Column| matches!(c.role, FieldRole::Unit | FieldRole::Other) && HEADS.contains(&c.key.as_str());
    let doers = columns.iter().position(|c| open(c) && holds(walk, &body, c.at) == Holds::Bodies);
    if let Some(column) = doers.filter(|_| asks && !told).and_then(|n| columns.get_mut(n)) {
        column.role = FieldRole::Executing;
    }
    columns
}

/// The columns of the table right above, which a page break or a converter has cut in two.
fn of_table_before(walk: &Walk<'_>, id: NodeId, table: &Table) -> Option<Vec<Column>> {
    let document = walk.document;
    let before = |at: &NodeId| walk.places.before(document, *at);
    let above = std::iter::successors(before(&id), before).map_while(|sibling| match document.node(sibling).kind {
        NodeKind::Table(number) => document.tables.get(number as usize),
        _ => None,
    });
    above.take_while(|other| other.columns == table.columns).find_map(columns)
}

/// Whether what stands here may be still to do: a table without a head says nothing of itself.
fn may_plan(scope: &Scope<'_>) -> bool {
    !scope.reports
        && !matches!(
            scope.section,
            Section::Background | Section::Frame | Section::Purpose | Section::Target | Section::Funding
        )
}

/// The columns by what their cells hold: things to do in one, and bodies or times in others.
fn by_content(walk: &Walk<'_>, table: &Table) -> Option<Vec<Column>> {
    const FEWEST: usize = 2;
    let filled = |row: &TableRow| row.cells.iter().filter(|c| !c.paragraphs.is_empty()).count();
    // rows that name a group fill fewer cells
    let body: Vec<&TableRow> = table.rows.iter().filter(|row| filled(row) >= table.columns.clamp(2, 3)).collect();
    if body.len() < FEWEST {
        return None;
    }
    let holds: Vec<Holds> = (0..table.columns).map(|at| holds(walk, &body, at)).collect();
    if holds.contains(&Holds::Figures) {
        return None;
    }
    let longest =
        holds.iter().filter_map(|holds| if let Holds::Orders(size) = holds { Some(*size) } else { None }).max();
    let content = holds.iter().position(|holds| longest.is_some_and(|size| *holds == Holds::Orders(size)))?;
    let lead = holds.iter().position(|holds| *holds == Holds::Bodies);
    let number = holds.first().is_some_and(|holds| *holds == Holds::Numbers);
    let role = |(at, holds): (usize, &Holds)| match holds {
        Holds::Numbers if at == 0 => FieldRole::Number,
        Holds::Times => FieldRole::Time,
        Holds::Bodies if Some(at) == lead => FieldRole::Executing,
        Holds::Bodies => FieldRole::Coordinating,
        Holds::Orders(_) if at == content => FieldRole::Content,
        _ => FieldRole::Other,
    };
    let roles: Vec<FieldRole> = holds.iter().enumerate().map(role).collect();
    // words beside a body alone are as often a list of offices and what they are for
    let told = roles.contains(&FieldRole::Time) || lead.is_some() && number;
    told.then(|| roles.into_iter().enumerate().map(|(at, role)| Column::unnamed(at, role)).collect())
}

/// What the cells of column `at` hold.
fn holds(walk: &Walk<'_>, body: &[&TableRow], at: usize) -> Holds {
    let cells = body.iter().filter_map(|row| row.cells.iter().find(|c| c.column == at));
    let words: Vec<String> = cells.map(TableCell::text).filter(|words| !words.trim().is_empty()).collect();
    let most = |is: &dyn Fn(&str) -> bool| {
        let count = words.iter().filter(|words| is(words.trim())).count();
        count * 2 >= body.len() && count * 3 >= words.len() * 2
    };
    let half = |is: &dyn Fn(&str) -> bool| words.iter().filter(|words| is(words.trim())).count() * 2 >= body.len();
    if is_count(&words) {
        Holds::Numbers
    } else if most(&|words| may_tell_when(words)) {
        Holds::Times
    } else if most(&|words| !words.contains(char::is_alphabetic) || is_sum(words)) {
        Holds::Figures
    } else if most(&|words| names_body(walk, words)) {
        Holds::Bodies
    } else if half(&|words| begins_as_order(words.trim_start_matches(['-', '+', ' ']))) {
        Holds::Orders(words.iter().map(String::len).sum())
    } else {
        Holds::Words
    }
}

/// Whether most of the cells count rows.
fn is_count(words: &[String]) -> bool {
    let count: Vec<u16> =
        words.iter().filter_map(|words| words.trim_matches(['.', ')', '(', ' ']).parse().ok()).collect();
    let ascends = count.windows(2).filter(|pair| pair.first().map(|n| n + 1) == pair.last().copied()).count();
    count.len() > 1 && count.len() * 2 >= words.len() && (ascends + 1) * 2 > count.len() && count.first() < Some(&10)
}

/// `1.500 triệu`, `12 ha`: a figure and its unit.
fn is_sum(words: &str) -> bool {
    const LONGEST: usize = 20;
    words.starts_with(|c: char| c.is_ascii_digit()) && words.chars().count() <= LONGEST
}

/// Whether the words begin with a body, or with one whose office they name.
fn names_body(walk: &Walk<'_>, words: &str) -> bool {
    const LONGEST: usize = 400;
    const BEFORE: usize = 4;
    words.len() <= LONGEST
        && !begins_as_order(words)
        && walk.analyse(words).mentions().first().is_some_and(|mention| mention.start < BEFORE)
}
