//! What holds for every source, whatever the bytes.

// helpers of tests may fail as tests do
#![allow(clippy::expect_used, missing_docs)]

use nhiemvu_ingest::{Limits, Source, detect, read};
use nhiemvu_model::{LineRole, Span};
use proptest::prelude::*;

/// Checks that lines cover the text one by one and that every span lies where it should.
fn check(source: &Source) {
    let text = &source.text;
    let mut at = 0;
    for line in &source.lines {
        assert_eq!(line.span.start, at, "lines follow one another");
        let words = text.get(line.span.start..line.span.end).expect("on character boundaries");
        assert!(!words.contains('\n'));
        assert_eq!(text.as_bytes().get(line.span.end), Some(&b'\n'));
        at = line.span.end + 1;
        let mut before = line.span.start;
        for run in &line.styles {
            assert!(before <= run.span.start && run.span.start < run.span.end && run.span.end <= line.span.end);
            assert!(text.get(run.span.start..run.span.end).is_some());
            before = run.span.end;
        }
        if let LineRole::Row(row) = &line.role {
            let mut start = line.span.start;
            for cell in &row.cells {
                assert_eq!(cell.span.start, start);
                check_paragraphs(text, cell.span, &cell.paragraphs);
                start = cell.span.end + 1;
            }
            assert_eq!(start, line.span.end + 1);
            assert_eq!(words.matches('\t').count() + 1, row.cells.len());
        }
        assert_eq!(line.page.is_some(), source.pages.is_some());
    }
    assert_eq!(at, text.len(), "lines cover the text");
    assert!(unicode_normalization::is_nfc(text));
    assert!(!text.contains(['\r', '\u{FEFF}', '\0']));
}

fn check_paragraphs(text: &str, cell: Span, paragraphs: &[Span]) {
    assert_ne!(paragraphs.len(), 1);
    for pair in paragraphs.windows(2) {
        assert_eq!(pair[0].end + 1, pair[1].start);
    }
    for paragraph in paragraphs {
        assert!(cell.contains(*paragraph) && text.get(paragraph.start..paragraph.end).is_some());
    }
}

fn check_bytes(bytes: &[u8], name: Option<&str>) {
    let _ = detect(bytes);
    if let Ok(source) = read(bytes, name, &Limits::default()) {
        check(&source);
    }
}

/// Pieces that readers look for, so that random texts are made of what matters.
const PIECES: [&str; 46] = [
    "**",
    "*",
    "***",
    "****",
    "_",
    "__",
    "|",
    "||",
    "|---|---|",
    "\n",
    "\n\n",
    "\n| a | b |\n",
    "# ",
    "## ",
    "- ",
    "1. ",
    "\\",
    "\\*",
    "$",
    "$\\geq 30\\%$",
    "^{",
    "{",
    "}",
    "<br>",
    "<b>",
    "</b>",
    "<sup>",
    "<!--",
    "-->",
    "&nbsp;",
    "&",
    "[",
    "](",
    ")",
    "![",
    "[^1]: ",
    "`",
    "```\n",
    "\u{C}",
    "---",
    "\r\n",
    "e\u{302}\u{301}",
    "Ủy ban",
    " ",
    "đ",
    "\u{200B}",
];

/// The same for pages.
const TAGS: [&str; 36] = [
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<i style='font-weight:bold'>",
    "</i>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<td rowspan=3 colspan=2>",
    "<th>",
    "<thead>",
    "<br>",
    "<ul>",
    "<ol type=i>",
    "<li>",
    "</ul>",
    "<div>",
    "</div>",
    "<h1>",
    "<pre>",
    "<script>",
    "</script>",
    "<style>.a{font-weight:bold}</style>",
    "<sup>",
    "<!--",
    "-->",
    "&nbsp;",
    "&#769;",
    "e\u{302}",
    " \n ",
    "Sở Y tế",
    "<div id=ftn1>",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check_bytes(&bytes, None);
    }

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        check_bytes(text.as_bytes(), Some("a.md"));
    }

    #[test]
    fn any_page(pieces in prop::collection::vec(prop::sample::select(&TAGS[..]), 0..60)) {
        let text = format!("<html>{}", pieces.concat());
        check_bytes(text.as_bytes(), None);
        let text = format!("## x\n<table>{}</table>\n", pieces.concat());
        check_bytes(text.as_bytes(), None);
    }

    #[test]
    fn any_markdown(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60)) {
        let text = pieces.concat();
        check_bytes(text.as_bytes(), Some("a.md"));
        check_bytes(text.as_bytes(), None);
    }
}

#[test]
fn every_document_of_the_shared_corpus_keeps_the_invariants() {
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let Ok(entries) = std::fs::read_dir(&corpus) else {
        println!("skipped: {} is absent", corpus.display());
        return;
    };
    let unlabelled = std::fs::read_dir(corpus.join("unlabelled")).expect("readable");
    for path in entries.chain(unlabelled).map(|entry| entry.expect("readable").path()).filter(|path| path.is_file()) {
        let bytes = std::fs::read(&path).expect("readable");
        // among them are scans, whose recognition takes minutes
        if bytes.starts_with(b"%PDF") {
            continue;
        }
        let name = path.file_name().and_then(|name| name.to_str());
        match read(&bytes, name, &Limits::default()) {
            Ok(source) => check(&source),
            Err(error) => println!("{}: {error}", path.display()),
        }
    }
}

#[test]
fn every_pdf_with_a_text_layer_keeps_the_invariants() {
    let shared = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let Ok(entries) = std::fs::read_dir(shared.join("formats/pdf")) else {
        println!("skipped: {} is absent", shared.display());
        return;
    };
    let real = shared.join("corpus/tb_565_ket_luan_2_ctmtqg_quangngai.pdf");
    for path in entries.map(|entry| entry.expect("readable").path()).chain([real]) {
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("scan")) {
            continue;
        }
        let source = read(&std::fs::read(&path).expect("readable"), None, &Limits::default()).expect("a text layer");
        check(&source);
        assert!(!source.ocr && !source.partial);
    }
}

#[test]
fn damaged_word_files_give_what_is_left_or_an_error() {
    const ROUNDS: usize = 80;
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/formats/docx/lo_src.docx");
    let Ok(whole) = std::fs::read(&file) else {
        println!("skipped: {} is absent", file.display());
        return;
    };
    // a fixed sequence of pseudo-random numbers (Knuth's MMIX generator), so that each run damages the same bytes
    let mut state = 20_310_602_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let (mut read_anyway, mut with_text) = (0, 0);
    for round in 0..ROUNDS {
        let mut bytes = whole.clone();
        match round % 4 {
            0 => bytes.truncate(random(whole.len())),
            1 => (0..8).for_each(|_| bytes[random(whole.len())] ^= 1 << random(8)),
            2 => {
                let at = random(whole.len() - 200);
                bytes.drain(at..at + random(200));
            }
            _ => {
                let at = random(whole.len() - 64);
                bytes[at..at + 64].fill(0);
            }
        }
        if let Ok(source) = read(&bytes, None, &Limits::default()) {
            check(&source);
            read_anyway += 1;
            with_text += usize::from(source.text.len() > 1000);
        }
    }
    println!("{read_anyway} of {ROUNDS} damaged files were read, {with_text} with a good part of the text");
    assert!(with_text * 2 >= ROUNDS, "only {with_text} of {ROUNDS} gave text");
}
