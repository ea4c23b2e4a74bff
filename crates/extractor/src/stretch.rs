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
const HEADS: [&str; 48] = [
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
    "nhóm",
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

/// Words that begin like a head and are none.
const OTHERS: [&str; 14] = [
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
