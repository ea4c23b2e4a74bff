//! Web pages and Markdown.

use super::{Row, Scale, Want};

const NOTICE: &str = "<p>THÔNG BÁO</p><p>1. Sở Tài chính lập dự toán bến thuyền trước ngày 15/5/2031.</p>";

pub(super) const FILES: &[Row] = &[
    ("html-div-long.html", Want::Result, deep),
    ("html-bang-long.html", Want::Result, deep_tables),
    ("html-o-rong.html", Want::Result, wide_cells),
    ("html-thuoc-tinh.html", Want::Result, attributes),
    ("html-thuc-the.html", Want::Result, entities),
    ("html-ghi-chu-ho.html", Want::Result, open_comment),
    ("html-kich-ban.html", Want::Result, scripts),
    ("html-dinh-dang-long.html", Want::Result, formatting),
    ("html-mot-dong.html", Want::Result, one_line),
    ("md-sao.md", Want::Result, stars),
    ("md-ngoac.md", Want::Result, brackets),
    ("md-gach-dung.md", Want::Result, bars),
    ("md-trich-long.md", Want::Result, quotes),
    ("md-danh-sach-long.md", Want::Result, lists),
    ("md-cong-thuc.md", Want::Result, math),
    ("md-the-html.md", Want::Result, tags),
];

fn page(inner: &str) -> Vec<u8> {
    format!("<html><body>{NOTICE}{inner}</body></html>").into_bytes()
}

fn deep(scale: Scale) -> Vec<u8> {
    page(&format!("{}x", "<div>".repeat(scale.pick(8_000, 1_000_000))))
}

fn deep_tables(scale: Scale) -> Vec<u8> {
    page(&format!("{}x", "<table><tr><td>".repeat(scale.pick(3_000, 200_000))))
}

fn wide_cells(scale: Scale) -> Vec<u8> {
    let row = "<tr><td rowspan=65534 colspan=1000>a</td><td colspan=4294967295 rowspan=99999999999>b</td></tr>";
    page(&format!("<table>{}</table>", row.repeat(scale.pick(200, 5_000))))
}

fn attributes(scale: Scale) -> Vec<u8> {
    let many: String = (0..scale.pick(4_000, 500_000)).map(|n| format!("a{n}=\"{n}\" ")).collect();
    page(&format!("<p {many}>x</p>"))
}

fn entities(scale: Scale) -> Vec<u8> {
    page(&"<p>&#0;&#x110000;&#xD800;&#99999999999999;&nbsp;&bogus;&#x202E;</p>".repeat(scale.pick(600, 300_000)))
}

fn open_comment(scale: Scale) -> Vec<u8> {
    page(&"<!-- <p <!-- ".repeat(scale.pick(10_000, 2_000_000)))
}

fn scripts(_: Scale) -> Vec<u8> {
    page(
        "<script>alert(1)</script><img src=x onerror=alert(2)><p onclick=\"alert(3)\">&lt;script&gt;alert(4)&lt;/script&gt;\
        <a href=\"javascript:alert(5)\">1. Sở Y tế báo cáo trước ngày 1/6/2031.</a></p><iframe src=\"http://example.org\"></iframe>",
    )
}

fn formatting(scale: Scale) -> Vec<u8> {
    // what the standard's adoption agency has to put right
    page(&"<b><p><i><a><font>x</b></i>".repeat(scale.pick(1_000, 50_000)))
}

fn one_line(scale: Scale) -> Vec<u8> {
    page(&format!("<p>{}</p>", "lập dự toán bến thuyền ".repeat(scale.pick(4_000, 1_000_000))))
}

fn lines(inner: &str) -> Vec<u8> {
    format!("# THÔNG BÁO\n\n1. Sở Tài chính lập dự toán bến thuyền trước ngày 15/5/2031.\n\n{inner}\n").into_bytes()
}

fn stars(scale: Scale) -> Vec<u8> {
    let count = scale.pick(200_000, 20_000_000);
    lines(&format!("{}\n\n{}", "*".repeat(count), "**a *b ***c _d __e ".repeat(count / 40)))
}

fn brackets(scale: Scale) -> Vec<u8> {
    let count = scale.pick(20_000, 10_000_000);
    lines(&format!("{}\n\n{}\n\n{}", "[".repeat(count), "![a](".repeat(count / 8), "(".repeat(count)))
}

fn bars(scale: Scale) -> Vec<u8> {
    let count = scale.pick(20_000, 5_000_000);
    lines(&format!("{}\n{}\n{}", "|".repeat(count), "|-".repeat(count / 2), "|a".repeat(count / 2)))
}

fn quotes(scale: Scale) -> Vec<u8> {
    lines(&format!("{} x", "> ".repeat(scale.pick(100_000, 5_000_000))))
}

fn lists(scale: Scale) -> Vec<u8> {
    let depth = scale.pick(300, 4_000);
    lines(&(0..depth).map(|level| format!("{}- việc {level}\n", "  ".repeat(level))).collect::<String>())
}

fn math(scale: Scale) -> Vec<u8> {
    let count = scale.pick(30_000, 1_000_000);
    lines(&format!("${}$\n\n{}", "{^".repeat(count), "$\\frac{1}{".repeat(count / 4)))
}

fn tags(scale: Scale) -> Vec<u8> {
    let count = scale.pick(4_000, 1_000_000);
    lines(&format!("{}{}", "<b>".repeat(count), "<br><sup><!-- ".repeat(count / 4)))
}
