//! Two JSON values, down to what differs.

use serde::Serialize;
use serde_json::Value;

/// A value that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Leaf {
    /// The way to it inside its field: `[0].end`; empty for the field itself.
    pub path: String,
    /// The expected value; absent where only the result has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<Value>,
    /// The actual value; absent where only the expected file has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<Value>,
}

/// How values are compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Comparison {
    /// Whether places in the text count.
    pub spans: bool,
}

/// Elements that differ in more than so many values are shown whole: they are another element, not a changed one.
const SAME_ELEMENT: usize = 2;
/// Above so many pairs of elements, lists are compared by position alone.
const MAX_PAIRS: usize = 1 << 16;

impl Comparison {
    /// The differences of a field.
    pub fn field(self, expected: &Value, actual: Option<&Value>) -> Vec<Leaf> {
        let mut leaves = Vec::new();
        match actual {
            Some(actual) => self.value(expected, actual, "", &mut leaves),
            None => leaves.push(Leaf { path: String::new(), expected: Some(expected.clone()), actual: None }),
        }
        leaves
    }

    fn value(self, expected: &Value, actual: &Value, path: &str, out: &mut Vec<Leaf>) {
        match (expected, actual) {
            (Value::Object(want), Value::Object(got)) => {
                for (key, value) in want {
                    if key == "span" && !self.spans {
                        continue;
                    }
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    match got.get(key) {
                        Some(got) => self.value(value, got, &path, out),
                        None => out.push(Leaf { path, expected: Some(value.clone()), actual: None }),
                    }
                }
            }
            (Value::Array(want), Value::Array(got)) => self.list(want, got, path, out),
            _ if equal(expected, actual) => {}
            _ => {
                out.push(Leaf {
                    path: path.to_owned(),
                    expected: Some(expected.clone()),
                    actual: Some(actual.clone()),
                });
            }
        }
    }

    fn same(self, expected: &Value, actual: &Value) -> bool {
        let mut leaves = Vec::new();
        self.value(expected, actual, "", &mut leaves);
        leaves.is_empty()
    }

    /// Lists: equal ends are put aside; the rest is cut at the longest common run. What stands between two cuts is
    /// compared in pairs if it is as long on both sides, and else has come or gone.
    fn list(self, want: &[Value], got: &[Value], path: &str, out: &mut Vec<Leaf>) {
        let front = want.iter().zip(got).take_while(|(w, g)| self.same(w, g)).count();
        let (want, got) = (want.get(front..).unwrap_or_default(), got.get(front..).unwrap_or_default());
        let back = want.iter().rev().zip(got.iter().rev()).take_while(|(w, g)| self.same(w, g)).count();
        let want = want.get(..want.len() - back).unwrap_or_default();
        let got = got.get(..got.len() - back).unwrap_or_default();
        let at = |i: usize| format!("{path}[{}]", front + i);
        let mut cuts = self.common(want, got);
        cuts.push((want.len(), got.len()));
        let (mut i, mut j) = (0, 0);
        for (cut_i, cut_j) in cuts {
            if cut_i - i == cut_j - j {
                let pairs = want.get(i..cut_i).unwrap_or_default().iter().zip(got.get(j..cut_j).unwrap_or_default());
                pairs.zip(i..).for_each(|((want, got), i)| self.element(want, got, &at(i), out));
            } else {
                let lost = (i..cut_i).map(|i| Leaf { path: at(i), expected: want.get(i).cloned(), actual: None });
                out.extend(lost);
                out.extend((j..cut_j).map(|j| Leaf { path: at(j), expected: None, actual: got.get(j).cloned() }));
            }
            (i, j) = (cut_i + 1, cut_j + 1);
        }
    }

    fn element(self, want: &Value, got: &Value, path: &str, out: &mut Vec<Leaf>) {
        let mut leaves = Vec::new();
        self.value(want, got, path, &mut leaves);
        if leaves.len() > SAME_ELEMENT {
            leaves = vec![Leaf { path: path.to_owned(), expected: Some(want.clone()), actual: Some(got.clone()) }];
        }
        out.append(&mut leaves);
    }

    /// The longest common run of elements, as pairs of positions.
    fn common(self, want: &[Value], got: &[Value]) -> Vec<(usize, usize)> {
        if want.len() * got.len() > MAX_PAIRS {
            return Vec::new();
        }
        let same: Vec<Vec<bool>> = want.iter().map(|w| got.iter().map(|g| self.same(w, g)).collect()).collect();
        longest_run(&same, got.len())
    }
}

fn longest_run(same: &[Vec<bool>], width: usize) -> Vec<(usize, usize)> {
    let mut best = vec![vec![0_u32; width + 1]; same.len() + 1];
    let cell = |best: &[Vec<u32>], i: usize, j: usize| best.get(i).and_then(|r| r.get(j)).copied().unwrap_or_default();
    let is_same = |i: usize, j: usize| same.get(i).and_then(|r| r.get(j)).copied().unwrap_or_default();
    for i in (0..same.len()).rev() {
        for j in (0..width).rev() {
            let value = if is_same(i, j) {
                cell(&best, i + 1, j + 1) + 1
            } else {
                cell(&best, i + 1, j).max(cell(&best, i, j + 1))
            };
            if let Some(slot) = best.get_mut(i).and_then(|r| r.get_mut(j)) {
                *slot = value;
            }
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < same.len() && j < width {
        if is_same(i, j) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if cell(&best, i + 1, j) >= cell(&best, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Whether two plain values are equal; 90 and 90.0 are.
fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn paths(expected: &Value, actual: &Value) -> Vec<String> {
        let all = Comparison { spans: true };
        all.field(expected, Some(actual)).into_iter().map(|l| l.path).collect()
    }

    #[test]
    fn a_partial_value_is_compared_on_what_it_has() {
        assert!(paths(&json!({"name": "a"}), &json!({"name": "a", "id": 3})).is_empty());
        assert_eq!(paths(&json!({"name": "a", "id": 3}), &json!({"name": "a"})), ["id"]);
    }

    #[test]
    fn lists_show_what_came_and_what_went() {
        let (a, b, c) =
            (json!({"n": "a", "x": 1, "y": 1}), json!({"n": "b", "x": 2, "y": 2}), json!({"n": "c", "x": 3, "y": 3}));
        assert_eq!(paths(&json!([a, b, c]), &json!([a, c])), ["[1]"]);
        assert_eq!(paths(&json!([a, c]), &json!([a, b, c])), ["[1]"]);
        assert_eq!(paths(&json!([a]), &json!([b])), ["[0]"]);
        assert_eq!(paths(&json!([a, b]), &json!([a, {"n": "b", "x": 9, "y": 2}])), ["[1].x"]);
        assert_eq!(paths(&json!([a, b, c, a]), &json!([b, a, c])).len(), 3);
        let (a2, c2) = (json!({"n": "a", "x": 7, "y": 1}), json!({"n": "c", "x": 7, "y": 3}));
        assert_eq!(paths(&json!([a, b, c]), &json!([a2, b, c2])), ["[0].x", "[2].x"]);
    }

    #[test]
    fn numbers_are_equal_by_value() {
        assert!(paths(&json!([90]), &json!([90.0])).is_empty());
    }
}
