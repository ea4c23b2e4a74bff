//! The table of public holidays against what it rests on: the Labour Code's days (Bộ luật Lao động 2019, Điều 112), a
//! working day in place of each that falls on a weekend (Điều 111 khoản 3), and lunar dates computed from the sun and moon.

#![allow(clippy::unwrap_used, clippy::panic, clippy::cast_possible_truncation)]

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};

/// The lunar calendar of Vietnam: new moons and the sun's longitude at UTC+7 after J. Meeus, *Astronomical Algorithms*,
/// in the shortened series that Hồ Ngọc Đức published; months are numbered from the one that holds the winter solstice.
mod lunar {
    use std::f64::consts::PI;

    use chrono::NaiveDate;

    const ZONE: f64 = 7.0 / 24.0;

    /// Julian day number, at UTC+7, of the `k`th new moon since 1900.
    fn new_moon(k: i64) -> i64 {
        let k = k as f64;
        let t = k / 1236.85;
        let dr = PI / 180.0;
        let mean = 2_415_020.759_33 + 29.530_588_68 * k + 0.000_117_8 * t * t - 0.000_000_155 * t * t * t
            + 0.000_33 * ((166.56 + 132.87 * t - 0.009_173 * t * t) * dr).sin();
        let sun = (359.2242 + 29.105_356_08 * k - 0.000_033_3 * t * t - 0.000_003_47 * t * t * t) * dr;
        let moon = (306.0253 + 385.816_918_06 * k + 0.010_730_6 * t * t + 0.000_012_36 * t * t * t) * dr;
        let node = (21.2964 + 390.670_506_46 * k - 0.001_652_8 * t * t - 0.000_002_39 * t * t * t) * dr;
        let correction = (0.1734 - 0.000_393 * t) * sun.sin() + 0.0021 * (2.0 * sun).sin() - 0.4068 * moon.sin()
            + 0.0161 * (2.0 * moon).sin()
            - 0.0004 * (3.0 * moon).sin()
            + 0.0104 * (2.0 * node).sin()
            - 0.0051 * (sun + moon).sin()
            - 0.0074 * (sun - moon).sin()
            + 0.0004 * (2.0 * node + sun).sin()
            - 0.0004 * (2.0 * node - sun).sin()
            - 0.0006 * (2.0 * node + moon).sin()
            + 0.0010 * (2.0 * node - moon).sin()
            + 0.0005 * (2.0 * moon + sun).sin();
        let delta = -0.000_278 + 0.000_265 * t + 0.000_262 * t * t;
        (mean + correction - delta + 0.5 + ZONE).floor() as i64
    }

    /// In which twelfth of the ecliptic the sun stands at the beginning of a day, 0 from the vernal equinox.
    fn sun(day: i64) -> i64 {
        let t = (day as f64 - 0.5 - ZONE - 2_451_545.0) / 36525.0;
        let dr = PI / 180.0;
        let anomaly = 357.529_1 + 35_999.050_3 * t - 0.000_155_9 * t * t - 0.000_000_48 * t * t * t;
        let mean = 280.466_45 + 36_000.769_83 * t + 0.000_303_2 * t * t;
        let centre = (1.914_600 - 0.004_817 * t - 0.000_014 * t * t) * (dr * anomaly).sin()
            + (0.019_993 - 0.000_101 * t) * (2.0 * dr * anomaly).sin()
            + 0.000_290 * (3.0 * dr * anomaly).sin();
        ((mean + centre).rem_euclid(360.0) / 30.0).floor() as i64
    }

    fn moon_before(day: i64) -> i64 {
        ((day as f64 - 2_415_021.076_998_695) / 29.530_588_853).floor() as i64
    }

    /// First day of the month with the winter solstice of `year`, the eleventh.
    fn eleventh(year: i32) -> i64 {
        let last = julian(NaiveDate::from_ymd_opt(year, 12, 31).unwrap());
        let k = moon_before(last);
        let start = new_moon(k);
        if sun(start) >= 9 { new_moon(k - 1) } else { start }
    }

    fn julian(day: NaiveDate) -> i64 {
        use chrono::Datelike;
        i64::from(day.num_days_from_ce()) + 1_721_425
    }

    /// The day of the common calendar on which day `day` of lunar month `month`, 1 to 10 and no leap month, of `year` falls.
    pub fn date(year: i32, month: i64, day: i64) -> NaiveDate {
        let (before, after) = (eleventh(year - 1), eleventh(year));
        let k = (0.5 + (before as f64 - 2_415_021.076_998_695) / 29.530_588_853).floor() as i64;
        let mut offset = month + 1;
        if after - before > 365 {
            // the first month in which the sun enters no new twelfth is the leap one
            let leap = (1..14).find(|i| sun(new_moon(k + i)) == sun(new_moon(k + i + 1))).unwrap();
            offset += i64::from(offset >= leap);
        }
        let start = new_moon(k + offset);
        NaiveDate::from_num_days_from_ce_opt((start + day - 1 - 1_721_425) as i32).unwrap()
    }
}

