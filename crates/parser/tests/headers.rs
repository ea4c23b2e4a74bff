//! Headers (phần đầu) that are not laid out as the decree has them.

mod support;

use nhiemvu_model::{Header, Secrecy, Urgency};

fn header(text: &str) -> Header {
    support::parse(text).header
}

/// Type, number, date and issuing body, `-` for what is not known.
fn told(header: &Header) -> String {
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    [
        or_none(header.doc_type.clone()),
        or_none(header.number.as_ref().map(|n| n.raw.clone())),
        or_none(header.date.map(|date| date.to_string())),
        or_none(header.issuer.as_ref().map(|issuer| issuer.text().to_owned())),
    ]
    .join(" | ")
}

#[test]
fn a_copy_without_a_header_is_told_by_the_note_of_what_it_encloses() {
    let text = "BAN HÀNH KẾ HOẠCH TRỒNG CÂY VEN HỒ\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\nCăn cứ Luật Lâm nghiệp;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành \
                kèm theo Quyết định này Kế hoạch trồng cây.\nKẾ HOẠCH\nTrồng cây ven hồ\n(Ban hành kèm theo Quyết định số 77/QĐ-UBND ngày \
                26 tháng 6 năm 2025 của Chủ tịch Ủy ban nhân dân tỉnh)\n1. Trồng cây.";
    assert_eq!(told(&header(text)), "QĐ | 77/QĐ-UBND | 2025-06-26 | CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH");
}

#[test]
fn the_note_tells_nothing_of_a_document_with_a_number_of_its_own() {
    let text = "ỦY BAN NHÂN DÂN\nTỈNH TÂN HẢI\nSố: 15/KH-UBND\nTân Hải, ngày 02 tháng 3 năm 2026\nKẾ HOẠCH\nTrồng cây ven hồ\n(Kèm theo \
                Quyết định số 77/QĐ-TTg ngày 26 tháng 6 năm 2025 của Thủ tướng Chính phủ)\n1. Trồng cây.";
    assert_eq!(told(&header(text)), "KH | 15/KH-UBND | 2026-03-02 | ỦY BAN NHÂN DÂN TỈNH TÂN HẢI");
}

#[test]
fn a_plan_may_say_in_its_left_column_what_it_is_about() {
    let text = "TRƯỜNG THPT BÌNH MINH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố:   /KH-THPTBM\nV/v tổ chức tuần lễ đọc sách\nTân Hải, ngày 02 \
                tháng 3 năm 2026\nKẾ HOẠCH\nTổ chức tuần lễ đọc sách\n1. Mở thư viện.";
    assert_eq!(told(&header(text)), "KH | /KH-THPTBM | 2026-03-02 | TRƯỜNG THPT BÌNH MINH");
}

#[test]
fn a_letter_stays_one_below_its_addressees() {
    let text = "SỞ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 15/SNV-VP\nV/v mở thư viện\nTân Hải, ngày 02 tháng 3 năm 2026\nKính gửi: \
                Sở Y tế.\nKẾ HOẠCH\n1. Mở thư viện.";
    assert_eq!(told(&header(text)), "CV | 15/SNV-VP | 2026-03-02 | SỞ NỘI VỤ");
}

#[test]
fn a_letter_may_begin_with_its_addressee_and_no_colon() {
    for (letter, addressee) in [
        ("Kính gửi Sở Y tế,\nĐề nghị Sở Y tế mở trạm y tế.", "Sở Y tế"),
        ("Kính gửi: Sở Y tế,\nSở Nội vụ.", "Sở Y tế, Sở Nội vụ."),
    ] {
        let header = header(letter);
        let names: Vec<&str> = header.addressees.iter().map(nhiemvu_model::Mended::text).collect();
        assert_eq!(names, [addressee]);
    }
}

#[test]
fn a_number_that_cannot_be_read_does_not_end_the_header() {
    let text = "ỦY BAN NHÂN DÂN\nTỈNH TÂN HẢI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: A308/TUBND-VX\nTân Hải, ngày 19 tháng 4 năm 2010\n\
                Kính gửi: Sở Y tế.\n1. Mở trạm y tế.";
    assert_eq!(told(&header(text)), "CV | - | 2010-04-19 | ỦY BAN NHÂN DÂN TỈNH TÂN HẢI");
}

#[test]
fn a_telegram_names_its_sender_before_those_that_it_goes_to() {
    let text = "CÔNG ĐIỆN\nVỀ PHÒNG, CHỐNG CHÁY RỪNG\nTHỦ TƯỚNG CHÍNH PHỦ điện:\n- Bộ trưởng Bộ Công an;\n- Chủ tịch Ủy ban nhân dân tỉnh Tân \
                Hải.\n1. Bộ Công an chỉ đạo chữa cháy.";
    let header = header(text);
    assert_eq!(told(&header), "CĐ | - | - | THỦ TƯỚNG CHÍNH PHỦ");
    assert_eq!(header.addressees.len(), 2);
}

