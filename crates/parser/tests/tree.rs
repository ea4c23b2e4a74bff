//! What stands under what: forms of numbering and bullets, as outlines.

mod support;

use nhiemvu_model::NodeId;
use support::parse;

/// The marked blocks of a document, each with its markers from the top: `I. > 1. > -`.
fn outline(text: &str) -> Vec<String> {
    let document = parse(text);
    let markers = |id: usize| {
        let mut path = Vec::new();
        let mut node = Some(NodeId(id as u32));
        while let Some(id) = node {
            let block = document.node(id);
            if !block.marker.is_empty() {
                path.push(block.marker.clone());
            }
            node = block.parent;
        }
        path.reverse();
        path.join(" > ")
    };
    (0..document.nodes.len()).filter(|id| !document.nodes[*id].marker.is_empty()).map(markers).collect()
}

#[test]
fn levels_nest_by_their_kind() {
    let text = "KẾ HOẠCH\n\nI. NỘI DUNG\n1. Rà soát kho bãi.\na) Kho lạnh.\n- Kho tỉnh.\n+ Kho số một.\nđ) Kho khác.\n\
                2. Lập danh mục.\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính.";
    assert_eq!(
        outline(text),
        [
            "I.",
            "I. > 1.",
            "I. > 1. > a)",
            "I. > 1. > a) > -",
            "I. > 1. > a) > - > +",
            "I. > 1. > đ)",
            "I. > 2.",
            "II.",
            "II. > 1."
        ]
    );
}

#[test]
fn stars_are_the_outer_sign_where_a_list_begins_with_them() {
    for star in ["*", "•"] {
        let text = format!(
            "KẾ HOẠCH\n\n1. Việc phải làm\n{star} Giai đoạn một\n- Đo bến.\n- Vẽ bến.\n{star} Giai đoạn hai\n- Xây bến.\n\
             2. Việc khác"
        );
        let nested = format!("1. > {star} > -");
        let outer = format!("1. > {star}");
        assert_eq!(outline(&text), ["1.", &outer, &nested, &nested, &outer, &nested, "2."], "{star}");
    }
    // where dashes come first, a star among them opens no level above them
    let text = "KẾ HOẠCH\n\n1. Việc phải làm\n- Đo bến:\n* Bến trên.\n* Bến dưới.\n- Vẽ bến.";
    assert_eq!(outline(text), ["1.", "1. > -", "1. > - > *", "1. > - > *", "1. > -"]);
}

#[test]
fn numbers_begin_anew_under_a_letter_that_announces_a_list() {
    let text = "KẾ HOẠCH\n\n1. Chợ nổi\na) Các bước:\n1. Đo luồng.\n2. Cắm phao.\nb) Kinh phí.\n2. Bến đỗ";
    assert_eq!(outline(text), ["1.", "1. > a)", "1. > a) > 1.", "1. > a) > 2.", "1. > b)", "2."]);
}

#[test]
fn recipients_are_no_items_whatever_emphasis_marks_them() {
    for label in ["Nơi nhận:", "*Nơi nhận:*", "_Nơi nhận:_", "**Nơi nhận:**"] {
        let text = format!(
            "THÔNG BÁO\n\n1. Sở Y tế lập kế hoạch.\n2. Sở Xây dựng cấp phép.\n\n{label}\n- Như trên;\n- Sở Y tế;\n- Lưu: VT.\n"
        );
        assert_eq!(outline(&text), ["1.", "2."], "{label}");
    }
}

#[test]
fn labels_over_lists_are_fields_of_the_items_before_them() {
    let text = "KẾ HOẠCH\n\nI. PHÀ\n1. Nội dung, biện pháp\na) Sơn phà;\nb) Thay phao.\n2. Cơ quan chủ trì\n- Sở Xây dựng.\n- Sở Y tế.\n\
                3. Thời gian thực hiện: Tháng 3/2026.\nII. ĐÒ\n1. Kẻ vạch.";
    let document = parse(text);
    assert_eq!(outline(text), ["I.", "I. > 1.", "I. > 1. > a)", "I. > 1. > b)", "II.", "II. > 1."]);
    for marker in ["a)", "b)"] {
        let item = document.nodes.iter().find(|node| node.marker == marker).unwrap();
        let fields: Vec<(&str, &str)> =
            item.fields.iter().map(|field| (field.label.text(), field.value.text())).collect();
        assert_eq!(fields, [("Cơ quan chủ trì", "Sở Xây dựng; Sở Y tế"), ("Thời gian thực hiện", "Tháng 3/2026.")]);
    }
}

#[test]
fn lines_without_a_number_head_the_sentences_below_them() {
    let long = "Lập danh sách các thuyền phải thay phao, gửi về văn phòng trước khi mùa lũ về, không để sót thuyền nào của dân.";
    let text = format!(
        "KẾ HOẠCH\n\nI. PHÂN CÔNG\n\nĐội thuyền\n\n{long}\n\nĐội phao\n\n{long}\n\nLời kết không có đề mục nào."
    );
    let document = parse(&text);
    let under = |words: &str| {
        let head = document.nodes.iter().find(|node| node.text.text() == words).unwrap();
        head.children.iter().map(|id| document.node(*id).text.text()).collect::<Vec<_>>()
    };
    assert_eq!(under("Đội thuyền"), [long]);
    assert_eq!(under("Đội phao")[0], long);
}

