//! The public surface against its committed listing; `scripts/api` makes what this reads.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use public_api::Builder;

/// The items of a crate, a line each.
fn surface(json: &Path, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let api = Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build()
        .unwrap();
    api.items().map(ToString::to_string).filter(|line| wanted(line)).collect()
}

#[test]
fn the_public_surface_is_the_committed_one() {
    let Some(folder) = std::env::var_os("API_JSON") else {
        eprintln!("SKIPPED: scripts/api compares the public surface");
        return;
    };
    let (folder, root) = (Path::new(&folder), Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap());
    let own = surface(&folder.join("nhiemvu_pipeline.json"), |_| true);
    // what the crate passes on: the records, and reading and writing them
    let passed = |line: &str| line.contains("nhiemvu_exporter::record") || line.contains("nhiemvu_exporter::Layout");
    let records = surface(&folder.join("nhiemvu_exporter.json"), passed);
    let mut wrong = Vec::new();
    for (name, lines) in [("pipeline.txt", own), ("records.txt", records)] {
        assert!(lines.len() > 30, "{name}: {lines:#?}");
        let (path, now) = (root.join("docs/api").join(name), lines.join("\n") + "\n");
        if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
            fs::write(path, now).unwrap();
            continue;
        }
        let then = fs::read_to_string(path).unwrap_or_default();
        let (then, now): (BTreeSet<&str>, BTreeSet<&str>) = (then.lines().collect(), now.lines().collect());
        wrong.extend(then.difference(&now).map(|line| format!("{name}: - {line}")));
        wrong.extend(now.difference(&then).map(|line| format!("{name}: + {line}")));
    }
    let told = wrong.join("\n");
    assert!(wrong.is_empty(), "the public surface differs from docs/api (UPDATE=1 scripts/api takes it):\n{told}");
}
