//! Files that mean harm: each gets the error or the warning that is right for it, and none bears on the documents beside it.
//!
//! `LARGE=1` makes them as large as the limits are there for, among a thousand good documents (`scripts/long`).

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]
#![cfg(unix)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use nhiemvu_trials::hostile::{self, Hostile, Scale, Want};
use serde_json::Value;
use support::{check_schema, nhiemvu};

fn scale() -> Scale {
    if std::env::var_os("LARGE").is_some() { Scale::Large } else { Scale::Small }
}

/// Runs the program on `paths` below `folder`, with limits that a test can wait for and without other programs.
fn extract(folder: &Path, args: &[&str]) -> (i32, String) {
    let mut command = nhiemvu();
    command.current_dir(folder).env("PATH", "").arg("extract").args(args);
    let (seconds, megabytes) = (scale().pick("30", "60"), scale().pick("256", "512"));
    let output = command.args(["--timeout", seconds, "--max-memory", megabytes, "--jobs", "2"]).output().unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stderr).unwrap())
}

/// Every file below `folder`, links and pipes among them, without looking into it.
fn files_below(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.symlink_metadata().unwrap().is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_owned());
            }
        }
    }
    found
}

/// What every file below `folder` holds; but for what a folder of results remembers, which names all inputs.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let results = files_below(folder).into_iter().filter(|path| !path.ends_with(".nhiemvu-manifest"));
    results.map(|path| (path.clone(), fs::read(folder.join(path)).unwrap())).collect()
}

/// The error records of a run: file, member, code.
fn errors(out: &Path) -> Vec<(String, Option<String>, String)> {
    let lines = fs::read_to_string(out.join("errors.ndjson")).unwrap_or_default();
    let word = |value: &Value| value.as_str().map(str::to_owned);
    let mut found = Vec::new();
    for line in lines.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        check_schema(&record);
        let source = &record["source"];
        found.push((word(&source["path"]).unwrap(), word(&source["member"]), word(&record["error"]["code"]).unwrap()));
    }
    found
}

/// What is wrong with what came of a file; nothing where it is right.
fn judge(
    file: &Hostile,
    results: &BTreeMap<PathBuf, Vec<u8>>,
    errors: &[(String, Option<String>, String)],
) -> Option<String> {
    let codes: Vec<&str> =
        errors.iter().filter(|(path, ..)| path == file.name).map(|(.., code)| code.as_str()).collect();
    if codes.contains(&"internal") || codes.contains(&"worker-died") {
        return Some(format!("{codes:?}"));
    }
    let whole = PathBuf::from(format!("{}.json", file.name));
    let members = results.keys().filter(|path| path.starts_with(file.name) && **path != whole).count();
    let record = results.get(&whole).map(|bytes| serde_json::from_slice::<Value>(bytes).unwrap());
    // an error record stands in the place of a result
    let result = record.filter(|record| record.get("error").is_none());
    let warnings: Vec<&str> = result
        .iter()
        .flat_map(|record| record["warnings"].as_array().unwrap())
        .map(|warning| warning["code"].as_str().unwrap())
        .collect();
    let right = match file.want {
        Want::Error(want) => !codes.is_empty() && codes.iter().all(|code| want.contains(code)),
        Want::Result => result.is_some() && codes.is_empty(),
        Want::Warned(want) => warnings.contains(&want) && codes.is_empty(),
        Want::Members(want) => codes.is_empty() && members > 0 && (want == 0 || members == want),
        Want::Either => result.is_some() || members > 0 || !codes.is_empty(),
    };
    // what is made as large as the limits are there for may also end at one of them
    const LIMITS: [&str; 3] = ["size-limit", "memory-limit", "timeout"];
    let at_limit = scale().pick(false, true) && !codes.is_empty() && codes.iter().all(|code| LIMITS.contains(code));
    (!right && !at_limit).then(|| {
        format!(
            "{:?}: errors {codes:?}, result {}, warnings {warnings:?}, {members} members",
            file.want,
            result.is_some()
        )
    })
}

