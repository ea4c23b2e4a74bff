//! A source as it is read through its wrong letters.

use nhiemvu_model::{Line, LineRole, Source, Span, Written};

use crate::doubt::{Damage, damage};
use crate::repair::{Edit, edits};
use crate::vocabulary::Speller;
use crate::figures;

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
