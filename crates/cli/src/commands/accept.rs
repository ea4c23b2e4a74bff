//! `nhiemvu accept`: makes a reviewed result the fixture.

use std::io::{BufRead, IsTerminal, Write};

use nhiemvu_review::accept::{Fixture, plan, write};
use nhiemvu_review::{Only, Style, diff_files};

use crate::args::Accept;
use crate::commands::unreadable;
use crate::console::{Console, line};
use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::slashes;

pub(crate) fn run(args: &Accept, console: &Console) -> Outcome {
    permitted(args, console)?;
    let fixtures = plan(&args.actual, &args.expected).map_err(|error| unreadable(&error, console))?;
    if fixtures.is_empty() {
        console.note(&console.say("accept.nothing", &[]));
        return Ok(Exit::Done);
    }
    show(args, &fixtures, console)?;
    let number = fixtures.len().to_string();
    if !args.yes && !agreed(&console.say("accept.question", &[&number]))? {
        console.note(&console.say("accept.left", &[]));
        return Ok(Exit::Different);
    }
    write(&fixtures).map_err(|error| unreadable(&error, console))?;
    console.note(&console.say("accept.done", &[&number]));
    Ok(Exit::Done)
}

/// A fixture is what a person has looked at: never accepted by a machine, nor unseen.
fn permitted(args: &Accept, console: &Console) -> Result<(), Failure> {
    let refuse = |key: &str, hint: &str| Err(Failure::usage(console.say(key, &[]), console.say(hint, &[])));
    if std::env::var_os("CI").is_some_and(|ci| !ci.is_empty()) {
        return refuse("accept.ci", "accept.ci.hint");
    }
    let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if !args.yes && !terminal {
        return refuse("accept.terminal", "accept.terminal.hint");
    }
    Ok(())
}

/// Shows what is about to change; of new fixtures their names alone.
fn show(args: &Accept, fixtures: &[Fixture], console: &Console) -> Result<(), Failure> {
    if args.expected.exists() {
        let report =
            diff_files(&args.actual, &args.expected, &Only::default()).map_err(|error| unreadable(&error, console))?;
        let style = Style { lang: console.lang.into(), color: console.colors_stdout() };
        std::io::stdout().lock().write_all(report.to_text(style).as_bytes())?;
    }
    for fixture in fixtures {
        let key = if fixture.path.exists() { "accept.changed" } else { "accept.new" };
        console.note(&console.say(key, &[&slashes(&fixture.path)]));
    }
    Ok(())
}

fn agreed(question: &str) -> std::io::Result<bool> {
    line(question);
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    Ok(is_yes(&answer))
}

/// Anything but a plain yes is a no.
fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_lowercase().as_str(), "c" | "co" | "có" | "y" | "yes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_yes_is_one() {
        for (answer, yes) in [("c\n", true), ("Có", true), ("YES", true), ("", false), ("n", false), ("không", false)]
        {
            assert_eq!(is_yes(answer), yes, "{answer}");
        }
    }
}
