//! Names that the lexicon knows in part or not at all: where a head of names opens them and a word of duty closes them, all
//! between is the name (`giao Vụ Kê khai và Kế toán thuế chủ trì`, `Cơ quan phối hợp có trách nhiệm`).

use nhiemvu_model::{Agency, AgencyKind};
use nhiemvu_normalizer::Mention;
use nhiemvu_text::fold_key;

use crate::cues::Cue;
use crate::roles::{Analysis, Bodies};
use crate::verbs;

/// Most characters between the known part of a name and the word of duty.
const REACH: usize = 90;

/// Words with which names of bodies and offices begin.
const HEADS: [&str; 47] = [
    "ban",
    "bí thư",
    "bộ môn",
    "bộ phận",
    "chi bộ",
    "chi cục",
    "chi đoàn",
    "chi hội",
    "chủ đầu tư",
    "chủ rừng",
    "chủ tịch",
    "công chức",
    "công đoàn",
    "công ty",
    "cơ quan",
    "cơ sở",
    "cục",
    "đảng bộ",
    "đảng ủy",
    "đoàn",
    "đội",
    "đơn vị",
    "đồng chí",
    "giám đốc",
    "hiệu trưởng",
    "hội",
    "khoa",
    "lãnh đạo",
    "ngành",
    "nhà thầu",
    "người đứng đầu",
    "phó",
    "phòng",
    "quỹ",
    "thành viên",
    "thủ trưởng",
    "thường trực",
    "tiểu ban",
    "tổ",
    "trạm",
    "trung tâm",
    "trưởng",
    "văn phòng",
    "viện",
    "vụ",
    "ủy ban",
    "ủy viên",
];

/// Verbs of orders that names of bodies do not hold in small letters.
const VERBS: [&str; 22] = [
    "báo cáo",
    "bố trí",
    "chỉ đạo",
    "chuẩn bị",
    "cung cấp",
    "cử",
    "duyệt",
    "điều hành",
    "hướng dẫn",
    "kiểm tra",
    "lập",
    "phê duyệt",
    "quán triệt",
    "rà soát",
    "tham mưu",
    "theo dõi",
    "thực hiện",
    "triển khai",
    "tuyên truyền",
    "tổng hợp",
    "vận động",
    "xây dựng",
];

/// Words that begin like a head and are none.
const OTHERS: [&str; 28] = [
    "ban đầu",
    "đoàn viên",
    "đội ngũ",
    "hội viên",
    "ngành nghề",
    "nhóm chỉ tiêu",
    "nhóm giải pháp",
    "nhóm nhiệm vụ",
    "nhóm vấn đề",
    "phòng chống",
    "phòng ngừa",
    "tổ hợp",
    "vụ đông",
    "vụ mùa",
    "cơ sở dữ liệu",
    "cơ sở hạ tầng",
    "cơ sở vật chất",
    "cơ sở pháp lý",
    "hội nghị",
    "hội thảo",
    "hội nhập",
    "hội thi",
    "khoa học",
    "tổ chức",
    "trưởng thành",
    "viện dẫn",
    "vụ việc",
    "đoàn kết",
];

/// Words that never stand inside a name.
const BREAKS: [&str; 19] = [
    "theo",
    "để",
    "là",
    "được",
    "đã",
    "khi",
    "nếu",
    "mà",
    "thì",
    "những",
    "với",
    "trong",
    "trên",
    "này",
    "nhằm",
    "sẽ",
    "đang",
    "tiếp tục",
    "do",
];