#[test]
fn markup_above_the_title_is_no_header() {
    let text = "<jsontable name=\"bang_0\"> </jsontable>\n\nNGHỊ QUYẾT\nVỀ\nCHƯƠNG TRÌNH GIÁM SÁT NĂM 2018\nHỘI ĐỒNG NHÂN DÂN TỈNH TÂN HẢI\nKHÓA \
                XI, KỲ HỌP THỨ BA\nCăn cứ Luật Tổ chức chính quyền địa phương;\nQUYẾT NGHỊ:\n1. Xem xét báo cáo.";
    assert_eq!(header(text).doc_type.as_deref(), Some("NQ"));
}

#[test]
fn a_copy_may_begin_with_type_and_summary_in_one_line() {
    for (text, kind) in [
        ("Chỉ thị về việc mở thư viện ven hồ trong năm 2026\nHiện nay thư viện còn ít.\n1. Mở thư viện.", "CT"),
        ("THÔNG BÁO Về việc mở thư viện ven hồ\n1. Giao:\n- Sở Nội vụ mở thư viện.", "TB"),
    ] {
        let header = header(text);
        assert_eq!(told(&header), format!("{kind} | - | - | -"));
        assert!(header.subject.is_some_and(|s| s.text().to_lowercase().starts_with("về việc mở thư viện ven hồ")));
    }
    // a sentence is no title
    assert_eq!(told(&header("Quyết định về việc thu đất đã được gửi các xã.\n1. Mở thư viện.")), "- | - | - | -");
}

#[test]
fn a_council_stands_below_the_summary_and_over_its_session() {
    let text = "NGHỊ QUYẾT\nVỀ VIỆC TRỒNG CÂY VEN HỒ\nHỘI ĐỒNG NHÂN DÂN TỈNH TÂN HẢI\nKHÓA XI, KỲ HỌP THỨ BA\nCăn cứ Luật Lâm nghiệp;\n\
                QUYẾT NGHỊ:\nĐiều 1. Giao Ủy ban nhân dân tỉnh trồng cây.";
    let header = header(text);
    assert_eq!(told(&header), "NQ | - | - | HỘI ĐỒNG NHÂN DÂN TỈNH TÂN HẢI");
    assert_eq!(header.subject.unwrap().text(), "VỀ VIỆC TRỒNG CÂY VEN HỒ");
}

#[test]
fn a_record_of_labelled_lines_is_a_header() {
    let text = "Số ký hiệu: 12/SNV-VP\nTRÍCH YẾU: V/v mở thư viện ven hồ\nNgày ban hành: 02/3/2026\nĐộ mật: Mật\nCơ quan ban hành: Sở Nội vụ\n\
                Người ký: Trần Văn Bến\nKÍNH GỬI: Sở Y tế\nNỘI DUNG:\nĐề nghị Sở Y tế mở trạm y tế trước ngày 05/4/2026.";
    let header = header(text);
    assert_eq!(told(&header), "CV | 12/SNV-VP | 2026-03-02 | Sở Nội vụ");
    assert_eq!(header.subject.as_ref().unwrap().text(), "V/v mở thư viện ven hồ");
    assert_eq!(header.addressees.iter().map(nhiemvu_model::Mended::text).collect::<Vec<_>>(), ["Sở Y tế"]);
    assert_eq!(header.secrecy, Some(nhiemvu_model::Secrecy::Secret));
}

#[test]
fn the_stamp_of_the_receiving_office_is_none_of_the_documents_own() {
    let text = "BỘ NỘI VỤ\nSố: 15/BNV-VP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHà Nội, ngày 02 tháng 3 năm 2026\nTRƯỜNG TIỂU HỌC BẾN CÂY\nĐẾN Số: \
                98\nNgày: 15/3/2026\nChuyển: ............\nKính gửi: Các trường.\n1. Mở thư viện.";
    let header = header(text);
    assert_eq!(told(&header), "CV | 15/BNV-VP | 2026-03-02 | BỘ NỘI VỤ");
    assert_eq!(header.addressees.iter().map(nhiemvu_model::Mended::text).collect::<Vec<_>>(), ["Các trường."]);
}