struct Row {
    day: NaiveDate,
    off: bool,
    occasion: &'static str,
}

fn rows(year: i32) -> Vec<Row> {
    include_str!("../data/holidays.tsv")
        .lines()
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let day: NaiveDate = cells.next()?.parse().ok()?;
            Some(Row { day, off: cells.next()? == "off", occasion: cells.next()? })
        })
        .filter(|row| row.day.year() == year)
        .collect()
}

fn weekend(day: NaiveDate) -> bool {
    day.weekday().number_from_monday() > 5
}

#[test]
fn lunar_dates_are_those_of_the_calendars() {
    for (year, month, day, want) in [
        (2020, 1, 1, "2020-01-25"),
        (2021, 3, 10, "2021-04-21"),
        // behind a leap second month
        (2023, 3, 10, "2023-04-29"),
        (2024, 1, 1, "2024-02-10"),
        // a day before Beijing's, whose midnight comes an hour earlier
        (2030, 1, 1, "2030-02-02"),
        (2007, 1, 1, "2007-02-17"),
    ] {
        assert_eq!(lunar::date(year, month, day).to_string(), want, "{day}/{month} {year}");
    }
}

#[test]
fn tet_takes_five_working_days_around_the_lunar_new_year() {
    for year in 2020..=2030 {
        let days: Vec<NaiveDate> =
            rows(year).iter().filter(|r| r.off && r.occasion == "Tết Nguyên đán").map(|r| r.day).collect();
        assert!(days.windows(2).all(|pair| pair[0].succ_opt() == Some(pair[1])), "{year}: {days:?}");
        let new_year = lunar::date(year, 1, 1);
        for day in [new_year.pred_opt().unwrap(), new_year, new_year + Days::new(1), new_year + Days::new(2)] {
            assert!(days.contains(&day), "{year}: {day} is none of {days:?}");
        }
        assert_eq!(days.iter().filter(|day| !weekend(**day)).count(), 5, "{year}");
    }
}

#[test]
fn every_other_day_follows_from_the_labour_code_or_is_swapped_for_a_saturday() {
    for year in 2020..=2030 {
        let rows = rows(year);
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let mut holidays = vec![
            ("Tết Dương lịch", day(1, 1)),
            ("Giỗ Tổ Hùng Vương (10/3 âm lịch)", lunar::date(year, 3, 10)),
            ("Ngày Chiến thắng", day(4, 30)),
            ("Ngày Quốc tế lao động", day(5, 1)),
            ("Quốc khánh", day(9, 2)),
        ];
        if year > 2020 {
            // since the code of 2019 a day beside the National Day, before it or after
            let beside: Vec<_> = rows.iter().filter(|r| r.occasion == "Quốc khánh, ngày liền kề").collect();
            assert!(beside.len() == 1 && [day(9, 1), day(9, 3)].contains(&beside[0].day), "{year}");
            holidays.push(("Quốc khánh, ngày liền kề", beside[0].day));
        }
        let mut want: BTreeSet<(NaiveDate, String)> =
            holidays.iter().map(|(name, day)| (*day, (*name).into())).collect();
        for (name, day) in holidays.iter().filter(|(_, day)| weekend(*day)) {
            let free = |day: &NaiveDate| !weekend(*day) && !want.iter().any(|(taken, _)| taken == day);
            let instead = day.iter_days().skip(1).find(free).unwrap();
            want.insert((instead, format!("Nghỉ bù {name}")));
        }
        let swapped = rows.iter().filter(|r| r.off && r.occasion.starts_with("Hoán đổi")).count();
        let worked: Vec<NaiveDate> = rows.iter().filter(|r| !r.off).map(|r| r.day).collect();
        assert_eq!(swapped, worked.len(), "{year}: a day is worked for each that is given");
        assert!(worked.iter().all(|day| weekend(*day)), "{year}: {worked:?}");
        let got: BTreeSet<(NaiveDate, String)> = rows
            .iter()
            .filter(|r| r.off && r.occasion != "Tết Nguyên đán" && !r.occasion.starts_with("Hoán đổi"))
            .map(|r| (r.day, r.occasion.to_owned()))
            .collect();
        assert_eq!(got, want, "{year}");
    }
}
