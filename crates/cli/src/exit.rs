//! How the program ends.

use std::io;
use std::process::ExitCode;

/// Exit status; the numbers are part of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: done.
    Done,
    /// 1: ran, and found differences.
    Different,
    /// 2: wrong usage, or no input exists.
    Usage,
    /// 3: some inputs failed and the rest was written.
    Failed,
    /// 130: stopped by Ctrl-C.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Different => 1,
            Exit::Usage => 2,
            Exit::Failed => 3,
            Exit::Interrupted => 130,
        })
    }
}

/// What a command gives: how to end, or why it could not go on.
pub(crate) type Outcome = Result<Exit, Failure>;

/// Why a command could not go on.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    /// What is wrong, in the language of the console; empty where there is nothing to say.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) hint: Option<String>,
}

impl Failure {
    /// Wrong usage.
    pub(crate) fn usage(message: String, hint: String) -> Self {
        Self { exit: Exit::Usage, message, hint: Some(hint) }
    }

    /// A fault while running.
    pub(crate) fn failed(message: String, hint: Option<String>) -> Self {
        Self { exit: Exit::Failed, message, hint }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            // whoever read stdout has had enough
            io::ErrorKind::BrokenPipe => Self { exit: Exit::Done, message: String::new(), hint: None },
            io::ErrorKind::Interrupted => Self { exit: Exit::Interrupted, message: String::new(), hint: None },
            _ => Self::failed(error.to_string(), None),
        }
    }
}
