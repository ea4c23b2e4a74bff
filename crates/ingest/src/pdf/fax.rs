//! Pictures in the codes of fax machines (ITU-T T.4 and T.6), as office scanners write black and white: in TIFF and in PDF.

use fax::maps::{EOL, black, white};
use fax::{BitWriter, Bits, Color, VecWriter};

use super::font::FontBook;
use super::interpret::Interpreter;
use super::layers::Layers;
use crate::ocr::{self, Gray};

const WIDTH: usize = 300;
const HEIGHT: usize = 40;

/// Black strokes on white paper, a white row among them and one that begins black.
fn picture() -> Gray {
    let mut picture = Gray::white(WIDTH, HEIGHT);
    for (pixel, at) in picture.pixels.iter_mut().zip(0..) {
        let (x, y) = (at % WIDTH, at / WIDTH);
        if y != 7 && (x * (y + 3) / 11 % 5 == 2 || y == 9 && x < 130) {
            *pixel = 0;
        }
    }
    picture
}

fn rows() -> Vec<Vec<Color>> {
    let color = |pixel: &u8| if *pixel == 0 { Color::Black } else { Color::White };
    picture().pixels.chunks(WIDTH).map(|row| row.iter().map(color).collect()).collect()
}

/// Group 4.
fn two_dimensional() -> Vec<u8> {
    let mut encoder = fax::encoder::Encoder::new(VecWriter::new());
    for row in rows() {
        encoder.encode_line(row.into_iter(), WIDTH as u16).unwrap();
    }
    encoder.finish().unwrap().finish()
}

/// Group 3: each row on its own, with the mark that ends rows before it, or from a whole byte on where `marked` is not asked.
fn one_dimensional(marked: bool) -> Vec<u8> {
    let mut out = VecWriter::new();
    let write = |out: &mut VecWriter, bits: Bits| out.write(bits).unwrap();
    for row in rows() {
        if marked {
            write(&mut out, EOL);
        }
        let mut rest = row.as_slice();
        let mut color = Color::White;
        while !rest.is_empty() {
            let run = rest.iter().take_while(|pixel| **pixel == color).count();
            let table: &[(u16, Bits)] = if color == Color::White { &white::ENTRIES } else { &black::ENTRIES };
            if run >= 64 {
                write(&mut out, table[63 + run / 64].1);
            }
            write(&mut out, table[run % 64].1);
            rest = &rest[run..];
            color = if color == Color::White { Color::Black } else { Color::White };
        }
        if !marked {
            out.pad();
        }
    }
    if marked {
        (0..6).for_each(|_| write(&mut out, EOL));
    }
    out.finish()
}

/// A TIFF of one page, in the compression of this number (TIFF 6.0).
fn tiff(compression: u32, data: &[u8]) -> Vec<u8> {
    let entries: [(u16, u32); 9] = [
        (256, WIDTH as u32),
        (257, HEIGHT as u32),
        (258, 1),
        (259, compression),
        (262, 0),
        (273, 8 + 2 + 9 * 12 + 4),
        (277, 1),
        (278, HEIGHT as u32),
        (279, data.len() as u32),
    ];
    let mut file = b"II*\0\x08\0\0\0\x09\0".to_vec();
    for (tag, value) in entries {
        file.extend(tag.to_le_bytes());
        file.extend([4, 0, 1, 0, 0, 0]);
        file.extend(value.to_le_bytes());
    }
    file.extend([0; 4]);
    file.extend(data);
    file
}

/// A PDF of one page with the picture all over it.
fn pdf(parameters: &str, data: &[u8]) -> Vec<u8> {
    let image = format!(
        "<< /Type /XObject /Subtype /Image /Width {WIDTH} /Height {HEIGHT} /ColorSpace /DeviceGray /BitsPerComponent 1 \
         /Filter /CCITTFaxDecode /DecodeParms << {parameters} /Columns {WIDTH} /Rows {HEIGHT} >> /Length {} >>",
        data.len()
    );
    let paint = b"600 0 0 800 0 0 cm /Im Do";
    let objects: [(String, &[u8]); 5] = [
        ("<< /Type /Catalog /Pages 2 0 R >>".to_owned(), b""),
        ("<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(), b""),
        (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R \
             /Resources << /XObject << /Im 5 0 R >> >> >>"
                .to_owned(),
            b"",
        ),
        (format!("<< /Length {} >>", paint.len()), paint),
        (image, data),
    ];
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = b"xref\n0 6\n0000000000 65535 f \n".to_vec();
    for ((head, stream), number) in objects.iter().zip(1..) {
        table.extend(format!("{:010} 00000 n \n", file.len()).bytes());
        file.extend(format!("{number} 0 obj\n{head}\n").bytes());
        if !stream.is_empty() {
            file.extend(b"stream\n");
            file.extend(*stream);
            file.extend(b"\nendstream\n");
        }
        file.extend(b"endobj\n");
    }
    let start = file.len();
    file.extend(table);
    file.extend(format!("trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}

/// The picture of a PDF's page.
fn drawn(pdf: &[u8]) -> Option<Gray> {
    let pdf = super::open(pdf).ok()?;
    let layers = Layers::of(pdf.xref());
    let (content, pictures) = Interpreter::page(pdf.pages().first()?, &mut FontBook::new(), &layers);
    assert_eq!((content.pictures.len(), pictures.len()), (1, 1));
    pictures.first()?.decode()
}

#[test]
fn tiff_in_the_codes_of_fax_machines_is_decoded() {
    for (compression, data) in [(4, two_dimensional()), (2, one_dimensional(false)), (3, one_dimensional(true))] {
        assert_eq!(ocr::decode(&tiff(compression, &data)), Some(picture()), "compression {compression}");
    }
    // a picture of which hardly anything is left is no page
    assert!(ocr::decode(&tiff(4, &two_dimensional()[..20])).is_none());
}

/// Files that libtiff has written of the same picture: `group3-low.tif` says that it has half as many dots down as across.
#[test]
fn tiff_of_another_program_is_decoded() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/fax");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert_eq!(files.len(), 9);
    for path in files {
        let name = path.file_stem().unwrap().to_string_lossy();
        let mut want = picture();
        match &*name {
            "group3-low" => {
                want.pixels = want.pixels.chunks(WIDTH).flat_map(|row| [row, row]).flatten().copied().collect();
                want.height *= 2;
            }
            "group4-upside-down" => want.pixels.reverse(),
            _ => {}
        }
        assert_eq!(ocr::decode(&std::fs::read(&path).unwrap()), Some(want), "{name}");
    }
}

#[test]
fn pdf_in_the_codes_of_fax_machines_is_decoded() {
    for (parameters, data) in [
        ("/K -1", two_dimensional()),
        ("/K 0 /EndOfLine true", one_dimensional(true)),
        ("/K 0 /EncodedByteAlign true /EndOfBlock false", one_dimensional(false)),
    ] {
        assert_eq!(drawn(&pdf(parameters, &data)).as_ref(), Some(&picture()), "{parameters}");
    }
    let inverted = drawn(&pdf("/K -1 /BlackIs1 true", &two_dimensional())).unwrap();
    assert!(inverted.pixels.iter().zip(picture().pixels).all(|(got, want)| *got == 255 - want));
}
