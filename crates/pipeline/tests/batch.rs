//! Many documents at once: in order, each on its own.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

use std::fs;
use std::io;
use std::path::Path;

use nhiemvu_pipeline::{Input, Options, Record, batch, run, to_json};

fn write(folder: &Path, count: usize) -> Vec<Input> {
    let one = |number: usize| {
        let name = format!("{number}.txt");
        let path = folder.join(&name);
        let notice = format!("THÔNG BÁO\n\n1. Sở Tài chính lập dự toán số {number} trước ngày 15/5/2031.\n");
        // every seventh has nothing in it
        fs::write(&path, if number % 7 == 3 { String::new() } else { notice }).unwrap();
        Input { path, name }
    };
    (0..count).map(one).collect()
}

fn records(inputs: &[Input], jobs: usize) -> Vec<Record> {
    let mut records = Vec::new();
    let mut each = |number: usize, record: Record| {
        assert_eq!(number, records.len());
        records.push(record);
        Ok(())
    };
    batch(inputs, jobs, &Options::default(), &mut each).unwrap();
    records
}

#[test]
fn records_come_in_order_and_are_the_same_for_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = write(folder.path(), 100);
    let one = records(&inputs, 1);
    assert_eq!(one.len(), 100);
    for (number, record) in one.iter().enumerate() {
        match record {
            Record::Tasks(list) => assert_eq!(list.document.source.path, format!("{number}.txt")),
            Record::Error(error) => assert_eq!((number % 7, error.error.code.as_ref()), (3, "empty")),
        }
    }
    assert_eq!(records(&inputs, 3), one);
}

#[test]
fn the_work_ends_where_a_record_cannot_be_taken() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = write(folder.path(), 10);
    let mut taken = 0;
    let mut each = |_: usize, _: Record| {
        taken += 1;
        if taken == 4 { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
    };
    let error = batch(&inputs, 2, &Options::default(), &mut each).unwrap_err();
    assert_eq!((error.kind(), taken), (io::ErrorKind::BrokenPipe, 4));
}

#[test]
fn the_same_bytes_give_the_same_record() {
    let text = "CÔNG ĐIỆN\n\n1. Sở Y tế trực 24/24 giờ, báo cáo UBND tỉnh trước ngày 20 hằng tháng.\n";
    let bytes =
        || to_json(&run(text.as_bytes(), "a.txt", &Options::default()).unwrap(), nhiemvu_pipeline::Layout::Compact);
    assert_eq!(bytes(), bytes());
}

#[test]
fn options_are_named_in_the_record_as_far_as_they_bear_on_it() {
    let mut options = Options { province: Some("Cà Mau".to_owned()), ..Options::default() };
    options.limits.max_pages = 3;
    let list = run("Sở Y tế".as_bytes(), "a.txt", &options).unwrap();
    let given: Vec<(&str, &str)> = list.generator.options.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(given, [("max-pages", "3"), ("province", "Cà Mau")]);
    assert_eq!(list.document.source.bytes, Some("Sở Y tế".len() as u64));
}
