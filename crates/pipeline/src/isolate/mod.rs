//! Documents in processes of their own, so that a bad one harms no other.
//!
//! A [`Converter`] holds one worker: a process of the same program that takes documents on its stdin and answers with
//! records on its stdout ([`serve()`]), within limits on time and memory. Where it hangs, is killed, aborts or overflows its
//! stack, that document gets an error record, and the next one a new worker. Plain text, which no library has to take
//! apart, is converted right here.

mod frame;
mod scratch;
mod serve;
mod settings;
mod system;
mod worker;

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use nhiemvu_exporter::record::SourceInfo;
use nhiemvu_exporter::{Record, error_record};
use nhiemvu_ingest::is_plain;

pub use serve::serve;
pub use settings::RegistryFile;

use crate::hash::Hashing;
use crate::read::{open_file, unreadable};
use crate::run::convert_part;
use crate::{Options, Part, convert};
use scratch::Scratch;
use serve::Request;
use settings::Settings;
use worker::{Answer, Bounds, Fault, Start, Worker, member_file};

/// Text of up to this size is converted in the program itself; more would make its memory grow with its documents.
const LARGEST_PLAIN: u64 = 1 << 20;
/// After so many documents a worker is replaced, before what little each leaves in memory adds up.
const DOCUMENTS_A_WORKER: usize = 500;

/// How documents are converted in processes of their own.
#[derive(Debug)]
pub struct Isolation {
    /// The program to start: one that calls [`serve()`] with its stdin and stdout.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// How long one document may take.
    pub timeout: Duration,
    /// How much memory a worker, and each program that it starts, may take, in bytes; 0 for no limit.
    pub max_memory: u64,
    /// The user's own agencies, where [`Options::registry`] holds some.
    pub registry: Option<RegistryFile>,
    /// Threads that a worker may use for the pages of one document.
    pub threads: usize,
    scratch: Mutex<Option<Scratch>>,
}

impl Isolation {
    /// Workers of `program`, with five minutes and a gigabyte for each document.
    pub fn new(program: PathBuf, arguments: Vec<OsString>) -> Self {
        Self {
            program,
            arguments,
            timeout: Duration::from_mins(5),
            max_memory: 1 << 30,
            registry: None,
            threads: 1,
            scratch: Mutex::new(None),
        }
    }

    fn start(&self, settings: &[u8]) -> io::Result<Worker> {
        let folder = {
            let mut scratch = self.scratch.lock().unwrap_or_else(PoisonError::into_inner);
            if scratch.is_none() {
                *scratch = Some(Scratch::new()?);
            }
            scratch.as_ref().map_or_else(|| Err(io::ErrorKind::NotFound.into()), Scratch::of_worker)?
        };
        Worker::start(Start { program: &self.program, arguments: &self.arguments, settings }, folder)
    }
}

/// A wish that the work end, shared by all that take part in it.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks for the work to end; `true` where it had been asked for before.
    pub fn set(&self) -> bool {
        self.0.swap(true, Ordering::Relaxed)
    }

    /// Whether the work is to end.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Converts one file after the other, in a worker where [`Options::isolation`] says so.
pub struct Converter<'o> {
    options: &'o Options,
    stop: Stop,
    settings: Vec<u8>,
    worker: Option<Worker>,
}

impl<'o> Converter<'o> {
    /// A converter without a worker as yet.
    pub fn new(options: &'o Options, stop: &Stop) -> Self {
        let settings = options.isolation.as_deref().map(|isolation| {
            Settings::new(options, isolation.registry.as_ref(), isolation.max_memory, isolation.threads)
        });
        let settings = settings.and_then(|settings| serde_json::to_vec(&settings).ok()).unwrap_or_default();
        Self { options, stop: stop.clone(), settings, worker: None }
    }

    /// The records of the file at `path`, which they call `name`: one, or one for each document of a container. There is at
    /// least one, unless the work was stopped.
    pub fn file(&mut self, path: &Path, name: &str) -> Vec<Record> {
        match open_file(path, name, self.options) {
            Ok(file) => self.document(file, SourceInfo { path: name.to_owned(), ..SourceInfo::default() }),
            Err(record) => vec![Record::Error(*record)],
        }
    }

    /// The records of a file that is in memory.
    pub fn bytes(&mut self, bytes: &[u8], name: &str) -> Vec<Record> {
        self.document(Cursor::new(bytes), SourceInfo { path: name.to_owned(), ..SourceInfo::default() })
    }

