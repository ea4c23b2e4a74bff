use nhiemvu_model::{LineRole, Source};

use super::*;

fn source(text: &str) -> Source {
    super::read(text, &Limits::default()).unwrap()
}

fn text(markdown: &str) -> String {
    let text = source(markdown).text;
    text.strip_suffix('\n').unwrap_or(&text).to_owned()
}

/// The text with its runs in brackets: `[b:…]`, `[i:…]`, `[bi:…]`, `[s:…]`.
fn styled(markdown: &str) -> String {
    let source = source(markdown);
    let mut out = source.text.clone();
    for run in source.lines.iter().rev().flat_map(|line| line.styles.iter().rev()) {
        let kind: String =
            [(run.bold, 'b'), (run.italic, 'i'), (run.superscript, 's')].iter().filter(|k| k.0).map(|k| k.1).collect();
        out.insert(run.span.end, ']');
        out.insert_str(run.span.start, &format!("[{kind}:"));
    }
    out.trim_end_matches('\n').to_owned()
}

fn check(cases: &[(&str, &str)]) {
    for (markdown, want) in cases {
        assert_eq!(styled(markdown), *want, "{markdown:?}");
    }
}

#[test]
fn emphasis() {
    check(&[
        ("**đậm** và *nghiêng*", "[b:đậm] và [i:nghiêng]"),
        ("***cả hai***", "[bi:cả hai]"),
        ("**đậm *và nghiêng* nữa**", "[b:đậm] [bi:và nghiêng] [b:nữa]"),
        ("__đậm__ và _nghiêng_", "[b:đậm] và [i:nghiêng]"),
        ("(*xem phụ lục*)", "([i:xem phụ lục])"),
        ("~~bỏ~~", "bỏ"),
    ]);
}

#[test]
fn emphasis_as_converters_write_it() {
    check(&[
        // over a line break, closed after a space
        ("**1.\nMục tiêu: **Xây mới", "[b:1.]\n[b:Mục tiêu:] Xây mới"),
        // closed and opened again in one run
        ("**Điều 1.**** **Phạm vi", "[b:Điều 1.] Phạm vi"),
        ("**Các xã****: **Rà soát", "[b:Các xã:] Rà soát"),
        ("**- **Rà soát\nlại", "[b:-] Rà soát\nlại"),
        ("một\n\n** **\nhai", "một\n\n\nhai"),
        ("*- Đơn vị*: Xã An", "[i:- Đơn vị]: Xã An"),
        ("**\nTRANG TIN** và **\nTRANG TIN**", "\n[b:TRANG TIN] và\n[b:TRANG TIN]"),
        ("*Chú thích: *\nđọc kỹ", "[i:Chú thích:]\nđọc kỹ"),
        ("**TM. ỦY BAN  \nKT. CHỦ TỊCH**", "[b:TM. ỦY BAN]\n[b:KT. CHỦ TỊCH]"),
        ("**5. Sở Y tế:****", "[b:5. Sở Y tế:]"),
    ]);
}

#[test]
fn stars_and_underscores_that_are_text() {
    check(&[
        ("Ghi chú (*): tính từ 2031", "Ghi chú (*): tính từ 2031"),
        ("Tổng số* và tỷ lệ*", "Tổng số* và tỷ lệ*"),
        ("*", "*"),
        ("\\*", "*"),
        ("5*3 bằng 15, 4*2 bằng 8", "5*3 bằng 15, 4*2 bằng 8"),
        ("chỉ số VN_AQI và khu_vuc_a", "chỉ số VN_AQI và khu_vuc_a"),
        ("Số: ____/KH-UBND", "Số: ____/KH-UBND"),
        ("*Ghi chú: số liệu tạm tính", "*Ghi chú: số liệu tạm tính"),
        ("_ trình Bộ. _", "_ trình Bộ. _"),
        ("**Chưa đóng", "Chưa đóng"),
    ]);
}

#[test]
fn what_one_item_leaves_open_does_not_reach_the_next() {
    check(&[
        ("- **Chủ trì: Xã A\n- Phối hợp: **Xã B** và Xã C", "- Chủ trì: Xã A\n- Phối hợp: [b:Xã B] và Xã C"),
        ("**- một\n- hai**", "[b:- một]\n[b:- hai]"),
        ("* *một*\n* **hai**\n+ ba", "* [i:một]\n* [b:hai]\n+ ba"),
    ]);
}

