//! Paths, as far as they are ruled lines (strokes, thin filled boxes, the edges of stroked boxes) or bullets (small discs,
//! circles and squares).

use hayro_font::kurbo::{Affine, Point};

use super::page::{Area, Dot, Rule};

/// Filled boxes up to this thickness, in points, are lines.
const THIN: f64 = 2.6;
/// Shorter lines are ornaments, dots of a dotted line or parts of letters.
const SHORT: f64 = 3.0;
/// How far a line may lean, in points over its length, and still be straight.
const LEAN: f64 = 0.7;
/// Width and height of a bullet, in points, and how much longer one may be than the other.
const BULLETS: std::ops::RangeInclusive<f32> = 1.0..=9.0;
const ROUND: f32 = 1.25;
/// Line segments that one path may have before it is a drawing and no ruling.
const MAX_SEGMENTS: usize = 4_000;

/// The path under construction, in displayed points.
#[derive(Default)]
pub(super) struct Path {
    parts: Vec<Part>,
    segments: usize,
}

#[derive(Default)]
struct Part {
    points: Vec<Point>,
    closed: bool,
    curved: bool,
}

impl Path {
    /// `m`.
    pub fn move_to(&mut self, ctm: Affine, x: f64, y: f64) {
        if self.room() {
            self.parts.push(Part { points: vec![ctm * Point::new(x, y)], ..Part::default() });
        }
    }

    /// `l`.
    pub fn line_to(&mut self, ctm: Affine, x: f64, y: f64) {
        if self.room()
            && let Some(part) = self.parts.last_mut()
        {
            part.points.push(ctm * Point::new(x, y));
        }
    }

    /// `c`, `v` and `y`: only where a curve ends matters here.
    pub fn curve_to(&mut self, ctm: Affine, x: f64, y: f64) {
        self.line_to(ctm, x, y);
        if let Some(part) = self.parts.last_mut() {
            part.curved = true;
        }
    }

    /// `h`.
    pub fn close(&mut self) {
        if let Some(part) = self.parts.last_mut() {
            part.closed = true;
        }
    }

    /// `re`.
    pub fn rectangle(&mut self, ctm: Affine, x: f64, y: f64, width: f64, height: f64) {
        self.move_to(ctm, x, y);
        self.line_to(ctm, x + width, y);
        self.line_to(ctm, x + width, y + height);
        self.line_to(ctm, x, y + height);
        self.close();
    }

    fn room(&mut self) -> bool {
        self.segments += 1;
        self.segments <= MAX_SEGMENTS
    }

    /// Forgets the path.
    pub fn clear(&mut self) {
        self.parts.clear();
        self.segments = 0;
    }

    /// The shapes of the path that may be bullets: discs and squares where it is filled, circles where it is stroked.
    pub fn dots(&self, fill: bool, stroke: bool) -> impl Iterator<Item = Dot> {
        self.parts.iter().filter_map(move |part| {
            let sign = match (part.curved, fill) {
                (true, true) => '•',
                (true, false) if stroke => '◦',
                (false, true) if part.points.len() <= 5 => '▪',
                _ => return None,
            };
            let area = bounds(&part.points)?;
            let (width, height) = (area.width(), area.height());
            let is_small = BULLETS.contains(&width) && BULLETS.contains(&height);
            (is_small && width <= ROUND * height && height <= ROUND * width).then_some(Dot { area, sign })
        })
    }

    /// The ruled lines that stroking the path draws.
    pub fn stroked(&self, rules: &mut Vec<Rule>) {
        for part in self.parts.iter().filter(|part| !part.curved) {
            let closing = part.closed.then(|| part.points.first()).flatten();
            let next = part.points.iter().skip(1).chain(closing);
            rules.extend(part.points.iter().zip(next).filter_map(|(from, to)| straight(*from, *to)));
        }
    }

    /// The ruled lines that filling the path draws: its thin boxes.
    pub fn filled(&self, rules: &mut Vec<Rule>) {
        rules.extend(self.parts.iter().filter_map(|part| thin(bounds(&part.points)?)));
    }
}

