//! Pages as files: what they admit, what they hold, and how large they get.

// The lint allows this in test functions alone; here it stands in what those call as well.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use base64::Engine as _;
use nhiemvu_review::{Lang, Only, PageDocument, diff, folder, page};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

fn fixture() -> Value {
    serde_json::from_str(include_str!("data/ben-thuyen.json")).unwrap()
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).unwrap().1.split_once(after).unwrap().0
}

/// The JSON block under an id.
fn block(html: &str, id: &str) -> Value {
    let tag = format!("<script type=\"application/json\" id=\"{id}\"");
    let (_, json) = between(html, &tag, "</script>").split_once('>').unwrap();
    serde_json::from_str(json).unwrap()
}

#[test]
fn the_policy_admits_the_pages_own_script_and_style_and_nothing_else() {
    let html = page(&[PageDocument::new("ben.pdf", fixture())], Lang::Vi);
    let policy = between(&html, "Content-Security-Policy\" content=\"", "\"");
    let hash =
        |text: &str| format!("'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text)));
    let script = between(&html, "<script>", "</script>");
    assert!(policy.starts_with("default-src 'none'; "));
    assert!(policy.contains(&format!("script-src {};", hash(script))));
    assert!(policy.contains(&format!("style-src {};", hash(between(&html, "<style>", "</style>")))));
    assert!(!policy.contains("unsafe"));
    // no handler or style that the policy would have to admit, and nothing from elsewhere
    let body = html.split_once("<body>").unwrap().1.replace(script, "");
    for no in [" onclick", " onload", " style=", "http://", "https://", "<link", "<img", "<iframe"] {
        assert!(!body.contains(no), "{no}");
    }
    for no in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "fetch(",
        "XMLHttpRequest",
        "http:",
        "https:",
    ] {
        assert!(!script.contains(no), "{no}");
    }
}

#[test]
fn nothing_that_a_document_says_can_become_markup() {
    const BAD: &str = "</script><script>alert('x')</script><!-- \" ' & <b>\u{2028}";
    let mut record = fixture();
    record["document"]["subject"] = json!(BAD);
    record["document"]["text"] = json!(BAD);
    record["tasks"][0]["title"] = json!(BAD);
    record["tasks"][0]["lead"][0]["name"] = json!(BAD);
    let failed = json!({"error": {"code": "damaged", "message": BAD, "hint": BAD}});
    let documents = [PageDocument::new(BAD, record), PageDocument::new(format!("{BAD}2"), failed)];
    let mut pages: Vec<String> = folder(&documents, Lang::En).into_iter().map(|f| f.html).collect();
    pages.push(page(&documents, Lang::Vi));
    for html in pages {
        assert!(!html.contains("alert('x')</script>") && !html.contains("& <b>") && !html.contains("<!-- "));
        // opened and closed as often as the template and its blocks do
        assert_eq!(html.matches("<script").count(), html.matches("</script>").count());
    }
    let html = page(&documents, Lang::Vi);
    let packed = block(&html, "document-0")["record"].to_string();
    assert!(packed.contains(serde_json::to_string(BAD).unwrap().trim_matches('"')));
}

#[test]
fn every_word_that_a_template_asks_for_exists_in_both_languages() {
    let words = block(&page(&[], Lang::Vi), "words");
    let mut asked = BTreeSet::new();
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/templates")).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for quote in text.split('\'').skip(1).step_by(2) {
            let known = [
                "page.",
                "filter.",
                "edit.",
                "keys.",
                "limit.",
                "via.",
                "role.",
                "kind.",
                "status.",
                "flag.",
                "diff.",
                "every.",
                "weekday.",
                "duration.",
                "limit-kind.",
            ];
            if known.iter().any(|k| quote.starts_with(k)) && !quote.ends_with('.') {
                asked.insert(quote.to_owned());
            }
        }
    }
    assert!(asked.len() > 60, "{asked:?}");
    let missing: Vec<&String> = asked.iter().filter(|key| words.get(*key).is_none()).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_ne!(block(&page(&[], Lang::En), "words"), words);
}

