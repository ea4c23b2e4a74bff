//! Whether words are a task at all: done work, closing formulas and general talk are none.

use std::borrow::Cow;
use std::sync::LazyLock;

use nhiemvu_text::{first_chars, key_of};

use crate::phrases::Kinds;
use crate::section::{self, Section};
use crate::verbs;

/// The words of `data/judging.tsv`: `formula` begins what closes a document or says what holds of it; `on` and `document` what
/// it was written on; `account` what tells how things stand; `decides` what a decision does by being signed; `praise`, `agrees`
/// and `agreed` words that order nothing; `adverbial` what may stand before an order's verb; `note` a remark, and `detail` a label
/// of how, where and with whom; `status` a value that tells how far a task is; `sent` what is to be sent, and `sends` the verb behind
/// it; `question` what a page asks of the law; `refuses` says that something is not granted, and `exempt` that somebody need not do it;
/// `resolves` is what a `meeting` says of a matter; `matter` begins what is stated below an order; `everybody` whom an appeal is made to, and `general` what it asks for.
static WORDS: LazyLock<Kinds> = LazyLock::new(|| Kinds::read(include_str!("../data/judging.tsv")));

/// Whether folded words begin with one of this kind in the table.
pub(crate) fn begins(kind: &str, key: &str) -> bool {
    WORDS.begins(kind, key).is_some()
}

/// `Kinh phí được quy định như thế nào?`: a heading of a page that asks what the law says; `Công văn 12 chỉ đạo ra sao?` asks what
/// was ordered.
pub(crate) fn asks_of_law(text: &str) -> bool {
    const LONGEST: usize = 400;
    const ORDERS: [&str; 5] = ["công văn ", "công điện ", "chỉ thị ", "kế hoạch ", "thông báo "];
    let asks = text.trim_end_matches([' ', '*']).ends_with('?') && text.len() < LONGEST;
    if !asks {
        return false;
    }
    let key = key_of(text);
    let numbered = |at: usize| {
        let rest = &key[at..];
        rest.strip_prefix("số ").unwrap_or(rest).starts_with(|c: char| c.is_ascii_digit())
    };
    let orders = ORDERS.iter().any(|kind| key.match_indices(kind).any(|(at, kind)| numbered(at + kind.len())));
    !orders && WORDS.inside("question", &key)
}

/// `Căn cứ khoản 2 Điều 10 Luật A thì tiền được dùng như sau:`, `được quy định tại Điều 5 như sau:`: words before a piece of the law.
pub(crate) fn quotes_law(text: &str) -> bool {
    const LAWS: [&str; 5] = [" điều ", " khoản ", " luật ", " nghị định ", " thông tư "];
    const SAYS: [&str; 4] = ["được quy định", "quy định tại", "quy định như", "căn cứ theo"];
    let Some(opening) = text.trim_end().strip_suffix("sau:") else { return false };
    let key = key_of(opening);
    let cites = LAWS.iter().filter(|law| key.contains(*law)).count() > 1;
    cites && SAYS.iter().any(|word| key.contains(word))
}

/// The folded first `count` characters.
pub(crate) fn head(text: &str, count: usize) -> Cow<'_, str> {
    key_of(first_chars(text, count))
}

/// Whether the folded words of `text` can begin with one of `letters`, as far as its first byte tells.
pub(crate) fn may_begin(text: &str, letters: &[u8]) -> bool {
    let first = text.as_bytes().first().map(u8::to_ascii_lowercase);
    // what is neither letter nor figure may leave nothing, and a letter beyond ASCII another one
    first.is_none_or(|first| !first.is_ascii_alphanumeric() || letters.contains(&first))
}

/// Formulas that close a document or say what holds of it, and so order nothing.
pub(crate) fn is_formula(text: &str) -> bool {
    is_formula_by(text, || key_of(text))
}

