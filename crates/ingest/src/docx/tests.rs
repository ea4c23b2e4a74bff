use std::fmt::Write as _;
use std::io::{Cursor, Write};

use nhiemvu_model::{LineRole, Source};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::shown::lines;

/// A package of the parts given, by name under `word/` and what their outermost element holds.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    add(
        "_rels/.rels",
        "<Relationships><Relationship Id='r' Type='http://x/officeDocument' Target='word/document.xml'/></Relationships>",
    );
    let mut relations = String::new();
    for (name, inner) in parts {
        let kind = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let root = match kind {
            "header" => "w:hdr",
            "footer" => "w:ftr",
            other => &format!("w:{other}"),
        };
        add(&format!("word/{name}.xml"), &format!("<?xml version='1.0'?><{root} xmlns:w='w'>{inner}</{root}>"));
        write!(relations, "<Relationship Id='{name}' Type='http://x/{kind}' Target='{name}.xml'/>").unwrap();
    }
    add("word/_rels/document.xml.rels", &format!("<Relationships>{relations}</Relationships>"));
    zip.finish().unwrap().into_inner()
}

fn source(parts: &[(&str, &str)]) -> Source {
    super::read(&package(parts), &Limits::default()).unwrap()
}

fn body(inner: &str) -> Vec<String> {
    lines(&source(&[("document", &format!("<w:body>{inner}</w:body>"))]))
}

fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t xml:space='preserve'>{words}</w:t></w:r></w:p>")
}

#[test]
fn runs_breaks_and_signs() {
    let text = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Điều 1.</w:t></w:r><w:r><w:t xml:space='preserve'> Xã &amp; phường</w:t></w:r>\
        <w:r><w:rPr><w:b w:val='0'/><w:i/></w:rPr><w:t xml:space='preserve'> nghie\u{302}ng</w:t></w:r><w:r><w:noBreakHyphen/><w:sym w:font='Symbol' w:char='F0B3'/></w:r></w:p>\
        <w:p><w:r><w:t>một</w:t><w:br/><w:t>hai</w:t></w:r></w:p><w:p/><w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>chữ hoa</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>";
    assert_eq!(body(text), ["P [b:Điều 1.] Xã & phường [i:nghiêng]-≥", "B một", "B hai", "P CHỮ HOA"]);
}

#[test]
fn tracked_changes_fields_and_text_boxes() {
    let text = "<w:p><w:r><w:t>giữ </w:t></w:r><w:del><w:r><w:delText>bỏ</w:delText><w:t>bỏ</w:t></w:r></w:del><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins>\
        <w:r><w:fldChar w:fldCharType='begin'/><w:instrText> DATE </w:instrText><w:fldChar w:fldCharType='separate'/><w:t xml:space='preserve'> ngày 5</w:t><w:fldChar w:fldCharType='end'/></w:r>\
        <w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>khung</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>\
        <mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>khung</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>";
    assert_eq!(body(text), ["P giữ thêm ngày 5", "P khung"]);
}

#[test]
fn emphasis_is_inherited_and_switched() {
    let styles = "<w:style w:type='paragraph' w:styleId='Base'><w:rPr><w:b/></w:rPr></w:style>\
        <w:style w:type='paragraph' w:styleId='Head'><w:basedOn w:val='Base'/><w:name w:val='heading 2'/></w:style>\
        <w:style w:type='character' w:styleId='Strong'><w:rPr><w:b/></w:rPr></w:style>\
        <w:style w:type='table' w:styleId='Grid'><w:tblStylePr w:type='firstRow'><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>";
    let document = "<w:body><w:p><w:pPr><w:pStyle w:val='Head'/></w:pPr><w:r><w:t xml:space='preserve'>đầu </w:t></w:r><w:r><w:rPr><w:rStyle w:val='Strong'/></w:rPr><w:t>hai lần</w:t></w:r></w:p>\
        <w:p><w:r><w:rPr><w:rStyle w:val='Strong'/></w:rPr><w:t>một lần</w:t></w:r></w:p>\
        <w:tbl><w:tblPr><w:tblStyle w:val='Grid'/><w:tblLook w:val='04A0'/></w:tblPr><w:tr><w:tc><w:p><w:r><w:t>TT</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Việc</w:t></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body>";
    let got = lines(&source(&[("document", document), ("styles", styles)]));
    assert_eq!(got, ["H2 [b:đầu] hai lần", "P [b:một lần]", "R0 [b:TT] | [b:Việc]", "R0 1 | a"]);
}

/// A list part: one abstract list of the levels given as (format, text), and numbers 1 and 2 of it.
fn numbering(levels: &[(&str, &str)], more: &str) -> String {
    let levels = levels.iter().enumerate().map(|(i, (format, text))| {
        format!(
            "<w:lvl w:ilvl='{i}'><w:start w:val='1'/><w:numFmt w:val='{format}'/><w:lvlText w:val='{text}'/></w:lvl>"
        )
    });
    let levels: String = levels.collect();
    format!(
        "<w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>\
        <w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num>{more}"
    )
}

