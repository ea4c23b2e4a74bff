//! Characters that damage to the file has taken away.
//!
//! One that is lost leaves a mark in its place; a line that has lost many is no longer what the document says, and goes.

use super::page::PageContent;

/// What stands for a character that is lost.
pub(super) const LOST: char = '\u{fffd}';
/// The part of a line's characters that may be lost.
const MOST: f32 = 0.1;
/// How far base lines of one line lie apart at most, in parts of the font size.
const APART: f32 = 0.3;

/// Drops the lines of which too much is lost.
pub(super) fn drop_lines(page: &mut PageContent) {
    if !page.damaged {
        return;
    }
    let is_lost = |text: &str| text.contains(LOST);
    let mut order: Vec<usize> = (0..page.glyphs.len()).collect();
    let baseline = |at: &usize| page.glyphs.get(*at).map_or(0.0, |glyph| glyph.baseline);
    order.sort_by(|one, two| baseline(one).total_cmp(&baseline(two)));
    let size = |at: &usize| page.glyphs.get(*at).map_or(0.0, |glyph| glyph.size);
    let mut kept = vec![true; page.glyphs.len()];
    for line in order.chunk_by(|one, two| baseline(two) - baseline(one) <= APART * size(one)) {
        let signs = line.iter().filter_map(|at| page.glyphs.get(*at)).filter(|glyph| !glyph.marks.space);
        let (lost, all) =
            signs.fold((0, 0), |(lost, all), glyph| (lost + usize::from(is_lost(page.chars(glyph))), all + 1));
        if lost as f32 > MOST * all as f32 {
            for at in line {
                if let Some(kept) = kept.get_mut(*at) {
                    *kept = false;
                }
            }
        }
    }
    let mut kept = kept.into_iter();
    page.glyphs.retain(|_| kept.next().unwrap_or(true));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::page::{Glyph, Marks};

    #[test]
    fn a_line_that_has_lost_much_goes() {
        let mut page = PageContent { damaged: true, ..PageContent::default() };
        for (text, baseline) in [("Sở Tài chính lập dự toán", 100.0), ("tr\u{fffd}\u{fffd}c ng\u{fffd}y", 120.0)]
        {
            for c in text.chars() {
                let start = page.text.len() as u32;
                page.text.push(c);
                let text = (start, page.text.len() as u32);
                let marks = Marks { space: c == ' ', ..Marks::default() };
                page.glyphs.push(Glyph { text, left: 0.0, right: 5.0, baseline, size: 14.0, marks, order: 1 });
            }
        }
        let mut whole = PageContent { damaged: false, ..page.clone() };
        drop_lines(&mut page);
        assert!(page.glyphs.iter().all(|glyph| glyph.baseline < 110.0) && page.glyphs.len() == 24);
        drop_lines(&mut whole);
        assert_eq!(whole.glyphs.len(), 34, "only damage takes lines away");
    }
}
