//! What comes out of a task, read from its own words: the noun phrase behind a verb that makes documents
//! (`xây dựng Kế hoạch …`, `trình … ban hành Quyết định …`).

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use nhiemvu_model::{Deadline, DeadlineKind, Deliverable};
use nhiemvu_text::Folded;

use crate::draft::Draft;
use crate::phrases::Phrases;

/// The words of `data/products.tsv`, longer ones first.
struct Words {
    /// Verbs that make a document or a thing (xây dựng, ban hành).
    verbs: List,
    /// Nouns that name what can be handed over (kế hoạch, danh mục).
    nouns: List,
    /// What may stand between the verb and the noun (và, các, cấp có thẩm quyền).
    between: List,
    /// Words that end the noun phrase (để, trước ngày).
    ends: List,
    /// Nouns of what is founded, and not sent (trung tâm).
    founded: List,
    /// Words before whom something is sent to (về, cho).
    addressed: Vec<String>,
    /// The verbs in running text.
    automaton: Option<AhoCorasick>,
    patterns: Vec<&'static str>,
}

type List = Phrases<&'static str>;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let rows = include_str!("../data/products.tsv").lines().skip(1).filter_map(|row| row.split_once('\t'));
    let of = |kind: &str| -> Vec<&'static str> {
        let mut words: Vec<&str> = rows.clone().filter(|(k, _)| *k == kind).map(|(_, words)| words).collect();
        words.sort_by_key(|words| std::cmp::Reverse(words.len()));
        words
    };
    let list = |words: Vec<&'static str>| Phrases::new(words.into_iter().map(|words| (words.to_owned(), words)));
    let patterns = of("verb");
    Words {
        verbs: list(of("verb")),
        nouns: list(of("noun")),
        between: list(of("between")),
        ends: list(of("end")),
        founded: list(of("founded")),
        addressed: of("to").into_iter().map(|words| format!(" {words} ")).collect(),
        automaton: AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .prefilter(false)
            .build(&patterns)
            .ok(),
        patterns,
    }
});

/// Products per task at the most.
const MOST: usize = 4;

