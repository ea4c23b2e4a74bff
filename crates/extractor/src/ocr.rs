//! Flags of tasks that were read from pictures: of a document some of whose pages have a text layer, those alone that have a
//! value from another page.

use nhiemvu_model::{Agency, Document, Flag, Source, Span, Task, WarningCode, Written};
use nhiemvu_parser::temporal;

/// Flags the tasks with values that were read from pictures, and those whose dates, figures or bodies are doubtful.
pub(crate) fn flag(document: &Document, tasks: &mut [Task]) {
    let source = &document.source;
    if let Some(written) = &source.written {
        for task in tasks.iter_mut() {
            flag_reread(written, task);
        }
    }
    if !source.ocr {
        return;
    }
    let doubts = source.diagnostics.iter().filter(|note| note.code == WarningCode::Ocr).filter_map(|note| note.span);
    let mut doubts: Vec<Span> = doubts.collect();
    doubts.sort_unstable_by_key(|span| span.start);
    for task in tasks {
        if std::iter::once(task.span).chain(values(task)).any(|span| is_read(source, span)) {
            task.flags.push(Flag::Ocr);
        }
        if is_doubtful(source, task, &doubts) {
            task.flags.push(Flag::OcrUncertain);
        }
        task.flags.sort_unstable();
        task.flags.dedup();
    }
}

/// Flags a task of which a body or a limit is read otherwise than it is written.
fn flag_reread(written: &Written, task: &mut Task) {
    let bodies = [&task.lead, &task.coordinating, &task.monitoring, &task.report_to];
    let mut bodies = bodies.into_iter().flatten().filter_map(|body| body.span);
    if bodies.any(|span| written.differs(span)) {
        task.flags.push(Flag::RepairedAgency);
    }
    if task.deadlines.iter().any(|limit| written.differs(limit.span)) {
        task.flags.push(Flag::OcrUncertain);
    }
    task.flags.sort_unstable();
    task.flags.dedup();
}

/// Where the values of a task stand that are more than its words.
fn values(task: &Task) -> impl Iterator<Item = Span> {
    let bodies = [&task.lead, &task.coordinating, &task.monitoring, &task.report_to];
    let bodies = bodies.into_iter().flatten().filter_map(|body: &Agency| body.span);
    bodies
        .chain(task.deadlines.iter().map(|limit| limit.span))
        .chain(task.deliverables.iter().map(|product| product.span))
}

/// Whether any of a span was read from a picture.
fn is_read(source: &Source, span: Span) -> bool {
    let first = source.lines.partition_point(|line| line.span.end <= span.start);
    let lines = source.lines.get(first..).unwrap_or_default();
    lines.iter().take_while(|line| line.span.start < span.end).any(|line| line.ocr)
}

/// Whether a value was read without certainty, a figure of the task's words was, or the words of a limit only make sense as
/// others that they look like.
fn is_doubtful(source: &Source, task: &Task, doubts: &[Span]) -> bool {
    let within = |span: Span| {
        let first = doubts.partition_point(|doubt| doubt.end <= span.start);
        doubts.get(first..).unwrap_or_default().iter().take_while(move |doubt| doubt.start < span.end)
    };
    let figure = |doubt: &Span| doubt.slice(&source.text).bytes().any(|byte| byte.is_ascii_digit());
    values(task).any(|span| within(span).next().is_some())
        || within(task.span).any(figure)
        || task
            .deadlines
            .iter()
            .any(|limit| is_read(source, limit.span) && temporal::is_mended(limit.span.slice(&source.text)))
}

#[cfg(test)]
mod tests {
    use nhiemvu_model::{Diagnostic, Format, Line};
    use nhiemvu_normalizer::Registry;

    use super::*;

    /// The flags of the tasks of lines, of which those after a bar were read from a picture; words in brackets are doubtful.
    fn flags(lines: &[&str]) -> Vec<Vec<Flag>> {
        let (mut text, mut all, mut diagnostics) = (String::new(), Vec::new(), Vec::new());
        for line in lines {
            let start = text.len();
            for (words, at) in line.trim_start_matches('|').split(['[', ']']).zip(0..) {
                if at % 2 == 1 {
                    let span = Span::new(text.len(), text.len() + words.len());
                    diagnostics.push(Diagnostic::new(WarningCode::Ocr, "", Some(span)));
                }
                text.push_str(words);
            }
            all.push(Line { ocr: line.starts_with('|'), ..Line::body(Span::new(start, text.len())) });
            text.push('\n');
        }
        let format = Format::Pdf;
        let source =
            Source { format, text, lines: all, written: None, pages: None, ocr: true, partial: false, diagnostics };
        let document = nhiemvu_parser::parse(source);
        let options = crate::Options { date: chrono::NaiveDate::from_ymd_opt(2031, 1, 5), province: None };
        let found = crate::extract(&document, Registry::builtin(), &options);
        found.tasks.into_iter().map(|task| task.flags).collect()
    }

    #[test]
    fn tasks_of_pages_with_text_carry_no_flag() {
        let lines = [
            "1. Sở Y tế báo cáo trước ngày 15/5/2031.",
            "|2. Sở Tài chính lập dự toán trước ngày 15/6/2031.",
            "|3. Sở Nội vụ rà soát trước ngày [16/7/2031].",
            "|4. Sở Tư pháp thẩm định trong quý lV/2031.",
            "5. Sở Xây dựng kiểm tra trong quý lV/2031.",
            "|6. Sở Công Thương mở 2[1] lớp tập huấn cho [tiêu] thương.",
            "|7. Sở Y tế rà soát các [trạm] y tế.",
        ];
        let uncertain = || vec![Flag::Ocr, Flag::OcrUncertain];
        let want = [vec![], vec![Flag::Ocr], uncertain(), uncertain(), vec![], uncertain(), vec![Flag::Ocr]];
        assert_eq!(flags(&lines), want);
    }

    #[test]
    fn a_lead_from_the_page_before_counts_as_well() {
        let lines = ["|1. Sở Y tế:", "a) Rà soát các trạm y tế.", "2. Sở Nội vụ:", "a) Rà soát biên chế."];
        assert_eq!(flags(&lines), [vec![Flag::Ocr], vec![]]);
    }
}
