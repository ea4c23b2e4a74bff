//! The words that bodies are named by.

use nhiemvu_text::{Wording, cells};

/// Names of bodies and provinces, offices, nouns for several bodies, and the words of which names are made.
pub fn wordings() -> impl Iterator<Item = Wording<'static>> {
    const BODIES: &str = include_str!("../data/bodies.tsv");
    let names = [1, 2, 4].into_iter().flat_map(|column| cells(BODIES, column));
    let provinces = include_str!("../data/provinces.tsv");
    let first = [
        include_str!("../data/titles.tsv"),
        include_str!("../data/groups.tsv"),
        include_str!("../data/ranks.tsv"),
        include_str!("../data/heads.tsv"),
        include_str!("../data/parts.tsv"),
        include_str!("../data/committees.tsv"),
    ];
    let inside = [
        include_str!("../data/tails.tsv"),
        include_str!("../data/stops.tsv"),
        include_str!("../data/compounds.tsv"),
        include_str!("../data/others.tsv"),
        include_str!("../data/hamlets.tsv"),
        include_str!("../data/abbreviations.tsv"),
        include_str!("../data/expand.tsv"),
    ];
    let long = [include_str!("../data/abbreviations.tsv"), include_str!("../data/expand.tsv")];
    let first = names.chain(first.into_iter().flat_map(|table| cells(table, 0))).map(Wording::First);
    let inside = inside.into_iter().flat_map(|table| cells(table, 0));
    let long = long.into_iter().flat_map(|table| cells(table, 1));
    let places = cells(provinces, 1).chain(cells(include_str!("../data/districts.tsv"), 2));
    first.chain(inside.chain(long).chain(places).map(Wording::Inside))
}
