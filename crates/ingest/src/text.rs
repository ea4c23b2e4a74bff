//! Plain text: its lines as they are.

use nhiemvu_model::{Format, LineRole, Source};

use crate::builder::Builder;
use crate::furniture::{is_page_break, is_rule, lines_with_page_breaks};
use crate::{IngestError, Limits};

/// Reads clean text. Leading white space and the white space between words stay, because columns and indents are told by
/// them; white space at the end of a line goes.
pub(crate) fn read(text: &str, limits: &Limits) -> Result<Source, IngestError> {
    let mut builder = Builder::new(limits);
    let mut page = 0;
    for (breaks, line) in lines_with_page_breaks(text) {
        while page < breaks {
            builder.next_page();
            page += 1;
        }
        if is_page_break(line) {
            builder.plain(line, LineRole::Furniture);
            builder.next_page();
        } else if is_rule(line) {
            builder.plain(line, LineRole::Furniture);
        } else {
            builder.plain(line, LineRole::Body);
        }
    }
    builder.finish(Format::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> (Source, Vec<String>) {
        let source = read(text, &Limits::default()).unwrap();
        let lines = source.lines.iter().map(|line| line.text(&source.text).to_owned()).collect();
        (source, lines)
    }

    #[test]
    fn indents_and_blank_lines_stay_and_trailing_spaces_go() {
        let (source, lines) = lines("  Kính gửi:   \n\n\t- Xã An Bình;\n1.  Việc   một\n");
        assert_eq!(lines, ["  Kính gửi:", "", "\t- Xã An Bình;", "1.  Việc   một"]);
        assert_eq!(source.pages, None);
    }

    #[test]
    fn pages_are_counted_by_form_feeds_and_marks() {
        let (source, lines) = lines("một\n\u{C}hai\n--- PAGE BREAK ---\n2\nba\n\u{C}");
        assert_eq!(lines, ["một", "hai", "--- PAGE BREAK ---", "2", "ba", ""]);
        let pages: Vec<_> = source.lines.iter().map(|line| line.page.unwrap()).collect();
        assert_eq!(pages, [1, 2, 2, 3, 3, 4]);
        assert_eq!(source.lines[2].role, LineRole::Furniture);
        // nothing stands on the page after the last form feed
        assert_eq!(source.pages, Some(3));
    }

    #[test]
    fn a_page_limit_leaves_the_rest_out_and_says_so() {
        let limits = Limits { max_pages: 2, ..Limits::default() };
        let source = read("một\n\u{C}hai\n\u{C}ba\n", &limits).unwrap();
        assert_eq!(source.text, "một\nhai\n");
        assert!(source.partial);
        assert_eq!(source.diagnostics[0].code, nhiemvu_model::WarningCode::LimitReached);
    }
}
