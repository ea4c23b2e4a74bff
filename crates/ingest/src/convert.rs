//! Word's older formats made Office Open XML by `LibreOffice`, where it is installed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use nhiemvu_model::{Format, Source};

use crate::{IngestError, Limits, docx, program};

/// The package that holds the program.
pub(crate) const PACKAGE: &str = "libreoffice-writer";
/// The program's name for people.
pub(crate) const NAME: &str = "LibreOffice";

/// A conversion takes three to four seconds; a program that takes this long has stopped.
const LONGEST: Duration = Duration::from_mins(1);

/// Settings of the profile that each conversion starts with: no macro runs and nothing is fetched.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"#;

/// Where the program is.
pub(crate) fn find() -> Option<PathBuf> {
    const USUAL: [&str; 3] = [
        r"C:\Program Files\LibreOffice\program\soffice.exe",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    ];
    program::find(&["soffice", "libreoffice"], &USUAL)
}

/// Reads a file by way of the program; `None` where the program is not there or makes nothing of it.
///
/// # Errors
/// Those of the reader of Office Open XML.
pub(crate) fn read(bytes: &[u8], format: Format, limits: &Limits) -> Option<Result<Source, IngestError>> {
    let converted = convert(&find()?, bytes, format)?;
    Some(docx::read(&converted, limits).map(|source| Source { format, ..source }))
}

fn convert(program: &Path, bytes: &[u8], format: Format) -> Option<Vec<u8>> {
    let folder = program::scratch().ok()?;
    // a profile of its own: programs that share one wait for one another, or refuse to start
    let user = folder.path().join("profile").join("user");
    std::fs::create_dir_all(&user).ok()?;
    program::write_private(&user.join("registrymodifications.xcu"), SETTINGS.as_bytes()).ok()?;
    let name = if format == Format::Rtf { "in.rtf" } else { "in.doc" };
    let input = folder.path().join(name);
    program::write_private(&input, bytes).ok()?;
    let mut command = Command::new(program);
    command.arg(format!("-env:UserInstallation={}", file_url(&folder.path().join("profile"))));
    command.args(["--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to"]);
    command.arg("docx:MS Word 2007 XML").arg("--outdir").arg(folder.path()).arg(&input);
    program::run(&mut command, LONGEST).ok()??;
    std::fs::read(folder.path().join("in.docx")).ok()
}

/// The URL of a file (RFC 8089).
fn file_url(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let mut url = String::from("file://");
    if !path.starts_with('/') {
        url.push('/');
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~:".contains(&byte) {
            url.push(char::from(byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_urls() {
        assert_eq!(file_url(Path::new("/tmp/a b/Tệp")), "file:///tmp/a%20b/T%E1%BB%87p");
        assert_eq!(file_url(Path::new(r"C:\Temp\x")), "file:///C:/Temp/x");
    }
}