/// The same, where the text's key may be known.
pub(crate) fn is_formula_by<'k>(text: &'k str, key: impl FnOnce() -> Cow<'k, str>) -> bool {
    const LONGEST: usize = 420;
    // a long paragraph holds more than a formula, but for one that it begins with
    let short = text.len() <= LONGEST || first_chars(text, LONGEST).len() == text.len();
    let key = if short { key() } else { head(text, 60) };
    if WORDS.begins("formula", &key).is_some() {
        return true;
    }
    if !short {
        return false;
    }
    is_notice(&key) || key.contains("chịu trách nhiệm thi hành") || carries_out(&key) || takes_effect(&key)
}

/// `Ủy ban A, các sở … trong phạm vi nhiệm vụ của mình có trách nhiệm thực hiện Nghị quyết này.`: the execution clause (điều khoản thi
/// hành), and no word more.
fn carries_out(key: &str) -> bool {
    let Some((_, duty)) = key.rsplit_once(" có trách nhiệm ") else { return false };
    let duty = duty.trim_end_matches(|c: char| !c.is_alphanumeric());
    let duty = ["tổ chức ", "triển khai "].iter().find_map(|word| duty.strip_prefix(word)).unwrap_or(duty);
    let what = ["thực hiện ", "thi hành "].iter().find_map(|word| duty.strip_prefix(word));
    let what = what.map(|what| what.strip_suffix(" này").unwrap_or(what));
    what.is_some_and(|what| WORDS.begins("document", what) == Some(what))
}

/// `Quyết định này có hiệu lực kể từ ngày ký`; not a limit that counts from such a day (`trong 10 ngày kể từ ngày ký`, `kể từ
/// ngày Nghị định có hiệu lực`).
fn takes_effect(key: &str) -> bool {
    const SHORT: usize = 160;
    // of words that are seldom there `contains` tells sooner
    if !key.contains("có hiệu lực") && !key.contains("kể từ ngày ký") {
        return false;
    }
    let effect = key.match_indices("có hiệu lực").any(|(at, _)| {
        let clause = key[..at].rsplit([';', '.', ':']).next().unwrap_or("");
        // `xây dựng Nghị định, bảo đảm có hiệu lực cùng Luật`: what is to be reached
        let aim = ["bảo đảm", "đảm bảo", "để", "sớm"].iter().any(|w| clause.trim_end().ends_with(w));
        let other = ["từ ngày", " khi ", "thời điểm"].iter().any(|w| clause.contains(w));
        !other && !aim
    });
    let duration =
        |before: &str| ["ngày", "việc", "tuần", "tháng", "năm", "giờ"].iter().any(|w| before.trim_end().ends_with(w));
    let signing = key.match_indices("kể từ ngày ký").any(|(at, _)| !duration(&key[..at]));
    effect || signing && key.len() < SHORT
}

/// `Văn phòng … thông báo để các cơ quan biết, thực hiện./.`: the issuer says that it has told, in whatever words follow;
/// an order to tell others begins with its verb, or names somebody before it.
fn is_notice(key: &str) -> bool {
    const FAR: usize = 160;
    const TELLS: [&str; 3] = ["thông báo", "truyền đạt", "chuyển ý kiến"];
    let found = TELLS.iter().find_map(|word| key.find(word).map(|at| (at, *word)));
    let Some((at, word)) = found.filter(|(at, _)| *at < FAR) else { return false };
    let ordered = ["giao ", "đề nghị ", "yêu cầu ", "phân công "].iter().any(|w| key[..at].contains(w)) || at == 0;
    let after = key[at + word.len()..].trim_start();
    // `đề`, `dé` are what scans make of `để`
    let told = ["để ", "đề ", "dé ", "đê ", "đến ", "tới ", "cho "]
        .iter()
        .any(|w| after.starts_with(w) || after.contains(&format!(" {w}")))
        || ["trân trọng", " xin"].iter().any(|w| key[..at].trim_end().ends_with(w));
    let tail = after.char_indices().rev().nth(90).map_or(after, |(n, _)| &after[n..]);
    let known = ["biết", "thực hiện", "triển khai", "phối hợp", "chỉ đạo", "theo dõi"].iter().any(|w| tail.contains(w));
    // a scan may leave signs behind
    let closed = key.contains("./.") || key.ends_with('.') || key.ends_with('/');
    told && known && closed && !ordered && !key.contains("trước ngày")
}

