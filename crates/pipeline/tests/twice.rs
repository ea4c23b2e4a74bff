//! The same document in two files, and the same task twice in a document.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]

use nhiemvu_pipeline::record::TaskList;
use nhiemvu_pipeline::{Duplicates, Options, run};

const BODY: &str = "1. Sở Tài chính chủ trì lập dự toán kinh phí xây dựng bến thuyền tại phường Bãi Dâu, báo cáo UBND tỉnh trước ngày 15/5/2031.\n\n\
    2. Sở Xây dựng hướng dẫn lắp đặt biển báo, phao cứu sinh tại các bến thuyền trong tháng 6 năm 2031.\n\n\
    3. Công an tỉnh tăng cường tuần tra, xử lý phương tiện chở quá số người quy định trên sông Dâu.\n";

fn notice(number: &str, body: &str) -> String {
    format!(
        "ỦY BAN NHÂN DÂN\nTỈNH HÒA GIANG\n\nSố: {number}/TB-UBND\n\nHòa Giang, ngày 10 tháng 4 năm 2031\n\nTHÔNG BÁO\n\
         Kết luận về quản lý bến thuyền trên địa bàn tỉnh\n\nYêu cầu các cơ quan thực hiện:\n\n{body}"
    )
}

fn list(name: &str, text: &str) -> TaskList {
    run(text.as_bytes(), name, &Options::default()).unwrap()
}

#[test]
fn a_document_in_two_files_is_told_and_others_are_not() {
    let mut seen = Duplicates::default();
    let mut mark = |name: &str, text: &str| {
        let mut list = list(name, text);
        let marked = seen.mark(&mut list);
        assert_eq!(marked, list.warnings.iter().any(|warning| warning.code == "duplicate-of"));
        marked.then(|| list.warnings.last().unwrap().message.clone())
    };
    assert_eq!(mark("a.pdf", &notice("77", BODY)), None);
    let reread = BODY.replace("tuần tra", "tuần  tra,").replace("lắp đặt ", "");
    assert_eq!(mark("a.docx", &notice("77", &reread)).unwrap(), "cùng văn bản với “a.pdf”");
    assert!(mark("draft.md", &notice("   ", BODY)).is_some());
    assert_eq!(mark("other number.pdf", &notice("78", BODY)), None);
    let other = "1. Sở Y tế kiểm tra vệ sinh nước sinh hoạt tại các trường học vùng cao trước ngày 20/5/2031.\n";
    assert_eq!(mark("other text.md", &notice("77", other)), None);
    assert!(mark("same bytes.md", &notice("78", BODY)).is_some());
}

#[test]
fn which_file_is_the_second_does_not_depend_on_their_order() {
    let reread = BODY.replace("tuần tra", "tuần  tra,");
    let lists = [
        list("draft.md", &notice("   ", BODY)),
        list("b.docx", &notice("77", &reread)),
        list("c.pdf", &notice("77", BODY)),
        list("other.pdf", &notice("78", BODY)),
        list("a copy.md", &notice("78", BODY)),
    ];
    let marks = |order: [usize; 5]| {
        let mut lists: Vec<TaskList> = order.iter().map(|number| lists[*number].clone()).collect();
        Duplicates::mark_all(lists.iter_mut());
        // and once more, as where results are read back
        Duplicates::mark_all(lists.iter_mut());
        let mark = |list: &TaskList| list.warnings.iter().map(|warning| warning.message.clone()).collect::<Vec<_>>();
        let mut marks: Vec<_> = lists.iter().map(|list| (list.document.source.path.clone(), mark(list))).collect();
        marks.sort();
        marks
    };
    let first = marks([0, 1, 2, 3, 4]);
    let marked: Vec<_> = first.iter().filter(|(_, mark)| !mark.is_empty()).map(|(name, _)| name.as_str()).collect();
    assert_eq!(marked, ["c.pdf", "draft.md", "other.pdf"], "{first:?}");
    for order in [[4, 3, 2, 1, 0], [2, 0, 4, 1, 3], [1, 4, 0, 3, 2]] {
        assert_eq!(marks(order), first);
    }
}

#[test]
fn a_row_of_an_annex_that_repeats_the_body_is_linked_to_it() {
    let annex = "\n\nPHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ\n\n\
        | TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian hoàn thành |\n|---|---|---|---|\n\
        | 1 | Lập dự toán kinh phí xây dựng bến thuyền tại phường Bãi Dâu | Sở Tài chính | 15/5/2031 |\n\
        | 2 | Tập huấn kỹ năng cứu hộ cho chủ phương tiện trên sông Dâu | Sở Nội vụ | Tháng 7/2031 |\n";
    let list = list("a.md", &notice("77", &format!("{BODY}{annex}")));
    let rows: Vec<_> = list.tasks.iter().filter(|task| task.ordinal.starts_with("PL")).collect();
    assert_eq!(rows.len(), 2, "{:?}", list.tasks.iter().map(|task| &task.ordinal).collect::<Vec<_>>());
    assert_eq!(rows[0].repeats.as_ref(), Some(&list.tasks[0].id));
    assert!(rows[0].flags.iter().any(|flag| flag == "repeated"));
    assert_eq!(rows[1].repeats, None);
}
