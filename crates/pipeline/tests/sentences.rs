//! Sentences in the wordings of many offices, each in the form of document in which it would stand, and the tasks that they
//! give (`data/sentences.tsv`).
//!
//! Of each task the table names words that stand in it; `L` who leads, `C` who helps, `R` to whom results go, all complete;
//! `D` the limits; and, where they matter, `P` words of a product, `K` the kind. `-` is no task.

#![allow(clippy::panic, reason = "a test may stop where it is surprised")]

use nhiemvu_pipeline::record::{Agency, Deadline, Task};
use nhiemvu_pipeline::{Options, run};

/// The document in which a sentence stands. The date of all is 2 March 2026.
fn document(form: &str, text: &str) -> String {
    let text = text.replace('⏎', "\n\n");
    let (form, names) = form.split_once(':').unwrap_or((form, ""));
    let (kind, body) = match form {
        "item" => ("TB", format!("KẾT LUẬN\n\n1. {text}")),
        "raw" => ("TB", text),
        // a copy without a header
        "bare" => return text + "\n",
        "under" => ("TB", format!("1. {names}:\n\n- {text}")),
        "letter" => ("CV", text),
        "decision" => ("QĐ", text),
        "regulation" => ("QC", text),
        "plan" => ("KH", format!("II. NHIỆM VỤ, GIẢI PHÁP\n\n{text}")),
        "plan-purpose" => ("KH", format!("I. MỤC ĐÍCH, YÊU CẦU\n\n{text}")),
        "plan-target" => ("KH", format!("I. MỤC TIÊU\n\n{text}")),
        "report-done" => ("BC", format!("I. KẾT QUẢ THỰC HIỆN\n\n{}", text.replace("|\n\n|", "|\n|"))),
        "report-next" => ("BC", format!("II. NHIỆM VỤ TRỌNG TÂM THỜI GIAN TỚI\n\n{text}")),
        "report-ask" => ("BC", format!("III. ĐỀ XUẤT, KIẾN NGHỊ\n\n{text}")),
        "row" => ("KH", table(&text)),
        "table" => ("KH", whole_table(&text)),
        "schedule" => ("KH", schedule(names, &text)),
        // what a copy has left of a table, line by line
        "copied" => (
            "KH",
            format!(
                "II. NHIỆM VỤ\n\n{}\n\nIII. KINH PHÍ\n\nTừ ngân sách tỉnh.",
                text.replace("\n\n", "\n").replace('⇥', "\t")
            ),
        ),
        other => panic!("no form {other}"),
    };
    let names = if form == "schedule" { "" } else { names };
    header(kind, names) + &body + "\n"
}

fn header(kind: &str, names: &str) -> String {
    let title = match kind {
        "TB" => "THÔNG BÁO\n\nKết luận cuộc họp về bến khách ngang sông",
        "KH" => "KẾ HOẠCH\n\nBảo đảm an toàn bến khách ngang sông",
        "BC" => "BÁO CÁO\n\nKết quả bảo đảm an toàn bến khách ngang sông",
        "QĐ" => "QUYẾT ĐỊNH\n\nVề bến khách ngang sông",
        "QC" => "QUY CHẾ\n\nQuản lý bến khách ngang sông",
        _ => "V/v bảo đảm an toàn bến khách ngang sông",
    };
    let number = if kind == "CV" { "Số: 120/UBND-KT".to_owned() } else { format!("Số: 120/{kind}-UBND") };
    let addressees = names.replace(';', ";\n- ");
    let letter = if kind == "CV" { format!("Kính gửi:\n- {addressees}.\n\n") } else { String::new() };
    format!(
        "**ỦY BAN NHÂN DÂN**\n**TỈNH HÒA GIANG**\n\n{number}\n\n**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\n\
         **Độc lập - Tự do - Hạnh phúc**\n\n*Hòa Giang, ngày 02 tháng 3 năm 2026*\n\n{title}\n\n{letter}"
    )
}

/// A table of its own, the first row its head.
fn whole_table(rows: &str) -> String {
    let row = |cells: &str| format!("| {} |", cells.split('¦').map(str::trim).collect::<Vec<_>>().join(" | "));
    let mut lines: Vec<String> = rows.split("\n\n").map(row).collect();
    let columns = rows.split("\n\n").next().map_or(0, |head| head.split('¦').count());
    lines.insert(1, "|---".repeat(columns) + "|");
    format!("II. NHIỆM VỤ\n\n{}\n", lines.join("\n"))
}

