//! The HTML tags that Markdown files carry. Anything else in angle brackets is text (`<Nội dung>`).

/// What a tag does to the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    /// Breaks the line.
    Break,
    /// Bold from here on (true) or no more (false).
    Bold(bool),
    /// Italic from here on or no more.
    Italic(bool),
    /// Raised from here on or no more.
    Superscript(bool),
    /// Nothing that bears on the text.
    Nothing,
}

/// A tag is looked for no further than this.
const LONGEST: usize = 400;

/// The tag at the start of `text`, which begins with `<`, and its length in bytes.
pub(crate) fn tag(text: &str) -> Option<(Tag, usize)> {
    let bytes = text.as_bytes();
    let end = bytes.iter().take(LONGEST).skip(1).position(|b| matches!(b, b'>' | b'<' | b'\n'))? + 1;
    if bytes.get(end) != Some(&b'>') {
        return None;
    }
    let inside = text.get(1..end)?;
    let (open, inside) = inside.strip_prefix('/').map_or((true, inside), |rest| (false, rest));
    let name_end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
    let (name, rest) = inside.split_at(name_end);
    if !(rest.is_empty() || rest.starts_with([' ', '/', '\t'])) {
        return None;
    }
    Some((effect(&name.to_ascii_lowercase(), open)?, end + 1))
}

fn effect(name: &str, open: bool) -> Option<Tag> {
    Some(match name {
        "br" => Tag::Break,
        "b" | "strong" => Tag::Bold(open),
        "i" | "em" => Tag::Italic(open),
        "sup" => Tag::Superscript(open),
        "a" | "abbr" | "blockquote" | "center" | "code" | "dd" | "del" | "details" | "div" | "dl" | "dt" | "font"
        | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hr" | "img" | "ins" | "li" | "mark" | "ol" | "p" | "pre" | "s"
        | "small" | "span" | "strike" | "sub" | "summary" | "table" | "tbody" | "td" | "th" | "thead" | "tr" | "u"
        | "ul" => Tag::Nothing,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_tags_are_markup_and_the_rest_is_text() {
        for (text, want) in [
            ("<br>", Some((Tag::Break, 4))),
            ("<br />x", Some((Tag::Break, 6))),
            ("</B>", Some((Tag::Bold(false), 4))),
            ("<span id=\"page-1\">", Some((Tag::Nothing, 18))),
            ("<Nội dung>", None),
            ("<b", None),
            ("<5 năm>", None),
            ("<b<br>", None),
        ] {
            assert_eq!(tag(text), want, "{text}");
        }
    }
}
