//! Field lines (`Đơn vị chủ trì: …`) and column heads: which label asks for what (`data/field_labels.tsv`).

use std::collections::HashMap;
use std::sync::LazyLock;

use nhiemvu_model::{Field, FieldRole, Mended};
use nhiemvu_text::{FastMap, bare_key, fold_key, is_alphanumeric};

use crate::temporal::{self, Setting};

/// The longest label, in bytes of its folded form.
const LONGEST: usize = 90;

static LABELS: LazyLock<FastMap<String, FieldRole>> = LazyLock::new(|| {
    include_str!("../../data/field_labels.tsv")
        .lines()
        .skip(1)
        .filter_map(|row| {
            let (label, role) = row.split_once('\t')?;
            Some((fold_key(label), role_of(role)?))
        })
        .collect()
});

/// Labels of three words and more without their marks, as a scan leaves them (`Thời gian thưc hiện`); those that two labels of
/// different roles come to are left out.
static BARE: LazyLock<FastMap<String, FieldRole>> = LazyLock::new(|| {
    const FEWEST_SPACES: usize = 2;
    let mut bare: HashMap<String, Option<FieldRole>> = HashMap::new();
    for (label, role) in LABELS.iter().filter(|(label, _)| label.matches(' ').count() >= FEWEST_SPACES) {
        let known = bare.entry(bare_key(label)).or_insert(Some(*role));
        *known = known.filter(|known| known == role);
    }
    bare.into_iter().filter_map(|(label, role)| Some((label, role?))).collect()
});

fn role_of(word: &str) -> Option<FieldRole> {
    Some(match word {
        "lead" => FieldRole::Lead,
        "executing" => FieldRole::Executing,
        "coordinating" => FieldRole::Coordinating,
        "monitoring" => FieldRole::Monitoring,
        "report_to" => FieldRole::ReportTo,
        "time" => FieldRole::Time,
        "product" => FieldRole::Product,
        "content" => FieldRole::Content,
        "number" => FieldRole::Number,
        "status" => FieldRole::Status,
        "target" => FieldRole::Target,
        "unit" => FieldRole::Unit,
        "other" => FieldRole::Other,
        _ => return None,
    })
}

/// What the label of a line asks for; `None` where the words are no label that is known.
///
/// ```
/// use nhiemvu_model::FieldRole;
/// assert_eq!(nhiemvu_parser::label_role("Đơn vị chủ trì"), Some(FieldRole::Lead));
/// assert_eq!(nhiemvu_parser::label_role("Sở Tài chính"), None);
/// ```
pub fn label_role(label: &str) -> Option<FieldRole> {
    if label.len() > LONGEST {
        return None;
    }
    let key = fold_key(label.trim_matches(|c| !is_alphanumeric(c) && c != ')'));
    LABELS.get(key.as_str()).copied().or_else(|| {
        // `Thời gian hoàn thành (dự kiến)`, `Các đơn vị phối hợp`
        let bare = key.split('(').next().unwrap_or("").trim();
        let bare = bare.strip_prefix("các ").unwrap_or(bare);
        let bare = bare.strip_suffix(" dự kiến").unwrap_or(bare);
        let known = (bare != key).then(|| LABELS.get(bare).copied()).flatten();
        known.or_else(|| BARE.get(&bare_key(bare)).copied()).or_else(|| longer_label(bare))
    })
}

/// `Thời gian trình Chính phủ`, `Cơ quan chủ trì tham mưu văn bản`: a label that goes on to say of what.
fn longer_label(key: &str) -> Option<FieldRole> {
    const MOST_WORDS: usize = 9;
    const TIMES: [&str; 3] = ["thời gian", "thời hạn", "hạn"];
    const ACTS: [&str; 12] = [
        "trình",
        "gửi",
        "nộp",
        "báo cáo",
        "ban hành",
        "phê duyệt",
        "hoàn thành",
        "thực hiện",
        "tổ chức",
        "bắt đầu",
        "kết thúc",
        "triển khai",
    ];
    const WHO: [&str; 3] = ["cơ quan", "đơn vị", "bộ phận"];
    if key.split(' ').count() > MOST_WORDS {
        return None;
    }
    let behind = |heads: &[&str]| heads.iter().find_map(|head| key.strip_prefix(head)?.strip_prefix(' '));
    let begins = |rest: &str, word: &str| {
        rest.strip_prefix(word).is_some_and(|more| more.is_empty() || more.starts_with([' ', ',']))
    };
    if let Some(rest) = behind(&TIMES) {
        return ACTS.iter().any(|act| begins(rest, act)).then_some(FieldRole::Time);
    }
    let rest = behind(&WHO)?;
    [("chủ trì", FieldRole::Lead), ("phối hợp", FieldRole::Coordinating), ("thực hiện", FieldRole::Executing)]
        .into_iter()
        .find_map(|(word, role)| begins(rest, word).then_some(role))
}

