//! Writing files so that each is whole or not there.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

const PREFIX: &str = ".nhiemvu-";
const SUFFIX: &str = ".tmp";

/// A file that takes its name once all of it is written.
#[derive(Debug)]
pub(crate) struct Pending {
    path: PathBuf,
    file: Opened,
}

#[derive(Debug)]
enum Opened {
    /// Beside the file, to be renamed.
    Beside(Box<io::BufWriter<NamedTempFile>>),
    /// A device or a pipe, which cannot be replaced.
    Itself(File),
}

impl Pending {
    /// Begins the file at `path`, and makes its folder where there is none.
    pub(crate) fn new(path: &Path) -> io::Result<Self> {
        let in_place = fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir());
        let file = if in_place {
            Opened::Itself(File::options().write(true).open(path)?)
        } else {
            let folder = match path.parent() {
                Some(folder) if !folder.as_os_str().is_empty() => folder,
                _ => Path::new("."),
            };
            fs::create_dir_all(folder)?;
            let mut builder = Builder::new();
            builder.prefix(PREFIX).suffix(SUFFIX);
            #[cfg(unix)]
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
            Opened::Beside(Box::new(io::BufWriter::new(builder.tempfile_in(folder)?)))
        };
        Ok(Self { path: path.to_owned(), file })
    }

    /// Gives the file its name. A process that is killed leaves it whole or not there; a machine that loses its power may
    /// not, unless the system writes in order.
    pub(crate) fn finish(self) -> io::Result<()> {
        self.named(false)
    }

    /// Gives the file its name once its content is on the disk itself, which takes some milliseconds.
    pub(crate) fn finish_safely(self) -> io::Result<()> {
        self.named(true)
    }

    fn named(self, safely: bool) -> io::Result<()> {
        match self.file {
            Opened::Itself(mut file) => file.flush(),
            Opened::Beside(writer) => {
                let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
                if safely {
                    file.as_file().sync_all()?;
                }
                file.persist(&self.path).map_err(|error| error.error)?;
                Ok(())
            }
        }
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.file {
            Opened::Beside(writer) => writer.write(bytes),
            Opened::Itself(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.file {
            Opened::Beside(writer) => writer.flush(),
            Opened::Itself(file) => file.flush(),
        }
    }
}

/// Writes a whole file at once, safely.
pub(crate) fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = Pending::new(path)?;
    file.write_all(bytes)?;
    file.finish_safely()
}

/// Writes one of many files at once.
pub(crate) fn one_of_many(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = Pending::new(path)?;
    file.write_all(bytes)?;
    file.finish()
}

/// Whether a file of this name was being written by a run that was killed.
pub(crate) fn is_left_over(name: &str) -> bool {
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unfinished_file_leaves_the_old_one_and_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/a.json");
        whole(&path, b"old").unwrap();
        let mut pending = Pending::new(&path).unwrap();
        pending.write_all(b"half").unwrap();
        drop(pending);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        whole(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path().join("new")).unwrap().count(), 1);
    }
}
