//! Where results go: the rules of `-o` and `--format`.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use nhiemvu_exporter::{Naming, file_path};
use unicode_normalization::UnicodeNormalization;

use crate::args::{Extract, OutputFormat};
use crate::console::Console;
use crate::exit::Failure;
use crate::inputs::{Found, slashes};

/// The file in an output folder that holds all error records of a run.
pub(crate) const ERRORS: &str = "errors.ndjson";

/// Bytes of a file's name that all usual file systems take, with room for the extension of the result.
const LONGEST_NAME: usize = 240;

/// Where results go.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// To stdout, one after the other.
    Stdout,
    /// Into one file.
    File(PathBuf),
    /// Each into a file of its own in this folder, called by [`result_name`].
    Folder(PathBuf),
}

/// Decides where results go, and in which format. `several`: whether there are, or may be, several documents; an archive
/// counts as several, whatever is in it.
///
/// # Errors
/// Wrong usage: JSON of several documents on stdout, two inputs for one output, an output in the place of an input.
pub(crate) fn plan(
    args: &Extract,
    inputs: &[Found],
    several: bool,
    console: &Console,
) -> Result<(Target, OutputFormat), Failure> {
    let Some(output) = &args.output else {
        if several && args.format == Some(OutputFormat::Json) {
            return Err(Failure::usage(
                console.say("usage.json-to-stdout", &[]),
                console.say("usage.json-to-stdout.hint", &[]),
            ));
        }
        let usual = if several { OutputFormat::Ndjson } else { OutputFormat::Json };
        let format = args.format.unwrap_or(usual);
        if format == OutputFormat::Xlsx && std::io::stdout().is_terminal() {
            return Err(Failure::usage(console.say("usage.binary", &[]), console.say("usage.binary.hint", &[])));
        }
        return Ok((Target::Stdout, format));
    };
    let is_folder = output.is_dir() || slashes(output).ends_with('/');
    let format = args.format.or(OutputFormat::of_name(output).filter(|_| !is_folder)).unwrap_or(OutputFormat::Json);
    let each_its_own = !format.gathers() && (is_folder || (several && format == OutputFormat::Json));
    if !each_its_own {
        let file = if is_folder { output.join(gathered(format)) } else { output.clone() };
        if let Some(input) = inputs.iter().find(|found| same_file(&found.input.path, &file)) {
            return Err(overwrites(&input.input.path, console));
        }
        return Ok((Target::File(file), format));
    }
    check_names(inputs, format, console)?;
    let overwritten = |found: &&Found| same_file(&found.input.path, &output.join(result_name(found, format)));
    if let Some(found) = inputs.iter().find(overwritten) {
        return Err(overwrites(&found.input.path, console));
    }
    Ok((Target::Folder(output.clone()), format))
}

/// What the result of an input is called below the output folder.
pub(crate) fn result_name(found: &Found, format: OutputFormat) -> String {
    file_path(&format!("{}.{}", found.below(), format.extension()), Naming::HERE)
}

/// Where the result of a container's member goes: below the path of the container's own result, less its extension.
///
/// Names longer than file systems take are cut, and end with the first digits of the member's SHA-256 instead; `naming` says
/// which names they take.
pub(crate) fn member_path(whole: &Path, member: &str, sha256: Option<&str>, naming: Naming) -> PathBuf {
    let extension = whole.extension().map(|e| e.to_string_lossy().into_owned()).unwrap_or_default();
    let digits = sha256.and_then(|sum| sum.get(..12)).unwrap_or("0");
    let part = |name: &str| {
        if name.len() <= LONGEST_NAME {
            return name.to_owned();
        }
        format!("{}~{digits}", &name[..name.floor_char_boundary(LONGEST_NAME - 24)])
    };
    let parts: Vec<String> = member.split('/').map(part).collect();
    whole.with_extension("").join(file_path(&format!("{}.{extension}", parts.join("/")), naming))
}

/// What the one file of a format is called where only its folder is named.
pub(crate) fn gathered(format: OutputFormat) -> String {
    format!("nhiem-vu.{}", format.extension())
}

fn overwrites(input: &Path, console: &Console) -> Failure {
    Failure::usage(console.say("usage.overwrites", &[&slashes(input)]), console.say("usage.overwrites.hint", &[]))
}