/// What a column asks for, by the words of its head: a known label, or a head that holds the key word of one.
///
/// ```
/// use nhiemvu_model::FieldRole;
/// assert_eq!(nhiemvu_parser::column_role("Thời gian trình UBND tỉnh năm 2026"), Some(FieldRole::Time));
/// ```
pub fn column_role(head: &str) -> Option<FieldRole> {
    if let Some(role) = label_role(head) {
        return Some(role);
    }
    let key = fold_key(head);
    let has = |word: &str| key.contains(word);
    if key.is_empty() || key.len() > 2 * LONGEST || key.starts_with("số ngày ") {
        return None;
    }
    Some(
        if has("phối hợp")
            && (has("chủ trì") || has("thực hiện"))
            && !key.starts_with("phối hợp")
            && !has("thực hiện phối hợp")
            && !has("phối hợp thực hiện")
        {
            FieldRole::Executing
        } else if has("phối hợp") || has("tham gia") {
            FieldRole::Coordinating
        } else if has("theo dõi") || has("đôn đốc") || has("giám sát") || key.starts_with("cơ quan thẩm") {
            FieldRole::Monitoring
        } else if has("thời gian")
            || has("thời hạn")
            || has("tiến độ")
            || has("hoàn thành")
            || has("thời điểm")
            || has("lộ trình")
        {
            FieldRole::Time
        } else if has("chủ trì") || has("đầu mối") || has("tham mưu") {
            FieldRole::Lead
        } else if has("sản phẩm") || has("kết quả") || has("đầu ra") {
            FieldRole::Product
        } else if has("chỉ tiêu") {
            FieldRole::Target
        } else if has("cơ quan trình") || has("cấp trình") || has("ban hành") && has("cấp") || has("phê duyệt")
        {
            FieldRole::ReportTo
        } else if has("đơn vị tính") {
            FieldRole::Unit
        } else if has("nhiệm vụ") || has("nội dung") || has("công việc") || has("giải pháp") || has("đề án")
        {
            FieldRole::Content
        } else if has("đơn vị") || has("cơ quan") || has("phân công") || has("trách nhiệm") || has("thực hiện")
        {
            FieldRole::Executing
        } else {
            return None;
        },
    )
}

/// Whether a role says who, by when or with what: the roles that make field lines of a heading a task.
pub(crate) fn is_main(role: FieldRole) -> bool {
    matches!(
        role,
        FieldRole::Lead
            | FieldRole::Executing
            | FieldRole::Coordinating
            | FieldRole::Monitoring
            | FieldRole::Time
            | FieldRole::Product
            | FieldRole::ReportTo
    )
}

/// Reads words without a marker as a field line: a known label, a colon, a value (which may be empty).
pub(crate) fn read(text: &Mended) -> Option<Field> {
    let words = text.text();
    let Some(colon) = words.find(':') else { return limit_alone(text) };
    if colon > LONGEST + 20 {
        return None;
    }
    let label = words[..colon].trim();
    let role = label_role(label)?;
    let start = words.len() - words.trim_start().len();
    let value_start = colon + 1 + (words[colon + 1..].len() - words[colon + 1..].trim_start().len());
    Some(Field {
        role,
        label: text.slice(start, start + label.len()),
        value: text.slice(value_start, words.len()),
        span: text.whole(),
    })
}

/// `Thời hạn xong trước ngày 30/6/2026.`, `Hoàn thành trong tháng 6.`: a line that says by when and nothing else, without a colon.
fn limit_alone(text: &Mended) -> Option<Field> {
    const LONGEST_LINE: usize = 110;
    const MOST_WORDS: usize = 5;
    let words = text.text().trim_end();
    if words.len() > LONGEST_LINE {
        return None;
    }
    let spaces = words.match_indices(' ').take(MOST_WORDS).map(|(at, _)| at);
    let label = spaces.filter(|at| label_role(&words[..*at]) == Some(FieldRole::Time)).last();
    let behind = label.map_or(0, |at| at + 1);
    let done =
        words.get(behind..)?.split_once(' ').filter(|(word, _)| fold_key(word) == "xong").map(|(word, _)| word.len());
    let start = done.map_or(behind, |len| behind + len + 1);
    let value = words.get(start..).filter(|_| start > 0)?;
    let [time] = &temporal::find(value, Setting::Sentence)[..] else { return None };
    let whole = time.span.start == 0 && value.get(time.span.end..)?.trim_end_matches(['.', ';', '/', ' ']).is_empty();
    whole.then(|| Field {
        role: FieldRole::Time,
        label: text.slice(0, start - 1),
        value: text.slice(start, words.len()),
        span: text.whole(),
    })
}

