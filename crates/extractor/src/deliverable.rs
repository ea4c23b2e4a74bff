//! What comes out of a task, read from its own words: the noun phrase behind a verb that makes documents
//! (`xây dựng Kế hoạch …`, `trình … ban hành Quyết định …`).

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use nhiemvu_model::Deliverable;
use nhiemvu_text::fold;

use crate::draft::Draft;

/// Verbs that make a document or a thing.
const VERBS: [&str; 24] = [
    "xây dựng",
    "ban hành",
    "phê duyệt",
    "trình",
    "lập",
    "hoàn thiện",
    "dự thảo",
    "soạn thảo",
    "tham mưu",
    "biên soạn",
    "sửa đổi",
    "bổ sung",
    "hoàn thành",
    "cập nhật",
    "công bố",
    "thành lập",
    "ký kết",
    "rà soát",
    "đề xuất",
    "hoàn chỉnh",
    "chuẩn bị",
    "thẩm định",
    "tổng hợp",
    "ký ban hành",
];

/// Nouns that name a document or another thing that can be handed over.
const NOUNS: [&str; 66] = [
    "kế hoạch",
    "đề án",
    "chương trình",
    "dự án",
    "quyết định",
    "nghị quyết",
    "nghị định",
    "thông tư",
    "chỉ thị",
    "quy chế",
    "quy định",
    "quy trình",
    "hướng dẫn",
    "báo cáo",
    "tờ trình",
    "phương án",
    "danh mục",
    "dự toán",
    "dự thảo",
    "đề cương",
    "hồ sơ",
    "văn bản",
    "công văn",
    "thông báo",
    "chiến lược",
    "quy hoạch",
    "lộ trình",
    "khung",
    "bộ tiêu chí",
    "bộ chỉ số",
    "cơ chế",
    "chính sách",
    "kịch bản",
    "tài liệu",
    "sổ tay",
    "cơ sở dữ liệu",
    "bản đồ",
    "biểu mẫu",
    "thỏa thuận",
    "hợp đồng",
    "biên bản",
    "đề tài",
    "nhiệm vụ khoa học",
    "định mức",
    "tiêu chuẩn",
    "quy chuẩn",
    "bảng",
    "lịch",
    "đề xuất",
    "giải pháp",
    "luật",
    "pháp lệnh",
    "kiến trúc",
    "mô hình",
    "ban chỉ đạo",
    "tổ công tác",
    "tổ kiểm kê",
    "nền tảng",
    "hệ thống",
    "trung tâm",
    "nội quy",
    "thời khóa biểu",
    "điều lệ",
    "đề thi",
    "giáo trình",
    "danh sách",
];

/// Words that end the noun phrase.
const STOPS: [&str; 22] = [
    " trước ngày",
    " trong tháng",
    " trong quý",
    " trong năm",
    " để ",
    " nhằm ",
    " báo cáo ",
    " trình ",
    " gửi ",
    " đảm bảo ",
    " bảo đảm ",
    " theo quy định",
    " theo đúng",
    " xong trước",
    " chậm nhất",
    " hoàn thành ",
    " phù hợp ",
    " làm cơ sở",
    " phục vụ ",
    " đồng thời ",
    " trên cơ sở",
    " kịp thời",
];

/// Products per task at the most.
const MOST: usize = 4;