#[test]
fn markers_of_the_document_stay() {
    for line in [
        "1. Một",
        "3. Ba",
        "a) Một",
        "đ) Năm",
        "- gạch",
        "+ cộng",
        "* sao",
        "1.1. Tiểu mục",
        "    - thụt vào",
        "I- PHẦN",
        "(1) Một",
    ] {
        assert_eq!(text(&format!("x\n{line}")), format!("x\n{line}"));
    }
    assert_eq!(text("x\n*   **a) Tại xã:**\n    *   Đã lập"), "x\n* a) Tại xã:\n    * Đã lập");
    assert_eq!(text("x\n1\\. Một \\- hai"), "x\n1. Một - hai");
}

#[test]
fn headings() {
    let source = source("# MỘT\n##2. Hai\n      ## **Ba** ##\n#hashtag\n#\n####### bảy\nA\n===");
    let roles: Vec<_> = source.lines.iter().map(|line| (line.text(&source.text), &line.role)).collect();
    assert_eq!(
        roles,
        [
            ("MỘT", &LineRole::Heading(1)),
            ("2. Hai", &LineRole::Heading(2)),
            ("Ba", &LineRole::Heading(2)),
            ("#hashtag", &LineRole::Body),
            ("", &LineRole::Body),
            ("####### bảy", &LineRole::Body),
            ("A", &LineRole::Body),
            ("===", &LineRole::Furniture),
        ]
    );
}

#[test]
fn formulas_entities_links_pictures_tags() {
    for (markdown, want) in [
        (r"Có  $\geq 30\%$  hộ dân", "Có ≥ 30% hộ dân"),
        (r"từ \(\leq 5\) ngày", "từ ≤ 5 ngày"),
        ("giá $100 và $200", "giá $100 và $200"),
        ("Sở&nbsp;Y tế &amp; Sở Nội vụ; VPUB: &CN", "Sở Y tế & Sở Nội vụ; VPUB: &CN"),
        ("xem [Nghị quyết 5](https://a.vn/b(1).html)[1]", "xem Nghị quyết 5[1]"),
        ("![](_page_0_Picture_1.jpeg)x ![dấu](a.png)", "x"),
        ("một<br>hai<BR/>ba", "một\nhai\nba"),
        ("<span id=\"p1\"></span><u>gạch</u> <Nội dung> 5 < 6", "gạch <Nội dung> 5 < 6"),
        ("xem <https://a.vn/x>", "xem https://a.vn/x"),
        ("chạy `nhiemvu text` rồi ` thôi", "chạy nhiemvu text rồi ` thôi"),
        ("a <!-- ghi\nchú --> b", "a  b"),
        ("> trích dẫn\n> 90% hộ", "trích dẫn\n> 90% hộ"),
        ("dòng một\\\ndòng hai", "dòng một\ndòng hai"),
        ("\\ lạc \\", "\\ lạc \\"),
        ("```\n1. Một\n```", "\n1. Một\n"),
    ] {
        assert_eq!(text(markdown), want, "{markdown:?}");
    }
    check(&[
        ("Chương trình<sup>1</sup> và Kế hoạch[^2] và $^{3}$", "Chương trình[s:1] và Kế hoạch[s:2] và [s:3]"),
        ("<b>một</b> <i>hai</i>", "[b:một] [i:hai]"),
    ]);
}

#[test]
fn footnotes_and_front_matter_and_rules() {
    let source = source(
        "---\ntitle: \"Tờ 1\"\n---\n\nNội dung[^1].\n\n[^1]: Theo *Kế hoạch* 5.\n-------\n--- PAGE BREAK ---\n2\n",
    );
    let roles: Vec<_> =
        source.lines.iter().map(|line| (line.text(&source.text), line.role.clone(), line.page)).collect();
    let body = |text, page| (text, LineRole::Body, Some(page));
    let furniture = |text| (text, LineRole::Furniture, Some(1));
    assert_eq!(
        roles,
        [
            furniture("---"),
            furniture("title: \"Tờ 1\""),
            furniture("---"),
            body("", 1),
            body("Nội dung1.", 1),
            body("", 1),
            ("Theo Kế hoạch 5.", LineRole::Footnote("1".to_owned()), Some(1)),
            furniture("-------"),
            furniture("--- PAGE BREAK ---"),
            body("2", 2),
        ]
    );
    assert_eq!(source.pages, Some(2));
}

