//! Paths of one file as another one names it.

use std::path::{Component, Path, PathBuf};

use crate::inputs::{Found, slashes};
use crate::outputs::Target;

/// Where the file of each input is, seen from the folder of the one file that `target` names.
pub(crate) fn links(inputs: &[Found], target: &Target) -> Vec<Option<String>> {
    let Target::File(output) = target else { return Vec::new() };
    let Some(folder) = folder_of(output).and_then(|folder| whole(&folder)) else { return Vec::new() };
    inputs.iter().map(|found| whole(&found.input.path).and_then(|file| relative(&folder, &file))).collect()
}

fn folder_of(path: &Path) -> Option<PathBuf> {
    let folder = path.parent()?;
    Some(if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() })
}

/// The whole path without links, as far as it exists; without the mark of long paths, which only some have.
fn whole(path: &Path) -> Option<PathBuf> {
    let whole = path.canonicalize().or_else(|_| std::path::absolute(path)).ok()?;
    Some(if cfg!(windows) { PathBuf::from(slashes(&whole)) } else { whole })
}

/// The way from `folder` to `file`, both whole, with `/` between its parts.
///
/// `None` where there is none (another drive) or where a name is not Unicode.
pub(crate) fn relative(folder: &Path, file: &Path) -> Option<String> {
    let (from, to): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (folder.components().collect(), file.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return None;
    }
    let up = from.iter().skip(shared).map(|_| Some("..".to_owned()));
    let down = to.iter().skip(shared).map(|part| part.as_os_str().to_str().map(str::to_owned));
    let parts: Option<Vec<String>> = up.chain(down).collect();
    parts.map(|parts| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn the_way_to_a_file_is_relative() {
        let way = |from: &str, to: &str| relative(Path::new(from), Path::new(to));
        assert_eq!(way("/a/b", "/a/b/c.md").as_deref(), Some("c.md"));
        assert_eq!(way("/a/b", "/a/x/số #1 50%.pdf").as_deref(), Some("../x/số #1 50%.pdf"));
        assert_eq!(way("a", "/b"), None);
    }
}
