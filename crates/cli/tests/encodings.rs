//! Documents in the encodings that were in use before Unicode, through the command: the tasks of the same text in Unicode,
//! and a warning that names the encoding.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

mod support;

use std::collections::BTreeMap;
use std::fs;

use encoding_rs::{WINDOWS_1252, WINDOWS_1258};
use serde_json::Value;
use support::{nhiemvu, root};
use unicode_normalization::UnicodeNormalization;

const DOCUMENTS: [&str; 4] = ["ct-rung-tram", "kh-cho-noi", "kl-tu-thu-vien", "tb-ben-thuyen"];

/// The documents as plain text in Unicode.
fn documents() -> impl Iterator<Item = (&'static str, String)> {
    let read = |name: &str| fs::read_to_string(root().join(format!("fixtures/forms/{name}/page.txt"))).unwrap();
    DOCUMENTS.into_iter().map(move |name| (name, read(name).nfc().collect()))
}

/// Letters and their bytes in the column `encoding` of the table; a capital that it has no byte for is written small, as
/// the fonts of the time drew it large.
fn table(encoding: &str) -> BTreeMap<char, Vec<u8>> {
    let tsv = fs::read_to_string(root().join("crates/text/data/legacy.tsv")).unwrap();
    let mut rows = tsv.lines().filter(|line| !line.starts_with('#'));
    let column = rows.next().unwrap().split('\t').position(|name| name == encoding).unwrap();
    let hex = |text: &str| -> Vec<u8> {
        let pairs = (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16));
        pairs.collect::<Result<_, _>>().unwrap()
    };
    let bytes = rows.filter_map(|row| {
        let fields: Vec<&str> = row.split('\t').collect();
        (fields[column] != "-").then(|| (fields[0].chars().next().unwrap(), hex(fields[column])))
    });
    bytes.collect()
}

fn by_table(text: &str, table: &BTreeMap<char, Vec<u8>>) -> Vec<u8> {
    let bytes = |c: char| match c {
        '\0'..='\x7f' => vec![c as u8],
        '–' => b"-".to_vec(),
        _ => table.get(&c).or_else(|| table.get(&c.to_lowercase().next().unwrap())).unwrap().clone(),
    };
    text.chars().flat_map(bytes).collect()
}

/// windows-1258 has letters with a hat or a horn, and tones as marks behind them.
fn windows_1258(text: &str) -> Vec<u8> {
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let mut out = Vec::new();
    for c in text.chars() {
        let whole = c.to_string();
        let (bytes, _, lost) = WINDOWS_1258.encode(&whole);
        if !lost {
            out.extend_from_slice(&bytes);
            continue;
        }
        let (tones, rest): (Vec<char>, Vec<char>) = c.nfd().partition(|part| TONES.contains(part));
        let parted: String = rest.into_iter().nfc().chain(tones).collect();
        let (bytes, _, lost) = WINDOWS_1258.encode(&parted);
        assert!(!lost, "{c}");
        out.extend_from_slice(&bytes);
    }
    out
}

/// What a reader would compare of the tasks of a record, capitals and the place of a tone aside.
fn seen(record: &Value) -> Vec<Value> {
    let lower = |text: &Value| text.as_str().unwrap().to_lowercase().replace("uỷ", "ủy");
    let names = |list: &Value| list.as_array().unwrap().iter().map(|body| lower(&body["name"])).collect::<Vec<_>>();
    let task = |task: &Value| {
        let due: Value = task["deadlines"].as_array().unwrap().iter().map(|limit| limit["due"].clone()).collect();
        let bodies = [names(&task["lead"]), names(&task["coordinating"]), names(&task["report_to"])];
        serde_json::json!([bodies, due, lower(&task["title"])])
    };
    record["tasks"].as_array().unwrap().iter().map(task).collect()
}

