//! A source as it is read through its wrong letters.

use nhiemvu_model::{Line, LineRole, Source, Span, Written};

use crate::doubt::{Damage, damage};
use crate::figures;
use crate::repair::{Edit, edits};
use crate::vocabulary::Speller;

impl Speller {
    /// The words of `text` as they are read.
    pub fn read(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 16);
        let mut at = 0;
        for edit in self.edits(text, Damage::Much) {
            out.push_str(Span::new(at, edit.span.start).slice(text));
            out.push_str(&edit.words);
            at = edit.span.end;
        }
        out.push_str(text.get(at..).unwrap_or_default());
        out
    }

    fn edits(&self, text: &str, damage: Damage) -> Vec<Edit> {
        let mut found = edits(text, self, damage);
        for figure in figures::edits(text) {
            found.retain(|edit| !edit.span.overlaps(figure.span));
            found.push(figure);
        }
        found.sort_by_key(|edit| edit.span.start);
        found
    }

    /// The source with wrong letters read as what they were.
    pub fn reread(&self, source: Source) -> Source {
        let damage = if source.ocr { Damage::Much } else { damage(&source.text) };
        let found = self.edits(&source.text, damage);
        if found.is_empty() { source } else { applied(source, &found) }
    }
}

fn applied(mut source: Source, edits: &[Edit]) -> Source {
    let mut text = String::with_capacity(source.text.len() + 64);
    let mut changes = Vec::with_capacity(edits.len());
    let mut at = 0;
    for edit in edits {
        text.push_str(Span::new(at, edit.span.start).slice(&source.text));
        let start = text.len();
        text.push_str(&edit.words);
        changes.push((Span::new(start, text.len()), edit.span));
        at = edit.span.end;
    }
    text.push_str(source.text.get(at..).unwrap_or_default());
    let written = Written::new(std::mem::replace(&mut source.text, text), changes);
    let moved = |span: &mut Span| *span = written.read(*span);
    for line in &mut source.lines {
        shift(line, &moved);
    }
    for span in source.diagnostics.iter_mut().filter_map(|note| note.span.as_mut()) {
        moved(span);
    }
    source.written = Some(written);
    source
}

fn shift(line: &mut Line, moved: &impl Fn(&mut Span)) {
    moved(&mut line.span);
    let mut at = 0;
    for run in &mut line.styles {
        moved(&mut run.span);
        // of a word that is read otherwise each emphasis takes the whole
        run.span = Span::new(run.span.start.max(at), run.span.end);
        at = run.span.end;
    }
    line.styles.retain(|run| !run.span.is_empty());
    if let LineRole::Row(row) = &mut line.role {
        for cell in &mut row.cells {
            moved(&mut cell.span);
            cell.paragraphs.iter_mut().for_each(moved);
        }
    }
}

#[cfg(test)]
mod tests {
    use nhiemvu_model::{Cell, Format, RowMarks, StyleRun};
    use nhiemvu_text::Wording;

    use super::*;

    #[test]
    fn everything_that_lies_in_the_text_moves_with_it() {
        let speller = Speller::new([Wording::First("Sở Tài chính"), Wording::First("Sở Nội vụ")]);
        let text = "Sờ Tài chinh\tSớ Nội vụ\n".to_owned();
        let cell = |start, end| Cell {
            span: Span::new(start, end),
            paragraphs: vec![],
            column: 0,
            columns: 1,
            merged_up: false,
        };
        let tab = text.find('\t').unwrap();
        let end = text.len() - 1;
        let row = RowMarks { table: 0, head: false, cells: vec![cell(0, tab), cell(tab + 1, end)] };
        // two runs part the first word
        let run = |start, end| StyleRun { span: Span::new(start, end), bold: true, italic: false, superscript: false };
        let styles = vec![run(0, 1), run(1, tab)];
        let line = Line { role: LineRole::Row(row), styles, ..Line::body(Span::new(0, end)) };
        let source = Source {
            format: Format::Text,
            text: text.clone(),
            written: None,
            lines: vec![line],
            pages: None,
            ocr: true,
            partial: false,
            diagnostics: vec![],
        };
        let read = speller.reread(source);
        assert_eq!(read.text, "Sở Tài chính\tSở Nội vụ\n");
        let written = read.written.as_ref().unwrap();
        assert_eq!(written.text(), text);
        let [line] = &read.lines[..] else { panic!("one line") };
        let LineRole::Row(row) = &line.role else { panic!("a row") };
        let cells: Vec<&str> = row.cells.iter().map(|cell| cell.span.slice(&read.text)).collect();
        assert_eq!(cells, ["Sở Tài chính", "Sở Nội vụ"]);
        let styles: Vec<&str> = line.styles.iter().map(|run| run.span.slice(&read.text)).collect();
        assert_eq!(styles.concat(), "Sở Tài chính");
        assert_eq!(written.slice(row.cells[0].span), "Sờ Tài chinh");
    }

    #[test]
    fn what_is_right_or_open_stays() {
        let speller = Speller::new([Wording::First("Sở Tài chính"), Wording::Inside("cơ sở")]);
        for text in ["Sở Tài chính", "so sánh", "cơ sở dữ liệu", "ông Sờ", "Tai nạn", ""] {
            assert_eq!(speller.read(text), text);
        }
    }
}
