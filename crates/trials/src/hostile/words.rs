//! Word, `OpenDocument` and RTF.

use std::fmt::Write as _;

use zip::CompressionMethod;

use super::{Row, Scale, Want};
use crate::corpus::root;
use crate::files::{archive, docx, odt, odt_body, word_body};

const P: &str = "<w:p><w:r><w:t>1. Sở Tài chính lập dự toán bến thuyền trước ngày 15/5/2031.</w:t></w:r></w:p>";
const TP: &str = "<text:p>1. Sở Tài chính lập dự toán bến thuyền trước ngày 15/5/2031.</text:p>";

pub(super) const FILES: &[Row] = &[
    ("docx-bom.docx", Want::Error(&["size-limit", "memory-limit"]), bomb),
    ("docx-thuc-the.docx", Want::Either, entities),
    ("docx-thuc-the-ngoai.docx", Want::Either, external),
    ("docx-bang-long.docx", Want::Result, deep_tables),
    ("docx-khoi-long.docx", Want::Result, deep_blocks),
    ("docx-kieu-vong.docx", Want::Result, style_circle),
    ("docx-o-rong.docx", Want::Result, wide_cells),
    ("docx-nhieu-o.docx", Want::Either, many_cells),
    ("docx-danh-so.docx", Want::Result, numbering),
    ("docx-quan-he-ngoai.docx", Want::Error(&["damaged"]), outside),
    ("docx-cut.docx", Want::Either, cut),
    ("docx-xml-do.docx", Want::Warned("damaged"), open_xml),
    ("odt-long.odt", Want::Result, odt_deep),
    ("odt-dau-cach.odt", Want::Result, odt_spaces),
    ("odt-lap-o.odt", Want::Either, odt_repeats),
    ("odt-thuc-the.odt", Want::Either, odt_entities),
    ("doc-cut.doc", Want::Either, doc_cut),
    ("doc-vong.doc", Want::Either, doc_circle),
    ("doc-rac.doc", Want::Either, doc_rubbish),
    ("rtf-long.rtf", Want::Either, rtf_deep),
    ("rtf-bin.rtf", Want::Either, rtf_binary),
];

fn word(inner: &str) -> Vec<u8> {
    docx(word_body(&format!("{P}{inner}")).as_bytes(), &[])
}

fn bomb(scale: Scale) -> Vec<u8> {
    word(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", " ".repeat(scale.pick(130 << 20, 2 << 30))))
}

/// Ten entities, each ten times the one before.
fn declarations() -> String {
    let mut out = String::from("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e0 'hahaha'>");
    for level in 1..=10 {
        write!(out, "<!ENTITY e{level} '{}'>", format!("&e{};", level - 1).repeat(10)).unwrap();
    }
    out + "]>"
}

fn entities(_: Scale) -> Vec<u8> {
    let body = word_body(&format!("{P}<w:p><w:r><w:t>&e10;</w:t></w:r></w:p>"));
    docx((declarations() + body.trim_start_matches("<?xml version='1.0'?>")).as_bytes(), &[])
}

fn external(_: Scale) -> Vec<u8> {
    let body = word_body(&format!("{P}<w:p><w:r><w:t>&x; %y; &z;</w:t></w:r></w:p>"));
    let head = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY % y SYSTEM 'http://example.org/y'>\
        <!ENTITY z PUBLIC 'p' 'file:///proc/self/environ'>]>";
    docx((head.to_owned() + body.trim_start_matches("<?xml version='1.0'?>")).as_bytes(), &[])
}

fn deep_tables(scale: Scale) -> Vec<u8> {
    word(&"<w:tbl><w:tr><w:tc>".repeat(scale.pick(5_000, 300_000)))
}

fn deep_blocks(scale: Scale) -> Vec<u8> {
    word(&"<w:sdt><w:sdtContent><w:txbxContent><w:p><w:r>".repeat(scale.pick(5_000, 300_000)))
}

fn style_circle(_: Scale) -> Vec<u8> {
    let styles = "<w:styles><w:style w:type='paragraph' w:styleId='A'><w:basedOn w:val='B'/></w:style>\
        <w:style w:type='paragraph' w:styleId='B'><w:basedOn w:val='A'/></w:style>\
        <w:style w:type='paragraph' w:styleId='C'><w:basedOn w:val='C'/></w:style></w:styles>";
    let body = "<w:p><w:pPr><w:pStyle w:val='A'/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>";
    docx(word_body(&format!("{P}{body}")).as_bytes(), &[("styles", styles.as_bytes())])
}

fn wide_cells(scale: Scale) -> Vec<u8> {
    let cell = "<w:tc><w:tcPr><w:gridSpan w:val='4294967295'/><w:vMerge/></w:tcPr><w:p/></w:tc>";
    let row = format!("<w:tr><w:trPr><w:gridBefore w:val='99999999999'/></w:trPr>{}</w:tr>", cell.repeat(20));
    word(&format!("<w:tbl>{}</w:tbl>", row.repeat(scale.pick(50, 2_000))))
}

