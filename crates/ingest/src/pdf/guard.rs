//! Bounds that keep a hostile file from taking all time and memory.

use std::io::Read;

use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Object, Stream};

/// Bytes that one stream of text operators, or one font, may decode to.
pub(super) const MAX_STREAM: usize = 64 << 20;
/// Compressed streams up to this size cannot reach [`MAX_STREAM`] by much: deflate expands 1032-fold at most.
const SMALL_STREAM: usize = 64 << 10;
/// Values in a row of a predictor or of a fax image; paper at 1200 dpi has 14,000.
const MAX_COLUMNS: u64 = 1 << 17;

/// What reading one document may cost in all.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    /// Operators that may still be interpreted.
    pub operators: usize,
    /// Glyphs that may still be painted.
    pub glyphs: usize,
    /// Forms that may still be run.
    pub forms: usize,
    /// Ruled lines that may still be kept.
    pub rules: usize,
    /// Bytes of content that may still be decoded.
    pub bytes: usize,
}

impl Budget {
    /// What one page may cost: some hundred times a dense page.
    pub const PAGE: Self =
        Self { operators: 3_000_000, glyphs: 200_000, forms: 4_000, rules: 60_000, bytes: 128 << 20 };

    /// Takes `count` from one of the budget's figures; `false` where there is not so much left.
    pub fn take(left: &mut usize, count: usize) -> bool {
        let enough = count <= *left;
        *left = left.saturating_sub(count);
        enough
    }
}

/// Whether a file declares rows so wide that only reserving memory for one would end the process.
pub(super) fn declares_absurd_rows(bytes: &[u8]) -> bool {
    const KEY: &[u8] = b"/Columns";
    memchr::memmem::find_iter(bytes, KEY).any(|at| {
        let rest = bytes.get(at + KEY.len()..).unwrap_or(&[]);
        let digits = rest.iter().skip_while(|b| b.is_ascii_whitespace()).take_while(|b| b.is_ascii_digit());
        let value =
            digits.take(20).fold(0u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
        value > MAX_COLUMNS
    })
}

/// Whether decoding `stream` stays below [`MAX_STREAM`] bytes, found out without keeping what it decodes to.
pub(super) fn decodes_within_bounds(stream: &Stream<'_>) -> bool {
    decodes_within(stream, MAX_STREAM)
}

/// Whether decoding `stream` stays below `most` bytes, image codecs left aside.
pub(super) fn decodes_within(stream: &Stream<'_>, most: usize) -> bool {
    if !predictors_are_sane(stream.dict()) {
        return false;
    }
    let filters = stream.filters();
    let expanding =
        filters.iter().filter(|f| matches!(f, Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode));
    let expanding = expanding.count();
    if expanding == 0 {
        return true;
    }
    let raw = stream.raw_data();
    if raw.len() <= SMALL_STREAM && expanding == 1 {
        return true;
    }
    // two stages of compression multiply; no writer does so
    if expanding > 1 {
        return false;
    }
    match filters.first() {
        Some(Filter::FlateDecode) if filters.len() == 1 => inflates_within(&raw, most),
        _ => raw.len() <= most / 1000,
    }
}

fn inflates_within(raw: &[u8], most: usize) -> bool {
    let mut decoder = flate2::read::ZlibDecoder::new(raw);
    let mut buffer = [0u8; 16 << 10];
    let mut total = 0usize;
    loop {
        match decoder.read(&mut buffer) {
            // damaged streams end early here as well as in the engine
            Ok(0) | Err(_) => return true,
            Ok(count) => total += count,
        }
        if total > most {
            return false;
        }
    }
}

fn predictors_are_sane(dict: &Dict<'_>) -> bool {
    let sane = |params: &Dict<'_>| {
        let figure = |key: &str, usual: u64| params.get::<u32>(key).map_or(usual, u64::from);
        figure("Columns", 1) <= MAX_COLUMNS && figure("Colors", 1) <= 64 && figure("BitsPerComponent", 8) <= 32
    };
    ["DecodeParms", "DP"].iter().all(|key| match dict.get::<Object<'_>>(key) {
        Some(Object::Dict(params)) => sane(&params),
        Some(Object::Array(all)) => many_are_sane(&all, sane),
        _ => true,
    })
}

fn many_are_sane(all: &Array<'_>, sane: impl Fn(&Dict<'_>) -> bool) -> bool {
    all.iter::<Object<'_>>().filter_map(Object::into_dict).all(|params| sane(&params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absurd_rows_are_seen_wherever_they_stand() {
        assert!(declares_absurd_rows(b"<< /Predictor 12 /Columns 4294967295 >>"));
        assert!(declares_absurd_rows(b"<</Columns 5>> /Columns99999999999999999999999"));
        assert!(!declares_absurd_rows(b"<< /Columns 2480 >> /Columns /Columns -3"));
    }

    #[test]
    fn a_bomb_is_told_from_a_large_stream() {
        use std::io::Write;
        let pack = |bytes: usize| {
            let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
            let block = vec![b' '; 1 << 20];
            for _ in 0..bytes >> 20 {
                encoder.write_all(&block).unwrap();
            }
            encoder.finish().unwrap()
        };
        assert!(inflates_within(&pack(8 << 20), MAX_STREAM));
        assert!(!inflates_within(&pack(MAX_STREAM + (2 << 20)), MAX_STREAM));
    }
}
