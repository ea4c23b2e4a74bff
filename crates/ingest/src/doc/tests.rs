use std::fmt::Write as _;

use nhiemvu_model::LineRole;

use super::*;

/// A document of our own, written by `LibreOffice`.
const PLAN: &[u8] = include_bytes!("../../tests/data/ke_hoach.doc");

/// Each line's role and words, bold in brackets and italics in braces.
fn lines(source: &Source) -> Vec<String> {
    let lines = source.lines.iter().map(|line| {
        let mut words = line.text(&source.text).to_owned();
        for run in line.styles.iter().rev().filter(|run| run.bold || run.italic) {
            let (open, close) = if run.bold { ('[', ']') } else { ('{', '}') };
            words.insert(run.span.end - line.span.start, close);
            words.insert(run.span.start - line.span.start, open);
        }
        let mut out = match &line.role {
            LineRole::Heading(level) => format!("H{level} "),
            LineRole::Footnote(mark) => format!("N{mark} "),
            LineRole::Furniture => "F ".to_owned(),
            LineRole::Row(row) => {
                let mut places = String::from("R");
                for cell in &row.cells {
                    write!(places, " {}+{}{}", cell.column, cell.columns, if cell.merged_up { "^" } else { "" })
                        .unwrap();
                }
                places + ": "
            }
            _ => String::new(),
        };
        out.push_str(&words.replace('\t', " | "));
        out
    });
    lines.collect()
}

#[test]
fn words_emphasis_numbers_cells_and_notes_are_read_without_another_program() {
    let source = read_directly(PLAN, &Limits::default()).unwrap();
    let want = [
        "F Bản dự thảo lần hai",
        "[ỦY BAN NHÂN DÂN XÃ ĐỒNG TÂM]",
        "Thực hiện chủ trương1 về vườn ươm cây xanh, [giao Phòng Kinh tế] chủ trì; diện tích 20 m2.",
        "H2 [Nhiệm vụ]",
        "I. Chuẩn bị đất",
        "1. Đo đạc",
        "a) Lập bản vẽ",
        "b) Cắm mốc",
        "2. Cải tạo",
        "II. Gieo hạt",
        "[Chữ đậm] {rồi nghiêng}",
        "ủy ban nhân dân xã giao trạm khuyến nông báo cáo trước ngày 15/5/2031",
        "R 0+1 1+1 2+1: [TT] | [Việc] | [Thời hạn]",
        "R 0+1 1+1 2+1: 1 | Mua hạt giống Thử nảy mầm | Tháng 5/2031",
        "R 0+1^ 1+1 2+1:  | Làm giàn che | Tháng 6/2031",
        "R 0+2 2+1: Tổng kết chung | Quý IV/2031",
        "Yêu cầu các thôn thực hiện nghiêm túc.",
        "N1 1 Chủ trương nêu tại cuộc họp ngày 3/4/2031.",
    ];
    assert_eq!(lines(&source), want);
    assert_eq!(source.format, Format::Doc);
}

#[test]
fn damaged_files_never_panic() {
    // a fixed sequence of pseudo-random numbers (Knuth's MMIX generator), so that each run damages the same bytes
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut with_text = 0;
    for round in 0..300 {
        let mut bytes = PLAN.to_vec();
        if round % 3 == 0 {
            bytes.truncate(random(PLAN.len()));
        } else {
            // the container's own tables and the document's table of contents are the first kilobytes
            for _ in 0..=(round % 9) {
                let at = if round % 2 == 0 { random(PLAN.len()) } else { 512 + random(2000) };
                bytes[at] = random(256) as u8;
            }
        }
        with_text += usize::from(read_directly(&bytes, &Limits::default()).is_ok_and(|source| source.text.len() > 500));
    }
    println!("{with_text} of 300 damaged files gave most of their text");
    assert!(with_text > 50);
}

