//! Unpacks streams as far as they are whole.

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::Filter;
use hayro_syntax::object::Stream;

use crate::pdf::guard::MAX_STREAM;

/// A stream, unpacked.
pub(super) struct Unpacked {
    /// What it holds before its fault.
    pub data: Vec<u8>,
    /// Whether it has none.
    pub whole: bool,
}

/// Unpacks `data`; `None` for filters that need more than themselves.
pub(super) fn unpack(data: &[u8], filters: &[Filter]) -> Option<Unpacked> {
    match filters {
        [] => Some(Unpacked { data: data.to_vec(), whole: true }),
        [Filter::FlateDecode] => Some(inflate(data)),
        [Filter::Ascii85Decode] => Some(ascii85(data)),
        [Filter::Ascii85Decode, Filter::FlateDecode] => {
            let outer = ascii85(data);
            let inner = inflate(&outer.data);
            Some(Unpacked { whole: outer.whole && inner.whole, ..inner })
        }
        _ => None,
    }
}

/// Whether a stream of an opened file is as it was written, as far as its packing tells.
pub(in crate::pdf) fn is_whole(stream: &Stream<'_>) -> bool {
    let filters = stream.filters();
    filters.is_empty() || unpack(&stream.raw_data(), &filters).is_none_or(|unpacked| unpacked.whole)
}

fn inflate(data: &[u8]) -> Unpacked {
    let mut out = Vec::with_capacity(data.len().saturating_mul(4).min(MAX_STREAM));
    let mut unpacker = Decompress::new(true);
    loop {
        let before = (unpacker.total_in(), unpacker.total_out());
        let rest = data.get(before.0 as usize..).unwrap_or_default();
        let status = unpacker.decompress_vec(rest, &mut out, FlushDecompress::None);
        let stuck = (unpacker.total_in(), unpacker.total_out()) == before;
        match status {
            Ok(Status::StreamEnd) => return Unpacked { data: out, whole: true },
            Ok(_) if out.len() < MAX_STREAM && (out.len() == out.capacity() || !stuck) => out.reserve(64 << 10),
            _ => return Unpacked { data: out, whole: false },
        }
    }
}

/// ASCII85 (ISO 32000-1, 7.4.3) up to the first sign that is none of its own.
fn ascii85(data: &[u8]) -> Unpacked {
    let mut out = Vec::with_capacity(data.len() / 5 * 4);
    let mut group: Vec<u32> = Vec::with_capacity(5);
    let mut whole = false;
    for byte in data.iter().filter(|byte| !byte.is_ascii_whitespace()) {
        match byte {
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            _ => {
                whole = *byte == b'~';
                break;
            }
        }
        if group.len() == 5 {
            out.extend(value(&group).to_be_bytes());
            group.clear();
        }
    }
    if group.len() > 1 {
        let bytes = group.len() - 1;
        group.resize(5, 84);
        out.extend(value(&group).to_be_bytes().into_iter().take(bytes));
    }
    Unpacked { data: out, whole }
}

fn value(group: &[u32]) -> u32 {
    group.iter().fold(0, |sum, digit| sum.wrapping_mul(85).wrapping_add(*digit))
}