pub(crate) fn same_file(a: &Path, b: &Path) -> bool {
    a == b || matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// The name as the file system compares it: in one Unicode form, as some do, and on Windows in one case.
fn compared(name: &str, naming: Naming) -> String {
    let composed: String = name.nfc().collect();
    if naming == Naming::Windows { composed.to_lowercase() } else { composed }
}

/// Two results may not go to one path, nor one below the other.
fn check_names(inputs: &[Found], format: OutputFormat, console: &Console) -> Result<(), Failure> {
    let mut taken: BTreeMap<String, &str> = BTreeMap::from([(ERRORS.to_owned(), ERRORS)]);
    let clash = |a: &str, b: &str| {
        Failure::usage(console.say("usage.two-inputs", &[a, b]), console.say("usage.two-inputs.hint", &[]))
    };
    let composed: Vec<String> =
        inputs.iter().map(|found| compared(&result_name(found, format), Naming::HERE)).collect();
    for (found, name) in inputs.iter().zip(&composed) {
        if let Some(other) = taken.insert(name.clone(), &found.input.name) {
            return Err(clash(other, &found.input.name));
        }
    }
    for (found, name) in inputs.iter().zip(&composed) {
        for (at, _) in name.match_indices('/') {
            if let Some(other) = taken.get(&name[..at]) {
                return Err(clash(other, &found.input.name));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::Color;
    use crate::lang::Lang;

    fn found(names: &[&str]) -> Vec<Found> {
        names.iter().map(|name| Found::new(PathBuf::from("in").join(name), (*name).to_owned(), name)).collect()
    }

    fn planned(inputs: &[&str], output: Option<&str>, format: Option<OutputFormat>) -> Option<(Target, OutputFormat)> {
        let args = Extract {
            paths: vec![],
            output: output.map(PathBuf::from),
            format,
            pretty: false,
            as_item: crate::args::AsItem::Todo,
            with_text: false,
            conversion: crate::args::Conversion::default(),
            pick: crate::args::Pick::default(),
            jobs: 0,
            force: false,
            watch: false,
        };
        plan(&args, &found(inputs), inputs.len() > 1, &Console::new(Lang::Vi, true, Color::Never)).ok()
    }

    #[test]
    fn stdout_takes_json_of_one_and_ndjson_of_several() {
        use OutputFormat::{Json, Ndjson};
        assert_eq!(planned(&["a"], None, None), Some((Target::Stdout, Json)));
        assert_eq!(planned(&["a", "b"], None, None), Some((Target::Stdout, Ndjson)));
        assert_eq!(planned(&["a"], None, Some(Ndjson)), Some((Target::Stdout, Ndjson)));
        assert_eq!(planned(&["a", "b"], None, Some(Json)), None);
    }

    #[test]
    fn an_output_is_a_folder_by_its_slash_or_by_the_number_of_json_results() {
        use OutputFormat::{Json, Ndjson};
        let folder = Target::Folder(PathBuf::from("gone/"));
        assert_eq!(planned(&["kh.md"], Some("gone/"), None), Some((folder, Json)));
        assert_eq!(planned(&["kh.md"], Some("gone"), None), Some((Target::File("gone".into()), Json)));
        let several = planned(&["a", "s/b"], Some("gone"), None).unwrap();
        assert_eq!(several, (Target::Folder("gone".into()), Json));
        assert_eq!(
            found(&["a", "s/b"]).iter().map(|one| result_name(one, Json)).collect::<Vec<_>>(),
            ["a.json", "s/b.json"]
        );
        assert_eq!(planned(&["a", "b"], Some("gone"), Some(Ndjson)), Some((Target::File("gone".into()), Ndjson)));
        assert_eq!(planned(&["a", "b"], Some("x.ndjson"), None), Some((Target::File("x.ndjson".into()), Ndjson)));
    }

    #[test]
    fn results_of_members_lie_below_their_container() {
        let whole = Path::new("out/goi.zip.json");
        let of = |member: &str, naming| member_path(whole, member, Some("0123456789abcdef"), naming);
        assert_eq!(of("van ban/a.md", Naming::Unix), Path::new("out/goi.zip/van ban/a.md.json"));
        assert_eq!(of("C:/aux/họp: 1?.md", Naming::Windows), Path::new("out/goi.zip/C_/_aux/họp_ 1_.md.json"));
        let long = of(&"ế".repeat(200), Naming::HERE);
        let name = long.file_name().unwrap().to_string_lossy().into_owned();
        assert!(name.len() <= 255 && name.ends_with("ế~0123456789ab.json"), "{name}");
    }

    #[test]
    fn a_workbook_or_a_table_takes_all_documents() {
        use OutputFormat::{Csv, Xlsx};
        assert_eq!(planned(&["a", "b"], Some("x.xlsx"), None), Some((Target::File("x.xlsx".into()), Xlsx)));
        assert_eq!(planned(&["a", "b"], Some("x.CSV"), None), Some((Target::File("x.CSV".into()), Csv)));
        let inside = Target::File(Path::new("gone").join("nhiem-vu.xlsx"));
        assert_eq!(planned(&["a", "b"], Some("gone/"), Some(Xlsx)), Some((inside, Xlsx)));
        assert_eq!(planned(&["a", "b"], None, Some(Csv)), Some((Target::Stdout, Csv)));
    }

    #[test]
    fn names_are_one_where_the_file_system_takes_them_for_one() {
        assert_eq!(compared("Kế Hoạch.md", Naming::Windows), compared("kế hoa\u{323}ch.md", Naming::Windows));
        assert_ne!(compared("A.md", Naming::Unix), compared("a.md", Naming::Unix));
    }

    #[test]
    fn two_inputs_for_one_output_are_refused() {
        for names in [&["a", "a"][..], &["ho\u{e0}.md", "hoa\u{300}.md"], &["x", "x.json/y"], &["errors", "b"]] {
            let format = (names[0] == "errors").then_some(OutputFormat::Ndjson);
            assert_eq!(planned(names, Some("gone/"), format), None, "{names:?}");
        }
        assert_eq!(planned(&["in/../in/a"], Some("in/in/../in/a"), None), None);
    }
}
