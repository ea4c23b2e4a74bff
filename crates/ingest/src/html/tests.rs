use nhiemvu_model::{LineRole, Source};

use super::*;

fn source(html: &str) -> Source {
    super::read(html, &Limits::default()).unwrap()
}

fn lines(html: &str) -> Vec<String> {
    crate::shown::lines(&source(html))
}

#[test]
fn paragraphs_headings_and_white_space() {
    let page = "<html><body><h2>KẾ  HOẠCH</h2>\n<p>Ủy ban\n  nhân dân&nbsp;xã <span>An</span></p>chữ rời<div>khối<p>trong</div></body>";
    assert_eq!(lines(page), ["H2 [b:KẾ HOẠCH]", "P Ủy ban nhân dân xã An", "P chữ rời", "P khối", "P trong"]);
}

#[test]
fn emphasis_by_tag_style_and_class() {
    let page = "<style>.c1{font-weight:700} span.x{font-style:italic}</style><p><b>một</b> <em>hai</em> <span style='font-weight:bold'>ba</span> \
        <span class='c1 y'>bốn</span> <span class=x>năm</span> <b>sáu <span style='font-weight:normal'>bảy</span></b> tám<sup>1</sup></p>";
    assert_eq!(lines(page), ["P [b:một] [i:hai] [b:ba bốn] [i:năm] [b:sáu] bảy tám[s:1]"]);
}

#[test]
fn hand_made_line_breaks_are_lines_of_the_body() {
    assert_eq!(
        lines("<p>Nơi nhận:<br>- Xã An;<br/>- Lưu.</p><p>một<br>hai</p><p>ba"),
        ["B Nơi nhận:", "B - Xã An;", "B - Lưu.", "B ", "B một", "B hai", "P ba"]
    );
}

#[test]
fn lists_get_the_markers_that_a_browser_shows() {
    let page = "<ol start=3><li>ba<li><b>bốn</b><ul><li>gạch</ul></ol><ol type=a><li>chữ<li value=5>e</ol><ol type=I><li>la mã</ol><ul style='list-style:none'><li>+ cộng</ul>";
    assert_eq!(lines(page), ["P 3. ba", "P 4. [b:bốn]", "P - gạch", "P a. chữ", "P e. e", "P I. la mã", "P + cộng"]);
}

#[test]
fn tables_with_spans() {
    let page = "<table><thead><tr><th>TT<th>Việc<th>Ai</tr></thead><tr><td rowspan=2>1<td>a<td><p>X</p><p>Y</p><tr><td>b<td>Z<tr><td colspan=2>gộp<td></table>";
    assert_eq!(lines(page), ["R0h [b:TT] | [b:Việc] | [b:Ai]", "R0 1 | a | X Y", "R0  | b | Z", "R0 gộp | "]);
    let source = source(page);
    let grid: Vec<Vec<_>> = source
        .lines
        .iter()
        .map(|line| {
            let LineRole::Row(row) = &line.role else { panic!("a row") };
            row.cells.iter().map(|cell| (cell.column, cell.columns, cell.merged_up, cell.paragraphs.len())).collect()
        })
        .collect();
    assert_eq!(grid[1], [(0, 1, false, 0), (1, 1, false, 0), (2, 1, false, 2)]);
    assert_eq!(grid[2], [(0, 1, true, 0), (1, 1, false, 0), (2, 1, false, 0)]);
    assert_eq!(grid[3], [(0, 2, false, 0), (2, 1, false, 0)]);
}

#[test]
fn a_table_that_lays_out_the_page_is_no_table() {
    let page = "<table><tr><td><p>KẾ HOẠCH</p><table><tr><td>1<td>2</table></table>";
    assert_eq!(lines(page), ["P KẾ HOẠCH", "R0 1 | 2"]);
}

#[test]
fn tables_in_cells_come_behind_the_table_around_them() {
    let inner = "<table><tr><th>TT<th>Việc<tr><td>1<td>Đo</table>";
    let page =
        format!("<table><tr><td>a<td>trên {inner} dưới<tr><td>b<td>c <table><tr><td>d<td>e</table></table><p>xong");
    assert_eq!(lines(&page), ["R0 a | trên dưới", "R0 b | c d e", "R1h [b:TT] | [b:Việc]", "R1 1 | Đo", "P xong"]);
}

#[test]
fn the_document_is_found_in_a_portal() {
    let document = "<table><tr><td>UBND XÃ AN<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</table><p>1. Giao Sở Y tế.</p><table><tr><td>Nơi nhận:<br>- Lưu.<td>CHỦ TỊCH</table><p>PHỤ LỤC</p>";
    let page = format!(
        "<nav>Trang chủ</nav><div>Đăng nhập để xem <a href=x>văn bản liên quan</a></div><div><div>{document}</div></div><div>{}</div><footer>Bản quyền</footer>",
        "Thông báo của trang. ".repeat(200)
    );
    let got = lines(&page);
    assert_eq!(
        got,
        [
            "R0 UBND XÃ AN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "P 1. Giao Sở Y tế.",
            "R1 Nơi nhận: - Lưu. | CHỦ TỊCH",
            "P PHỤ LỤC"
        ]
    );
}

#[test]
fn a_page_without_portal_signs_is_taken_whole() {
    let page = format!("<div>UBND XÃ AN</div><div>{}</div><div>Nơi nhận</div>", "Nội dung dài. ".repeat(100));
    assert_eq!(lines(&page).len(), 3);
}

#[test]
fn scripts_hidden_parts_and_controls_are_no_text() {
    let page = "<script>if (a < b) x()</script><style>p{}</style><p>chữ</p><p hidden>ẩn</p><p style='display:none'>ẩn</p><button>Gửi</button><!-- ghi -->";
    assert_eq!(lines(page), ["P chữ"]);
    assert_eq!(super::read("<script>x</script>", &Limits::default()), Err(IngestError::NoText));
}

#[test]
fn footnotes_as_word_writes_them() {
    let page = "<p>Chương trình<a href='#_ftn1'>[1]</a> số 5</p><div id='ftn1'><p><a href='#_ftnref1'>[1]</a> Theo kế hoạch.</p></div>";
    assert_eq!(lines(page), ["P Chương trình[s:[1]] số 5", "N1 [1] Theo kế hoạch."]);
}

#[test]
fn nesting_beyond_measure_costs_no_more_than_its_length() {
    let deep = format!("{}chữ{}", "<div>".repeat(50_000), "</div>".repeat(50_000));
    assert_eq!(lines(&deep), ["P chữ"]);
    let open = format!("{}chữ", "<b><p><table><tr><td>".repeat(20_000));
    assert!(source(&open).text.contains("chữ"));
}

#[test]
fn a_page_that_breaks_off_says_so() {
    let cut = [
        "<html><body><div><p>Giao Sở Y tế</p><p>báo cáo trước",
        "<div><table><tr><td>Sở Y tế",
        "<p>Sở Y tế</p><b>Sở",
        "<p>Sở Y tế<script>var a = '",
    ];
    for page in cut {
        let source = source(page);
        assert!(source.partial && source.diagnostics[0].code == nhiemvu_model::WarningCode::Damaged, "{page}");
    }
    // what HTML lets out, and what authors forget in a page that goes to its end
    for page in
        ["<p>Sở Y tế<p>Sở Tài chính", "<body><div><p>Sở Y tế</body>", "<ul><li>Sở Y tế</ul>", "<div><p>Sở Y tế</div>"]
    {
        assert!(source(page).diagnostics.is_empty() && !source(page).partial, "{page}");
    }
}
