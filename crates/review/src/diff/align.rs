//! Which actual task is which expected one.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::Hash;

use serde_json::Value;

use super::pieces::{Bag, Words};
use crate::norm;

/// At least so alike are two tasks of which one is the other with words changed.
const ALIKE: f64 = 0.5;
/// The same between two neighbours that are aligned already, where little else can stand.
const ALIKE_IN_PLACE: f64 = 0.25;
/// At least so much of a piece stands in the task that it was split from.
const PIECE: f64 = 0.8;
/// Shorter texts are found in too many others to be pieces of one.
const PIECE_WORDS: usize = 3;
/// Above so many pairs only tasks near each other are compared.
const MAX_PAIRS: usize = 1 << 21;
/// How near those are, in tasks.
const NEAR: usize = 64;

/// The outcome of an alignment, in positions of both lists.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Alignment {
    /// For each expected task its actual one.
    pub pairs: Vec<Option<usize>>,
    /// Expected task, and the actual ones that it was split into, in order.
    pub splits: Vec<(usize, Vec<usize>)>,
    /// Expected tasks in order, and the actual one that they were merged into.
    pub merges: Vec<(Vec<usize>, usize)>,
    /// Actual tasks that are no part of any of these.
    pub extra: Vec<usize>,
}

impl Alignment {
    /// Whether an expected task takes part in a split or a merge.
    pub fn broken(&self, expected: usize) -> bool {
        self.splits.iter().any(|(e, _)| *e == expected) || self.merges.iter().any(|(es, _)| es.contains(&expected))
    }
}

/// What an item is recognised by.
struct Keys {
    id: Option<String>,
    text: String,
    title: String,
    heading: String,
    ordinal: String,
}

impl Keys {
    fn of(item: &Value) -> Self {
        let own = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default();
        let words = ["text", "raw"].into_iter().map(own).find(|s| !s.is_empty()).unwrap_or_default();
        let heading = item.get("section").and_then(Value::as_array).and_then(|s| s.last());
        let heading = heading.and_then(|h| h.get("title")).and_then(Value::as_str).unwrap_or_default();
        Self {
            id: item.get("id").and_then(Value::as_str).map(str::to_owned),
            text: norm(words),
            title: norm(own("title")),
            heading: norm(heading),
            ordinal: own("ordinal").to_owned(),
        }
    }
}

/// Aligns by id, then by equal text (under the same heading first), then by likeness and place; then finds pieces.
pub(super) fn align(expected: &[Value], actual: &[Value]) -> Alignment {
    let want: Vec<Keys> = expected.iter().map(Keys::of).collect();
    let got: Vec<Keys> = actual.iter().map(Keys::of).collect();
    let mut pairing = Pairing::new(want.len(), got.len());
    pairing.equal(&want, &got, |k| k.id.clone());
    pairing.equal(&want, &got, |k| (!k.text.is_empty()).then(|| (k.text.clone(), k.heading.clone())));
    pairing.equal(&want, &got, |k| (!k.text.is_empty()).then(|| k.text.clone()));
    // a partial expected task may give its title or its place alone
    let bare = |k: &Keys, key: &str| (k.text.is_empty() && !key.is_empty()).then(|| key.to_owned());
    pairing.matching(&want, &got, |k| bare(k, &k.title), |k| Some(k.title.clone()));
    pairing.matching(&want, &got, |k| bare(k, &k.ordinal), |k| Some(k.ordinal.clone()));
    let mut words = Words::default();
    let want_bags: Vec<Bag> = want.iter().map(|k| words.bag(&k.text)).collect();
    let got_bags: Vec<Bag> = got.iter().map(|k| words.bag(&k.text)).collect();
    pairing.alike(&want, &got, &want_bags, &got_bags);
    pairing.pieces(&want_bags, &got_bags)
}

struct Pairing {
    /// Actual task of each expected one.
    forth: Vec<Option<usize>>,
    /// Expected task of each actual one.
    back: Vec<Option<usize>>,
}

impl Pairing {
    fn new(want: usize, got: usize) -> Self {
        Self { forth: vec![None; want], back: vec![None; got] }
    }

