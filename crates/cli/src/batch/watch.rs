//! Folders that are watched: what arrives in them is converted once it is whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

use nhiemvu_pipeline::Stop;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::inputs::Found;

/// How often it is looked whether the run is to end, and whether a file still grows.
const TICK: Duration = Duration::from_millis(250);
/// A file whose size and time have not changed for so long is whole.
const STILL: Duration = Duration::from_secs(1);

/// Size of a file, and when it was last written to.
pub(crate) type Look = (u64, Option<SystemTime>);
/// Those of each file.
pub(crate) type Looks = BTreeMap<PathBuf, Look>;

/// Watches folders.
pub(crate) struct Watch {
    // ends when it goes
    _watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    /// What the program itself writes to.
    output: PathBuf,
    /// Files as they were when they were last converted.
    done: Looks,
    /// Files as they were last seen, and since when.
    seen: BTreeMap<PathBuf, (Look, Instant)>,
    /// Whether something has changed that was not converted yet.
    pending: bool,
}

impl Watch {
    /// Watches `paths` and all below them.
    pub(crate) fn new(paths: &[PathBuf], output: &Path) -> notify::Result<Self> {
        let (send, events) = channel();
        let mut watcher = notify::recommended_watcher(send)?;
        for path in paths {
            watcher.watch(path, RecursiveMode::Recursive)?;
        }
        let output = output.canonicalize().unwrap_or_else(|_| output.to_owned());
        let (done, seen) = (Looks::new(), BTreeMap::new());
        Ok(Self { _watcher: watcher, events, output, done, seen, pending: false })
    }

    /// Notes that files are converted as `looks` shows them.
    pub(crate) fn converted(&mut self, looks: Looks) {
        self.done = looks;
    }

    /// Waits until a file has come, changed or gone and stands still; gives those that still change, which are left for
    /// later. `None` where the run is to end.
    pub(crate) fn wait(&mut self, stop: &Stop, look: &dyn Fn() -> Looks) -> Option<BTreeSet<PathBuf>> {
        loop {
            match self.events.recv_timeout(TICK) {
                Ok(event) => self.pending |= self.counts(&event),
                Err(RecvTimeoutError::Timeout) => {
                    if let Some(changing) = self.pending.then(|| self.look(&look())).flatten() {
                        return Some(changing);
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return None,
            }
            if stop.is_set() {
                return None;
            }
        }
    }

    /// Whether the event is of an input. Where events were lost, anything may have changed.
    fn counts(&self, event: &notify::Result<Event>) -> bool {
        let Ok(event) = event else { return true };
        let ours = |path: &PathBuf| path.starts_with(&self.output);
        !event.kind.is_access() && (event.paths.is_empty() || !event.paths.iter().all(ours))
    }

    /// The files that still change, where there is something else to do.
    fn look(&mut self, now: &Looks) -> Option<BTreeSet<PathBuf>> {
        let (mut changing, mut ready) = (BTreeSet::new(), self.done.keys().any(|path| !now.contains_key(path)));
        self.seen.retain(|path, _| now.contains_key(path));
        for (path, look) in now.iter().filter(|(path, look)| self.done.get(*path) != Some(*look)) {
            let seen = self.seen.entry(path.clone()).or_insert((*look, Instant::now()));
            if seen.0 != *look {
                *seen = (*look, Instant::now());
            }
            if seen.1.elapsed() < STILL {
                changing.insert(path.clone());
            } else {
                ready = true;
            }
        }
        self.pending = ready || !changing.is_empty();
        ready.then_some(changing)
    }
}

/// Sizes and times of the files.
pub(crate) fn looks(found: &[Found]) -> Looks {
    let look = |one: &Found| Some((one.input.path.clone(), look(&one.input.path)?));
    found.iter().filter_map(look).collect()
}

/// Size and time of the file at `path`.
pub(crate) fn look(path: &Path) -> Option<Look> {
    let about = fs::metadata(path).ok()?;
    Some((about.len(), about.modified().ok()))
}
