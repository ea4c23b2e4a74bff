//! Where the header begins.

use nhiemvu_model::Source;

use super::date::date_line;
use super::motto::is_motto;
use super::number::number_line;
use crate::layout::lines::{LineKind, LineView};

/// The first line of the header: behind whatever a web page puts above it.
pub(super) fn top(source: &Source, lines: &[LineView]) -> usize {
    const SEARCHED: usize = 400;
    let motto = lines.iter().take(SEARCHED).position(|line| line.is_text() && is_motto(line.text(source)));
    let Some(motto) = motto else {
        return lines.iter().position(LineView::is_text).unwrap_or(0);
    };
    // the issuing body's lines stand above the motto where the left column comes first
    let mut first = motto;
    let mut blanks = 0;
    for i in (0..motto).rev() {
        let line = &lines[i];
        let text = line.text(source);
        match line.kind {
            LineKind::Blank => blanks += 1,
            LineKind::Furniture if text != "|" => {}
            LineKind::Furniture => {
                if first != motto {
                    break;
                }
            }
            _ if line.is_text()
                && (line.caps
                    || number_line(text).is_some()
                    || date_line(text).is_some()
                    || (!text.contains("**")
                        && first == motto
                        && line.chars < 40
                        && text.chars().next().is_some_and(char::is_uppercase)
                        && line.bold)) =>
            {
                first = i;
                blanks = 0;
            }
            _ => break,
        }
        if blanks > 3 {
            break;
        }
    }
    first
}
