//! Pages that are pictures: has them recognised, and puts the words where they stand.

use nhiemvu_text::count_syllables;

use super::bullet;
use super::canvas::{Drawn, Sheet};
use super::grid;
use super::page::{Glyph, Marks, PageContent, Rule};
use super::strip::Strip;
use super::turn;
use crate::ocr::{self, Engine, Gray, Word};

/// Height of a digit, in parts of the font size.
const DIGIT_HEIGHT: f32 = 0.68;
/// Confidence below which a word is doubtful; figures, which no dictionary corrects, must be surer.
const SURE: f32 = 60.0;
const SURE_FIGURE: f32 = 85.0;
/// Sizes of lines, in parts of the usual one, that are taken for it; by the height of their letters, and by the room that
/// a letter takes, which tells small print (11 of 14 points) from text that is set tight to fill its line.
const SAME_SIZE: std::ops::RangeInclusive<f32> = 0.72..=1.35;
const SAME_ADVANCE: std::ops::RangeInclusive<f32> = 0.87..=1.25;
/// A blank between words of one line that is a gutter, in parts of the font size.
const GUTTER: f32 = 2.2;
/// The part of a text's words that must be Vietnamese syllables; of office prose nine in ten are.
const SYLLABLES: f32 = 0.6;

/// Whether text is what a bad recognition leaves behind.
pub(super) fn is_junk(text: &str) -> bool {
    let count = count_syllables(text);
    count.words >= 20 && (count.syllables as f32) < SYLLABLES * count.words as f32
}

/// Recognises a page; `false` where there is no picture to recognise or the program fails.
pub(super) fn recognise(engine: Engine, page: &mut PageContent, pictures: Vec<Drawn>) -> bool {
    let mut sheet = Sheet::of(page, pictures);
    let Some(scale) = sheet.scale() else { return false };
    let dpi = (scale * 72.0).round() as u32;
    let mut read = Read::of(engine, page, &sheet, scale);
    let words = read.words.as_deref().unwrap_or_default();
    if turn::is_doubtful(words) && turn::upright(engine, &mut sheet, scale, words) {
        read = Read::of(engine, page, &sheet, scale);
    }
    let Some(words) = read.words else { return false };
    page.glyphs.retain(|glyph| !glyph.marks.invisible);
    page.rules.extend(read.rules);
    (page.width, page.height) = (sheet.width, sheet.height);
    add_words(page, &words, 1.0 / scale);
    if let Some(words) = read.strip.and_then(|strip| strip.words(engine, dpi)) {
        add_words(page, &words, 1.0 / scale);
    }
    true
}

/// Finds the tables of a page whose words another program has read already, so that these stand in their cells; whether
/// there are any.
pub(super) fn rule(page: &mut PageContent, pictures: Vec<Drawn>) -> bool {
    let sheet = Sheet::of(page, pictures);
    let Some(scale) = sheet.scale() else { return false };
    let (mut canvas, skew) = sheet.level(scale);
    let rules = rules(&mut canvas, scale);
    if grid::grids(&rules).is_empty() {
        return false;
    }
    page.rules.extend(rules);
    // the words lie as the picture does, and turn with it
    let (sin, cos) = (-skew).sin_cos();
    let (x, y) = (page.width / 2.0, page.height / 2.0);
    for glyph in &mut page.glyphs {
        let down = glyph.baseline - y;
        let turned = |across: f32| x + (across - x) * cos - down * sin;
        glyph.baseline = y + (glyph.left - x) * sin + down * cos;
        (glyph.left, glyph.right) = (turned(glyph.left), turned(glyph.right));
    }
    true
}

/// The ruled lines of a picture, in points; they are erased from it.
fn rules(canvas: &mut Gray, scale: f32) -> Vec<Rule> {
    let rules = ocr::take_rules(canvas, scale * 72.0);
    let in_points = |rule: ocr::PixelRule| Rule {
        horizontal: rule.horizontal,
        at: rule.at / scale,
        from: rule.from / scale,
        to: rule.to / scale,
    };
    rules.into_iter().map(in_points).collect()
}

