use proptest::prelude::*;

use super::*;

#[test]
fn tone_marks_move_in_open_syllables_only() {
    for (text, want) in [
        ("hoà", "hòa"),
        ("Uỷ ban", "ủy ban"),
        ("hoàn toàn", "hoàn toàn"),
        ("quý", "quý"),
        ("QUÝ", "quý"),
        ("khoẻ", "khỏe"),
        ("thuỵ", "thụy"),
        ("thuyền", "thuyền"),
        ("xoáy", "xoáy"),
        ("ngoẽ, tuỳ; luỹ", "ngõe, tùy; lũy"),
        ("TUỲ", "tùy"),
        ("toà.", "tòa."),
        ("hoà1", "hòa1"),
        ("`Đắk Lắk´", "'đắk lắk'"),
    ] {
        assert_eq!(fold(text).text(), want);
        let nfd: String = text.nfd().collect();
        assert_eq!(fold(&nfd).text(), want, "decomposed");
    }
}

#[test]
fn small_letters_are_left_as_they_are() {
    for (index, change) in (0..LATIN).zip(changes()) {
        let letter = latin(index).unwrap().to_string();
        for last in *b" aoun" {
            let kept = kept_letter(letter.as_bytes(), 0, letter.as_bytes()[0], last);
            let may_move = *change == Change::Toned && matches!(last, b'o' | b'u');
            assert!(kept == 0 || kept == letter.len() && *change != Change::Other && !may_move, "{letter}");
        }
    }
    for letter in "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ".chars()
    {
        let moves = MOVES.iter().any(|(toned, ..)| *toned == letter);
        let letter = letter.to_string();
        let kept = |last| kept_letter(letter.as_bytes(), 0, letter.as_bytes()[0], last);
        assert_eq!([kept(b'h'), kept(b'u')], [letter.len(), if moves { 0 } else { letter.len() }], "{letter}");
    }
    for text in ["a", "–", "“", "\u{301}", "一", "\u{1E7F}", "\u{1E80}", "Ế", "\u{AB6}"] {
        assert_eq!(kept_letter(text.as_bytes(), 0, text.as_bytes()[0], b' '), 0, "{text}");
    }
}

#[test]
fn letters_and_figures_are_those_of_unicode() {
    for c in char::MIN..=char::MAX {
        assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
        assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
    }
}

#[test]
fn every_form_of_the_same_words_folds_alike() {
    let text = "Uỷ ban nhân dân tỉnh Thừa Thiên – Huế";
    let nfd: String = text.nfd().collect();
    assert_eq!(fold(&nfd).text(), fold(text).text());
    assert_eq!(fold(fold(text).text()).text(), fold(text).text());
}

#[test]
fn offsets_lead_back_over_dashes_invisibles_and_decomposed_letters() {
    let text = "a – b\u{200B}c Sở e\u{302}\u{323}n x";
    let folded = fold(text);
    assert_eq!(folded.text(), "a - bc sở ện x");
    for (word, source) in [("b", "b"), ("c", "c"), ("sở", "S"), ("n x", "n x"), ("x", "x")] {
        let at = folded.text().find(word).unwrap();
        assert!(text[folded.source(at)..].starts_with(source), "{word}");
    }
    assert_eq!(folded.source(folded.text().len()), text.len());
}

#[test]
fn offsets_lead_back_over_moved_tone_marks() {
    let text = "Tuỳ luỹ, hoà thuận";
    let folded = fold(text);
    assert_eq!(folded.text(), "tùy lũy, hòa thuận");
    let pairs = folded.text().char_indices().zip(text.char_indices());
    for ((at, _), (source, _)) in pairs {
        assert_eq!(folded.source(at), source);
    }
}

/// Characters that folding treats in one way or another, so that random texts are made of what matters.
fn text() -> impl Strategy<Value = String> {
    let chars = "oOuUqaàáảãạèẽỳýỹỵAÀÝỸ \t\n-–“”`đĐðÐ1.,İǅK\u{212B}\u{200B}\u{AD}\u{FEFF}\u{300}\u{301}\u{302}\u{303}\u{323}\u{31B}\u{A0}ß";
    let chars: Vec<char> = chars.chars().collect();
    prop::collection::vec(prop_oneof![9 => prop::sample::select(chars), 1 => any::<char>()], 0..40)
        .prop_map(|chars| chars.into_iter().collect())
}

#[test]
fn marks_of_other_scripts_keep_their_order_when_folded_again() {
    let once = fold("\u{130}\u{AABE}\u{323}");
    assert_eq!(fold(once.text()).text(), once.text());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn folding_twice_changes_nothing_more(text in text()) {
        let once = fold(&text);
        let twice = fold(once.text());
        prop_assert_eq!(twice.text(), once.text());
    }

    #[test]
    fn every_boundary_leads_to_a_boundary_in_order(text in text()) {
        let folded = fold(&text);
        let mut before = 0;
        for (at, _) in folded.text().char_indices() {
            let source = folded.source(at);
            prop_assert!(text.is_char_boundary(source), "{} to {}", at, source);
            prop_assert!(before <= source);
            before = source;
        }
        prop_assert_eq!(folded.source(folded.text().len()), text.len());
    }

    #[test]
    fn normal_forms_fold_alike(words in "[a-zA-ZàáảãạăằâấđèẽêễìòôộơờùưứỳỹÀỲỸĐ ]{0,30}") {
        let nfd: String = words.nfd().collect();
        let (composed, decomposed) = (fold(&words), fold(&nfd));
        prop_assert_eq!(composed.text(), decomposed.text());
    }
}