/// Cuts words before each label inside them that starts a new field (`…; đơn vị phối hợp: …`, `… . Thời gian hoàn thành:
/// …`): the starts of the parts after the first.
pub(crate) fn inner_labels(words: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut from = 0;
    while let Some(colon) = words[from..].find(':').map(|n| from + n) {
        let head = &words[from..colon];
        // the label begins behind the last full stop or semicolon before the colon
        let start = head.rfind(['.', ';', '(']).map(|at| from + at + 1);
        // `…, đơn vị thực hiện: Sở A, thời gian: tháng 5`: behind a comma a label of several words
        let comma = head.rfind(',').map(|at| from + at + 1).filter(|at| {
            let label = words[*at..colon].trim();
            let said = label.contains(' ') && label_role(label).is_some_and(is_main) && !is_prose_label(label);
            said && !words[colon + 1..].trim().is_empty() && !ends_in_group(&words[..*at - 1])
        });
        if let Some(start) = comma.max(start) {
            let label = words[start..colon].trim();
            let begins = start + (words[start..].len() - words[start..].trim_start().len());
            if begins > 0
                && label_role(label).is_some_and(is_main)
                && begins < colon
                && (!is_prose_label(label) || is_dated(label, &words[colon + 1..]))
            {
                // `Kiểm tra bến (chủ trì: Sở A)`: the bracket opens the fields
                let opened = words[..begins].trim_end().ends_with('(');
                cuts.push(if opened { words[..begins].trim_end().len() - 1 } else { begins });
            }
        }
        from = colon + 1;
    }
    cuts
}

/// `Yêu cầu các cơ quan, đơn vị thực hiện: …`: whether the words before a comma are the first of a group of bodies.
fn ends_in_group(words: &str) -> bool {
    const HEADS: [&str; 5] = ["các cơ quan", "các đơn vị", "các ngành", "các địa phương", "các tổ chức"];
    let near = words.char_indices().rev().nth(20).map_or(words, |(at, _)| &words[at..]);
    let key = fold_key(near);
    HEADS.iter().any(|head| key.ends_with(head))
}

/// `Hoàn thành: 30/8/2026`: a label of prose is one of a field where a time follows it.
fn is_dated(label: &str, value: &str) -> bool {
    let value = value.trim_start();
    let time = label_role(label) == Some(FieldRole::Time);
    let key = fold_key(value.get(..value.char_indices().nth(8).map_or(value.len(), |(at, _)| at)).unwrap_or(""));
    time && (value.starts_with(|c: char| c.is_ascii_digit())
        || ["trước", "trong", "tháng", "quý", "ngày", "năm "].iter().any(|w| key.starts_with(w)))
}

/// Labels that as often begin a sentence of prose, and so are labels only at the head of a line.
pub(super) fn is_prose_label(label: &str) -> bool {
    label.len() <= LONGEST
        && matches!(
            fold_key(label).as_str(),
            "kết quả"
                | "trách nhiệm"
                | "phân công"
                | "tổ chức thực hiện"
                | "thực hiện"
                | "trình"
                | "hoàn thành"
                | "hạn"
                | "theo dõi"
                | "phối hợp"
                | "sản phẩm chính"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_has_one_role() {
        let mut seen = HashMap::new();
        for row in include_str!("../../data/field_labels.tsv").lines().skip(1) {
            let (label, role) = row.split_once('\t').unwrap();
            assert!(role_of(role).is_some(), "{row}");
            assert_eq!(label_role(label), role_of(role), "{row}");
            assert!(seen.insert(fold_key(label), role).is_none(), "{label} twice");
        }
    }

    #[test]
    fn a_long_label_is_known_without_its_marks() {
        assert_eq!(label_role("Thời gian thưc hiên"), Some(FieldRole::Time));
        assert_eq!(label_role("Đơn vị phôi hợp"), Some(FieldRole::Coordinating));
        assert_eq!(label_role("Thơi han"), None);
    }

    #[test]
    fn a_label_may_say_of_what() {
        assert_eq!(label_role("Thời gian trình Chính phủ"), Some(FieldRole::Time));
        assert_eq!(label_role("Thời hạn gửi báo cáo"), Some(FieldRole::Time));
        assert_eq!(label_role("Cơ quan chủ trì tham mưu văn bản"), Some(FieldRole::Lead));
        assert_eq!(label_role("Đơn vị phối hợp tổ chức lớp học"), Some(FieldRole::Coordinating));
        for prose in ["Thời gian qua", "Thời gian làm việc của công chức", "Đơn vị tôi xin trình bày", "Hạn hán"]
        {
            assert_eq!(label_role(prose), None, "{prose}");
        }
    }

    #[test]
    fn labels_inside_a_line_are_cut() {
        let words = "Sở A tham mưu; đơn vị phối hợp: Sở B. Thời gian hoàn thành: tháng 6";
        let cuts = inner_labels(words);
        let parts: Vec<&str> = cuts.iter().map(|at| &words[*at..]).collect();
        assert_eq!(parts, ["đơn vị phối hợp: Sở B. Thời gian hoàn thành: tháng 6", "Thời gian hoàn thành: tháng 6"]);
        assert!(inner_labels("nội dung như sau: một; hai").is_empty());
    }
}
