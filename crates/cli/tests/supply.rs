//! Where dependencies come from, and which may not be there: what `deny.toml` says, as far as the lock file tells it.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

mod support;

use std::fs;

use support::root;

#[test]
fn dependencies_come_from_the_registry_and_none_speaks_to_a_network() {
    const NONE: [&str; 9] = ["reqwest", "hyper", "ureq", "curl", "openssl", "native-tls", "rustls", "pcre2", "onig"];
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let mut foreign = 0;
    for package in lock.split("[[package]]").skip(1) {
        let value = |key: &str| {
            package.lines().find_map(|line| line.strip_prefix(&format!("{key} = "))).map(|v| v.trim_matches('"'))
        };
        let name = value("name").unwrap();
        assert!(!NONE.contains(&name), "{name}");
        let Some(source) = value("source") else {
            assert!(name.starts_with("nhiemvu-"), "{name} comes from nowhere");
            continue;
        };
        assert_eq!(source, "registry+https://github.com/rust-lang/crates.io-index", "{name}");
        assert_eq!(value("checksum").map(str::len), Some(64), "{name}");
        foreign += 1;
    }
    assert!(foreign > 50);
}

/// `fancy-regex` goes back over a text and can take exponential time: only the validator of the tests may bring it.
#[test]
fn what_ships_has_patterns_of_linear_time_only() {
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let manifest = fs::read_to_string(entry.unwrap().path().join("Cargo.toml")).unwrap();
        if manifest.contains("publish = false") {
            continue;
        }
        let shipped =
            manifest.split("[dependencies]").nth(1).unwrap_or_default().split("[dev-dependencies]").next().unwrap();
        assert!(!shipped.contains("jsonschema") && !shipped.contains("fancy-regex"), "{manifest}");
    }
}

/// `--locked` refuses a lock file that does not know of a crate's new dependency, and nothing else builds these two workspaces.
#[test]
fn the_lock_files_of_fuzz_and_benches_know_what_our_crates_depend_on() {
    for folder in ["fuzz", "benches"] {
        let lock = fs::read_to_string(root().join(folder).join("Cargo.lock")).unwrap();
        let mut ours = 0;
        for package in lock.split("[[package]]").filter(|package| package.contains("name = \"nhiemvu-")) {
            let name = package.split('"').nth(1).unwrap();
            let folder_of = name.trim_start_matches("nhiemvu-");
            let Ok(manifest) = fs::read_to_string(root().join("crates").join(folder_of).join("Cargo.toml")) else {
                continue;
            };
            let shipped = manifest.split("\n[dependencies]").nth(1).unwrap_or_default();
            let shipped = shipped.split("\n[").next().unwrap();
            for dependency in
                shipped.lines().filter_map(|line| line.split(['.', ' ']).next()).filter(|key| !key.is_empty())
            {
                let known =
                    package.contains(&format!(" \"{dependency}\",")) || package.contains(&format!(" \"{dependency} "));
                assert!(known, "{folder}/Cargo.lock does not know that {name} depends on {dependency}");
            }
            ours += 1;
        }
        assert!(ours > 5, "{folder}");
    }
}
