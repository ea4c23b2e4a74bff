//! Where clauses and lists of bodies begin.

use nhiemvu_text::fold_key;

use super::Analysis;

impl Analysis<'_> {
    /// Where the list begins of which a body at `at` is the first: `Các Bộ Xây dựng, Tài chính` begins with `Các Bộ`.
    pub(super) fn plural_start(&self, at: usize, from: usize) -> usize {
        let before = self.text.get(from..at).unwrap_or("");
        let words = before.trim_end_matches([':', ' ']);
        let mut split = words.rsplitn(3, ' ');
        let (kind, plural) = (split.next().unwrap_or(""), split.next().unwrap_or(""));
        let plural_word = matches!(plural, "Các" | "các" | "Hai" | "hai");
        let kind_word =
            matches!(fold_key(kind).as_str(), "bộ" | "sở" | "ban" | "cục" | "vụ" | "tỉnh" | "xã" | "phường");
        if plural_word && kind_word { from + words.len() - kind.len() - 1 - plural.len() } else { at }
    }

    /// Whether a clause can begin at `at`: behind nothing, a colon, a semicolon, a stop, or the comma of an adverbial.
    pub(super) fn heads_clause(&self, at: usize, from: usize) -> bool {
        const OPENERS: [&str; 40] = [
            "để",
            "trên cơ sở",
            "căn cứ",
            "trong",
            "đối với",
            "trường hợp",
            "nếu",
            "sau khi",
            "khi",
            "nhằm",
            "theo",
            "với",
            "đồng thời",
            "riêng",
            "ngoài ra",
            "từ",
            "định kỳ",
            "trước",
            "hằng",
            "hàng",
            "thực hiện",
            "qua",
            "tại",
            "do",
            "bên cạnh",
            "cùng với",
            "trên tinh thần",
            "giao",
            "chậm nhất",
            "thời gian tới",
            "về",
            "ngay sau",
            "trước mắt",
            "cụ thể",
            "trong đó",
            "chủ tịch",
            "thủ tướng",
            "đề nghị",
            "yêu cầu",
            "xét",
        ];
        let before = self.text.get(from..at).unwrap_or("");
        let before = before.trim_end();
        let before = before.strip_suffix(['“', '"', '(']).unwrap_or(before).trim_end();
        if before.is_empty() || before.ends_with([':', ';', '.', '!', '?']) {
            return true;
        }
        let tail = fold_key(before.char_indices().rev().nth(20).map_or(before, |(i, _)| &before[i..]));
        if ["đồng thời", "riêng", "trong đó", "còn", "thì", "cùng đó", "do đó", "vì vậy"]
            .iter()
            .any(|w| tail.ends_with(w))
        {
            return true;
        }
        if !before.ends_with(',') {
            return false;
        }
        let clause = before.rsplit([';', '.', ':']).next().unwrap_or(before).trim_start();
        let head_end = clause.char_indices().nth(24).map_or(clause.len(), |(i, _)| i);
        let head = fold_key(&clause[..head_end]);
        OPENERS.iter().any(|w| head.strip_prefix(w).is_some_and(|r| !r.starts_with(char::is_alphanumeric)))
    }
}
