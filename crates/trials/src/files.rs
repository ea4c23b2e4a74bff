//! Small documents of each format, built from their parts.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// An archive of these members, packed.
pub fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    archive_by(members, CompressionMethod::Deflated)
}

/// An archive of these members, packed or only stored.
pub fn archive_by(members: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in members {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word document with this main part, and other parts by their names under `word/` (`styles`, `numbering`).
pub fn docx(document: &[u8], parts: &[(&str, &[u8])]) -> Vec<u8> {
    docx_by(document, parts, CompressionMethod::Deflated)
}

/// The same, packed or only stored.
pub fn docx_by(document: &[u8], parts: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let top = b"<Relationships><Relationship Id='r' Type='http://x/officeDocument' Target='word/document.xml'/></Relationships>";
    let mut relations = String::from("<Relationships>");
    let mut members: Vec<(String, &[u8])> =
        vec![("_rels/.rels".to_owned(), &top[..]), ("word/document.xml".to_owned(), document)];
    for (name, bytes) in parts {
        write!(relations, "<Relationship Id='{name}' Type='http://x/{name}' Target='{name}.xml'/>").unwrap();
        members.push((format!("word/{name}.xml"), bytes));
    }
    relations.push_str("</Relationships>");
    members.push(("word/_rels/document.xml.rels".to_owned(), relations.as_bytes()));
    let members: Vec<(&str, &[u8])> = members.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    archive_by(&members, method)
}

/// The main part of a Word document with this inside its body.
pub fn word_body(inner: &str) -> String {
    format!("<?xml version='1.0'?><w:document xmlns:w='w'><w:body>{inner}</w:body></w:document>")
}

/// A Word document with a paragraph for each line of `text`.
pub fn docx_of(text: &str) -> Vec<u8> {
    docx(word_body(&paragraphs("w:p", "w:r><w:t", text)).as_bytes(), &[])
}

/// An `OpenDocument` text with this inside.
pub fn odt(content: &[u8], method: CompressionMethod) -> Vec<u8> {
    // the type stands first and unpacked, so that it can be told from the first bytes
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file("mimetype", stored).unwrap();
    zip.write_all(b"application/vnd.oasis.opendocument.text").unwrap();
    zip.start_file("content.xml", SimpleFileOptions::default().compression_method(method)).unwrap();
    zip.write_all(content).unwrap();
    zip.finish().unwrap().into_inner()
}

/// The content of an `OpenDocument` text with this inside its body.
pub fn odt_body(inner: &str) -> String {
    format!(
        "<?xml version='1.0'?><office:document-content><office:body><office:text>{inner}</office:text></office:body></office:document-content>"
    )
}

/// An `OpenDocument` text with a paragraph for each line of `text`.
pub fn odt_of(text: &str) -> Vec<u8> {
    odt(odt_body(&paragraphs("text:p", "text:span", text)).as_bytes(), CompressionMethod::Deflated)
}

/// A page with a paragraph for each line of `text`.
pub fn html_of(text: &str) -> String {
    format!("<html><body>{}</body></html>", paragraphs("p", "span", text))
}

/// Each line of `text` inside these elements, `inner` from the outermost on (`w:r><w:t`).
fn paragraphs(outer: &str, inner: &str, text: &str) -> String {
    let close = |out: String, tag: &str| out + "</" + tag.trim_end_matches('>') + ">";
    let close = inner.split('<').rev().fold(String::new(), close);
    text.lines().fold(String::new(), |out, line| {
        let line = line.replace('&', "&amp;").replace('<', "&lt;");
        out + &format!("<{outer}><{inner}>{line}{close}</{outer}>")
    })
}

/// A PDF of these objects, numbered from 1; the first is the catalogue. Its table of places is right.
pub fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(out.len());
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let at = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n", objects.len() + 1).bytes());
    out
}

/// A stream object of `data` as it is, with these further entries in its dictionary.
pub fn pdf_stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("<< {entries} /Length {} >>\nstream\n", data.len()).into_bytes();
    out.extend(data);
    out.extend(b"\nendstream");
    out
}

/// The objects of a PDF with this content on its one page: catalogue, page tree, page, content, font, and what the font needs.
/// Strings are in UTF-16 as `<0041>`.
pub fn pdf_objects(content: &[u8]) -> Vec<Vec<u8>> {
    let map = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n\
        1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
        1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap end end";
    vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>".to_vec(),
        pdf_stream("", content),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Times /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>".to_vec(),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Times /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /FontDescriptor 8 0 R >>".to_vec(),
        pdf_stream("", map),
        b"<< /Type /FontDescriptor /FontName /Times /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>".to_vec(),
    ]
}

/// The operators that write each line of `text` below the one before.
pub fn pdf_text(text: &str) -> Vec<u8> {
    let mut out = String::from("BT /F 12 Tf 14 TL 60 800 Td\n");
    for line in text.lines() {
        out.push('<');
        line.encode_utf16().for_each(|unit| write!(out, "{unit:04X}").unwrap());
        out.push_str("> Tj T*\n");
    }
    out.push_str("ET\n");
    out.into_bytes()
}

/// A PDF of `text` on one page, a line for each of its lines.
pub fn pdf_of(text: &str) -> Vec<u8> {
    pdf(&pdf_objects(&pdf_text(text)))
}

/// A saved e-mail with these files attached, each as it is: name, media type, content.
pub fn mail(parts: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut out =
        b"From: a@example.org\r\nTo: b@example.org\r\nSubject: s\r\nDate: Mon, 05 May 2031 08:00:00 +0700\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"B\"\r\n\r\n"
            .to_vec();
    for (name, kind, content) in parts {
        let head = format!(
            "--B\r\nContent-Type: {kind}\r\nContent-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        );
        out.extend(head.bytes());
        out.extend(*content);
        out.extend(b"\r\n");
    }
    out.extend(b"--B--\r\n");
    out
}

/// A page saved with its pictures (RFC 2557).
pub fn web_archive(page: &[u8]) -> Vec<u8> {
    let mut out = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://example.org/a\r\nSubject: s\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/related; type=\"text/html\"; boundary=\"B\"\r\n\r\n\
        --B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: binary\r\nContent-Location: http://example.org/a\r\n\r\n"
        .to_vec();
    out.extend(page);
    out.extend(b"\r\n--B--\r\n");
    out
}

#[cfg(test)]
mod tests {
    use nhiemvu_ingest::{Limits, read};

    use super::*;

    #[test]
    fn every_format_holds_the_words_it_was_made_of() {
        let text = "KẾ HOẠCH\n1. Sở Tài chính báo cáo trước ngày 15/5/2031.";
        let page = html_of(text);
        for bytes in
            [pdf_of(text), docx_of(text), odt_of(text), page.clone().into_bytes(), web_archive(page.as_bytes())]
        {
            let source = read(&bytes, None, &Limits::default()).unwrap();
            assert_eq!(source.text.split_whitespace().collect::<Vec<_>>(), text.split_whitespace().collect::<Vec<_>>());
        }
    }
}