/// Rows as (table, head, cells, paragraphs of each cell).
fn rows(markdown: &str) -> Vec<(u32, bool, Vec<String>, Vec<usize>)> {
    let source = source(markdown);
    let text = &source.text;
    let rows = source.lines.iter().filter_map(|line| match &line.role {
        LineRole::Row(row) => Some((line, row)),
        _ => None,
    });
    rows.map(|(line, row)| {
        assert_eq!(line.text(text).split('\t').count(), row.cells.len());
        let cells = row.cells.iter().map(|cell| cell.span.slice(text).to_owned()).collect();
        (row.table, row.head, cells, row.cells.iter().map(|cell| cell.paragraphs.len()).collect())
    })
    .collect()
}

fn cells(row: &[&str]) -> Vec<String> {
    row.iter().map(|cell| (*cell).to_owned()).collect()
}

#[test]
fn pipe_tables() {
    let rows = rows(
        "| TT | Việc | Ai |\n|---|:--:|---:|\n| **I** | **Mở rộng** | |\n| 1 | a\\|b<br>- c | Xã &amp; X |\n|2|x|\n| 3 | một | hai | thừa |\n",
    );
    let want = [
        (0, true, cells(&["TT", "Việc", "Ai"]), vec![0, 0, 0]),
        (0, false, cells(&["I", "Mở rộng", ""]), vec![0, 0, 0]),
        (0, false, cells(&["1", "a|b - c", "Xã & X"]), vec![0, 2, 0]),
        (0, false, cells(&["2", "x"]), vec![0, 0]),
        (0, false, cells(&["3", "một", "hai", "thừa"]), vec![0, 0, 0, 0]),
    ];
    assert_eq!(rows, want);
}

#[test]
fn tables_without_outer_bars_without_delimiter_and_with_broken_rows() {
    assert_eq!(rows("A | B\n--- | ---\n1 | 2\n\nx").len(), 2);
    assert_eq!(rows("| 1 | Một | Xã A |\n| 2 | Hai | Xã B |\n").len(), 2);
    let broken = rows("| TT | Việc | Ai |\n|--|--|--|\n| 1 | Lập\nkế hoạch | Xã A |\n| 2 | Hai | Xã B |\n");
    assert_eq!(broken[1].2, cells(&["1", "Lập kế hoạch", "Xã A"]));
    assert_eq!(broken[1].3, [0, 2, 0]);
    assert_eq!(broken[2].2, cells(&["2", "Hai", "Xã B"]));
    // blank lines inside a table do not make it two
    let parted = rows("| A | B |\n|--|--|\n| 1 | 2 |\n\n| 3 | 4 |\n\nchữ\n\n| 5 | 6 |\n");
    assert_eq!(parted.iter().map(|row| row.0).collect::<Vec<_>>(), [0, 0, 0, 1]);
}

#[test]
fn html_tables_in_markdown() {
    let rows = rows(
        "## Bảng\n<table>\n<tr><th>TT</th><th>Việc</th></tr>\n<tr><td rowspan=\"2\">1</td><td>a<br>b</td></tr>\n<tr><td>c</td></tr>\n</table>\nchữ\n| 1 | 2 |\n",
    );
    let want = [
        (0, true, cells(&["TT", "Việc"]), vec![0, 0]),
        (0, false, cells(&["1", "a b"]), vec![0, 2]),
        (0, false, cells(&["", "c"]), vec![0, 0]),
        (1, false, cells(&["1", "2"]), vec![0, 0]),
    ];
    assert_eq!(rows, want);
}

