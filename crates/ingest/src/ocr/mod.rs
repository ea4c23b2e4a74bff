//! Text recognition by the program `tesseract`.
//!
//! A page goes to the program as a grey picture through a pipe and comes back as words with boxes and confidences, so
//! that no temporary file is written. Lines, columns and tables are then put together as those of a text layer are.

mod binary;
mod fax;
mod file;
mod gray;
mod header;
mod rules;
mod tags;
mod tsv;

pub(crate) use file::{PictureFile, decode};
pub(crate) use gray::Gray;
pub(crate) use header::size as picture_size;
pub(crate) use rules::PixelRule;
pub(crate) use tsv::Word;

use std::io::Write;
use std::process::{Command, Stdio};

/// The program.
pub(crate) const PROGRAM: &str = "tesseract";
/// The package that holds it with its Vietnamese data.
pub(crate) const PACKAGE: &str = "tesseract-ocr-vie";

/// Ruled lines of a page; they are erased from the picture.
pub(crate) fn take_rules(picture: &mut Gray, dpi: f32) -> Vec<PixelRule> {
    rules::take(picture, dpi)
}

/// The angle, in radians clockwise, by which a page lies aslant on its picture.
pub(crate) fn skew(picture: &Gray) -> f32 {
    binary::Binary::of(picture).skew()
}

/// `tesseract` with Vietnamese, found on this machine.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Engine {
    program: &'static str,
}

impl Engine {
    /// The engine, where the program is installed with its Vietnamese data.
    pub(crate) fn find() -> Option<Self> {
        let output = Command::new(PROGRAM).arg("--list-langs").stdin(Stdio::null()).output().ok()?;
        let listed = [output.stdout, output.stderr].concat();
        String::from_utf8_lossy(&listed).lines().any(|line| line.trim() == "vie").then_some(Self { program: PROGRAM })
    }

    /// The words of a picture file (PNM, PNG, JPEG, TIFF); `None` where the program fails.
    pub(crate) fn words(self, picture: &[u8], dpi: u32) -> Option<Vec<Word>> {
        self.run(picture, dpi, "3")
    }

    /// The words of a picture that is one column of text.
    pub(crate) fn column_words(self, picture: &[u8], dpi: u32) -> Option<Vec<Word>> {
        self.run(picture, dpi, "6")
    }

    /// Runs the program with the page segmentation mode `mode`.
    fn run(self, picture: &[u8], dpi: u32, mode: &str) -> Option<Vec<Word>> {
        let mut child = Command::new(self.program)
            .args(["stdin", "stdout", "-l", "vie", "--psm", mode, "--dpi", &dpi.to_string(), "tsv"])
            // pages run in parallel; threads inside of one only get in each other's way
            .env("OMP_THREAD_LIMIT", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut pipe = child.stdin.take()?;
        // the program reads all before it writes, so that neither side waits for the other
        let sent = pipe.write_all(picture);
        drop(pipe);
        let output = child.wait_with_output().ok()?;
        sent.ok()?;
        output.status.success().then(|| tsv::parse(&String::from_utf8_lossy(&output.stdout)))
    }
}
