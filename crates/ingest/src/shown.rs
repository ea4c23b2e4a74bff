//! How the tests of the readers write down what they expect of a source.

use nhiemvu_model::{LineRole, Source};

/// Each line's role and words, with its runs in brackets.
pub(crate) fn lines(source: &Source) -> Vec<String> {
    let lines = source.lines.iter().map(|line| {
        let role = match &line.role {
            LineRole::Body => "B".to_owned(),
            LineRole::Paragraph => "P".to_owned(),
            LineRole::Heading(level) => format!("H{level}"),
            LineRole::Row(row) => format!("R{}{}", row.table, if row.head { "h" } else { "" }),
            LineRole::Furniture => "F".to_owned(),
            LineRole::Footnote(mark) => format!("N{mark}"),
        };
        let mut words = line.text(&source.text).to_owned();
        for run in line.styles.iter().rev() {
            let kinds = [(run.bold, 'b'), (run.italic, 'i'), (run.superscript, 's')];
            let kind: String = kinds.iter().filter(|k| k.0).map(|k| k.1).collect();
            words.insert(run.span.end - line.span.start, ']');
            words.insert_str(run.span.start - line.span.start, &format!("[{kind}:"));
        }
        format!("{role} {}", words.replace('\t', " | "))
    });
    lines.collect()
}
