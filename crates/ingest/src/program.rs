//! Runs the programs that read what this crate does not.

use std::fs::OpenOptions;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often a running program is looked at.
const POLL: Duration = Duration::from_millis(20);

/// Of a program's output no more is taken, in bytes.
const LONGEST_OUTPUT: u64 = 64 << 20;

/// Whether programs stay in the process group of this process, which whoever started it ends as a whole.
static KEPT: AtomicBool = AtomicBool::new(false);
/// Whether a program was ended there, while what it had started may still run.
static LEFT: AtomicBool = AtomicBool::new(false);

/// Lets the programs that reading starts (`LibreOffice`, `tesseract`) stay in the process group of this process from now on,
/// for a process that is itself ended with its group. Otherwise each has a group of its own, which ends with it.
pub fn keep_programs() {
    KEPT.store(true, Ordering::Relaxed);
}

/// Whether, after [`keep_programs`], something may be running in the group that no document needs any more: the group
/// should end when the work at hand is done.
pub fn programs_left() -> bool {
    LEFT.load(Ordering::Relaxed)
}

/// Where the program of one of these names is, by the search path or where its installer puts it on systems whose
/// installers leave the search path alone.
pub(crate) fn find(names: &[&str], usual: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let suffix = std::env::consts::EXE_SUFFIX;
    let found = names.iter().find_map(|name| {
        let file = format!("{name}{suffix}");
        folders.iter().map(|folder| folder.join(&file)).find(|program| program.is_file())
    });
    found.or_else(|| usual.iter().map(PathBuf::from).find(|program| program.is_file()))
}

/// A folder that only this user may enter; it is removed with all that it holds when it goes out of scope.
pub(crate) fn scratch() -> io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("nhiemvu-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir()
}

/// Writes a file that only this user may read.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)
}

/// Runs the program to its end, with nothing to read and its output dropped; `None` where it took longer than `limit`,
/// and was ended with all that it started.
pub(crate) fn run(command: &mut Command, limit: Duration) -> io::Result<Option<ExitStatus>> {
    command.stdout(Stdio::null());
    wait(command, limit)
}

/// The same for a program whose output matters: it is kept in a file of `folder` while the program runs, so that a
/// program that writes without end fills no memory. `None` where the program fails.
pub(crate) fn output(command: &mut Command, folder: &Path, limit: Duration) -> Option<Vec<u8>> {
    let path = folder.join("output");
    write_private(&path, &[]).ok()?;
    command.stdout(OpenOptions::new().write(true).open(&path).ok()?);
    let status = wait(command, limit).ok()??;
    let mut out = Vec::new();
    std::fs::File::open(&path).ok()?.take(LONGEST_OUTPUT).read_to_end(&mut out).ok()?;
    status.success().then_some(out)
}

fn wait(command: &mut Command, limit: Duration) -> io::Result<Option<ExitStatus>> {
    command.stdin(Stdio::null()).stderr(Stdio::null());
    // LibreOffice starts others, which end only with their group
    #[cfg(unix)]
    if !KEPT.load(Ordering::Relaxed) {
        std::os::unix::process::CommandExt::process_group(command, 0);
    }
    let mut guard = Guard(command.spawn()?);
    let began = Instant::now();
    loop {
        if let Some(status) = guard.0.try_wait()? {
            return Ok(Some(status));
        }
        if began.elapsed() > limit {
            return Ok(None);
        }
        std::thread::sleep(POLL);
    }
}

/// A program that does not outlive the wait for it.
struct Guard(Child);

impl Drop for Guard {
    fn drop(&mut self) {
        if matches!(self.0.try_wait(), Ok(Some(_))) {
            return;
        }
        if KEPT.load(Ordering::Relaxed) {
            LEFT.store(true, Ordering::Relaxed);
            let _ = self.0.kill();
            let _ = self.0.wait();
            return;
        }
        #[cfg(unix)]
        if let Some(group) = i32::try_from(self.0.id()).ok().and_then(rustix::process::Pid::from_raw) {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_program_that_takes_too_long_is_ended_with_what_it_started() {
        let folder = scratch().unwrap();
        let sign = folder.path().join("late");
        let script = format!("(sleep 1; touch {}) & wait", sign.display());
        let done = run(Command::new("sh").args(["-c", &script]), Duration::from_millis(100)).unwrap();
        assert_eq!(done, None);
        std::thread::sleep(Duration::from_millis(1500));
        assert!(!sign.exists());
    }

    #[cfg(unix)]
    #[test]
    fn temporary_files_are_private_and_go() {
        use std::os::unix::fs::PermissionsExt;
        let folder = scratch().unwrap();
        let file = folder.path().join("in.doc");
        write_private(&file, b"x").unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(folder.path()), mode(&file)), (0o700, 0o600));
        let path = folder.path().to_owned();
        drop(folder);
        assert!(!path.exists());
    }

    #[test]
    fn what_is_not_installed_is_not_found() {
        assert_eq!(find(&["no-program-has-this-name"], &["/no/such/folder/program"]), None);
    }
}
