//! What a fuzzer begins with: the project's own documents, in the form that each property takes.

use crate::corpus::{Document, documents, root};
use crate::files;

/// Inputs for the property `target`.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    let documents = documents();
    let whole = |make: fn(&Document) -> Vec<u8>| documents.iter().map(make).collect::<Vec<_>>();
    match target {
        "sniff" => whole(|d| d.text.as_bytes().to_vec())
            .into_iter()
            .take(4)
            .chain(documents.iter().take(1).flat_map(|d| every_format(&d.text)))
            .collect(),
        "pdf" => short(&documents).flat_map(|text| [files::pdf_of(&text), files::pdf_text(&text)]).collect(),
        "docx" => short(&documents)
            .flat_map(|text| {
                let body = files::word_body(&format!("{}{NUMBERED}{TABLE}", paragraph(&text)));
                [files::docx_of(&text), [body.as_bytes(), b"\x1E\x1E", NUMBERING].concat()]
            })
            .collect(),
        "doc" => vec![std::fs::read(root().join("crates/ingest/tests/data/ke_hoach.doc")).unwrap()],
        "odt" => short(&documents)
            .flat_map(|text| [files::odt_of(&text), files::odt_body(&paragraph(&text)).into_bytes()])
            .chain([std::fs::read(root().join("crates/ingest/tests/data/ke_hoach.odt")).unwrap()])
            .collect(),
        "html" => short(&documents)
            .map(|text| {
                format!("{}<table><tr><td rowspan=2>{text}<td>b<tr><td>c</table>", files::html_of(&text)).into_bytes()
            })
            .collect(),
        "mail" => short(&documents)
            .flat_map(|text| {
                let page = files::html_of(&text);
                let parts: [(&str, &str, &[u8]); 2] = [
                    ("a.html", "text/html; charset=utf-8", page.as_bytes()),
                    ("b.md", "text/plain; charset=utf-8", text.as_bytes()),
                ];
                [files::mail(&parts), files::web_archive(page.as_bytes()), page.clone().into_bytes()]
            })
            .collect(),
        "zip" => short(&documents)
            .flat_map(|text| {
                let inner =
                    files::archive(&[("x/a.md", text.as_bytes()), ("x/b.html", files::html_of(&text).as_bytes())]);
                [files::archive(&[("../y.zip", &inner)]), format!("a.md\n{text}\x1E/b.txt\n{text}").into_bytes()]
            })
            .collect(),
        "spelling" => crate::noise::damaged(2.0, 0).into_iter().map(|(_, text, _)| text.into_bytes()).collect(),
        "layout" => documents.iter().map(|d| marked(&d.text)).collect(),
        "temporal" => sentences(&documents),
        "normalizer" => {
            sentences(&documents).into_iter().step_by(3).chain(whole(|d| d.text.as_bytes().to_vec())).collect()
        }
        _ => whole(|d| d.text.as_bytes().to_vec()),
    }
}

const NUMBERED: &str = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>việc</w:t></w:r></w:p>";
const TABLE: &str = "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge/></w:tcPr><w:p><w:r><w:t>TT</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
const NUMBERING: &[u8] = b"<w:numbering><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>";

fn paragraph(text: &str) -> String {
    let words = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

/// The beginnings of some documents.
fn short(documents: &[Document]) -> impl Iterator<Item = String> + '_ {
    documents.iter().step_by(6).map(|d| d.text.chars().take(1500).collect())
}

/// `text` as every format that can be built.
fn every_format(text: &str) -> Vec<Vec<u8>> {
    let page = files::html_of(text).into_bytes();
    vec![
        files::pdf_of(text),
        files::docx_of(text),
        files::odt_of(text),
        files::mail(&[("a.html", "text/html", &page)]),
        files::web_archive(&page),
        files::archive(&[("a.html", &page)]),
        b"{\\rtf1 a}".to_vec(),
        page,
        text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ]
}

/// Lines as the property of layout takes them, with a page break now and then.
fn marked(text: &str) -> Vec<u8> {
    let lines = text.lines().enumerate().map(|(number, line)| {
        let kind = if number % 40 == 39 { 'h' } else { '`' };
        format!("{kind}({}{line}", if line.starts_with('#') { ' ' } else { '@' })
    });
    lines.collect::<Vec<_>>().join("\n").into_bytes()
}

/// Lines that say something.
fn sentences(documents: &[Document]) -> Vec<Vec<u8>> {
    let lines = documents.iter().flat_map(|d| d.text.lines());
    lines.filter(|line| line.len() > 20).map(|line| line.as_bytes().to_vec()).collect()
}
