//! Rows of an annex that say again what the body said.

use nhiemvu_exporter::record::{Task, TaskList, Word};
use nhiemvu_model::Flag;

use crate::sketch::runs;

/// The share of the shorter task's pairs of words that the other has at least: the body says more, of reports and limits,
/// which a row of a table has in other cells.
const SAME: f64 = 0.8;
/// Pairs of words below which an order ("báo cáo kết quả") is like others wherever it stands.
const SHORT: usize = 5;
/// Tasks of the body, and of annexes, that are compared; real documents have fewer.
const COMPARED: usize = 1_000;

/// Links each task of an annex to the task of the body that it repeats, where both are laid on the same body or one
/// names nobody.
pub(crate) fn link(list: &mut TaskList) {
    if !list.tasks.iter().any(in_annex) {
        return;
    }
    let pairs: Vec<Vec<u64>> = list.tasks.iter().map(|task| runs(&task.title, 2)).collect();
    let long = |at: &usize| pairs.get(*at).is_some_and(|pairs| pairs.len() >= SHORT);
    let (annex, body): (Vec<usize>, Vec<usize>) =
        (0..list.tasks.len()).filter(long).partition(|at| list.tasks.get(*at).is_some_and(in_annex));
    for at in annex.into_iter().take(COMPARED) {
        let Some(task) = list.tasks.get(at).filter(|task| task.repeats.is_none()) else { continue };
        let earlier = body.iter().take(COMPARED).take_while(|one| **one < at);
        let alike = earlier.filter_map(|one| Some((list.tasks.get(*one)?, pairs.get(*one)?)));
        let mut alike = alike.filter(|(one, words)| {
            same_lead(one, task) && pairs.get(at).is_some_and(|pairs| contained(pairs, words) >= SAME)
        });
        let first = alike.next().map(|(one, _)| one.id.clone());
        if let (Some(first), Some(task)) = (first, list.tasks.get_mut(at)) {
            task.repeats = Some(first);
            flag(task);
        }
    }
}

/// The share of the shorter list that the other holds; both ascending, without repeats.
fn contained(a: &[u64], b: &[u64]) -> f64 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let shared = short.iter().filter(|word| long.binary_search(word).is_ok()).count();
    shared as f64 / short.len().max(1) as f64
}

/// An annex's items are numbered below it (`PL1.7`).
fn in_annex(task: &Task) -> bool {
    task.ordinal.starts_with("PL")
}

fn same_lead(a: &Task, b: &Task) -> bool {
    let same = |body: &nhiemvu_exporter::record::Agency| b.lead.iter().any(|other| other.name == body.name);
    a.lead.is_empty() || b.lead.is_empty() || a.lead.iter().any(same)
}

/// Flags stand in the order of [`Flag`].
fn flag(task: &mut Task) {
    let behind = [Flag::Ocr, Flag::OcrUncertain, Flag::TableUncertain].map(Flag::as_str);
    let repeated = Flag::Repeated.as_str();
    if task.flags.iter().all(|flag| flag != repeated) {
        let place = task.flags.iter().position(|flag| behind.contains(&flag.as_ref()));
        task.flags.insert(place.unwrap_or(task.flags.len()), Word::Borrowed(repeated));
    }
}
