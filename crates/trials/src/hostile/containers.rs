//! Archives and saved e-mails.

use std::fmt::Write as _;

use super::{Row, Scale, Want};
use crate::files::{archive, archive_by, html_of, mail};

const NOTICE: &str = "THÔNG BÁO\n1. Sở Tài chính lập dự toán bến thuyền trước ngày 15/5/2031.\n";

pub(super) const FILES: &[Row] = &[
    ("zip-bom.zip", Want::Error(&["size-limit", "memory-limit"]), bomb),
    ("zip-long.zip", Want::Error(&["size-limit"]), nested),
    ("zip-nhieu.zip", Want::Members(0), many),
    ("zip-ten.zip", Want::Members(7), names),
    ("zip-trung-ten.zip", Want::Error(&["damaged"]), same_names),
    ("zip-do-dai-sai.zip", Want::Members(1), wrong_length),
    ("zip-cut.zip", Want::Error(&["damaged"]), cut),
    ("zip-muc-luc-sai.zip", Want::Error(&["damaged"]), wrong_directory),
    ("thu-long.eml", Want::Either, nested_mail),
    ("thu-ten.eml", Want::Members(4), mail_names),
    ("thu-khong-bien.eml", Want::Either, without_boundary),
    ("thu-base64.eml", Want::Either, bad_base64),
    ("thu-dau-dai.eml", Want::Result, long_header),
];

fn bomb(scale: Scale) -> Vec<u8> {
    let zeros = vec![b' '; scale.pick(72 << 20, 1 << 30)];
    archive(&[("a.txt", &zeros)])
}

fn nested(_: Scale) -> Vec<u8> {
    (0..20).fold(archive(&[("a.md", NOTICE.as_bytes())]), |inner, _| archive(&[("a.zip", &inner)]))
}

fn many(scale: Scale) -> Vec<u8> {
    let names: Vec<String> = (0..scale.pick(60, 20_000)).map(|number| format!("{number}.md")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), NOTICE.as_bytes())).collect();
    archive(&members)
}

fn names(_: Scale) -> Vec<u8> {
    let names = [
        "../../../len.md",
        "/etc/tuyet-doi.md",
        "..\\..\\len.md",
        "C:\\Windows\\a.md",
        "xuống\ndòng.md",
        "\u{1b}[31mđỏ\u{7}.md",
        "\u{202e}dm.exe.md",
    ];
    archive(&names.map(|name| (name, NOTICE.as_bytes())))
}

fn same_names(_: Scale) -> Vec<u8> {
    // the writer refuses two of one name: they are made alike afterwards
    let mut bytes = archive_by(
        &[("aa.md", NOTICE.as_bytes()), ("ab.md", NOTICE.as_bytes()), ("ac.md", NOTICE.as_bytes())],
        zip::CompressionMethod::Stored,
    );
    for at in 0..bytes.len() - 5 {
        if matches!(&bytes[at..at + 5], b"ab.md" | b"ac.md") {
            bytes[at + 1] = b'a';
        }
    }
    bytes
}

fn wrong_length(_: Scale) -> Vec<u8> {
    let mut bytes = archive(&[("a.md", NOTICE.repeat(40).as_bytes())]);
    // sizes in both places where they stand (APPNOTE 4.3.7, 4.3.12)
    let directory = position(&bytes, b"PK\x01\x02");
    for at in [18, 22, directory + 20, directory + 24] {
        bytes[at..at + 4].copy_from_slice(&0x7FFF_FFF0_u32.to_le_bytes());
    }
    bytes
}

fn cut(_: Scale) -> Vec<u8> {
    let bytes = archive(&[("a.md", NOTICE.repeat(40).as_bytes())]);
    bytes[..bytes.len() / 2].to_vec()
}

fn wrong_directory(_: Scale) -> Vec<u8> {
    let mut bytes = archive(&[("a.md", NOTICE.as_bytes())]);
    let end = position(&bytes, b"PK\x05\x06");
    bytes[end + 16..end + 20].copy_from_slice(&0xFFFF_FF00_u32.to_le_bytes());
    bytes
}

fn position(bytes: &[u8], mark: &[u8]) -> usize {
    bytes.windows(mark.len()).position(|window| window == mark).unwrap()
}

fn nested_mail(scale: Scale) -> Vec<u8> {
    let mut out = String::from("From: a@example.org\r\nSubject: s\r\nMIME-Version: 1.0\r\n");
    let depth = scale.pick(2_000, 100_000);
    for level in 0..depth {
        write!(out, "Content-Type: multipart/mixed; boundary=\"b{level}\"\r\n\r\n--b{level}\r\n").unwrap();
    }
    write!(out, "Content-Type: text/plain; charset=utf-8\r\n\r\n{NOTICE}\r\n").unwrap();
    out.into_bytes()
}

fn mail_names(_: Scale) -> Vec<u8> {
    let page = html_of(NOTICE).into_bytes();
    mail(&[
        ("../../../len.html", "text/html; charset=utf-8", &page),
        ("/etc/a.html", "text/html; charset=utf-8", &page),
        ("a\u{1b}[2Jb.html", "text/html; charset=utf-8", &page),
        ("..", "text/html; charset=utf-8", &page),
    ])
}

fn without_boundary(_: Scale) -> Vec<u8> {
    format!("From: a@example.org\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed\r\n\r\n--B\r\n\r\n{NOTICE}")
        .into_bytes()
}

fn bad_base64(_: Scale) -> Vec<u8> {
    b"From: a@example.org\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf; name=a.pdf\r\n\
    Content-Disposition: attachment; filename=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!====$$$$\r\n"
        .to_vec()
}

fn long_header(scale: Scale) -> Vec<u8> {
    let words = "x ".repeat(scale.pick(80_000, 20_000_000));
    format!("From: a@example.org\r\nSubject: {words}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{NOTICE}")
        .into_bytes()
}
