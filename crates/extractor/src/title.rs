//! Titles: what is to be done, on one line.

use crate::draft::Draft;

/// Characters of a title at the most.
const LONGEST: usize = 200;

/// The task's run-in heading where it has one, else its first clause without the names of who does it.
pub(crate) fn of(draft: &Draft) -> String {
    let text = draft.text.text();
    if draft.run_in > 0 && draft.run_in < text.len() && draft.action == 0 {
        let head = text.get(..draft.run_in).unwrap_or("").trim();
        if !head.is_empty() && head.chars().count() <= LONGEST {
            return head.to_owned();
        }
    }
    let words = text.get(draft.action..).unwrap_or(text).trim_start_matches([',', ' ', ':', '-', ';']).trim();
    let words = if words.is_empty() { text.trim() } else { words };
    cut(words)
}

/// The first clause, of at most [`LONGEST`] characters, cut at a clause or a word.
fn cut(words: &str) -> String {
    let bytes = words.as_bytes();
    let stop = bytes
        .iter()
        .enumerate()
        .position(|(at, byte)| match byte {
            b';' => true,
            b'.' => matches!(bytes.get(at + 1), None | Some(b' ' | b'/')),
            _ => false,
        })
        .unwrap_or(words.len());
    let clause = words[..stop].trim_end_matches(['.', ';', ',', ':', ' ', '/']);
    if clause.len() <= LONGEST || clause.chars().count() <= LONGEST {
        return clause.to_owned();
    }
    let end = clause.char_indices().nth(LONGEST).map_or(clause.len(), |(at, _)| at);
    let head = &clause[..end];
    let at = head.rfind(',').filter(|at| *at > end / 2).or_else(|| head.rfind(' ')).unwrap_or(end);
    head[..at].trim_end_matches([',', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn titles_end_at_a_clause_and_are_short() {
        assert_eq!(cut("lập dự toán; báo cáo UBND tỉnh"), "lập dự toán");
        assert_eq!(cut("lập dự toán."), "lập dự toán");
        let long = format!("rà soát {}, báo cáo", "các quy định ".repeat(30));
        assert!(cut(&long).chars().count() <= 200);
    }
}
