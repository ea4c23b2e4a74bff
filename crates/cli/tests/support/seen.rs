//! Tasks as a reader would compare them between two forms of one document.

use std::fs;
use std::path::{Path, PathBuf};

use nhiemvu_exporter::record::{Agency, Task};
use nhiemvu_pipeline::{Options, run};

/// What a reader would compare of a task; the words without signs, since a list's bullet is another in each form.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// Task, or what else the record says.
    pub kind: String,
    /// Who leads.
    pub lead: Vec<String>,
    /// Who helps.
    pub coordinating: Vec<String>,
    /// Who is reported to.
    pub report_to: Vec<String>,
    /// The days.
    pub due: Vec<Option<String>>,
    /// The words of the title.
    pub title: String,
}

/// What is compared of a task.
pub fn seen(task: &Task) -> Seen {
    let names = |bodies: &[Agency]| bodies.iter().map(|body| body.name.clone()).collect();
    let words = task.title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    Seen {
        kind: task.kind.to_string(),
        lead: names(&task.lead),
        coordinating: names(&task.coordinating),
        report_to: names(&task.report_to),
        due: task.deadlines.iter().map(|limit| limit.due.clone()).collect(),
        title: words.collect::<Vec<_>>().join(" ").to_lowercase(),
    }
}

/// The tasks of a file.
pub fn tasks(path: &Path) -> Vec<Task> {
    let name = path.file_name().unwrap().to_string_lossy();
    run(&fs::read(path).unwrap(), &name, &Options::default()).unwrap().tasks
}

/// What a folder holds, sorted.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Whether scans can be read here, in bearable time; says so where not.
pub fn reads_scans() -> bool {
    if super::too_slow() {
        return false;
    }
    let image = nhiemvu_ingest::formats().into_iter().find(|one| one.format == Some(nhiemvu_ingest::Format::Image));
    let package = image.and_then(|image| image.package);
    if let Some(package) = package {
        eprintln!("SKIPPED: install {package}");
    }
    package.is_none()
}
