//! The task table of a real resolution (140 records), read by a small reader of this file's own and compared cell by cell with
//! what the program makes of it. Nothing of the program's parsers or registry is used on this side.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it is surprised")]

mod support;

use std::fs;

use serde_json::Value;
use support::{convert, root};

/// Official names that the table writes out.
const BODIES: [&str; 27] = [
    "Bộ Quốc phòng",
    "Bộ Thông tin và Truyền thông",
    "Ban Tuyên giáo Trung ương",
    "Bộ Công Thương",
    "Bộ Tài nguyên và Môi trường",
    "Bộ Xây dựng",
    "Bộ Văn hóa, Thể thao và Du lịch",
    "Bộ Tài chính",
    "Bộ Giao thông vận tải",
    "Quốc hội",
    "Bộ Lao động - Thương binh và Xã hội",
    "Ngân hàng Nhà nước Việt Nam",
    "Viện Hàn lâm Khoa học xã hội Việt Nam",
    "Bảo hiểm xã hội Việt Nam",
    "Bộ Công an",
    "Bộ Nông nghiệp và Phát triển nông thôn",
    "Tòa án nhân dân tối cao",
    "Viện kiểm sát nhân dân tối cao",
    "Bộ Ngoại giao",
    "Bộ Giáo dục và Đào tạo",
    "Bộ Tư pháp",
    "Bộ Kế hoạch và Đầu tư",
    "Bộ Y tế",
    "Bộ Khoa học và Công nghệ",
    "Bộ Nội vụ",
    "Thanh tra Chính phủ",
    "Văn phòng Chính phủ",
];

/// Other ways in which it writes names: short forms, a comma for `và`, a name without its last words.
const SHORT: [(&str, &str); 6] = [
    ("VTV", "Đài Truyền hình Việt Nam"),
    ("VOV", "Đài Tiếng nói Việt Nam"),
    ("TTXVN", "Thông tấn xã Việt Nam"),
    ("Bộ Khoa học, Công nghệ", "Bộ Khoa học và Công nghệ"),
    (ACADEMY, ACADEMY),
    ("Viện Hàn lâm Khoa học và Công nghệ", ACADEMY),
];

const ACADEMY: &str = "Viện Hàn lâm Khoa học và Công nghệ Việt Nam";

#[derive(Debug)]
struct Record {
    number: u32,
    task: String,
    lead: String,
    partners: String,
    product: String,
    time: String,
}

