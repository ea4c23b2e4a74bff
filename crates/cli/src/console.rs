//! What is said to people, on stderr.

use std::io::{IsTerminal, Write};
use std::sync::{Mutex, PoisonError};

use clap::ValueEnum;
use indicatif::ProgressBar;
use nhiemvu_pipeline::record::{ErrorRecord, SourceInfo};

use crate::exit::Failure;
use crate::lang::{Lang, known, say};

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// stderr, and the language in which it is written to.
#[derive(Debug)]
pub(crate) struct Console {
    pub(crate) lang: Lang,
    quiet: bool,
    color: bool,
    choice: Color,
    /// Shown below what is said.
    bar: Mutex<Option<ProgressBar>>,
}

impl Console {
    pub(crate) fn new(lang: Lang, quiet: bool, color: Color) -> Self {
        let (choice, color) = (color, colors(color, std::io::stderr().is_terminal()));
        Self { lang, quiet, color, choice, bar: Mutex::new(None) }
    }

    /// One that says errors alone.
    pub(crate) fn silent(lang: Lang) -> Self {
        Self::new(lang, true, Color::Never)
    }

    /// Whether a bar is to say how far a run is.
    pub(crate) fn shows_bars(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Takes the bar that is shown from now on, or none.
    pub(crate) fn show(&self, bar: Option<ProgressBar>) {
        *self.bar.lock().unwrap_or_else(PoisonError::into_inner) = bar;
    }

    /// Writes a line, above the bar where there is one.
    fn line(&self, text: &str) {
        match &*self.bar.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(bar) => bar.suspend(|| line(text)),
            None => line(text),
        }
    }

    /// Whether what is written to stdout for people is coloured.
    pub(crate) fn colors_stdout(&self) -> bool {
        colors(self.choice, std::io::stdout().is_terminal())
    }

    /// The message `key`, with `values` in its places.
    pub(crate) fn say(&self, key: &str, values: &[&str]) -> String {
        say(self.lang, key, values)
    }

    /// A line that `--quiet` leaves out.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            self.line(&harmless(text));
        }
    }

    /// An error.
    pub(crate) fn error(&self, text: &str) {
        self.line(&format!("{} {}", self.paint("31;1", &self.say("error", &[])), harmless(text)));
    }

    /// Why a command could not go on, and what to do.
    pub(crate) fn failure(&self, failure: &Failure) {
        if !failure.message.is_empty() {
            self.error(&failure.message);
            self.hint(failure.hint.as_deref());
        }
    }

    /// Why a document could not be converted, and what to do.
    pub(crate) fn fault(&self, record: &ErrorRecord) {
        let (code, path) = (record.error.code.as_ref(), place(&record.source));
        // the record is data, and so always in Vietnamese
        let (message, hint) = match self.lang {
            Lang::Vi => (record.error.message.clone(), record.error.hint.clone()),
            Lang::En => (self.fault_text("fault", code), Some(self.fault_text("remedy", code))),
        };
        self.error(&format!("{path}: {message} ({code})"));
        self.hint(hint.as_deref());
    }

    fn fault_text(&self, part: &str, code: &str) -> String {
        let key = format!("{part}.{code}");
        if known(&key) { self.say(&key, &[]) } else { code.to_owned() }
    }

    fn hint(&self, hint: Option<&str>) {
        if let Some(hint) = hint {
            self.line(&format!("  {} {}", self.paint("36", "→"), harmless(hint)));
        }
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if self.color { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// The file, and in a container the member in it.
pub(crate) fn place(source: &SourceInfo) -> String {
    let member = source.member.as_ref().map(|member| format!("/{member}")).unwrap_or_default();
    format!("{}{member}", source.path)
}

/// `text` without what would command a terminal: file names and documents may hold escape sequences. Lines behind the first stand
/// in, so that a name with a line end in it cannot pass for a message of its own.
fn harmless(text: &str) -> String {
    let mut lines = text.split('\n');
    let mut out = lines.next().map(one_line).unwrap_or_default();
    for line in lines {
        let indent = if line.starts_with("    ") { "" } else { "    " };
        out.extend(["\n", indent, &one_line(line)]);
    }
    out
}

/// What a document or a file name says, on one line of a terminal and in the order in which it stands: control characters,
/// line ends among them, and those that turn the direction of writing are shown as signs that are lost.
pub(crate) fn one_line(text: &str) -> String {
    let turns =
        |c| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if c.is_control() || turns(c) { '\u{fffd}' } else { c }).collect()
}

/// Writes a line to stderr; where nobody listens, nothing is lost.
pub(crate) fn line(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Whether to use colour on a stream (<https://no-color.org>).
fn colors(choice: Color, terminal: bool) -> bool {
    match choice {
        Color::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
        Color::Always => true,
        Color::Never => false,
    }
}
