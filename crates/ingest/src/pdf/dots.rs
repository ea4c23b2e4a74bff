//! Bullets that are drawn and not written, as browsers print those of lists: a small shape just before the first letter of
//! a line becomes a character of it.

use super::page::{Dot, Glyph, Marks, PageContent};

/// Height of a bullet, in parts of the font size.
const HEIGHTS: std::ops::RangeInclusive<f32> = 0.1..=0.6;
/// How high its middle stands above the base line.
const MIDDLES: std::ops::RangeInclusive<f32> = 0.08..=0.55;
/// The blank behind it.
const BLANKS: std::ops::RangeInclusive<f32> = 0.05..=3.0;
/// The blank before it, where other words stand on its line.
const APART: f32 = 3.0;

/// Sets the bullets among the small shapes of a page as glyphs.
pub(super) fn set(page: &mut PageContent) {
    for dot in std::mem::take(&mut page.dots) {
        let Some(first) = line_of(page, dot) else { continue };
        let start = page.text.len() as u32;
        page.text.push(dot.sign);
        let text = (start, page.text.len() as u32);
        let marks = Marks { signature: first.marks.signature, ..Marks::default() };
        let order = first.order.saturating_sub(1);
        let (left, right) = (dot.area.left, dot.area.right);
        page.glyphs.push(Glyph { text, left, right, marks, order, ..first });
    }
}

/// The glyph that a dot stands before, where it is the first of its line.
fn line_of(page: &PageContent, dot: Dot) -> Option<Glyph> {
    let middle = f32::midpoint(dot.area.top, dot.area.bottom);
    let fits = |glyph: &&Glyph| {
        let part = |length: f32| length / glyph.size.max(1.0);
        !glyph.marks.space
            && HEIGHTS.contains(&part(dot.area.height()))
            && MIDDLES.contains(&part(glyph.baseline - middle))
            && BLANKS.contains(&part(glyph.left - dot.area.right))
    };
    let first = page.glyphs.iter().filter(fits).min_by(|a, b| a.left.total_cmp(&b.left))?;
    let before = |glyph: &Glyph| {
        let same_line = (glyph.baseline - first.baseline).abs() < 0.3 * first.size;
        !glyph.marks.space
            && same_line
            && glyph.left < dot.area.right
            && dot.area.left - glyph.right < APART * first.size
    };
    (!page.glyphs.iter().any(before)).then_some(*first)
}

#[cfg(test)]
mod tests {
    use super::super::page::Area;
    use super::*;

    fn page(dots: &[(f32, f32)]) -> String {
        let mut page = PageContent { text: "ab".to_owned(), ..PageContent::default() };
        for (at, left) in [(0, 100.0), (1, 300.0)] {
            page.glyphs.push(Glyph {
                text: (at, at + 1),
                left,
                right: left + 6.0,
                baseline: 200.0,
                size: 12.0,
                marks: Marks::default(),
                order: 10 * at,
            });
        }
        let dot = |(left, top): &(f32, f32)| Dot {
            area: Area { left: *left, top: *top, right: left + 4.0, bottom: top + 4.0 },
            sign: '•',
        };
        page.dots = dots.iter().map(dot).collect();
        set(&mut page);
        page.glyphs.sort_by(|a, b| a.left.total_cmp(&b.left));
        page.glyphs.iter().map(|glyph| page.chars(glyph)).collect()
    }

    #[test]
    fn a_dot_before_a_line_is_its_bullet() {
        assert_eq!(page(&[(86.0, 194.0)]), "•ab");
        // two columns
        assert_eq!(page(&[(86.0, 194.0), (286.0, 194.0)]), "•a•b");
    }

    #[test]
    fn other_dots_are_none() {
        // below the base line, far before it, between the letters of a line, above it
        for dot in [(86.0, 203.0), (40.0, 194.0), (110.0, 194.0), (86.0, 180.0)] {
            assert_eq!(page(&[dot]), "ab", "{dot:?}");
        }
    }
}
