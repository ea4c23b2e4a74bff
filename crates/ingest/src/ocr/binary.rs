//! Pictures in black and white, and how far a scan is turned.

use super::gray::Gray;

/// The steepest turn that is looked for, in degrees, and the step.
const STEEPEST: f32 = 3.0;
const STEP: f32 = 0.1;
/// Turns below this are left alone, in degrees.
const STRAIGHT: f32 = 0.15;
/// Black pixels that are looked at.
const SAMPLES: usize = 60_000;

/// Where a picture is black.
#[derive(Debug, Clone)]
pub(super) struct Binary {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    black: Vec<bool>,
}

impl Binary {
    /// The ink of a picture.
    pub fn of(picture: &Gray) -> Self {
        Self::below(picture, picture.threshold())
    }

    /// The ink of a picture, with what is too faint for a letter and may be a ruled line.
    pub fn with_faint(picture: &Gray) -> Self {
        Self::below(picture, picture.faint_threshold())
    }

    fn below(picture: &Gray, threshold: u8) -> Self {
        let black = picture.pixels.iter().map(|pixel| *pixel <= threshold).collect();
        Self { width: picture.width, height: picture.height, black }
    }

    /// Whether a pixel is black.
    pub fn get(&self, x: usize, y: usize) -> bool {
        x < self.width && self.black.get(y * self.width + x).copied().unwrap_or(false)
    }

    /// A row of pixels.
    pub fn row(&self, y: usize) -> &[bool] {
        self.black.get(y * self.width..(y + 1) * self.width).unwrap_or(&[])
    }

    /// The picture with rows and columns exchanged.
    pub fn transposed(&self) -> Self {
        let mut black = vec![false; self.black.len()];
        for y in 0..self.height {
            for (x, pixel) in self.row(y).iter().enumerate() {
                if *pixel && let Some(slot) = black.get_mut(x * self.height + y) {
                    *slot = true;
                }
            }
        }
        Self { width: self.height, height: self.width, black }
    }

    /// The angle, in radians clockwise, by which the lines of text lie aslant; 0 where they all but do not.
    ///
    /// Lines that lie level fall together in few rows when black pixels are counted by rows.
    pub fn skew(&self) -> f32 {
        let count = self.black.iter().filter(|pixel| **pixel).count();
        let every = (count / SAMPLES).max(1);
        let points: Vec<(f32, f32)> = self
            .black
            .iter()
            .enumerate()
            .filter(|(_, black)| **black)
            .step_by(every)
            .map(|(at, _)| ((at % self.width.max(1)) as f32, (at / self.width.max(1)) as f32))
            .collect();
        let steps = (STEEPEST / STEP) as i32;
        let score = |slope: f32| {
            let mut rows = vec![0u32; self.height / 2 + 2];
            for (x, y) in &points {
                let at = ((y - x * slope) / 2.0).max(0.0) as usize;
                if let Some(row) = rows.get_mut(at) {
                    *row += 1;
                }
            }
            rows.iter().map(|row| u64::from(*row) * u64::from(*row)).sum::<u64>()
        };
        let level = score(0.0);
        let best = (-steps..=steps)
            .map(|step| (step as f32 * STEP).to_radians())
            .map(|angle| (score(angle.tan()), angle))
            .max_by(|a, b| a.0.cmp(&b.0).then(b.1.abs().total_cmp(&a.1.abs())));
        match best {
            Some((score, angle)) if angle.abs() >= STRAIGHT.to_radians() && score as f64 > level as f64 * 1.05 => angle,
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of strokes, each row falling by `slope`.
    fn lines(slope: f32) -> Gray {
        let mut picture = Gray::white(1000, 800);
        for line in 0..15 {
            for x in 100..900 {
                for thick in 0..6 {
                    let y = 60 + line * 45 + thick + (x as f32 * slope) as usize;
                    if let Some(pixel) = picture.pixels.get_mut(y * 1000 + x) {
                        *pixel = 0;
                    }
                }
            }
        }
        picture
    }

    #[test]
    fn a_crooked_scan_is_seen() {
        assert!(Binary::of(&lines(0.0)).skew().abs() < 1e-6);
        let found = Binary::of(&lines(0.02)).skew();
        assert!((found.tan() - 0.02).abs() < 0.003, "{found}");
    }
}
