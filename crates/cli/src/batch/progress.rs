//! How far a run is, and what came of it: on stderr alone, as it depends on the clock.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use nhiemvu_exporter::Record;

use crate::batch::ledger::Entry;
use crate::console::Console;

/// Where stderr is no terminal, a line is written so often.
const EVERY: Duration = Duration::from_secs(10);
/// So many of the slowest documents are named, where they took at least so long.
const SLOWEST: usize = 5;
const SLOW: Duration = Duration::from_millis(100);

/// What came of a run so far.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    documents: usize,
    tasks: usize,
    flagged: usize,
    pages: u64,
    /// By their codes.
    failed: BTreeMap<String, usize>,
    /// Inputs whose results stay as they are.
    kept: usize,
    slowest: Vec<(Duration, String)>,
}

impl Tally {
    /// How many documents failed.
    pub(crate) fn failed(&self) -> usize {
        self.failed.values().sum()
    }

    fn record(&mut self, record: &Record) {
        match record {
            Record::Tasks(list) => {
                self.documents += 1;
                self.tasks += list.tasks.len();
                self.flagged += list.tasks.iter().filter(|task| !task.flags.is_empty()).count();
                self.pages += u64::from(list.document.pages.unwrap_or(0));
            }
            Record::Error(error) => *self.failed.entry(error.error.code.to_string()).or_default() += 1,
        }
    }

    fn entry(&mut self, entry: &Entry) {
        for made in &entry.files {
            if let Some(code) = &made.error {
                *self.failed.entry(code.clone()).or_default() += 1;
                continue;
            }
            self.documents += 1;
            self.tasks += made.tasks;
            self.flagged += made.flagged;
            self.pages += u64::from(made.pages);
        }
    }

    fn took(&mut self, name: &str, time: Duration) {
        let at = self.slowest.partition_point(|(other, _)| *other >= time);
        if at < SLOWEST && time >= SLOW {
            self.slowest.insert(at, (time, name.to_owned()));
            self.slowest.truncate(SLOWEST);
        }
    }
}

/// Tells how far a run is.
pub(crate) struct Progress<'c> {
    console: &'c Console,
    total: usize,
    done: usize,
    /// Done by this run itself, by which its rate is reckoned.
    worked: usize,
    began: Instant,
    said: Instant,
    bar: Option<ProgressBar>,
    pub(crate) tally: Tally,
}

impl<'c> Progress<'c> {
    /// Begins with `total` inputs before it.
    pub(crate) fn new(total: usize, console: &'c Console) -> Self {
        let began = Instant::now();
        let bar = (total > 1 && console.shows_bars()).then(|| {
            let bar = ProgressBar::new(total as u64);
            let style = ProgressStyle::with_template(&console.say("progress.bar", &[]));
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.enable_steady_tick(Duration::from_millis(250));
            bar
        });
        console.show(bar.clone());
        Self { console, total, done: 0, worked: 0, began, said: began, bar, tally: Tally::default() }
    }

    /// An input was converted.
    pub(crate) fn converted(&mut self, name: &str, records: &[Record], time: Duration) {
        for record in records {
            self.tally.record(record);
            if let Record::Error(error) = record {
                self.console.fault(error);
            }
        }
        self.tally.took(name, time);
        self.worked += 1;
        self.step();
    }

    /// An input's results are those of a run before.
    pub(crate) fn kept(&mut self, entry: &Entry) {
        self.tally.entry(entry);
        self.tally.kept += 1;
        self.step();
    }

    fn step(&mut self) {
        self.done += 1;
        let rate = self.worked as f64 / self.began.elapsed().as_secs_f64().max(0.001);
        let figures = [self.tally.pages.to_string(), self.tally.failed().to_string(), format!("{rate:.1}")];
        let figures = figures.each_ref().map(String::as_str);
        if let Some(bar) = &self.bar {
            bar.set_message(self.console.say("progress.figures", &figures));
            bar.inc(1);
        } else if is_due(self.said.elapsed(), self.done, self.total) {
            self.said = Instant::now();
            let left = (self.total - self.done.min(self.total)) as f64 / rate.max(0.001);
            let counts = [self.done.to_string(), self.total.to_string(), format!("{left:.0}")];
            let [done, total, left] = counts.each_ref().map(String::as_str);
            let figures = self.console.say("progress.figures", &figures);
            self.console.note(&self.console.say("progress.line", &[done, total, &figures, left]));
        }
    }

    /// Takes the bar away.
    pub(crate) fn end(&mut self) {
        self.console.show(None);
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    /// How many inputs are done.
    pub(crate) fn done(&self) -> usize {
        self.done
    }

    /// The closing table.
    pub(crate) fn table(&self) {
        let (tally, say) = (&self.tally, |key: &str, values: &[&str]| self.console.say(key, values));
        let figures = [tally.documents, tally.tasks, tally.flagged, tally.failed()].map(|figure| figure.to_string());
        self.console.note(&say("note.done", &figures.each_ref().map(String::as_str)));
        if tally.kept > 0 {
            self.console.note(&say("note.kept", &[&tally.kept.to_string()]));
        }
        if !tally.failed.is_empty() {
            let causes: Vec<String> = tally.failed.iter().map(|(code, count)| format!("{code} {count}")).collect();
            self.console.note(&say("note.causes", &[&causes.join(", ")]));
        }
        if self.total > 1 && !tally.slowest.is_empty() {
            let line = |(time, name): &(Duration, String)| format!("\n    {:7.1} s  {name}", time.as_secs_f64());
            self.console.note(&say("note.slowest", &[&tally.slowest.iter().map(line).collect::<String>()]));
        }
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.end();
    }
}

/// Whether a line is to be written: not at the end, where the table says more.
fn is_due(since: Duration, done: usize, total: usize) -> bool {
    since >= EVERY && done < total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_now_and_then_and_not_at_the_end() {
        let at = |seconds, done| is_due(Duration::from_secs(seconds), done, 100);
        assert_eq!([at(9, 50), at(10, 50), at(60, 99), at(60, 100)], [false, true, true, false]);
    }

    #[test]
    fn the_five_slowest_are_kept_and_quick_ones_are_none() {
        let mut tally = Tally::default();
        for (name, tenths) in [("a", 3), ("b", 9), ("c", 0), ("d", 5), ("e", 4), ("f", 8), ("g", 7), ("h", 1)] {
            tally.took(name, Duration::from_millis(tenths * 100));
        }
        let names: Vec<&str> = tally.slowest.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["b", "f", "g", "d", "e"]);
    }
}
