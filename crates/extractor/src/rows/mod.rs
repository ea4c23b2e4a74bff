//! Task tables: each row is a task, its columns told by their heads.

mod cells;
mod columns;
mod group;
mod headless;
mod marks;
mod torn;

use nhiemvu_model::{
    Agency, ClockTime, FieldRole, Flag, Kind, LabelledValue, Mended, NodeId, Rule, Table, TableCell, TableRow, Via,
};
use nhiemvu_parser::temporal::{self, Setting};

use crate::bodies::{agencies, dedup, same};
use crate::draft::Draft;
use crate::limits::Limits;
use crate::scope::Scope;
use crate::section::Section;
use crate::walk::Walk;
use cells::{Values, cell_bodies, cell_list, joined, values_of, with_year};
use columns::{Column, columns, is_column_numbers, is_head_again, is_task_table};
use group::{Groups, group_title, row_marker};
use headless::{columns_without_head, with_doers};
use torn::goes_on;

impl<'a> Walk<'a> {
    /// Emits the rows of a table.
    pub fn rows(&mut self, id: NodeId, number: u32, scope: &Scope<'a>) {
        let document = self.document;
        let Some(table) = document.tables.get(number as usize) else { return };
        let columns = columns(table).or_else(|| columns_without_head(self, id, table, scope));
        let Some(columns) = columns else { return self.decide(id, Rule::NoColumnHeads) };
        let columns = with_doers(self, table, columns);
        let has = |role: FieldRole| columns.iter().any(|c| c.role == role);
        let target = scope.section == Section::Target || has(FieldRole::Target) && !has(FieldRole::Content);
        if target {
            return self.decide(id, Rule::TargetTable);
        }
        if scope.normative {
            return self.decide(id, Rule::StandingRule);
        }
        if !is_task_table(&columns) {
            return self.decide(id, Rule::NoTaskColumns);
        }
        self.decide(id, Rule::TaskTable);
        self.task_rows(id, table, &columns, scope);
    }

    fn task_rows(&mut self, id: NodeId, table: &'a Table, columns: &[Column], scope: &Scope<'a>) {
        let mut above = Values { cells: vec![None; columns.len()] };
        let mut groups = Groups::below(scope.clone());
        let mut number_in_table = 0;
        let rows: Vec<&'a TableRow> = table.rows.iter().skip(table.heads).collect();
        for (n, row) in rows.iter().copied().enumerate() {
            let at = Some(table.heads + n);
            // the rest of a task that a page break cut off; heads and column numbers, set again
            let passed = if number_in_table > 0 && goes_on(row, columns) {
                Some(Rule::ContinuedRow)
            } else if is_head_again(row, columns) {
                Some(Rule::ColumnHeadsAgain)
            } else if is_column_numbers(row) {
                Some(Rule::ColumnNumbers)
            } else {
                None
            };
            if let Some(rule) = passed {
                self.decide_on(id, at, row.span, rule);
                continue;
            }
            if let Some(title) = group_title(row, columns, table) {
                self.decide_on(id, at, row.span, Rule::GroupRow);
                groups.open(&row_marker(row), &title);
                above = Values { cells: vec![None; columns.len()] };
                continue;
            }
            number_in_table += 1;
            let values = values_of(row, columns, &above);
            let torn: Vec<&'a TableRow> = rows[n + 1..].iter().copied().take_while(|r| goes_on(r, columns)).collect();
            let drafts = self.row(table, row, &torn, columns, &values, groups.scope(), number_in_table);
            if drafts.is_empty() {
                self.decide_on(id, at, row.span, Rule::EmptyRow);
            }
            for draft in drafts {
                self.take(id, at, Rule::TableRow, draft);
            }
            above = values;
        }
    }

    /// The tasks of a row: one, or one for each paragraph that has a leader beside it.
    #[allow(clippy::too_many_arguments)]
    fn row(
        &self,
        table: &'a Table,
        row: &'a TableRow,
        torn: &[&'a TableRow],
        columns: &[Column],
        values: &Values<'a>,
        scope: &Scope<'a>,
        number: usize,
    ) -> Vec<Draft> {
        let content = columns.iter().rposition(|c| c.role == FieldRole::Content);
        let cell = content.and_then(|at| values.cells.get(at).copied().flatten());
        let Some(cell) = cell.filter(|cell| !cell.paragraphs.is_empty()) else { return Vec::new() };
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
            let paragraphs = cell.paragraphs.iter().enumerate();
            let each = |(n, text): (usize, &Mended)| {
                self.row_task(table, text.clone(), columns, values, scope, &ordinal, Some(n))
            };
            return paragraphs.map(each).collect();
        }
        let mut text = joined(cell);
        let own = content.and_then(|at| columns.get(at)).map(|column| column.at);
        for rest in torn.iter().flat_map(|r| &r.cells).filter(|c| Some(c.column) == own && !c.paragraphs.is_empty()) {
            text.push_str(" ");
            text.append(&joined(rest));
        }
        let head = columns.iter().position(|c| c.role == FieldRole::Content).filter(|at| Some(*at) != content);
        let head = head.and_then(|at| values.cells.get(at).copied().flatten()).map(joined);
        let Some(mut headed) = head.filter(|head| !head.text().trim().is_empty()) else {
            let draft = self.row_task(table, text, columns, values, scope, &ordinal, None);
            return vec![self.led_by_paragraph(draft, cell)];
        };
        let run_in = headed.text().len();
        headed.push_str(": ");
        headed.append(&text);
        let draft = self.row_task(table, headed, columns, values, scope, &ordinal, None);
        vec![Draft { run_in, ..draft }]
    }