#[test]
fn every_flag_kind_and_status_of_the_schema_has_its_words() {
    let schema: Value = serde_json::from_str(nhiemvu_exporter::SCHEMA).unwrap();
    let words = block(&page(&[], Lang::Vi), "words");
    let task = &schema["$defs"]["task"]["properties"];
    let deadline = &schema["$defs"]["deadline"]["properties"];
    let lists = [
        ("flag.", &task["flags"]["items"]["enum"]),
        ("kind.", &task["kind"]["enum"]),
        ("status.", &task["status"]["enum"]),
        ("limit-kind.", &deadline["kind"]["enum"]),
    ];
    for (prefix, values) in lists {
        for value in values.as_array().unwrap().iter().filter_map(Value::as_str) {
            assert!(words.get(format!("{prefix}{value}")).is_some(), "{prefix}{value}");
        }
    }
}

#[test]
fn all_of_the_text_is_shown_and_once() {
    let html = page(&[PageDocument::new("ben.pdf", fixture())], Lang::Vi);
    let data = block(&html, "document-0");
    let text: Vec<char> = fixture()["document"]["text"].as_str().unwrap().chars().collect();
    let mut shown = String::new();
    for b in data["blocks"].as_array().unwrap() {
        let at = |i: usize| b[i].as_u64().unwrap() as usize;
        shown.extend(&text[at(2)..at(3)]);
    }
    let dense = |s: String| s.replace(char::is_whitespace, "");
    assert_eq!(dense(shown), dense(text.into_iter().collect()));
}

#[test]
fn a_folder_has_an_index_and_a_page_for_each_document() {
    let names = ["a/kh.md", "A/KH.md", "../../etc/x", "hỏng.pdf", "a b#c?.md"];
    let mut documents: Vec<PageDocument> = names.iter().map(|n| PageDocument::new(*n, fixture())).collect();
    documents[3].record = json!({"error": {"code": "damaged", "message": "hỏng", "hint": null}});
    let files = folder(&documents, Lang::Vi);
    let paths: Vec<&str> = files.iter().map(|f| f.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "index.html",
            "van-ban/a/kh.md.html",
            "van-ban/A/KH.md-2.html",
            "van-ban/etc/x.html",
            "van-ban/a b_c_.md.html"
        ]
    );
    for link in ["van-ban/a/kh.md.html", "van-ban/a%20b_c_.md.html"] {
        assert!(files[0].html.contains(&format!("<a href=\"{link}\">")), "{link}");
    }
    assert!(files[1].html.contains("data-index=\"../../index.html\""));
    assert!(files[0].html.contains("Không đọc được: hỏng (damaged)"));
}

#[test]
fn differences_reach_the_page_under_the_tasks_they_belong_to() {
    let (mut actual, expected) = (fixture(), fixture());
    actual["tasks"][1]["kind"] = json!("planned");
    actual["tasks"].as_array_mut().unwrap().remove(4);
    let mut document = PageDocument::new("ben.pdf", actual.clone());
    document.diff = Some(diff(&actual, &expected, &Only::default()));
    let data = block(&page(&[document], Lang::Vi), "document-0");
    let found = data["diff"].as_array().unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(found[0]["ids"][0], actual["tasks"][1]["id"]);
    assert_eq!(found[1]["change"], "missing");
}

#[test]
fn the_same_documents_give_the_same_bytes() {
    let documents: Vec<PageDocument> = (0..40).map(|i| PageDocument::new(format!("{i}.pdf"), fixture())).collect();
    let first = page(&documents, Lang::Vi);
    assert!(first == page(&documents, Lang::Vi));
    assert!(first.contains("Nhiệm vụ trong 40 văn bản"));
}
