//! Objects, found by their heads alone.

use hayro_syntax::Filter;
use memchr::memmem;

/// Filters that a stream is taken to have at most.
const MAX_FILTERS: usize = 4;

/// An object as it stands in the file.
pub(super) struct Raw<'a> {
    /// Its number.
    pub number: u32,
    /// What it consists of, stream and all.
    pub body: &'a [u8],
    /// Where it stands.
    pub at: usize,
}

/// The data of a stream, as they stand in the file.
pub(super) struct RawStream<'a> {
    /// Packed.
    pub data: &'a [u8],
}

/// All objects of a file, in their order.
pub(super) fn find(bytes: &[u8]) -> impl Iterator<Item = Raw<'_>> {
    let mut words: Vec<usize> = memmem::find_iter(bytes, b"obj").chain(damaged_words(bytes)).collect();
    words.sort_unstable();
    let heads: Vec<(u32, usize, usize)> = words.into_iter().filter_map(|at| head(bytes, at)).collect();
    let ends: Vec<usize> = heads.iter().skip(1).map(|head| head.1).chain([bytes.len()]).collect();
    heads.into_iter().zip(ends).map(|((number, at, start), end)| {
        let body = bytes.get(start..end).unwrap_or_default();
        let body = body.get(..memmem::rfind(body, b"endobj").unwrap_or(body.len())).unwrap_or_default();
        Raw { number, body: body.trim_ascii(), at }
    })
}

/// Where the word `obj` stands with one bit wrong, behind two numbers and before what an object begins with.
fn damaged_words(bytes: &[u8]) -> impl Iterator<Item = usize> {
    memmem::find_iter(bytes, b" 0 ").map(|at| at + 3).filter(|at| {
        let word = bytes.get(*at..at + 3).unwrap_or_default();
        let next = bytes.get(at + 3).copied().unwrap_or_default();
        (next.is_ascii_whitespace() || matches!(next, b'<' | b'[')) && super::syntax::is_one_bit_from(word, b"obj")
    })
}

/// The number of the object whose head has its word `obj` at `at`, where the head begins and where it ends.
fn head(bytes: &[u8], at: usize) -> Option<(u32, usize, usize)> {
    let before = bytes.get(..at)?;
    let (_, before) = number_at_end(before.trim_ascii_end())?;
    let spaced = before.trim_ascii_end();
    let (number, rest) = number_at_end(spaced).filter(|_| spaced.len() < before.len())?;
    Some((number, rest.len(), at + 3))
}

/// The number that ends `bytes`, and what stands before it.
fn number_at_end(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let digits = bytes.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let (rest, number) = bytes.split_at(bytes.len() - digits);
    Some((std::str::from_utf8(number).ok()?.parse().ok()?, rest))
}

/// The objects that an object stream holds, as far as it could be unpacked; `whole` says whether that is to its end.
pub(super) fn packed<'a>(data: &'a [u8], stream: &Raw<'_>, whole: bool) -> impl Iterator<Item = Raw<'a>> {
    let first = stream.number_of("First").unwrap_or(0);
    let table = std::str::from_utf8(data.get(..first).unwrap_or_default()).unwrap_or_default();
    let figures: Vec<usize> = table.split_ascii_whitespace().map_while(|figure| figure.parse().ok()).collect();
    let starts: Vec<(u32, usize)> = figures
        .chunks_exact(2)
        .filter_map(|pair| Some((u32::try_from(*pair.first()?).ok()?, first.checked_add(*pair.get(1)?)?)))
        .collect();
    // the last of those that begin before the fault may be cut
    let end = whole.then_some(data.len());
    let ends: Vec<usize> = starts.iter().skip(1).map(|(_, start)| *start).chain(end).collect();
    let at = stream.at;
    starts.into_iter().zip(ends).filter_map(move |((number, start), end)| {
        let body = data.get(start..end)?;
        Some(Raw { number, body: body.trim_ascii(), at })
    })
}

