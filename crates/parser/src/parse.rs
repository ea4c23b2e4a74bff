//! The whole of parsing on one screen.

use nhiemvu_model::{Diagnostic, Document, Footnote, Header, Source, Table, WarningCode};
use nhiemvu_text::fold_key;

use crate::block::{appended, closing, doctype, field_items, fields, header, table, tree::Builder};
use crate::layout::bars::{self, BarTable};
use crate::layout::columns;
use crate::layout::footnotes::{self, Call, Footnotes};
use crate::layout::lines::{self, LineKind, LineView};
use crate::layout::measure::{Measure, measure};
use crate::layout::{furniture, piped, reflow, spaced, stacked};

/// Parses `source` into a document tree. Never fails: what it cannot place stays a paragraph, and is in the diagnostics.
pub fn parse(source: Source) -> Document {
    let mut views = lines::view(&source);
    furniture::mark(&source, &mut views);
    let mut bar_tables = take_bars(&source, &mut views);
    let between_bars = bar_tables.len();
    bar_tables.extend(stacked::find(&source, &views, &bar_tables));
    for stacked in &bar_tables[between_bars..] {
        // cells are no footnotes
        mark_rows(&mut views, stacked.lines.clone(), usize::MAX);
    }
    let notes = footnotes::find(&source, &mut views);
    let mut tables = table::of_format(&source, &notes.calls);
    for bars in &bar_tables {
        tables.push(table::of_bars(&source, &views, bars, &notes.calls));
        mark_rows(&mut views, bars.lines.clone(), tables.len() - 1);
    }
    for find in [piped::find, spaced::find, columns::find] {
        for printed in find(&source, &views) {
            tables.push(table::of_columns(&source, &printed, &notes.calls));
            mark_rows(&mut views, printed.lines, tables.len() - 1);
        }
    }
    let (mut header, body) = header::read(&source, &views);
    let mut builder = Builder::new();
    let mut diagnostics = Vec::new();
    read_parts(&source, &views, body, &notes.calls, &mut header, &mut builder);
    field_items::settle(&mut builder.nodes);
    if header.date.is_none_or(|date| date.full().is_none()) {
        header.meeting_date = meeting_date(&builder);
    }
    note_gaps(&header, &tables, &mut diagnostics);
    let furniture = views.iter().filter(|v| v.kind == LineKind::Furniture).map(|v| v.span).collect();
    let footnotes = footnote_bodies(&source, &views, &notes);
    Document { header, nodes: builder.nodes, tables, footnotes, furniture, diagnostics, source }
}

/// Reads body, closing, appended document, its closing, and so on to the end.
fn read_parts(
    source: &Source,
    views: &[LineView],
    body: usize,
    calls: &[Call],
    header: &mut Header,
    builder: &mut Builder,
) {
    let measure = measure(source, views);
    let mut from = body;
    let mut main = true;
    loop {
        let found = closing::find(source, views, from);
        let end = found.as_ref().map_or(views.len(), |c| c.lines.start);
        read_body(source, views, from..end, calls, measure, builder);
        let Some(found) = found else { break };
        if header.signer.is_none() && header.recipients.is_empty() || main {
            header.signer = found.signer;
            header.recipients = found.recipients;
        }
        if let Some((place, date)) = found.dated.filter(|_| main && header.date.is_none()) {
            header.date = Some(date);
            header.place.get_or_insert(place);
        }
        main = false;
        from = found.lines.end;
        if from >= views.len() {
            break;
        }
    }
}

/// Reads the lines of one part; appended documents inside it (an appendix without a closing before it) open nodes of
/// their own.
fn read_body(
    source: &Source,
    views: &[LineView],
    range: std::ops::Range<usize>,
    calls: &[Call],
    measure: Measure,
    builder: &mut Builder,
) {
    let mut from = range.start;
    let mut at = range.start;
    while at < range.end {
        if views[at].is_text() && appended::is_appended(source, views, at) {
            builder.part(&reflow::paragraphs(source, views, from..at, calls, measure));
            let named = appended::appended_title(source, views, at).filter(|_| views[at].is_motto(source));
            let (title, next) = appendix_title(source, views, named.unwrap_or(at), range.end);
            builder.appendix(reflow::mend(source, views, &title, calls));
            from = next;
            at = next.max(at + 1);
            continue;
        }
        at += 1;
    }
    builder.part(&reflow::paragraphs(source, views, from..range.end, calls, measure));
}

/// The lines of an appended document's title: its name, what it is about, and the bracket that says with what it came.
fn appendix_title(source: &Source, views: &[LineView], at: usize, end: usize) -> (Vec<usize>, usize) {
    const LONGEST: usize = 12;
    let mut title = vec![at];
    let mut next = at + 1;
    let mut bracket = false;
    for i in at + 1..end {
        let view = &views[i];
        if !view.is_text() {
            if matches!(view.kind, LineKind::Row(_)) {
                break;
            }
            continue;
        }
        let text = view.text(source);
        let opens = text.starts_with('(') || bracket;
        let marked = crate::block::marker::read(text).is_some();
        if title.len() >= LONGEST
            || marked && !opens
            || !(view.caps
                || opens
                || doctype::title(text).is_some()
                || matches!(view.kind, LineKind::Heading(_))
                || view.bold && views[at].bold)
        {
            break;
        }
        bracket = opens && !text.ends_with(')');
        title.push(i);
        next = i + 1;
    }
    (title, next)
}