fn table(row: &str) -> String {
    let cells = row.split('¦').map(str::trim).collect::<Vec<_>>().join(" | ");
    format!(
        "II. NHIỆM VỤ\n\n| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian | Sản phẩm |\n\
         |---|---|---|---|---|---|\n| 1 | {cells} |\n"
    )
}

/// A row of a schedule below the heading that gives its day.
fn schedule(day: &str, row: &str) -> String {
    let cells = row.split('¦').map(str::trim).collect::<Vec<_>>().join(" | ");
    format!("## {day}\n\n| Thời gian | Nội dung | Đơn vị phụ trách |\n|---|---|---|\n| {cells} |\n")
}

/// A body by its name, with the words for its place where that is part of what is asked.
fn names(bodies: &[Agency]) -> Vec<String> {
    bodies.iter().map(|body| body.name.clone()).collect()
}

fn limits(deadlines: &[Deadline]) -> Vec<String> {
    let all = serde_json::to_value(deadlines).unwrap_or_default();
    let all = all.as_array().cloned().unwrap_or_default();
    let text = |d: &serde_json::Value, key: &str| d[key].as_str().unwrap_or("").to_owned();
    let mut out: Vec<String> = Vec::new();
    for d in &all {
        let adverb = text(d, "via") == "text" && text(d, "kind") == "ongoing";
        let limit = match text(d, "kind").as_str() {
            "by" if d["inclusive"] == true || !text(d, "time").is_empty() => {
                format!("by {} {}", text(d, "end"), text(d, "time"))
            }
            "by" => format!("before {}", text(d, "end")),
            "within" => format!("within {}..{}", text(d, "start"), text(d, "end")),
            "recurring" => format!("every {}", text(d, "rrule")),
            "relative" => text(d, "duration"),
            "immediate" => continue,
            _ if adverb => continue,
            kind => kind.to_owned(),
        };
        out.push(limit.trim().to_owned());
    }
    out
}

/// What differs between a task and what the table says of it.
fn differences(task: &Task, want: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut fields = want.split(" | ");
    let anchor = fields.next().unwrap_or("").trim();
    if !task.text.contains(anchor) {
        out.push(format!("task {:?} does not hold {anchor:?}", task.text));
    }
    let (mut lead, mut helps, mut told, mut times, mut kind) = (vec![], vec![], vec![], vec![], "assigned".to_owned());
    for field in fields {
        let (key, value) = field.trim().split_once('=').unwrap_or((field, ""));
        let list = value.split(';').map(|name| name.trim().to_owned()).collect::<Vec<_>>();
        match key {
            "L" => lead = list,
            "C" => helps = list,
            "R" => told = list,
            // an rrule holds semicolons of its own
            "D" if value.starts_with("every") => times = vec![value.trim().to_owned()],
            "D" => times = list,
            "K" => value.clone_into(&mut kind),
            "P" => {
                let products: Vec<_> = task.deliverables.iter().map(|d| d.text.as_str()).collect();
                if !products.iter().any(|p| p.contains(value.trim())) {
                    out.push(format!("{anchor}: product {value:?}, got {products:?}"));
                }
            }
            other => panic!("no field {other}"),
        }
    }
    let mut compare = |what: &str, want: Vec<String>, got: Vec<String>| {
        if want != got {
            out.push(format!("{anchor}: {what} {want:?}, got {got:?}"));
        }
    };
    compare("lead", lead, names(&task.lead));
    compare("coordinating", helps, names(&task.coordinating));
    compare("report_to", told, names(&task.report_to));
    compare("deadlines", times, limits(&task.deadlines));
    let got = serde_json::to_value(task).map(|t| t["kind"].as_str().unwrap_or("").to_owned()).unwrap_or_default();
    compare("kind", vec![kind], vec![got]);
    out
}

/// What differs in one row.
fn check(form: &str, text: &str, want: &str) -> Vec<String> {
    let document = document(form, text);
    let list = match run(document.as_bytes(), "van-ban.md", &Options::default()) {
        Ok(list) => list,
        Err(error) => return vec![format!("{error:?}")],
    };
    let wanted: Vec<&str> = if want == "-" { Vec::new() } else { want.split(" ‖ ").collect() };
    if wanted.len() != list.tasks.len() {
        let got: Vec<_> = list.tasks.iter().map(|t| (t.text.as_str(), names(&t.lead))).collect();
        return vec![format!("{} tasks, got {}: {got:?}", wanted.len(), list.tasks.len())];
    }
    wanted.iter().zip(&list.tasks).flat_map(|(want, task)| differences(task, want)).collect()
}