/// `Thực hiện Công văn số 15/… của Sở A về việc …`, and no order behind it: why a document was written.
pub(crate) fn is_ground(text: &str) -> bool {
    if !may_begin(text, b"tp") {
        return false;
    }
    let start = head(text, 60);
    let cited = WORDS.begins("on", &start).and_then(|on| {
        let rest = start[on.len()..].trim_start();
        WORDS.begins("document", rest).map(|document| &rest[document.len()..])
    });
    let numbered =
        cited.is_some_and(|rest| [" số", " ngày", " của", " khẩn", " liên"].iter().any(|w| rest.starts_with(w)));
    numbered && !orders_behind(text)
}

/// Whether an order stands behind a comma, a colon or a stop of the text (not the second half of `phòng, chống`).
fn orders_behind(text: &str) -> bool {
    text.match_indices([',', ':', '.', ';']).any(|(at, _)| {
        let rest = text[at + 1..].trim_start();
        verbs::begins(rest) && !head(rest, 6).starts_with("chống ")
    })
}

/// Standing invitations to report difficulties (`nếu có vướng mắc …`), which registers do not keep.
pub(crate) fn is_standing_duty(text: &str) -> bool {
    // `trong quá trình`, `quá trình`, `nếu có`, `trường hợp`
    if !may_begin(text, b"tqn") {
        return false;
    }
    let start = head(text, 160);
    let condition = start.contains("vướng mắc")
        || start.contains("phát sinh")
        || start.contains("khó khăn")
        || start.contains("sửa đổi, bổ sung")
        || start.contains("bất cập");
    let course = start.starts_with("trong quá trình")
        || start.starts_with("quá trình")
        || start.starts_with("nếu có")
        || start.starts_with("trường hợp có khó khăn")
        || start.starts_with("trong khi")
        || start.starts_with("trường hợp phát sinh");
    course && condition && (start.contains("nếu") || start.starts_with("trường hợp"))
}

/// Whether the words tell of what has been done or how things stand.
pub(crate) fn is_report(text: &str) -> bool {
    let start = head(text, 40);
    WORDS.begins("account", &start).is_some() || is_assent(&start)
}

/// What a decision does by being signed (`Điều 1. Thành lập Tổ công tác …`, `Điều 1. Phê duyệt danh mục …`).
pub(crate) fn is_done_by_deciding(text: &str) -> bool {
    let start = head(text.trim_start(), 24);
    WORDS.begins("decides", &start).is_some()
}

/// Words that agree with what others have said or done, or praise it, and order nothing (`Thống nhất với báo cáo …`, `Ghi
/// nhận nỗ lực …`); `key` is folded.
pub(crate) fn is_assent(key: &str) -> bool {
    let agrees = WORDS.begins("agrees", key).is_some_and(|words| {
        let rest = key[words.len()..].trim_start();
        WORDS.begins("agreed", rest.strip_prefix("các ").unwrap_or(rest)).is_some()
    });
    // what is approved is allowed, in whatever words it is named
    let approves = key.starts_with("chấp thuận ");
    // `Biểu dương, nhân rộng gương điển hình` orders it; `Ghi nhận, đánh giá cao` does not
    let praise = |key: &str| WORDS.begins("praise", key).map(|words| key[words.len()..].to_owned());
    let praises = praise(key).is_some_and(|rest| rest.strip_prefix(", ").is_none_or(|next| praise(next).is_some()));
    // `Không xem xét đề nghị của Công ty.`: what is refused is nobody's to do
    praises || agrees || approves || WORDS.begins("refuses", key).is_some()
}

