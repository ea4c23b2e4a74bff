//! Signs that Word draws from fonts of signs (`w:sym`), as characters.

/// The character that a sign stands for; `code` is in the private area or that area's low byte.
pub(crate) fn symbol(font: &str, code: u32) -> Option<char> {
    let low = u8::try_from(code & 0xFF).ok()?;
    let font = font.to_ascii_lowercase();
    if font.starts_with("wingdings 2") {
        return Some(match low {
            0x50 => '✓',
            0x52 | 0x53 => '☑',
            0xA3 | 0x2A => '□',
            _ => '•',
        });
    }
    if font.starts_with("wingdings") {
        return Some(match low {
            0x6F | 0x71 | 0x72 | 0xA8 => '□',
            0xFC => '✓',
            0xFE => '☑',
            0xFB | 0xFD => '✗',
            0xE0 | 0xE8 | 0xF0 => '→',
            0xDF | 0xE7 => '←',
            _ => '•',
        });
    }
    if font != "symbol" {
        // an ordinary font: the code is the character, unless it is private
        return char::from_u32(code).filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c));
    }
    Some(match low {
        0xA3 => '≤',
        0xB3 => '≥',
        0xB1 => '±',
        0xB4 => '×',
        0xB8 => '÷',
        0xB0 => '°',
        0xB9 => '≠',
        0xBB => '≈',
        0xA5 => '∞',
        0xAC => '←',
        0xAE => '→',
        0xDE => '⇒',
        0xDB => '⇔',
        0x2D | 0xBE => '-',
        0x61 => 'α',
        0x62 => 'β',
        0x6D => 'µ',
        0x44 => 'Δ',
        0x53 => 'Σ',
        0x57 => 'Ω',
        0x20..=0x3F => char::from(low),
        _ => '•',
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_the_usual_fonts() {
        for (font, code, want) in [
            ("Symbol", 0xF0B3, Some('≥')),
            ("Symbol", 0xF0B7, Some('•')),
            ("Wingdings", 0xF06F, Some('□')),
            ("Wingdings 2", 0x52, Some('☑')),
            ("Times New Roman", 0x2265, Some('≥')),
            ("Times New Roman", 0xF0B7, None),
        ] {
            assert_eq!(symbol(font, code), want, "{font} {code:x}");
        }
    }
}