fn many_cells(scale: Scale) -> Vec<u8> {
    let row = format!("<w:tr>{}</w:tr>", "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>".repeat(1_000));
    word(&format!("<w:tbl>{}</w:tbl>", row.repeat(scale.pick(520, 5_000))))
}

fn numbering(scale: Scale) -> Vec<u8> {
    let format = "<w:numbering><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='2147483647'/>\
        <w:numFmt w:val='lowerLetter'/><w:lvlText w:val='%1%2%3%4%5%6%7%8%9%99%0%'/></w:lvl>\
        <w:lvl w:ilvl='1'><w:start w:val='3999999'/><w:numFmt w:val='upperRoman'/><w:lvlText w:val='%2'/></w:lvl></w:abstractNum>\
        <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>";
    let p = |level: i64| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>"
        )
    };
    let body = format!("{}{}{}{}", p(0), p(1), p(-7), p(999_999_999_999)).repeat(scale.pick(50, 2_000));
    docx(word_body(&format!("{P}{body}")).as_bytes(), &[("numbering", format.as_bytes())])
}

fn outside(_: Scale) -> Vec<u8> {
    let relation = "<Relationships><Relationship Id='r' Type='http://x/officeDocument' Target='../../../../etc/passwd'/>\
        <Relationship Id='s' Type='http://x/officeDocument' TargetMode='External' Target='http://example.org/word/document.xml'/></Relationships>";
    archive(&[("_rels/.rels", relation.as_bytes()), ("word/document.bin", b"a")])
}

fn cut(_: Scale) -> Vec<u8> {
    let whole = word(&P.repeat(400));
    whole[..whole.len() * 2 / 3].to_vec()
}

fn open_xml(_: Scale) -> Vec<u8> {
    let body = word_body(&P.repeat(40));
    docx(&body.as_bytes()[..body.len() * 2 / 3], &[])
}

fn odt_deep(scale: Scale) -> Vec<u8> {
    let inner = format!("{TP}{}", "<text:section><text:list><text:list-item>".repeat(scale.pick(5_000, 300_000)));
    odt(odt_body(&inner).as_bytes(), CompressionMethod::Deflated)
}

fn odt_spaces(_: Scale) -> Vec<u8> {
    let inner = format!("{TP}<text:p>{}</text:p>", "<text:s text:c='4000000000'/>".repeat(50));
    odt(odt_body(&inner).as_bytes(), CompressionMethod::Deflated)
}

fn odt_repeats(_: Scale) -> Vec<u8> {
    let inner = format!(
        "{TP}<table:table><table:table-row table:number-rows-repeated='1000000000'>\
        <table:table-cell table:number-columns-repeated='1000000000' table:number-columns-spanned='1000000000'>{TP}</table:table-cell>\
        </table:table-row></table:table>"
    );
    odt(odt_body(&inner).as_bytes(), CompressionMethod::Deflated)
}

fn odt_entities(_: Scale) -> Vec<u8> {
    let body = odt_body(&format!("{TP}<text:p>&e10;</text:p>"));
    let content = declarations() + body.trim_start_matches("<?xml version='1.0'?>");
    odt(content.as_bytes(), CompressionMethod::Deflated)
}

fn doc() -> Vec<u8> {
    std::fs::read(root().join("crates/ingest/tests/data/ke_hoach.doc")).unwrap()
}

fn doc_cut(_: Scale) -> Vec<u8> {
    let whole = doc();
    whole[..whole.len() / 2].to_vec()
}

fn doc_circle(_: Scale) -> Vec<u8> {
    let mut bytes = doc();
    // every sector of the first sector of the file allocation table leads to the first one (MS-CFB 2.3)
    let sector = u32::from_le_bytes([bytes[76], bytes[77], bytes[78], bytes[79]]) as usize;
    let at = (sector + 1) * 512;
    bytes[at..at + 512].fill(0);
    bytes
}

fn doc_rubbish(scale: Scale) -> Vec<u8> {
    let mut bytes = doc()[..1024].to_vec();
    bytes.extend((0..scale.pick(100_000_u32, 20_000_000)).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8));
    bytes
}

fn rtf_deep(scale: Scale) -> Vec<u8> {
    format!("{{\\rtf1 {}a", "{\\b ".repeat(scale.pick(20_000, 1_000_000))).into_bytes()
}

fn rtf_binary(_: Scale) -> Vec<u8> {
    b"{\\rtf1\\ansi \\bin4294967295 a \\u99999999? \\trowd\\cellx-2147483648 b\\cell\\row }".to_vec()
}
