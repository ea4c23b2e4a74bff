//! Numbers of items as letters and as Roman figures.

/// `a` to `z`, then `aa` to `zz` as HTML counts; the number itself where it is not positive.
pub(crate) fn letters(number: i64) -> String {
    let Ok(mut rest) = u64::try_from(number) else { return number.to_string() };
    let mut digits = Vec::new();
    while rest > 0 {
        rest -= 1;
        digits.push(char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
    }
    if digits.is_empty() { number.to_string() } else { digits.iter().rev().collect() }
}

/// Small Roman figures for 1 to 3999; the number itself beyond.
pub(crate) fn roman(number: i64) -> String {
    const FIGURES: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, figure) in FIGURES {
        while rest >= value {
            out.push_str(figure);
            rest -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_roman_figures() {
        for (number, letter, figure) in
            [(1, "a", "i"), (4, "d", "iv"), (26, "z", "xxvi"), (27, "aa", "xxvii"), (0, "0", "0"), (-3, "-3", "-3")]
        {
            assert_eq!((letters(number).as_str(), roman(number).as_str()), (letter, figure));
        }
        assert_eq!(roman(3999), "mmmcmxcix");
        assert_eq!(letters(i64::MAX).len(), 14);
    }
}