/// Items as (list, level, words).
fn items(numbering: &str, items: &[(i64, i64, &str)]) -> Vec<String> {
    let paragraphs = items.iter().map(|(list, level, words)| {
        format!("<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    });
    let document = format!("<w:body>{}</w:body>", paragraphs.collect::<String>());
    let source = source(&[("document", &document), ("numbering", numbering)]);
    source.lines.iter().map(|line| line.text(&source.text).to_owned()).collect()
}

#[test]
fn numbers_of_several_levels() {
    let outline = numbering(
        &[
            ("upperRoman", "%1."),
            ("decimal", "%2."),
            ("lowerLetter", "%3)"),
            ("decimal", "%2.%4."),
            ("bullet", "\u{F0B7}"),
            ("bullet", "+"),
        ],
        "",
    );
    let got = items(
        &outline,
        &[
            (1, 0, "A"),
            (1, 1, "B"),
            (1, 2, "C"),
            (1, 2, "D"),
            (1, 1, "E"),
            (1, 2, "F"),
            (1, 0, "G"),
            (1, 1, "H"),
            (1, 3, "I"),
            (1, 4, "K"),
            (1, 5, "L"),
            (2, 0, "M"),
            (2, 0, "N"),
            (0, 0, "O"),
            (9, 0, "P"),
        ],
    );
    assert_eq!(
        got,
        [
            "I. A", "1. B", "a) C", "b) D", "2. E", "a) F", "II. G", "1. H", "1.1. I", "- K", "+ L", "I. M", "II. N",
            "O", "P"
        ]
    );
}

#[test]
fn numbers_that_never_restart_and_legal_ones() {
    let lists = "<w:abstractNum w:abstractNumId='0'>\
        <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1'/><w:suff w:val='nothing'/></w:lvl>\
        <w:lvl w:ilvl='1'><w:start w:val='5'/><w:numFmt w:val='decimal'/><w:lvlRestart w:val='0'/><w:lvlText w:val='Điều %2.'/></w:lvl>\
        <w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:isLgl/><w:lvlText w:val='%1.%3'/></w:lvl>\
        </w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>";
    let got = items(lists, &[(1, 0, ". Một"), (1, 1, "X"), (1, 0, ". Hai"), (1, 1, "Y"), (1, 2, "Z")]);
    assert_eq!(got, ["I. Một", "Điều 5. X", "II. Hai", "Điều 6. Y", "2.1 Z"]);
}

#[test]
fn merged_cells() {
    let cell = |about: &str, words: &str| format!("<w:tc><w:tcPr>{about}</w:tcPr>{}</w:tc>", p(words));
    let table = format!(
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr><w:tr>{}{}<w:tc>{}{}</w:tc></w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        cell("", "TT"),
        cell("<w:gridSpan w:val='2'/>", "Việc"),
        cell("<w:vMerge w:val='restart'/>", "1"),
        cell("", "a"),
        p("X"),
        p("Y"),
        cell("<w:vMerge/>", ""),
        cell("", "b"),
        cell("", "Z"),
    );
    let source = source(&[("document", &format!("<w:body>{table}</w:body>"))]);
    assert_eq!(lines(&source), ["R0h TT | Việc", "R0 1 | a | X Y", "R0  | b | Z"]);
    let grid: Vec<Vec<_>> = source
        .lines
        .iter()
        .map(|line| {
            let LineRole::Row(row) = &line.role else { panic!("a row") };
            row.cells.iter().map(|cell| (cell.column, cell.columns, cell.merged_up, cell.paragraphs.len())).collect()
        })
        .collect();
    assert_eq!(grid[0], [(0, 1, false, 0), (1, 2, false, 0)]);
    assert_eq!(grid[1], [(0, 1, false, 0), (1, 1, false, 0), (2, 1, false, 2)]);
    assert_eq!(grid[2], [(0, 1, true, 0), (1, 1, false, 0), (2, 1, false, 0)]);
}

#[test]
fn tables_in_cells_and_frames_of_one_column() {
    let inner = format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", p("c"), p("d"));
    let text = format!(
        "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl><w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{inner}</w:tc></w:tr></w:tbl>",
        p("khung"),
        p("a")
    );
    assert_eq!(body(&text), ["P khung", "R0 a | c d"]);
    let row = |cells: &[&str]| {
        let cells: Vec<String> = cells.iter().map(|cell| format!("<w:tc>{}</w:tc>", p(cell))).collect();
        format!("<w:tr>{}</w:tr>", cells.concat())
    };
    let inner = format!("<w:tbl>{}{}</w:tbl>", row(&["TT", "Việc"]), row(&["1", "Đo"]));
    let text = format!(
        "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}{inner}{}</w:tc></w:tr>{}</w:tbl>",
        p("a"),
        p("trên"),
        p("dưới"),
        row(&["b", "c"])
    );
    assert_eq!(body(&text), ["R0 a | trên dưới", "R0 b | c", "R1 TT | Việc", "R1 1 | Đo"]);
}

#[test]
fn paragraphs_whose_end_a_change_deletes_are_one() {
    let mark = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>";
    let gone = format!("<w:p>{mark}<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del></w:p>");
    let open = format!("<w:p>{mark}<w:r><w:t xml:space='preserve'>lập danh sách </w:t></w:r></w:p>");
    assert_eq!(
        body(&format!("{gone}{open}{}{}", p("bến thuyền"), p("xong"))),
        ["P lập danh sách bến thuyền", "P xong"]
    );
    // nothing is lost where no paragraph follows
    let cell = format!("<w:tbl><w:tr><w:tc>{open}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", p("b"));
    assert_eq!(body(&format!("{cell}{open}")), ["R0 lập danh sách | b", "P lập danh sách"]);
}

#[test]
fn footnotes_headers_and_pages() {
    let document = "<w:body><w:p><w:r><w:t>Chương trình</w:t></w:r><w:r><w:footnoteReference w:id='7'/></w:r></w:p>\
        <w:p><w:r><w:lastRenderedPageBreak/><w:t>trang hai</w:t></w:r><w:r><w:br w:type='page'/></w:r></w:p></w:body>";
    let notes = "<w:footnote w:id='7'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space='preserve'> Theo kế hoạch.</w:t></w:r></w:p></w:footnote>";
    let source = source(&[
        ("document", document),
        ("footnotes", notes),
        ("header1", &p("UBND XÃ AN")),
        ("header2", &p("UBND XÃ AN")),
    ]);
    assert_eq!(lines(&source), ["F UBND XÃ AN", "P Chương trình[s:1]", "P trang hai", "N1 [s:1] Theo kế hoạch."]);
    assert_eq!(source.pages, Some(2));
    assert_eq!(source.lines.iter().map(|line| line.page.unwrap()).collect::<Vec<_>>(), [1, 1, 2, 2]);
}

#[test]
fn fonts_of_older_encodings() {
    let run = |font: &str, words: &str| {
        format!("<w:r><w:rPr><w:rFonts w:ascii='{font}'/></w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>")
    };
    let text = format!(
        "<w:body><w:p>{}{}{}{}</w:p></w:body>",
        run(".VnTimeH", "ñy ban "),
        run(".VnTime", "nh©n d©n "),
        run("VNI-Times", "tænh "),
        run(".VnTime", "Bình Định")
    );
    let source = source(&[("document", &text)]);
    assert_eq!(source.text, "ỦY BAN nhân dân tỉnh Bình Định\n");
    assert_eq!(source.diagnostics[0].code, WarningCode::LegacyEncoding);
}

#[test]
fn what_is_left_of_a_damaged_package_is_read() {
    let whole = package(&[("document", &format!("<w:body>{}</w:body>", p("Giao Sở Y tế.").repeat(200)))]);
    // without the list of members at the end
    let cut = &whole[..whole.len() - 60];
    let source = super::read(cut, &Limits::default()).unwrap();
    assert!(source.partial && source.text.matches("Giao Sở Y tế.").count() == 200);
    assert_eq!(source.diagnostics[0].code, WarningCode::Damaged);
    for length in 0..whole.len() {
        let _ = super::read(&whole[..length], &Limits::default());
    }
}

/// A page without words is one thing, words that a damaged file has lost are another: the remedies differ.
#[test]
fn words_that_are_lost_are_told_from_none() {
    let blank = package(&[("document", "<w:body><w:p/></w:body>")]);
    assert_eq!(super::read(&blank, &Limits::default()), Err(IngestError::NoText));
    let whole = package(&[("document", &format!("<w:body>{}</w:body>", p("Giao Sở Y tế.").repeat(200)))]);
    let name = b"word/document.xml";
    let data = whole.windows(name.len()).position(|bytes| bytes == name).unwrap() + name.len();
    let mut spoiled = whole;
    spoiled[data..data + 12].fill(0xFF);
    assert!(matches!(super::read(&spoiled, &Limits::default()), Err(IngestError::Damaged(_))));
}

#[test]
fn limits_hold_for_what_is_unpacked() {
    let bomb = package(&[("document", &format!("<w:body>{}</w:body>", p(&"a".repeat(1 << 20))))]);
    let limits = Limits { max_expanded: 1 << 16, ..Limits::default() };
    let error = super::read(&bomb, &limits).unwrap_err();
    assert_eq!(error.code(), "size-limit");
}

#[test]
fn nesting_beyond_measure_is_read() {
    let deep = format!(
        "<w:body>{}{}{}</w:body>",
        "<w:sdt><w:sdtContent>".repeat(5000),
        p("chữ"),
        "</w:sdtContent></w:sdt>".repeat(5000)
    );
    assert_eq!(lines(&source(&[("document", &deep)])), ["P chữ"]);
}
