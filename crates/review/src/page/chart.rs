//! Bars, as inline SVG. All sizes are attributes, since the page's policy admits no inline style.

use std::fmt::Write as _;

use super::html::escape;

/// Upright bars along a line of time.
pub(super) fn columns(bars: &[(String, usize)]) -> String {
    const HEIGHT: usize = 150;
    let step = (560 / bars.len().max(1)).clamp(14, 56);
    let most = bars.iter().map(|(_, n)| *n).max().unwrap_or_default().max(1);
    let width = bars.len() * step;
    let mut svg = open(width.max(200), HEIGHT + 40);
    // at most a dozen names fit beside each other
    let every = bars.len().div_ceil(560 / 46).max(1);
    for (i, (name, n)) in bars.iter().enumerate() {
        let height = n * HEIGHT / most;
        let (x, y, middle) = (i * step, 16 + HEIGHT - height, i * step + step / 2);
        let title = format!("{}: {n}", escape(name));
        let _ = write!(
            svg,
            "<g><title>{title}</title><rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{height}\"/>",
            step - 2
        );
        if *n > 0 && step >= 20 {
            let _ = write!(svg, "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{n}</text>", y - 3);
        }
        if i % every == 0 {
            let at = 32 + HEIGHT;
            let _ = write!(
                svg,
                "<text class=\"muted\" x=\"{middle}\" y=\"{at}\" text-anchor=\"middle\">{}</text>",
                escape(name)
            );
        }
        svg.push_str("</g>");
    }
    let _ = write!(svg, "<line x1=\"0\" x2=\"{width}\" y1=\"{0}\" y2=\"{0}\"/></svg>", HEIGHT + 16);
    svg
}

/// Lying bars, each behind its name. A last one that sums up the rest may be cut at the length of the longest.
pub(super) fn bars(bars: &[(String, usize)]) -> String {
    const ROW: usize = 22;
    const NAMES: usize = 260;
    const BARS: usize = 250;
    // bars come in falling order
    let most = bars.first().map_or(1, |(_, n)| *n).max(1);
    let mut svg = open(NAMES + BARS + 50, bars.len() * ROW + 4);
    for (i, (name, n)) in bars.iter().enumerate() {
        let (y, width) = (i * ROW, (n * BARS / most).clamp(1, BARS));
        let short = crate::diff::show::cut(name, 38);
        let _ = write!(
            svg,
            "<g><title>{}: {n}</title><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\
             <rect x=\"{NAMES}\" y=\"{}\" width=\"{width}\" height=\"{}\"/><text x=\"{}\" y=\"{}\">{n}</text></g>",
            escape(name),
            NAMES - 8,
            y + 16,
            escape(&short),
            y + 4,
            ROW - 6,
            NAMES + width + 6,
            y + 16,
        );
    }
    svg.push_str("</svg>");
    svg
}

fn open(width: usize, height: usize) -> String {
    format!("<svg viewBox=\"0 0 {width} {height}\" role=\"img\">")
}
