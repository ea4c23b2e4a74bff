//! Labels of items (`1.`, `a)`, `IV.`, `-`): they stand before a tab, and yet they are no column of their own.

use super::lines::Piece;
use super::page::PageContent;

/// The widest tab between a label and its words, in parts of the font size.
const TAB: f32 = 6.0;

/// Joins labels with the words that follow them on their line.
pub(super) fn join(page: &PageContent, pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    for mut piece in pieces {
        let label = joined.last().is_some_and(|last| {
            let gap = piece.left - last.right;
            let same_line = (piece.baseline - last.baseline).abs() < 0.15 * piece.size;
            same_line && (0.0..TAB * piece.size).contains(&gap) && is_label(&text(page, last))
        });
        if label && let Some(mut first) = joined.pop() {
            first.join(piece);
            piece = first;
        }
        joined.push(piece);
    }
    for piece in &mut joined {
        embolden(page, piece);
    }
    joined
}

/// Gives a label the weight of the word after it: automatic numbers keep the style of their list, and a reader sees
/// one heading.
fn embolden(page: &PageContent, piece: &mut Piece) {
    let mut end = 0;
    let mut label = String::new();
    for glyph in &piece.glyphs {
        if glyph.marks.space || label.len() > 12 {
            break;
        }
        label.push_str(page.chars(glyph));
        end += 1;
        if label.ends_with(['.', ')'])
            && piece.glyphs.get(end).is_some_and(|next| next.left - glyph.right > 0.5 * glyph.size)
        {
            break;
        }
    }
    let next = piece.glyphs.iter().skip(end).find(|glyph| !glyph.marks.space);
    if next.is_some_and(|next| next.marks.bold) && is_label(&label) {
        piece.glyphs.iter_mut().take(end).for_each(|glyph| glyph.marks.bold = true);
    }
}

fn text(page: &PageContent, piece: &Piece) -> String {
    piece.glyphs.iter().map(|glyph| page.chars(glyph)).collect()
}

/// Whether `text` is a number, a Roman number or a letter with its mark, or a bullet.
fn is_label(text: &str) -> bool {
    let text = text.trim();
    if matches!(text, "-" | "–" | "—" | "+" | "*" | "•" | "◦" | "▪" | "□" | "❖" | "➢" | "✓" | "→" | "o")
    {
        return true;
    }
    let body = text.strip_prefix('(').unwrap_or(text);
    let Some(body) = body.strip_suffix(['.', ')', '/']) else { return false };
    let number = body.split('.').all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    let roman = (1..=6).contains(&body.len()) && body.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L'));
    let mut chars = body.chars();
    let letter = chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none();
    number || roman || letter
}

#[cfg(test)]
mod tests {
    use super::is_label;

    #[test]
    fn labels_are_told_from_words() {
        for label in ["1.", "2.1.", "IV.", "a)", "đ)", "(1)", "-", "•"] {
            assert!(is_label(label), "{label}");
        }
        for word in ["1", "STT", "Số:", "2026.", "Nơi nhận:", "VT)", ""] {
            assert!(!is_label(word), "{word}");
        }
    }
}