/// The products that the task's words make.
pub(crate) fn find(draft: &Draft) -> Vec<Deliverable> {
    let text = draft.text.text();
    let folded = fold(text);
    let words = folded.text();
    let mut out: Vec<Deliverable> = Vec::new();
    let mut from = 0;
    while let Some((at, verb)) = next_verb(words, from) {
        let mut start = at + verb.len();
        from = start;
        // `xây dựng, trình ban hành Kế hoạch`: further verbs before the noun
        for _ in 0..6 {
            let rest = &words[start..];
            let trimmed = rest.trim_start_matches([',', ' ', '/']);
            let here = start + rest.len() - trimmed.len();
            let Some(next) = VERBS
                .iter()
                .copied()
                .chain([
                    "và",
                    "cấp có thẩm quyền",
                    "ubnd tỉnh",
                    "ủy ban nhân dân tỉnh",
                    "các",
                    "được",
                    "mới",
                    "hoặc",
                    "kiện toàn",
                    "bộ",
                    "tổ chức thực hiện",
                    "ban hành",
                    "theo trình tự, thủ tục rút gọn",
                    "theo trình tự rút gọn",
                    "theo thủ tục rút gọn",
                    "và lấy ý kiến",
                    "lấy ý kiến",
                    "và triển khai",
                ])
                .filter(|v| trimmed.strip_prefix(*v).is_some_and(|r| r.starts_with([' ', ',', '/'])))
                .max_by_key(|v| v.len())
            else {
                start = here;
                break;
            };
            start = here + next.len();
        }
        let rest = &words[start.min(words.len())..];
        let trimmed = rest.trim_start();
        let start = start + rest.len() - trimmed.len();
        let Some(noun) =
            NOUNS.iter().find(|n| trimmed.strip_prefix(**n).is_some_and(|r| !r.starts_with(char::is_alphanumeric)))
        else {
            continue;
        };
        // `báo cáo Thủ tướng Chính phủ`: a verb with whom it addresses
        let follows = text.get(folded.source(start + noun.len())..).unwrap_or("").trim_start();
        let verb = *noun == "báo cáo"
            && (follows.starts_with(char::is_uppercase)
                || follows.starts_with("cấp ")
                || follows.starts_with("về ")
                || follows.is_empty()
                || follows.starts_with([',', '.', ';']));
        // `kể từ ngày ban hành Công văn này`: the document itself is no product of its tasks
        if verb || follows.starts_with("này") {
            continue;
        }
        let end = start + phrase_end(trimmed, noun.len());
        let (a, b) = (folded.source(start), folded.source(end));
        let phrase = text.get(a..b).unwrap_or("").trim_end_matches([' ', ',', ';', '.', ':']);
        from = end.max(from);
        if phrase.chars().count() < 4 || out.iter().any(|d| d.text == phrase) {
            continue;
        }
        out.push(Deliverable { text: phrase.to_owned(), span: draft.text.span(a, a + phrase.len()) });
        if out.len() >= MOST {
            break;
        }
    }
    out
}

static AUTOMATON: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(VERBS).ok());

/// The next verb of the table at or behind byte `from`, as a word of its own.
fn next_verb(words: &str, from: usize) -> Option<(usize, &'static str)> {
    let rest = words.get(from..)?;
    let automaton = AUTOMATON.as_ref()?;
    automaton.find_iter(rest).find_map(|found| {
        let verb = VERBS[found.pattern().as_usize()];
        let at = found.start();
        let before = rest[..at].chars().next_back();
        let after = rest[found.end()..].chars().next();
        let word = rest[..at].trim_end().rsplit(' ').next().unwrap_or("");
        let compound = verb == "trình"
            && matches!(word, "chương" | "quy" | "lộ" | "quá" | "công" | "toàn" | "tờ" | "giải" | "thuyết" | "tiến");
        let bounded = before.is_none_or(|c| !c.is_alphanumeric()) && after.is_none_or(|c| !c.is_alphanumeric());
        (bounded && !compound).then_some((from + at, verb))
    })
}

/// Whether another product follows a comma: a noun of the table, and not as a verb with whom it addresses.
fn lists_on(text: &str) -> bool {
    const VERBAL: [&str; 8] =
        ["báo cáo", "đề xuất", "thông báo", "hướng dẫn", "quyết định", "quy định", "bảng", "hợp đồng"];
    let rest = text.trim_start();
    let rest = rest.strip_prefix("các ").unwrap_or(rest);
    NOUNS.iter().any(|n| {
        !VERBAL.contains(n) && rest.strip_prefix(*n).is_some_and(|after| !after.starts_with(char::is_alphanumeric))
    })
}

/// Length of the noun phrase at the head of `text`: to a comma, semicolon or stop, or a word that begins another clause.
fn phrase_end(text: &str, noun: usize) -> usize {
    const LONGEST: usize = 260;
    let mut depth = 0_i32;
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        match c {
            '(' | '“' | '"' if c != '"' => depth += 1,
            ')' | '”' => depth -= 1,
            ';' | ':' if depth <= 0 => {
                end = at;
                break;
            }
            // `Quy chế, Nội quy và Sổ tay …`: the list of products goes on
            ',' if depth <= 0 && at >= noun && lists_on(&text[at + 1..]) => {}
            ',' | '.' if depth <= 0 && at >= noun && text[at + 1..].starts_with(' ') => {
                end = at;
                break;
            }
            _ => {}
        }
        if at > LONGEST {
            end = at;
            break;
        }
    }
    let head = &text[..end];
    STOPS.iter().filter_map(|stop| head[noun.min(head.len())..].find(stop).map(|at| at + noun)).min().unwrap_or(end)
}
