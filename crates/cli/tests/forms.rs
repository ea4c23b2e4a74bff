//! Six documents of our own in the forms in which an office receives them (`scripts/forms`): web page, Word 2007, Word 97,
//! RTF, ODT, text, PDF by four printers, also without rules and with bullets that are drawn, a scan. Each gives the tasks that
//! the Markdown gives from which it was made.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

mod support;

use std::path::{Path, PathBuf};

use support::root;
use support::seen::{Seen, entries, reads_scans, seen, tasks};

/// Each document: the Markdown that it was written in, and its other forms.
fn documents() -> Vec<(PathBuf, Vec<PathBuf>)> {
    let folders = entries(&root().join("fixtures/forms"));
    let written = |folder: &Path| root().join("corpus").join(folder.file_name().unwrap()).with_extension("md");
    folders.iter().map(|folder| (written(folder), entries(folder))).collect()
}

/// Whether RTF can be read here; says so where not.
fn reads_rtf() -> bool {
    let rtf = nhiemvu_ingest::formats().into_iter().find(|one| one.format == Some(nhiemvu_ingest::Format::Rtf));
    let package = rtf.and_then(|rtf| rtf.package);
    if let Some(package) = package {
        eprintln!("SKIPPED: RTF; install {package}");
    }
    package.is_none()
}

#[test]
fn every_form_gives_the_same_tasks() {
    let documents = documents();
    assert_eq!(documents.len(), 6);
    let office = reads_rtf();
    for (written, forms) in documents {
        let want: Vec<Seen> = tasks(&written).iter().map(seen).collect();
        let document = written.file_stem().unwrap().to_string_lossy();
        let texts = forms.iter().filter(|path| !path.ends_with("scan.pdf") && (office || !path.ends_with("page.rtf")));
        for form in texts {
            let name = form.file_name().unwrap().to_string_lossy();
            let got: Vec<Seen> = tasks(form).iter().map(seen).collect();
            let lacking: Vec<&Seen> = want.iter().filter(|task| !got.contains(task)).collect();
            let beyond: Vec<&Seen> = got.iter().filter(|task| !want.contains(task)).collect();
            let same = lacking.is_empty() && beyond.is_empty();
            assert!(same, "{document} {name}\nlacking {lacking:#?}\nbeyond {beyond:#?}");
        }
    }
}

/// A scan gives the same leads.
#[test]
fn scans_give_the_same_leads() {
    if !reads_scans() {
        return;
    }
    for (written, forms) in documents() {
        let scan = forms.iter().find(|path| path.ends_with("scan.pdf")).unwrap();
        let document = written.file_stem().unwrap().to_string_lossy();
        let mut got: Vec<Vec<String>> = tasks(scan).iter().map(|task| seen(task).lead).collect();
        let wanted = tasks(&written);
        let lost = wanted.iter().map(|task| seen(task).lead).filter(|lead| {
            let place = got.iter().position(|one| one == lead);
            place.map(|place| got.swap_remove(place)).is_none()
        });
        let lost: Vec<Vec<String>> = lost.collect();
        assert!(lost.is_empty(), "{document}: {lost:#?}");
    }
}