#[test]
fn hostile_files_get_what_is_right_and_harm_no_other() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let (bad, good) = (home.join("den/in"), home.join("tot"));
    fs::create_dir_all(&bad).unwrap();
    fs::create_dir(&good).unwrap();
    let names = hostile::write_good(&good, scale().pick(54, 1_000));
    for name in &names {
        fs::copy(good.join(name), bad.join(name)).unwrap();
    }
    hostile::write(&bad, scale());
    let odd = hostile::odd(&bad);
    let before: BTreeSet<PathBuf> = files_below(home);

    let (code, stderr) = extract(home, &["tot", "-o", "tot-ra/"]);
    assert_eq!(code, 0, "{stderr}");
    let began = Instant::now();
    let (code, stderr) = extract(home, &["den/in", "-o", "den/ra/"]);
    println!("{} hostile files among {}: {:?}", hostile::all().len() + odd.bad.len(), names.len(), began.elapsed());
    assert_eq!(code, 3, "{stderr}");
    // what file names and documents say commands no terminal
    assert!(stderr.chars().all(|c| c == '\n' || !c.is_control()), "{stderr:?}");

    let (results, errors) = (files(&home.join("den/ra")), errors(&home.join("den/ra")));
    let mut wrong: Vec<String> = Vec::new();
    for file in hostile::all() {
        wrong.extend(judge(&file, &results, &errors).map(|what| format!("{}: {what}", file.name)));
    }
    for (name, code) in &odd.bad {
        let found: Vec<&str> =
            errors.iter().filter(|(path, ..)| path == name).map(|(.., code)| code.as_str()).collect();
        if found != [*code] {
            wrong.push(format!("{name}: {found:?}, not {code}"));
        }
    }
    for name in &odd.good {
        let path = PathBuf::from(format!("{name}.json"));
        if !results.contains_key(&path) {
            wrong.push(format!("{name:?} has no result"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");

    // the neighbours are as they are without them
    let alone = files(&home.join("tot-ra"));
    assert_eq!(alone.len(), names.len());
    for (path, bytes) in &alone {
        assert!(results.get(path) == Some(bytes), "{} is another one beside hostile files", path.display());
    }
    // nothing was written anywhere else, and nothing of this machine was read into a result
    let new: Vec<PathBuf> = files_below(home).difference(&before).cloned().collect();
    assert!(new.iter().all(|path| path.starts_with("den/ra") || path.starts_with("tot-ra")), "{new:?}");
    let passwords = fs::read("/etc/passwd").unwrap();
    let first = passwords.split(|byte| *byte == b'\n').next().unwrap();
    for (path, bytes) in &results {
        assert!(!bytes.windows(first.len()).any(|window| window == first), "{}", path.display());
        let mode = fs::metadata(home.join("den/ra").join(path)).unwrap().permissions().mode();
        assert_eq!(mode & 0o7133, 0, "{}: {mode:o}", path.display());
    }
}

#[test]
fn files_that_change_or_vanish_while_they_are_read() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("in");
    fs::create_dir(&folder).unwrap();
    let names = hostile::write_good(&folder, 54);
    // every third file is written anew, cut, or removed while the program runs
    let done = AtomicBool::new(false);
    let (code, stderr) = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut round = 0_usize;
            while !done.load(Ordering::Relaxed) {
                for (number, name) in names.iter().enumerate().filter(|(number, _)| number % 3 == 0) {
                    let path = folder.join(name);
                    match (number / 3 + round) % 4 {
                        0 => drop(fs::write(&path, "THÔNG BÁO\n1. Sở Y tế báo cáo trước ngày 1/6/2031.\n")),
                        1 => drop(fs::write(&path, b"")),
                        2 => drop(fs::remove_file(&path)),
                        _ => drop(fs::write(&path, vec![b'%'; 300_000])),
                    }
                }
                round += 1;
                std::thread::sleep(Duration::from_millis(2));
            }
        });
        let ran = extract(home.path(), &["in", "-o", "ra/"]);
        done.store(true, Ordering::Relaxed);
        ran
    });
    assert!(code == 0 || code == 3, "{code} {stderr}");
    let (results, errors) = (files(&home.path().join("ra")), errors(&home.path().join("ra")));
    for (number, name) in names.iter().enumerate() {
        let result = results.get(&PathBuf::from(format!("{name}.json")));
        let failed: Vec<&str> =
            errors.iter().filter(|(path, ..)| path == name).map(|(.., code)| code.as_str()).collect();
        if number % 3 == 0 {
            let known = ["not-found", "empty", "unreadable", "damaged", "unknown-format", "no-text"];
            assert!(result.is_some() || failed.iter().all(|code| known.contains(code)), "{name}: {failed:?}");
        } else {
            assert!(failed.is_empty(), "{name}: {failed:?}");
        }
        // a file that was gone before the folder was read has no record; whatever is there is whole
        assert!(result.is_some() || number % 3 == 0, "{name} has no record");
        if let Some(bytes) = result {
            check_schema(&serde_json::from_slice(bytes).unwrap());
        }
    }
}
