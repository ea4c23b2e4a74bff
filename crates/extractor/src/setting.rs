//! What the document as a whole says: issuer, place, date, kind of document, whom it is addressed to.

use nhiemvu_model::{Agency, Document, NodeId, PartialDate, Via};
use nhiemvu_normalizer::{Context, Level, Registry};
use nhiemvu_text::fold_key;

use crate::bodies;
use crate::extract::Options;

/// The document's own setting.
pub(crate) struct Setting {
    pub context: Context,
    pub issuer: Option<Agency>,
    pub addressees: Vec<Agency>,
    pub date: Option<PartialDate>,
    pub directive: bool,
    pub normative: bool,
    /// Whether it reports or submits to those above.
    pub reports: bool,
    pub default_lead: Vec<Agency>,
}

impl Setting {
    /// Reads it off the header, the closing, and the first paragraphs.
    pub fn of(document: &Document, registry: &Registry, options: &Options) -> Self {
        let header = &document.header;
        let date = date_of(document, options);
        let day = date.and_then(PartialDate::full);
        let issuer_text = header
            .issuer
            .as_ref()
            .map(|m| m.text().to_owned())
            .or_else(|| issuer_by_signature(document))
            .unwrap_or_default();
        let symbol = header.number.as_ref().and_then(|n| n.symbol.clone()).unwrap_or_default();
        let place = options
            .province
            .clone()
            .or_else(|| header.place.clone())
            .or_else(|| place_in_words(document, registry))
            .unwrap_or_default();
        let mut context = Context::new(registry, &issuer_text, &symbol, &place, day);
        // of a commune whose name several provinces have, the text may tell whose it is
        if context.province.is_none()
            && matches!(context.level, Some(Level::Commune | Level::District))
            && let Some(province) = place_in_words(document, registry)
        {
            context = Context::new(registry, &issuer_text, &symbol, &province, day);
        }
        for node in document.nodes.iter().take(400) {
            let text = node.text.text();
            // few have a bracket at all
            if text.contains('(') {
                context.learn(registry, node.text.text());
            }
        }
        let issuer = registry.issuer(&issuer_text, &symbol, &context).map(|found| {
            let mut agency = found.agency;
            agency.span = header.issuer.as_ref().map(nhiemvu_model::Mended::whole);
            agency.via = Via::Text;
            agency
        });
        let addressees: Vec<Agency> = header
            .addressees
            .iter()
            .flat_map(|line| {
                bodies::agencies(
                    &registry.field(line.text().trim_end_matches([';', '.']), &context).mentions,
                    line,
                    Via::Text,
                )
            })
            .collect();
        let kind = header.doc_type.as_deref().unwrap_or("");
        let directive = !matches!(kind, "KH" | "BC" | "CTr" | "ĐA" | "PA" | "TTr" | "DA" | "QĐ" | "NQ");
        let year_in_number = header.number.as_ref().is_some_and(|n| {
            n.raw.split('/').nth(1).is_some_and(|y| y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()))
        });
        // the National Assembly numbers all its resolutions with the year; what they set for good says so in the title
        let symbol = header.number.as_ref().and_then(|n| n.symbol.as_deref()).unwrap_or("");
        let of_assembly = kind == "NQ" && symbol.contains("QH");
        let subject = header.subject.as_ref().map_or_else(String::new, |s| nhiemvu_text::fold_key(s.text()));
        let sets = ["quy định", "thí điểm", "đặc thù", "nội quy", "quy chế", "tiêu chuẩn", "phân loại"]
            .iter()
            .any(|w| subject.contains(w));
        let normative = matches!(kind, "NĐ" | "TT" | "TTLT" | "L" | "PL" | "QC" | "QyĐ")
            || (matches!(kind, "QĐ" | "NQ") && year_in_number && (sets || !of_assembly));
        let reports = matches!(kind, "BC" | "TTr");
        let default_lead = if reports {
            Vec::new()
        } else {
            addressees
                .iter()
                .cloned()
                .map(|mut a| {
                    a.via = Via::Document;
                    a
                })
                .collect()
        };
        Self { context, issuer, addressees, date, directive, normative, reports, default_lead }
    }
}

