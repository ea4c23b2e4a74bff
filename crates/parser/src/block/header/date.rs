//! Place and date of issue (địa danh, ngày tháng năm ban hành).

use nhiemvu_model::PartialDate;
use nhiemvu_text::{bare_key, fold_key};

/// Reads `Hà Nội, ngày 05 tháng 01 năm 2020`, its day or month perhaps blank: the place and the date.
pub(crate) fn date_line(text: &str) -> Option<(String, Option<PartialDate>)> {
    const LONGEST_PLACE: usize = 40;
    let before_day = |at: &usize| {
        let after = bare_key(text[*at + 1..].trim_start().get(..6).unwrap_or("")).replace(' ', "");
        let behind = text[*at + 1..].trim_start().to_lowercase();
        // a telegram tells the hour, too (`Hòa Giang, hồi 14 giờ 00 ngày 08 tháng 10`)
        let hour = ["hồi ", "lúc ", "vào hồi "].iter().any(|w| behind.starts_with(w)) && behind.contains(" ngày ");
        after.starts_with("nga") || behind.starts_with("ngày") || hour
    };
    // scans read the comma as a stop
    let stop = || text.match_indices('.').map(|(at, _)| at).find(before_day);
    let comma = text.find([',', ';']).filter(before_day).or_else(stop)?;
    let place = text[..comma].trim();
    // the place is the last words before the comma: a number may stand on the same line
    let place = place.rsplit('\t').next().and_then(|last| last.rsplit("  ").next()).unwrap_or(place);
    let place = behind_number(place);
    let place = place.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    if place.is_empty()
        || place.chars().count() > LONGEST_PLACE
        || !place.chars().next().is_some_and(char::is_uppercase)
    {
        return None;
    }
    let rest = &text[comma + 1..];
    let date = parse_date(rest).or_else(|| year_alone(rest))?;
    Some((place.to_owned(), date))
}

/// What stands behind the number of the document on one line with it (`Số: 12/TCT -PC Hà Nội`).
fn behind_number(words: &str) -> &str {
    if !words.contains('/') {
        return words;
    }
    let of_number =
        |word: &str| word.contains('/') || word.starts_with('-') || word.contains(|c: char| c.is_ascii_digit());
    let last = words.rsplit(' ').find(|word| of_number(word));
    let end = last.map_or(0, |word| word.as_ptr() as usize - words.as_ptr() as usize + word.len());
    words.get(end..).unwrap_or(words)
}

/// `ngày 05 tháng 01 năm 2020` with blanks allowed: `None` where it is no date, `Some(None)` where even the year is
/// blank.
#[allow(clippy::option_option)]
pub(super) fn parse_date(text: &str) -> Option<Option<PartialDate>> {
    let key = fold_key(text);
    let (_, rest) = key.split_once("ngày")?;
    if let Some(date) = slash_date(rest.trim()) {
        return Some(Some(date));
    }
    let (day, rest) = rest.split_once("tháng")?;
    let (month, year) = rest.split_once("năm")?;
    // a figure with letters or signs in it is one that a scan could not read: none at all is better than a wrong one
    let blank = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | '…' | '_');
    let figure = |s: &str| -> Option<u32> { s.trim_matches(blank).parse().ok() };
    let year: String = year.trim().chars().take_while(char::is_ascii_digit).collect();
    if day.trim().chars().count() > 6 || month.trim().chars().count() > 6 {
        return None;
    }
    let Ok(year) = year.parse::<i32>() else { return Some(None) };
    if !(1900..=2199).contains(&year) {
        return Some(None);
    }
    let month = figure(month).filter(|m| (1..=12).contains(m));
    let day = figure(day).filter(|_| month.is_some());
    Some(Some(of_calendar(PartialDate { year, month, day })))
}

/// The date without a day that its month does not have (`ngày 31 tháng 6`).
fn of_calendar(date: PartialDate) -> PartialDate {
    PartialDate { day: date.day.filter(|_| date.full().is_some()), ..date }
}

/// The year at the end of a date of which a scan has spoilt the rest.
#[allow(clippy::option_option)]
fn year_alone(text: &str) -> Option<Option<PartialDate>> {
    const LONGEST: usize = 44;
    let year = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let year: i32 = year.get(year.len().checked_sub(4)?..)?.parse().ok()?;
    (text.chars().count() <= LONGEST && (1990..=2099).contains(&year)).then_some(Some(PartialDate {
        year,
        month: None,
        day: None,
    }))
}

fn slash_date(text: &str) -> Option<PartialDate> {
    let mut parts = text.split('/');
    let day = parts.next()?.trim().parse().ok()?;
    let month = parts.next()?.trim().parse().ok()?;
    let year = parts.next()?.trim().get(..4)?.parse().ok()?;
    let date = of_calendar(PartialDate { year, month: Some(month), day: Some(day) });
    ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_dates() {
        let (place, date) = date_line("Gia Lai, ngày    tháng    năm 2026").unwrap();
        assert_eq!((place.as_str(), date.unwrap().to_string().as_str()), ("Gia Lai", "2026"));
        let (place, date) = date_line("Số: 3/QĐ-UBND      Hà Nội, ngày 05 tháng 01 năm 2020").unwrap();
        assert_eq!((place.as_str(), date.unwrap().to_string().as_str()), ("Hà Nội", "2020-01-05"));
        let (place, date) = date_line("Số: 31 /SXD -VP Hòa Giang. ngày 07 tháng 6 năm 2031").unwrap();
        assert_eq!((place.as_str(), date.unwrap().to_string().as_str()), ("Hòa Giang", "2031-06-07"));
        let (place, _) = date_line("Số: 7/BC-UBND TP. Hồ Chí Minh, ngày 09 tháng 11 năm 2023").unwrap();
        assert_eq!(place, "TP. Hồ Chí Minh");
        let (_, date) = date_line("Hòa Giang, ngày Â4‡tháng 12 năm 2021").unwrap();
        assert_eq!(date.unwrap().to_string(), "2021-12");
        for wrong in ["Hòa Giang, ngày 31 tháng 6 năm 2031", "Hòa Giang, ngày 31/6/2031"] {
            let (_, date) = date_line(wrong).unwrap();
            assert_eq!(date.unwrap().to_string(), "2031-06", "{wrong}");
        }
        assert!(date_line("họp, ngày hôm nay").is_none());
    }
}
