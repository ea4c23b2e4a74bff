//! PDF.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::{Row, Scale, Want};
use crate::files::{pdf, pdf_objects, pdf_of, pdf_stream, pdf_text};

const NOTICE: &str = "THÔNG BÁO\n1. Sở Tài chính lập dự toán bến thuyền trước ngày 15/5/2031.\n";

pub(super) const FILES: &[Row] = &[
    ("pdf-bom.pdf", Want::Either, bomb),
    ("pdf-bom-kep.pdf", Want::Either, double_bomb),
    ("pdf-cot.pdf", Want::Either, columns),
    ("pdf-cay-vong.pdf", Want::Either, tree_circle),
    ("pdf-cay-sau.pdf", Want::Either, deep_tree),
    ("pdf-tro-vong.pdf", Want::Either, reference_circle),
    ("pdf-mau-lap.pdf", Want::Either, fan_out),
    ("pdf-mau-vong.pdf", Want::Result, form_circle),
    ("pdf-do-dai-sai.pdf", Want::Either, wrong_lengths),
    ("pdf-xref-vong.pdf", Want::Either, xref_circle),
    ("pdf-xref-sai.pdf", Want::Result, wrong_xref),
    ("pdf-phong-chu.pdf", Want::Either, absurd_font),
    ("pdf-bang-ma.pdf", Want::Either, absurd_map),
    ("pdf-so-vo-ly.pdf", Want::Either, absurd_numbers),
    ("pdf-mang-long.pdf", Want::Either, deep_arrays),
    ("pdf-nhieu-trang.pdf", Want::Warned("limit-reached"), many_pages),
    ("pdf-mat-khau.pdf", Want::Error(&["password"]), encrypted),
    ("pdf-trang-trang.pdf", Want::Error(&["no-text"]), blank),
    ("pdf-cut.pdf", Want::Either, cut),
    ("pdf-chi-dau.pdf", Want::Error(&["damaged"]), |_| b"%PDF-1.7\n".to_vec()),
    ("pdf-bien-hinh.pdf", Want::Either, |_| [b"PK\x03\x04 %PDF-1.7\n".as_slice(), &pdf_of(NOTICE)].concat()),
];

