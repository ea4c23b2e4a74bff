//! Scans as they come from a scanner: pictures of one page or several, pages on their side or upside down, and PDF in which
//! only some pages are pictures.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

mod support;

use std::fs;
use std::io::Cursor;

use image::{DynamicImage, ImageFormat};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use nhiemvu_exporter::record::{Task, TaskList};
use nhiemvu_pipeline::{Options, run};
use serde_json::Value;
use support::seen::{reads_scans, seen};
use support::{nhiemvu, root};
use tiff::encoder::{TiffEncoder, colortype::Gray8};

const NAME: &str = "kl-tu-thu-vien";

fn form(file: &str) -> Vec<u8> {
    fs::read(root().join("fixtures/forms").join(NAME).join(file)).unwrap()
}

/// The pages of the scan as the JPEG files that the PDF holds.
fn scanned() -> Vec<Vec<u8>> {
    let scan = Document::load_mem(&form("scan.pdf")).unwrap();
    let streams = scan.objects.values().filter_map(|object| object.as_stream().ok());
    let pictures =
        streams.filter(|stream| stream.dict.get(b"Filter").is_ok_and(|filter| format!("{filter:?}").contains("DCT")));
    pictures.map(|stream| stream.content.clone()).collect()
}

fn picture(page: usize) -> DynamicImage {
    DynamicImage::ImageLuma8(image::load_from_memory(&scanned()[page]).unwrap().into_luma8())
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes
}

fn read(name: &str, bytes: &[u8]) -> TaskList {
    run(bytes, name, &Options { with_text: true, ..Options::default() }).unwrap()
}

fn leads(tasks: &[Task]) -> Vec<Vec<String>> {
    tasks.iter().map(|task| seen(task).lead).collect()
}

/// How many pages the record says were recognised.
fn recognised(list: &TaskList) -> Option<u32> {
    let warning = list.warnings.iter().find(|warning| warning.code == "ocr")?;
    warning.message.split(' ').next()?.parse().ok()
}

#[test]
fn a_tiff_of_several_pages_gives_the_tasks_of_the_scan() {
    if !reads_scans() {
        return;
    }
    let mut file = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut file).unwrap();
    let count = scanned().len();
    for page in 0..count {
        let picture = picture(page).into_luma8();
        encoder.write_image::<Gray8>(picture.width(), picture.height(), picture.as_raw()).unwrap();
    }
    let (got, want) = (read("scan.tif", file.get_ref()), read("scan.pdf", &form("scan.pdf")));
    assert!(count > 1 && got.document.pages == Some(count as u32));
    assert!(!got.tasks.is_empty() && got.document.ocr);
    assert_eq!(recognised(&got), Some(count as u32));
    let seen = |list: &TaskList| list.tasks.iter().map(seen).collect::<Vec<_>>();
    assert_eq!(seen(&got), seen(&want));
    let pages = |list: &TaskList| list.tasks.iter().map(|task| task.span.page).collect::<Vec<_>>();
    assert_eq!(pages(&got), pages(&want));
}

#[test]
fn a_page_is_read_whichever_way_it_lay_on_the_scanner() {
    if !reads_scans() {
        return;
    }
    let upright = picture(0);
    let want = leads(&read("page.jpg", &scanned()[0]).tasks);
    assert!(!want.is_empty());
    for (turn, turned) in
        [(0, upright.clone()), (90, upright.rotate90()), (180, upright.rotate180()), (270, upright.rotate270())]
    {
        let list = read("page.png", &png(&turned));
        assert_eq!(leads(&list.tasks), want, "turned by {turn} degrees");
        assert!(list.document.ocr);
    }
}