fn extract(name: &str, bytes: &[u8]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let output = nhiemvu().args(["extract", "--format", "json"]).arg(&path).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Each document, written by `encode`, gives the tasks of its Unicode text and a warning with `encoding` in it.
fn agrees(encoding: &str, encode: impl Fn(&str) -> Vec<u8>) {
    for (name, text) in documents() {
        let file = format!("{name}.txt");
        let (want, got) = (extract(&file, text.as_bytes()), extract(&file, &encode(&text)));
        assert!(!seen(&want).is_empty());
        assert_eq!(seen(&got), seen(&want), "{name}");
        let warning = got["warnings"].as_array().unwrap().iter().find(|warning| warning["code"] == "legacy-encoding");
        let message = warning.map(|warning| warning["message"].as_str().unwrap()).unwrap_or_default();
        assert!(message.contains(encoding), "{name}: {:?}", got["warnings"]);
    }
}

#[test]
fn tcvn3() {
    // without a capital Ủ, everybody wrote `Uỷ`
    agrees("TCVN3", |text| by_table(&text.replace("Ủy", "Uỷ"), &table("tcvn3")));
}

#[test]
fn vni() {
    agrees("VNI", |text| by_table(text, &table("vni")));
}

#[test]
fn vps() {
    agrees("VPS", |text| by_table(text, &table("vps")));
}

#[test]
fn viscii() {
    agrees("VISCII", |text| by_table(text, &table("viscii")));
}

#[test]
fn windows_1258_with_its_tones_behind() {
    agrees("windows-1258", windows_1258);
}

#[test]
fn utf8_that_was_read_as_windows_1252() {
    agrees("windows-1252", |text| {
        WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned().into_bytes()
    });
}

/// Units of UTF-16 or UTF-32 in the order given.
fn units<const N: usize>(units: impl Iterator<Item = [u8; N]>) -> Vec<u8> {
    units.flatten().collect()
}

#[test]
fn every_form_of_unicode_with_and_without_its_mark() {
    for (name, text) in documents().take(2) {
        let file = format!("{name}.txt");
        let want = extract(&file, text.as_bytes());
        assert!(!seen(&want).is_empty());
        for text in [text.clone(), format!("\u{FEFF}{text}")] {
            for bytes in [
                text.clone().into_bytes(),
                units(text.encode_utf16().map(u16::to_le_bytes)),
                units(text.encode_utf16().map(u16::to_be_bytes)),
                units(text.chars().map(|c| u32::from(c).to_le_bytes())),
                units(text.chars().map(|c| u32::from(c).to_be_bytes())),
            ] {
                let got = extract(&file, &bytes);
                assert_eq!(got["tasks"], want["tasks"], "{name}: {:?}", &bytes[..8]);
                assert_eq!(got["warnings"], want["warnings"], "{name}: {:?}", &bytes[..8]);
            }
        }
    }
}

/// Every other sentence part pasted from a document in an older encoding, into lines that are Unicode otherwise.
#[test]
fn an_older_encoding_inside_of_lines_in_unicode() {
    for encoding in ["tcvn3", "vni", "viscii"] {
        let table = table(encoding);
        let pasted = |words: &str| {
            let bytes = by_table(words, &table);
            WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned()
        };
        let text = |pasted: &dyn Fn(&str) -> String| {
            format!(
                "Ủy ban nhân dân tỉnh yêu cầu:\n1. Sở Tài chính {} trước ngày 15/5/2031.\n2. Sở Xây dựng {} trong tháng 6/2031.\n",
                pasted("kiểm tra việc bố trí kinh phí, báo cáo kết quả"),
                pasted("rà soát các bến thuyền, lập danh sách bến")
            )
        };
        let want = extract("a.txt", text(&str::to_owned).as_bytes());
        let got = extract("a.txt", text(&pasted).as_bytes());
        assert_eq!(seen(&got), seen(&want), "{encoding}");
        assert_eq!(seen(&want).len(), 2);
        assert!(got["warnings"].to_string().contains("legacy-encoding"), "{encoding}: {}", got["warnings"]);
    }
}
