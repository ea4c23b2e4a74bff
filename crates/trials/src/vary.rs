//! The same document written in other ways, which change nothing that it says.

use unicode_normalization::UnicodeNormalization as _;

/// Every other word decomposed, as text that was put together from two programs is.
pub fn mixed_forms(text: &str) -> String {
    let words = text.split_inclusive(' ').enumerate();
    words.map(|(at, word)| if at % 2 == 0 { word.nfd().collect() } else { word.nfc().collect::<String>() }).collect()
}

/// Open syllables with their tone on the other vowel: `hòa` as `hoà`, `thuỷ` as `thủy`.
pub fn other_tones(text: &str) -> String {
    const VOWELS: [(char, char); 3] = [('o', 'a'), ('o', 'e'), ('u', 'y')];
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{309}', '\u{303}', '\u{323}'];
    let letters: Vec<char> = text.nfd().collect();
    let at = |index: usize| letters.get(index).copied().unwrap_or(' ');
    let is_letter = |c: char| c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c);
    let mut out = String::with_capacity(text.len());
    let mut index = 0;
    while index < letters.len() {
        let pair = |one: char, two: char| VOWELS.contains(&(one.to_ascii_lowercase(), two.to_ascii_lowercase()));
        let onset_is_q = index > 0 && matches!(at(index - 1), 'q' | 'Q');
        let (a, b, c) = (at(index), at(index + 1), at(index + 2));
        let ends = !is_letter(at(index + 3));
        let movable = pair(a, c) && TONES.contains(&b) || pair(a, b) && TONES.contains(&c);
        if !onset_is_q && ends && movable {
            out.extend([a, c, b]);
            index += 3;
        } else {
            out.push(a);
            index += 1;
        }
    }
    out.nfc().collect()
}

/// Whether a line begins something of its own: an item, a heading, a row of a table, a labelled line.
fn begins(line: &str) -> bool {
    let line = line.trim_start();
    let first = line.split(' ').next().unwrap_or_default();
    line.is_empty()
        || line.starts_with(['|', '#', '-', '+', '*', '•', '–', '[', '<', '>'])
        || first.ends_with(['.', ')', ':'])
}

/// Long lines broken at `columns`; no line begins with what would be a marker, and two columns side by side stay so. `between` is put behind every twentieth line
/// so broken: nothing, a blank line, or a page number between blank lines.
pub fn wrapped(text: &str, columns: usize, between: &str) -> String {
    let mut out = String::new();
    let mut broken = 0;
    for line in text.lines() {
        let mut column = 0;
        let whole = line.starts_with(['|', '#']) || line.trim().contains("   ");
        for (at, word) in line.split(' ').enumerate() {
            let length = word.chars().count();
            let marker = begins(word) || word.chars().next().is_some_and(|c| c.is_ascii_digit());
            if at > 0 && !whole && column + length >= columns && !marker {
                out.push('\n');
                broken += 1;
                if broken % 20 == 0 {
                    out.push_str(&between.replace("{}", &(broken / 20 + 1).to_string()));
                }
                column = 0;
            } else if at > 0 {
                out.push(' ');
            }
            out.push_str(word);
            column += length + 1;
        }
        out.push('\n');
    }
    out
}

/// Bullets of one sign as another sign, at each line's head.
pub fn bullets(text: &str, from: char, to: &str) -> String {
    lines(text, |line| {
        let indent = line.len() - line.trim_start().len();
        let (blank, rest) = line.split_at(indent);
        match rest.strip_prefix(from).filter(|rest| rest.starts_with(' ')) {
            Some(rest) => format!("{blank}{to}{rest}"),
            None => line.to_owned(),
        }
    })
}

/// Headings and items of one level of figures (`1.`) in another form: `1)`, `**1.**`, `## 1.`.
///
/// A heading of Markdown is one line: where the words go on in the next line, it keeps its form.
pub fn numbers(text: &str, form: &str) -> String {
    let heading = form.starts_with('#');
    let next: Vec<&str> = text.lines().skip(1).chain([""]).collect();
    let at = std::cell::Cell::new(0);
    lines(text, |line| {
        let number = at.replace(at.get() + 1);
        if heading && !next.get(number).is_none_or(|next| begins(next)) {
            return line.to_owned();
        }
        let bare = line.trim_start_matches(['#', '*', ' ']);
        let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
        let Some(rest) =
            bare.get(digits..).and_then(|rest| rest.strip_prefix(". ")).filter(|_| (1..3).contains(&digits))
        else {
            return line.to_owned();
        };
        let number = &bare[..digits];
        // what Markdown marks as a whole keeps its marks
        if line.starts_with(['*', '#']) {
            return line.to_owned();
        }
        form.replace("{n}", number).replace("{rest}", rest)
    })
}

/// Every space doubled but those of an indent and of tables.
pub fn doubled_spaces(text: &str) -> String {
    lines(text, |line| {
        let indent = line.len() - line.trim_start().len();
        let (blank, rest) = line.split_at(indent);
        if rest.starts_with('|') { line.to_owned() } else { format!("{blank}{}", rest.replace(' ', "  ")) }
    })
}