    fn pair(&mut self, e: usize, a: usize) {
        if let (Some(forth), Some(back)) = (self.forth.get_mut(e), self.back.get_mut(a)) {
            (*forth, *back) = (Some(a), Some(e));
        }
    }

    fn free(&self) -> (Vec<usize>, Vec<usize>) {
        let none = |side: &[Option<usize>]| (0..side.len()).filter(|i| side.get(*i) == Some(&None)).collect();
        (none(&self.forth), none(&self.back))
    }

    /// Pairs what has the same key, in order.
    fn equal<K: Hash + Eq>(&mut self, want: &[Keys], got: &[Keys], key: impl Fn(&Keys) -> Option<K>) {
        self.matching(want, got, &key, &key);
    }

    /// Pairs what has the same key, in order; the two sides may take it from different fields.
    fn matching<K: Hash + Eq>(
        &mut self,
        want: &[Keys],
        got: &[Keys],
        want_key: impl Fn(&Keys) -> Option<K>,
        got_key: impl Fn(&Keys) -> Option<K>,
    ) {
        let (free_want, free_got) = self.free();
        let mut by_key: HashMap<K, VecDeque<usize>> = HashMap::new();
        for a in free_got {
            if let Some(key) = got.get(a).and_then(&got_key) {
                by_key.entry(key).or_default().push_back(a);
            }
        }
        for e in free_want {
            let key = want.get(e).and_then(&want_key);
            if let Some(a) = key.and_then(|k| by_key.get_mut(&k)).and_then(VecDeque::pop_front) {
                self.pair(e, a);
            }
        }
    }

    /// Pairs the rest by likeness, the most alike first; of equally alike ones those nearest in place.
    fn alike(&mut self, want: &[Keys], got: &[Keys], want_bags: &[Bag], got_bags: &[Bag]) {
        let (free_want, free_got) = self.free();
        let all = free_want.len().saturating_mul(free_got.len()) <= MAX_PAIRS;
        let mut candidates = Vec::new();
        for &e in &free_want {
            for &a in &free_got {
                let distance = e.abs_diff(a);
                let (Some(we), Some(ga), Some(wb), Some(gb)) =
                    (want.get(e), got.get(a), want_bags.get(e), got_bags.get(a))
                else {
                    continue;
                };
                if (!all && distance > NEAR) || wb.len() == 0 {
                    continue;
                }
                let in_place = self.in_place(e, a);
                let likeness = wb.likeness(gb);
                if likeness >= if in_place { ALIKE_IN_PLACE } else { ALIKE } {
                    let same_place = !we.ordinal.is_empty() && we.ordinal == ga.ordinal;
                    let same_heading = we.heading == ga.heading;
                    let score =
                        likeness + 0.1 * f64::from(u8::from(same_place)) + 0.05 * f64::from(u8::from(same_heading));
                    candidates.push(((score * 1e6) as u64, distance, e, a));
                }
            }
        }
        candidates.sort_unstable_by_key(|(score, distance, e, a)| (std::cmp::Reverse(*score), *distance, *e, *a));
        for (_, _, e, a) in candidates {
            if self.forth.get(e) == Some(&None) && self.back.get(a) == Some(&None) {
                self.pair(e, a);
            }
        }
    }

    /// Whether the neighbours of both, or the ends of both lists, are aligned with each other.
    fn in_place(&self, e: usize, a: usize) -> bool {
        let before = match (e.checked_sub(1), a.checked_sub(1)) {
            (Some(e), Some(a)) => self.forth.get(e) == Some(&Some(a)),
            (None, None) => true,
            _ => false,
        };
        let after = match (self.forth.get(e + 1), self.back.get(a + 1)) {
            (Some(next), Some(_)) => *next == Some(a + 1),
            (None, None) => true,
            _ => false,
        };
        before && after
    }

    /// Finds splits and merges among what is left.
    fn pieces(self, want: &[Bag], got: &[Bag]) -> Alignment {
        let (free_want, free_got) = self.free();
        let splits = gather(&free_got, got, want, &self.forth);
        let merges = gather(&free_want, want, got, &self.back);
        let used: Vec<usize> = splits.iter().flat_map(|(_, pieces)| pieces.clone()).collect();
        let extra = free_got.into_iter().filter(|a| !used.contains(a)).collect();
        let merges = merges.into_iter().map(|(whole, pieces)| (pieces, whole)).collect();
        Alignment { pairs: self.forth, splits, merges, extra }
    }
}

