//! The one folder that holds all temporary files of a run.
//!
//! Each worker has a folder of its own in it, and it and the programs that it starts are told to put their temporary files
//! there. What a worker leaves is removed when it ends, the whole folder when the run ends. After a run that was killed, its
//! workers remove it, or else the next run.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use tempfile::{Builder, TempDir};

const PREFIX: &str = "nhiemvu-run-";
/// A file that the run holds a lock on for as long as it lives.
const LOCK: &str = "lock";
const OURS: &str = "worker-";
/// How long a run that ends may take to let go of its lock once its worker hears nothing more of it: the system closes
/// its files one after the other.
const LETTING_GO: Duration = Duration::from_secs(2);

/// The folder of a run; it is removed when this goes out of scope.
#[derive(Debug)]
pub(super) struct Scratch {
    folder: TempDir,
    /// Let go by the system when the run ends, however it ends.
    _lock: File,
}

impl Scratch {
    pub(super) fn new() -> io::Result<Self> {
        sweep(&std::env::temp_dir());
        let mut builder = private();
        let folder = builder.prefix(PREFIX).tempdir()?;
        let lock = File::create(folder.path().join(LOCK))?;
        // where the system has no locks, no other run takes this folder for a dead one either
        let _ = lock.try_lock();
        Ok(Self { folder, _lock: lock })
    }

    /// A folder for one worker.
    pub(super) fn of_worker(&self) -> io::Result<TempDir> {
        private().prefix(OURS).tempdir_in(self.folder.path())
    }
}

/// Makes folders that only this user may enter.
fn private() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder
}

/// Removes the folders of runs that were killed with their workers.
fn sweep(temp: &Path) {
    let entries = fs::read_dir(temp).into_iter().flatten().flatten();
    let runs = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX));
    for run in runs.map(|entry| entry.path()) {
        remove_if_dead(&run, Duration::ZERO);
    }
}

/// Removes the folder of a run that has ended, or does so within `patience`. One that has just begun has no lock file yet
/// and is left alone.
fn remove_if_dead(run: &Path, patience: Duration) {
    let Ok(lock) = File::open(run.join(LOCK)) else { return };
    let began = Instant::now();
    let mut free = lock.try_lock().is_ok();
    while !free && began.elapsed() < patience {
        thread::sleep(Duration::from_millis(5));
        free = lock.try_lock().is_ok();
    }
    if free {
        let _ = fs::remove_dir_all(run);
    }
}

/// In a worker: removes its folder, and that of the run where the run has ended without doing so.
pub(super) fn leave() {
    let own = std::env::temp_dir();
    let is_ours = own.file_name().is_some_and(|name| name.to_string_lossy().starts_with(OURS));
    let run = own.parent().filter(|run| run.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PREFIX)));
    if let (true, Some(run)) = (is_ours, run) {
        let _ = fs::remove_dir_all(&own);
        remove_if_dead(run, LETTING_GO);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_a_dead_run_is_removed_and_that_of_a_live_one_is_not() {
        let temp = tempfile::tempdir().unwrap();
        let run = |name: &str| {
            let run = temp.path().join(format!("{PREFIX}{name}"));
            fs::create_dir_all(run.join("worker-1")).unwrap();
            fs::write(run.join("worker-1/page.png"), "x").unwrap();
            (File::create(run.join(LOCK)).unwrap(), run)
        };
        let (alive, kept) = run("alive");
        alive.lock().unwrap();
        let (dead, gone) = run("dead");
        drop(dead);
        let begun = temp.path().join(format!("{PREFIX}begun"));
        fs::create_dir(&begun).unwrap();
        let other = temp.path().join("other");
        fs::create_dir(&other).unwrap();
        sweep(temp.path());
        assert!(kept.exists() && begun.exists() && other.exists() && !gone.exists());
    }

    #[test]
    fn a_run_that_lets_go_of_its_lock_late_is_a_dead_one() {
        let temp = tempfile::tempdir().unwrap();
        let lock = File::create(temp.path().join(LOCK)).unwrap();
        lock.lock().unwrap();
        let ending = thread::spawn(move || {
            thread::sleep(Duration::from_millis(100));
            drop(lock);
        });
        remove_if_dead(temp.path(), Duration::from_mins(1));
        ending.join().unwrap();
        assert!(!temp.path().exists());
    }

    #[cfg(unix)]
    #[test]
    fn folders_are_private_and_go() {
        use std::os::unix::fs::PermissionsExt;
        let scratch = Scratch::new().unwrap();
        let worker = scratch.of_worker().unwrap();
        let (run, own) = (scratch.folder.path().to_owned(), worker.path().to_owned());
        for folder in [&run, &own] {
            assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
        }
        drop(worker);
        assert!(!own.exists() && run.exists());
        drop(scratch);
        assert!(!run.exists());
    }
}
