//! Bullets of scanned lists: a dot or a dash before a line is too small for the program, which takes it for some letter or
//! for dirt; its box tells what it is.

use crate::ocr::Word;

/// Width of a bullet, in parts of the font size.
const WIDTHS: std::ops::RangeInclusive<f32> = 0.12..=0.62;
/// Its height.
const HEIGHTS: std::ops::RangeInclusive<f32> = 0.03..=0.4;
/// How high its middle stands above the base line.
const MIDDLES: std::ops::RangeInclusive<f32> = 0.1..=0.48;
/// The blank behind it.
const BLANKS: std::ops::RangeInclusive<f32> = 0.1..=4.0;
/// A dash is so many times as wide as high.
const DASH: f32 = 1.6;

/// The sign of the bullet that a line begins with; `size` and `baseline` are the line's, in pixels.
pub(super) fn at_start(line: &[Word], size: f32, baseline: f32) -> Option<&'static str> {
    let first = line.first()?;
    // the program draws the box of what it made up around the blank behind the bullet
    let next = line.iter().skip(1).find(|word| word.text.chars().any(char::is_alphanumeric))?;
    let part = |pixels: f32| pixels / size.max(1.0);
    let middle = part(baseline - first.top - first.height / 2.0);
    let blank = part(next.left - first.left - first.width);
    let is_bullet = WIDTHS.contains(&part(first.width))
        && HEIGHTS.contains(&part(first.height))
        && MIDDLES.contains(&middle)
        && BLANKS.contains(&blank);
    is_bullet.then_some(if first.width > DASH * first.height { "-" } else { "•" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(left: f32, top: f32, width: f32, height: f32, text: &str) -> Word {
        Word {
            page: 1,
            line: (1, 1, 1),
            left,
            top,
            width,
            height,
            confidence: 20.0,
            text: text.to_owned(),
            page_width: 2480.0,
            page_height: 3508.0,
        }
    }

    #[test]
    fn bullets_are_told_by_their_boxes() {
        // what the program made of dots and dashes of 14 points at 340 dpi; base line at 776
        let name = word(457.0, 733.0, 112.0, 45.0, "Đơn");
        let blank = word(435.0, 722.0, 13.0, 73.0, "_");
        for (text, width, height, sign) in
            [("°Ò", 17.0, 18.0, "•"), ("°", 17.0, 17.0, "•"), ("-", 19.0, 6.0, "-"), ("—", 30.0, 5.0, "-")]
        {
            let line = [word(391.0, 747.0, width, height, text), blank.clone(), name.clone()];
            assert_eq!(at_start(&line, 66.0, 776.0), Some(sign), "{text}");
        }
        for other in [
            word(391.0, 733.0, 30.0, 43.0, "1."),
            word(391.0, 746.0, 44.0, 40.0, "a)"),
            word(391.0, 770.0, 8.0, 8.0, "."),
            word(391.0, 733.0, 17.0, 17.0, "°"),
        ] {
            assert_eq!(at_start(&[other.clone(), name.clone()], 66.0, 776.0), None, "{}", other.text);
        }
    }
}
