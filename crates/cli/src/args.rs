//! All commands and flags.
//!
//! The English help stands here; the Vietnamese one in `data/help.tsv`, under the same names.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::console::Color;
use crate::isolation::seconds;
use crate::lang::Lang;

/// Reads the tasks out of Vietnamese administrative documents: who, with whom, by when, reporting to whom.
#[derive(Debug, Parser)]
#[command(name = "nhiemvu", disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// Language of help and messages; data never change [vi, en; default: vi].
    #[arg(long, global = true, display_order = 900, value_enum, default_value_t = Lang::Vi, hide_possible_values = true, hide_default_value = true)]
    pub(crate) lang: Lang,
    /// Say nothing on stderr but errors.
    #[arg(long, short, global = true, display_order = 901)]
    pub(crate) quiet: bool,
    /// Colour on stderr [auto, always, never; default: auto].
    #[arg(long, global = true, display_order = 902, value_enum, default_value_t = Color::Auto, hide_possible_values = true, hide_default_value = true)]
    pub(crate) color: Color,
    /// Show this help.
    #[arg(long, short, global = true, display_order = 903, action = clap::ArgAction::Help)]
    pub(crate) help: Option<bool>,
    /// Show the versions of program, schema and registry.
    #[arg(long, short = 'V', display_order = 904, action = clap::ArgAction::Version)]
    pub(crate) version: Option<bool>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Convert documents or folders of them to task lists.
    Extract(Extract),
    /// Answer NDJSON records from stdin, one record out for each.
    Pipe(Pipe),
    /// Print the text that spans count in.
    Text(Text),
    /// Print the document tree.
    Tree(Tree),
    /// Ask the agency registry.
    Agencies(Agencies),
    /// Say what differs between results and fixtures.
    Diff(Diff),
    /// Make a reviewed result the fixture.
    Accept(Accept),
    /// Score results against gold files.
    Score(Score),
    /// Make a page that shows documents beside their tasks.
    Review(Review),
    /// Print what is due, by body.
    Due(Due),
    /// Keep a register of tasks.
    Register(Register),
    /// List the formats read and written.
    Formats,
    /// Print the JSON Schema of the output.
    Schema,
    /// Print a completion script for a shell.
    Completions(Completions),
    /// Write the man pages.
    #[command(hide = true)]
    Man(Man),
    /// Convert documents for another process of this program.
    #[command(hide = true)]
    Worker,
}

/// What bears on every conversion.
#[derive(Debug, Args, Default)]
pub(crate) struct Conversion {
    /// Date that stands in for documents that give none.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) date: Option<NaiveDate>,
    /// Province that stands in where a document does not name its issuer's.
    #[arg(long, value_name = "NAME")]
    pub(crate) province: Option<String>,
    /// Your own agencies, beside those of the program.
    #[arg(long, value_name = "FILE.tsv")]
    pub(crate) registry: Option<PathBuf>,
    /// Largest file that is read, in bytes.
    #[arg(long, value_name = "N")]
    pub(crate) max_bytes: Option<u64>,
    /// Most pages of a document that are read.
    #[arg(long, value_name = "N")]
    pub(crate) max_pages: Option<u32>,
    /// Longest that reading one document may take, in seconds [default: 300].
    #[arg(long, value_name = "S", value_parser = seconds)]
    pub(crate) timeout: Option<f64>,
    /// Most memory that reading one document may take; 0 for no limit [default: 1024].
    #[arg(long, value_name = "MB")]
    pub(crate) max_memory: Option<u64>,
}

/// Which tasks are wanted, on every command that lists tasks.
#[derive(Debug, Args, Default)]
pub(crate) struct Pick {
    /// Keep the tasks that this body leads.
    #[arg(long, value_name = "NAME")]
    pub(crate) lead: Option<String>,
    /// Keep the tasks that are due before this day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) due_before: Option<NaiveDate>,
    /// Keep the tasks that somebody should look at.
    #[arg(long)]
    pub(crate) flagged: bool,
}

