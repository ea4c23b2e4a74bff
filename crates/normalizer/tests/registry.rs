//! The data files prove themselves.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{HashMap, HashSet};

use nhiemvu_normalizer::{Context, Registry, RegistryError};

#[test]
fn every_name_and_alias_finds_its_own_entry() {
    let registry = Registry::builtin();
    let mut wrong = Vec::new();
    for entry in registry.entries() {
        for name in
            std::iter::once(&entry.name).chain(&entry.aliases).chain(Some(&entry.city_name).filter(|n| !n.is_empty()))
        {
            let found = registry.lookup(name);
            if !found.iter().any(|e| e.id == entry.id) {
                let ids: Vec<&str> = found.iter().map(|e| e.id.as_ref()).collect();
                wrong.push(format!("{name} of {} finds {ids:?}", entry.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_canonical_name_in_a_sentence_is_its_own_mention() {
    let registry = Registry::builtin();
    let context = Context::new(registry, "UBND TỈNH GIA LAI", "", "", "2026-11-01".parse().ok());
    let mut wrong = Vec::new();
    for entry in registry.entries() {
        let text = format!("Ngày hội đọc sách do {} mở.", entry.name);
        let found = registry.mentions(&text, &context);
        let names: Vec<&str> = found.iter().map(|m| m.agency.name.as_str()).collect();
        // of two bodies that once had the same name the one of the day is meant
        if names.len() != 1 || nhiemvu_text::fold_key(names[0]) != nhiemvu_text::fold_key(&entry.name) {
            wrong.push(format!("{}: {names:?}", entry.name));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn ids_are_unique_and_in_order() {
    let ids: Vec<&str> = Registry::builtin().entries().iter().map(|e| e.id.as_ref()).collect();
    assert!(ids.windows(2).all(|w| w[0] < w[1]), "{:?}", ids.windows(2).find(|w| w[0] >= w[1]));
}

#[test]
fn dates_and_successors_are_sound() {
    let registry = Registry::builtin();
    for entry in registry.entries() {
        assert!(entry.from.zip(entry.to).is_none_or(|(from, to)| from <= to), "{}", entry.id);
        if let Some(id) = entry.successor.as_deref() {
            let successor = registry.entry(id).unwrap_or_else(|| panic!("{}: no successor {id}", entry.id));
            assert!(entry.to.is_some(), "{} has a successor and no end", entry.id);
            assert!(successor.to.is_none_or(|to| to > entry.to.unwrap()), "{} ends after {id}", entry.id);
        }
        assert!(!entry.source.is_empty(), "{} names no source", entry.id);
    }
}

#[test]
fn no_alias_is_the_canonical_name_of_another() {
    let registry = Registry::builtin();
    let names: HashMap<String, &str> =
        registry.entries().iter().map(|e| (nhiemvu_text::fold_key(&e.name), e.id.as_ref())).collect();
    for entry in registry.entries() {
        let mut seen = HashSet::new();
        for alias in &entry.aliases {
            let key = nhiemvu_text::fold_key(alias);
            assert!(seen.insert(alias.clone()), "{}: `{alias}` twice", entry.id);
            assert!(
                names.get(&key).is_none_or(|id| *id == entry.id),
                "`{alias}` of {} is {:?}",
                entry.id,
                names.get(&key)
            );
        }
    }
}

#[test]
fn word_lists_are_in_order_and_without_repeats() {
    for (file, tsv) in [
        ("abbreviations", include_str!("../data/abbreviations.tsv")),
        ("committees", include_str!("../data/committees.tsv")),
        ("compounds", include_str!("../data/compounds.tsv")),
        ("expand", include_str!("../data/expand.tsv")),
        ("groups", include_str!("../data/groups.tsv")),
        ("heads", include_str!("../data/heads.tsv")),
        ("lowercase", include_str!("../data/lowercase.tsv")),
        ("others", include_str!("../data/others.tsv")),
        ("parts", include_str!("../data/parts.tsv")),
        ("ranks", include_str!("../data/ranks.tsv")),
        ("stops", include_str!("../data/stops.tsv")),
        ("tails", include_str!("../data/tails.tsv")),
        ("titles", include_str!("../data/titles.tsv")),
        ("communes", include_str!("../data/communes.tsv")),
        ("districts", include_str!("../data/districts.tsv")),
    ] {
        let keys: Vec<&str> = tsv.lines().skip(1).map(|l| l.split('\t').next().unwrap()).collect();
        let bad = keys.windows(2).find(|w| w[0] >= w[1]);
        assert!(bad.is_none(), "{file}: {bad:?}");
    }
}

#[test]
fn provinces_cover_every_day_since_2025() {
    let registry = Registry::builtin();
    for (date, count) in
        [("2024-12-31", 63), ("2025-01-01", 63), ("2025-06-30", 63), ("2025-07-01", 34), ("2026-11-21", 34)]
    {
        let date = date.parse().unwrap();
        let codes: HashSet<&str> = registry.provinces().iter().filter(|p| p.is_on(date)).map(|p| p.code).collect();
        assert_eq!(codes.len(), count, "{date}");
    }
    let cities = |date: &str| {
        let date = date.parse().unwrap();
        registry.provinces().iter().filter(|p| p.is_on(date) && p.city).count()
    };
    assert_eq!([cities("2025-07-01"), cities("2026-05-01"), cities("2026-09-30")], [6, 7, 9]);
}

#[test]
fn a_users_own_rows_come_first_and_show_in_the_label() {
    let tsv = "name\taliases\tplace\nPhòng Văn thư lưu động\tPVTLĐ|P.VTLĐ\to\nSở Sách và Thư viện\tSSTV\to\n";
    let registry = Registry::with_user_file(tsv, "phong.tsv").unwrap();
    assert!(registry.label().starts_with("2026-11-21+") && registry.label().len() == 19, "{}", registry.label());
    let mentions = registry.mentions("PVTLĐ gửi Sở Sách và Thư viện, Sở Y tế.", &Context::default());
    let names: Vec<&str> = mentions.iter().map(|m| m.agency.name.as_str()).collect();
    assert_eq!(names, ["Phòng Văn thư lưu động", "Sở Sách và Thư viện", "Sở Y tế"]);
    assert_eq!(mentions[0].agency.id.as_deref(), Some("phong-van-thu-luu-dong"));
}

#[test]
fn a_users_file_is_checked_with_the_line_that_is_wrong() {
    let error = |tsv: &str| Registry::with_user_file(tsv, "own.tsv").err().map(|e| e.to_string()).unwrap_or_default();
    assert!(error("name\ttên\nA\tB\n").contains("own.tsv: the first line must name the columns"));
    assert!(error("name\tto\nPhòng A\t31/12/2025\n").contains("own.tsv:2: `31/12/2025` in the column `to`"));
    assert!(error("name\tplace\n# lời dặn\nPhòng A\tx\n").contains("own.tsv:3: `x` in the column `place`"));
    assert!(error("id\tname\na\t\n").contains("own.tsv:2: a row needs a name"));
    assert!(matches!(
        Registry::with_user_file("name\tfrom\tto\nA\t2026-01-02\t2026-01-01\n", "own.tsv"),
        Err(RegistryError::Cell { line: 2, column: "to", .. })
    ));
}

#[test]
fn names_that_the_document_defines_are_learnt() {
    let registry = Registry::builtin();
    let mut context = Context::new(registry, "UBND TỈNH GIA LAI", "KH-UBND", "", None);
    context
        .learn(registry, "Quỹ Sách lưu động tỉnh (sau đây gọi tắt là Quỹ Sách) và Sở Y tế (gọi tắt là “Sở”) góp sách.");
    let mentions = registry.mentions("Quỹ Sách báo cáo Sở.", &context);
    let names: Vec<&str> = mentions.iter().map(|m| m.agency.name.as_str()).collect();
    assert_eq!(names, ["Quỹ Sách lưu động tỉnh", "Sở Y tế"]);
}

#[test]
fn issuers_are_known_by_their_symbol() {
    let registry = Registry::builtin();
    let context = Context::default();
    for (symbol, name) in [
        ("TB-VPCP", "Văn phòng Chính phủ"),
        ("05/TB-VPCP", "Văn phòng Chính phủ"),
        ("6197/BKHCN-VP", "Bộ Khoa học và Công nghệ"),
        ("NQ-CP", "Chính phủ"),
        ("QĐ-TTg", "Thủ tướng Chính phủ"),
        ("STTTT-VP", "Sở Thông tin và Truyền thông"),
    ] {
        assert_eq!(registry.by_symbol(symbol, &context).map(|a| a.name).as_deref(), Some(name), "{symbol}");
    }
    let hanoi = Context::new(registry, "", "KH-UBND", "Hà Nội", "2025-11-17".parse().ok());
    assert_eq!(hanoi.province.as_deref(), Some("01"));
    assert_eq!(registry.issuer("", "KH-UBND", &hanoi).unwrap().agency.name, "Ủy ban nhân dân thành phố");
}

/// Each commune since 2025-07-01, and each district before, named behind the word for its level in a document of its province.
#[test]
fn every_place_of_the_tables_is_found_behind_its_level() {
    let registry = Registry::builtin();
    let provinces = |date: &str| -> HashMap<&str, &str> {
        let all = rows(include_str!("../data/provinces.tsv")).into_iter();
        let on =
            all.filter(|cells| (cells[3].is_empty() || cells[3] <= date) && (cells[4].is_empty() || cells[4] >= date));
        on.map(|cells| (cells[0], cells[1])).collect()
    };
    let communes = (include_str!("../data/communes.tsv"), "2025-09-10", false);
    let districts = (include_str!("../data/districts.tsv"), "2024-09-10", true);
    let mut wrong = Vec::new();
    for (table, date, district) in [communes, districts] {
        let provinces = provinces(date);
        for cells in rows(table) {
            let [code, kind, name, province] = cells[..] else { panic!("four cells: {cells:?}") };
            let level = match (kind, district) {
                ("x", _) => "xã",
                ("p", false) => "phường",
                ("p", true) => "thành phố",
                ("k", _) => "đặc khu",
                ("h", _) => "huyện",
                ("q", _) => "quận",
                _ => "thị xã",
            };
            let context = Context::new(registry, "", "", provinces[province], date.parse().ok());
            let text = format!("Xe sách của UBND {level} {name} rà soát bến.");
            let found = registry.mentions(&text, &context);
            let place = found.first().and_then(|m| m.agency.jurisdiction.clone()).unwrap_or_default();
            let got = if district { place.district_code } else { place.commune_code };
            // two districts of one name, of provinces that became one
            let namesake = district && name == "Châu Thành";
            if found.len() != 1 || got.as_deref() != Some(code) && !namesake {
                wrong.push(format!("{text}: {got:?}, {} found", found.len()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn rows(table: &'static str) -> Vec<Vec<&'static str>> {
    table.lines().skip(1).filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect()
}