    fn document(&mut self, mut content: impl Read + Seek, source: SourceInfo) -> Vec<Record> {
        let limit = self.options.limits.max_bytes.saturating_add(1);
        let mut head = Vec::new();
        if let Err(error) = content.by_ref().take(limit.min(LARGEST_PLAIN + 1)).read_to_end(&mut head) {
            return vec![self.unreadable(&error, source)];
        }
        let plain = head.len() as u64 <= LARGEST_PLAIN && is_plain(&head);
        if let (false, Some(isolation)) = (plain, self.options.isolation.as_deref()) {
            return self.in_worker(content, source, isolation);
        }
        let rest = limit.saturating_sub(head.len() as u64);
        match content.take(rest).read_to_end(&mut head) {
            Ok(_) if source.member.is_some() => {
                vec![convert_part(&Part { member: None, content: Ok(head.into()) }, &source, self.options)]
            }
            Ok(_) => convert(&head, &source.path, self.options),
            Err(error) => vec![self.unreadable(&error, source)],
        }
    }

    fn in_worker(&mut self, mut content: impl Read + Seek, source: SourceInfo, isolation: &Isolation) -> Vec<Record> {
        let limit = self.options.limits.max_bytes.saturating_add(1);
        let request = Request { source };
        loop {
            if let Err(error) = content.rewind() {
                return vec![self.unreadable(&error, request.source)];
            }
            let used = self.worker.is_some();
            let mut read = Hashing::new(content.by_ref().take(limit));
            match self.ask(&request, &mut read, isolation) {
                Err(error) => return vec![self.unreadable(&error, request.source)],
                Ok(Ok(answers)) => return self.members(answers),
                Ok(Err(Fault::Stopped)) => return vec![],
                // what documents before it left in memory must not bear on a result
                Ok(Err(Fault::Memory)) if used => {}
                Ok(Err(fault)) => {
                    let (bytes, sha256) = read.finish().map_or((None, None), |(n, sum)| (Some(n), Some(sum)));
                    let source = SourceInfo { bytes, sha256, ..request.source };
                    return vec![self.fault(fault, source, isolation)];
                }
            }
        }
    }

    /// Asks the worker, a new one where there is none or where the one there is has done enough.
    fn ask(
        &mut self,
        request: &Request,
        content: &mut dyn Read,
        isolation: &Isolation,
    ) -> io::Result<Result<Vec<Answer>, Fault>> {
        let bounds = Bounds { timeout: isolation.timeout, memory: isolation.max_memory, stop: &self.stop };
        let mut fit = self.worker.take().filter(|worker| worker.asked < DOCUMENTS_A_WORKER);
        if !fit.as_mut().is_some_and(Worker::is_alive) {
            // ended before the new one begins
            drop(fit.take());
            fit = isolation.start(&self.settings).ok();
        }
        let Some(mut worker) = fit else { return Ok(Err(Fault::Unstarted)) };
        let answers = worker.ask(request, content, bounds)?;
        if answers.is_ok() {
            self.worker = Some(worker);
        }
        Ok(answers)
    }

    /// Records as they are, and those of members that wait in files.
    fn members(&mut self, answers: Vec<Answer>) -> Vec<Record> {
        let folder = self.worker.as_ref().map(Worker::folder);
        let mut records = Vec::new();
        for answer in answers {
            match (answer, &folder) {
                (Answer::Record(record), _) => records.push(*record),
                (Answer::Member(member), Some(folder)) => {
                    let path = member_file(folder, &member);
                    match File::open(&path) {
                        Ok(file) => records.extend(self.document(file, member.source)),
                        Err(error) => records.push(self.unreadable(&error, member.source)),
                    }
                    let _ = fs::remove_file(path);
                }
                (Answer::Member(_), None) => {}
            }
        }
        records
    }

    fn unreadable(&self, error: &io::Error, source: SourceInfo) -> Record {
        Record::Error(*unreadable(error, source, self.options))
    }

    fn fault(&self, fault: Fault, source: SourceInfo, isolation: &Isolation) -> Record {
        let (code, message, hint) = match fault {
            Fault::Timeout => (
                "timeout",
                format!("quá thời gian cho phép ({} giây)", isolation.timeout.as_secs_f64()),
                "tăng giới hạn bằng --timeout, hoặc tách nhỏ tệp",
            ),
            Fault::Memory => (
                "memory-limit",
                format!("đọc tệp cần nhiều bộ nhớ hơn mức cho phép ({} MB)", isolation.max_memory >> 20),
                "tăng giới hạn bằng --max-memory, hoặc tách nhỏ tệp",
            ),
            Fault::Died(Some(signal)) => (
                "worker-died",
                format!("tiến trình đọc tệp đã dừng đột ngột (tín hiệu {signal})"),
                "gửi tệp này cho người phát triển nhiemvu",
            ),
            Fault::Unstarted => (
                "worker-died",
                format!("không khởi động được tiến trình đọc tệp ({})", isolation.program.display()),
                "kiểm tra bộ nhớ và thư mục tạm còn trống, rồi chạy lại",
            ),
            Fault::Died(None) | Fault::Stopped => (
                "worker-died",
                "tiến trình đọc tệp đã dừng đột ngột".to_owned(),
                "gửi tệp này cho người phát triển nhiemvu",
            ),
        };
        Record::Error(error_record(code, message, Some(hint.to_owned()), source, self.options.generator()))
    }
}