impl From<&Pick> for nhiemvu_pipeline::Selection {
    fn from(pick: &Pick) -> Self {
        Self { lead: pick.lead.clone(), due_before: pick.due_before, flagged: pick.flagged }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Extract {
    /// Documents and folders; `-` is stdin.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// File or folder to write to; a folder where it exists as one, ends in `/`, or several documents become JSON.
    #[arg(long, short, value_name = "FILE|DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Output format [json, ndjson, csv, xlsx, ics, label-studio; default: by the name of the output, else json, of several documents on stdout ndjson].
    #[arg(long, value_enum, hide_possible_values = true)]
    pub(crate) format: Option<OutputFormat>,
    /// Indent the JSON.
    #[arg(long)]
    pub(crate) pretty: bool,
    /// What limits are in a calendar (ics) [todo, event; default: todo].
    #[arg(long = "as", value_enum, value_name = "ITEM", default_value_t = AsItem::Todo, hide_possible_values = true, hide_default_value = true)]
    pub(crate) as_item: AsItem,
    /// Put the document's text into the record.
    #[arg(long)]
    pub(crate) with_text: bool,
    #[command(flatten)]
    pub(crate) conversion: Conversion,
    #[command(flatten)]
    pub(crate) pick: Pick,
    /// Threads [default: one for each core].
    #[arg(long, short, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(crate) jobs: usize,
    /// Convert everything, also what an output folder holds from a run before.
    #[arg(long)]
    pub(crate) force: bool,
    /// Go on and convert what arrives, each file once it is whole, until Ctrl-C.
    #[arg(long)]
    pub(crate) watch: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Pipe {
    /// Put the document's text into the records.
    #[arg(long)]
    pub(crate) with_text: bool,
    #[command(flatten)]
    pub(crate) pick: Pick,
    #[command(flatten)]
    pub(crate) conversion: Conversion,
}

#[derive(Debug, Args)]
pub(crate) struct Text {
    /// The document.
    #[arg(value_name = "FILE")]
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) conversion: Conversion,
}

#[derive(Debug, Args)]
pub(crate) struct Tree {
    /// The document.
    #[arg(value_name = "FILE")]
    pub(crate) path: PathBuf,
    /// Output format [text, json; default: text].
    #[arg(long, value_enum, default_value_t = TreeFormat::Text, hide_possible_values = true, hide_default_value = true)]
    pub(crate) format: TreeFormat,
    /// Say of each block by which rule it is a task or none, and of each value where it was read from.
    #[arg(long)]
    pub(crate) why: bool,
    #[command(flatten)]
    pub(crate) conversion: Conversion,
}

#[derive(Debug, Args)]
pub(crate) struct Agencies {
    #[command(subcommand)]
    pub(crate) action: AgencyAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AgencyAction {
    /// Say which body a name or an abbreviation means.
    Lookup {
        /// Name or abbreviation.
        #[arg(required = true, value_name = "NAME")]
        name: Vec<String>,
        /// Your own agencies, beside those of the program.
        #[arg(long, value_name = "FILE.tsv")]
        registry: Option<PathBuf>,
    },
    /// Print the registry, tab-separated.
    List {
        /// Your own agencies, beside those of the program.
        #[arg(long, value_name = "FILE.tsv")]
        registry: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// Result, or folder of results.
    #[arg(value_name = "ACTUAL")]
    pub(crate) actual: PathBuf,
    /// Fixture, or folder of fixtures; a partial one is compared on the fields that it has.
    #[arg(value_name = "EXPECTED")]
    pub(crate) expected: PathBuf,
    /// Compare these fields alone (lead, deadlines, document.date, task …); repeatable.
    #[arg(long, value_name = "FIELD")]
    pub(crate) only: Vec<String>,
    /// Output format [text, json, md; default: text].
    #[arg(long, value_enum, default_value_t = DiffFormat::Text, hide_possible_values = true, hide_default_value = true)]
    pub(crate) format: DiffFormat,
}

#[derive(Debug, Args)]
pub(crate) struct Accept {
    /// Result, or folder of results.
    #[arg(value_name = "ACTUAL")]
    pub(crate) actual: PathBuf,
    /// Fixture to write, or folder of fixtures.
    #[arg(value_name = "EXPECTED")]
    pub(crate) expected: PathBuf,
    /// Do not ask.
    #[arg(long, short)]
    pub(crate) yes: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Score {
    /// Gold file, or folder of them.
    #[arg(value_name = "GOLD")]
    pub(crate) gold: PathBuf,
    /// Result, or folder of results.
    #[arg(value_name = "OUTPUT")]
    pub(crate) output: PathBuf,
    /// Show each mistake.
    #[arg(long)]
    pub(crate) details: bool,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// End with 1 where a figure of all documents together is lower (NO-EDIT=0.85); repeatable.
    #[arg(long, value_name = "FIGURE=SHARE")]
    pub(crate) min: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Review {
    /// Documents, results made with --with-text, and folders of either.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Page to write (FILE.html), or folder for an index and a page each.
    #[arg(long, short, required = true, value_name = "FILE.html|DIR")]
    pub(crate) output: PathBuf,
    /// Fixtures to show the differences from.
    #[arg(long, value_name = "DIR")]
    pub(crate) expected: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) pick: Pick,
    #[command(flatten)]
    pub(crate) conversion: Conversion,
    /// Threads [default: one for each core].
    #[arg(long, short, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(crate) jobs: usize,
}

#[derive(Debug, Args)]
pub(crate) struct Due {
    /// Results, documents, and folders of either.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// First day; without it, from the beginning, recurring tasks from the day of their document.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) from: Option<NaiveDate>,
    #[command(flatten)]
    pub(crate) pick: Pick,
    /// Output format [text, ndjson; default: text].
    #[arg(long, value_enum, default_value_t = DueFormat::Text, hide_possible_values = true, hide_default_value = true)]
    pub(crate) format: DueFormat,
    #[command(flatten)]
    pub(crate) conversion: Conversion,
    /// Threads [default: one for each core].
    #[arg(long, short, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(crate) jobs: usize,
}

#[derive(Debug, Args)]
pub(crate) struct Register {
    #[command(subcommand)]
    pub(crate) action: RegisterAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RegisterAction {
    /// Merge results into a register; what people filled in stays.
    Add(RegisterAdd),
}

#[derive(Debug, Args)]
pub(crate) struct RegisterAdd {
    /// Results, documents, and folders of either.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The register; made where there is none.
    #[arg(long, required = true, value_name = "BOOK.xlsx|BOOK.ndjson")]
    pub(crate) to: PathBuf,
    #[command(flatten)]
    pub(crate) pick: Pick,
    #[command(flatten)]
    pub(crate) conversion: Conversion,
    /// Threads [default: one for each core].
    #[arg(long, short, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(crate) jobs: usize,
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell [bash, elvish, fish, powershell, zsh].
    #[arg(value_enum, hide_possible_values = true)]
    pub(crate) shell: Shell,
}

#[derive(Debug, Args)]
pub(crate) struct Man {
    /// Folder to write to.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

/// Formats that tasks are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    Json,
    Ndjson,
    Csv,
    Xlsx,
    Ics,
    LabelStudio,
}

impl OutputFormat {
    /// The format that a file of this name is in, where its extension says so.
    pub(crate) fn of_name(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match extension.as_str() {
            "ndjson" | "jsonl" => Self::Ndjson,
            "csv" => Self::Csv,
            "xlsx" => Self::Xlsx,
            "ics" => Self::Ics,
            _ => return None,
        })
    }

    /// Whether all documents go into one file, also where the output is a folder.
    pub(crate) fn gathers(self) -> bool {
        !matches!(self, Self::Json | Self::Ndjson)
    }

    /// What a result's file name ends in.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Ics => "ics",
            Self::LabelStudio => "label-studio.json",
        }
    }
}

/// What limits are in a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub(crate) enum AsItem {
    #[default]
    Todo,
    Event,
}

impl From<AsItem> for nhiemvu_exporter::CalendarItem {
    fn from(item: AsItem) -> Self {
        match item {
            AsItem::Todo => Self::Todo,
            AsItem::Event => Self::Event,
        }
    }
}

/// Formats that what is due is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DueFormat {
    Text,
    Ndjson,
}

/// Formats that the tree is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TreeFormat {
    Text,
    Json,
}

/// Formats that differences are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    Text,
    Json,
    Md,
}

/// A day as ISO 8601 writes it, to the letter.
fn day(text: &str) -> Result<NaiveDate, String> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let date = shape.then(|| text.parse().ok()).flatten();
    date.ok_or_else(|| "YYYY-MM-DD, 2026-05-15".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::help::command;

    #[test]
    fn the_commands_are_sound() {
        command(Lang::Vi).debug_assert();
        command(Lang::En).debug_assert();
    }

    #[test]
    fn a_day_is_iso_to_the_letter() {
        assert!(day("2026-05-15").is_ok());
        for wrong in ["2026-5-15", "15/5/2026", "2026-02-30", "+2026-05-1", "2026-05-15 ", ""] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
    }
}