/// The printed document with its last page as a picture.
fn mixed() -> Vec<u8> {
    let mut pdf = Document::load_mem(&form("libreoffice.pdf")).unwrap();
    let pages = pdf.get_pages();
    let (number, page) = pages.iter().next_back().map(|(number, page)| (*number, *page)).unwrap();
    let size = picture(number as usize - 1);
    let head = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => i64::from(size.width()), "Height" => i64::from(size.height()),
        "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8, "Filter" => "DCTDecode",
    };
    let scan = pdf.add_object(Stream::new(head, scanned()[number as usize - 1].clone()).with_compression(false));
    let resources = dictionary! { "XObject" => dictionary! { "Scan" => scan } };
    let paint = pdf.add_object(Stream::new(Dictionary::new(), b"q 595.3 0 0 841.9 0 0 cm /Scan Do Q".to_vec()));
    let page = pdf.get_object_mut(page).unwrap().as_dict_mut().unwrap();
    page.set("Contents", Object::Reference(paint));
    page.set("Resources", resources);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn pages_with_text_are_kept_and_pages_that_are_pictures_recognised() {
    if !reads_scans() {
        return;
    }
    let list = read("mixed.pdf", &mixed());
    let printed = read("libreoffice.pdf", &form("libreoffice.pdf"));
    assert_eq!(leads(&list.tasks), leads(&printed.tasks));
    assert!(list.document.ocr && !printed.document.ocr);
    assert_eq!(recognised(&list), Some(1));
    let first = list.tasks.iter().zip(&printed.tasks).filter(|(task, _)| task.span.page == Some(1));
    assert!(first.clone().count() > 0);
    first.for_each(|(task, same)| assert_eq!(seen(task), seen(same)));
    // the flag tells which tasks somebody should hold against the picture
    let flagged = |task: &&Task| task.flags.iter().any(|flag| flag == "ocr");
    let on = |list: &TaskList, page| {
        list.tasks.iter().filter(|task| task.span.page == Some(page)).cloned().collect::<Vec<_>>()
    };
    let last = list.document.pages.unwrap();
    assert_eq!(on(&list, 1).iter().filter(flagged).count(), 0);
    assert!(!on(&list, last).is_empty() && on(&list, last).iter().filter(flagged).count() == on(&list, last).len());
    assert_eq!(printed.tasks.iter().filter(flagged).count(), 0);
}

/// A narrow head is often misread; the column below it counts rows all the same.
#[test]
fn a_column_that_counts_rows_is_that_of_their_numbers() {
    let text = "# KẾ HOẠCH\n\n| ST đã | Nội dung công việc | Cơ quan chủ trì | Thời gian |\n|---|---|---|---|\n\
        | I | Công tác chuẩn bị | | |\n| 1 | Soạn biểu mẫu | Sở Y tế | Tháng 5/2031 |\n| 2 | Tập huấn | Sở Nội vụ | Tháng 6/2031 |\n\
        | H | Thực hiện | | |\n| 3 | Kiểm đếm | Sở Y tế | Tháng 7/2031 |\n";
    let list = read("bang.md", text.as_bytes());
    let titles: Vec<&str> = list.tasks.iter().map(|task| task.title.as_str()).collect();
    assert_eq!(titles, ["Soạn biểu mẫu", "Tập huấn", "Kiểm đếm"]);
    assert_eq!(list.tasks[0].section.last().unwrap().title, "Công tác chuẩn bị");
}

/// The record that the command writes on a machine without the program.
fn without_program(name: &str, bytes: &[u8]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let output = nhiemvu().env("PATH", "").args(["extract", "--format", "json"]).arg(&path).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn without_the_program_the_pages_with_text_are_converted_all_the_same() {
    let record = without_program("mixed.pdf", &mixed());
    assert_eq!(record["document"]["status"], "partial");
    assert!(!record["tasks"].as_array().unwrap().is_empty());
    let warnings = record["warnings"].as_array().unwrap();
    let missing = warnings.iter().find(|warning| warning["code"] == "ocr-missing").unwrap();
    assert!(missing["message"].as_str().unwrap().contains("tesseract-ocr-vie"), "{missing}");
}

#[test]
fn without_the_program_a_scan_is_an_error_record_that_names_the_package() {
    for (name, bytes) in [("scan.pdf", form("scan.pdf")), ("scan.jpg", scanned().remove(0))] {
        let record = without_program(name, &bytes);
        assert!(record.to_string().contains("tesseract-ocr-vie"), "{record}");
        assert!(record.get("error").is_some(), "{record}");
    }
}