/// What one look at a page gives.
struct Read {
    rules: Vec<Rule>,
    strip: Option<Strip>,
    words: Option<Vec<Word>>,
}

impl Read {
    fn of(engine: Engine, page: &PageContent, sheet: &Sheet, scale: f32) -> Self {
        let (mut canvas, _) = sheet.level(scale);
        let rules = rules(&mut canvas, scale);
        let ruled: Vec<Rule> = page.rules.iter().chain(&rules).copied().collect();
        let strip = Strip::cut(&mut canvas, &grid::grids(&ruled), scale);
        let words = engine.words(&canvas.to_pnm(), (scale * 72.0).round() as u32);
        Self { rules, strip, words }
    }
}

/// Puts recognised words onto the page, in points.
pub(super) fn add_words(page: &mut PageContent, words: &[Word], point: f32) {
    let mut order = page.glyphs.iter().map(|glyph| glyph.order).max().unwrap_or(0) + 10;
    let lines: Vec<&[Word]> = words.chunk_by(|a, b| a.line == b.line).collect();
    let sizes = sizes(&lines);
    for (line, size) in lines.into_iter().zip(sizes) {
        let size = (size * point).clamp(4.0, 72.0);
        let baseline = baseline_of(line, size / point) * point;
        let mut before: Option<f32> = None;
        let bullet = bullet::at_start(line, size / point, baseline / point);
        for (at, word) in line.iter().enumerate() {
            let bullet = bullet.filter(|_| at == 0);
            if bullet.is_none() && is_speck(word) {
                continue;
            }
            let (left, right) = (word.left * point, (word.left + word.width) * point);
            let near = before.is_some_and(|end| left - end < GUTTER * size);
            order += if near { 1 } else { 10 };
            let marks = Marks { doubtful: bullet.is_none() && is_doubtful(word), ..Marks::default() };
            let mut push = |text: &str, left: f32, right: f32, marks: Marks, order: u32| {
                let start = page.text.len() as u32;
                page.text.push_str(text);
                let text = (start, page.text.len() as u32);
                page.glyphs.push(Glyph { text, left, right, baseline, size, marks, order });
            };
            if near && let Some(end) = before {
                push(" ", end, left, Marks { space: true, ..Marks::default() }, order);
                order += 1;
            }
            // the Icelandic letter looks the same
            let text = bullet.map_or_else(|| word.text.replace('\u{d0}', "Đ"), str::to_owned);
            push(&text, left, right, marks, order);
            before = Some(right);
        }
    }
}

/// Whether a word is dirt or the rest of a ruled line.
fn is_speck(word: &Word) -> bool {
    word.text
        .chars()
        .all(|c| matches!(c, '|' | '¦' | '_' | '~' | '`' | '\'' | '‘' | '’' | '°' | '[' | ']' | '{' | '}' | '\\'))
        || (word.confidence < 30.0 && !word.text.chars().any(char::is_alphanumeric) && word.text != "-")
}

fn is_doubtful(word: &Word) -> bool {
    let figure = word.text.chars().any(|c| c.is_ascii_digit());
    word.confidence < if figure { SURE_FIGURE } else { SURE }
}

/// The font sizes of lines, in pixels. How high a line's letters are tells its size only roughly, as it depends on the
/// letters that it happens to have; how wide they are on average tells it well where there are many of them.
fn sizes(lines: &[&[Word]]) -> Vec<f32> {
    let own: Vec<f32> = lines.iter().map(|line| size_of(line)).collect();
    let advances: Vec<Option<f32>> = lines.iter().map(|line| advance_of(line)).collect();
    let weighed = lines.iter().zip(&own).flat_map(|(line, size)| std::iter::repeat_n(*size, line.len()));
    let Some(usual) = median(weighed.collect()) else { return own };
    let usual_advance = median(advances.iter().copied().flatten().collect());
    let size = |(own, advance): (f32, Option<f32>)| {
        let part = advance.zip(usual_advance).map(|(own, usual)| own / usual);
        match part {
            Some(part) if SAME_ADVANCE.contains(&part) => usual,
            Some(part) if part < 1.0 => usual * part,
            _ if SAME_SIZE.contains(&(own / usual)) => usual,
            _ => own,
        }
    };
    own.into_iter().zip(advances).map(size).collect()
}

