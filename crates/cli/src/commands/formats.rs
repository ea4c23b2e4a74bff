//! `nhiemvu formats`: what this machine reads, what to install for the rest, and what is written.

use std::io::Write;

use nhiemvu_ingest::{Readiness, Support};

use crate::console::Console;
use crate::exit::{Exit, Outcome};

pub(crate) fn run(console: &Console) -> Outcome {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", console.say("formats.read", &[]))?;
    for support in nhiemvu_ingest::formats() {
        writeln!(out, "  {}", line(&support, console))?;
    }
    writeln!(out, "{}", console.say("formats.written", &[]))?;
    Ok(Exit::Done)
}

/// `+ application/pdf  .pdf  PDF`, and behind it what to install for what is lacking.
fn line(support: &Support, console: &Console) -> String {
    let media = support.format.map_or("-", nhiemvu_ingest::Format::media_type);
    // the media type of Office Open XML alone fills half a line
    let media =
        media.strip_prefix("application/vnd.openxmlformats-officedocument.").map_or(media, |_| "application/docx");
    let extensions = support.extensions.iter().map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(" ");
    let name = console.say(&format!("formats.name.{}", support.extensions.first().unwrap_or(&"")), &[]);
    let (mark, state) = match (support.readiness, support.package, support.lacking) {
        (Readiness::Full, ..) | (_, None, _) | (_, _, None) => ("+", String::new()),
        (readiness, Some(package), Some(_)) => {
            let key = if readiness == Readiness::Missing { "formats.missing" } else { "formats.partial" };
            let lacking = console.say(&format!("formats.lacking.{}", support.extensions.first().unwrap_or(&"")), &[]);
            (if readiness == Readiness::Missing { "-" } else { "±" }, console.say(key, &[package, &lacking]))
        }
    };
    format!("{mark} {media:<46}{extensions:<38}{name}{state}").trim_end().to_owned()
}
