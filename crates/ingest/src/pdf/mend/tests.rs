use super::*;
use crate::Limits;
use crate::pdf::read;
use nhiemvu_model::WarningCode;

/// A file of these objects, the first of which has the number 1, without a table of offsets.
fn file(objects: &[&[u8]]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    for (object, number) in objects.iter().zip(1..) {
        file.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    file
}

fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {entries} /Length {} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

fn packed(data: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(data).unwrap();
    packer.finish().unwrap()
}

const FONT: &[u8] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
const PAGE: &[u8] = b"<< /Type /Page /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << /Font << /F 1 0 R >> >> >>";

fn is_flagged(source: &nhiemvu_model::Source) -> bool {
    source.partial && source.diagnostics.iter().any(|note| note.code == WarningCode::Damaged)
}

#[test]
fn pages_without_catalog_and_tree_are_read_in_the_order_that_is_left() {
    let page = |contents: u32| {
        let page = String::from_utf8(PAGE.to_vec()).unwrap();
        page.replace("3 0 R", &format!("{contents} 0 R")).into_bytes()
    };
    let text = |words: &str| stream("", format!("BT /F 12 Tf 72 700 Td ({words}) Tj ET").as_bytes());
    let (one, two) = (text("Trang sau"), text("Trang dau"));
    let objects: [&[u8]; 6] =
        [FONT, &page(3), &one, &page(5), &two, b"<< /Type /Pages /Kids [4 0 R 2 0 R] /Count 2 >>"];
    let source = read(&file(&objects), &Limits::default()).unwrap();
    assert_eq!(source.text, "Trang dau\nTrang sau\n");
    assert!(is_flagged(&source));
    // without any list: as they stand in the file
    let source = read(&file(&objects[..5]), &Limits::default()).unwrap();
    assert_eq!(source.text, "Trang sau\nTrang dau\n");
}

#[test]
fn a_stream_that_breaks_off_is_read_up_to_there() {
    let lines: Vec<String> =
        (0..200).map(|n| format!("BT /F 12 Tf 72 {} Td (dong {n}) Tj ET\n", 800 - 4 * n)).collect();
    let data = packed(lines.concat().as_bytes());
    let whole = stream("/Filter /FlateDecode", &data);
    let half = stream("/Filter /FlateDecode", &data[..data.len() / 2]);
    let tree: [&[u8]; 2] = [b"<< /Type /Catalog /Pages 5 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"];
    let source = read(&file(&[FONT, PAGE, &whole, tree[0], tree[1]]), &Limits::default()).unwrap();
    assert!(!is_flagged(&source) && source.text.contains("dong 190\n"));
    let source = read(&file(&[FONT, PAGE, &half, tree[0], tree[1]]), &Limits::default()).unwrap();
    assert!(is_flagged(&source) && source.text.contains("dong 9\n") && !source.text.contains("dong 190\n"));
}

#[test]
fn a_map_is_kept_up_to_its_fault() {
    let map = b"/CIDInit begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n\
        2 beginbfrange <01> <02> [<0041> <1ea4>] <03> <04> <0061> endbfrange\n\
        3 beginbfchar <05> <1ec7> <06> <00!67> <07> <0062> endbfchar endcmap";
    assert!(cmap::is_map(map) && !cmap::is_sound(map));
    let mended = cmap::mend(map);
    assert!(cmap::is_sound(&mended));
    let mended = String::from_utf8(mended).unwrap();
    assert!(mended.contains("<01> <02> [<0041><1ea4>]\n<03> <04> <0061>") && mended.contains("<05> <1ec7>\n"));
    assert!(!mended.contains("<06>") && !mended.contains("<07>"));
    // of a list that lacks a value nobody knows which
    let short = cmap::mend(b"begincmap 1 beginbfrange <01> <03> [<0041> <0042>] endbfrange endcmap");
    assert!(!String::from_utf8(short).unwrap().contains("0041"));
}

#[test]
fn nothing_is_mended_that_is_whole_or_encrypted() {
    let text = stream("", b"BT /F 12 Tf 72 700 Td (Mot) Tj ET");
    let whole: [&[u8]; 3] = [FONT, PAGE, &text];
    assert!(mend(&file(&whole), 1).is_none() && mend(&file(&whole), 0).is_some());
    let encrypted: [&[u8]; 4] = [FONT, PAGE, &text, b"<< /Encrypt 9 0 R >>"];
    assert!(mend(&file(&encrypted), 0).is_none());
    assert!(mend(b"", 0).is_none() && mend(b"obj 1 obj 99999999999 0 obj 0 0 obj", 0).is_none());
}

#[test]
fn what_an_object_stream_still_holds_is_taken_out() {
    let inside = "1 0 2 82 9 200 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> ";
    let inside = format!("{inside}{} << /Cut", String::from_utf8(PAGE.to_vec()).unwrap());
    let first = inside.find("<<").unwrap();
    let second = inside.find("<< /Type /Page").unwrap() - first;
    let third = inside.find("<< /Cut").unwrap() - first;
    let inside = inside.replacen("2 82", &format!("2 {second}"), 1).replacen("9 200", &format!("9 {third}"), 1);
    let data = packed(&[inside.as_bytes(), &[b'x'; 50]].concat());
    let entries = format!("/Type /ObjStm /N 3 /First {first} /Filter /FlateDecode");
    let cut = stream(&entries, &data[..data.len() - 6]);
    let text = stream("", b"BT /F 12 Tf 72 700 Td (Mot) Tj ET");
    let mut bytes = b"%PDF-1.7\n3 0 obj\n".to_vec();
    bytes.extend_from_slice(&[&text, b"\nendobj\n7 0 obj\n".as_slice(), &cut, b"\nendobj\n"].concat());
    let source = read(&bytes, &Limits::default()).unwrap();
    assert_eq!(source.text, "Mot\n");
    assert!(is_flagged(&source));
}

#[test]
fn a_font_in_whose_dictionary_a_bit_is_wrong_is_a_font() {
    let widths = |space: &[u8]| {
        let head = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /FirstChar 65 /LastChar 66 /Widths [500".as_slice();
        [head, space, b"500] >>"].concat()
    };
    let ascii = "Lap";
    let text = stream("", format!("BT /F 12 Tf 72 700 Td ({ascii}) Tj ET").as_bytes());
    let of = |font: &[u8]| {
        read(&file(&[font, PAGE, &text, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]), &Limits::default())
    };
    let broken = of(&widths(b"\xa0")).unwrap();
    assert_eq!(broken.text, of(&widths(b" ")).unwrap().text);
    assert!(broken.text.contains(ascii) && is_flagged(&broken), "{broken:?}");
}

#[test]
fn objects_in_a_stream_are_found_where_the_table_that_leads_there_is_lost() {
    let parts = [FONT, PAGE, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>", b"<< /Type /Catalog /Pages 4 0 R >>"];
    let starts = parts.iter().scan(0, |at, part| Some(std::mem::replace(at, *at + part.len() + 1)));
    let table: String = [1, 2, 4, 5]
        .iter()
        .zip(starts)
        .flat_map(|(number, at)| [number.to_string(), at.to_string()])
        .map(|n| n + " ")
        .collect();
    let entries = format!("/Type /ObjStm /N 4 /First {} /Filter /FlateDecode", table.len());
    let objects = stream(&entries, &packed(&[table.as_bytes(), &parts.join(&b' ')].concat()));
    let text = stream("", b"BT /F 12 Tf 72 700 Td (Mot) Tj ET");
    let bytes = [b"%PDF-1.7\n3 0 obj\n".as_slice(), &text, b"\nendobj\n7 0 obj\n", &objects, b"\nendobj\n"].concat();
    let source = read(&bytes, &Limits::default()).unwrap();
    assert_eq!(source.text, "Mot\n");
    assert!(is_flagged(&source));
}

const LINES: [&str; 3] = [
    "Sở Tài chính chủ trì lập dự toán diễn tập giữ kho lương",
    "Sở Y tế dự trữ thuốc cho năm xã ven sông trong tháng sáu",
    "Ủy ban nhân dân các xã bố trí nơi ở tạm cho người dân",
];

/// The letters of the lines; the number of a letter's glyph is its place here, from 1.
fn letters() -> Vec<char> {
    let mut letters: Vec<char> = LINES.concat().chars().collect();
    letters.sort_unstable();
    letters.dedup();
    letters
}

/// Contents that show the lines in a font of two bytes.
fn shown() -> Vec<u8> {
    let letters = letters();
    let code = |c: char| format!("{:04x}", letters.binary_search(&c).unwrap() + 1);
    let lines = LINES.iter().zip(1..).map(|(line, number)| {
        let codes: String = line.chars().map(code).collect();
        format!("BT /G#20t 12 Tf 40 {} Td <{codes}> Tj ET\n", 800 - 20 * number)
    });
    stream("/Filter /FlateDecode", &packed(lines.collect::<String>().as_bytes()))
}

/// A map of the letters, each moved on by some places, those before `from` left out.
fn map(moved: usize, from: char) -> Vec<u8> {
    let letters = letters();
    let entries = letters.iter().cycle().skip(moved).zip(1..).take(letters.len());
    let entries = entries.filter(|(c, _)| **c == ' ' || **c >= from);
    let entries: Vec<String> = entries.map(|(c, code)| format!("<{code:04x}> <{:04x}>\n", u32::from(*c))).collect();
    let entries = entries.concat();
    let map = format!(
        "begincmap\n1 begincodespacerange <0000> <ffff> endcodespacerange\n9 beginbfchar\n{entries}endbfchar\nendcmap"
    );
    stream("", map.as_bytes())
}

/// A font program of the letters, with the tables of which a part is asked for, and one that is not.
fn program() -> Vec<u8> {
    let letters = letters();
    let mut cmap = [&[0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0][..], &[0; 8], &[0, 0, 0]].concat();
    cmap.push(letters.len() as u8);
    for (c, glyph) in letters.iter().zip(1u32..) {
        for part in [u32::from(*c), u32::from(*c), glyph] {
            cmap.extend_from_slice(&part.to_be_bytes());
        }
    }
    let mut head = vec![0; 54];
    head[18..20].copy_from_slice(&2000u16.to_be_bytes());
    let mut hhea = vec![0; 36];
    hhea[34..36].copy_from_slice(&1u16.to_be_bytes());
    let hmtx = [1000u16.to_be_bytes(), [0; 2]].concat();
    let tables = [(b"head", head), (b"hhea", hhea), (b"hmtx", hmtx), (b"cmap", cmap), (b"glyf", random(4000))];
    let mut file = [&[0, 1, 0, 0, 0, tables.len() as u8][..], &[0; 6]].concat();
    let mut at = 12 + 16 * tables.len();
    for (tag, table) in &tables {
        file.extend_from_slice(*tag);
        for part in [0, at as u32, table.len() as u32] {
            file.extend_from_slice(&part.to_be_bytes());
        }
        at += table.len();
    }
    for (_, table) in &tables {
        file.extend_from_slice(table);
    }
    file
}

/// Bytes that no packing makes shorter.
fn random(count: usize) -> Vec<u8> {
    let mut state = 7u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..count).map(|_| next()).collect()
}

#[test]
fn contents_without_page_and_font_are_read_by_what_is_left_of_the_font() {
    let whole = program();
    let cut = packed(&whole);
    let font = stream("/Filter /FlateDecode", &cut[..cut.len() - 2000]);
    let map = map(0, ' ');
    for left in [&map, &font] {
        let source = read(&file(&[&shown(), left]), &Limits::default()).unwrap();
        assert_eq!(source.text.lines().collect::<Vec<_>>(), LINES);
        assert!(is_flagged(&source));
    }
}

#[test]
fn what_does_not_explain_the_contents_is_not_taken() {
    let wrong = map(1, ' ');
    assert!(read(&file(&[&shown(), &wrong]), &Limits::default()).is_err());
    assert!(read(&file(&[&shown()]), &Limits::default()).is_err());
    let right = map(0, ' ');
    let source = read(&file(&[&shown(), &wrong, &right]), &Limits::default()).unwrap();
    assert_eq!(source.text.lines().collect::<Vec<_>>(), LINES);
    // of the letters that it lacks none is read as another
    let part = map(0, 'b');
    let text = read(&file(&[&shown(), &part]), &Limits::default()).map(|source| source.text).unwrap_or_default();
    for word in text.split_whitespace().filter(|word| !word.contains('\u{fffd}')) {
        assert!(LINES.iter().any(|line| line.split(' ').any(|known| known == word)), "{word}");
    }
}