/// `Đối với các xã chưa có bến, không phải báo cáo.`: who need not do it.
pub(crate) fn exempts(text: &str) -> bool {
    // words that are seldom there
    if !text.contains("hông ") && !text.contains("miễn ") || !may_begin(text, b"k") {
        return false;
    }
    let key = key_of(text);
    let act = key.strip_prefix("đối với ").and_then(|rest| rest.split_once(", ")).map_or(key.as_ref(), |(_, act)| act);
    let act = act.strip_prefix("thì ").unwrap_or(act);
    WORDS.begins("exempt", act).is_some() && !act.contains([';', ',']) && act.matches(". ").count() == 0
}

/// Whether the words begin as an order does: with a verb, an adverb of urgency, or a time before one.
pub(crate) fn begins_as_order(text: &str) -> bool {
    if verbs::begins(text) {
        return true;
    }
    let start = head(text, 24);
    WORDS.begins("adverbial", &start).is_some() && has_inner_verb(text) || sends_results(text)
}

/// `Công tác tuyên truyền: Tăng cường …`: whether behind the name of a matter, which is no label of a field, of an aim or of how
/// things stand, words begin with a verb.
pub(crate) fn orders_on_topic(text: &str) -> bool {
    const WORDS_OF_TOPIC: std::ops::RangeInclusive<usize> = 2..=14;
    const TELLS: [&str; 6] = [" sẽ ", " đã ", " đang ", " được ", " là ", " phải "];
    let Some((topic, rest)) = text.split_once(": ") else { return false };
    let sentence = topic.contains(['.', ';', '(', '?', '"', '“', '|']) || TELLS.iter().any(|w| topic.contains(w));
    if sentence || !WORDS_OF_TOPIC.contains(&topic.split_whitespace().count()) {
        return false;
    }
    let key = head(topic, 24);
    let told = ["detail", "note", "matter", "status"].iter().any(|kind| WORDS.begins(kind, &key).is_some());
    let part = section::of_heading(topic);
    let aims = matches!(
        part,
        Some(Section::Background | Section::Frame | Section::Purpose | Section::Target | Section::Funding)
    );
    let starts = topic.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    starts
        && !told
        && !aims
        && nhiemvu_parser::label_role(topic).is_none()
        && verbs::begins(rest)
        // `Ngày nghỉ lễ: Thực hiện theo quy định của …` says what holds
        && !head(rest, 24).starts_with("thực hiện theo")
        && WORDS.begins("status", &head(rest, 24)).is_none_or(|status| status == "hoàn thành")
}

/// What stands before `Cụ thể:` at the end of words that say all but the particulars (`Sở A kiểm tra các bến. Cụ thể:`).
pub(crate) fn before_details(text: &str) -> Option<&str> {
    const OPENERS: [&str; 6] = ["cụ thể", "cụ thể như sau", "trong đó", "chi tiết", "chi tiết như sau", "như sau"];
    let words = text.trim_end().strip_suffix(':')?;
    let (before, last) = words.rsplit_once(['.', ';', ','])?;
    let last = nhiemvu_text::fold_key(last.trim());
    (OPENERS.contains(&last.as_str()) && words[before.len()..].starts_with('.')).then_some(before)
}

/// `Kết quả thực hiện báo cáo về Sở A trước ngày …`, `Ý kiến của các phòng xin gửi về Sở A`: what is to be sent stands before its
/// verb.
fn sends_results(text: &str) -> bool {
    const NEAR: usize = 120;
    if !may_begin(text, b"kyhdvtpbmn") {
        return false;
    }
    let start = head(text, NEAR);
    WORDS.begins("sent", &start).is_some_and(|what| {
        let rest = &start[what.len()..];
        let clause = rest.find([';', '.', ':']).map_or(rest, |end| &rest[..end]);
        let result = what == "kết quả";
        let verb = |rest: &str| sends(rest) || result && rest.starts_with("gửi ");
        clause.match_indices(' ').any(|(at, _)| verb(&clause[at + 1..])) && (result || !clause.contains(" đã "))
    })
}

