//! Forms of writing in whole small documents.

use nhiemvu_pipeline::{Options, run};

/// Per task: the leading bodies and the deadlines' words.
fn leads_and_times(text: &str) -> Vec<(Vec<String>, Vec<String>)> {
    let Ok(list) = run(text.as_bytes(), "ke-hoach.md", &Options::default()) else { return Vec::new() };
    let names = |task: &nhiemvu_pipeline::record::Task| task.lead.iter().map(|a| a.name.clone()).collect();
    let times = |task: &nhiemvu_pipeline::record::Task| task.deadlines.iter().map(|d| d.raw.clone()).collect();
    list.tasks.iter().map(|task| (names(task), times(task))).collect()
}

#[test]
fn a_ditto_in_a_table_stands_for_the_cell_above() {
    for ditto in ["nt", "-nt-", "- nt -", "Như trên", "”", "n.t"] {
        let text = format!(
            "# KẾ HOẠCH\n\n## II. NHIỆM VỤ\n\n| TT | Nhiệm vụ | Chủ trì | Thời gian |\n|---|---|---|---|\n\
             | 1 | Sửa cầu phao | Sở Xây dựng | Tháng 3/2031 |\n| 2 | Lắp đèn bến | {ditto} | {ditto} |\n\
             | 3 | Đo luồng lạch | Sở Nội vụ | {ditto} |\n"
        );
        let found = leads_and_times(&text);
        let want = |lead: &str| (vec![lead.to_owned()], vec!["Tháng 3/2031".to_owned()]);
        assert_eq!(found, [want("Sở Xây dựng"), want("Sở Xây dựng"), want("Sở Nội vụ")], "{ditto}");
    }
}

#[test]
fn a_table_may_stand_right_below_the_title() {
    for summary in ["", "**Sửa chữa cầu phao năm 2031**\n\n"] {
        let text = format!(
            "# KẾ HOẠCH\n\n{summary}| TT | Nhiệm vụ | Chủ trì | Thời gian |\n|---|---|---|---|\n\
             | 1 | Sửa cầu phao | Sở Xây dựng | Tháng 3/2031 |\n"
        );
        let want = (vec!["Sở Xây dựng".to_owned()], vec!["Tháng 3/2031".to_owned()]);
        assert_eq!(leads_and_times(&text), [want], "{summary}");
    }
}
