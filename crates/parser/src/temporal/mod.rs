//! Time limits in running text, as the words put them: a grammar over tokens.
//!
//! The text is cut once into words, numbers and marks. Rules then look at the tokens from left to right: what opens a limit
//! (`trước`, `chậm nhất`, `trong`, `từ`), what stands behind it (an hour, a day, a quarter, a range with either end
//! shortened, a recurrence, a duration), and whether it is a limit where it stands. A year that is left out stays left out:
//! resolving it is the extractor's work.
//!
//! ```
//! use nhiemvu_parser::temporal::{Setting, find};
//! let text = "Báo cáo kết quả trước ngày 15/5/2026 và định kỳ hằng quý.";
//! let found = find(text, Setting::Sentence);
//! assert_eq!(found.len(), 2);
//! assert_eq!(found[0].span.slice(text), "trước ngày 15/5/2026");
//! ```

mod adverb;
mod bound;
mod calendar;
mod cell;
mod clock;
mod cursor;
mod damaged;
mod dates;
mod duration;
mod judge;
mod limit;
mod period;
mod range;
mod recur;
mod setting;
mod settle;
mod stretch;
mod token;
mod when;
mod word;

pub use cell::{may_tell_when, tells_when};
pub use dates::dates;
pub use setting::Setting;

use nhiemvu_model::{ClockTime, TimeExpression, TimeValue};

use cursor::Cursor;
use judge::Judge;
use limit::Grammar;
use word::w;

/// The time limits in `text`, in its order; spans count in bytes of `text` and do not overlap.
///
/// `text` is NFC. It takes time in proportion to its length. Words about time that set no limit give nothing.
///
/// ```
/// use nhiemvu_parser::temporal::{Setting, find};
/// assert!(find("Quyết định số 12/QĐ-UBND ngày 05/9/2026", Setting::Sentence).is_empty());
/// assert_eq!(find("Quý III/2026", Setting::Field).len(), 1);
/// ```
pub fn find(text: &str, setting: Setting) -> Vec<TimeExpression> {
    let tokens = token::tokens(text);
    let cursor = Cursor::new(&tokens);
    let mut grammar = Grammar { cursor, judge: Judge::new(cursor, setting), found: Vec::new() };
    grammar.run();
    let mut found = grammar.found;
    if found.is_empty() {
        return Vec::new();
    }
    settle::settle(cursor, &mut found);
    found
        .into_iter()
        .filter(|f| f.value != TimeValue::None)
        .map(|f| TimeExpression { span: cursor.span(f.start, f.next), value: f.value, time: f.time })
        .collect()
}

/// The later hour of words that tell hours and nothing else, as the time column of a schedule does.
///
/// ```
/// use nhiemvu_parser::temporal::hours;
/// assert_eq!(hours("7h15 - 7h45").map(|time| time.to_string()).as_deref(), Some("07:45"));
/// assert_eq!(hours("7h15 ngày 24/8/2026"), None);
/// ```
pub fn hours(text: &str) -> Option<ClockTime> {
    let tokens = token::tokens(text);
    let cursor = Cursor::new(&tokens);
    let (mut at, mut last) = (0, None);
    while at < cursor.len() {
        let from = cursor.skip_any(at, &[w!("từ"), w!("đến"), w!("lúc")]);
        match cursor.clock(from) {
            Some((time, next)) => (last, at) = (Some(time), next),
            None if from > at || cursor.mark(at) != 0 => at = from.max(at + 1),
            None => return None,
        }
    }
    last
}

/// Whether a word or figure of time in `text` is damaged, as scans leave them, and was read as the one that it looks like.
///
/// ```
/// use nhiemvu_parser::temporal::is_mended;
/// assert!(is_mended("Quý lV/2026") && is_mended("trước 3l/12/2026"));
/// assert!(!is_mended("Quý IV/2026"));
/// ```
pub fn is_mended(text: &str) -> bool {
    token::tokens(text).iter().any(|token| damaged::is_mended(text, token))
}
