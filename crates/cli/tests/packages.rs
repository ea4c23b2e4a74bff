//! Word's packages in their other forms: with macros (`.docm`), and in the strict form of the standard, which has namespaces,
//! types of relations and values of its own (ISO/IEC 29500-1, annex M).

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

mod support;

use std::fs;
use std::io::{Cursor, Read, Write};

use nhiemvu_ingest::{Format, detect};
use serde_json::Value;
use support::{nhiemvu, root};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const DOCUMENTS: [&str; 3] = ["ct-rung-tram", "kh-cho-noi", "qd-cay-xanh"];

/// The package with each part changed, and parts more.
fn rewritten(package: &[u8], change: impl Fn(&str, String) -> String, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(package)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut member = from.by_index(at).unwrap();
        let name = member.name().to_owned();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => change(&name, text).into_bytes(),
            Err(other) => other.into_bytes(),
        };
        to.start_file(name, SimpleFileOptions::default()).unwrap();
        to.write_all(&bytes).unwrap();
    }
    for (name, bytes) in more {
        to.start_file(*name, SimpleFileOptions::default()).unwrap();
        to.write_all(bytes).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// What Word writes as “Strict Open XML Document”.
fn strict(package: &[u8]) -> Vec<u8> {
    const NAMES: [(&str, &str); 10] = [
        (
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        (
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
        ("http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main"),
        ("<w:document ", "<w:document w:conformance=\"strict\" "),
        // on and off, the sides of a line, and lengths with their unit
        ("<w:b/>", "<w:b w:val=\"true\"/>"),
        ("w:b w:val=\"0\"/>", "w:b w:val=\"false\"/>"),
        ("<w:jc w:val=\"left\"/>", "<w:jc w:val=\"start\"/>"),
        ("<w:jc w:val=\"right\"/>", "<w:jc w:val=\"end\"/>"),
        ("<w:sz w:val=\"28\"/>", "<w:sz w:val=\"14pt\"/>"),
        ("w:left=", "w:start="),
    ];
    rewritten(package, |_, text| NAMES.iter().fold(text, |text, (from, to)| text.replace(from, to)), &[])
}

/// A document with macros.
fn with_macros(package: &[u8]) -> Vec<u8> {
    let change = |name: &str, text: String| {
        if name != "[Content_Types].xml" {
            return text;
        }
        text.replace(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        )
    };
    rewritten(package, change, &[("word/vbaProject.bin", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 no program at all")])
}

fn extract(name: &str, bytes: &[u8]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let output = nhiemvu().args(["extract", "--format", "json", "--with-text"]).arg(&path).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn strict_documents_and_those_with_macros_give_the_same_record() {
    for document in DOCUMENTS {
        let plain = fs::read(root().join("fixtures/forms").join(document).join("page.docx")).unwrap();
        let want = extract("van-ban.docx", &plain);
        assert!(!want["tasks"].as_array().unwrap().is_empty());
        for (name, bytes) in [("van-ban.docx", strict(&plain)), ("van-ban.docm", with_macros(&plain))] {
            assert_ne!(bytes, plain);
            assert_eq!(detect(&bytes), Some(Format::Docx));
            let got = extract(name, &bytes);
            assert_eq!(got["document"]["text"], want["document"]["text"], "{document} {name}");
            assert_eq!(got["tasks"], want["tasks"], "{document} {name}");
            assert_eq!(got["warnings"], want["warnings"], "{document} {name}");
        }
    }
}
