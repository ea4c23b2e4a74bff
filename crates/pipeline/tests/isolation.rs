//! Workers that hang, abort, overflow their stack, take all memory or are killed, and what comes of their documents.
//!
//! This is a program of its own, which the tests start again: as a worker that does what its documents say, and as a run
//! that is killed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it is surprised")]

use std::ffi::OsString;
use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use nhiemvu_pipeline::{Converter, Input, Isolation, Options, Record, Stop, batch, convert, serve};

const NOTICE: &str = "<p>THÔNG BÁO</p>\n<p>1. Sở Tài chính lập dự toán bến thuyền trước ngày 15/5/2031.</p>\n";
/// What documents say to a worker, and the code of the error record that comes of it.
const FAULTS: [(&str, &str); 5] = [
    ("!hang!", "timeout"),
    ("!abort!", "worker-died"),
    ("!overflow!", "worker-died"),
    ("!exit!", "worker-died"),
    ("!fill!", "memory-limit"),
];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let argument = |at: usize| arguments.get(at).map(String::as_str);
    match argument(1) {
        Some("worker") => return serve(Poisoned(io::stdin()), &mut BufWriter::new(Obedient(io::stdout()))).unwrap(),
        Some("run") => return drop(records(&[Path::new(argument(2).unwrap()).to_owned()], &options(600.0), 1)),
        // what test runners ask before they run anything
        Some("--list") => return,
        _ => {}
    }
    let tests: [(&str, fn()); 7] = [
        ("a worker gives what this process gives", a_worker_gives_what_this_process_gives),
        ("each fault is the error record of its document", each_fault_is_the_error_record_of_its_document),
        ("members of a container fail one by one", members_of_a_container_fail_one_by_one),
        ("an idle worker that is killed is replaced", an_idle_worker_that_is_killed_is_replaced),
        ("a worker that cannot be started is an error record", a_worker_that_cannot_be_started_is_an_error_record),
        ("the work ends when it is asked to", the_work_ends_when_it_is_asked_to),
        ("nothing outlives a run that is killed", nothing_outlives_a_run_that_is_killed),
    ];
    for (name, test) in tests {
        test();
        println!("ok: {name}");
    }
}

/// What the document at hand says that the worker should do.
static SAID: Mutex<String> = Mutex::new(String::new());

/// Listens to what the bytes say that are read through it.
struct Poisoned<R>(R);

impl<R: Read> Read for Poisoned<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(buffer)?;
        SAID.lock().unwrap().push_str(&String::from_utf8_lossy(&buffer[..count]));
        Ok(count)
    }
}

/// Does, before it writes an answer, what the document said.
struct Obedient<W>(W);

impl<W: Write> Write for Obedient<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // not held on to while the word is obeyed: the listener needs it as well
        let said = std::mem::take(&mut *SAID.lock().unwrap());
        obey(&said);
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn obey(said: &str) {
    let asked = |what: &str| said.contains(what);
    if asked("!hang!") {
        // with a temporary file and a program of its own, as text recognition has
        fs::write(std::env::temp_dir().join("page.png"), "x").unwrap();
        let mut sleep = Command::new("sleep").arg("600").stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
        let _ = fs::write(std::env::temp_dir().join("../../sleep.pid"), sleep.id().to_string());
        sleep.wait().unwrap();
    }
    if asked("!abort!") {
        std::process::abort();
    }
    if asked("!overflow!") {
        println!("{}", deeper(1));
    }
    if asked("!exit!") {
        std::process::exit(0);
    }
    if asked("!fill!") {
        let mut all = Vec::new();
        loop {
            all.push(vec![1_u8; 16 << 20]);
        }
    }
}

#[allow(unconditional_recursion)]
fn deeper(depth: u64) -> u64 {
    std::hint::black_box([depth; 64])[7] + deeper(depth + 1) + 1
}

fn options(timeout: f64) -> Options {
    let mut isolation = Isolation::new(std::env::current_exe().unwrap(), vec![OsString::from("worker")]);
    isolation.timeout = Duration::from_secs_f64(timeout);
    isolation.max_memory = 512 << 20;
    Options { isolation: Some(Arc::new(isolation)), ..Options::default() }
}

fn records(paths: &[std::path::PathBuf], options: &Options, jobs: usize) -> Vec<Record> {
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let inputs: Vec<Input> = paths.iter().map(|path| Input { path: path.clone(), name: name(path) }).collect();
    let mut records = Vec::new();
    let mut each = |_: usize, record: Record| {
        records.push(record);
        Ok(())
    };
    batch(&inputs, jobs, options, &mut each).unwrap();
    records
}

/// `-` for a task list.
fn code(record: &Record) -> &str {
    match record {
        Record::Tasks(_) => "-",
        Record::Error(error) => error.error.code.as_ref(),
    }
}

fn a_worker_gives_what_this_process_gives() {
    let options = options(60.0);
    let mut converter = Converter::new(&options, &Stop::default());
    let large = format!("{}{}", NOTICE, "<p>Căn cứ tình hình.</p>".repeat(100_000));
    for document in [NOTICE.as_bytes(), large.as_bytes(), b"<p>", b"%PDF-1.7\nnothing", b"\xD0\xCF\x11\xE0", b""] {
        assert_eq!(converter.bytes(document, "tb.html"), convert(document, "tb.html", &options));
    }
}