/// The document's date: its header's, else the option, else the meeting's that it reports.
fn date_of(document: &Document, options: &Options) -> Option<PartialDate> {
    let header = document.header.date;
    if header.is_some_and(|d| d.full().is_some()) {
        return header;
    }
    if let Some(date) = options.date {
        return Some(date.into());
    }
    let meeting = document.header.meeting_date.filter(|m| header.is_none_or(|h| h.year == m.year));
    meeting.or(header)
}

/// `TM. ỦY BAN NHÂN DÂN`, `TL. CHỦ TỊCH`: the body that signs, where the header is lost.
fn issuer_by_signature(document: &Document) -> Option<String> {
    let signer = document.header.signer.as_ref()?;
    for line in &signer.authority {
        let key = fold_key(line);
        let body = key.trim_start_matches("tm").trim_start_matches("t/m").trim_start_matches(['.', ' ', ':']);
        if body.starts_with("ủy ban nhân dân") || body.starts_with("ubnd") {
            let level = level_in_words(document);
            return Some(format!("Ủy ban nhân dân {level}"));
        }
        if key.starts_with("tm") || key.starts_with("t/m") {
            return Some(
                line.trim_start_matches("TM").trim_start_matches("T/M").trim_start_matches(['.', ' ']).to_owned(),
            );
        }
        if key.starts_with("tl. chủ tịch") || key.starts_with("tl chủ tịch") {
            let level = level_in_words(document);
            return Some(format!("Ủy ban nhân dân {level}"));
        }
    }
    None
}

/// The level that the first paragraphs speak of.
fn level_in_words(document: &Document) -> &'static str {
    let words: String =
        document.nodes.iter().skip(1).take(30).map(|n| fold_key(n.text.text())).collect::<Vec<_>>().join(" ");
    let count = |w: &str| words.matches(w).count();
    let province = count("ubnd tỉnh") + count("ủy ban nhân dân tỉnh");
    let city = count("ubnd thành phố") + count("ủy ban nhân dân thành phố");
    let commune =
        count("ubnd xã") + count("ủy ban nhân dân xã") + count("ubnd phường") + count("ủy ban nhân dân phường");
    let district = count("ubnd huyện") + count("ủy ban nhân dân huyện");
    let best = province.max(city).max(commune).max(district);
    if best == province {
        "tỉnh"
    } else if best == city {
        "thành phố"
    } else if best == district {
        "huyện"
    } else {
        "xã"
    }
}

/// The province that the opening names most often (`UBND tỉnh Thái Nguyên ban hành …`), where no place of issue is given.
fn place_in_words(document: &Document, registry: &Registry) -> Option<String> {
    let mut words = document.header.subject.as_ref().map(|s| s.text().to_owned()).unwrap_or_default();
    for id in document.node(NodeId(0)).children.iter().take(12) {
        words.push('\n');
        words.push_str(document.node(*id).text.text());
    }
    let mut counts: Vec<(String, usize)> = Vec::new();
    for mention in registry.mentions(&words, &Context::default()) {
        let Some(province) = mention.agency.jurisdiction.and_then(|j| j.province) else { continue };
        match counts.iter_mut().find(|(p, _)| *p == province) {
            Some((_, n)) => *n += 1,
            None => counts.push((province, 1)),
        }
    }
    // what follows each word for a province, so that the text is not searched once for every name
    let levelled: Vec<&str> = ["tỉnh ", "thành phố "]
        .iter()
        .flat_map(|level| words.match_indices(level).filter_map(|(at, _)| words.get(at + level.len()..)))
        .collect();
    for province in registry.provinces() {
        let name = province_name(province);
        let n = levelled.iter().filter(|rest| rest.starts_with(name)).count();
        if n > 0 {
            match counts.iter_mut().find(|(p, _)| *p == name) {
                Some((_, m)) => *m += n,
                None => counts.push((name.to_owned(), n)),
            }
        }
    }
    // the first of those named most often
    let most = counts.iter().map(|(_, n)| *n).max()?;
    counts.into_iter().find(|(_, n)| *n == most).map(|(p, _)| p)
}

fn province_name(province: &nhiemvu_normalizer::Province) -> &str {
    province.name
}