#[test]
fn a_space_inside_a_syllable_parts_nothing() {
    let text = "1. Bộ Y t ế và ngườ i dân rà soát 5 m cáp, khoản a điều này.";
    let document = parse(text);
    assert_eq!(document.nodes[1].text.text(), "Bộ Y tế và người dân rà soát 5 m cáp, khoản a điều này.");
}

#[test]
fn a_subject_without_its_sign_is_read_below_the_number_and_the_date_behind_it() {
    let text = "ỦY BAN NHÂN DÂN\nTỈNH HÒA GIANG\n\nSố: 12/UBND-VX\nVề phương án đón khách từ ngày 01 tháng 4 năm 2026\n\n\
                Hòa Giang, ngày 23 tháng 3 năm 2026\n\nKính gửi: Sở Y tế\n\n1. Giao Sở Y tế đón khách.";
    let header = parse(text).header;
    assert_eq!(header.date.map(|date| date.to_string()).as_deref(), Some("2026-03-23"));
    assert!(header.subject.is_some_and(|subject| subject.text().starts_with("Về phương án")));
}

#[test]
fn recipients_before_the_body_do_not_swallow_it() {
    let body = "Rà soát các bến đò ngang, lập danh sách những thuyền phải thay phao trước mùa lũ, gửi về văn phòng để tổng hợp, \
                đồng thời nhắc nhở chủ thuyền treo áo phao ở nơi hành khách dễ lấy nhất khi qua sông. ";
    let text = format!("KẾ HOẠCH\n\nNơi nhận: Như trên; Lưu: VT.\n\n{}", format!("{body}\n\n").repeat(4));
    let document = parse(&text);
    let read = document.nodes.iter().filter(|node| node.text.text() == body.trim_end()).count();
    assert_eq!(read, 4);
}

#[test]
fn an_indented_line_below_a_full_heading_begins_a_paragraph() {
    let heading = "1. Rà soát, quy hoạch, phát triển mạng lưới bến khách, bến hàng, bến phà";
    let paragraph = "     Sở Xây dựng đo lại luồng lạch trên toàn tuyến sông, lập bản đồ và gửi\n\
                     cho các xã, phường ven sông để cắm phao tiêu trước mùa lũ, không để sót bến\n\
                     nào trên địa bàn của mình; báo cáo kết quả cho cấp trên theo đúng quy định\n\
                     hiện hành về an toàn đường thủy.";
    let document = parse(&format!("KẾ HOẠCH\n\n     {heading}\n{}", [paragraph; 4].join("\n")));
    let item = document.nodes.iter().find(|node| node.marker == "1.").unwrap();
    assert_eq!(item.text.text(), heading.trim_start_matches("1. "));
}

/// Wrapped lines above `at_break`, a page break as a blank line leaves it, and what stands below.
fn over_a_page_break(above: &str, below: &str) -> Vec<String> {
    let wrapped = "- Đắp lại bờ thửa, be bờ vùng trũng ven đầm\ntrước mùa nước nổi năm nay.\n".repeat(6);
    let document = parse(&format!("{wrapped}{above}\n\n{below}\n"));
    let words = document.nodes.iter().map(|node| node.text.text().to_owned()).filter(|words| !words.is_empty());
    words.skip(6).collect()
}

#[test]
fn a_blank_line_of_a_page_break_parts_no_sentence() {
    for (above, below) in [
        ("- Lát gạch lối ra chợ phiên cùng với Sở", "Nông nghiệp và Môi trường."),
        ("- Chở cát về lấp hố trên đường tỉnh Hòa", "Giang."),
        ("- Trả lời bà con ở bãi ngang (ấp Cồn Mây,", "Bãi Sậy) về tiền cát."),
        ("2. Trả lời bà con ở bãi ngang (ấp Cồn Mây,", "Bãi Sậy)."),
        ("- Trồng bần chắn sóng dọc bãi bồi cửa sông", "(đoạn qua ấp Cồn Mây)."),
        ("- Chuyển giống ngao cho bà con; mua thêm bè;", "dựng chòi canh."),
    ] {
        let lines = over_a_page_break(above, below);
        assert_eq!(lines.len(), 1, "{lines:?}");
    }
    for (above, below) in [
        // a short line, a sentence that has ended, a heading, and another line of the same kind
        ("- Chở cát về lấp hố cho Sở", "Nông dân tự đắp bờ."),
        ("- Lát gạch lối ra chợ phiên ở bến bãi ngang.", "Nông dân tự đắp bờ."),
        ("2. Các chủ bè nuôi ngao ở vùng bãi bồi ven", "Dựng chòi canh."),
        ("Căn cứ lời xin của bà con ở vùng ven bãi bồi", "Căn cứ sổ đò của bến chợ."),
    ] {
        let lines = over_a_page_break(above, below);
        assert_eq!(lines.len(), 2, "{lines:?}");
    }
}