fn each_fault_is_the_error_record_of_its_document() {
    let folder = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for (number, (word, _)) in FAULTS.iter().enumerate() {
        for (name, text) in [("a", NOTICE.to_owned()), ("b", format!("{NOTICE}<p>{word}</p>"))] {
            paths.push(folder.path().join(format!("{number}{name}.html")));
            fs::write(paths.last().unwrap(), text).unwrap();
        }
    }
    paths.push(folder.path().join("9.html"));
    fs::write(paths.last().unwrap(), NOTICE).unwrap();
    let one = records(&paths, &options(12.0), 1);
    let expected: Vec<&str> = FAULTS.iter().flat_map(|(_, code)| ["-", code]).chain(["-"]).collect();
    assert_eq!(one.iter().map(code).collect::<Vec<_>>(), expected);
    let Record::Error(fault) = &one[3] else { panic!() };
    assert_eq!(fault.source.bytes, Some(fs::metadata(&paths[3]).unwrap().len()));
    assert!(fault.source.sha256.is_some() && fault.error.hint.is_some());
    assert_eq!(records(&paths, &options(12.0), 3), one);
}

/// A saved e-mail with these attachments.
fn mail(parts: &[&str]) -> String {
    let head = "From: a@example.org\r\nTo: b@example.org\r\nDate: Mon, 05 May 2031 08:00:00 +0700\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"B\"\r\n\r\n";
    let part = |(number, text): (usize, &&str)| {
        format!(
            "--B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Disposition: attachment; filename=\"{number}.html\"\r\n\r\n{text}\r\n"
        )
    };
    format!("{head}{}--B--\r\n", parts.iter().enumerate().map(part).collect::<String>())
}

fn members_of_a_container_fail_one_by_one() {
    let options = options(60.0);
    let mut converter = Converter::new(&options, &Stop::default());
    let whole = mail(&[NOTICE, NOTICE, "Chỉ có chữ"]);
    let got = converter.bytes(whole.as_bytes(), "thu.eml");
    assert_eq!(got, convert(whole.as_bytes(), "thu.eml", &options));
    assert_eq!(got.len(), 3);
    // base64 hides the word from the worker until the member itself is asked for
    let hidden = "PHA+IWFib3J0ITwvcD4=";
    let poisoned = mail(&[NOTICE, "@", NOTICE])
        .replace("\r\n\r\n@", &format!("\r\nContent-Transfer-Encoding: base64\r\n\r\n{hidden}"));
    let got = converter.bytes(poisoned.as_bytes(), "thu.eml");
    assert_eq!(got.iter().map(code).collect::<Vec<_>>(), ["-", "worker-died", "-"]);
    let Record::Error(fault) = &got[1] else { panic!() };
    assert_eq!(fault.source.member.as_deref(), Some("1.html"));
}

fn an_idle_worker_that_is_killed_is_replaced() {
    let options = options(60.0);
    let mut converter = Converter::new(&options, &Stop::default());
    let first = converter.bytes(NOTICE.as_bytes(), "tb.html");
    let worker = children(std::process::id());
    assert_eq!(worker.len(), 1);
    kill(worker[0]);
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(converter.bytes(NOTICE.as_bytes(), "tb.html"), first);
}

fn a_worker_that_cannot_be_started_is_an_error_record() {
    let isolation = Isolation::new("/no/such/program".into(), vec![]);
    let options = Options { isolation: Some(Arc::new(isolation)), ..Options::default() };
    let mut converter = Converter::new(&options, &Stop::default());
    assert_eq!(code(&converter.bytes(NOTICE.as_bytes(), "tb.html")[0]), "worker-died");
}

fn the_work_ends_when_it_is_asked_to() {
    let (options, stop) = (options(600.0), Stop::default());
    let mut converter = Converter::new(&options, &stop);
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        stop.set();
    });
    let began = Instant::now();
    assert!(converter.bytes(b"<p>!hang!</p>", "tb.html").is_empty());
    assert!(began.elapsed() < Duration::from_secs(30));
}

fn nothing_outlives_a_run_that_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("hang.html");
    fs::write(&document, "<p>!hang!</p>").unwrap();
    let mut run = Command::new(std::env::current_exe().unwrap());
    let mut run = run.arg("run").arg(&document).env("TMPDIR", folder.path()).spawn().unwrap();
    let pid_file = folder.path().join("sleep.pid");
    let program = wait_for(|| fs::read_to_string(&pid_file).ok().and_then(|text| text.parse::<u32>().ok()));
    let worker = children(run.id());
    assert_eq!(worker.len(), 1);
    run.kill().unwrap();
    run.wait().unwrap();
    wait_for(|| [worker[0], program].iter().all(|process| is_gone(*process)).then_some(()));
    let left = |folder: &Path| {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        names.filter(|name| name.to_string_lossy().starts_with("nhiemvu")).count()
    };
    wait_for(|| (left(folder.path()) == 0).then_some(()));
}

fn wait_for<T>(mut what: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = what() {
            return found;
        }
        // only so that a test that waits in vain ends: on a busy machine a process is reaped late
        assert!(began.elapsed() < Duration::from_mins(3), "waited for nothing");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The processes that `parent` has started and not yet waited for.
fn children(parent: u32) -> Vec<u32> {
    let output = Command::new("ps").args(["-A", "-o", "pid=,ppid=,comm="]).output().unwrap();
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    let rows = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    rows.filter(|row| row.len() > 2 && row[1] == parent.to_string() && row[2] != "ps")
        .map(|row| row[0].parse().unwrap())
        .collect()
}

fn kill(process: u32) {
    assert!(Command::new("kill").args(["-9", &process.to_string()]).status().unwrap().success());
}

/// Whether the process has ended; one that nobody waits for counts as well.
fn is_gone(process: u32) -> bool {
    let output = Command::new("ps").args(["-o", "stat=", "-p", &process.to_string()]).output().unwrap();
    let state = String::from_utf8_lossy(&output.stdout).into_owned();
    state.trim().is_empty() || state.trim().starts_with('Z')
}
