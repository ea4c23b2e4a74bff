//! Folders of documents: runs that are killed and gone on with, folders that cannot be written, folders that are watched.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use serde_json::Value;
use support::{corpus, nhiemvu};

/// `count` short documents, each of which differs from the others; every seventh is a page, which a worker reads.
fn good(folder: &Path, count: usize) {
    fs::create_dir_all(folder.join("phong")).unwrap();
    for number in 0..count {
        let body = format!(
            "1. Sở Tài chính lập dự toán {number} của ấp {number} trước ngày 15/5/2031.\n\n2. Sở Y tế kiểm tra {number} cơ sở.\n"
        );
        match number % 7 {
            3 => fs::write(
                folder.join(format!("{number:04}.html")),
                format!("<p>{}</p>", body.replace("\n\n", "</p><p>")),
            ),
            5 => fs::write(folder.join(format!("phong/{number:04}.md")), body),
            _ => fs::write(folder.join(format!("{number:04}.txt")), body),
        }
        .unwrap();
    }
}

/// Path below `folder` to bytes, of every file there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(here) = open.pop() {
        for path in fs::read_dir(here).into_iter().flatten().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

fn has_end(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|e| e == extension)
}

fn extract(folder: &Path, args: &[&str]) -> (i32, String) {
    let output = nhiemvu().current_dir(folder).arg("extract").args(args).output().unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn start(folder: &Path, args: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nhiemvu"));
    command.current_dir(folder).arg("extract").args(args).stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// Waits until `done`, for a minute at most.
fn wait_for(what: &str, done: impl Fn() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < Duration::from_mins(1), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn interrupt(child: &Child) {
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
}

#[test]
fn a_second_run_converts_what_is_new_or_changed() {
    let home = tempfile::tempdir().unwrap();
    let (input, out) = (home.path().join("in"), home.path().join("out"));
    good(&input, 8);
    fs::write(input.join("empty.md"), "").unwrap();
    let run = |extra: &[&str]| extract(home.path(), &[&["in", "-o", "out/"], extra].concat());
    let (code, stderr) = run(&[]);
    assert!(code == 3 && stderr.contains("lỗi: empty 1"), "{stderr}");
    let first = files(&out);
    let names: Vec<&String> = first.keys().filter(|name| name.starts_with("000")).collect();
    let stamp = |name: &str| fs::metadata(out.join(name)).unwrap().modified().unwrap();
    let before: Vec<SystemTime> = names.iter().map(|name| stamp(name)).collect();
    std::thread::sleep(Duration::from_millis(20));

    let (code, stderr) = run(&[]);
    assert_eq!((code, stderr.contains("9 tệp không đổi")), (3, true), "{stderr}");
    assert!(stderr.contains("(empty)"), "an error that stays is told again: {stderr}");
    assert_eq!(names.iter().map(|name| stamp(name)).collect::<Vec<_>>(), before);
    assert!(files(&out) == first);

    let changed = input.join(names[0].strip_suffix(".json").unwrap());
    fs::write(&changed, "1. Sở Y tế báo cáo trước ngày 15/5/2031.\n").unwrap();
    fs::remove_file(out.join(names[1])).unwrap();
    // of the same size as before
    fs::write(out.join(names[2]), vec![b' '; first[names[2]].len()]).unwrap();
    fs::write(input.join("9999.md"), "1. Sở Nội vụ tập huấn trước ngày 15/5/2031.\n").unwrap();
    fs::remove_file(input.join("empty.md")).unwrap();
    let (code, stderr) = run(&[]);
    assert_eq!((code, stderr.contains("5 tệp không đổi")), (0, true), "{stderr}");
    let second = files(&out);
    assert!(second[names[0]] != first[names[0]] && second.contains_key("9999.md.json"));
    assert!(names[1..].iter().all(|name| second[*name] == first[*name]) && !second.contains_key("errors.ndjson"));

    assert!(!run(&["--province", "Cà Mau"]).1.contains("không đổi"), "other options, other results");
    assert!(!run(&["--province", "Cà Mau", "--force"]).1.contains("không đổi"));
    assert!(run(&["--province", "Cà Mau"]).1.contains("9 tệp không đổi"));
}

/// A result without what is known of it at the end of a run only: that the document stands in another file too.
fn unmarked(result: &[u8]) -> Value {
    let mut result: Value = serde_json::from_slice(result).unwrap();
    result["warnings"].as_array_mut().unwrap().retain(|warning| warning["code"] != "duplicate-of");
    result
}

#[test]
fn a_run_that_is_killed_leaves_whole_files_and_the_next_goes_on() {
    let kills: u64 = std::env::var("KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(50);
    let home = tempfile::tempdir().unwrap();
    let input = home.path().join("in");
    good(&input, 30);
    fs::copy(input.join("0000.txt"), input.join("again.txt")).unwrap();
    let began = Instant::now();
    assert_eq!(extract(home.path(), &["in", "-o", "whole/"]).0, 0);
    let took = began.elapsed().as_millis() as u64;
    let whole = files(&home.path().join("whole"));
    let out = home.path().join("out");
    // the machine may be quicker than it was
    let (mut window, mut killed) = (took.max(20), 0);
    for attempt in 0..kills * 4 {
        let args: &[&str] = match attempt % 3 {
            0 => &["in", "-o", "out/", "--force"],
            _ => &["in", "-o", "out/"],
        };
        if attempt % 5 == 1 {
            let _ = fs::remove_dir_all(&out);
        }
        let mut run = start(home.path(), args);
        std::thread::sleep(Duration::from_millis(attempt * 677 % window));
        run.kill().unwrap();
        if run.wait().unwrap().success() {
            window = (window * 9 / 10).max(5);
        } else {
            killed += 1;
        }
        for (name, bytes) in files(&out).iter().filter(|(name, _)| has_end(name, "json")) {
            assert!(unmarked(&whole[name]) == unmarked(bytes), "{name} is not whole");
        }
        if killed == kills {
            break;
        }
    }
    assert_eq!(killed, kills, "so many runs were killed before their end");
    assert_eq!(extract(home.path(), &["in", "-o", "out/"]).0, 0);
    assert!(files(&out) == whole, "{:?}", files(&out).keys());
}

#[test]
fn results_do_not_depend_on_the_runs_before_nor_on_the_order() {
    let home = tempfile::tempdir().unwrap();
    let input = home.path().join("in");
    fs::create_dir(&input).unwrap();
    let notice = |end: &str| {
        let (_, bytes) = corpus().into_iter().find(|(name, _)| name == "tb-ben-thuyen.md").unwrap();
        [&bytes, end.as_bytes()].concat()
    };
    fs::write(input.join("b.md"), notice("\n")).unwrap();
    fs::write(input.join("c.md"), notice("\n\n")).unwrap();
    let marks = |folder: &str| -> Vec<String> {
        let found = files(&home.path().join(folder)).into_iter().filter(|(name, _)| has_end(name, "json"));
        found
            .filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("duplicate-of"))
            .map(|(name, _)| name)
            .collect()
    };
    extract(home.path(), &["in", "-o", "grown/"]);
    assert_eq!(marks("grown"), ["c.md.json"]);
    // one that comes first by its name
    fs::write(input.join("a.md"), notice("\n")).unwrap();
    extract(home.path(), &["in", "-o", "grown/"]);
    assert_eq!(marks("grown"), ["b.md.json", "c.md.json"]);
    extract(home.path(), &["in", "-o", "new/", "--jobs", "1"]);
    assert!(files(&home.path().join("grown")) == files(&home.path().join("new")));
    for file in ["in/a.md", "in/b.md"] {
        fs::remove_file(home.path().join(file)).unwrap();
    }
    extract(home.path(), &["in", "-o", "grown/"]);
    assert!(!marks("grown").contains(&"c.md.json".to_owned()), "what is there no more has no bearing");
    // by whichever order they are named
    fs::write(input.join("d.txt"), notice("\n\n\n")).unwrap();
    for (first, second) in [("x", "y"), ("x.ndjson", "y.ndjson")] {
        extract(home.path(), &["in/c.md", "in/d.txt", "-o", first, "--force"]);
        extract(home.path(), &["in/d.txt", "in/c.md", "-o", second]);
    }
    let results = |folder: &str| {
        files(&home.path().join(folder)).into_iter().filter(|(name, _)| !name.starts_with('.')).collect::<Vec<_>>()
    };
    assert!(results("x") == results("y") && results("x").len() == 2);
    let lines = |name: &str| {
        let text = fs::read_to_string(home.path().join(name)).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert!(
        lines("x.ndjson") == lines("y.ndjson") && lines("x.ndjson").iter().any(|line| line.contains("duplicate-of"))
    );
}

#[test]
fn files_of_the_same_bytes_are_converted_once_and_each_has_its_result() {
    let home = tempfile::tempdir().unwrap();
    let input = home.path().join("in");
    fs::create_dir(&input).unwrap();
    // takes long enough for a page that the time of one is that of all
    let page = |n: usize| format!("<p>{}</p>", "1. Sở Tài chính lập dự toán trước ngày 15/5/2031.</p><p>".repeat(n));
    for number in 0..12 {
        fs::write(input.join(format!("{number:02}.html")), page(40)).unwrap();
    }
    assert_eq!(extract(home.path(), &["in", "-o", "out/"]).0, 0);
    let out = files(&home.path().join("out"));
    for number in 0..12 {
        let name = format!("{number:02}.html");
        let record: Value = serde_json::from_slice(&out[&format!("{name}.json")]).unwrap();
        assert_eq!(record["document"]["source"]["path"], Value::from(name.as_str()));
        // as if it were alone, but for what is said of the others
        let alone = nhiemvu().current_dir(&input).args(["extract", &name]).output().unwrap();
        let mut alone: Value = serde_json::from_slice(&alone.stdout).unwrap();
        alone["warnings"]
            .as_array_mut()
            .unwrap()
            .extend(record["warnings"].as_array().unwrap().iter().filter(|w| w["code"] == "duplicate-of").cloned());
        assert_eq!(alone, record);
    }
}

#[test]
fn a_full_disk_and_a_read_only_folder_are_told() {
    let home = tempfile::tempdir().unwrap();
    good(&home.path().join("in"), 60);
    let disk = home.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let mount = |args: &[&str]| Command::new("mount").args(args).arg(&disk).stderr(Stdio::null()).status();
    if !mount(&["-t", "tmpfs", "-o", "size=96k", "tmpfs"]).is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: no file system can be mounted here (not root), so no full disk and no read-only folder");
        return;
    }
    let (code, stderr) = extract(home.path(), &["in", "-o", "disk/out/"]);
    let full = files(&disk);
    let book = extract(home.path(), &["in", "-o", "disk/so.xlsx"]);
    let remounted = mount(&["-o", "remount,ro"]).unwrap().success();
    let (code_ro, stderr_ro) = extract(home.path(), &["in", "-o", "disk/out/"]);
    let regrown = mount(&["-o", "remount,rw,size=16m"]).unwrap().success();
    let (code_again, stderr_again) = extract(home.path(), &["in", "-o", "disk/out/"]);
    let again = files(&disk.join("out"));
    assert!(Command::new("umount").arg(&disk).status().unwrap().success());
    assert_eq!(code, 3, "{stderr}");
    assert!(stderr.contains("không ghi được") && stderr.contains("disk/out") && stderr.contains('→'), "{stderr}");
    for (name, bytes) in full.iter().filter(|(name, _)| has_end(name, "json")) {
        assert!(serde_json::from_slice::<Value>(bytes).is_ok(), "{name} is half-written");
    }
    assert!(!full.keys().any(|name| has_end(name, "tmp")), "{:?}", full.keys());
    assert!(book.0 == 3 && book.1.contains("không ghi được") && !full.contains_key("so.xlsx"), "{}", book.1);
    assert!(remounted && regrown);
    assert!(code_ro == 3 && stderr_ro.contains("không ghi được"), "{stderr_ro}");
    assert_eq!(code_again, 0, "{stderr_again}");
    extract(home.path(), &["in", "-o", "elsewhere/"]);
    assert!(again == files(&home.path().join("elsewhere")), "once there is room, the run goes on");
}

#[test]
fn ctrl_c_ends_a_run_cleanly_and_says_how_to_go_on() {
    let home = tempfile::tempdir().unwrap();
    good(&home.path().join("in"), 400);
    let out = home.path().join("out");
    let run = start(home.path(), &["in", "-o", "out/", "--jobs", "1"]);
    wait_for("the first result", || files(&out).len() > 3);
    let (code, stderr) = extract(home.path(), &["in", "-o", "out/"]);
    assert!(code == 2 && stderr.contains("một lần chạy khác"), "{code} {stderr}");
    interrupt(&run);
    let output = run.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(130), "{stderr}");
    assert!(stderr.contains("chạy lại đúng lệnh này") && stderr.contains("trong 400 tệp"), "{stderr}");
    let half = files(&out);
    assert!(!half.keys().any(|name| has_end(name, "tmp")));
    let (code, stderr) = extract(home.path(), &["in", "-o", "out/"]);
    assert!(code == 0 && stderr.contains("tệp không đổi"), "{stderr}");
    assert!(files(&out).len() > half.len());
}

#[test]
fn a_watched_folder_is_converted_as_files_come_each_once_it_is_whole() {
    let home = tempfile::tempdir().unwrap();
    let (input, out) = (home.path().join("in"), home.path().join("out"));
    fs::create_dir_all(input.join("phong")).unwrap();
    let run = start(home.path(), &["in", "-o", "out/", "--watch"]);
    wait_for("the manifest of the empty folder", || out.is_dir());
    std::thread::sleep(Duration::from_millis(300));
    fs::write(input.join("a.txt"), "1. Sở Y tế báo cáo trước ngày 15/5/2031.\n").unwrap();
    wait_for("the first file", || out.join("a.txt.json").exists());
    // one that comes slowly, in a folder below
    let mut slow = fs::File::create(input.join("phong/b.txt")).unwrap();
    for number in 1..=6 {
        assert!(!out.join("phong/b.txt.json").exists(), "it is not whole yet");
        writeln!(slow, "{number}. Sở Tài chính lập dự toán số {number} trước ngày 15/5/2031.\n").unwrap();
        std::thread::sleep(Duration::from_millis(400));
    }
    drop(slow);
    wait_for("the slow file", || out.join("phong/b.txt.json").exists());
    let record: Value = serde_json::from_slice(&fs::read(out.join("phong/b.txt.json")).unwrap()).unwrap();
    assert_eq!(record["tasks"].as_array().unwrap().len(), 6);
    interrupt(&run);
    assert_eq!(run.wait_with_output().unwrap().status.code(), Some(130));
    assert_eq!(extract(home.path(), &["in", "--watch"]).0, 2);
}