/// Groups free pieces by the whole that they stand in; the piece that the whole is paired with is one of them. A whole
/// whose partner is as long as itself was not broken up: what else resembles it is another task.
fn gather(free: &[usize], pieces: &[Bag], wholes: &[Bag], partner: &[Option<usize>]) -> Vec<(usize, Vec<usize>)> {
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    if free.len().saturating_mul(wholes.len()) > MAX_PAIRS {
        return Vec::new();
    }
    for &piece in free {
        let Some(bag) = pieces.get(piece).filter(|b| b.len() >= PIECE_WORDS) else { continue };
        let best = wholes
            .iter()
            .enumerate()
            .map(|(whole, of)| (bag.inside(of), whole, of.len()))
            .filter(|(inside, whole, len)| {
                *inside >= PIECE && *len > bag.len() && shortened(*whole, *len, pieces, partner)
            })
            .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.abs_diff(piece).cmp(&x.1.abs_diff(piece))));
        if let Some((_, whole, _)) = best {
            groups.entry(whole).or_default().push(piece);
        }
    }
    for (whole, group) in &mut groups {
        group.extend(partner.get(*whole).copied().flatten());
        group.sort_unstable();
    }
    // one piece alone is a task that lost words, or chance
    groups.into_iter().filter(|(_, group)| group.len() > 1).collect()
}

fn shortened(whole: usize, len: usize, pieces: &[Bag], partner: &[Option<usize>]) -> bool {
    match partner.get(whole).copied().flatten() {
        Some(partner) => pieces.get(partner).is_some_and(|p| p.len() < len),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn tasks(texts: &[&str]) -> Vec<Value> {
        texts.iter().enumerate().map(|(i, t)| json!({"id": format!("{t:.6}{i}"), "text": t})).collect()
    }

    #[test]
    fn a_changed_word_is_a_changed_task() {
        let want = tasks(&["Đắp bờ kè bến thuyền", "Mua xuồng máy cho đội", "Vá đê"]);
        let got = tasks(&["Vá đê", "Đắp bờ kè bến đò", "Mua xuồng máy cho đội tuần tra"]);
        let found = align(&want, &got);
        assert_eq!(found.pairs, [Some(1), Some(2), Some(0)]);
        assert!(found.extra.is_empty() && found.splits.is_empty() && found.merges.is_empty());
    }

    #[test]
    fn what_stands_between_aligned_neighbours_is_the_same_task() {
        let want = tasks(&["Đắp bờ kè bến thuyền", "Mua xuồng máy cho đội tuần tra", "Vá đê"]);
        let got = tasks(&["Đắp bờ kè bến thuyền", "Thuê xuồng gỗ, trả cho đội trực", "Vá đê"]);
        assert_eq!(align(&want, &got).pairs, [Some(0), Some(1), Some(2)]);
        assert_eq!(align(&want[1..2], &[got[0].clone(), got[1].clone()]).extra, [0, 1]);
    }

    #[test]
    fn splits_and_merges_are_named() {
        let whole = tasks(&["Sở Tài chính lập dự toán sửa bến. Sở Xây dựng duyệt bản vẽ bờ kè.", "Vá đê sông Gốc"]);
        let parts = tasks(&["Sở Tài chính lập dự toán sửa bến.", "Sở Xây dựng duyệt bản vẽ bờ kè.", "Vá đê sông Gốc"]);
        let split = align(&whole, &parts);
        assert_eq!(split.splits, [(0, vec![0, 1])]);
        assert!(split.extra.is_empty());
        let merge = align(&parts, &whole);
        assert_eq!(merge.merges, [(vec![0, 1], 0)]);
        assert!(merge.extra.is_empty());
    }

    #[test]
    fn a_repeat_of_an_unbroken_task_is_extra() {
        let want = tasks(&["Đắp bờ kè bến thuyền trước mùa lũ"]);
        let got = tasks(&["Đắp bờ kè bến thuyền trước mùa lũ", "Đắp bờ kè bến thuyền"]);
        let found = align(&want, &got);
        assert_eq!(found.extra, [1]);
        assert!(found.splits.is_empty());
    }
}
