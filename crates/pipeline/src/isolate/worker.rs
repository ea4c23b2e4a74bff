//! One worker, as the program that asks it sees it.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use nhiemvu_exporter::Record;
use tempfile::TempDir;

use super::serve::{END, ERROR, MEMBER, Request, TASKS, Unpacked};
use super::system::{self, Group};
use super::{Stop, frame};

/// How often a worker is looked at while it works.
const TICK: Duration = Duration::from_millis(50);
/// Bytes of a document that are sent at a time.
const CHUNK: usize = 256 << 10;
/// Of what a worker says on stderr so much is kept: its last words.
const LAST_WORDS: usize = 4 << 10;

/// What came of a document, or of a part of it.
#[derive(Debug)]
pub(super) enum Answer {
    /// Its record.
    Record(Box<Record>),
    /// A member that waits to be asked for, in a file of the worker's folder.
    Member(Unpacked),
}

/// Why there is no answer; the worker has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It took longer than it may.
    Timeout,
    /// It needed more memory than it may have.
    Memory,
    /// It ended by itself, or by a signal of this number.
    Died(Option<i32>),
    /// The run is to stop.
    Stopped,
    /// It could not be started.
    Unstarted,
}

/// How a worker is started.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start<'a> {
    pub(super) program: &'a Path,
    pub(super) arguments: &'a [OsString],
    /// The first frame.
    pub(super) settings: &'a [u8],
}

/// What holds for every document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds<'a> {
    pub(super) timeout: Duration,
    /// In bytes; 0 for none.
    pub(super) memory: u64,
    pub(super) stop: &'a Stop,
}

/// A process that converts one document after the other.
#[derive(Debug)]
pub(super) struct Worker {
    child: Child,
    group: Group,
    input: BufWriter<ChildStdin>,
    output: BufReader<ChildStdout>,
    last_words: Option<JoinHandle<Vec<u8>>>,
    folder: Arc<TempDir>,
    /// How many documents it was asked for.
    pub(super) asked: usize,
}

impl Worker {
    /// Starts a worker with `folder` for its temporary files.
    pub(super) fn start(start: Start<'_>, folder: TempDir) -> io::Result<Self> {
        let mut command = Command::new(start.program);
        command.args(start.arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        for name in ["TMPDIR", "TMP", "TEMP"] {
            command.env(name, folder.path());
        }
        // allocators take address space in large pieces, whether it is used or not; the latter is in KiB
        command.env("MALLOC_ARENA_MAX", "2").env("MIMALLOC_ARENA_RESERVE", "65536");
        system::prepare(&mut command);
        let mut child = command.spawn()?;
        let group = Group::of(&child);
        let (input, output, error) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(input), Some(output), Some(error)) = (input, output, error) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let mut worker = Self {
            child,
            group,
            input: BufWriter::with_capacity(CHUNK, input),
            output: BufReader::new(output),
            last_words: Some(thread::spawn(move || tail(error))),
            folder: Arc::new(folder),
            asked: 0,
        };
        // a worker that is gone already says so at the first document
        let _ = frame::write(&mut worker.input, &[start.settings]);
        Ok(worker)
    }

    /// Where its members' files are; they stay for as long as this is held.
    pub(super) fn folder(&self) -> Arc<TempDir> {
        Arc::clone(&self.folder)
    }

    /// Whether it can be asked; one that was killed while it had nothing to do cannot.
    pub(super) fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Asks for a document, whose bytes are those of `content`.
    ///
    /// The outer error is that of `content`; the worker is of no use after it, nor after a fault.
    pub(super) fn ask(
        &mut self,
        request: &Request,
        content: &mut dyn Read,
        bounds: Bounds<'_>,
    ) -> io::Result<Result<Vec<Answer>, Fault>> {
        self.asked += 1;
        let (input, output, group) = (&mut self.input, &mut self.output, &self.group);
        let verdict = AtomicU8::new(0);
        let (done, waiting) = mpsc::channel::<()>();
        let answers = thread::scope(|scope| {
            let verdict = &verdict;
            scope.spawn(move || watch(&waiting, group, bounds, verdict));
            let answers = exchange(input, output, request, content);
            drop(done);
            answers
        });
        match (answers, verdict.load(Ordering::Relaxed)) {
            (Ok(Some(answers)), _) => Ok(Ok(answers)),
            (Err(error), _) => Err(error),
            (_, LATE) => Ok(Err(Fault::Timeout)),
            (_, STOPPED) => Ok(Err(Fault::Stopped)),
            (_, LARGE) => Ok(Err(Fault::Memory)),
            _ => Ok(Err(self.autopsy())),
        }
    }