/// Headings of letters and Roman figures (`II. NHIỆM VỤ`, `## II. Nhiệm vụ`) in capitals.
pub fn capitals(text: &str) -> String {
    lines(text, |line| {
        let bare = line.trim_start_matches(['#', '*', ' ']);
        let roman = bare.bytes().take_while(|b| b"IVX".contains(b)).count();
        if roman > 0 && bare[roman..].starts_with(". ") && bare.chars().count() < 120 {
            line.to_uppercase()
        } else {
            line.to_owned()
        }
    })
}

/// What portals write above a document, as a copy of the page's words has it.
const ABOVE: &str = "\
[Trang chủ](/) | [Giới thiệu](/gioi-thieu) | [Tin tức](/tin-tuc) | [Văn bản](/van-ban) | [Liên hệ](/lien-he)

Thứ Hai, 06/10/2031 | Đăng nhập | English

Trang chủ > Văn bản chỉ đạo điều hành

Chia sẻ Facebook | In trang | Cỡ chữ: A- A A+

Lượt xem: 1.204

";

/// The same as lines of their own, without marks of links: a copy by hand.
const ABOVE_BARE: &str = "\
Trang chủ
Giới thiệu
Tin tức - Sự kiện
Văn bản
Liên hệ
Đăng nhập

Trang chủ » Văn bản » Chi tiết

Chia sẻ
In trang
Lượt xem: 318

";

/// What portals write below a document.
const BELOW: &str = "

[Tải về tệp đính kèm](/files/77.pdf) (pdf, 482 KB)

Các tin khác

- [Thông báo lịch cắt điện tháng 10](/tin/1)
- [Tập huấn kỹ thuật nuôi ong cho hội viên](/tin/2)

Bản quyền thuộc Cổng thông tin điện tử. Ghi rõ nguồn khi phát lại thông tin.
";

/// The same as lines of their own.
const BELOW_BARE: &str = "

Chia sẻ
In trang
Quay lại

Tin liên quan
Khai mạc hội thi văn nghệ quần chúng (12/09/2031)
Lịch tiếp công dân tháng 10 (01/10/2031)

Số lượt truy cập: 5.120.338
Bản quyền thuộc Cổng thông tin điện tử.
Địa chỉ: số 1 đường Bờ Sông. Điện thoại: 0299 000 000
";

/// The document as it is copied from a portal, with the words of the page above and below; `links` are marked as Markdown does.
pub fn copied(text: &str, links: bool) -> String {
    let (above, below) = if links { (ABOVE, BELOW) } else { (ABOVE_BARE, BELOW_BARE) };
    format!("{above}{text}{below}")
}

/// The document's lines as paragraphs of a page: bare, or as a site shows it with menus, log-in form and copyright `around`.
pub fn page(text: &str, around: bool) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    let paragraphs: String =
        escaped.split("\n\n").map(|lines| format!("<p>{}</p>\n", lines.trim().replace('\n', "<br>\n"))).collect();
    let head = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Cổng thông tin</title></head><body>";
    if !around {
        return format!("{head}<div>{paragraphs}</div></body></html>");
    }
    let links: String = ["Trang chủ", "Giới thiệu", "Tin tức", "Văn bản", "Thủ tục hành chính", "Liên hệ"]
        .map(|name| format!("<li><a href='/x'>{name}</a></li>"))
        .concat();
    format!(
        "{head}<script>var a = 1;</script>\
        <header><nav><ul>{links}</ul></nav><form><label>Tên đăng nhập</label><input><button>Đăng nhập</button></form></header>\
        <div id='main'><div class='content'>{paragraphs}</div></div>\
        <aside><h3>Tin liên quan</h3><ul>{links}</ul></aside><footer><p>© 2031 Cổng thông tin. Giữ bản quyền.</p></footer></body></html>"
    )
}

fn lines(text: &str, change: impl Fn(&str) -> String) -> String {
    text.lines().map(|line| change(line) + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_move_and_come_back() {
        for (one, other) in [("hòa", "hoà"), ("ỦY", "UỶ"), ("thuỷ", "thủy"), ("khoẻ", "khỏe")] {
            assert_eq!(other_tones(one), other);
            assert_eq!(other_tones(other), one);
        }
        for same in ["hoàn", "quý", "quỹ", "toán", "của", "Nguyễn"] {
            assert_eq!(other_tones(same), same);
        }
    }

    #[test]
    fn forms_of_numbers() {
        assert_eq!(
            numbers("1. Việc\n12. Việc\n1.2. Việc\n", "**{n}.** {rest}"),
            "**1.** Việc\n**12.** Việc\n1.2. Việc\n"
        );
        assert_eq!(bullets("- a\n  - b\n-c\n", '-', "•"), "• a\n  • b\n-c\n");
    }
}
