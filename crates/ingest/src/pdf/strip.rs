//! The cells of scanned tables, one below the other.
//!
//! The program reads a table's row as one line of text and misjudges its blanks; the same cells set as one column are
//! read as prose is.

use super::grid::Grid;
use crate::ocr::{Engine, Gray, Word};

/// White around each cell, in inches.
const MARGIN: f32 = 0.1;
/// What is left off at each side of a cell, in inches: the soft rest of its rules.
const RIM: f32 = 0.012;
/// Height, in pixels, of a strip; larger tables are left in the page.
const HIGHEST: usize = 30_000;

/// A cell's place in the strip and on the page, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cut {
    top: usize,
    bottom: usize,
    /// What leads from the strip to the page.
    shift: (f32, f32),
}

/// The cells of a page's tables as one column.
pub(super) struct Strip {
    picture: Gray,
    cuts: Vec<Cut>,
}

impl Strip {
    /// Cuts the cells of `grids` out of a page; `None` where it has none, or too many.
    pub fn cut(page: &mut Gray, grids: &[Grid], scale: f32) -> Option<Self> {
        let dpi = scale * 72.0;
        let (margin, rim) = ((MARGIN * dpi) as usize, (RIM * dpi).max(2.0) as usize);
        let boxes: Vec<[usize; 4]> = grids
            .iter()
            .flat_map(|grid| grid.cells.iter().filter_map(|cell| grid.area_of(cell)))
            .map(|area| [area.left, area.top, area.right, area.bottom].map(|edge| (edge * scale).max(0.0) as usize))
            .map(|[left, top, right, bottom]| {
                [
                    left + rim,
                    top + rim,
                    right.saturating_sub(rim).min(page.width),
                    bottom.saturating_sub(rim).min(page.height),
                ]
            })
            .filter(|[left, top, right, bottom]| left + 8 < *right && top + 8 < *bottom)
            .collect();
        let height: usize = boxes.iter().map(|[_, top, _, bottom]| bottom - top + margin).sum::<usize>() + margin;
        let width = boxes.iter().map(|[left, _, right, _]| right - left).max()? + 2 * margin;
        if height > HIGHEST {
            return None;
        }
        let mut strip = Self { picture: Gray::white(width, height), cuts: Vec::with_capacity(boxes.len()) };
        let mut at = margin;
        for [left, top, right, bottom] in boxes {
            for row in top..bottom {
                let from = page.pixels.get_mut(row * page.width + left..row * page.width + right).unwrap_or_default();
                let start = (at + row - top) * width + margin;
                if let Some(to) = strip.picture.pixels.get_mut(start..start + from.len()) {
                    to.copy_from_slice(from);
                }
                from.fill(255);
            }
            let shift = (left as f32 - margin as f32, top as f32 - at as f32);
            strip.cuts.push(Cut { top: at, bottom: at + bottom - top, shift });
            at += bottom - top + margin;
        }
        Some(strip)
    }

    /// The words of the cells, where they stand on the page.
    pub fn words(&self, engine: Engine, dpi: u32) -> Option<Vec<Word>> {
        let words = engine.column_words(&self.picture.to_pnm(), dpi)?;
        Some(words.into_iter().filter_map(|word| self.placed(word)).collect())
    }

    /// A word of the strip, moved to the page; its line is one of its cell.
    fn placed(&self, word: Word) -> Option<Word> {
        let middle = (word.top + word.height / 2.0).max(0.0) as usize;
        let next = self.cuts.partition_point(|cut| cut.top <= middle);
        let (index, cut) = next.checked_sub(1).and_then(|index| Some((index, self.cuts.get(index)?)))?;
        // between two cells there is only dirt
        (middle < cut.bottom).then_some(Word {
            left: word.left + cut.shift.0,
            top: word.top + cut.shift.1,
            line: (index as u32, word.line.0 << 16 | word.line.1, word.line.2),
            ..word
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::grid::grids;
    use super::super::page::Rule;
    use super::*;

    #[test]
    fn cells_are_cut_out_and_words_go_back_to_their_place() {
        let lies = |at| Rule { horizontal: true, at, from: 10.0, to: 110.0 };
        let stands = |at| Rule { horizontal: false, at, from: 10.0, to: 50.0 };
        let rules = [lies(10.0), lies(50.0), stands(10.0), stands(60.0), stands(110.0)];
        let scale = 4.0;
        let mut canvas = Gray::white(800, 400);
        // ink in the second cell, whose words the strip has below those of the first
        canvas.pixels[100 * 800 + 300] = 0;
        let strip = Strip::cut(&mut canvas, &grids(&rules), scale).unwrap();
        assert_eq!(strip.cuts.len(), 2);
        assert!(canvas.pixels.iter().all(|pixel| *pixel == 255));
        let ink = strip.picture.pixels.iter().position(|pixel| *pixel == 0).unwrap();
        let (x, y) = (ink % strip.picture.width, ink / strip.picture.width);
        let word = Word {
            page: 1,
            line: (1, 1, 1),
            left: x as f32,
            top: y as f32,
            width: 1.0,
            height: 1.0,
            confidence: 90.0,
            text: "a".to_owned(),
            page_width: 0.0,
            page_height: 0.0,
        };
        let placed = strip.placed(word).unwrap();
        assert_eq!((placed.left, placed.top), (300.0, 100.0));
    }
}
