//! Records in fewer bytes: a task's keys stand once in a document, and so does what many tasks share.
//!
//! A list is `[0, items …]`; an object is `[n, values …]` with the keys of shape `n`; a JSON object stands for a shared
//! value, by its number: `{"r": 5}`. Everything else is itself. The order of keys is kept.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

/// Shorter values cost less than a reference to them.
const SHORT: usize = 12;
/// Longer ones are looked at piece by piece, and never as a whole.
const LONG: usize = 600;

/// Packs a value.
pub(super) fn pack(value: &Value) -> Value {
    let mut packer = Packer::default();
    packer.count(value);
    let root = packer.value(value);
    json!({"shapes": packer.shapes, "shared": packer.shared, "root": root})
}

#[derive(Default)]
struct Packer {
    /// How often each value stands there, by its JSON.
    counts: HashMap<String, usize>,
    /// The numbers of shared values, by their JSON.
    numbers: HashMap<String, usize>,
    shared: Vec<Value>,
    shapes: Vec<Vec<String>>,
    shape_numbers: HashMap<String, usize>,
}

impl Packer {
    /// Counts values that might be shared. What a repeated value holds is repeated with it, and not counted again.
    fn count(&mut self, value: &Value) {
        if matches!(value, Value::Null | Value::Bool(_) | Value::Number(_)) {
            return;
        }
        let json = value.to_string();
        if (SHORT..LONG).contains(&json.len()) {
            let seen = self.counts.entry(json).or_default();
            *seen += 1;
            if *seen > 1 {
                return;
            }
        }
        match value {
            Value::Array(items) => items.iter().for_each(|v| self.count(v)),
            Value::Object(keys) => keys.values().for_each(|v| self.count(v)),
            _ => {}
        }
    }

    fn value(&mut self, value: &Value) -> Value {
        let plain = matches!(value, Value::Null | Value::Bool(_) | Value::Number(_));
        let key = if plain { String::new() } else { value.to_string() };
        if self.counts.get(&key).is_none_or(|n| *n < 2) {
            return self.whole(value);
        }
        if let Some(number) = self.numbers.get(&key) {
            return json!({"r": number});
        }
        let whole = self.whole(value);
        let number = self.shared.len();
        self.shared.push(whole);
        self.numbers.insert(key, number);
        json!({"r": number})
    }

    fn whole(&mut self, value: &Value) -> Value {
        match value {
            Value::Array(items) => {
                std::iter::once(json!(0)).chain(items.iter().map(|v| self.value(v)).collect::<Vec<_>>()).collect()
            }
            Value::Object(keys) => {
                let shape = self.shape(keys);
                std::iter::once(json!(shape)).chain(keys.values().map(|v| self.value(v)).collect::<Vec<_>>()).collect()
            }
            other => other.clone(),
        }
    }

    fn shape(&mut self, keys: &Map<String, Value>) -> usize {
        let names: Vec<String> = keys.keys().cloned().collect();
        let key = names.join("\u{1f}");
        *self.shape_numbers.entry(key).or_insert_with(|| {
            self.shapes.push(names);
            self.shapes.len()
        })
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
