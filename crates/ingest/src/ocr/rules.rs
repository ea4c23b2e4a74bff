//! Ruled lines of a scanned page: found, so that tables can be read by their cells, and erased, because the program takes
//! them for letters.

use super::binary::Binary;
use super::gray::Gray;

/// The shortest line, in inches: longer than any stroke of a letter.
const SHORTEST: f32 = 0.3;
/// The thickest line, in inches.
const THICKEST: f32 = 0.04;
/// White pixels inside of a line.
const HOLES: usize = 3;

/// A ruled line in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PixelRule {
    /// Whether it lies; else it stands.
    pub horizontal: bool,
    /// Its y if it lies, its x if it stands.
    pub at: f32,
    /// Where it begins along its direction.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
}

/// A run of black pixels in a row.
#[derive(Debug, Clone, Copy)]
struct Run {
    row: usize,
    from: usize,
    to: usize,
}

/// Finds the ruled lines of a picture and erases them from it.
pub(super) fn take(picture: &mut Gray, dpi: f32) -> Vec<PixelRule> {
    let binary = Binary::with_faint(picture);
    let standing = binary.transposed();
    let shortest = (SHORTEST * dpi) as usize;
    let thickest = (THICKEST * dpi).max(4.0) as usize;
    let mut rules = Vec::new();
    for (binary, horizontal) in [(&binary, true), (&standing, false)] {
        let runs = runs(binary, shortest, thickest);
        for run in &runs {
            erase(picture, binary, *run, thickest, horizontal);
        }
        rules.extend(join(&runs, thickest).into_iter().map(|(at, from, to)| PixelRule { horizontal, at, from, to }));
    }
    rules
}

/// Long runs of black that are thin.
fn runs(binary: &Binary, shortest: usize, thickest: usize) -> Vec<Run> {
    let mut found = Vec::new();
    for row in 0..binary.height {
        let mut from = 0;
        let mut black = 0;
        let mut holes = HOLES + 1;
        for (x, pixel) in binary.row(row).iter().chain(&[false; HOLES + 1]).enumerate() {
            if *pixel {
                if holes > HOLES {
                    from = x;
                    black = 0;
                }
                holes = 0;
                black += 1;
            } else {
                holes += 1;
                let to = x.saturating_sub(HOLES);
                if holes == HOLES + 1 && to > from + shortest && black * 10 > (to - from) * 9 {
                    let run = Run { row, from, to };
                    if is_thin(binary, run, thickest) {
                        found.push(run);
                    }
                }
            }
        }
    }
    found
}

/// Whether it is white above and below most of a run.
fn is_thin(binary: &Binary, run: Run, thickest: usize) -> bool {
    let step = ((run.to - run.from) / 40).max(1);
    let points = (run.from..run.to).step_by(step);
    let count = points.clone().count();
    let white = points
        .filter(|x| thickness(binary, *x, run.row, thickest).is_some_and(|(top, bottom)| bottom - top <= thickest));
    white.count() * 10 >= count * 6
}

/// First and one past the last black row around a pixel, looking no farther than `most`.
fn thickness(binary: &Binary, x: usize, row: usize, most: usize) -> Option<(usize, usize)> {
    if !binary.get(x, row) {
        return None;
    }
    let above = (0..=most).take_while(|step| row >= *step && binary.get(x, row - step)).count();
    let below = (0..=most).take_while(|step| binary.get(x, row + step)).count();
    Some((row + 1 - above, row + below))
}

/// Whitens a run, except where a letter crosses it.
fn erase(picture: &mut Gray, binary: &Binary, run: Run, thickest: usize, horizontal: bool) {
    for along in run.from..run.to {
        let Some((top, bottom)) = thickness(binary, along, run.row, thickest) else { continue };
        if bottom - top > thickest {
            continue;
        }
        // the soft edge of a scanned line goes as well
        for across in top.saturating_sub(2)..bottom + 2 {
            let (x, y) = if horizontal { (along, across) } else { (across, along) };
            let at = y * picture.width + x;
            if x < picture.width
                && let Some(pixel) = picture.pixels.get_mut(at)
            {
                *pixel = 255;
            }
        }
    }
}

/// Joins runs of neighbouring rows to lines: where each lies, begins and ends.
fn join(runs: &[Run], thickest: usize) -> Vec<(f32, f32, f32)> {
    let mut open: Vec<(Run, f32, usize)> = Vec::new();
    let mut done = Vec::new();
    for run in runs {
        let (near, far): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|(line, ..)| run.row - line.row <= thickest.min(6));
        done.extend(far);
        open = near;
        let host = open.iter_mut().find(|(line, ..)| run.from <= line.to + 8 && line.from <= run.to + 8);
        match host {
            Some((line, sum, count)) => {
                *line = Run { row: run.row, from: line.from.min(run.from), to: line.to.max(run.to) };
                *sum += run.row as f32;
                *count += 1;
            }
            None => open.push((*run, run.row as f32, 1)),
        }
    }
    done.extend(open);
    done.into_iter().map(|(line, sum, count)| (sum / count as f32, line.from as f32, line.to as f32)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(picture: &mut Gray, x: std::ops::Range<usize>, y: std::ops::Range<usize>) {
        for row in y {
            picture.pixels[row * picture.width + x.start..row * picture.width + x.end].fill(0);
        }
    }

    #[test]
    fn lines_are_found_and_erased_and_letters_stay() {
        let mut picture = Gray::white(1200, 600);
        fill(&mut picture, 100..1100, 200..204);
        fill(&mut picture, 500..503, 100..500);
        // a letter
        fill(&mut picture, 300..330, 300..340);
        let rules = take(&mut picture, 300.0);
        assert_eq!(rules.iter().filter(|rule| rule.horizontal).count(), 1);
        assert_eq!(rules.iter().filter(|rule| !rule.horizontal).count(), 1);
        assert_eq!((rules[0].from, rules[0].to), (100.0, 1100.0));
        assert!((rules[0].at - 201.5).abs() < 1.0);
        assert_eq!(picture.get(700, 202), 255);
        assert_eq!(picture.get(501, 400), 255);
        assert_eq!(picture.get(310, 320), 0);
    }

    #[test]
    fn a_hairline_is_found_where_it_is_fainter_than_letters() {
        let mut picture = Gray::white(1200, 600);
        for line in 0..10 {
            fill(&mut picture, 300..330, 100 + line * 40..110 + line * 40);
        }
        for x in 100..1100 {
            picture.pixels[550 * 1200 + x] = 170;
            picture.pixels[551 * 1200 + x] = 180;
        }
        let rules = take(&mut picture, 300.0);
        assert_eq!(rules.len(), 1, "{rules:?}");
        assert_eq!(picture.get(700, 550), 255);
    }
}