#[test]
fn a_password_and_an_older_word_are_told() {
    // flags and version stand in the first bytes of the stream that holds the text
    let at = PLAN.windows(2).position(|pair| pair == [0xEC, 0xA5]).unwrap();
    let mut locked = PLAN.to_vec();
    locked[at + 11] |= 1;
    assert_eq!(read_directly(&locked, &Limits::default()), Err(IngestError::Password));
    let mut older = PLAN.to_vec();
    older[at + 2] = 33;
    older[at + 3] = 0;
    assert!(matches!(read_directly(&older, &Limits::default()), Err(IngestError::Unsupported(_))));
}

#[test]
fn what_is_no_longer_readable_directly_goes_by_a_program_or_says_which_to_install() {
    let at = PLAN.windows(2).position(|pair| pair == [0xEC, 0xA5]).unwrap();
    let mut older = PLAN.to_vec();
    older[at + 2] = 33;
    older[at + 3] = 0;
    if convert::find().is_some() || program::find(&[ANTIWORD], &[]).is_some() {
        println!("SKIPPED: LibreOffice or antiword is installed");
    } else {
        assert_eq!(read(&older, &Limits::default()).map_err(|error| error.code()), Err("needs-program"));
    }
    assert!(read(PLAN, &Limits::default()).unwrap().text.contains("Gieo hạt"));
}

#[test]
fn antiword_gives_the_words() {
    if program::find(&[ANTIWORD], &[]).is_none() {
        println!("SKIPPED: antiword is not installed");
        return;
    }
    let source = by_antiword(PLAN, &Limits::default()).unwrap();
    assert!(source.text.contains("vườn ươm cây xanh") && source.format == Format::Doc, "{}", source.text);
    assert_eq!(source.diagnostics.len(), 1);
}

#[test]
fn the_words_of_a_damaged_file_are_taken_as_far_as_they_go() {
    let words = |bytes: &[u8]| {
        let source = read(bytes, &Limits::default()).unwrap();
        assert!(source.partial && source.diagnostics.iter().any(|note| note.code == WarningCode::Damaged));
        source.text
    };
    let whole = read_directly(PLAN, &Limits::default()).unwrap().text;
    // the end is not there, and behind a byte that is missing nothing stands where it should
    let cut = words(&PLAN[..10_000]);
    let moved = [3_000, 10_800].map(|at| words(&[&PLAN[..at], &PLAN[at + 1..]].concat()));
    for text in moved.into_iter().chain([cut]) {
        assert!(text.contains("Thực hiện chủ trương") && text.contains("Tháng 5/2031"), "{text}");
        // of the line in a font of before Unicode nothing says so any more
        let lines = text.lines().filter(|line| !line.ends_with("15/5/2031"));
        assert!(lines.flat_map(str::split_whitespace).all(|word| whole.contains(word)), "{text}");
    }
    // where its text moved by one byte it ends
    let middle = PLAN.windows(4).position(|four| four == [b'g', 0, b'i', 0]).unwrap();
    let mut inside = PLAN.to_vec();
    inside.remove(middle);
    assert!(read_directly(&inside, &Limits::default()).is_err());
    assert!(salvage::open(&inside).is_none_or(|file| file.pieces.iter().all(|piece| piece.end < 400)));
    assert!(salvage::open(b"").is_none() && salvage::open(&[0xEC, 0xA5].repeat(4_000)).is_none());
}

#[test]
fn a_hole_in_the_words_of_a_file_that_opens_is_told() {
    assert!(!read_directly(PLAN, &Limits::default()).unwrap().partial);
    let middle = PLAN.windows(4).position(|four| four == [b'g', 0, b'i', 0]).unwrap();
    let mut holed = PLAN.to_vec();
    holed[middle..middle + 40].fill(0);
    let source = read_directly(&holed, &Limits::default()).unwrap();
    assert!(source.partial && source.diagnostics.iter().any(|note| note.code == WarningCode::Damaged));
}