    /// Why it ended without an answer.
    fn autopsy(&mut self) -> Fault {
        // what it started may hold its stderr open
        let status = self.end();
        let said = self.last_words.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
        // the words of the standard library before it aborts, also where memory is too short for a panic; there is no other
        // sign
        let signs: [&[u8]; 2] = [b"memory allocation of", b"failed to initiate panic"];
        if signs.iter().any(|sign| memchr::memmem::find(&said, sign).is_some()) {
            return Fault::Memory;
        }
        Fault::Died(status.and_then(system::signal))
    }

    /// Ends it with all that it started.
    fn end(&mut self) -> Option<ExitStatus> {
        // one that is ending by itself is given the time to, for its status is its own then
        let began = Instant::now();
        while began.elapsed() < TICK && self.is_alive() {
            thread::sleep(Duration::from_millis(1));
        }
        self.group.end();
        let _ = self.child.kill();
        self.child.wait().ok()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.group.end();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const LATE: u8 = 1;
const STOPPED: u8 = 2;
const LARGE: u8 = 3;

/// Ends the worker where it takes too long or too much, or where the run is to stop; until the other end of `done` goes.
fn watch(done: &mpsc::Receiver<()>, group: &Group, bounds: Bounds<'_>, verdict: &AtomicU8) {
    let began = Instant::now();
    loop {
        let left = bounds.timeout.saturating_sub(began.elapsed());
        if done.recv_timeout(left.min(TICK)) != Err(mpsc::RecvTimeoutError::Timeout) {
            return;
        }
        let sentence = if bounds.stop.is_set() {
            STOPPED
        } else if began.elapsed() >= bounds.timeout {
            LATE
        } else if bounds.memory > 0 && group.exceeds(bounds.memory) {
            LARGE
        } else {
            continue;
        };
        verdict.store(sentence, Ordering::Relaxed);
        return group.end();
    }
}

/// Sends the document and takes the answer; `None` where the worker ends before it has answered.
fn exchange(
    input: &mut impl Write,
    output: &mut impl Read,
    request: &Request,
    content: &mut dyn Read,
) -> io::Result<Option<Vec<Answer>>> {
    let header = serde_json::to_vec(request)?;
    let mut gone = frame::write(input, &[&header]).is_err();
    let mut chunk = vec![0; CHUNK];
    while !gone {
        match content.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => gone = frame::write(input, &[chunk.get(..count).unwrap_or_default()]).is_err(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    if gone || frame::write(input, &[]).is_err() || input.flush().is_err() {
        return Ok(None);
    }
    let mut answers = Vec::new();
    loop {
        let Ok(Some(bytes)) = frame::read(output) else { return Ok(None) };
        match bytes.split_first() {
            Some((&END, _)) => return Ok(Some(answers)),
            Some((&kind, content)) => match answer(kind, content) {
                Some(answer) => answers.push(answer),
                None => return Ok(None),
            },
            None => return Ok(None),
        }
    }
}

fn answer(kind: u8, content: &[u8]) -> Option<Answer> {
    Some(match kind {
        TASKS => Answer::Record(Box::new(Record::Tasks(serde_json::from_slice(content).ok()?))),
        ERROR => Answer::Record(Box::new(Record::Error(serde_json::from_slice(content).ok()?))),
        MEMBER => Answer::Member(serde_json::from_slice(content).ok()?),
        _ => return None,
    })
}

/// Reads all that a worker says on stderr and keeps the end of it.
fn tail(mut from: ChildStderr) -> Vec<u8> {
    let mut kept = VecDeque::new();
    let mut piece = [0; 1024];
    while let Ok(count @ 1..) = from.read(&mut piece) {
        kept.extend(piece.get(..count).unwrap_or_default());
        let surplus = kept.len().saturating_sub(LAST_WORDS);
        kept.drain(..surplus);
    }
    kept.into()
}

/// The path of a member's file.
pub(super) fn member_file(folder: &TempDir, member: &Unpacked) -> PathBuf {
    folder.path().join(&member.file)
}
