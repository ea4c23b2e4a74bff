//! Records in fewer bytes: a task's keys stand once in a document, and so does what many tasks share.
//!
//! A list is `[0, items …]`; an object is `[n, values …]` with the keys of shape `n`; a JSON object stands for a shared
//! value, by its number: `{"r": 5}`. Everything else is itself. The order of keys is kept.

use std::collections::HashMap;

use serde_json::{Value, json};

/// Shorter values, in bytes of JSON, cost less than a reference to them.
const SHORT: usize = 12;

/// Packs a value.
pub(super) fn pack(value: &Value) -> Value {
    let mut packer = Packer::default();
    let root = packer.number(value);
    packer.count(root);
    let root = packer.write(root);
    json!({"shapes": packer.shapes, "shared": packer.shared, "root": root})
}

/// A value by what it is made of; equal values are equal keys.
#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    Text(&'a str),
    /// A number, a truth value or null.
    Plain(String),
    /// A list (shape 0) or an object, and the numbers of the values in it.
    Whole(usize, Vec<usize>),
}

/// A value, once for all places where it stands.
struct Node<'a> {
    value: &'a Value,
    shape: usize,
    inside: Vec<usize>,
    /// About how many bytes it takes as JSON.
    length: usize,
    /// In how many places it stands, those inside a repeated value left out.
    count: usize,
    /// Its number among the shared values, once it has one.
    shared: Option<usize>,
}

#[derive(Default)]
struct Packer<'a> {
    nodes: Vec<Node<'a>>,
    numbers: HashMap<Key<'a>, usize>,
    shapes: Vec<Vec<&'a str>>,
    shape_numbers: HashMap<Vec<&'a str>, usize>,
    shared: Vec<Value>,
}

impl<'a> Packer<'a> {
    /// Numbers a value and all that it holds.
    fn number(&mut self, value: &'a Value) -> usize {
        let (shape, inside, key) = match value {
            Value::String(text) => (0, Vec::new(), Key::Text(text)),
            Value::Array(items) => {
                let inside: Vec<usize> = items.iter().map(|v| self.number(v)).collect();
                (0, inside.clone(), Key::Whole(0, inside))
            }
            Value::Object(keys) => {
                let shape = self.shape(keys.keys().map(String::as_str).collect());
                let inside: Vec<usize> = keys.values().map(|v| self.number(v)).collect();
                (shape, inside.clone(), Key::Whole(shape, inside))
            }
            plain => (0, Vec::new(), Key::Plain(plain.to_string())),
        };
        let length = match &key {
            Key::Text(text) => text.len() + 2,
            Key::Plain(words) => words.len(),
            Key::Whole(_, inside) => {
                inside.iter().filter_map(|i| self.nodes.get(*i)).map(|n| n.length + 1).sum::<usize>() + 3
            }
        };
        let next = self.nodes.len();
        let number = *self.numbers.entry(key).or_insert(next);
        if number == next {
            self.nodes.push(Node { value, shape, inside, length, count: 0, shared: None });
        }
        number
    }

    fn shape(&mut self, keys: Vec<&'a str>) -> usize {
        if let Some(number) = self.shape_numbers.get(&keys) {
            return *number;
        }
        self.shapes.push(keys.clone());
        self.shape_numbers.insert(keys, self.shapes.len());
        self.shapes.len()
    }

    fn count(&mut self, number: usize) {
        let Some(node) = self.nodes.get_mut(number) else { return };
        node.count += 1;
        if node.count == 1 {
            for inside in node.inside.clone() {
                self.count(inside);
            }
        }
    }

    fn write(&mut self, number: usize) -> Value {
        let Some(node) = self.nodes.get(number) else { return Value::Null };
        if let Some(shared) = node.shared {
            return json!({"r": shared});
        }
        let repeated = node.count > 1 && node.length >= SHORT;
        let whole = match node.value {
            Value::Array(_) | Value::Object(_) => {
                let (shape, inside) = (node.shape, node.inside.clone());
                let values: Vec<Value> = inside.into_iter().map(|i| self.write(i)).collect();
                std::iter::once(json!(shape)).chain(values).collect()
            }
            plain => plain.clone(),
        };
        if !repeated {
            return whole;
        }
        let shared = self.shared.len();
        self.shared.push(whole);
        if let Some(node) = self.nodes.get_mut(number) {
            node.shared = Some(shared);
        }
        json!({"r": shared})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the page's script does.
    fn unpack(packed: &Value) -> Value {
        let shapes: Vec<Vec<String>> = serde_json::from_value(packed["shapes"].clone()).unwrap();
        let mut shared: Vec<Value> = Vec::new();
        for value in packed["shared"].as_array().unwrap() {
            let whole = open(value, &shapes, &shared);
            shared.push(whole);
        }
        open(&packed["root"], &shapes, &shared)
    }

    fn open(value: &Value, shapes: &[Vec<String>], shared: &[Value]) -> Value {
        match value {
            Value::Object(_) => shared[value["r"].as_u64().unwrap() as usize].clone(),
            Value::Array(items) => {
                let rest: Vec<Value> = items[1..].iter().map(|v| open(v, shapes, shared)).collect();
                match items[0].as_u64().unwrap() as usize {
                    0 => Value::Array(rest),
                    n => Value::Object(shapes[n - 1].iter().cloned().zip(rest).collect()),
                }
            }
            other => other.clone(),
        }
    }

    #[test]
    fn what_is_packed_comes_out_as_it_went_in_and_smaller() {
        let record: Value = serde_json::from_str(include_str!("../../tests/data/ben-thuyen.json")).unwrap();
        let packed = pack(&record);
        assert_eq!(unpack(&packed).to_string(), record.to_string());
        assert!(packed.to_string().len() * 3 < record.to_string().len() * 2, "{}", packed.to_string().len());
        for odd in [json!([]), json!({}), json!(null), json!([[], [[]], {"r": 1}, {"r": 1}]), json!("x")] {
            assert_eq!(unpack(&pack(&odd)), odd);
        }
    }
}
