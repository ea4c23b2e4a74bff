//! What a body is said to do: whether words behind it order, help, or tell of the past.

use nhiemvu_parser::temporal::{self, Setting};
use nhiemvu_text::{first_chars, fold_key};

use super::{Analysis, WORDS};
use crate::{judge, verbs};

/// What follows a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Predicate {
    /// It is to do something.
    Acts,
    /// It is to help somebody.
    Helps,
}

impl Analysis<'_> {
    /// What kind of predicate follows at `at`; `None` where none does, or one that tells of the past.
    pub(super) fn predicate(&self, at: usize, end: usize) -> Option<Predicate> {
        let mut rest = self.past_unknown_place(self.text.get(at..end)?, at).trim_start();
        // what may stand between a body and its predicate: a bracket, `theo chức năng, nhiệm vụ …,`
        for _ in 0..3 {
            rest = rest.trim_start_matches([',', ' ', ':', '-', '–']);
            if let Some(inside) = rest.strip_prefix('(') {
                rest = inside.split_once(')').map_or("", |(_, after)| after).trim_start();
            }
            if acts_in_time(rest) {
                return Some(Predicate::Acts);
            }
            let key = head_key(rest);
            let adverbial = [
                "theo ",
                "căn cứ ",
                "trên cơ sở ",
                "với vai trò",
                "với chức năng",
                "thông qua ",
                "trong phạm vi",
                "tùy ",
                "bằng ",
                "ngay sau khi ",
                "sau khi ",
                "trước ngày",
            ]
            .iter()
            .any(|w| key.starts_with(w))
                && !key.starts_with("theo dõi");
            if WORDS.begins("aside", &key).is_some() {
                rest = skip_aside(rest);
                continue;
            }
            if !adverbial {
                break;
            }
            match rest.find(',') {
                // the adverbial may hold commas of its own: the next verb decides
                Some(comma) => {
                    let after = rest[comma + 1..].trim_start();
                    if verbs::begins(after) || is_duty(after) || head_key(after).starts_with("theo ") {
                        rest = after;
                    } else {
                        rest = skip_to_verb(rest);
                    }
                }
                None => rest = skip_to_verb(rest),
            }
        }
        let rest = ["cũng ", "đều ", "đi ", "cùng ", "trực tiếp "]
            .iter()
            .find_map(|word| rest.strip_prefix(word))
            .unwrap_or(rest);
        // `chủ đầu tư cho tưới nước`: has it done
        let rest = rest.strip_prefix("cho ").filter(|act| verbs::begins(act)).unwrap_or(rest);
        let key = head_key(rest);
        let office = ["là cơ quan ", "là đơn vị ", "là "].iter().find_map(|w| key.strip_prefix(w));
        if office.is_some_and(|of| ["đầu mối", "chủ trì", "thường trực", "tham mưu"].iter().any(|w| of.starts_with(w)))
        {
            return Some(Predicate::Acts);
        }
        const CHARGED: [&str; 6] = [
            "được giao chủ trì",
            "được giao nhiệm vụ chủ trì",
            "được phân công chủ trì",
            "được giao làm đầu mối",
            "được giao trách nhiệm",
            "được giao phụ trách",
        ];
        if CHARGED.iter().any(|w| key.starts_with(w)) {
            return Some(Predicate::Acts);
        }
        // `Sở A được giao kiểm tra …`; what was given to whoever is meant (`được giao nhiệm vụ tại Kế hoạch này`) is told
        const GIVEN: [&str; 4] = ["được giao nhiệm vụ ", "được giao ", "được yêu cầu ", "được đề nghị "];
        if let Some(given) = GIVEN.iter().find_map(|w| rest.strip_prefix(w)) {
            let own = ["thực hiện", "quản lý", "phụ trách", "triển khai", "làm"];
            let beside = given.strip_prefix("cùng ").map(|_| self.list_at(end - given.len() + "cùng ".len()).1);
            let act = beside.and_then(|past| self.text.get(past..end)).map_or(given, str::trim_start);
            if verbs::begins(act) && !own.iter().any(|w| act.starts_with(w)) {
                return Some(Predicate::Acts);
            }
        }
        if WORDS.begins("tells", &key).is_some() || judge::is_assent(&key) || issued(rest) {
            return None;
        }
        if key.starts_with("phối hợp") {
            return Some(Predicate::Helps);
        }
        let acts = is_duty(rest)
            || verbs::begins(rest)
            || key.starts_with("cùng chủ trì")
            || key.starts_with("tự ")
            || key.starts_with("cần ")
            || key.starts_with("phải ");
        acts.then_some(Predicate::Acts)
    }

    /// Behind a word for a level, a place that no list holds (`Ủy ban nhân dân tỉnh Hòa Giang tập trung …`).
    fn past_unknown_place<'t>(&self, rest: &'t str, at: usize) -> &'t str {
        const MOST_WORDS: usize = 4;
        let before = self.text.get(..at).unwrap_or("").trim_end();
        let level = fold_key(before.rsplit(' ').next().unwrap_or(""));
        if !matches!(level.as_str(), "tỉnh" | "phố" | "huyện" | "xã" | "phường" | "khu") {
            return rest;
        }
        let mut left = rest;
        for _ in 0..MOST_WORDS {
            let trimmed = left.trim_start();
            let word = trimmed.split(' ').next().unwrap_or("");
            let proper = word.starts_with(char::is_uppercase) && word.chars().skip(1).all(char::is_lowercase);
            // a heading and its text set on one line: `Công an tỉnh Chủ động nắm tình hình`
            let verb = is_duty(trimmed) || verbs::begins(trimmed);
            if verb || !proper || !word.chars().all(char::is_alphabetic) {
                break;
            }
            left = &trimmed[word.len()..];
        }
        left
    }
}

