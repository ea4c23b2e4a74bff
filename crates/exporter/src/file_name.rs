//! Names of files that are made after something in a document, an archive or another system.

use std::borrow::Cow;

/// Which names a system's files may bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// Any but empty ones, `.` and `..`, without `/` and the byte 0.
    Unix,
    /// Those of Windows: some characters and names are reserved, and the end of a name may not be a dot or a space
    /// (Microsoft, “Naming Files, Paths, and Namespaces”).
    Windows,
}

impl Naming {
    /// That of the system the program runs on.
    pub const HERE: Self = if cfg!(windows) { Self::Windows } else { Self::Unix };
}

/// Names of devices, which no file may bear, whatever its extension; in some versions also with a raised digit.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
const NUMBERED: [&str; 2] = ["COM", "LPT"];

/// `part`, one part of a path, as a name that the system takes: `_` stands for what it does not.
///
/// ```
/// use nhiemvu_exporter::{Naming, file_name};
/// assert_eq!(file_name("V/v: họp?.docx", Naming::Windows), "V_v_ họp_.docx");
/// assert_eq!(file_name("con.pdf", Naming::Windows), "_con.pdf");
/// assert_eq!(file_name("con.pdf", Naming::Unix), "con.pdf");
/// ```
pub fn file_name(part: &str, naming: Naming) -> Cow<'_, str> {
    let bad = |c: char| match naming {
        Naming::Unix => matches!(c, '/' | '\0'),
        Naming::Windows => c.is_control() || r#"<>:"/\|?*"#.contains(c),
    };
    let mut name = Cow::Borrowed(part);
    if part.contains(bad) {
        name = Cow::Owned(part.replace(bad, "_"));
    }
    if name.is_empty() || ((name == "." || name == "..") && naming == Naming::Unix) {
        return Cow::Owned("_".repeat(part.len().max(1)));
    }
    if naming == Naming::Unix {
        return name;
    }
    let kept = name.trim_end_matches(['.', ' ']);
    if kept.len() < name.len() {
        name = Cow::Owned(format!("{kept}{}", "_".repeat(name.len() - kept.len())));
    }
    if is_device(&name) { Cow::Owned(format!("_{name}")) } else { name }
}

/// Each part of `path`, whose parts are parted by `/`, as [`file_name`] has it.
///
/// ```
/// use nhiemvu_exporter::{Naming, file_path};
/// assert_eq!(file_path("C:/den./nul.md", Naming::Windows), "C_/den_/_nul.md");
/// ```
pub fn file_path(path: &str, naming: Naming) -> String {
    path.split('/').map(|part| file_name(part, naming)).collect::<Vec<_>>().join("/")
}

fn is_device(name: &str) -> bool {
    // what stands behind the first dot counts no more than spaces before it
    let stem = name.split('.').next().unwrap_or_default().trim_end_matches(' ').to_uppercase();
    let numbered = |device: &str| {
        let digit = stem.strip_prefix(device).unwrap_or_default();
        let mut digits = digit.chars();
        digits.next().is_some_and(|c| c.is_ascii_digit() || "¹²³".contains(c)) && digits.next().is_none()
    };
    DEVICES.contains(&stem.as_str()) || NUMBERED.iter().any(|device| numbered(device))
}

/// A path of Windows as people write it and as results name it: without the mark of a long one (`\\?\`), and with `/`.
///
/// ```
/// use nhiemvu_exporter::windows_path;
/// assert_eq!(windows_path(r"\\?\C:\Văn bản\kh.pdf"), "C:/Văn bản/kh.pdf");
/// assert_eq!(windows_path(r"\\?\UNC\may-chu\den\kh.pdf"), "//may-chu/den/kh.pdf");
/// assert_eq!(windows_path(r"C:kh.pdf"), "C:kh.pdf");
/// ```
pub fn windows_path(path: &str) -> String {
    let path = match (path.strip_prefix(r"\\?\UNC\"), path.strip_prefix(r"\\?\")) {
        (Some(share), _) => format!(r"\\{share}"),
        // other names of that kind are no paths of files, such as `\\?\Volume{…}\`, and mean something else without the mark
        (None, Some(rest)) if rest.get(1..3) == Some(r":\") => rest.to_owned(),
        _ => path.to_owned(),
    };
    path.replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_gets_no_name_that_it_refuses() {
        for (part, name) in [
            ("kế hoạch 12.pdf", "kế hoạch 12.pdf"),
            ("a<b>c:d\"e|f?g*h\\i\tj", "a_b_c_d_e_f_g_h_i_j"),
            ("họp. ", "họp__"),
            ("...", "___"),
            ("", "_"),
            ("NUL", "_NUL"),
            ("Aux.tar.gz", "_Aux.tar.gz"),
            ("con .txt", "_con .txt"),
            ("com1.json", "_com1.json"),
            ("LPT².json", "_LPT².json"),
            ("CONIN$", "_CONIN$"),
            ("com10.json", "com10.json"),
            ("console.md", "console.md"),
            ("lpt.md", "lpt.md"),
            ("C:kh.md", "C_kh.md"),
        ] {
            assert_eq!(file_name(part, Naming::Windows), name, "{part}");
            assert_eq!(file_name(name, Naming::Windows), name, "a name that is right stays");
        }
    }

    #[test]
    fn elsewhere_names_stay_but_for_what_leads_elsewhere() {
        for name in ["con.md", "a:b?.md", "họp. ", "..."] {
            assert_eq!(file_name(name, Naming::Unix), name);
        }
        assert_eq!((file_name("..", Naming::Unix), file_name("a/b", Naming::Unix)), ("__".into(), "a_b".into()));
    }

    #[test]
    fn long_paths_lose_their_mark_and_volumes_do_not() {
        assert_eq!(windows_path(r"\\?\Volume{12}\a"), "//?/Volume{12}/a");
        assert_eq!(windows_path(r"\\may\den\a.md"), "//may/den/a.md");
        assert_eq!(windows_path(r"..\a\b.md"), "../a/b.md");
    }
}
