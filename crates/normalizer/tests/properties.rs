//! What holds for any text: no panic, mentions in order and apart, lists that go forward, work in proportion.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use nhiemvu_normalizer::{Context, Mention, Registry};
use proptest::prelude::*;

/// Words and marks of which lists and names are made, good and bad.
const PIECES: [&str; 64] = [
    "các",
    "Sở",
    "sở",
    "Bộ",
    "ban",
    "Ban",
    "ngành",
    "cơ quan",
    "đơn vị",
    "UBND",
    "HĐND",
    "tỉnh",
    "thành phố",
    "TP.",
    "xã",
    "phường",
    "huyện",
    "cấp",
    "Tài chính",
    "Y tế",
    "Khoa học",
    "và",
    "Công nghệ",
    "KH&CN",
    ",",
    ";",
    ":",
    ".",
    "(",
    ")",
    "-",
    "/",
    "\n",
    "\n\n",
    "Gia Lai",
    "Hà Nội",
    "Trà Bồng",
    "liên quan",
    "có liên quan",
    "trên địa bàn",
    "thuộc",
    "của",
    "trực thuộc",
    "chủ trì",
    "Đề án",
    "Giám đốc",
    "Chủ tịch",
    "Trưởng",
    "đồng chí",
    "Trung tâm",
    "Công ty",
    "Điện lực",
    "Chi cục",
    "Văn phòng",
    "Ban Chỉ đạo",
    "về",
    "Đảng ủy",
    "Tỉnh ủy",
    "khu vực",
    "XV",
    "05/TB-VPCP",
    "e\u{302}\u{323}",
    "\u{200B}",
    "“",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec((prop::sample::select(PIECES.to_vec()), prop::bool::weighted(0.85)), 0..40).prop_map(
        |pieces| pieces.iter().map(|(p, space)| if *space { format!("{p} ") } else { (*p).to_owned() }).collect(),
    )
}

fn sound(text: &str, mentions: &[Mention]) {
    let mut end = 0;
    for mention in mentions {
        assert!(mention.start >= end && mention.end > mention.start, "{text:?} {mentions:#?}");
        assert!(text.get(mention.start..mention.end).is_some(), "{text:?} {mention:?}");
        assert!(!mention.agency.name.trim().is_empty(), "{text:?} {mention:?}");
        end = mention.end;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn mentions_are_in_order_and_apart(text in text()) {
        let registry = Registry::builtin();
        let context = Context::new(registry, "UBND TỈNH GIA LAI", "", "", None);
        sound(&text, &registry.mentions(&text, &context));
        sound(&text, &registry.field(&text, &context).mentions);
    }

    #[test]
    fn lists_go_forward(text in text(), at in 0usize..200) {
        let registry = Registry::builtin();
        let context = Context::new(registry, "BỘ TÀI CHÍNH", "", "", None);
        let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let list = registry.list_at(&text, at, &context);
        prop_assert!(list.end >= at && list.end <= text.len());
        prop_assert!(list.mentions.iter().all(|m| m.start >= at && m.end <= list.end), "{text:?} {list:#?}");
        sound(&text, &list.mentions);
    }

    #[test]
    fn any_text_at_all(text in "\\PC{0,200}") {
        let registry = Registry::builtin();
        let mut context = Context::new(registry, &text, &text, &text, None);
        context.learn(registry, &text);
        sound(&text, &registry.mentions(&text, &context));
        sound(&text, &registry.field(&text, &context).mentions);
    }
}

#[test]
fn repeated_words_cost_in_proportion() {
    let registry = Registry::builtin();
    let context = Context::default();
    for piece in [
        "các Sở: ",
        "thành phố ",
        "UBND các tỉnh, ",
        "Ban Chỉ đạo về ",
        "Công ty ",
        "Thanh tra ",
        "(",
        "Trưởng ",
        "xã A, huyện B, ",
    ] {
        let text = piece.repeat(3_000);
        sound(&text, &registry.mentions(&text, &context));
    }
}
