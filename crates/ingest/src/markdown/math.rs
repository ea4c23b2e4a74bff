//! Formulas, which converters write for a mere sign: `$\geq 30\%$` is `≥ 30%`.

use crate::styled::{Style, Styled};

/// A formula is looked for no further than this.
const LONGEST: usize = 600;
/// Groups may nest this deep; what is deeper is copied.
const DEEPEST: usize = 12;

/// Commands and the signs that they stand for.
#[rustfmt::skip]
const SIGNS: &[(&str, &str)] = &[
    ("Delta", "Δ"), ("Leftarrow", "⇐"), ("Leftrightarrow", "⇔"), ("Omega", "Ω"), ("Rightarrow", "⇒"), ("Sigma", "Σ"),
    ("alpha", "α"), ("approx", "≈"), ("ast", "*"), ("beta", "β"), ("bullet", "•"), ("cdot", "·"), ("cdots", "…"),
    ("checkmark", "✓"), ("circ", "°"), ("colon", ":"), ("degree", "°"), ("delta", "δ"), ("div", "÷"), ("dots", "…"),
    ("downarrow", "↓"), ("equiv", "≡"), ("gamma", "γ"), ("ge", "≥"), ("geq", "≥"), ("geqslant", "≥"), ("gt", ">"),
    ("in", "∈"), ("infty", "∞"), ("lambda", "λ"), ("ldots", "…"), ("le", "≤"), ("leftarrow", "←"), ("leq", "≤"),
    ("leqslant", "≤"), ("lt", "<"), ("mu", "μ"), ("ne", "≠"), ("neq", "≠"), ("omega", "ω"), ("pi", "π"), ("pm", "±"),
    ("prime", "′"), ("qquad", " "), ("quad", " "), ("rightarrow", "→"), ("sigma", "σ"), ("sim", "~"), ("simeq", "≃"),
    ("square", "□"), ("star", "*"), ("sum", "∑"), ("theta", "θ"), ("times", "×"), ("to", "→"), ("triangle", "△"),
    ("uparrow", "↑"), ("varnothing", "∅"), ("wedge", "∧"), ("emptyset", "∅"), ("cap", "∩"), ("cup", "∪"),
    ("textgreater", ">"), ("textless", "<"), ("textbackslash", "\\"), ("textdegree", "°"),
];

/// Commands that only say how their argument is set, or how wide a bracket is: the argument remains.
const TRANSPARENT: &[&str] = &[
    "text",
    "textbf",
    "textit",
    "textrm",
    "textnormal",
    "mathrm",
    "mathbf",
    "mathit",
    "mathsf",
    "mathtt",
    "mathcal",
    "operatorname",
    "mbox",
    "left",
    "right",
    "big",
    "Big",
    "bigg",
    "bf",
    "rm",
    "it",
    "displaystyle",
    "textstyle",
    "limits",
    "underline",
    "overline",
    "boxed",
    "hat",
    "bar",
    "boldsymbol",
    "bm",
    "sqrt",
];

/// Whether the line holds a formula with a command in it.
pub(crate) fn is_formula(line: &str) -> bool {
    line.match_indices('$').any(|(at, _)| line.get(at..).and_then(dollars).is_some_and(|(f, _)| f.contains('\\')))
}

/// The formula between the `$` or `$$` at the start of `text` and the next; its length with both marks.
///
/// Prices and stray signs are none: a formula holds a command, or stands close between its marks and is made of figures,
/// signs and single letters.
pub(crate) fn dollars(text: &str) -> Option<(&str, usize)> {
    let mark = if text.starts_with("$$") { "$$" } else { "$" };
    let inside = text.strip_prefix(mark)?;
    let end = inside.bytes().take(LONGEST).position(|b| matches!(b, b'$' | b'\n'))?;
    let formula = inside.get(..end)?;
    if !inside.get(end..)?.starts_with(mark) {
        return None;
    }
    let bare = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '.' | ',' | '%' | '^' | '_' | '{' | '}' | '(' | ')' | '+' | '-' | '=' | '<' | '>' | ' ')
    };
    let close = !formula.starts_with(' ') && !formula.ends_with(' ') && !formula.is_empty();
    let letters = formula.chars().filter(char::is_ascii_alphabetic).count();
    let figures = formula.chars().all(|c| bare(c) || c.is_ascii_alphabetic()) && letters <= 3;
    (has_command(formula) || (close && figures)).then_some((formula, end + 2 * mark.len()))
}

/// The formula between `\(` and `\)` or `\[` and `\]` at the start of `text`, if it holds a command.
pub(crate) fn bracketed(text: &str) -> Option<(&str, usize)> {
    let close = match text.as_bytes().get(1)? {
        b'(' => "\\)",
        b'[' => "\\]",
        _ => return None,
    };
    let inside = text.get(2..)?;
    let mut end = inside.len().min(LONGEST);
    while !inside.is_char_boundary(end) {
        end -= 1;
    }
    let inside = inside.get(..end)?;
    let formula = inside.get(..inside.find(close)?)?;
    (has_command(formula) && !formula.contains('\n')).then_some((formula, formula.len() + 4))
}

