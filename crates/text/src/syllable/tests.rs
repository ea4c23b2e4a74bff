use super::*;

#[test]
fn every_entry_is_shown_by_its_example() {
    for row in rows(include_str!("../../data/onsets.tsv")) {
        let [onset, before, example] = row[..] else { panic!("{row:?}") };
        assert!(matches!(before, "any" | "front" | "back" | "gi" | "qu"), "{before}");
        assert!(is_syllable(example) && example.starts_with(onset), "{example}");
    }
    for row in rows(include_str!("../../data/rhymes.tsv")) {
        let [rhyme, example] = row[..] else { panic!("{row:?}") };
        let letters = without_tone(example).unwrap().0;
        assert!(is_syllable(example) && letters.ends_with(rhyme), "{rhyme}: {example}");
    }
}

proptest::proptest! {
    #[test]
    fn the_short_way_gives_what_the_long_one_gives(word in "[a-yàáảãạăằđĐêệÊỆơờôồốỗƯỰñÿİß0-9\u{301}]{1,7}") {
        let long = without_tone(&word).map(|(letters, tone)| (letters, Some(tone)));
        match plain(&[&word]) {
            Some(Plain::Letters(letters, len, tone)) => {
                let letters = String::from_utf8(letters[..len].to_vec()).unwrap();
                proptest::prop_assert_eq!(Some((letters, Some(tone))), long);
            }
            Some(Plain::TwoTones) => proptest::prop_assert_eq!(None, long),
            None => {}
        }
    }
}

proptest::proptest! {
    #[test]
    fn what_cannot_join_is_no_syllable(first in "[a-zđĐàạảêệôơưừ0-9ñ]{0,5}", second in "[a-zđàạảêệôơưừ0-9ñ\u{301}]{0,5}") {
        if !may_join(&first, &second) {
            proptest::prop_assert!(!make_syllable(&first, &second));
        }
    }
}

#[test]
fn the_set_of_all_syllables_is_whole() {
    let column = |data: &'static str| rows(data).map(|row| row[0]).collect::<Vec<_>>();
    let rhymes = column(include_str!("../../data/rhymes.tsv"));
    let rests = rhymes.iter().map(|rhyme| rhyme.split_at(rhyme.chars().next().unwrap().len_utf8()).1);
    let ends: Vec<&str> = rhymes.iter().copied().chain(rests).collect();
    for onset in column(include_str!("../../data/onsets.tsv")).into_iter().chain(["", "x", "w"]) {
        for word in ends.iter().map(|end| format!("{onset}{end}")) {
            let known = packed(&word).map(|letters| SYLLABLES.contains(&letters));
            assert!(known.is_none_or(|known| known == has_parts(&word)), "{word}");
        }
    }
}

#[test]
fn every_syllable_may_be_parted_anywhere() {
    let column = |data: &'static str| rows(data).map(|row| row[0]);
    for onset in column(include_str!("../../data/onsets.tsv")) {
        for rhyme in column(include_str!("../../data/rhymes.tsv")) {
            let word = format!("{onset}{rhyme}");
            let parts = word.char_indices().map(|(at, _)| word.split_at(at));
            assert!(!is_syllable(&word) || parts.into_iter().all(|(a, b)| may_join(a, b)), "{word}");
        }
    }
}

#[test]
fn entries_are_unique() {
    for data in [include_str!("../../data/onsets.tsv"), include_str!("../../data/rhymes.tsv")] {
        let mut keys: Vec<_> = rows(data).map(|row| row[0]).collect();
        let all = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), all);
    }
}

#[test]
fn syllables_and_others() {
    for word in "quốc quý quỹ qua quang quyên quận giờ gì giếng gìn giữ nghiệp nghĩa kỹ kỷ lý thuở ủy uỷ hòa hoà ở ý ĐẢNG tuýp khuỷu quặng quen quét đặc khoảng".split(' ') {
        assert!(is_syllable(word), "{word}");
    }
    for word in "tôt nhât cưc ngi kác gêm ghà qi bl str w zô aaa chhi nguện IIT ft".split(' ') {
        assert!(!is_syllable(word), "{word}");
    }
}

#[test]
fn shares_tell_text_from_junk() {
    let share = |text| count_syllables(text).share();
    assert!(share("Ủy ban nhân dân xã báo cáo Sở Tài chính trước ngày 15/5/2031") > Some(0.99));
    assert!(share("ñy ban nh©n d©n tØnh quyÕt ®Þnh c«ng t¸c kÕ ho¹ch") < Some(0.6));
    assert!(share("uY BAN NgAN nAN tiiih Giii Lni trvrrc ngfiy") < Some(0.7));
    assert_eq!(share("12/2031 – 5%"), None);
}