/// Without emphasis, and with single spaces.
fn plain(cell: &str) -> String {
    cell.replace("**", "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The rows of the pipe table below the head that names tasks; a row without a number goes on with the task above it.
fn records(text: &str) -> Vec<Record> {
    let rows = text.lines().skip_while(|line| !line.contains("| Tên nhiệm vụ |")).filter(|line| line.starts_with('|'));
    let mut out: Vec<Record> = Vec::new();
    for row in rows.skip(2) {
        let cells: Vec<String> = row.trim().trim_matches('|').split('|').map(plain).collect();
        let [number, task, lead, partners, product, time] = &cells[..] else { panic!("six cells: {row}") };
        match (number.trim_end_matches('.').parse(), out.last_mut()) {
            (Ok(number), _) => out.push(Record {
                number,
                task: task.clone(),
                lead: lead.clone(),
                partners: partners.clone(),
                product: product.clone(),
                time: time.clone(),
            }),
            (_, Some(above)) if number.is_empty() => above.task = format!("{} {task}", above.task),
            _ => assert!(number.chars().all(|c| "IVX.".contains(c)), "a group: {row}"),
        }
    }
    out
}

/// The names in a cell: known bodies wherever they stand; between them groups, each up to the next head.
fn names(cell: &str) -> Vec<String> {
    let lower = cell.to_lowercase();
    let known = |at: usize| {
        let all = BODIES.iter().map(|name| (*name, *name)).chain(SHORT);
        all.filter(|(words, _)| lower[at..].starts_with(&words.to_lowercase())).max_by_key(|(words, _)| words.len())
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < cell.len() {
        let rest = &cell[at..];
        let skipped = rest.len() - rest.trim_start_matches([',', ';', ' ']).len();
        at += skipped + if rest[skipped..].starts_with("và ") { "và ".len() } else { 0 };
        if let Some((words, name)) = known(at) {
            out.push(name.to_owned());
            at += words.len();
            continue;
        }
        let new_head = |end: usize| {
            [";", ", các ", " và các ", " và một số "].iter().any(|w| lower[end..].starts_with(w))
                || (lower[end..].starts_with(", ") && known(end + 2).is_some())
        };
        let end =
            cell[at..].char_indices().skip(1).map(|(n, _)| at + n).find(|end| new_head(*end)).unwrap_or(cell.len());
        if end > at {
            out.push(cell[at..end].to_owned());
        }
        at = end.max(at + 1);
    }
    out
}

/// What a reader who goes by the document, and not by the commas of its table, says of a cell.
fn judged(record: u32, key: &str) -> Option<&'static [&'static str]> {
    match (record, key) {
        // the cell ends in the middle of a name, which a page break has cut off: what is left of it names nobody
        (3, "coordinating") => Some(&["Bộ Thông tin và Truyền thông", "Bộ Khoa học và Công nghệ"]),
        // corporations and enterprises are two kinds of bodies, each with a head of its own
        (138, "lead") => Some(&["Tập đoàn", "doanh nghiệp công nghệ số"]),
        _ => None,
    }
}

fn lowercase(names: impl IntoIterator<Item = String>) -> Vec<String> {
    names.into_iter().map(|name| name.to_lowercase()).collect()
}

/// A limit: kind, first day, last day, rule.
type Limit = (String, Option<String>, Option<String>, Option<String>);

/// What the time cell sets.
fn limit(time: &str) -> Option<Limit> {
    let lower = time.to_lowercase();
    let within = |start: String, end: Option<String>| Some(("within".to_owned(), Some(start), end, None));
    if time.is_empty() {
        return None;
    }
    if lower.contains("thường xuyên") {
        return Some(("ongoing".to_owned(), None, None, None));
    }
    if lower == "hằng năm" {
        return Some(("recurring".to_owned(), None, None, Some("FREQ=YEARLY".to_owned())));
    }
    if let Some(year) = lower.strip_suffix(" và những năm tiếp theo") {
        return within(format!("{year}-01-01"), None);
    }
    if lower == "quý ii/2025" {
        return within("2025-04-01".to_owned(), Some("2025-06-30".to_owned()));
    }
    let numbers: Vec<u32> = lower.split(|c: char| !c.is_ascii_digit()).filter_map(|w| w.parse().ok()).collect();
    match numbers[..] {
        [year] => within(format!("{year}-01-01"), Some(format!("{year}-12-31"))),
        [first, last] if first > 2000 => within(format!("{first}-01-01"), Some(format!("{last}-12-31"))),
        [month, year] => {
            let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month as usize - 1];
            within(format!("{year}-{month:02}-01"), Some(format!("{year}-{month:02}-{days}")))
        }
        _ => panic!("a time that this test cannot read: {time}"),
    }
}

/// What is wrong with the limits of a task.
fn wrong_limits(task: &Value, time: &str) -> bool {
    let word = |limit: &Value, key: &str| limit[key].as_str().map(str::to_owned);
    let limits = task["deadlines"].as_array().unwrap();
    let got =
        |limit: &Value| (word(limit, "kind").unwrap(), word(limit, "start"), word(limit, "end"), word(limit, "rrule"));
    let want = limit(time);
    let found = want.as_ref().is_none_or(|want| limits.iter().any(|limit| got(limit) == *want));
    // the task's own words may set further ones; the column sets this one alone
    let alone = limits.iter().filter(|limit| limit["via"] != "text").all(|limit| Some(got(limit)) == want);
    !found || !alone
}

#[test]
fn every_cell_of_the_task_table_is_read_as_it_stands() {
    let path = root().join("../shared/corpus/nq_03_nqcp_cthd_nq57.md");
    let Ok(bytes) = fs::read(&path) else {
        eprintln!("SKIPPED: {} is not there", path.display());
        return;
    };
    let records = records(&String::from_utf8(bytes.clone()).unwrap());
    assert_eq!(records.iter().map(|r| r.number).collect::<Vec<_>>(), (1..=140).collect::<Vec<_>>());
    let result = convert("resolution.md", &bytes);
    let tasks: Vec<&Value> = result["tasks"].as_array().unwrap().iter().filter(|t| from_table(t)).collect();
    assert_eq!(tasks.len(), records.len(), "a task for each record and no other");
    let mut wrong = Vec::new();
    for (record, task) in records.iter().zip(&tasks) {
        let mut expect = |what: &str, holds: bool| {
            if !holds {
                wrong.push(format!("{what} of {record:#?}\nis not in {task:#}"));
            }
        };
        let text = task["text"].as_str().unwrap();
        expect("number", task["ordinal"].as_str().unwrap().ends_with(&format!(".{}", record.number)));
        expect("task", plain(text) == record.task);
        for (key, cell) in [("lead", &record.lead), ("coordinating", &record.partners)] {
            let got = task[key].as_array().unwrap().iter().map(|body| body["name"].as_str().unwrap().to_owned());
            let judged = judged(record.number, key).map(|names| names.iter().map(|name| (*name).to_owned()).collect());
            expect(key, lowercase(got) == lowercase(judged.unwrap_or_else(|| names(cell))));
        }
        let products: Vec<&str> =
            task["deliverables"].as_array().unwrap().iter().map(|product| product["text"].as_str().unwrap()).collect();
        // where the column names none, the task's own words may
        let product = record.product.trim_end_matches(['.', ';']);
        let own = product.is_empty() && products.iter().all(|product| text.contains(product));
        expect("product", own || products == [product]);
        expect("time", !wrong_limits(task, &record.time));
    }
    assert!(wrong.is_empty(), "{} cells are wrong:\n{}", wrong.len(), wrong.join("\n\n"));
}

/// Whether a task is a row of the second appendix.
fn from_table(task: &Value) -> bool {
    task["ordinal"].as_str().unwrap().starts_with("PL2.")
}