impl<'a> Raw<'a> {
    /// The object without its stream.
    pub fn head(&self) -> &'a [u8] {
        self.body.get(..memmem::find(self.body, b"stream").unwrap_or(self.body.len())).unwrap_or_default()
    }

    /// Whether its type is `name`.
    pub fn is(&self, name: &str) -> bool {
        self.after("Type").and_then(name_at).is_some_and(|found| found == name.as_bytes())
    }

    /// What stands inside the list after a key.
    pub fn list(&self, key: &str) -> Option<&'a [u8]> {
        self.after(key)?.strip_prefix(b"[")?.split(|byte| *byte == b']').next()
    }

    /// Whether its subtype begins with `name`.
    pub fn is_kind(&self, name: &[u8]) -> bool {
        self.after("Subtype").is_some_and(|rest| rest.starts_with(name))
    }

    /// What stands after a key.
    fn after(&self, key: &str) -> Option<&'a [u8]> {
        let head = self.head();
        memmem::find_iter(head, key.as_bytes()).find_map(|at| {
            let rest = head.get(at + key.len()..)?;
            let named = head.get(..at)?.ends_with(b"/") && !rest.first().is_some_and(|next| is_regular(*next));
            named.then(|| rest.trim_ascii_start())
        })
    }

    /// The number that stands after a key.
    fn number_of(&self, key: &str) -> Option<usize> {
        let rest = self.after(key)?;
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        std::str::from_utf8(rest.get(..digits)?).ok()?.parse().ok()
    }

    /// The numbers of the objects that the list after a key names.
    pub fn references(&self, key: &str) -> Vec<u32> {
        let list = self.list(key).unwrap_or_default();
        let words: Vec<&[u8]> = list.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect();
        let number = |word: &&[u8]| std::str::from_utf8(word).ok()?.parse().ok();
        words.chunks_exact(3).filter_map(|words| words.first().and_then(number)).collect()
    }

    /// The filters of its stream; `None` where one is not known or needs more than the data.
    pub fn filters(&self) -> Option<Vec<Filter>> {
        if self.after("DecodeParms").is_some() {
            return None;
        }
        let Some(rest) = self.after("Filter") else { return Some(Vec::new()) };
        let names = match rest.strip_prefix(b"[") {
            Some(list) => list.split(|byte| *byte == b']').next().unwrap_or_default(),
            None => rest.get(..1 + name_at(rest).map_or(0, <[u8]>::len)).unwrap_or_default(),
        };
        let names = names.split(|byte| *byte == b'/').map(<[u8]>::trim_ascii).filter(|name| !name.is_empty());
        let filters = names.take(MAX_FILTERS).map(|name| match name {
            b"FlateDecode" | b"Fl" => Some(Filter::FlateDecode),
            b"ASCII85Decode" | b"A85" => Some(Filter::Ascii85Decode),
            _ => None,
        });
        filters.collect()
    }

    /// Its stream; `None` where it has none.
    pub fn stream(&self) -> Option<RawStream<'a>> {
        const WORD: &[u8] = b"stream";
        let start = memmem::find(self.body, WORD).filter(|_| self.body.starts_with(b"<<"))?;
        let data = self.body.get(start + WORD.len()..)?;
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        Some(RawStream { data: data.get(..memmem::rfind(data, b"endstream").unwrap_or(data.len()))? })
    }

    /// Its dictionary for a stream of so many bytes that are not packed.
    pub fn head_for(&self, length: usize) -> Vec<u8> {
        let head = self.head().trim_ascii();
        let mut made = head.strip_suffix(b">>").unwrap_or(head).to_vec();
        for key in [b"/Filter".as_slice(), b"/Length"] {
            let places: Vec<usize> = memmem::find_iter(&made, key).collect();
            for at in places {
                // a name that nobody looks for
                if let Some(letter) = made.get_mut(at + 1) {
                    *letter = b'_';
                }
            }
        }
        made.extend_from_slice(format!(" /Length {length} >>").as_bytes());
        made
    }
}

/// The name that begins `bytes`, its slash left out.
fn name_at(bytes: &[u8]) -> Option<&[u8]> {
    let rest = bytes.strip_prefix(b"/")?;
    rest.get(..rest.iter().take_while(|byte| is_regular(**byte)).count())
}

/// Whether a byte is part of a word (ISO 32000-1, 7.2.2).
pub(super) fn is_regular(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && byte != 0 && !b"()<>[]{}/%".contains(&byte)
}
