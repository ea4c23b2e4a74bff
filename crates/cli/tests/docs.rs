//! What README, ARCHITECTURE and CONTRIBUTING say is so.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

mod support;

use std::fs;

use serde_json::Value;
use support::{convert, nhiemvu, root};

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

#[test]
fn the_readmes_example_is_true() {
    let readme = page("README.md");
    let sentence = readme.lines().find_map(|line| line.strip_prefix("> ")).unwrap();
    let bytes = fs::read(root().join("corpus/tb-kho-lanh.md")).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains(sentence));
    let shown = readme.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let shown: Value = serde_json::from_str(shown).unwrap();
    let record = convert("tb-kho-lanh.md", &bytes);
    let task =
        record["tasks"].as_array().unwrap().iter().find(|task| task["text"].as_str().unwrap().contains(sentence));
    holds(task.unwrap(), &shown, "task");
}

/// Stops where `shown` says what `whole` does not hold; keys may be left out, list entries may not.
fn holds(whole: &Value, shown: &Value, at: &str) {
    match (whole, shown) {
        (Value::Object(whole), Value::Object(shown)) => {
            for (key, value) in shown {
                holds(whole.get(key).unwrap_or(&Value::Null), value, &format!("{at}.{key}"));
            }
        }
        (Value::Array(whole), Value::Array(shown)) => {
            assert_eq!(whole.len(), shown.len(), "{at}: {whole:?}");
            whole.iter().zip(shown).for_each(|(whole, shown)| holds(whole, shown, at));
        }
        _ => assert_eq!(whole, shown, "{at}"),
    }
}

#[test]
fn the_readmes_first_command_converts_the_corpus() {
    let readme = page("README.md");
    let command = readme.lines().find_map(|line| line.trim().strip_prefix("cargo run --release -- ")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let arguments = command.split(' ').map(|word| match word {
        "corpus" => root().join("corpus").into_os_string(),
        word => word.into(),
    });
    let status = nhiemvu().current_dir(folder.path()).args(arguments).output().unwrap().status;
    assert!(status.success());
    assert!(fs::read_dir(folder.path().join("out")).unwrap().count() >= 12);
}

#[test]
fn every_command_that_the_readme_names_exists() {
    let readme = page("README.md");
    let (mut seen, table) = (0, readme.lines().filter(|line| line.starts_with("| `nhiemvu ")));
    for line in table {
        let command = line.trim_start_matches("| `nhiemvu ").split([' ', '`']).next().unwrap();
        assert!(nhiemvu().args([command, "--help"]).output().unwrap().status.success(), "{command}");
        seen += 1;
    }
    assert!(seen >= 5);
}

#[test]
fn every_dependency_has_its_reason() {
    let architecture = page("ARCHITECTURE.md");
    let manifest = page("Cargo.toml");
    let section = manifest.split("[workspace.dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    let names = section.lines().filter_map(|line| Some(line.split_once('=')?.0.trim()));
    for name in names.filter(|name| !name.starts_with("nhiemvu-") && !name.starts_with('#')) {
        let rows = architecture.lines().filter(|line| line.starts_with("| "));
        let named = rows.filter_map(|row| row.split('|').nth(1)).flat_map(|cell| cell.split(','));
        assert!(named.map(str::trim).any(|cell| cell == name), "{name} is not in ARCHITECTURE.md");
    }
}

#[test]
fn every_path_that_the_pages_name_exists() {
    let mut seen = 0;
    for name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        for word in page(name).split(|c: char| c.is_whitespace() || "`()[]|,;".contains(c)) {
            let word = word.trim_end_matches(['.', ':', '/']);
            let is_path =
                ["crates/", "corpus/", "fixtures/", "scripts/", ".ci/"].iter().any(|top| word.starts_with(top));
            if is_path && !word.contains(['*', '<']) && !word.contains("NAME") {
                assert!(root().join(word).exists(), "{name} names {word}");
                seen += 1;
            }
        }
    }
    assert!(seen > 10);
}
