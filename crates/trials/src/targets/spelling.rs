//! Reading through wrong letters.

use nhiemvu_ingest::{Limits, read};
use nhiemvu_pipeline::reread;

use super::sound;

/// A source that is read anew is sound, and leads back to what was written.
pub(super) fn spelling(data: &[u8]) {
    let Ok(source) = read(data, Some("a.md"), &Limits::default()) else { return };
    let source = nhiemvu_model::Source { ocr: true, ..source };
    let again = reread(source.clone());
    sound::source(&again);
    let Some(written) = &again.written else {
        assert_eq!(again, source);
        return;
    };
    assert_eq!(written.text(), source.text);
    assert_eq!(again.lines.len(), source.lines.len());
    for (line, before) in again.lines.iter().zip(&source.lines) {
        assert_eq!(written.slice(line.span), before.span.slice(&source.text));
        assert_eq!(written.read(before.span), line.span);
    }
    let (mut read, mut at) = (String::new(), 0);
    for (new, old) in written.changes() {
        assert!(at <= old.start && !old.is_empty() && written.differs(*new), "{new:?} {old:?}");
        read.push_str(sound::span(&source.text, nhiemvu_model::Span::new(at, old.start)));
        read.push_str(sound::span(&again.text, *new));
        assert_eq!(written.span(*new), *old);
        at = old.end;
    }
    assert_eq!(read + &source.text[at..], again.text);
}
