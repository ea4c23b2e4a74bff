//! Folding, and bodies named in prose.

use nhiemvu_normalizer::{Context, Mention, Registry};
use nhiemvu_text::{bare_key, clean, fold, fold_key, repair_legacy};

/// Folding is idempotent and leads back into the text; mentions stand in order, apart, and in the text.
pub(super) fn normalizer(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let cleaned = clean(&text);
    assert_eq!(clean(&cleaned), cleaned, "cleaning twice changes nothing");
    let folded = fold(&cleaned);
    assert_eq!(fold(folded.text()).text(), folded.text(), "folding twice changes nothing");
    let mut before = 0;
    for at in (0..=folded.text().len()).filter(|at| folded.text().is_char_boundary(*at)) {
        let source = folded.source(at);
        assert!(source >= before && cleaned.is_char_boundary(source), "{at} comes from {source}");
        before = source;
    }
    assert_eq!(fold_key(&fold_key(&cleaned)), fold_key(&cleaned));
    assert_eq!(bare_key(&bare_key(&cleaned)), bare_key(&cleaned));
    let _ = repair_legacy(&cleaned);
    bodies(&cleaned);
}

fn bodies(text: &str) {
    let registry = Registry::builtin();
    let first = text.lines().next().unwrap_or_default();
    let mut learned = Context::new(registry, first, first, "", None);
    learned.learn(registry, text);
    for context in
        [Context::default(), Context::new(registry, "UBND TỈNH GIA LAI", "KH-UBND", "Gia Lai", None), learned]
    {
        sound(text, &registry.mentions(text, &context));
        sound(text, &registry.field(text, &context).mentions);
        let at = (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        let list = registry.list_at(text, at, &context);
        assert!(list.end >= at && list.end <= text.len(), "{list:?}");
        assert!(list.mentions.iter().all(|mention| mention.start >= at && mention.end <= list.end), "{list:?}");
        sound(text, &list.mentions);
    }
}

fn sound(text: &str, mentions: &[Mention]) {
    let mut end = 0;
    for mention in mentions {
        assert!(mention.start >= end && mention.end > mention.start, "{mentions:#?}");
        assert!(text.get(mention.start..mention.end).is_some(), "{mention:?}");
        assert!(!mention.agency.name.trim().is_empty(), "{mention:?}");
        end = mention.end;
    }
}
