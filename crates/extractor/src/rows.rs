//! Task tables: each row is a task, its columns told by their heads.

use nhiemvu_model::{Agency, FieldRole, Flag, Kind, LabelledValue, Mended, NodeId, Table, TableCell, TableRow, Via};
use nhiemvu_parser::column_role;
use nhiemvu_parser::temporal::Setting;
use nhiemvu_text::fold_key;

use crate::draft::Draft;
use crate::limits::Limits;
use crate::scope::Scope;
use crate::section::Section;
use crate::unit::{FieldBodies, same};
use crate::walk::Walk;

/// A column: where it stands, what it asks for, its head's words.
#[derive(Debug, Clone)]
struct Column {
    at: usize,
    role: FieldRole,
    head: String,
}

/// The values of a row by role; a merged or left-out cell takes that of the row above.
#[derive(Debug, Clone, Default)]
struct Values<'t> {
    cells: Vec<Option<&'t TableCell>>,
}

impl<'a> Walk<'a> {
    /// Emits the rows of a table.
    pub fn rows(&mut self, _id: NodeId, number: u32, scope: &Scope<'a>) {
        let document = self.document;
        let Some(table) = document.tables.get(number as usize) else { return };
        let Some(columns) = columns(table) else { return };
        let has = |role: FieldRole| columns.iter().any(|c| c.role == role);
        let target = scope.section == Section::Target || has(FieldRole::Target) && !has(FieldRole::Content);
        if target || scope.normative || !is_task_table(&columns) {
            return;
        }
        let mut above = Values { cells: vec![None; columns.len()] };
        let mut group = scope.clone();
        let mut number_in_table = 0;
        let rows: Vec<&'a TableRow> = table.rows.iter().skip(table.heads).collect();
        for (n, row) in rows.iter().copied().enumerate() {
            if n > 0 && goes_on(row, &columns) && number_in_table > 0 {
                // the rest of a task that a page break cut off
                continue;
            }
            if is_head_again(row, &columns) || is_column_numbers(row) {
                continue;
            }
            if let Some(title) = group_title(row, &columns, table) {
                group = scope.below(&row_marker(row), &title, scope.ordinal.clone());
                above = Values { cells: vec![None; columns.len()] };
                continue;
            }
            number_in_table += 1;
            let values = values_of(row, &columns, &above);
            let torn: Vec<&'a TableRow> = rows[n + 1..].iter().copied().take_while(|r| goes_on(r, &columns)).collect();
            self.row(table, row, &torn, &columns, &values, &group, number_in_table);
            above = values;
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn row(
        &mut self,
        table: &'a Table,
        row: &'a TableRow,
        torn: &[&'a TableRow],
        columns: &[Column],
        values: &Values<'a>,
        scope: &Scope<'a>,
        number: usize,
    ) {
        let Some(content) = columns.iter().position(|c| c.role == FieldRole::Content) else { return };
        let Some(cell) = values.cells.get(content).copied().flatten() else { return };
        if cell.paragraphs.is_empty() {
            return;
        }
        let marker = row_marker(row);
        let label =
            if marker.is_empty() { number.to_string() } else { marker.trim_matches(['.', ')', ' ']).to_owned() };
        let ordinal = if scope.ordinal.is_empty() { label } else { format!("{}.{label}", scope.ordinal) };
        // two paragraphs with two leaders beside them are two tasks
        let lead_cell = columns
            .iter()
            .position(|c| matches!(c.role, FieldRole::Lead | FieldRole::Executing))
            .and_then(|at| values.cells.get(at).copied().flatten());
        let aligned = lead_cell.is_some_and(|lead| {
            lead.paragraphs.len() == cell.paragraphs.len() && cell.paragraphs.len() > 1 && self.are_tasks(cell)
        });
        if aligned {
            for (n, paragraph) in cell.paragraphs.iter().enumerate() {
                self.row_task(table, paragraph.clone(), columns, values, scope, &ordinal, Some(n));
            }
            return;
        }
        let mut text = joined(cell);
        for rest in torn.iter().flat_map(|r| r.cells.iter().filter(|c| !c.paragraphs.is_empty())) {
            text.push_str(" ");
            text.append(&joined(rest));
        }
        self.row_task(table, text, columns, values, scope, &ordinal, None);
    }

    fn are_tasks(&self, cell: &TableCell) -> bool {
        cell.paragraphs.iter().all(|p| crate::judge::begins_as_order(p.text().trim_start_matches(['-', '+', ' '])))
    }

    #[allow(clippy::too_many_arguments)]
    fn row_task(
        &mut self,
        table: &'a Table,
        text: Mended,
        columns: &[Column],
        values: &Values<'a>,
        scope: &Scope<'a>,
        ordinal: &str,
        part: Option<usize>,
    ) {
        let mut draft = Draft {
            action: 0,
            run_in: 0,
            section: scope.headings.clone(),
            ordinal: ordinal.to_owned(),
            kind: Kind::Assigned,
            lead: Vec::new(),
            coordinating: Vec::new(),
            monitoring: Vec::new(),
            report_to: Vec::new(),
            deadlines: Vec::new(),
            products: Vec::new(),
            fields: Vec::new(),
            status: None,
            flags: Vec::new(),
            text,
        };
        let own = self.row_words(&mut draft);
        let mut limits =
            Limits::read(&self.document.source, &draft.text, Setting::Sentence, Via::Text, &self.reference);
        for (n, column) in columns.iter().enumerate() {
            let Some(cell) = values.cells.get(n).copied().flatten() else { continue };
            let value = match part.and_then(|p| cell.paragraphs.get(p)).filter(|_| cell.paragraphs.len() > 1) {
                Some(paragraph) => paragraph.clone(),
                None => joined(cell),
            };
            self.cell(&mut draft, column, cell, &value, &mut limits);
        }
        if draft.lead.is_empty() {
            draft.lead = if own.is_empty() { scope.lead.clone() } else { own };
        }
        if draft.lead.is_empty() && !columns.iter().any(|c| matches!(c.role, FieldRole::Lead | FieldRole::Executing)) {
            draft.kind = if scope.directive { Kind::Assigned } else { Kind::Planned };
        }
        if !limits.binds() {
            limits.merge(scope.limits.clone());
        }
        limits.tidy();
        draft.deadlines = limits.deadlines;
        draft.flags = limits.flags;
        if table.uncertain {
            draft.flags.push(Flag::TableUncertain);
        }
        let lead = draft.lead.clone();
        // a body that the table names in both columns stands in both
        draft.coordinating.retain(|c| c.via == Via::Field || !lead.iter().any(|l| same(l, c)));
        self.drafts.push(draft);
    }

    /// What the task cell itself says: whom it reports to, who leads where no column does.
    fn row_words(&self, draft: &mut Draft) -> Vec<Agency> {
        let words = draft.text.text().to_owned();
        let analysis = self.analyse(&words);
        draft.report_to = crate::unit::agencies(&analysis.report_to(0..words.len()), &draft.text, Via::Text);
        let subjects = analysis.subjects(0..words.len());
        let bodies: Vec<_> = subjects.iter().filter(|s| !s.helps).flat_map(|s| s.bodies.clone()).collect();
        crate::unit::agencies(&bodies, &draft.text, Via::Text)
    }

    fn cell(&self, draft: &mut Draft, column: &Column, cell: &TableCell, value: &Mended, limits: &mut Limits) {
        if value.text().trim().is_empty() {
            return;
        }
        match column.role {
            FieldRole::Lead | FieldRole::Executing => {
                let bodies = cell_bodies(self, cell, value, column.role);
                draft.lead.extend(bodies.lead);
                draft.coordinating.extend(bodies.coordinating);
            }
            FieldRole::Coordinating => draft.coordinating.extend(cell_list(self, cell, value)),
            FieldRole::Monitoring => draft.monitoring.extend(cell_list(self, cell, value)),
            FieldRole::ReportTo => draft.report_to.extend(cell_list(self, cell, value)),
            FieldRole::Time => {
                let value = with_year(value, &column.head);
                limits.merge(Limits::read(&self.document.source, &value, Setting::Field, Via::Field, &self.reference));
            }
            FieldRole::Product => draft.products.push(value.clone()),
            FieldRole::Content | FieldRole::Number => {}
            FieldRole::Status | FieldRole::Target | FieldRole::Unit | FieldRole::Other => {
                draft.fields.push(LabelledValue {
                    label: column.head.clone(),
                    value: value.text().to_owned(),
                    span: value.whole(),
                });
            }
        }
    }
}

/// A cell with several paragraphs names a body in each.
fn cell_list(walk: &Walk<'_>, cell: &TableCell, value: &Mended) -> Vec<Agency> {
    if cell.paragraphs.len() < 2
        || cell.paragraphs.iter().map(|p| p.text().len()).sum::<usize>() + cell.paragraphs.len() - 1
            != value.text().len()
    {
        return FieldBodies::plain(walk, value);
    }
    crate::unit::dedup(cell.paragraphs.iter().flat_map(|p| FieldBodies::plain(walk, &bare(p))).collect())
}

fn cell_bodies(walk: &Walk<'_>, cell: &TableCell, value: &Mended, role: FieldRole) -> FieldBodies {
    if cell.paragraphs.len() < 2
        || cell.paragraphs.iter().map(|p| p.text().len()).sum::<usize>() + cell.paragraphs.len() - 1
            != value.text().len()
    {
        return FieldBodies::read(walk, &bare(value), role);
    }
    let mut all = FieldBodies { lead: Vec::new(), coordinating: Vec::new() };
    for paragraph in &cell.paragraphs {
        let paragraph = bare(paragraph);
        let key = fold_key(paragraph.text());
        if key.starts_with("phối hợp") || key.starts_with("cơ quan phối hợp") || key.starts_with("đơn vị phối hợp")
        {
            let from = paragraph.text().find(':').map_or_else(
                || paragraph.text().find("với ").map_or("phối hợp".len(), |n| n + "với ".len()),
                |n| n + 1,
            );
            all.coordinating.extend(FieldBodies::plain(walk, &bare(&paragraph.slice(from, paragraph.text().len()))));
            continue;
        }
        let labelled = ["chủ trì:", "cơ quan chủ trì:", "đơn vị chủ trì:"].iter().any(|w| key.starts_with(w));
        let from = if labelled { paragraph.text().find(':').map_or(0, |n| n + 1) } else { 0 };
        let found = FieldBodies::read(walk, &bare(&paragraph.slice(from, paragraph.text().len())), role);
        all.lead.extend(found.lead);
        all.coordinating.extend(found.coordinating);
    }
    all.lead = crate::unit::dedup(all.lead);
    all
}

/// Without the bullet and the spaces before the words.
fn bare(text: &Mended) -> Mended {
    let words = text.text();
    let start = words.len() - words.trim_start_matches(['-', '+', '–', '*', ' ']).len();
    text.slice(start, words.len())
}

fn joined(cell: &TableCell) -> Mended {
    let mut out = Mended::default();
    for (n, paragraph) in cell.paragraphs.iter().enumerate() {
        if n > 0 {
            out.push_str(" ");
        }
        out.append(paragraph);
    }
    out
}

/// `Tháng 6` under a head `Thời gian hoàn thành (năm 2026)`: the head's year counts.
fn with_year(value: &Mended, head: &str) -> Mended {
    let year = head.split(|c: char| !c.is_ascii_digit()).find(|w| w.len() == 4 && w.starts_with("20"));
    let has_year = value.text().split(|c: char| !c.is_ascii_digit()).any(|w| w.len() == 4 && w.starts_with("20"));
    match year {
        Some(year) if !has_year && value.text().chars().any(|c| c.is_ascii_digit() || matches!(c, 'I' | 'V')) => {
            let mut out = value.clone();
            out.push_str("/");
            out.push_str(year);
            out
        }
        _ => value.clone(),
    }
}

/// The columns by the last head row, its gaps filled from the row above it.
fn columns(table: &Table) -> Option<Vec<Column>> {
    let heads = table.rows.get(..table.heads.max(1))?;
    if table.heads == 0 {
        return None;
    }
    let width = table.columns.max(1);
    let mut names = vec![String::new(); width];
    for row in heads {
        for cell in &row.cells {
            let text = cell.text();
            if text.trim().is_empty() || cell.merged_up {
                continue;
            }
            for name in names.iter_mut().skip(cell.column).take(cell.columns.max(1)) {
                if !name.is_empty() {
                    name.push(' ');
                }
                name.push_str(text.trim());
            }
        }
    }
    let last = heads.last()?;
    let columns: Vec<Column> = names
        .into_iter()
        .enumerate()
        .filter(|(_, head)| !head.is_empty())
        .map(|(at, head)| {
            let own = last.cells.iter().find(|c| c.column == at).map(TableCell::text).unwrap_or_default();
            let role = column_role(own.trim()).or_else(|| column_role(&head)).unwrap_or(FieldRole::Other);
            Column { at, role, head }
        })
        .collect();
    Some(columns)
}

/// A table of tasks says what is to be done, and who or by when.
fn is_task_table(columns: &[Column]) -> bool {
    let has = |role: FieldRole| columns.iter().any(|c| c.role == role);
    has(FieldRole::Content)
        && (has(FieldRole::Lead)
            || has(FieldRole::Executing)
            || has(FieldRole::Time)
            || has(FieldRole::Coordinating)
            || has(FieldRole::Monitoring))
}

/// The head set again at the top of a page.
fn is_head_again(row: &TableRow, columns: &[Column]) -> bool {
    let filled: Vec<String> = row.cells.iter().map(|c| fold_key(&c.text())).filter(|t| !t.is_empty()).collect();
    filled.len() >= 2
        && filled
            .iter()
            .all(|t| columns.iter().any(|c| fold_key(&c.head).contains(t.as_str()) && column_role(t).is_some()))
}

/// Whether the row holds only the rest of the task above it: nothing in any column but the task's, not even a number,
/// in a table that numbers its rows.
fn goes_on(row: &TableRow, columns: &[Column]) -> bool {
    let Some(content) = columns.iter().find(|c| c.role == FieldRole::Content) else { return false };
    let numbered = columns.iter().any(|c| c.role == FieldRole::Number);
    let full = row.cells.len() >= columns.len() && columns.len() > 2;
    let mut filled = row.cells.iter().filter(|c| !c.paragraphs.is_empty());
    let only = filled.next().is_some_and(|c| c.column == content.at && !c.merged_up) && filled.next().is_none();
    let text = row.cells.iter().find(|c| c.column == content.at).map(TableCell::text).unwrap_or_default();
    // words that begin in the middle, beside nobody's name
    let inside = text.trim_start().chars().next().is_some_and(|c| c.is_lowercase() || c == '(');
    if numbered && full && inside && names_nobody(row, columns) {
        return true;
    }
    if !(numbered && full && only) {
        return false;
    }
    let heading = nhiemvu_text::fold_key(&text).starts_with("nhóm") || text.chars().all(|c| !c.is_lowercase());
    !heading && text.trim_end().ends_with(|c: char| c == '.' || c.is_lowercase())
}

/// Whether the cells of number, lead and partners are empty.
fn names_nobody(row: &TableRow, columns: &[Column]) -> bool {
    let who = [FieldRole::Number, FieldRole::Lead, FieldRole::Executing, FieldRole::Coordinating];
    columns
        .iter()
        .filter(|col| who.contains(&col.role))
        .all(|col| row.cells.iter().filter(|c| c.column == col.at).all(|c| c.paragraphs.is_empty() && !c.merged_up))
}

/// `(1) (2) (3)` below the head.
fn is_column_numbers(row: &TableRow) -> bool {
    let cells: Vec<String> = row.cells.iter().map(TableCell::text).collect();
    cells.len() >= 3
        && cells.iter().all(|t| {
            let t = t.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | ' '));
            t.len() <= 2 && (t.is_empty() || t.bytes().all(|b| b.is_ascii_digit()))
        })
        && cells.iter().filter(|t| !t.trim().is_empty()).count() >= 3
}

/// A row that names a group of tasks: its words stand alone beside its number.
fn group_title(row: &TableRow, columns: &[Column], table: &Table) -> Option<String> {
    let filled: Vec<&TableCell> = row.cells.iter().filter(|c| !c.paragraphs.is_empty()).collect();
    let words: Vec<&&TableCell> = filled.iter().filter(|c| !is_number_cell(c, columns)).collect();
    let merged = row.cells.iter().any(|c| c.merged_up);
    let spans = filled.iter().any(|c| c.columns * 2 > table.columns && table.columns > 2);
    let mark = filled.iter().find(|c| is_number_cell(c, columns)).map(|c| c.text()).unwrap_or_default();
    let letters = mark.trim_matches(['.', ' ', ')']).chars().all(char::is_alphabetic) && !mark.trim().is_empty();
    let content =
        columns.iter().find(|c| c.role == FieldRole::Content).and_then(|c| filled.iter().find(|f| f.column == c.at));
    let unled = columns
        .iter()
        .filter(|c| matches!(c.role, FieldRole::Lead | FieldRole::Executing | FieldRole::Coordinating))
        .all(|c| row.cells.iter().filter(|f| f.column == c.at).all(|f| f.paragraphs.is_empty() && !f.merged_up));
    if let Some(content) = content.filter(|_| letters && unled && !merged) {
        // `IV` beside words and nobody's name, whatever has slipped into another column
        return Some(content.text());
    }
    let title = match words.as_slice() {
        [only] if !merged => only.text(),
        [] => filled.first()?.text(),
        _ => return None,
    };
    let number = filled.iter().find(|c| is_number_cell(c, columns)).map(|c| c.text()).unwrap_or_default();
    let roman = number.trim_matches(['.', ' ']).chars().next().is_some_and(char::is_alphabetic);
    let alone = filled.len() <= 2 && (spans || roman || number.is_empty() || only_group(row, columns));
    alone.then_some(title)
}

/// Whether every column but those of number and task is empty in the row.
fn only_group(row: &TableRow, columns: &[Column]) -> bool {
    row.cells.iter().filter(|c| !c.paragraphs.is_empty()).all(|c| {
        columns
            .iter()
            .find(|col| col.at == c.column)
            .is_some_and(|col| matches!(col.role, FieldRole::Number | FieldRole::Content))
    })
}

fn is_number_cell(cell: &TableCell, columns: &[Column]) -> bool {
    columns.iter().any(|c| c.at == cell.column && c.role == FieldRole::Number)
}

fn row_marker(row: &TableRow) -> String {
    row.cells
        .first()
        .map(TableCell::text)
        .filter(|t| t.chars().count() <= 8 && !t.contains(' '))
        .unwrap_or_default()
        .trim()
        .to_owned()
}

/// The cells of a row by column; what is merged, and the task of a row that leaves it out, from the row above.
fn values_of<'t>(row: &'t TableRow, columns: &[Column], above: &Values<'t>) -> Values<'t> {
    let mut cells: Vec<Option<&TableCell>> = Vec::with_capacity(columns.len());
    for (n, column) in columns.iter().enumerate() {
        let cell = row.cells.iter().find(|c| c.column <= column.at && column.at < c.column + c.columns.max(1));
        let up = above.cells.get(n).copied().flatten();
        let value = match cell {
            Some(c) if c.merged_up => up,
            Some(c) if c.paragraphs.is_empty() && column.role == FieldRole::Content => up,
            Some(c) if c.paragraphs.is_empty() => None,
            Some(c) => Some(c),
            None => up,
        };
        cells.push(value);
    }
    Values { cells }
}