    /// A title over `Sở A quyết định …` in one cell: who the paragraphs below the first name leads, where nobody else does.
    fn led_by_paragraph(&self, mut draft: Draft, cell: &TableCell) -> Draft {
        for paragraph in cell.paragraphs.iter().skip(1) {
            if !draft.lead.is_empty() {
                break;
            }
            let analysis = self.analyse(paragraph.text());
            let subjects = analysis.subjects(0..paragraph.text().len());
            let bodies: Vec<_> = subjects.iter().filter(|s| !s.helps).flat_map(|s| s.bodies.iter().cloned()).collect();
            draft.lead = agencies(&bodies, paragraph, Via::Text);
        }
        if !draft.lead.is_empty() {
            draft.kind = Kind::Assigned;
        }
        draft
    }

    fn are_tasks(&self, cell: &TableCell) -> bool {
        cell.paragraphs.iter().all(|p| crate::judge::begins_as_order(p.text().trim_start_matches(['-', '+', ' '])))
    }

    #[allow(clippy::too_many_arguments)]
    fn row_task(
        &self,
        table: &'a Table,
        text: Mended,
        columns: &[Column],
        values: &Values<'a>,
        scope: &Scope<'a>,
        ordinal: &str,
        part: Option<usize>,
    ) -> Draft {
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
        let mut begins = Limits::default();
        for (n, column) in columns.iter().enumerate() {
            let Some(cell) = values.cells.get(n).copied().flatten() else { continue };
            let value = match part.and_then(|p| cell.paragraphs.get(p)).filter(|_| cell.paragraphs.len() > 1) {
                Some(paragraph) => paragraph.clone(),
                None => joined(cell),
            };
            self.cell(&mut draft, column, cell, &value, if column.begins() { &mut begins } else { &mut limits });
        }
        limits.begin_with(&begins);
        limits.merge(self.marked(table, columns, values));
        // where no column names the partners the words do
        let told = columns.iter().any(|c| c.role == FieldRole::Coordinating);
        let beside = ["hối hợp", "ùng "].iter().any(|word| draft.text.text().contains(word));
        if draft.coordinating.is_empty() && !told && beside {
            let words = draft.text.text().to_owned();
            let partners = self.analyse(&words).coordinating(0..words.len());
            draft.coordinating = agencies(&partners, &draft.text, Via::Text);
        }
        if draft.lead.is_empty() {
            draft.lead = if own.is_empty() { scope.lead.clone() } else { own };
        }
        if draft.lead.is_empty() && !columns.iter().any(|c| matches!(c.role, FieldRole::Lead | FieldRole::Executing)) {
            // a copy that does not even say what it is of: its schedule lays nothing on anybody
            let orders = scope.directive && self.document.header.doc_type.is_some();
            draft.kind = if orders { Kind::Assigned } else { Kind::Planned };
        }
        if !limits.binds() {
            limits.merge(scope.limits.clone());
        }
        // `7h15 - 7h45` beside the day in the heading
        if let Some(time) = hours_of(columns, values) {
            limits.at_hour(time);
        }
        limits.tidy();
        draft.deadlines = limits.deadlines;
        draft.flags = limits.flags;
        if table.uncertain {
            draft.flags.push(Flag::TableUncertain);
        }
        // `Cơ quan trình`, `Cơ quan soạn thảo`: one body may stand in both
        draft.lead = dedup(std::mem::take(&mut draft.lead));
        let lead = draft.lead.clone();
        // a body that the table names in both columns stands in both
        draft.coordinating.retain(|c| c.via == Via::Field || !lead.iter().any(|l| same(l, c)));
        draft
    }

    /// What the task cell itself says: whom it reports to, who leads where no column does.
    fn row_words(&self, draft: &mut Draft) -> Vec<Agency> {
        let words = draft.text.text().to_owned();
        let analysis = self.analyse(&words);
        draft.report_to = agencies(&analysis.report_to(0..words.len()), &draft.text, Via::Text);
        let subjects = analysis.subjects(0..words.len());
        let bodies: Vec<_> = subjects.iter().filter(|s| !s.helps).flat_map(|s| s.bodies.iter().cloned()).collect();
        agencies(&bodies, &draft.text, Via::Text)
    }

    fn cell(&self, draft: &mut Draft, column: &Column, cell: &TableCell, value: &Mended, limits: &mut Limits) {
        if value.text().trim().is_empty() {
            return;
        }
        if draft.status.is_none()
            && let Some(status) = column.status(value.text())
        {
            draft.status = Some(status);
            draft.fields.push(labelled(column, value));
            return;
        }
        match column.role {
            FieldRole::Lead | FieldRole::Executing => {
                let bodies = cell_bodies(self, cell, value);
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
                draft.fields.push(labelled(column, value));
            }
        }
    }
}

/// The hour that a column of time tells without a day.
fn hours_of(columns: &[Column], values: &Values<'_>) -> Option<ClockTime> {
    let cells = columns.iter().enumerate().filter(|(_, column)| column.role == FieldRole::Time);
    let mut told = cells.filter_map(|(n, _)| values.cells.get(n).copied().flatten());
    told.find_map(|cell| temporal::hours(joined(cell).text()))
}

/// What a column of no role of its own says.
fn labelled(column: &Column, value: &Mended) -> LabelledValue {
    LabelledValue { label: column.head.clone(), value: value.text().to_owned(), span: value.whole() }
}
