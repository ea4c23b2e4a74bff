//! Paragraphs by the place of their lines on the page.

use nhiemvu_model::{Format, Line, Place, Source, Span};

/// The paragraphs of lines that all begin at one edge and fill their column; each with the blank above it, in points.
fn paragraphs(lines: &[(f32, &str)]) -> Vec<String> {
    let (mut text, mut placed, mut baseline) = (String::new(), Vec::new(), 60.0);
    for (gap, words) in lines {
        baseline += gap;
        let start = text.len();
        text.push_str(words);
        let place = Place { left: 57.0, right: 538.0, baseline, size: 14.0, page_width: 595.0, page_height: 842.0 };
        placed.push(Line { page: Some(1), place: Some(place), ..Line::body(Span::new(start, text.len())) });
        text.push('\n');
    }
    let (pages, diagnostics) = (Some(1), vec![]);
    let source = Source {
        format: Format::Pdf,
        text,
        lines: placed,
        pages,
        ocr: false,
        partial: false,
        diagnostics,
        written: None,
    };
    let document = nhiemvu_parser::parse(source);
    let words = document.nodes.iter().map(|node| node.text.text().to_owned());
    words.filter(|words| !words.is_empty()).collect()
}

/// Three lines of 17 points that surely belong together.
const ABOVE: [(f32, &str); 4] = [
    (17.0, "Trong thời gian qua, các bến thuyền trên sông đã được sửa chữa,"),
    (17.0, "lượng khách đi lại trên sông tăng nhanh trong khi phần lớn các bến"),
    (17.0, "được dựng tạm, thiếu cầu dẫn, thiếu áo phao và chưa có người trực"),
    (17.0, "vào ban đêm, nhất là vào những ngày nước lớn, những ngày lễ hội."),
];

fn below(gap: f32, first: &str, inner: f32, second: &str) -> Vec<String> {
    paragraphs(&[&ABOVE[..], &[(gap, first), (inner, second)]].concat())
}

#[test]
fn a_blank_wider_than_between_lines_parts_paragraphs() {
    let (first, second) = ("Sở Xây dựng lập danh sách các bến phải dỡ bỏ và các bến được giữ lại", "trong tháng sau.");
    let got = below(23.0, first, 17.0, second);
    assert_eq!(got.len(), 2, "{got:#?}");
    assert!(got[1].starts_with("Sở Xây dựng") && got[1].ends_with(second));
    // as far apart as all lines are, or hardly more, as below a raised mark
    for gap in [17.0, 18.5] {
        assert_eq!(below(gap, first, 17.0, second).len(), 1, "{gap}");
    }
}

#[test]
fn a_paragraph_of_one_line_is_measured_by_the_others() {
    let (first, second) =
        ("Giao Sở Y tế kiểm tra các bến thuyền hai bên bờ, báo cáo kết quả.", "Giao Công an tỉnh tuần tra.");
    assert_eq!(below(23.0, first, 23.0, second).len(), 3);
    assert_eq!(below(23.0, first, 17.0, second).len(), 2);
}

#[test]
fn a_sentence_that_has_not_ended_goes_on_below_a_blank() {
    // a mark or a letter of another font moves the line; a small letter goes on whatever the blank is
    let first = "Giao Công an tỉnh phối hợp với Ủy ban nhân dân các xã ven sông và";
    assert_eq!(below(17.0, first, 22.0, "Sở Xây dựng tuần tra.").len(), 1);
    assert_eq!(below(17.0, first, 30.0, "các sở tuần tra.").len(), 1);
}
