//! What an output folder remembers of the runs before, so that the next converts what is new or has changed.
//!
//! The manifest has a line for each input: its hash, a hash of the options and the version that it was converted with, and the
//! files that came of it, with theirs. While a run works it adds lines to a journal, each after its files are whole; at the
//! end both become one sorted manifest, which is the same whatever the runs that led to it. A line that was cut off counts as
//! none. Lines stay on disk, and in memory of each no more than where it stands.

use std::collections::HashMap;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use nhiemvu_exporter::{Layout, to_json};
use nhiemvu_pipeline::Fingerprint;
use serde::{Deserialize, Serialize};

use crate::write::Pending;

/// The file that holds the manifest.
pub(crate) const MANIFEST: &str = ".nhiemvu-manifest";
/// That of a run that works, or did not end.
pub(crate) const JOURNAL: &str = ".nhiemvu-journal";

/// What is remembered of one input.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// The input's path below the folder named.
    pub(crate) below: String,
    /// What records call it.
    pub(crate) name: String,
    /// Of its bytes; empty where they could not be read.
    pub(crate) sha256: String,
    /// Hash of all else that bears on the files.
    pub(crate) key: String,
    /// Whether the next run may leave it out: not where a fault may have passed by then.
    pub(crate) lasts: bool,
    pub(crate) files: Vec<Made>,
}

/// A result file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Made {
    /// Below the output folder, with `/`.
    pub(crate) path: String,
    pub(crate) sha256: String,
    /// The code of an error record.
    pub(crate) error: Option<String>,
    pub(crate) pages: u32,
    pub(crate) tasks: usize,
    pub(crate) flagged: usize,
    /// Of the document, as it is without regard to others.
    pub(crate) print: Option<Fingerprint>,
    /// The document that the file says it is the same as.
    pub(crate) mark: Option<String>,
}

/// Where a line stands.
#[derive(Debug, Clone, Copy)]
struct Line {
    in_journal: bool,
    at: u64,
    length: u32,
}

/// Why a folder's memory cannot be used.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Another run writes to the folder.
    Busy,
    Io(io::Error),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The memory of an output folder, held by one run at a time.
#[derive(Debug)]
pub(crate) struct Ledger {
    folder: PathBuf,
    /// By a number that stands for the input's path: a path itself takes several times as much.
    lines: HashMap<u64, Line>,
    manifest: Option<Mutex<File>>,
    journal: Mutex<File>,
    /// Where the journal ends.
    end: u64,
    /// Whether a run before this did not come to its end.
    pub(crate) unfinished: bool,
}

impl Ledger {
    /// The memory of `folder`, empty where there is none.
    pub(crate) fn open(folder: &Path) -> Result<Self, Refusal> {
        fs::create_dir_all(folder)?;
        let path = folder.join(JOURNAL);
        let unfinished = path.exists();
        let mut journal = File::options().create(true).read(true).append(true).open(path)?;
        match journal.try_lock() {
            Err(fs::TryLockError::WouldBlock) => return Err(Refusal::Busy),
            // a file system without locks holds nobody off
            Ok(()) | Err(fs::TryLockError::Error(_)) => {}
        }
        let mut lines = HashMap::new();
        let manifest = match File::open(folder.join(MANIFEST)) {
            Ok(mut file) => {
                read_lines(&mut file, false, &mut lines)?;
                Some(Mutex::new(file))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error.into()),
        };
        let mut end = read_lines(&mut journal, true, &mut lines)?;
        if unfinished && end > 0 {
            // parts the first line from one that was cut off
            journal.write_all(b"\n")?;
            end += 1;
        }
        Ok(Self { folder: folder.to_owned(), lines, manifest, journal: Mutex::new(journal), end, unfinished })
    }

    /// What is remembered of the input.
    pub(crate) fn get(&self, below: &str) -> Option<Entry> {
        let bytes = self.read(*self.lines.get(&short(below))?).ok()?;
        let entry: Entry = serde_json::from_slice(&bytes).ok()?;
        if entry.below != below {
            return None;
        }
        // a folder may come from anywhere, and what lies outside of it is none of its business
        let is_below = |path: &str| Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        entry.files.iter().all(|made| is_below(&made.path)).then_some(entry)
    }

