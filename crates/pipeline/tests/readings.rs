//! What damaged words are read as (`data/readings.tsv`), and what becomes of it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it is surprised")]

use nhiemvu_ingest::Limits;
use nhiemvu_pipeline::{Options, reread, run};

#[test]
fn rows_are_read_as_they_should_be() {
    let rows = include_str!("data/readings.tsv").lines().filter(|row| !row.starts_with('#')).skip(1);
    let mut wrong = Vec::new();
    for row in rows {
        let (written, wanted) = row.split_once('\t').unwrap_or((row, row));
        let mut source = nhiemvu_ingest::read(written.as_bytes(), Some("a.txt"), &Limits::default()).unwrap();
        source.ocr = true;
        let read = reread(source).text;
        if read.trim_end() != wanted {
            wrong.push(format!("{written}\n  wanted {wanted}\n  read   {read}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A letter with noise, as a text file: some of its words are no syllables.
const LETTER: &str = "ỦY BAN NHÂN DÂN\nTỈNH HÒA GIANG\nSố: 12/TB-UBND\n\nHòa Giang, ngày 02 tháng 3 năm 2026\n\nTHÔNG BÁO\n\
    Kết luận cuộc họp về bến khách\n\nII. NHỊỆM VỤ\n\n1. Giạo Sờ Tài chính chủ tri, phối hợp vớỉ Sở Ytế lập dự tóan bến đò, \
    báo cáo Uy ban nhân dân tinh trươc ngày l5/4/2O26.\n";

#[test]
fn values_are_those_of_the_clean_text_and_words_stay_as_written() {
    let options = Options { with_text: true, ..Options::default() };
    let list = run(LETTER.as_bytes(), "a.txt", &options).unwrap();
    let text: Vec<char> = list.document.text.as_ref().unwrap().chars().collect();
    assert_eq!(text.iter().collect::<String>().trim_end(), LETTER.trim_end());
    let [task] = &list.tasks[..] else { panic!("{:#?}", list.tasks) };
    let slice = |span: &nhiemvu_pipeline::record::Span| text[span.start..span.end].iter().collect::<String>();
    let [lead] = &task.lead[..] else { panic!("{:#?}", task.lead) };
    assert_eq!((lead.name.as_str(), lead.raw.as_str()), ("Sở Tài chính", "Sờ Tài chính"));
    assert_eq!(lead.raw, slice(lead.span.as_ref().unwrap()));
    let names = |bodies: &[nhiemvu_pipeline::record::Agency]| bodies.iter().map(|a| a.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&task.coordinating), ["Sở Y tế"]);
    assert_eq!(names(&task.report_to), ["Ủy ban nhân dân tỉnh"]);
    let [limit] = &task.deadlines[..] else { panic!("{:#?}", task.deadlines) };
    assert_eq!(limit.end.as_deref(), Some("2026-04-15"));
    assert_eq!((limit.raw.as_str(), slice(&limit.span).as_str()), ("trươc ngày l5/4/2O26", "trươc ngày l5/4/2O26"));
    assert!(task.text.contains("Sờ Tài chính chủ tri, phối hợp vớỉ Sở Ytế lập dự tóan"), "{}", task.text);
    assert_eq!(task.section.last().unwrap().title, "NHỊỆM VỤ");
    let flags: Vec<&str> = task.flags.iter().map(AsRef::as_ref).collect();
    assert_eq!(flags, ["repaired-agency", "ocr-uncertain"]);
}