fn has_command(formula: &str) -> bool {
    formula.as_bytes().windows(2).any(|pair| pair[0] == b'\\' && pair[1] != b'\\')
}

/// Writes the formula as plain characters; what is raised becomes a raised run.
pub(crate) fn write(formula: &str, out: &mut Styled) {
    convert(formula.trim(), out, 0);
}

fn convert(formula: &str, out: &mut Styled, depth: usize) {
    if depth > DEEPEST {
        return out.push_str(formula);
    }
    let mut rest = formula;
    while let Some(c) = rest.chars().next() {
        rest = match c {
            '\\' => command(&rest[1..], out, depth),
            '^' => raised(&rest[1..], out, depth),
            '{' | '_' => {
                let inner = if c == '_' { &rest[1..] } else { rest };
                let (argument, after) = argument(inner);
                convert(argument, out, depth + 1);
                after
            }
            '}' | '$' => &rest[1..],
            '~' => {
                out.push(' ');
                &rest[1..]
            }
            _ => {
                out.push(c);
                &rest[c.len_utf8()..]
            }
        };
    }
}

/// What follows a backslash; gives the rest.
fn command<'a>(text: &'a str, out: &mut Styled, depth: usize) -> &'a str {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if name.is_empty() {
        let Some(sign) = text.chars().next() else { return "" };
        match sign {
            ',' | ';' | ':' | ' ' | '\\' => out.push(' '),
            '!' => {}
            _ => out.push(sign),
        }
        return text.get(sign.len_utf8()..).unwrap_or_default();
    }
    if let Some((_, sign)) = SIGNS.iter().find(|(known, _)| *known == name) {
        out.push_str(sign);
        return rest;
    }
    if matches!(name, "frac" | "dfrac" | "tfrac") {
        let (above, rest) = argument(rest.trim_start());
        convert(above, out, depth + 1);
        out.push('/');
        let (below, rest) = argument(rest.trim_start());
        convert(below, out, depth + 1);
        return rest;
    }
    if TRANSPARENT.contains(&name) {
        return rest.trim_start();
    }
    out.push('\\');
    out.push_str(name);
    rest
}

/// What follows `^`: a circle is the degree sign, anything else is raised.
fn raised<'a>(text: &'a str, out: &mut Styled, depth: usize) -> &'a str {
    let (argument, rest) = argument(text);
    if matches!(argument.trim(), "\\circ" | "o" | "\\text{o}") {
        out.push('°');
        return rest;
    }
    let around = out.style();
    out.set(Style { superscript: true, ..around });
    convert(argument, out, depth + 1);
    out.set(around);
    rest
}

/// The group, command or character at the start of `text`, without its braces, and the rest.
fn argument(text: &str) -> (&str, &str) {
    let Some(first) = text.chars().next() else { return ("", "") };
    match first {
        '{' => {
            let mut depth = 0;
            for (at, byte) in text.bytes().enumerate() {
                match byte {
                    b'{' => depth += 1,
                    b'}' => depth -= 1,
                    _ => {}
                }
                if depth == 0 {
                    return (&text[1..at], &text[at + 1..]);
                }
            }
            (&text[1..], "")
        }
        '\\' => {
            let letters = text[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
            // `\\%` and its kin are a backslash and one character of any kind
            let sign = text[1..].chars().next().map_or(0, char::len_utf8);
            text.split_at(1 + letters.max(sign))
        }
        _ => text.split_at(first.len_utf8()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(formula: &str) -> String {
        let mut out = Styled::default();
        write(formula, &mut out);
        out.finish().0
    }

    #[test]
    fn signs_come_out_as_characters() {
        for (formula, want) in [
            (r"\geq 30\%", "≥ 30%"),
            (r"\leq", "≤"),
            (r"3 \times 5", "3 × 5"),
            (r"A \rightarrow B", "A → B"),
            (r"\pm 0,5", "± 0,5"),
            (r"m^{2}", "m2"),
            (r"37^{\circ}C", "37°C"),
            (r"CO_2", "CO2"),
            (r"PM_{2.5}", "PM2.5"),
            (r"\text{tấn/năm}", "tấn/năm"),
            (r"\frac{1}{2}", "1/2"),
            (r"\mathbf{15}", "15"),
            (r"\unknown x", r"\unknown x"),
            (r"{{{", ""),
            (r"\", ""),
            (r"é\é", "éé"),
        ] {
            assert_eq!(plain(formula), want, "{formula}");
        }
    }

    #[test]
    fn money_is_no_formula() {
        for (text, want) in [
            (r"$\geq 5$ xã", Some(r"\geq 5")),
            ("$100 và $200", None),
            ("$30\\%$", Some("30\\%")),
            ("$x$", Some("x")),
            ("$ 5 và 6 $", None),
            ("$$a \\times b$$", Some("a \\times b")),
            ("$", None),
        ] {
            assert_eq!(dollars(text).map(|(f, _)| f), want, "{text}");
        }
    }
}