#[test]
fn flattened_tables_stay_lines() {
    let markdown = "|\n**ỦY BAN NHÂN DÂN\nXÃ AN**\n-------\n|\n**CỘNG HÒA**\n|\n||\n|\n";
    assert_eq!(styled(markdown), "|\n[b:ỦY BAN NHÂN DÂN]\n[b:XÃ AN]\n-------\n|\n[b:CỘNG HÒA]\n|\n||\n|");
}

#[test]
fn recognition() {
    for yes in [
        "**Điều 1.** x",
        "x\n## Hai",
        "| a | b |\n|---|---|",
        "---\ntitle: x\n---\ny",
        r"có $\geq 3$ xã",
        "**Mở\nđóng**",
    ] {
        assert!(is_markdown(yes), "{yes}");
    }
    for no in [
        "KẾ HOẠCH\n\n- một\n* hai",
        "a | b",
        "# 1 việc",
        "(**) ghi chú",
        "Số: ____",
        "Tổng ** tạm tính",
        "-------\nx",
        "a ** b ** c",
    ] {
        assert!(!is_markdown(no), "{no}");
    }
}

#[test]
fn plain_text_gives_the_same_lines_either_way() {
    let plain = "  BÁO CÁO\n\n-------\n1. Một (*)\n   a) hai  ba\n- bốn;\n\u{C}5\n\nSố: ___/BC\n";
    let markdown = super::read(plain, &Limits::default()).unwrap();
    let text = crate::text::read(plain, &Limits::default()).unwrap();
    assert_eq!((markdown.text, markdown.lines, markdown.pages), (text.text, text.lines, text.pages));
}

/// The rows of all tables: each cell as `column+columns`, `^` where it is merged with the one above, and its paragraphs.
fn grid(markdown: &str) -> Vec<String> {
    let source = source(markdown);
    let rows = source.lines.iter().filter_map(|line| match &line.role {
        LineRole::Row(row) => Some(row),
        _ => None,
    });
    rows.map(|row| {
        let cell = |cell: &nhiemvu_model::Cell| {
            let one = [cell.span];
            let spans = if cell.paragraphs.is_empty() { &one[..] } else { &cell.paragraphs };
            let words: Vec<&str> = spans.iter().map(|p| &source.text[p.start..p.end]).collect();
            let up = if cell.merged_up { "^" } else { "" };
            format!("{}+{}{up} {}", cell.column, cell.columns, words.join("/"))
        };
        let cells: Vec<String> = row.cells.iter().map(cell).collect();
        format!("{}{}", if row.head { "# " } else { "" }, cells.join(" | "))
    })
    .collect()
}

#[test]
fn grid_tables() {
    let table = "\
+-----+----------------------+------------------+
| TT  | **Nội dung**         | Thời gian        |
+:===:+======================+==================+
| 1   | Rà soát quy hoạch    | trước ngày       |
|     | bến thủy             | 15/5/2026        |
|     |                      |                  |
|     | - Sản phẩm: báo cáo  |                  |
+-----+----------------------+------------------+
| 2   | Lập kế hoạch                            |
+-----+----------------------+------------------+
";
    assert_eq!(
        grid(table),
        [
            "# 0+1 TT | 1+1 Nội dung | 2+1 Thời gian",
            "0+1 1 | 1+1 Rà soát quy hoạch bến thủy/- Sản phẩm: báo cáo | 2+1 trước ngày 15/5/2026",
            "0+1 2 | 1+2 Lập kế hoạch",
        ]
    );
}

#[test]
fn grid_tables_with_cells_merged_downwards() {
    let table = "  +----------+---------------------+
  | Sở Y tế  | Rà soát A + B       |
  |          +---------------------+
  | tỉnh     | Báo cáo             |
  +----------+---------------------+
";
    let want = ["0+1 Sở Y tế tỉnh | 1+1 Rà soát A + B", "0+1^  | 1+1 Báo cáo"];
    assert_eq!(grid(&format!("Bảng\n\n{table}")), want);
}

#[test]
fn a_border_alone_is_no_grid() {
    assert_eq!(grid("+-----+\nchữ\n+-----+\n"), Vec::<String>::new());
    assert!(is_markdown("+------------+\n| a | b |\n+------------+\n"));
    assert!(!is_markdown("+ Rà soát\n+-----+\n"));
}