fn rows() -> impl Iterator<Item = [&'static str; 4]> {
    include_str!("data/sentences.tsv").lines().skip(1).filter(|row| !row.is_empty()).map(|row| {
        let cells: Vec<&str> = row.split('\t').collect();
        <[&str; 4]>::try_from(cells).unwrap_or_else(|cells| panic!("{} cells: {row}", cells.len()))
    })
}

#[test]
fn every_sentence_gives_its_tasks() {
    let mut wrong = Vec::new();
    for [id, form, text, want] in rows() {
        let differences = check(form, text, want);
        if !differences.is_empty() {
            wrong.push(format!("{id} [{form}] {text}\n    {}", differences.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "{} rows differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_table_is_wide_and_holds_what_is_no_task() {
    let all: Vec<_> = rows().collect();
    let mut ids: Vec<&str> = all.iter().map(|row| row[0]).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all.len(), "an id stands twice");
    assert!(all.len() >= 150, "{} rows", all.len());
    let none = all.iter().filter(|row| row[3] == "-").count();
    assert!(none >= 40, "{none} rows without a task");
}

/// What a list is based on or meant for has times of its own; the order's own limit is the list's.
#[test]
fn the_purpose_of_an_opening_sets_no_limit_of_its_list() {
    let due = |opening: &str| {
        let text = format!("{}{opening}\n\n1. Sơn lại phao tiêu.\n\n2. Thay dây neo.\n", header("CV", "Sở Xây dựng"));
        let list = run(text.as_bytes(), "a.md", &Options::default()).unwrap();
        assert_eq!(list.tasks.len(), 2, "{opening}");
        list.tasks.iter().filter(|task| !task.deadlines.is_empty()).count()
    };
    assert_eq!(due("Để kịp mở bến trong năm 2026, Ủy ban nhân dân tỉnh yêu cầu Sở Xây dựng thực hiện:"), 0);
    assert_eq!(due("Để kịp mở bến, Ủy ban nhân dân tỉnh yêu cầu Sở Xây dựng thực hiện trước ngày 15/5/2026:"), 2);
}

/// The National Assembly numbers every resolution with its year; only what sets rules for good orders nobody.
#[test]
fn resolutions_of_the_assembly_are_orders_unless_they_set_rules() {
    let tasks = |subject: &str| {
        let text = format!(
            "**QUỐC HỘI**\n\nNghị quyết số: 99/2026/QH16\n\n**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\n**Độc lập - Tự do - Hạnh \
             phúc**\n\n**NGHỊ QUYẾT**\n\n**{subject}**\n\n**Điều 1.** Chính phủ rà soát mạng lưới bến khách ngang sông, bảo đảm \
             an toàn cho người dân.\n"
        );
        run(text.as_bytes(), "a.md", &Options::default()).unwrap().tasks.len()
    };
    assert_eq!(tasks("Về giám sát việc quản lý bến khách ngang sông"), 1);
    assert_eq!(tasks("Quy định tiêu chuẩn bến khách ngang sông"), 0);
}

/// Of a commune whose name several provinces have, the text tells whose it is; the place of issue is its own name.
#[test]
fn a_commune_is_that_of_the_province_which_the_text_names() {
    let code = |commune: &str, province: &str| {
        let text = format!(
            "ỦY BAN NHÂN DÂN\nXÃ {}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 15/KH-UBND\n{commune}, \
             ngày 10 tháng 9 năm 2025\n\nKẾ HOẠCH\nMở bến đò trên địa bàn xã{province}\n\n1. Trạm Y tế xã chuẩn bị thuốc.\n",
            commune.to_uppercase()
        );
        let list = run(text.as_bytes(), "a.txt", &Options::default()).unwrap();
        let issuer = list.document.issuer.expect("an issuer");
        issuer.jurisdiction.and_then(|place| place.commune_code)
    };
    assert_eq!(code("Minh Sơn", ", tỉnh Tuyên Quang").as_deref(), Some("00982"));
    assert_eq!(code("Minh Sơn", ", tỉnh Thanh Hóa").as_deref(), Some("15124"));
    assert_eq!(code("Hòa Bình", ", tỉnh Vĩnh Long").as_deref(), Some("29830"));
    assert_eq!(code("Minh Sơn", ""), None);
}
