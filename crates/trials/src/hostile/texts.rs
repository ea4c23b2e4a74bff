//! Plain text.

use super::{Row, Scale, Want};

const NOTICE: &str = "THÔNG BÁO\n\n1. Sở Tài chính lập dự toán bến thuyền trước ngày 15/5/2031.\n";

pub(super) const FILES: &[Row] = &[
    ("txt-rong.txt", Want::Error(&["empty"]), |_| Vec::new()),
    ("txt-trang.txt", Want::Error(&["empty"]), |_| b" \r\n\t\n\xEF\xBB\xBF".to_vec()),
    ("txt-byte-khong.txt", Want::Error(&["unknown-format"]), |_| vec![0; 4096]),
    ("txt-nhi-phan.txt", Want::Error(&["unknown-format"]), |_| (0..8192).map(|n: u32| (n % 31) as u8).collect()),
    ("txt-dieu-khien.txt", Want::Result, controls),
    ("txt-hai-chieu.txt", Want::Result, bidi),
    ("txt-dau-chong.txt", Want::Result, marks),
    ("txt-mot-dong.txt", Want::Either, one_line),
    ("txt-gach-dau-dong.txt", Want::Either, bullets),
    ("txt-so-dai.txt", Want::Result, digits),
    ("txt-ngay-vo-ly.txt", Want::Result, absurd_dates),
    ("txt-la-ma.txt", Want::Result, numerals),
    ("txt-utf16-le.txt", Want::Either, lone_surrogates),
    ("txt-utf8-hong.txt", Want::Warned("undecodable-bytes"), broken_utf8),
    ("txt-mo-ngoac.txt", Want::Result, brackets),
    ("txt-ten-dai.txt", Want::Result, names),
    ("txt-truong.txt", Want::Result, fields),
    ("txt-can-cu.txt", Want::Result, bases),
];

fn text(more: &str) -> Vec<u8> {
    format!("{NOTICE}{more}\n").into_bytes()
}

fn controls(scale: Scale) -> Vec<u8> {
    let line = "2. Sở Y tế\u{1b}]0;tên\u{7} báo\u{8}\u{8} cáo\u{b}\u{c} trước\u{85} ngày\u{2028} 1/6/2031.\u{1b}[2J\n";
    let filler = "- Căn cứ tình hình thực tế tại các bến thuyền của xã, giữ nguyên nội dung đã thống nhất.\n";
    text(&format!("{line}{filler}").repeat(scale.pick(100, 10_000)))
}

fn bidi(scale: Scale) -> Vec<u8> {
    text(
        &"3. \u{202e}Sở\u{202c} \u{200b}Y\u{200d} t\u{feff}ế \u{2066}báo\u{2069} cá\u{ad}o\u{2060} trước ngày 1/6/2031.\n"
            .repeat(scale.pick(200, 20_000)),
    )
}

fn marks(scale: Scale) -> Vec<u8> {
    text(&format!("4. Sở Y te{} báo cáo.", "\u{301}\u{323}\u{302}".repeat(scale.pick(30_000, 2_000_000))))
}

fn one_line(scale: Scale) -> Vec<u8> {
    let length = scale.pick(100 << 10, 500 << 20);
    let words = "Sở Tài chính chủ trì, phối hợp với Sở Y tế lập dự toán trước ngày 15/5/2031; ";
    let mut line = "5. ".to_owned() + &words.repeat(length / words.len());
    line.push('\n');
    line.into_bytes()
}

fn bullets(scale: Scale) -> Vec<u8> {
    text(&"- Sở Y tế báo cáo kết quả.\n".repeat(scale.pick(3_000, 1_000_000)))
}

fn digits(scale: Scale) -> Vec<u8> {
    let count = scale.pick(20_000, 10_000_000);
    text(&format!("6. Sở Y tế báo cáo trước ngày {0}/{0}/{0}, đạt {0}%.\n{0}.{0}", "9".repeat(count)))
}

fn absurd_dates(_: Scale) -> Vec<u8> {
    let dates =
        ["31/02/2031", "00/00/0000", "99/99/9999", "29/2/2031", "1/1/-5", "15/5/20311", "trước quý IX/2031", "25h61"];
    text(&dates.map(|day| format!("7. Sở Y tế báo cáo trước ngày {day}, từ 30/12/2031 đến 1/1/2030.")).join("\n"))
}

fn numerals(scale: Scale) -> Vec<u8> {
    text(&format!("{}. Sở Y tế báo cáo.", "I".repeat(scale.pick(100_000, 5_000_000))))
}

fn lone_surrogates(scale: Scale) -> Vec<u8> {
    let units = std::iter::once(0xFEFF)
        .chain("Sở Y tế báo cáo. ".repeat(scale.pick(500, 50_000)).encode_utf16().collect::<Vec<_>>());
    units.flat_map(|unit: u16| [unit, 0xD800]).flat_map(u16::to_le_bytes).collect()
}

fn broken_utf8(_: Scale) -> Vec<u8> {
    let mut bytes = text(&"8. Sở Y tế báo cáo kết quả kiểm tra.\n".repeat(40));
    bytes.extend(b"\xC3\x28 \xFF\xFE \xE1\xBB \xF0\x9F");
    bytes
}

fn brackets(scale: Scale) -> Vec<u8> {
    let count = scale.pick(10_000, 5_000_000);
    text(&format!("9. Sở Y tế {} báo cáo {}.", "(“[".repeat(count), "; (".repeat(count)))
}

fn names(scale: Scale) -> Vec<u8> {
    text(&format!(
        "10. Các Sở: {}Y tế báo cáo.",
        "Tài chính, Ủy ban nhân dân các xã, ".repeat(scale.pick(600, 300_000))
    ))
}

fn fields(scale: Scale) -> Vec<u8> {
    text(&"Đơn vị chủ trì: Đơn vị phối hợp: Thời gian: Sản phẩm: \n".repeat(scale.pick(600, 200_000)))
}

fn bases(scale: Scale) -> Vec<u8> {
    text(&"Căn cứ Quyết định số 1/QĐ-UBND ngày 1/1/2031 của ".repeat(scale.pick(600, 200_000)))
}
