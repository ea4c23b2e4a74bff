//! What the words at a line's end tell of the next line.

use std::sync::LazyLock;

/// The words of `data/line_ends.tsv`: with `more` none ends a line of its own, with `figure` none before a figure, with `office`
/// none before those of `body`; `name` begins a name whose further words have capitals, and `place` one of which one word is not all.
struct LineEnds {
    more: Vec<&'static str>,
    figure: Vec<&'static str>,
    office: Vec<&'static str>,
    body: Vec<&'static str>,
    name: Vec<&'static str>,
    place: Vec<&'static str>,
}

static LINE_ENDS: LazyLock<LineEnds> = LazyLock::new(|| {
    let rows = || include_str!("../../data/line_ends.tsv").lines().skip(1).filter_map(|row| row.split_once('\t'));
    let of = |wanted: &str| rows().filter(|(kind, _)| *kind == wanted).map(|(_, words)| words).collect();
    LineEnds {
        more: of("more"),
        figure: of("figure"),
        office: of("office"),
        body: of("body"),
        name: of("name"),
        place: of("place"),
    }
});

/// Whether the words cannot end here: a comma, an open bracket, a hyphen, or a word that asks for another.
pub(super) fn asks_for_more(text: &str, next: &str) -> bool {
    if text.ends_with([',', '-', '–', '(', '“', '/']) && !text.ends_with("./") {
        return true;
    }
    let ends = &*LINE_ENDS;
    let figure = next.chars().next().is_some_and(|c| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X'));
    let open = text
        .rsplit(char::is_whitespace)
        .next()
        .is_some_and(|word| ends.more.contains(&word) || (figure && ends.figure.contains(&word)));
    // `1. Thường trực` over `Hội đồng nhân dân tỉnh:`
    open || ends.office.iter().any(|office| text.ends_with(office))
        && ends
            .body
            .iter()
            .any(|body| next.strip_prefix(body).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

/// Whether a name began at the end of the words and is not done (`… và Sở`, `… tỉnh Hòa`), and those behind them have a capital.
pub(super) fn ends_inside_name(text: &str, next: &str) -> bool {
    let ends = &*LINE_ENDS;
    let ends_with = |text: &str, words: &str| {
        text.strip_suffix(words).is_some_and(|before| before.is_empty() || before.ends_with([' ', '*', '(', '“']))
    };
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let place = |name: &str| ends.place.iter().any(|noun| ends_with(name, noun));
    let cut = text.rsplit_once(' ').is_some_and(|(before, last)| capital(last) && place(before));
    // the rest of a place's name is one word, behind which no other has a capital
    let mut words = next.split_whitespace();
    let one = words.next().is_some_and(|word| word.chars().filter(|c| c.is_uppercase()).count() == 1)
        && !words.next().is_some_and(capital);
    capital(next) && (ends.name.iter().any(|name| ends_with(text, name)) || cut && one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_table_keeps_its_line_open() {
        for row in include_str!("../../data/line_ends.tsv").lines().skip(1) {
            let (kind, words) = row.split_once('\t').unwrap();
            let (text, next) = match kind {
                "more" => (format!("Đóng thuyền {words}"), "Lưới".to_owned()),
                "figure" => (format!("Đóng thuyền {words}"), "12".to_owned()),
                "office" => (format!("1. {words}"), "Ủy ban nhân dân tỉnh".to_owned()),
                "name" | "place" => {
                    let (text, next) =
                        if kind == "name" { (words.to_owned(), "Nông") } else { (format!("{words} An"), "Giang:") };
                    assert!(ends_inside_name(&format!("gửi {text}"), next), "{row}");
                    assert!(!ends_inside_name(&format!("gửi {text}"), "nông"), "{row}");
                    continue;
                }
                "body" => ("1. Thường trực".to_owned(), format!("{words} tỉnh")),
                other => panic!("{other}"),
            };
            assert!(asks_for_more(&text, &next), "{row}");
        }
        for (text, next) in [
            ("1. Văn phòng", "Theo dõi sổ đò"),
            ("đợt năm", "Lưới"),
            ("1. Thường trực", "Bội thu mùa cá"),
            ("Đóng thuyền", "Sở Y tế"),
        ] {
            assert!(!asks_for_more(text, next), "{text}");
        }
    }
}