/// `ban hành Thông tư số 09/2013/TT-BXD …`: what has its number is issued already.
fn issued(text: &str) -> bool {
    const NEAR: usize = 40;
    let Some(document) = text.strip_prefix("ban hành ") else { return false };
    let near = first_chars(document, NEAR);
    let number = near.split_once(" số ").and_then(|(kind, number)| (!kind.contains([',', ';', '.'])).then_some(number));
    number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
}

/// The folded first words of `text`.
fn head_key(text: &str) -> String {
    let mut key = fold_key(first_chars(text, 40));
    key.push(' ');
    key
}

pub(crate) fn is_duty(text: &str) -> bool {
    let key = head_key(text);
    // `có văn bản số 12/SNV …` tells what was sent
    let sent = key.starts_with("có văn bản số") || key.starts_with("có công văn");
    !sent && WORDS.begins("duty", &key).is_some()
}

/// `trước ngày 30/6/2026 tổng hợp …`, `trong quý II trình …`: a time, and behind it what is done then.
fn acts_in_time(words: &str) -> bool {
    const LONGEST: usize = 80;
    let words = words.strip_prefix("ngay ").unwrap_or(words);
    let near = first_chars(words, LONGEST);
    if WORDS.begins("time", &head_key(words)).is_none() {
        return false;
    }
    let time = temporal::find(near, Setting::Field).into_iter().next().filter(|time| time.span.start == 0);
    let after = time.and_then(|time| words.get(time.span.end..)).unwrap_or("");
    let after = after.trim_start_matches([',', ' ']);
    verbs::begins(after) || is_duty(after)
}

/// `đặc biệt là người đứng đầu chịu trách nhiệm …`: skips those who are named once more, up to their duty.
fn skip_aside(text: &str) -> &str {
    const MOST_WORDS: usize = 14;
    let starts = text.match_indices(' ').take(MOST_WORDS).map(|(at, space)| at + space.len());
    starts.into_iter().find_map(|at| text.get(at..).filter(|rest| is_duty(rest))).unwrap_or(text)
}

/// Skips words of an adverbial up to a comma behind which a verb begins.
fn skip_to_verb(text: &str) -> &str {
    for (at, _) in text.match_indices(',').take(6) {
        let after = text[at + 1..].trim_start();
        if verbs::begins(after) || is_duty(after) {
            return after;
        }
    }
    // `căn cứ Chương trình của Hội đồng để xây dựng …`
    let purpose = text.match_indices(" để ").map(|(at, word)| &text[at + word.len()..]);
    if let Some(after) = purpose.take(2).find(|after| verbs::begins(after)) {
        return after;
    }
    // `theo chức năng, nhiệm vụ tích cực hướng dẫn`: no comma before the verb
    for (at, _) in text.match_indices(' ').take(24) {
        let after = &text[at + 1..];
        // `theo thẩm quyền quy định triển khai …`
        let ended = verbs::begins(after) && !after.starts_with("quản lý") && {
            let before = text[..at].char_indices().rev().nth(12).map_or(&text[..at], |(n, _)| &text[n..at]);
            let key = fold_key(before);
            WORDS.ends("reference_end", &key)
        };
        if is_duty(after) || ended {
            return after;
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use nhiemvu_normalizer::{Context, Registry};

    use super::*;

    #[test]
    fn a_verb_in_capitals_behind_a_level_is_no_place() {
        for (body, rest) in [
            ("Công an tỉnh", " Chủ động nắm tình hình."),
            ("Bưu điện tỉnh", " Tăng cường phát thư."),
            ("Ủy ban nhân dân tỉnh", " Hòa Giang tập trung trồng rừng."),
            ("Ủy ban nhân dân xã", " Suối Vắng rà soát các hộ."),
        ] {
            let text = format!("{body}{rest}");
            let context = Context::default();
            let analysis = Analysis::new(&text, Registry::builtin(), &context);
            assert_eq!(analysis.predicate(body.len(), text.len()), Some(Predicate::Acts), "{text}");
        }
    }
}