    fn read(&self, line: Line) -> io::Result<Vec<u8>> {
        let file = if line.in_journal { Some(&self.journal) } else { self.manifest.as_ref() };
        let mut file = file.ok_or(io::ErrorKind::NotFound)?.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = vec![0; line.length as usize];
        file.seek(SeekFrom::Start(line.at))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// Remembers the input, whose files are whole.
    pub(crate) fn put(&mut self, entry: &Entry) -> io::Result<()> {
        let line = to_json(entry, Layout::Compact);
        let journal = self.journal.get_mut().unwrap_or_else(PoisonError::into_inner);
        journal.write_all(&line)?;
        let place = Line { in_journal: true, at: self.end, length: line.len() as u32 };
        self.lines.insert(short(&entry.below), place);
        self.end += u64::from(place.length);
        Ok(())
    }

    /// Makes manifest and journal one.
    pub(crate) fn finish(self) -> io::Result<()> {
        if self.end > 0 {
            let mut manifest = Pending::new(&self.folder.join(MANIFEST))?;
            let named = |line: &Line| io::Result::Ok((below(&self.read(*line)?).unwrap_or_default(), *line));
            let mut lines: Vec<(Box<str>, Line)> = self.lines.values().map(named).collect::<Result<_, _>>()?;
            lines.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            for (_, line) in lines {
                manifest.write_all(&self.read(line)?)?;
            }
            manifest.finish_safely()?;
        }
        let path = self.folder.join(JOURNAL);
        drop(self);
        fs::remove_file(path)
    }
}

/// A number that stands for a path. That of another one, were it the same, would cost a conversion that was not needed.
fn short(below: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    below.hash(&mut hasher);
    hasher.finish()
}

/// The input that a line is about.
fn below(line: &[u8]) -> Option<Box<str>> {
    #[derive(Deserialize)]
    struct Named {
        below: Box<str>,
    }
    serde_json::from_slice::<Named>(line).ok().map(|named| named.below)
}

/// Notes where the lines of `file` stand that are whole; gives where it ends.
fn read_lines(file: &mut File, in_journal: bool, lines: &mut HashMap<u64, Line>) -> io::Result<u64> {
    file.seek(SeekFrom::Start(0))?;
    let mut reader = BufReader::new(file);
    let (mut at, mut bytes) = (0, Vec::new());
    loop {
        bytes.clear();
        let length = reader.read_until(b'\n', &mut bytes)?;
        if length == 0 {
            return Ok(at);
        }
        if let (Some(below), true) = (below(&bytes), bytes.ends_with(b"\n")) {
            lines.insert(short(&below), Line { in_journal, at, length: length as u32 });
        }
        at += length as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(below: &str, sha256: &str) -> Entry {
        Entry { below: below.to_owned(), sha256: sha256.to_owned(), ..Entry::default() }
    }

    #[test]
    fn what_a_manifest_says_of_files_elsewhere_counts_for_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(folder.path()).unwrap();
        for (below, path) in [("a", "a.json"), ("b", "../b.json"), ("c", "/c.json"), ("d", "x/../../d.json")] {
            let files = vec![Made { path: path.to_owned(), ..Made::default() }];
            ledger.put(&Entry { files, ..entry(below, "1") }).unwrap();
        }
        assert_eq!(["a", "b", "c", "d"].map(|below| ledger.get(below).is_some()), [true, false, false, false]);
    }

    #[test]
    fn a_run_that_ended_early_is_remembered_as_far_as_its_lines_are_whole() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(folder.path()).unwrap();
        ledger.put(&entry("b", "1")).unwrap();
        ledger.put(&entry("a", "1")).unwrap();
        ledger.finish().unwrap();
        let mut ledger = Ledger::open(folder.path()).unwrap();
        assert!(!ledger.unfinished && matches!(Ledger::open(folder.path()), Err(Refusal::Busy)));
        ledger.put(&entry("a", "2")).unwrap();
        drop(ledger);
        File::options()
            .append(true)
            .open(folder.path().join(JOURNAL))
            .unwrap()
            .write_all(b"{\"below\":\"b\",")
            .unwrap();
        let mut ledger = Ledger::open(folder.path()).unwrap();
        assert!(ledger.unfinished);
        assert_eq!(ledger.get("a"), Some(entry("a", "2")));
        assert_eq!(ledger.get("b"), Some(entry("b", "1")));
        ledger.put(&entry("c", "3")).unwrap();
        assert_eq!((ledger.get("c"), ledger.get("d")), (Some(entry("c", "3")), None));
        ledger.finish().unwrap();
        assert!(!folder.path().join(JOURNAL).exists());
        let text = fs::read_to_string(folder.path().join(MANIFEST)).unwrap();
        let names: Vec<String> = text.lines().map(|line| serde_json::from_str::<Entry>(line).unwrap().below).collect();
        assert_eq!(names, ["a", "b", "c"]);
    }
}
