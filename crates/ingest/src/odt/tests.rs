use std::io::{Cursor, Write};

use nhiemvu_model::LineRole;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn package(members: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const MIME: (&str, &str) = ("mimetype", "application/vnd.oasis.opendocument.text");

fn document(styles: &str, text: &str) -> Source {
    let content = format!(
        "<?xml version='1.0'?><office:document-content><office:automatic-styles>{styles}</office:automatic-styles>\
        <office:body><office:text>{text}</office:text></office:body></office:document-content>"
    );
    read(&package(&[MIME, ("content.xml", &content)]), &Limits::default()).unwrap()
}

fn lines(source: &Source) -> Vec<String> {
    let lines = source.lines.iter().map(|line| {
        let mut words = line.text(&source.text).to_owned();
        for run in line.styles.iter().rev().filter(|run| run.bold) {
            words.insert(run.span.end - line.span.start, ']');
            words.insert(run.span.start - line.span.start, '[');
        }
        let role = match &line.role {
            LineRole::Heading(level) => format!("H{level} "),
            LineRole::Footnote(mark) => format!("N{mark} "),
            LineRole::Row(_) => "R ".to_owned(),
            _ => String::new(),
        };
        role + &words.replace('\t', " | ")
    });
    lines.collect()
}

#[test]
fn words_spaces_and_emphasis() {
    let styles = "<style:style style:name='P1' style:family='paragraph'><style:text-properties fo:font-weight='bold'/></style:style>\
        <style:style style:name='T1' style:family='text'><style:text-properties fo:font-weight='normal' fo:font-style='italic'/></style:style>\
        <style:style style:name='T2' style:family='text'><style:text-properties style:font-name='.VnTime'/></style:style>";
    let text = "<text:tracked-changes><text:p>bỏ</text:p></text:tracked-changes>\
        <text:p text:style-name='P1'>Điều 1. <text:span text:style-name='T1'>Phạm\n   vi</text:span> <text:s text:c='2'/>áp dụng</text:p>\
        <text:h text:outline-level='2'>Mục</text:h><text:p>một<text:line-break/>hai</text:p>\
        <text:p><text:span text:style-name='T2'>nh©n d©n</text:span></text:p>";
    let source = document(styles, text);
    assert_eq!(lines(&source), ["[Điều 1.] Phạm vi   [áp dụng]", "H2 Mục", "một", "hai", "nhân dân"]);
    assert_eq!(source.diagnostics.len(), 1);
    assert_eq!(source.format, Format::Odt);
}

#[test]
fn lists_count_as_their_styles_say() {
    let styles = "<text:list-style style:name='L1'><text:list-level-style-number text:level='1' style:num-format='I' style:num-suffix='.'/>\
        <text:list-level-style-number text:level='2' style:num-format='1' text:display-levels='2' style:num-suffix='.'/>\
        <text:list-level-style-bullet text:level='3' text:bullet-char='–'/></text:list-style>";
    let item = |words: &str, inner: &str| format!("<text:list-item><text:p>{words}</text:p>{inner}</text:list-item>");
    let list = |inner: &str| format!("<text:list>{inner}</text:list>");
    let deepest = list(&item("gạch", ""));
    let inner = list(&format!("{}{}", item("con", &deepest), item("con hai", "<text:p>thân</text:p>")));
    let text = format!(
        "<text:list text:style-name='L1'>{}{}</text:list><text:p>giữa</text:p>\
        <text:list text:style-name='L1' text:continue-numbering='true'>{}</text:list><text:list text:style-name='L1'>{}\
        <text:list-item text:start-value='7'><text:p>bảy</text:p></text:list-item>{}</text:list>",
        item("đầu", &inner),
        item("sau", ""),
        item("nối", ""),
        item("mới", ""),
        item("tám", "")
    );
    let want = [
        "I. đầu",
        "I.1. con",
        "- gạch",
        "I.2. con hai",
        "thân",
        "II. sau",
        "giữa",
        "III. nối",
        "I. mới",
        "VII. bảy",
        "VIII. tám",
    ];
    assert_eq!(lines(&document(styles, &text)), want);
}

#[test]
fn cells_keep_their_places() {
    let cell = |words: &str| format!("<table:table-cell><text:p>{words}</text:p></table:table-cell>");
    let text = format!(
        "<table:table><table:table-column table:number-columns-repeated='3'/>\
        <table:table-header-rows><table:table-row>{}{}{}</table:table-row></table:table-header-rows>\
        <table:table-row><table:table-cell table:number-rows-spanned='2'><text:p>1</text:p></table:table-cell>\
        <table:table-cell table:number-columns-spanned='2'><text:p>rộng</text:p></table:table-cell><table:covered-table-cell/></table:table-row>\
        <table:table-row><table:covered-table-cell/>{}{}</table:table-row></table:table>",
        cell("TT"),
        cell("Việc"),
        cell("Hạn"),
        cell("a"),
        cell("b")
    );
    let source = document("", &text);
    assert_eq!(lines(&source), ["R TT | Việc | Hạn", "R 1 | rộng", "R  | a | b"]);
    let rows: Vec<_> = source
        .lines
        .iter()
        .filter_map(|line| match &line.role {
            LineRole::Row(row) => {
                Some((row.head, row.cells.iter().map(|c| (c.column, c.columns, c.merged_up)).collect()))
            }
            _ => None,
        })
        .collect();
    let want: [(bool, Vec<_>); 3] = [
        (true, vec![(0, 1, false), (1, 1, false), (2, 1, false)]),
        (false, vec![(0, 1, false), (1, 2, false)]),
        (false, vec![(0, 1, true), (1, 1, false), (2, 1, false)]),
    ];
    assert_eq!(rows, want);
}

#[test]
fn notes_stand_behind_the_text() {
    let text = "<text:p>Theo đề án<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation>\
        <text:note-body><text:p>Đề án số 5.</text:p></text:note-body></text:note> đã duyệt.</text:p><text:p>Hết.</text:p>";
    assert_eq!(lines(&document("", text)), ["Theo đề án1 đã duyệt.", "Hết.", "N1 1 Đề án số 5."]);
}

#[test]
fn a_password_and_a_missing_text_are_told() {
    let manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    let locked = package(&[MIME, ("content.xml", "\u{1}\u{2}"), ("META-INF/manifest.xml", manifest)]);
    assert_eq!(read(&locked, &Limits::default()), Err(IngestError::Password));
    let empty = package(&[MIME]);
    assert!(matches!(read(&empty, &Limits::default()), Err(IngestError::Damaged(_))));
}
