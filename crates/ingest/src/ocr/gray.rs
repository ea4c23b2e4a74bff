//! Grey pictures.

/// A picture of grey pixels, 0 black to 255 white, row by row.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Gray {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// `width` × `height` pixels.
    pub pixels: Vec<u8>,
}

impl Gray {
    /// A white picture.
    pub(crate) fn white(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![255; width * height] }
    }

    /// A pixel; white outside of the picture.
    pub(crate) fn get(&self, x: usize, y: usize) -> u8 {
        if x < self.width { self.pixels.get(y * self.width + x).copied().unwrap_or(255) } else { 255 }
    }

    /// The picture as a PNM file (P5).
    pub(crate) fn to_pnm(&self) -> Vec<u8> {
        let mut file = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        file.extend_from_slice(&self.pixels);
        file
    }

    /// The value between pixels, for a point in pixels.
    pub(crate) fn sample(&self, x: f32, y: f32) -> u8 {
        let (x, y) = ((x - 0.5).max(0.0), (y - 0.5).max(0.0));
        let (left, top) = (x as usize, y as usize);
        let (right, bottom) =
            ((left + 1).min(self.width.saturating_sub(1)), (top + 1).min(self.height.saturating_sub(1)));
        let (part_x, part_y) = (x - left as f32, y - top as f32);
        let mix = |a: u8, b: u8, part: f32| f32::from(a) + (f32::from(b) - f32::from(a)) * part;
        let upper = mix(self.get(left, top), self.get(right, top), part_x);
        let lower = mix(self.get(left, bottom), self.get(right, bottom), part_x);
        (upper + (lower - upper) * part_y).round() as u8
    }

    /// The grey value that parts ink from paper (Otsu's method).
    pub(crate) fn threshold(&self) -> u8 {
        Shades::of(self).ink
    }

    /// The grey value that parts faint ink from paper: a hairline that a scanner has spread over two rows of pixels is
    /// nowhere as dark as a letter.
    pub(crate) fn faint_threshold(&self) -> u8 {
        Shades::of(self).faint
    }
}

/// The part of the way from paper to ink beyond which a pixel is faint ink.
const FAINT: f64 = 0.22;

/// Grey values that part a picture.
struct Shades {
    ink: u8,
    faint: u8,
}

impl Shades {
    fn of(picture: &Gray) -> Self {
        let mut counts = [0u64; 256];
        for pixel in picture.pixels.iter().step_by(7) {
            if let Some(count) = counts.get_mut(usize::from(*pixel)) {
                *count += 1;
            }
        }
        let total: u64 = counts.iter().sum();
        let all: f64 = counts.iter().enumerate().map(|(value, count)| value as f64 * *count as f64).sum();
        let (mut dark, mut dark_sum) = (0u64, 0.0);
        let mut best = (0.0, 128u8, 128u8);
        for (value, count) in (0u8..255).zip(&counts) {
            dark += count;
            dark_sum += f64::from(value) * *count as f64;
            let light = total - dark;
            if dark == 0 || light == 0 {
                continue;
            }
            let (ink, paper) = (dark_sum / dark as f64, (all - dark_sum) / light as f64);
            let score = dark as f64 * light as f64 * (paper - ink) * (paper - ink);
            if score > best.0 {
                best = (score, value, (paper - FAINT * (paper - ink)) as u8);
            }
        }
        Self { ink: best.1, faint: best.2.max(best.1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_threshold_parts_ink_from_paper() {
        let mut picture = Gray::white(70, 10);
        picture.pixels.iter_mut().for_each(|pixel| *pixel = 230);
        picture.pixels[..140].fill(40);
        let threshold = picture.threshold();
        assert!((40..230).contains(&threshold), "{threshold}");
        let faint = picture.faint_threshold();
        assert!((180..230).contains(&faint), "{faint}");
    }

    #[test]
    fn samples_lie_between_pixels() {
        let picture = Gray { width: 2, height: 1, pixels: vec![0, 200] };
        assert_eq!(picture.sample(1.0, 0.5), 100);
        assert_eq!(picture.sample(0.5, 0.5), 0);
    }
}
