//! A page that is a picture, drawn for recognition: upright, level, in grey.

use hayro_font::kurbo::{Affine, Point};

use super::page::{Area, PageContent};
use super::paths;
use super::picture::Placed;
use crate::ocr::{self, Gray};

/// Pixels along the longer side of a page: what a sheet of A4 has at 220 to 400 dpi, and at 300.
const SIDES: (f32, f32) = (2_600.0, 4_700.0);
const USUAL_SIDE: f32 = 3_508.0;

/// A picture with the transform from the unit square to the page.
pub(super) struct Drawn {
    /// Unit square to displayed points.
    pub ctm: Affine,
    /// Whether it is a stencil that ink is put on the page through.
    pub mask: bool,
    /// Its pixels.
    pub picture: Gray,
}

impl Drawn {
    /// A picture of a page; `None` where it cannot be decoded.
    pub fn of(placed: &Placed<'_>) -> Option<Self> {
        Some(Self { ctm: placed.ctm, mask: placed.is_mask(), picture: placed.decode()? })
    }

    /// A picture that is a whole page of this size.
    pub fn page(picture: Gray, width: f32, height: f32) -> Self {
        let (width, height) = (f64::from(width), f64::from(height));
        Self { ctm: Affine::new([width, 0.0, 0.0, -height, 0.0, height]), mask: false, picture }
    }

    fn area(&self) -> Option<Area> {
        let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
        paths::bounds(&corners.map(|(x, y)| self.ctm * Point::new(x, y)))
    }
}

/// The pictures of a page and its size in points.
pub(super) struct Sheet {
    /// Width as displayed.
    pub width: f32,
    /// Height as displayed.
    pub height: f32,
    /// What is drawn on it.
    pub pictures: Vec<Drawn>,
}

impl Sheet {
    /// The sheet of a page.
    pub fn of(page: &PageContent, pictures: Vec<Drawn>) -> Self {
        Self { width: page.width, height: page.height, pictures }
    }

    /// Turns the sheet by 90 degrees, clockwise.
    pub fn turn(&mut self) {
        let turn = Affine::new([0.0, 1.0, -1.0, 0.0, f64::from(self.height), 0.0]);
        for picture in &mut self.pictures {
            picture.ctm = turn * picture.ctm;
        }
        std::mem::swap(&mut self.width, &mut self.height);
    }

    /// Pixels per point that suit recognition; `None` where there is nothing to recognise.
    pub fn scale(&self) -> Option<f32> {
        let side = self.width.max(self.height);
        let own = self.pictures.iter().filter_map(|drawn| {
            let area = drawn.area()?;
            // a picture that stands on its side has its columns along the page's height
            Some(drawn.picture.width.max(drawn.picture.height) as f32 / area.width().max(area.height()))
        });
        let own = own.fold(0.0, f32::max);
        let scale = if (SIDES.0..=SIDES.1).contains(&(own * side)) { own } else { USUAL_SIDE / side };
        (!self.pictures.is_empty() && scale.is_finite() && scale > 0.0).then_some(scale)
    }

    /// The sheet as a grey picture, level, and the angle by which it lay aslant, in radians clockwise.
    pub fn level(&self, scale: f32) -> (Gray, f32) {
        let canvas = self.draw(scale, 0.0);
        let skew = ocr::skew(&canvas);
        (if skew == 0.0 { canvas } else { self.draw(scale, skew) }, skew)
    }

    /// Draws the pictures onto white paper that is turned back by `skew` about its middle.
    fn draw(&self, scale: f32, skew: f32) -> Gray {
        let mut canvas = Gray::white((self.width * scale) as usize, (self.height * scale) as usize);
        let middle = Point::new(f64::from(self.width) / 2.0, f64::from(self.height) / 2.0);
        let turn = Affine::rotate_about(f64::from(skew), middle);
        for Drawn { ctm, mask, picture } in &self.pictures {
            // pixels of the canvas to pixels of the picture, whose rows run downwards in the unit square
            let to_unit = ctm.inverse() * turn * Affine::scale(1.0 / f64::from(scale));
            let (width, height) = (picture.width as f64, picture.height as f64);
            let map = Affine::new([width, 0.0, 0.0, -height, 0.0, height]) * to_unit;
            if !map.as_coeffs().iter().all(|value| value.is_finite()) {
                continue;
            }
            for row in 0..canvas.height {
                let line = canvas.pixels.get_mut(row * canvas.width..(row + 1) * canvas.width).unwrap_or_default();
                draw_row(line, row, map, picture, *mask);
            }
        }
        canvas
    }
}

/// Draws one row of the canvas, whose pixels `map` leads to those of the picture.
fn draw_row(line: &mut [u8], row: usize, map: Affine, picture: &Gray, mask: bool) {
    let across = map * Point::new(1.0, 0.0) - map * Point::ORIGIN;
    let down = map * Point::new(0.0, 1.0) - map * Point::ORIGIN;
    // a pixel that is larger than those of the picture takes the mean of four points inside of it
    let spread = if across.hypot() > 1.4 { 0.25 } else { 0.0 };
    let (width, height) = (picture.width as f64, picture.height as f64);
    let mut at = map * Point::new(0.5, row as f64 + 0.5);
    for pixel in line {
        if (0.0..width).contains(&at.x) && (0.0..height).contains(&at.y) {
            let point = |u: f64, v: f64| {
                let point = at + across * u + down * v;
                u32::from(picture.sample(point.x as f32, point.y as f32))
            };
            let value = if spread > 0.0 {
                (point(-spread, -spread) + point(spread, -spread) + point(-spread, spread) + point(spread, spread)) / 4
            } else {
                point(0.0, 0.0)
            } as u8;
            *pixel = if mask { value.min(*pixel) } else { value };
        }
        at += across;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_that_is_turned_four_times_is_as_it_was() {
        let mut picture = Gray::white(40, 20);
        picture.pixels[40 * 2 + 30] = 0;
        let mut sheet = Sheet { width: 40.0, height: 20.0, pictures: vec![Drawn::page(picture.clone(), 40.0, 20.0)] };
        assert_eq!(sheet.draw(1.0, 0.0), picture);
        sheet.turn();
        let turned = sheet.draw(1.0, 0.0);
        // two rows from the top become two columns from the right
        assert_eq!((turned.width, turned.height, turned.get(17, 30)), (20, 40, 0));
        (0..3).for_each(|_| sheet.turn());
        assert_eq!(sheet.draw(1.0, 0.0), picture);
    }
}