/// The rule that a thin box is; `None` where it is no line.
pub(super) fn thin(area: Area) -> Option<Rule> {
    let (width, height) = (f64::from(area.width()), f64::from(area.height()));
    if height <= THIN && width > SHORT && width > height {
        let at = f32::midpoint(area.top, area.bottom);
        return Some(Rule { horizontal: true, at, from: area.left, to: area.right });
    }
    if width <= THIN && height > SHORT && height > width {
        let at = f32::midpoint(area.left, area.right);
        return Some(Rule { horizontal: false, at, from: area.top, to: area.bottom });
    }
    None
}

fn straight(a: Point, b: Point) -> Option<Rule> {
    let (width, height) = ((a.x - b.x).abs(), (a.y - b.y).abs());
    let rule = |horizontal, at: f64, from: f64, to: f64| {
        Some(Rule { horizontal, at: at as f32, from: from as f32, to: to as f32 })
    };
    if height <= LEAN && width > SHORT {
        rule(true, f64::midpoint(a.y, b.y), a.x.min(b.x), a.x.max(b.x))
    } else if width <= LEAN && height > SHORT {
        rule(false, f64::midpoint(a.x, b.x), a.y.min(b.y), a.y.max(b.y))
    } else {
        None
    }
}

/// The box around some points; `None` where there is none or it is not finite.
pub(super) fn bounds(points: &[Point]) -> Option<Area> {
    let first = points.first()?;
    let mut edges = (first.x, first.y, first.x, first.y);
    for point in points {
        edges = (edges.0.min(point.x), edges.1.min(point.y), edges.2.max(point.x), edges.3.max(point.y));
    }
    let finite = [edges.0, edges.1, edges.2, edges.3].iter().all(|v| v.is_finite() && v.abs() < 1e6);
    finite.then_some(Area { left: edges.0 as f32, top: edges.1 as f32, right: edges.2 as f32, bottom: edges.3 as f32 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thin_boxes_and_straight_strokes_are_rules() {
        let mut path = Path::default();
        path.rectangle(Affine::IDENTITY, 10.0, 20.0, 100.0, 0.5);
        path.rectangle(Affine::IDENTITY, 10.0, 20.0, 100.0, 50.0);
        let mut rules = Vec::new();
        path.filled(&mut rules);
        assert_eq!(rules, [Rule { horizontal: true, at: 20.25, from: 10.0, to: 110.0 }]);
        let mut rules = Vec::new();
        let mut path = Path::default();
        path.rectangle(Affine::IDENTITY, 10.0, 20.0, 100.0, 50.0);
        path.stroked(&mut rules);
        assert_eq!(rules.len(), 4);
        assert_eq!(rules.iter().filter(|rule| rule.horizontal).count(), 2);
    }

    #[test]
    fn small_discs_circles_and_squares_are_dots() {
        let signs = |path: &Path, fill, stroke| path.dots(fill, stroke).map(|dot| dot.sign).collect::<String>();
        let mut disc = Path::default();
        disc.move_to(Affine::IDENTITY, 4.0, 2.0);
        for (x, y) in [(2.0, 4.0), (0.0, 2.0), (2.0, 0.0), (4.0, 2.0)] {
            disc.curve_to(Affine::IDENTITY, x, y);
        }
        assert_eq!((signs(&disc, true, false), signs(&disc, false, true)), ("•".to_owned(), "◦".to_owned()));
        let mut boxes = Path::default();
        boxes.rectangle(Affine::IDENTITY, 10.0, 20.0, 4.5, 4.5);
        boxes.rectangle(Affine::IDENTITY, 10.0, 20.0, 4.5, 9.0);
        boxes.rectangle(Affine::IDENTITY, 10.0, 20.0, 40.0, 40.0);
        assert_eq!((signs(&boxes, true, false), signs(&boxes, false, true)), ("▪".to_owned(), String::new()));
    }

    #[test]
    fn slanted_and_curved_lines_are_none() {
        let mut path = Path::default();
        path.move_to(Affine::IDENTITY, 0.0, 0.0);
        path.line_to(Affine::IDENTITY, 50.0, 50.0);
        path.move_to(Affine::IDENTITY, 0.0, 0.0);
        path.curve_to(Affine::IDENTITY, 50.0, 0.0);
        let mut rules = Vec::new();
        path.stroked(&mut rules);
        assert!(rules.is_empty());
    }
}
