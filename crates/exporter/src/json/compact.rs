//! A serializer for records on one line, which writes byte for byte what `serde_json` does.
//!
//! Most of a record is keys: here they go out as they are, since a Rust field's name needs no escape, and words are looked
//! through eight bytes at a time.

use std::fmt;

use serde::ser::{self, Impossible, Serialize, Serializer};

/// Nothing of it can fail but a map whose key is no string, which JSON does not have.
type Result<T = ()> = std::result::Result<T, fmt::Error>;

/// Appends to `out` what is serialized.
pub(super) struct Compact<'o> {
    pub(super) out: &'o mut Vec<u8>,
}

/// An object or array that is being written.
pub(super) struct Items<'a, 'o> {
    to: &'a mut Compact<'o>,
    first: bool,
    /// What closes it.
    close: &'static [u8],
}

impl Compact<'_> {
    fn put(&mut self, words: &[u8]) {
        self.out.extend_from_slice(words);
    }

    /// The same, as the only thing that a value is: what a serializer's methods end with.
    #[allow(clippy::unnecessary_wraps, reason = "those methods give a result, though nothing can fail here")]
    fn whole(&mut self, words: &[u8]) -> Result {
        self.put(words);
        Ok(())
    }

    fn unsigned(&mut self, mut number: u64) -> Result {
        let mut digits = [0; 20];
        let mut at = digits.len();
        loop {
            at -= 1;
            if let Some(digit) = digits.get_mut(at) {
                *digit = b'0' + (number % 10) as u8;
            }
            number /= 10;
            if number == 0 {
                return self.whole(digits.get(at..).unwrap_or_default());
            }
        }
    }

    fn string(&mut self, text: &str) -> Result {
        self.out.reserve(text.len() + 2);
        self.out.push(b'"');
        let bytes = text.as_bytes();
        let mut from = 0;
        while let Some(at) = next_escape(bytes, from) {
            self.put(bytes.get(from..at).unwrap_or_default());
            self.escape(bytes.get(at).copied().unwrap_or_default());
            from = at + 1;
        }
        self.put(bytes.get(from..).unwrap_or_default());
        self.whole(b"\"")
    }

    #[cold]
    fn escape(&mut self, byte: u8) {
        const HEX: [u8; 16] = *b"0123456789abcdef";
        let hex = |half: u8| HEX.get(usize::from(half)).copied().unwrap_or(b'0');
        match byte {
            b'"' => self.put(b"\\\""),
            b'\\' => self.put(b"\\\\"),
            0x8 => self.put(b"\\b"),
            b'\t' => self.put(b"\\t"),
            b'\n' => self.put(b"\\n"),
            0xC => self.put(b"\\f"),
            b'\r' => self.put(b"\\r"),
            _ => self.put(&[b'\\', b'u', b'0', b'0', hex(byte >> 4), hex(byte & 0xF)]),
        }
    }
}