/// The products that the task's words make, which `folded` are folded.
pub(crate) fn find(draft: &Draft, folded: &Folded) -> Vec<Deliverable> {
    let text = draft.text.text();
    let words = folded.text();
    let mut out: Vec<Deliverable> = Vec::new();
    let mut from = 0;
    while let Some((at, verb)) = next_verb(words, from) {
        let mut start = at + verb.len();
        from = start;
        // what is sent stands right behind
        let object = words.get(start..).unwrap_or("").trim_start();
        if SENDS.contains(&verb) && WORDS.nouns.begins(object).or(WORDS.between.begins(object)).is_none() {
            continue;
        }
        // `Sở Xây dựng báo cáo …`: a name and no verb
        if names_body(draft, folded.source(at)) {
            continue;
        }
        // `xây dựng, trình ban hành Kế hoạch`: further verbs before the noun
        for _ in 0..6 {
            let rest = &words[start..];
            let trimmed = rest.trim_start_matches([',', ' ', '/']);
            let here = start + rest.len() - trimmed.len();
            let noun = WORDS.nouns.begins(trimmed);
            let between = WORDS.between.begins(trimmed);
            let verb = WORDS.verbs.begins(trimmed);
            // `thiết kế`, `đề xuất` are verbs before another noun, and nouns else
            let next = [between, verb]
                .into_iter()
                .flatten()
                .max_by_key(|words| words.len())
                .filter(|next| noun.is_none_or(|noun| noun.len() < next.len()));
            let Some(next) = next else {
                start = here;
                break;
            };
            start = here + next.len();
        }
        let rest = &words[start.min(words.len())..];
        let trimmed = rest.trim_start();
        let start = start + rest.len() - trimmed.len();
        let Some(noun) = WORDS.nouns.begins(trimmed) else { continue };
        // `báo cáo Thủ tướng Chính phủ`: a verb with whom it addresses
        let follows = text.get(folded.source(start + noun.len())..).unwrap_or("").trim_start();
        let verb_at = verb;
        let verb = noun == "báo cáo"
            && (follows.starts_with(char::is_uppercase)
                || follows.starts_with("cấp ")
                || follows.starts_with("về ")
                || follows.is_empty()
                || follows.starts_with([',', '.', ';']));
        // `trình UBND tỉnh quyết định`: what the body behind the verb is to do
        const DECIDES: [&str; 5] = ["quyết định", "quy định", "hướng dẫn", "thông báo", "đề xuất"];
        let decides = DECIDES.contains(&noun)
            && (follows.is_empty()
                || follows.starts_with([',', '.', ';'])
                || ["trước ", "trong ", "tại ", "theo ", "việc "].iter().any(|w| follows.starts_with(w)))
            && ends_with_body(&words[..start]);
        let verb = verb || decides;
        // `kể từ ngày ban hành Công văn này`: the document itself is no product of its tasks
        if verb || follows.starts_with("này") {
            continue;
        }
        let mut end = start + phrase_end(trimmed, noun.len());
        let before = words[..start].trim_end();
        let before = [" các", " những"].iter().find_map(|several| before.strip_suffix(several)).unwrap_or(before);
        let sent = SENDS.iter().any(|sends| before.ends_with(sends));
        // `gửi Trung tâm A`, `nộp, đề xuất …`
        if !sent && SENDS.contains(&verb_at) || sent && WORDS.founded.begins(noun).is_some() {
            continue;
        }
        if sent {
            end = before_addressee(words, start + noun.len(), end);
        }
        let (a, b) = (folded.source(start), folded.source(end));
        let phrase = before_limit(draft, a..b).trim_end_matches([' ', ',', ';', '.', ':']);
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

/// Verbs by which something goes to somebody.
const SENDS: [&str; 2] = ["gửi", "nộp"];

/// `gửi danh sách hộ nghèo về Sở A`: where the words for to whom begin, behind byte `from`, or `end`.
fn before_addressee(words: &str, from: usize, end: usize) -> usize {
    let phrase = words.get(from..end).unwrap_or("");
    WORDS.addressed.iter().filter_map(|to| phrase.find(to.as_str())).min().map_or(end, |at| from + at)
}

/// Whether the name of a body that has part in the task stands at byte `at` of its words.
fn names_body(draft: &Draft, at: usize) -> bool {
    let place = draft.text.span(at, at + 1).start;
    let bodies = [&draft.lead, &draft.coordinating, &draft.report_to, &draft.monitoring];
    bodies.into_iter().flatten().filter_map(|body| body.span).any(|name| name.start <= place && place < name.end)
}

/// The words in `range` of the task, up to a limit that stands among them (`báo cáo tiến độ hằng tháng`).
fn before_limit(draft: &Draft, range: Range<usize>) -> &str {
    let phrase = draft.text.text().get(range.clone()).unwrap_or("");
    let place = draft.text.span(range.start, range.end);
    // `triển khai ngay …` says how, and stands anywhere
    let manner = |kind: &DeadlineKind| matches!(kind, DeadlineKind::Ongoing | DeadlineKind::Immediate);
    let inside =
        |limit: &&Deadline| place.start < limit.span.start && limit.span.start < place.end && !manner(&limit.kind);
    let Some(limit) = draft.deadlines.iter().find(inside) else { return phrase };
    let at = |space: usize| range.start + space + 1;
    let reached = |space: &usize| draft.text.span(at(*space), at(*space) + 1).start >= limit.span.start;
    let end = phrase.match_indices(' ').map(|(space, _)| space).find(reached);
    let before = &phrase[..end.unwrap_or(phrase.len())];
    // `báo cáo đánh giá (hoàn thành trước ngày …`
    before.rfind('(').filter(|open| !before[*open..].contains(')')).map_or(before, |open| &before[..open])
}

/// The next verb of the table at or behind byte `from`, as a word of its own.
fn next_verb(words: &str, from: usize) -> Option<(usize, &'static str)> {
    let rest = words.get(from..)?;
    let automaton = WORDS.automaton.as_ref()?;
    automaton.find_iter(rest).find_map(|found| {
        let verb = *WORDS.patterns.get(found.pattern().as_usize())?;
        let at = found.start();
        let before = rest[..at].chars().next_back();
        let after = rest[found.end()..].chars().next();
        let compound = ends_compound(verb, &rest[..at]);
        let bounded = before.is_none_or(|c| !c.is_alphanumeric()) && after.is_none_or(|c| !c.is_alphanumeric());
        (bounded && !compound).then_some((from + at, verb))
    })
}

/// Whether `word` is the second half of another behind `before`: `chương trình` holds no `trình`.
fn ends_compound(word: &str, before: &str) -> bool {
    const HEADS: [&str; 11] = ["chương", "quy", "lộ", "quá", "công", "toàn", "tờ", "giải", "thuyết", "tiến", "giáo"];
    word.trim() == "trình" && HEADS.contains(&before.trim_end().rsplit(' ').next().unwrap_or(""))
}

/// Whether the words before a noun name a body, so that the noun is what it does.
fn ends_with_body(before: &str) -> bool {
    const ENDS: [&str; 8] = ["tỉnh", "thành phố", "chính phủ", "huyện", "xã", "quốc hội", "bộ", "thẩm quyền"];
    let before = before.trim_end();
    ENDS.iter().any(|end| before.strip_suffix(end).is_some_and(|rest| rest.ends_with(' ')))
}

/// `Ban Chỉ đạo phòng, chống lãng phí`, `Luật sửa đổi, bổ sung một số điều …`: words that a comma parts and no list does.
fn is_pair(before: &str, after: &str) -> bool {
    const PAIRS: [(&str, &[&str]); 4] = [
        ("phòng", &["chống", "tránh", "ngừa", "cháy", "chữa"]),
        ("sửa đổi", &["bổ sung", "thay thế"]),
        ("kiểm tra", &["giám sát", "rà soát"]),
        ("khám bệnh", &["chữa bệnh"]),
    ];
    let (before, after) = (before.trim_end(), after.trim_start());
    PAIRS
        .iter()
        .any(|(first, seconds)| before.ends_with(first) && seconds.iter().any(|second| after.starts_with(second)))
}

/// Whether another product follows a comma: a noun of the table, and not as a verb with whom it addresses.
fn lists_on(text: &str) -> bool {
    const VERBAL: [&str; 8] =
        ["báo cáo", "đề xuất", "thông báo", "hướng dẫn", "quyết định", "quy định", "bảng", "hợp đồng"];
    let rest = text.trim_start();
    let rest = rest.strip_prefix("các ").unwrap_or(rest);
    WORDS.nouns.begins(rest).is_some_and(|noun| !VERBAL.contains(&noun))
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
            ',' if depth <= 0 && at >= noun && (lists_on(&text[at + 1..]) || is_pair(&text[..at], &text[at + 1..])) => {
            }
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
    let behind = &head[noun.min(head.len())..];
    // the first of the words that end a phrase, behind a space
    let spaces = behind.match_indices(' ').map(|(at, _)| at);
    let ends = |at: &usize| {
        let mut words = WORDS.ends.at_head(&behind[at + 1..]);
        words.any(|(words, _)| !ends_compound(words, &head[..noun.min(head.len()) + at]))
    };
    let end = spaces.into_iter().find(ends).map_or(end, |at| at + noun);
    // a bracket that a word inside it cuts off says nothing of the product
    text[..end].rfind('(').filter(|open| *open >= noun && !text[*open..end].contains(')')).unwrap_or(end)
}