fn packed(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// A document whose fourth object, the content of its page, is this.
fn with_content(object: Vec<u8>) -> Vec<u8> {
    let mut objects = pdf_objects(b"");
    objects[3] = object;
    pdf(&objects)
}

fn bomb(scale: Scale) -> Vec<u8> {
    let operators = pdf_text(NOTICE).repeat(scale.pick(30_000, 2_000_000));
    with_content(pdf_stream("/Filter /FlateDecode", &packed(&operators)))
}

fn double_bomb(scale: Scale) -> Vec<u8> {
    let zeros = packed(&packed(&vec![b' '; scale.pick(300 << 20, 4 << 30)]));
    with_content(pdf_stream("/Filter [/FlateDecode /FlateDecode]", &zeros))
}

fn columns(_: Scale) -> Vec<u8> {
    let parameters =
        "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 32 /BitsPerComponent 16 /Columns 2000000000 >>";
    with_content(pdf_stream(parameters, &packed(&pdf_text(NOTICE))))
}

fn tree_circle(_: Scale) -> Vec<u8> {
    let mut objects = pdf_objects(&pdf_text(NOTICE));
    objects[1] = b"<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Parent 2 0 R /Count 1000000000 >>".to_vec();
    pdf(&objects)
}

fn deep_tree(scale: Scale) -> Vec<u8> {
    let mut objects = pdf_objects(&pdf_text(NOTICE));
    let depth = scale.pick(20_000, 200_000);
    objects[1] = format!("<< /Type /Pages /Kids [{} 0 R] /Count 1 >>", objects.len() + 1).into_bytes();
    for level in 0..depth {
        let next = if level + 1 == depth { 3 } else { objects.len() + 2 };
        objects.push(format!("<< /Type /Pages /Kids [{next} 0 R] /Count 1 >>").into_bytes());
    }
    pdf(&objects)
}

fn reference_circle(_: Scale) -> Vec<u8> {
    let mut objects = pdf_objects(b"");
    objects[3] = b"9 0 R".to_vec();
    objects.push(b"4 0 R".to_vec());
    objects[5] = b"<< /Type /Font /DescendantFonts [5 0 R] /ToUnicode 6 0 R /FontDescriptor 6 0 R >>".to_vec();
    pdf(&objects)
}

/// Forms that run one another.
fn forms(levels: usize, times: usize, circle: bool) -> Vec<u8> {
    let mut objects = pdf_objects(&[b"/X Do\n".as_slice(), &pdf_text(NOTICE)].concat());
    let first = objects.len() + 1;
    objects[2] = format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /X {first} 0 R >> >> >>").into_bytes();
    for level in 0..levels {
        let next = if level + 1 < levels { first + level + 1 } else { first };
        let resources =
            format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {next} 0 R >> >>");
        let runs = if level + 1 < levels || circle { "/X Do\n".repeat(times) } else { String::new() };
        objects.push(pdf_stream(&resources, runs.as_bytes()));
    }
    pdf(&objects)
}

fn fan_out(scale: Scale) -> Vec<u8> {
    forms(scale.pick(14, 40), 10, false)
}

fn form_circle(_: Scale) -> Vec<u8> {
    forms(3, 1, true)
}

fn wrong_lengths(_: Scale) -> Vec<u8> {
    let text = String::from_utf8(pdf_of(NOTICE)).unwrap();
    let mut out = String::new();
    for (number, part) in text.split("/Length ").enumerate() {
        if number > 0 {
            out.push_str(["/Length 99999999999", "/Length -5", "/Length 0"][number % 3]);
            out.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
        } else {
            out.push_str(part);
        }
    }
    out.into_bytes()
}

fn xref_circle(_: Scale) -> Vec<u8> {
    let text = String::from_utf8(pdf_of(NOTICE)).unwrap();
    let at = text.rfind("startxref\n").unwrap();
    let place = text[at + 10..].lines().next().unwrap();
    text.replace("/Root 1 0 R", &format!("/Root 1 0 R /Prev {place} /XRefStm {place}")).into_bytes()
}

fn wrong_xref(_: Scale) -> Vec<u8> {
    String::from_utf8(pdf_of(NOTICE))
        .unwrap()
        .replace(" 00000 n ", " 99999 n ")
        .replace("startxref\n", "startxref\n9")
        .into_bytes()
}

fn absurd_font(scale: Scale) -> Vec<u8> {
    let mut objects = pdf_objects(&pdf_text(NOTICE));
    let widths = (0..scale.pick(20_000, 500_000)).fold(String::new(), |mut out, n| {
        write!(out, "{n} [{n}e30 -1e38] ").unwrap();
        out
    });
    objects[5] = format!(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{} /W [{widths}] /DW -1e38 /FontDescriptor 8 0 R >>",
        "A".repeat(100_000)
    )
    .into_bytes();
    objects[7] = b"<< /Type /FontDescriptor /FontName /Times /Flags -1 /FontBBox [1e38 -1e38 0 0] /ItalicAngle 1e38 /FontFile2 9 0 R >>".to_vec();
    let rubbish: Vec<u8> = (0..200_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    objects.push(pdf_stream("", &[&b"\x00\x01\x00\x00\xFF\xFFglyf"[..], &rubbish].concat()));
    pdf(&objects)
}

fn absurd_map(scale: Scale) -> Vec<u8> {
    let mut objects = pdf_objects(&pdf_text(NOTICE));
    let ranges = "<00000000> <FFFFFFFF> <0000>\n<0000> <FFFF> <D800>\n<FFFF> <0000> <00410041004100410041>\n"
        .repeat(scale.pick(300, 30_000));
    let map = format!(
        "begincmap 1 begincodespacerange <00> <FFFFFFFFFFFF> endcodespacerange 99999 beginbfrange {ranges} endbfrange endcmap"
    );
    objects[6] = pdf_stream("", map.as_bytes());
    pdf(&objects)
}

fn absurd_numbers(scale: Scale) -> Vec<u8> {
    let mut content = String::from("1e38 0 0 1e38 1e38 -1e38 cm 0 0 0 0 0 0 cm ");
    content.push_str(&"q ".repeat(scale.pick(50_000, 2_000_000)));
    content.push_str("BT /F 99999999999999999999999999999999999999 Tf 1e38 TL 1e38 Tc -1e38 Tw 1e-38 Tz 1e38 1e38 Td ");
    content.push_str(&"0 0 0 0 0 0 Tm <00410042> Tj T* ".repeat(2_000));
    content.push_str("ET 1e38 1e38 1e38 1e38 re S -9999999999999999999999 9 m 9 9e99 l S");
    let mut objects = pdf_objects(content.as_bytes());
    objects[2] = b"<< /Type /Page /Parent 2 0 R /Rotate 2147483648 /UserUnit 1e38 /MediaBox [1e38 -1e38 -1e38 0] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>".to_vec();
    pdf(&objects)
}

fn deep_arrays(scale: Scale) -> Vec<u8> {
    let depth = scale.pick(100_000, 5_000_000);
    let mut objects = pdf_objects(&[b"[".repeat(depth), pdf_text(NOTICE)].concat());
    objects.push([b"[".repeat(depth), b"<<".repeat(depth)].concat());
    pdf(&objects)
}

fn many_pages(scale: Scale) -> Vec<u8> {
    let mut objects = pdf_objects(&pdf_text(NOTICE));
    let count = scale.pick(5_200, 100_000);
    let first = objects.len() + 1;
    let kids: String = (0..count).map(|number| format!("{} 0 R ", first + number)).collect();
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {count} >>").into_bytes();
    let page = objects[2].clone();
    objects.extend(std::iter::repeat_n(page, count));
    pdf(&objects)
}

fn encrypted(_: Scale) -> Vec<u8> {
    let text = String::from_utf8(pdf_of(NOTICE)).unwrap();
    let key = "5".repeat(64);
    let entry = format!(
        "/ID [<{key}> <{key}>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{key}> /U <{key}> >> /Root"
    );
    text.replace("/Root", &entry).into_bytes()
}

fn blank(_: Scale) -> Vec<u8> {
    pdf(&pdf_objects(b""))
}

fn cut(_: Scale) -> Vec<u8> {
    let whole = pdf_of(&NOTICE.repeat(20));
    whole[..whole.len() * 2 / 3].to_vec()
}