/// The first byte at or behind `from` that JSON has no plain form for: a control character, a quotation mark, a backslash.
fn next_escape(bytes: &[u8], from: usize) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let rest = bytes.get(from..)?;
    let (words, _) = rest.as_chunks::<8>();
    // a bit for each byte below `limit`, which is not above 0x80; those behind the first may be wrong
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word & HIGHS;
    let is = |word: u64, byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    for (n, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let found = below(word, 0x20) | is(word, b'"') | is(word, b'\\');
        if found != 0 {
            return Some(from + n * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let tail = from + words.len() * 8;
    let plain = |byte: &u8| *byte < 0x20 || matches!(byte, b'"' | b'\\');
    bytes.get(tail..)?.iter().position(plain).map(|at| tail + at)
}

impl<'a, 'o> Serializer for &'a mut Compact<'o> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Items<'a, 'o>;
    type SerializeTuple = Items<'a, 'o>;
    type SerializeTupleStruct = Items<'a, 'o>;
    type SerializeTupleVariant = Impossible<(), fmt::Error>;
    type SerializeMap = Items<'a, 'o>;
    type SerializeStruct = Items<'a, 'o>;
    type SerializeStructVariant = Impossible<(), fmt::Error>;

    fn serialize_bool(self, v: bool) -> Result {
        self.whole(if v { b"true" } else { b"false" })
    }

    fn serialize_i8(self, v: i8) -> Result {
        self.serialize_i64(v.into())
    }

    fn serialize_i16(self, v: i16) -> Result {
        self.serialize_i64(v.into())
    }

    fn serialize_i32(self, v: i32) -> Result {
        self.serialize_i64(v.into())
    }

    fn serialize_i64(self, v: i64) -> Result {
        if v < 0 {
            self.put(b"-");
        }
        self.unsigned(v.unsigned_abs())
    }

    fn serialize_u8(self, v: u8) -> Result {
        self.unsigned(v.into())
    }

    fn serialize_u16(self, v: u16) -> Result {
        self.unsigned(v.into())
    }

    fn serialize_u32(self, v: u32) -> Result {
        self.unsigned(v.into())
    }

    fn serialize_u64(self, v: u64) -> Result {
        self.unsigned(v)
    }

    fn serialize_f32(self, v: f32) -> Result {
        serde_json::to_writer(&mut *self.out, &v).map_err(ser::Error::custom)
    }

    fn serialize_f64(self, v: f64) -> Result {
        serde_json::to_writer(&mut *self.out, &v).map_err(ser::Error::custom)
    }

    fn serialize_char(self, v: char) -> Result {
        self.string(v.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, v: &str) -> Result {
        self.string(v)
    }

    fn serialize_bytes(self, v: &[u8]) -> Result {
        v.serialize(self)
    }

    fn serialize_none(self) -> Result {
        self.whole(b"null")
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result {
        self.whole(b"null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result {
        self.whole(b"null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result {
        self.string(variant)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result {
        self.put(b"{");
        self.string(variant)?;
        self.put(b":");
        value.serialize(&mut *self)?;
        self.whole(b"}")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'a, 'o>> {
        self.put(b"[");
        Ok(Items { to: self, first: true, close: b"]" })
    }

    fn serialize_tuple(self, len: usize) -> Result<Items<'a, 'o>> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<Items<'a, 'o>> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<(), fmt::Error>> {
        Err(fmt::Error)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Items<'a, 'o>> {
        self.put(b"{");
        Ok(Items { to: self, first: true, close: b"}" })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Items<'a, 'o>> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<(), fmt::Error>> {
        Err(fmt::Error)
    }
}

impl Items<'_, '_> {
    fn part(&mut self) {
        if !self.first {
            self.to.out.push(b',');
        }
        self.first = false;
    }

    fn item<T: ?Sized + Serialize>(&mut self, value: &T) -> Result {
        self.part();
        value.serialize(&mut *self.to)
    }

    fn close(self) -> Result {
        self.to.whole(self.close)
    }
}

impl ser::SerializeSeq for Items<'_, '_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result {
        self.item(value)
    }

    fn end(self) -> Result {
        self.close()
    }
}

impl ser::SerializeTuple for Items<'_, '_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result {
        self.item(value)
    }

    fn end(self) -> Result {
        self.close()
    }
}

impl ser::SerializeTupleStruct for Items<'_, '_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, value: &T) -> Result {
        self.item(value)
    }

    fn end(self) -> Result {
        self.close()
    }
}

impl ser::SerializeMap for Items<'_, '_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result {
        self.part();
        let at = self.to.out.len();
        key.serialize(&mut *self.to)?;
        if self.to.out.get(at) == Some(&b'"') { Ok(()) } else { Err(fmt::Error) }
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result {
        self.to.out.push(b':');
        value.serialize(&mut *self.to)
    }

    fn end(self) -> Result {
        self.close()
    }
}

impl ser::SerializeStruct for Items<'_, '_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, key: &'static str, value: &T) -> Result {
        let out = &mut *self.to.out;
        out.reserve(key.len() + 4);
        out.extend_from_slice(if self.first { b"\"" } else { b",\"" });
        self.first = false;
        // the name of a field, or the word that serde has for it: neither holds a mark
        out.extend_from_slice(key.as_bytes());
        out.extend_from_slice(b"\":");
        value.serialize(&mut *self.to)
    }

    fn end(self) -> Result {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::*;
    use crate::record::{Agency, Deadline, Span, Target, Task, TaskList, Warning};

    fn compact(value: &impl Serialize) -> std::result::Result<String, fmt::Error> {
        let mut out = Vec::new();
        value.serialize(&mut Compact { out: &mut out })?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn records_come_out_as_serde_json_writes_them() {
        let agency = Agency { name: "Sở \"A\"".into(), span: Some(Span::default()), ..Agency::default() };
        let task = Task { title: "lập\tdự\\toán\n\u{1}".into(), lead: vec![agency], ..Task::default() };
        let deadline = Some(Deadline { inclusive: Some(true), ..Deadline::default() });
        let target = Target { value: 1234.5, value_max: Some(1e21), deadline, ..Target::default() };
        let mut list = TaskList { tasks: vec![task.clone(), task], targets: vec![target], ..TaskList::default() };
        list.generator.options =
            BTreeMap::from([("--a \"b\"".to_owned(), "c".to_owned()), (String::new(), "\u{7f}".into())]);
        list.warnings.push(Warning::default());
        assert_eq!(compact(&list).unwrap(), serde_json::to_string(&list).unwrap());
        let value = json!({"a": [1, -2, 3.25, null, true, "x", {}], "b": i64::MIN, "c": u64::MAX, "d": []});
        assert_eq!(compact(&value).unwrap(), serde_json::to_string(&value).unwrap());
        let tuple = ('ế', -7_i8, Some(()), Value::Null, 0_u16);
        assert_eq!(compact(&tuple).unwrap(), serde_json::to_string(&tuple).unwrap());
    }

    #[test]
    fn a_key_that_is_no_string_is_refused() {
        assert!(compact(&BTreeMap::from([((1, 2), 3)])).is_err());
    }

    #[test]
    fn whatever_needs_an_escape_is_found_wherever_it_stands() {
        for special in (0..0x20).map(char::from).chain(['"', '\\', '\u{7f}', 'ế', '\u{80}', '!', '#', '[', ']', ' '])
        {
            for before in 0..20 {
                let text = format!("{}{special}{special}ạ{}\"", "đ".repeat(before / 2), "x".repeat(before));
                assert_eq!(compact(&text).unwrap(), serde_json::to_string(&text).unwrap());
            }
        }
    }
}