/// Whether the words say that what stands before them is to be sent.
pub(crate) fn sends(words: &str) -> bool {
    WORDS.begins("sends", &head(words, 24)).is_some()
}

/// Where whoever is to send it is named, in `Báo cáo của các xã gửi về Sở A`.
pub(crate) fn owner_of_sent(text: &str) -> Option<usize> {
    const NEAR: usize = 120;
    let near = first_chars(text, NEAR);
    let known = WORDS.begins("sent", &head(text, NEAR)).is_some() || head(text, 8).starts_with("báo cáo");
    known.then(|| near.find(" của ").map(|at| at + " của ".len()))?
}

/// Whether a verb begins behind a comma, a colon or `thì` of the first sentence.
fn has_inner_verb(text: &str) -> bool {
    const NEAR: usize = 400;
    let end = text.char_indices().nth(NEAR).map_or(text.len(), |(at, _)| at);
    let first = &text[..end];
    let marks = first.match_indices([',', ':']).map(|(at, _)| at + 1);
    // `Đối với xã chưa lập Đề án thì khẩn trương lập Đề án`
    let then = first.match_indices(" thì ").map(|(at, word)| at + word.len());
    marks.chain(then).any(|at| verbs::begins(first[at..].trim_start()))
}

/// A heading and no sentence: short, without a stop at its end.
pub(crate) fn is_title(text: &str) -> bool {
    const LONGEST: usize = 260;
    let trimmed = text.trim_end();
    trimmed.chars().count() <= LONGEST && !trimmed.ends_with(['.', ';', '!', '/']) && !trimmed.contains(". ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_issuer_tells_is_a_formula_in_whatever_words() {
        for text in [
            "Văn phòng Ủy ban nhân dân tỉnh thông báo để các cơ quan biết, thực hiện./.",
            "Thừa lệnh Chủ tịch, Văn phòng xin thông báo đến Giám đốc các sở biết, tổ chức triển khai./.",
            "Sở Nội vụ trân trọng thông báo nội dung trên tới các đơn vị để phối hợp thực hiện.",
            "Cục thông báo dé Thủ trưởng các đơn vị biết, thực hiện./.",
        ] {
            assert!(is_formula(text), "{text}");
        }
        for text in [
            "Giao Sở Nội vụ thông báo đến các xã để triển khai thực hiện.",
            "Thông báo đến từng hộ dân biết lịch cắt nước, thực hiện trước ngày 15/6/2026.",
            "Đề nghị Báo tỉnh thông báo để Nhân dân biết, thực hiện.",
        ] {
            assert!(!is_formula(text), "{text}");
        }
    }
}

#[cfg(test)]
mod effect {
    use super::*;

    #[test]
    fn a_limit_that_counts_from_signing_or_effect_is_no_formula() {
        for text in
            ["Quyết định này có hiệu lực kể từ ngày ký.", "Điều lệ có hiệu lực thi hành kể từ ngày ký ban hành."]
        {
            assert!(is_formula(text), "{text}");
        }
        for text in [
            "Sở Y tế lập danh sách trạm y tế, báo cáo trong 10 ngày kể từ ngày ký Công văn này.",
            "Sở Y tế cấp tủ thuốc trong 15 ngày làm việc kể từ ngày Công văn này có hiệu lực.",
            "Xây dựng các Nghị định hướng dẫn, bảo đảm có hiệu lực đồng thời với Luật.",
            "Vụ Pháp chế soạn thảo các Nghị định, bảo đảm áp dụng cùng thời điểm Luật có hiệu lực (01/7/2026).",
        ] {
            assert!(!is_formula(text), "{text}");
        }
    }
}