/// What a letter of the line takes on average, in pixels; `None` where it has too few, or capitals, which are wider.
fn advance_of(line: &[Word]) -> Option<f32> {
    let letters = || line.iter().flat_map(|word| word.text.chars());
    let capitals = letters().filter(|c| c.is_uppercase()).count();
    let count = letters().count() + line.len().saturating_sub(1);
    let (first, last) = (line.first()?, line.last()?);
    (count >= 25 && capitals * 4 < count).then(|| (last.left + last.width - first.left) / count as f32)
}

/// The font size of a line, in pixels, from its letters that are as high as a digit.
fn size_of(line: &[Word]) -> f32 {
    let plain = |word: &&Word| {
        let high = word.text.chars().any(|c| c.is_ascii_digit() || matches!(c, 'b' | 'd' | 'h' | 'k' | 'l'));
        high && word
            .text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() && !matches!(c, 'g' | 'j' | 'p' | 'q' | 'y' | 'Q' | 'J'))
    };
    let heights: Vec<f32> = line.iter().filter(plain).map(|word| word.height).collect();
    if let Some(height) = median(heights) {
        return height / DIGIT_HEIGHT;
    }
    // letters with tone marks or descenders are about as high as the font size
    median(line.iter().map(|word| word.height).collect()).unwrap_or(40.0)
}

/// The base line of a line of words: where those without descenders end.
fn baseline_of(line: &[Word], size: f32) -> f32 {
    let bottom = |word: &Word| word.top + word.height;
    let low = |word: &&Word| word.text.chars().any(|c| "gjpqyQạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴ,;()/|".contains(c));
    let level: Vec<f32> = line.iter().filter(|word| !low(word)).map(bottom).collect();
    median(level).or_else(|| median(line.iter().map(|word| bottom(word) - 0.2 * size).collect())).unwrap_or(0.0)
}

fn median(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn junk_is_told_from_prose() {
        let prose = "Các phòng, ban, đơn vị xác định rõ nhiệm vụ, phân công cụ thể theo nguyên tắc rõ người, rõ việc, rõ thời gian";
        assert!(!is_junk(prose));
        let junk = "uY BAN NgAN nAN THAmH PgO cdng vin sd 12 dugc gdi dn cic co quan dqn vi lrin quan th\\rc hign";
        assert!(is_junk(junk));
        assert!(!is_junk("Số: 12/KH-UBND"));
    }

    #[test]
    fn a_line_has_one_base_line() {
        let word = |left: f32, top: f32, height: f32, text: &str| Word {
            page: 1,
            line: (1, 1, 1),
            left,
            top,
            width: 100.0,
            height,
            confidence: 90.0,
            text: text.to_owned(),
            page_width: 2480.0,
            page_height: 3508.0,
        };
        let line = [word(0.0, 100.0, 40.0, "hai"), word(120.0, 100.0, 52.0, "ngày"), word(240.0, 101.0, 39.0, "12")];
        let mut page = PageContent::default();
        add_words(&mut page, &line, 0.24);
        let visible: Vec<&Glyph> = page.glyphs.iter().filter(|glyph| !glyph.marks.space).collect();
        assert_eq!(visible.len(), 3);
        assert!(visible.iter().all(|glyph| (glyph.baseline - 140.0 * 0.24).abs() < 0.3));
        assert!((visible[0].size - 39.0 / DIGIT_HEIGHT * 0.24).abs() < 1.0);
    }
}