#[test]
fn a_degree_of_secrecy_is_told_however_it_is_stamped() {
    use Secrecy::{MostSecret, Secret, TopSecret};
    let of = |number: &str, stamps: &str| {
        let text = format!(
            "ỦY BAN NHÂN DÂN\nTỈNH TÂN HẢI\n{number}\n{stamps}\nTân Hải, ngày 02 tháng 3 năm 2026\nKẾ HOẠCH\nTrồng cây ven hồ\n1. Trồng cây."
        );
        let header = header(&text);
        assert_eq!(told(&header), "KH | 15/KH-UBND | 2026-03-02 | ỦY BAN NHÂN DÂN TỈNH TÂN HẢI", "{stamps}");
        (header.secrecy, header.urgency)
    };
    for (stamps, secrecy, urgency) in [
        ("MẬT", Some(Secret), None),
        ("(Tối mật)", Some(TopSecret), None),
        ("TUYỆT MẬT\nHỎA TỐC", Some(MostSecret), Some(Urgency::MostUrgent)),
        ("MẬT - HỎA TỐC", Some(Secret), Some(Urgency::MostUrgent)),
        ("TỐI MẬT   KHẨN", Some(TopSecret), Some(Urgency::Urgent)),
        ("M Ậ T", Some(Secret), None),
        ("Độ mật: Tuyệt mật", Some(MostSecret), None),
        ("Độ mật: Mật        Bản số: 02", Some(Secret), None),
        ("Bản số: 02", None, None),
        ("Độ mật:", None, None),
    ] {
        assert_eq!(of("Số: 15/KH-UBND", stamps), (secrecy, urgency), "{stamps}");
    }
    assert_eq!(of("Số: 15/KH-UBND        MẬT", ""), (Some(Secret), None));
    let text = header("SỞ Y TẾ\nSố: 1/BC-SYT\nBÁO CÁO\nBảo mật thông tin\nMật ong\n1. Nuôi ong lấy mật.");
    assert_eq!(text.secrecy, None);
}

#[test]
fn a_page_that_quotes_a_document_says_its_header_in_a_sentence() {
    for (text, want) in [
        (
            "Chủ tịch Ủy ban nhân dân tỉnh Lê Văn Bến vừa ký Công điện số 14/CĐ-UBND ngày 19/7/2026 về việc lật đò.",
            "CĐ | 14/CĐ-UBND | 2026-07-19 | Chủ tịch Ủy ban nhân dân tỉnh Lê Văn Bến",
        ),
        (
            "Đội đò tránh bão\n\nNgày 29/10/2026, Chi cục Đường thủy đã có công điện số 37/TK gửi các bến khách với nội dung:",
            "CĐ | 37/TK | 2026-10-29 | Chi cục Đường thủy",
        ),
        (
            "Thay mặt Tỉnh ủy, đồng chí Bến đã ký Thông báo kết luận số 75-TB/TU ngày 7/3/2026 của Tỉnh ủy về bến khách.",
            "TB | 75-TB/TU | 2026-03-07 | Tỉnh ủy",
        ),
    ] {
        assert_eq!(told(&header(&format!("{text}\n\n1. Sở Y tế mua phao."))), want, "{text}");
    }
    for text in [
        // what a document is based on, what it reports, and one without a number
        "Thực hiện Công điện số 14/CĐ-UBND ngày 19/7/2026 do Chủ tịch tỉnh vừa ký, Sở Y tế mua phao.",
        "Sở Y tế đã ban hành 12 kế hoạch về an toàn đường thủy.",
    ] {
        assert_eq!(told(&header(&format!("{text}\n\n1. Sở Y tế mua phao."))), "- | - | - | -", "{text}");
    }
}

#[test]
fn place_date_and_signature_may_stand_at_the_end() {
    let body = "KẾ HOẠCH\nSửa bến khách\n\n1. Tổ Văn phòng sơn lại bến.\n\n";
    let header = header(&format!("{body}Cồn Mây, ngày 28 tháng 4 năm 2026\n\nNơi nhận:\n- Lưu: VT.\n"));
    assert_eq!(header.date.map(|date| date.to_string()).as_deref(), Some("2026-04-28"));
    assert_eq!(header.place.as_deref(), Some("Cồn Mây"));
    let document = support::parse(&format!("{body}KT. GIÁM ĐỐC - PHÓ GIÁM ĐỐC Lê Thị Sậy (đã ký)\n"));
    let signer = document.header.signer.unwrap();
    assert_eq!(signer.name.as_deref(), Some("Lê Thị Sậy"));
    assert_eq!(
        (signer.position.as_deref(), signer.authority.as_slice()),
        (Some("PHÓ GIÁM ĐỐC"), &["KT. GIÁM ĐỐC".to_owned()][..])
    );
    assert!(document.nodes.iter().all(|node| !node.text.text().contains("GIÁM ĐỐC")));
}

#[test]
fn what_stands_beside_motto_and_summary_is_read_too() {
    for gap in ["\t", "          "] {
        let text = "VĂN PHÒNG BẾN ĐÒ~CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 126/VPBĐ-KTN~Độc lập - Tự do - Hạnh phúc\nV/v khai thác \
                    cát, sỏi trên sông~Tân Hải, ngày 24 tháng 8 năm 2026\nKính gửi: Sở Xây dựng.\nGiao Sở Xây dựng kiểm tra.";
        let header = header(&text.replace('~', gap));
        assert_eq!(told(&header), "CV | 126/VPBĐ-KTN | 2026-08-24 | VĂN PHÒNG BẾN ĐÒ");
        assert_eq!(header.place.as_deref(), Some("Tân Hải"));
        assert_eq!(header.subject.unwrap().text(), "V/v khai thác cát, sỏi trên sông");
    }
}
