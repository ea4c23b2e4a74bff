//! `nhiemvu score`: results against gold.

use std::fmt::Write as _;
use std::io::Write;

use nhiemvu_exporter::{Lang, secrecy_stamp};
use nhiemvu_review::{Note, Row, ScoreReport, ScoredDocument, score_files};

use crate::args::Score;
use crate::commands::unreadable;
use crate::console::Console;
use crate::exit::{Exit, Failure, Outcome};

pub(crate) fn run(args: &Score, console: &Console) -> Outcome {
    let floors = floors(&args.min, console)?;
    let report = score_files(&args.gold, &args.output).map_err(|error| unreadable(&error, console))?;
    let text =
        if args.json { report.to_json(args.details) + "\n" } else { table(&report, args.details, console.lang.into()) };
    std::io::stdout().lock().write_all(text.as_bytes())?;
    for document in &report.documents {
        if let Some(missing) = &document.missing {
            console.error(&console.say("score.missing", &[&document.row.document, missing]));
        }
    }
    let total = report.total.row("ALL");
    let below: Vec<&Floor> = floors.iter().filter(|floor| floor.missed(&total)).collect();
    for floor in &below {
        let reached = total.figure(&floor.name).flatten().map_or("-".to_owned(), |figure| format!("{figure:.4}"));
        console.error(&console.say("score.below", &[&floor.name, &reached, &floor.least.to_string()]));
    }
    Ok(match () {
        () if !below.is_empty() => Exit::Different,
        () if report.documents.iter().any(|document| document.missing.is_some()) => Exit::Failed,
        () => Exit::Done,
    })
}

/// The least that a figure of all documents together must reach.
struct Floor {
    name: String,
    least: f64,
}

impl Floor {
    /// A figure with nothing behind it cannot show that it is good enough.
    fn missed(&self, total: &Row) -> bool {
        total.figure(&self.name).flatten().is_none_or(|figure| figure < self.least)
    }
}

/// Reads `NO-EDIT=0.85`.
fn floors(arguments: &[String], console: &Console) -> Result<Vec<Floor>, Failure> {
    let names = || Row::NAMES.join(", ");
    let read = |argument: &String| {
        let (name, least) = argument.split_once('=')?;
        let least = least.trim().parse().ok().filter(|least| (0.0..=1.0).contains(least))?;
        let name = Row::NAMES.iter().find(|known| known.eq_ignore_ascii_case(name.trim()))?;
        Some(Floor { name: (*name).to_owned(), least })
    };
    let wrong = |argument: &String| {
        Failure::usage(console.say("usage.min", &[argument]), console.say("usage.min.hint", &[&names()]))
    };
    arguments.iter().map(|argument| read(argument).ok_or_else(|| wrong(argument))).collect()
}

/// The figures as a table, each document's mistakes before it where asked for; the highest degree of secrecy above all.
fn table(report: &ScoreReport, details: bool, lang: Lang) -> String {
    let rows = report.rows();
    let stamp = rows.last().and_then(|all| all.secrecy.as_ref());
    let mut out = stamp.map_or_else(String::new, |code| format!("{}\n\n", secrecy_stamp(code, lang)));
    let degree = |row: &Row| row.secrecy.as_ref().map(|code| format!("[{}] ", secrecy_stamp(code, lang)));
    if details {
        for ScoredDocument { row, notes, .. } in &report.documents {
            let degree = degree(row).unwrap_or_default();
            for note in notes {
                let _ = writeln!(out, "  {degree}[{}] {}", row.document, mistake(note));
            }
        }
    }
    let _ = write!(out, "{:34}{:>10}", "document", "gold");
    for name in Row::NAMES {
        let _ = write!(out, "{:>10}", cut(name, 9));
    }
    out.push('\n');
    for row in rows {
        let name = degree(&row).filter(|_| row.document != "ALL").unwrap_or_default() + &row.document;
        let _ = write!(out, "{:34}{:>10}", cut(&name, 34), row.gold);
        for (_, figure) in row.figures() {
            let _ = match figure {
                Some(figure) => write!(out, "{figure:>10.3}"),
                None => write!(out, "{:>10}", "-"),
            };
        }
        out.push('\n');
    }
    out
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// `LEAD      lập dự toán bến thuyền | want ["Sở Y tế"] | got []`.
fn mistake(note: &Note) -> String {
    let mut line = format!("{:12} {}", note.field.to_uppercase(), cut(&note.at, 90));
    for (word, value) in [("want", &note.want), ("got", &note.got)] {
        if !(value.is_null() && matches!(note.field, "missed" | "spurious")) {
            let _ = write!(line, " | {word} {value}");
        }
    }
    line
}
