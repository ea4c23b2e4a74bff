//! Help and usage errors, in the language asked for.

use std::ffi::OsString;
use std::io::Write;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory, FromArgMatches};

use crate::args::Cli;
use crate::console;
use crate::exit::Exit;
use crate::lang::{Lang, help, say};

/// Reads the command line; where it only asks for help or is wrong, says so and gives how to end.
pub(crate) fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Cli, Exit> {
    let arguments: Vec<OsString> = arguments.collect();
    let lang = wanted(&arguments);
    let command = command(lang);
    let parsed = command.try_get_matches_from(&arguments).and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.map_err(|error| refuse(&error, lang))
}

/// The whole command, with help in `lang`.
pub(crate) fn command(lang: Lang) -> Command {
    // what is printed is `version()`, which asks the registry and so is left until it is needed
    let command = Cli::command().version(env!("CARGO_PKG_VERSION"));
    if lang == Lang::En { command } else { translate(command, "") }
}

/// Program, schema and registry.
fn version() -> String {
    let registry = nhiemvu_pipeline::Registry::builtin().label();
    let schema = nhiemvu_pipeline::record::SCHEMA_VERSION;
    format!("{} (schema {schema}, registry {registry})", env!("CARGO_PKG_VERSION"))
}

/// The language is needed before the command line can be read.
fn wanted(arguments: &[OsString]) -> Lang {
    let mut arguments = arguments.iter().map(|argument| argument.to_string_lossy());
    while let Some(argument) = arguments.next() {
        let value = match argument.strip_prefix("--lang") {
            Some("") => arguments.next().map(|value| value.to_string()),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        match value.as_deref() {
            Some("en") => return Lang::En,
            Some(_) => return Lang::Vi,
            None => {}
        }
    }
    Lang::Vi
}

/// Puts the Vietnamese help in the place of the English one. `path` is the command's own key, `agencies.lookup`.
fn translate(command: Command, path: &str) -> Command {
    let word = |key: &str| say(Lang::Vi, &format!("help.{key}"), &[]);
    let template = format!("{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}", word("usage"));
    let join = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let mut command = command
        .help_template(template)
        .subcommand_help_heading(word("commands"))
        .subcommand_value_name(word("command"))
        .mut_args(|argument| {
            let key = join(argument.get_id().as_str());
            let heading = word(if argument.is_positional() { "arguments" } else { "options" });
            let text = help(&key).or_else(|| help(&format!("*.{}", argument.get_id())));
            let argument = argument.help_heading(heading);
            match text {
                Some(text) => argument.help(text),
                None => argument,
            }
        });
    if let Some(about) = help(if path.is_empty() { "nhiemvu" } else { path }) {
        command = command.about(about);
    }
    for name in names {
        let key = join(&name);
        command = command.mut_subcommand(name, |sub| translate(sub, &key));
    }
    command
}

/// Prints what clap has to say: help on stdout, an error on stderr.
fn refuse(error: &clap::Error, lang: Lang) -> Exit {
    // a closed stdout is no fault, here as elsewhere
    match error.kind() {
        ErrorKind::DisplayVersion => {
            let _ = writeln!(std::io::stdout().lock(), "nhiemvu {}", version());
            return Exit::Done;
        }
        ErrorKind::DisplayHelp => {
            let _ = error.print();
            return Exit::Done;
        }
        _ if lang == Lang::En => {
            let _ = error.print();
        }
        _ => console::line(&vietnamese(error, lang)),
    }
    Exit::Usage
}

fn vietnamese(error: &clap::Error, lang: Lang) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        _ => String::new(),
    };
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let mut text = match error.kind() {
        ErrorKind::UnknownArgument => say(lang, "usage.unknown-argument", &[&argument]),
        ErrorKind::InvalidSubcommand => say(lang, "usage.unknown-command", &[&context(ContextKind::InvalidSubcommand)]),
        ErrorKind::MissingRequiredArgument => say(lang, "usage.missing", &[&argument]),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            say(lang, "usage.missing-command", &[])
        }
        ErrorKind::ArgumentConflict => say(lang, "usage.conflict", &[&argument, &context(ContextKind::PriorArg)]),
        ErrorKind::InvalidValue if value.is_empty() => say(lang, "usage.no-value", &[&argument]),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => say(lang, "usage.invalid-value", &[&value, &argument]),
        _ => say(lang, "usage.other", &[&argument]),
    };
    let valid = context(ContextKind::ValidValue);
    if !valid.is_empty() {
        text.push_str(&say(lang, "usage.valid-values", &[&valid]));
    }
    for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue] {
        let suggested = context(kind);
        if !suggested.is_empty() {
            text.push_str(&say(lang, "usage.suggestion", &[&suggested]));
        }
    }
    format!("{} {text}\n{}", say(lang, "error", &[]), say(lang, "usage.help", &[]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_and_flag_has_a_vietnamese_help() {
        fn check(command: &Command, path: &str) {
            assert!(help(if path.is_empty() { "nhiemvu" } else { path }).is_some(), "{path}");
            for argument in command.get_arguments() {
                let name = argument.get_id().as_str();
                let own = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
                assert!(help(&own).is_some() || help(&format!("*.{name}")).is_some(), "{own}");
            }
            for sub in command.get_subcommands() {
                let name = sub.get_name();
                check(sub, &if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") });
            }
        }
        check(&Cli::command(), "");
    }

    #[test]
    fn the_language_is_found_wherever_it_stands() {
        let of = |words: &[&str]| wanted(&words.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of(&["nhiemvu", "extract", "--lang", "en", "x"]), Lang::En);
        assert_eq!(of(&["nhiemvu", "--lang=en"]), Lang::En);
        assert_eq!(of(&["nhiemvu", "--language", "en"]), Lang::Vi);
    }
}