impl Analysis<'_> {
    /// The list `bodies` that ends at `end`, or an empty one that would begin at `from`, carried on to the word of duty
    /// that follows it; `None` where nothing is to be carried on.
    pub fn stretch(&self, bodies: &[Mention], from: usize, end: usize, limit: usize) -> Option<(Bodies, usize)> {
        match bodies.last() {
            Some(last) if bodies.iter().any(|m| !m.weak) => {
                if last.agency.kind == AgencyKind::Registered {
                    return None;
                }
                let stop = self.duty_behind(end, limit)?;
                let gap = self.text.get(end..stop)?;
                let joined = gap.trim_start().strip_prefix("và ").unwrap_or(gap).trim_start();
                if joined.is_empty() || is_action(joined) {
                    return None;
                }
                let mut carried = bodies.to_vec();
                let name = self.text.get(last.start..stop)?.trim_end();
                *carried.last_mut()? = renamed(last, name);
                Some((carried.into(), last.start + name.len()))
            }
            _ => {
                let words = self.text.get(from..limit)?;
                let from = from + words.len() - words.trim_start().len();
                if !self.begins_name(from) {
                    return None;
                }
                let stop = self.duty_behind(from, limit)?;
                let name = self.text.get(from..stop)?.trim_end();
                if is_bare(name) {
                    return None;
                }
                Some(([unknown(name, from)].into(), from + name.len()))
            }
        }
    }

    /// `Phó Hiệu trưởng phụ trách đào tạo duyệt kịch bản …`: at byte `from`, a name that no lexicon holds, up to a verb in
    /// small letters that is seldom part of one.
    pub fn named_before_verb(&self, from: usize, limit: usize) -> Option<(Bodies, usize)> {
        let words = self.text.get(from..limit)?;
        let from = from + words.len() - words.trim_start().len();
        let rest = self.text.get(from..limit).filter(|_| self.begins_name(from))?;
        let stop = VERBS.iter().filter_map(|verb| rest.find(&format!(" {verb} "))).min()?;
        let name = rest.get(..stop)?;
        let plain = !name.contains([',', ';', ':', '.', '(', ')', '"', '“']) && name.chars().count() <= REACH;
        let key = format!(" {} ", fold_key(name));
        let whole = !BREAKS.iter().any(|w| key.contains(&format!(" {w} ")));
        let long = name.split_whitespace().count() >= 3;
        // `Tổ công tác về rà soát …`: the verb is a part of the name
        const OPEN: [&str; 9] = ["về", "của", "các", "và", "cho", "thuộc", "tại", "công tác", "nhiệm vụ"];
        let open = OPEN.iter().any(|w| key.trim_end().ends_with(&format!(" {w}")));
        let sentence = rest.trim_end().ends_with(['.', ';', '/']);
        (plain && whole && long && sentence && !open).then(|| ([unknown(name, from)].into(), from + name.len()))
    }

    /// Whether a head of names begins at byte `at`, and no verb.
    fn begins_name(&self, at: usize) -> bool {
        let Some(rest) = self.text.get(at..) else { return false };
        let key = crate::judge::head(rest, 20);
        let bounded = |w: &str| key.strip_prefix(w).is_some_and(|r| !r.starts_with(char::is_alphanumeric));
        HEADS.iter().any(|w| bounded(w)) && !OTHERS.iter().any(|w| bounded(w)) && !verbs::begins(rest)
    }

    /// Where the first word of leading or duty behind byte `from` begins, if nothing but the words of a name stand
    /// before it.
    fn duty_behind(&self, from: usize, limit: usize) -> Option<usize> {
        let hit = self.cues.iter().find(|h| h.start >= from && matches!(h.cue, Cue::Lead | Cue::Duty))?;
        let gap = self.text.get(from..hit.start).filter(|_| hit.end <= limit)?;
        let plain = !gap.contains([',', ';', ':', '.', '(', ')', '"', '“']) && gap.chars().count() <= REACH;
        let key = format!(" {} ", fold_key(gap));
        let whole = !BREAKS.iter().any(|w| key.contains(&format!(" {w} ")));
        (plain && whole).then_some(hit.start)
    }
}

/// A head alone, which names nobody (`Cơ quan chủ trì …`); an office may stand alone (`Văn phòng chủ trì …`).
fn is_bare(name: &str) -> bool {
    let key = fold_key(name);
    HEADS.contains(&key.as_str())
        && !matches!(key.as_str(), "văn phòng" | "thường trực" | "hiệu trưởng" | "giám đốc" | "chủ đầu tư")
}

/// Whether the words are what somebody does rather than the rest of a name.
fn is_action(words: &str) -> bool {
    words.starts_with(char::is_lowercase) && verbs::begins(words)
}

fn renamed(mention: &Mention, name: &str) -> Mention {
    let mut mention = mention.clone();
    mention.end = mention.start + name.len();
    name.clone_into(&mut mention.agency.name);
    mention.agency.id = None;
    mention
}

/// A mention of a body that no lexicon holds.
pub(crate) fn unknown(words: &str, at: usize) -> Mention {
    let kind = if fold_key(words).starts_with("các ") { AgencyKind::Group } else { AgencyKind::Unregistered };
    Mention {
        start: at,
        end: at + words.len(),
        agency: Agency::named(words, kind),
        weak: false,
        in_brackets: false,
        anaphor: false,
    }
}

#[cfg(test)]
mod tests {
    use nhiemvu_normalizer::{Context, Registry};

    use super::*;

    fn lead(text: &str) -> Vec<String> {
        let registry = Registry::builtin();
        let context = Context::default();
        let analysis = Analysis::new(text, registry, &context);
        let subjects = analysis.subjects(0..text.len());
        subjects.iter().flat_map(|s| s.bodies.iter().map(|b| b.agency.name.clone())).collect()
    }

    #[test]
    fn a_word_of_duty_ends_a_name_that_no_lexicon_holds() {
        for (text, name) in [
            ("Giao Văn phòng chủ trì, rà soát hồ sơ.", "Văn phòng"),
            ("Cơ quan phối hợp có trách nhiệm trả lời bằng văn bản.", "Cơ quan phối hợp"),
            ("Trưởng nhóm trồng cây ven hồ chịu trách nhiệm tổng hợp kết quả.", "Trưởng nhóm trồng cây ven hồ"),
            ("Phó Hiệu trưởng phụ trách đào tạo rà soát kịch bản buổi lễ.", "Phó Hiệu trưởng phụ trách đào tạo"),
        ] {
            assert_eq!(lead(text), [name], "{text}");
        }
    }

    #[test]
    fn heads_alone_and_other_words_name_nobody() {
        for text in [
            "Cơ quan chủ trì giải quyết hồ sơ",
            "Hội nghị cần tập trung thảo luận các giải pháp.",
            "Đội ngũ cán bộ phải được bồi dưỡng thường xuyên.",
            "Nhóm các nền tảng cung cấp dịch vụ dùng chung.",
            "Khoa học và công nghệ phải phục vụ sản xuất.",
        ] {
            assert_eq!(lead(text), [""; 0], "{text}");
        }
    }
}
