//! From the paths on the command line to the documents that they name.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use nhiemvu_exporter::windows_path;
use nhiemvu_pipeline::Input;

/// The documents that paths name, in the order of the paths; those of a folder sorted by name.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    /// The documents.
    pub(crate) found: Vec<Found>,
    /// Folders passed over, because they had been read under another name.
    pub(crate) loops: Vec<PathBuf>,
    /// How many of the paths exist.
    pub(crate) existing: usize,
}

/// One document.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) input: Input,
    /// What [`Found::below`] gives, where it is not the input's name: of a hundred thousand files in a folder it is.
    own: Option<Box<str>>,
}

impl Found {
    pub(crate) fn new(path: PathBuf, name: String, below: &str) -> Self {
        let own = (name != below).then(|| below.into());
        Self { input: Input { path, name }, own }
    }

    /// Its path below the folder named, or its file name: what its result is called.
    pub(crate) fn below(&self) -> &str {
        self.own.as_deref().unwrap_or(&self.input.name)
    }
}

/// A folder yet to be read.
struct Folder {
    path: PathBuf,
    /// Its path below the folder named, with `/` at the end; empty for that folder itself.
    below: String,
}

/// Finds the documents that `paths` name.
///
/// A path that does not exist stays in the list, so that it gets its error record. In a folder, names that begin with a
/// dot are passed over.
pub(crate) fn find(paths: &[PathBuf]) -> Inputs {
    let mut inputs = Inputs::default();
    for path in paths {
        if path.is_dir() {
            inputs.existing += 1;
            walk(path, &mut inputs);
        } else {
            // what cannot be looked at may well exist
            inputs.existing += usize::from(path.symlink_metadata().map_or_else(|e| e.kind() != not_found(), |_| true));
            let below = path.file_name().map_or_else(|| slashes(path), |name| name.to_string_lossy().into_owned());
            inputs.found.push(Found::new(path.clone(), slashes(path), &below));
        }
    }
    inputs
}

fn not_found() -> std::io::ErrorKind {
    std::io::ErrorKind::NotFound
}

/// `path` with `/` between its parts, also where the system writes `\`, and without the mark of long paths there.
pub(crate) fn slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { windows_path(&text) } else { text.into_owned() }
}

/// Adds the documents below `root`, sorted.
///
/// Links to folders are followed where they lead out of `root`, and no folder is read twice: a link that leads back up
/// would otherwise go on for ever.
fn walk(root: &Path, inputs: &mut Inputs) {
    let whole = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let mut seen = BTreeSet::from([whole.clone()]);
    let mut folders = vec![Folder { path: root.to_owned(), below: String::new() }];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder.path) else {
            // reading it as a file gives it the error record that it should have
            let below = folder.below.trim_end_matches('/');
            files.push(Found::new(folder.path, below.to_owned(), below));
            continue;
        };
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let below = format!("{}{name}", folder.below);
            if !path.is_dir() {
                files.push(Found::new(exact(path), below.as_str().to_owned(), &below));
            } else if is_new(&path, &whole, &mut seen) {
                folders.push(Folder { path, below: format!("{below}/") });
            } else {
                inputs.loops.push(path);
            }
        }
    }
    files.sort_by(|a, b| a.below().cmp(b.below()));
    inputs.found.extend(files);
}

/// `path` in as few bytes as it takes: one that was put together part by part has room for as much again.
fn exact(mut path: PathBuf) -> PathBuf {
    path.shrink_to_fit();
    path
}

/// Whether the folder at `path` is to be read: it has not been yet, and will not be by its own name.
fn is_new(path: &Path, root: &Path, seen: &mut BTreeSet<PathBuf>) -> bool {
    let Ok(real) = fs::canonicalize(path) else { return true };
    let leads_back = path.is_symlink() && (real.starts_with(root) || root.starts_with(&real));
    !leads_back && seen.insert(real)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(inputs: &Inputs) -> Vec<&str> {
        inputs.found.iter().map(|found| found.input.name.as_str()).collect()
    }

    #[test]
    fn a_folder_gives_its_files_sorted_and_below_itself() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.md", "a/c.md", "a.md", ".hidden", ".git/x", "a/b/d.md"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let inputs = find(&[folder.path().to_owned(), folder.path().join("b.md"), folder.path().join("gone")]);
        assert_eq!(names(&inputs)[..4], ["a.md", "a/b/d.md", "a/c.md", "b.md"]);
        assert_eq!((inputs.found[4].below(), inputs.existing), ("b.md", 2));
        assert_eq!(inputs.found.len(), 6);
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_back_are_passed_over() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("in");
        fs::create_dir_all(inside.join("a")).unwrap();
        fs::create_dir_all(folder.path().join("out/deep")).unwrap();
        fs::write(inside.join("a/x.md"), "x").unwrap();
        fs::write(folder.path().join("out/y.md"), "y").unwrap();
        symlink("..", inside.join("a/up")).unwrap();
        symlink("a", inside.join("0-again")).unwrap();
        symlink("../out", inside.join("outside")).unwrap();
        symlink("../in", folder.path().join("out/back")).unwrap();
        symlink("../../out", inside.join("a/twice")).unwrap();
        let inputs = find(&[inside]);
        assert_eq!(inputs.loops.len(), 4, "{:?}", inputs.loops);
        assert_eq!(inputs.found.len(), 2, "{:?}", names(&inputs));
    }
}
