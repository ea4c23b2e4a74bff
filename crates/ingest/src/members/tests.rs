use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn found(bytes: &[u8], limits: &Limits) -> Vec<(String, Result<String, &'static str>)> {
    let members = members(bytes, limits).unwrap().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    members.into_iter().map(|m| (m.path, m.content.map(text).map_err(|error| error.code()))).collect()
}

const MAIL: &str = "From: =?utf-8?B?VsSDbiB0aMaw?= <vt@example.org>\r\nTo: pkt@example.org\r\nSubject: Giao viec\r\n\
    Date: Mon, 05 May 2031 08:00:00 +0700\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"B\"\r\n\r\n\
    --B\r\nContent-Type: multipart/related; boundary=\"R\"\r\n\r\n\
    --R\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+R+G7rWkgcGjDsm5nPC9wPg==\r\n\
    --R\r\nContent-Type: image/png\r\nContent-ID: <logo>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--R--\r\n\
    --B\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Disposition: attachment; filename*=UTF-8''k%E1%BA%BF%20ho%E1%BA%A1ch.txt\r\n\r\nNoi dung\r\n\
    --B\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@example.org\r\nTo: b@example.org\r\nDate: Mon, 05 May 2031 08:00:00 +0700\r\nMIME-Version: 1.0\r\n\
    Content-Type: text/plain\r\n\r\nChuyen tiep\r\n--B--\r\n";

#[test]
fn an_archive_gives_its_documents_and_those_of_archives_in_it() {
    let inner = archive(&[("b.md", "## Hai".as_bytes()), ("../../c.txt", b"ba")]);
    let outer = archive(&[
        ("van ban/a.txt", b"mot"),
        ("trong.zip", &inner),
        ("Thumbs.db", b"x"),
        ("~$a.docx", b"x"),
        ("__MACOSX/._a.txt", b"x"),
    ]);
    let want = [("van ban/a.txt", "mot"), ("trong.zip/b.md", "## Hai"), ("trong.zip/c.txt", "ba")];
    let want: Vec<_> = want.iter().map(|(path, text)| ((*path).to_owned(), Ok((*text).to_owned()))).collect();
    assert_eq!(found(&outer, &Limits::default()), want);
}

#[test]
fn a_mail_gives_its_text_and_attachments_without_the_pictures_it_shows() {
    let got = found(MAIL.as_bytes(), &Limits::default());
    let paths: Vec<&str> = got.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["message.html", "kế hoạch.txt", "2-thu.eml/message.txt"]);
    let texts: Vec<_> = got.iter().map(|(_, text)| text.as_deref().unwrap().trim()).collect();
    assert_eq!(texts, ["<p>Gửi phòng</p>", "Noi dung", "Chuyen tiep"]);
}

#[test]
fn documents_are_no_containers() {
    let word = archive(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]);
    let sheet = archive(&[("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")]);
    let odt = archive(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")]);
    let letter = "Kính gửi: các phòng\n\nNoi dung: bao cao\n".as_bytes();
    for bytes in [&word[..], &sheet, &odt, letter, b"From: a\nnot a header"] {
        assert_eq!(members(bytes, &Limits::default()), Ok(None));
    }
}

#[test]
fn limits_hold_and_are_told() {
    let many = archive(&[("a.txt", b"1"), ("b.txt", b"2"), ("c.txt", b"3")]);
    let got = found(&many, &Limits { max_members: 2, ..Limits::default() });
    assert_eq!(got.len(), 3);
    assert_eq!(got[2], ("c.txt".to_owned(), Err("size-limit")));

    let zeros = vec![b'0'; 1 << 20];
    let bomb = archive(&[("a.txt", &zeros), ("b.txt", &zeros)]);
    let got = found(&bomb, &Limits { max_expanded: (1 << 20) + 10, ..Limits::default() });
    assert_eq!((got.len(), got[1].clone()), (2, ("b.txt".to_owned(), Err("size-limit"))));
    let got = found(&bomb, &Limits { max_bytes: 1 << 19, ..Limits::default() });
    assert_eq!(got[0].1, Err("size-limit"));

    let mut nested = archive(&[("a.txt", b"1")]);
    for _ in 0..5 {
        nested = archive(&[("z.zip", &nested)]);
    }
    let got = found(&nested, &Limits::default());
    assert_eq!(got, [("z.zip/z.zip/z.zip/z.zip".to_owned(), Err("size-limit"))]);
}

#[test]
fn damage_is_told_where_it_is() {
    let whole = archive(&[("a.txt", "Kế hoạch ".repeat(100).as_bytes()), ("b.txt", b"hai")]);
    let mut bytes = whole.clone();
    bytes[40] ^= 0xFF;
    let got = found(&bytes, &Limits::default());
    assert_eq!(got[0], ("a.txt".to_owned(), Err("damaged")));
    assert_eq!(got[1].1.as_deref(), Ok("hai"));
    assert!(matches!(members(&whole[..60], &Limits::default()), Err(IngestError::Damaged(_))));
}

#[test]
fn a_page_saved_with_its_pictures_is_one_document() {
    let page = MAIL.replace("To: pkt@example.org\r\n", "").replace("multipart/mixed", "multipart/related");
    let page = page.replace("Subject: Giao viec", "Snapshot-Content-Location: https://example.org/");
    assert_eq!(members(page.as_bytes(), &Limits::default()), Ok(None));
    let source = crate::read(page.as_bytes(), Some("a.doc"), &Limits::default()).unwrap();
    assert_eq!((source.text.as_str(), source.format), ("Gửi phòng\n", nhiemvu_model::Format::Html));
}

#[test]
fn members_of_one_name_are_told_apart() {
    let mail = "From: a@example.org\r\nTo: b@example.org\r\nDate: Mon, 05 May 2031 08:00:00 +0700\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=\"B\"\r\n\r\n\
        --B\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"kh.1.txt\"\r\n\r\nMot\r\n\
        --B\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"kh.1.txt\"\r\n\r\nHai\r\n\
        --B\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"tep\"\r\n\r\nBa\r\n\
        --B\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"tep\"\r\n\r\nBon\r\n--B--\r\n";
    let got = found(mail.as_bytes(), &Limits::default());
    let paths: Vec<&str> = got.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths.iter().filter(|path| path.starts_with("kh")).count(), 2, "{paths:?}");
    assert!(paths.contains(&"kh.1.txt") && paths.contains(&"kh.1 (2).txt"), "{paths:?}");
    assert!(paths.contains(&"tep") && paths.contains(&"tep (2)"), "{paths:?}");
}

#[test]
fn a_name_of_which_nothing_is_left_is_a_name() {
    for name in ["..", "/", "", " ..\u{a0}/.", "\u{1}", "..\\.."] {
        assert_eq!(joined("", name), "_", "{name:?}");
        assert_eq!(joined("goi.zip", name), "goi.zip/_", "{name:?}");
    }
    assert_eq!(joined("goi.zip", "../a/./ b.md "), "goi.zip/a/b.md");
}