/// Tables between bars. Those that only lay out the page (the two-column header, the closing) are put back as lines, and
/// their bars become furniture; the others stay tables.
fn take_bars(source: &Source, views: &mut [LineView]) -> Vec<BarTable> {
    let found = bars::find(source, views);
    let mut kept = Vec::new();
    for table in found {
        let data = is_data(source, views, &table);
        for view in &mut views[table.lines.clone()] {
            if view.text(source) == "|" {
                view.kind = LineKind::Furniture;
            }
        }
        if data {
            kept.push(table);
        }
    }
    // bars that belong to no table
    for view in views.iter_mut().filter(|v| v.kind == LineKind::Text && v.text(source) == "|") {
        view.kind = LineKind::Furniture;
    }
    kept
}

/// Whether a table between bars holds data: its first rows are column names, or many rows have three cells or more.
fn is_data(source: &Source, views: &[LineView], table: &BarTable) -> bool {
    let cell_text = |cell: &Vec<usize>| cell.iter().map(|i| views[*i].text(source)).collect::<Vec<_>>().join(" ");
    let heads = table.rows.iter().take(2).any(|row| {
        let known = row.iter().filter(|cell| fields::column_role(&cell_text(cell)).is_some()).count();
        row.len() >= 3 && known >= 2
    });
    let layout = table.rows.iter().flatten().any(|cell| {
        let key = fold_key(&cell_text(cell));
        key.contains("cộng hòa xã hội")
            || key.starts_with("nơi nhận")
            || key.starts_with("kính gửi")
            || key.starts_with("số hiệu")
    });
    let wide = table.rows.iter().filter(|row| row.len() >= 3).count();
    heads || (!layout && wide >= 2 && wide * 2 >= table.rows.len())
}

/// The lines of a kept table become its rows.
fn mark_rows(views: &mut [LineView], lines: std::ops::Range<usize>, table: usize) {
    let number = u32::try_from(table).unwrap_or(u32::MAX);
    for view in &mut views[lines] {
        if view.kind != LineKind::Blank {
            view.kind = LineKind::Row(number);
        }
    }
}

fn footnote_bodies(source: &Source, views: &[LineView], notes: &Footnotes) -> Vec<Footnote> {
    let mut used = vec![false; notes.calls.len()];
    notes
        .bodies
        .iter()
        .map(|(mark, head, body)| {
            let call = (0..notes.calls.len()).find(|i| !used[*i] && notes.calls[*i].mark == *mark);
            if let Some(i) = call {
                used[i] = true;
            }
            let mut text = reflow::mend(source, views, body, &[]);
            let skip = text.text().len() - text.text().get(head.len()..).map_or("", str::trim_start).len();
            text = text.slice(skip, text.text().len());
            Footnote { mark: mark.clone(), text, called_at: call.map(|i| notes.calls[i].span) }
        })
        .collect()
}

/// The date of the meeting that a notice reports, or the first day that the opening names (`Ngày 29/4/2026, tại trụ sở …`).
fn meeting_date(builder: &Builder) -> Option<nhiemvu_model::PartialDate> {
    const OPENING: usize = 6;
    builder.nodes.iter().skip(1).take(OPENING).find_map(|node| {
        let text = node.text.text();
        let head: String = fold_key(&text.chars().take(40).collect::<String>());
        let opens = ["ngày", "sáng ngày", "chiều ngày", "vào ngày", "tối ngày", "từ ngày", "trong ngày"]
            .iter()
            .any(|w| head.starts_with(w));
        opens
            .then(|| crate::temporal::dates(text).into_iter().map(|(_, date)| date).find(|d| d.full().is_some()))
            .flatten()
    })
}

fn note_gaps(header: &Header, tables: &[Table], diagnostics: &mut Vec<Diagnostic>) {
    let mut missing = Vec::new();
    if header.type_name.is_none() {
        missing.push("tên loại");
    }
    if header.number.is_none() {
        missing.push("số, ký hiệu");
    }
    if header.issuer.is_none() {
        missing.push("cơ quan ban hành");
    }
    if !missing.is_empty() {
        let message = format!("phần đầu văn bản thiếu: {}", missing.join("; "));
        diagnostics.push(Diagnostic::new(WarningCode::HeaderIncomplete, message, None));
    }
    for table in tables.iter().filter(|t| t.uncertain) {
        let span = table.rows.first().map(|row| row.span);
        diagnostics.push(Diagnostic::new(WarningCode::TableUncertain, "không chắc chắn về các ô của bảng", span));
    }
}
