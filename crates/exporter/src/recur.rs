//! The days on which a recurring limit falls due.

use chrono::{Datelike, Days, NaiveDate};

/// More days than a list for people can hold.
const MOST: usize = 10_000;

/// A recurrence rule of the schema: FREQ, INTERVAL, BYMONTH, BYMONTHDAY, BYDAY (RFC 5545).
///
/// Where the words name no day (`hằng quý`), the limit falls on the last day of each month, quarter, half-year or year, and
/// of a week on its Sunday: [`Rule::dated`] is the rule with that day written out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    frequency: Frequency,
    interval: u32,
    months: Vec<u32>,
    month_days: Vec<i32>,
    /// From Monday, 1, to Sunday, 7.
    weekdays: Vec<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

impl Rule {
    /// Reads a rule as records hold it; `None` for one that this program does not write.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use nhiemvu_exporter::Rule;
    /// let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    /// let rule = Rule::parse("FREQ=MONTHLY;BYMONTHDAY=20").unwrap();
    /// assert_eq!(rule.days(day("2026-05-21"), day("2026-07-31")), [day("2026-06-20"), day("2026-07-20")]);
    /// let quarterly = Rule::parse("FREQ=MONTHLY;INTERVAL=3").unwrap();
    /// assert_eq!(quarterly.dated(), "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1");
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (mut frequency, mut interval) = (None, 1);
        let (mut months, mut month_days, mut weekdays) = (Vec::new(), Vec::new(), Vec::new());
        for part in text.split(';') {
            let (key, value) = part.split_once('=')?;
            let values = || value.split(',');
            match key {
                "FREQ" => {
                    frequency = Some(match value {
                        "DAILY" => Frequency::Daily,
                        "WEEKLY" => Frequency::Weekly,
                        "MONTHLY" => Frequency::Monthly,
                        "YEARLY" => Frequency::Yearly,
                        _ => return None,
                    });
                }
                "INTERVAL" => interval = value.parse().ok().filter(|n| *n > 0)?,
                "BYMONTH" => months = values().map(|n| n.parse().ok()).collect::<Option<_>>()?,
                "BYMONTHDAY" => month_days = values().map(|n| n.parse().ok()).collect::<Option<_>>()?,
                "BYDAY" => {
                    let number = |name| Some(WEEKDAYS.iter().position(|day| *day == name)? as u32 + 1);
                    weekdays = values().map(number).collect::<Option<_>>()?;
                }
                _ => return None,
            }
        }
        let mut rule = Self { frequency: frequency?, interval, months, month_days, weekdays };
        rule.settle();
        Some(rule)
    }

    /// Writes out the day that the words leave out.
    fn settle(&mut self) {
        let unsaid = self.month_days.is_empty() && self.weekdays.is_empty();
        match self.frequency {
            Frequency::Weekly if unsaid => self.weekdays.push(7),
            Frequency::Monthly if unsaid => self.month_days.push(-1),
            Frequency::Yearly => {
                if self.months.is_empty() && unsaid {
                    self.months.push(12);
                }
                if unsaid {
                    self.month_days.push(-1);
                }
            }
            _ => {}
        }
    }

    /// The rule with its day, as RFC 5545 writes it.
    pub fn dated(&self) -> String {
        let frequency = match self.frequency {
            Frequency::Daily => "DAILY",
            Frequency::Weekly => "WEEKLY",
            Frequency::Monthly => "MONTHLY",
            Frequency::Yearly => "YEARLY",
        };
        let mut parts = vec![format!("FREQ={frequency}")];
        if self.interval > 1 {
            parts.push(format!("INTERVAL={}", self.interval));
        }
        let mut list = |key: &str, values: Vec<String>| {
            if !values.is_empty() {
                parts.push(format!("{key}={}", values.join(",")));
            }
        };
        list("BYMONTH", self.months.iter().map(u32::to_string).collect());
        list("BYMONTHDAY", self.month_days.iter().map(i32::to_string).collect());
        let names = self.weekdays.iter().filter_map(|day| WEEKDAYS.get(*day as usize - 1));
        list("BYDAY", names.map(|name| (*name).to_owned()).collect());
        parts.join(";")
    }

    /// The days from `first` to `last`, both included, ascending; at most 10,000.
    ///
    /// Of months, every third is the end of a quarter, every sixth of a half-year; other intervals count from `first`.
    pub fn days(&self, first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
        let days = std::iter::successors(Some(first), |day| day.checked_add_days(Days::new(1)));
        days.take_while(|day| *day <= last).filter(|day| self.falls_on(*day, first)).take(MOST).collect()
    }

    /// The first day on or after `from`, within ten years.
    pub fn next(&self, from: NaiveDate) -> Option<NaiveDate> {
        let days = std::iter::successors(Some(from), |day| day.checked_add_days(Days::new(1)));
        days.take(3_660).find(|day| self.falls_on(*day, from))
    }

    fn falls_on(&self, day: NaiveDate, first: NaiveDate) -> bool {
        let fits = |list: &[u32], value: u32| list.is_empty() || list.contains(&value);
        let backwards = day.day().cast_signed() - 1 - days_of_month(day).cast_signed();
        let on_day = self.month_days.is_empty()
            || self.month_days.contains(&day.day().cast_signed())
            || self.month_days.contains(&backwards);
        fits(&self.months, day.month())
            && on_day
            && fits(&self.weekdays, day.weekday().number_from_monday())
            && self.in_turn(day, first)
    }

    /// Whether the period of `day` is one of those that the interval leaves.
    fn in_turn(&self, day: NaiveDate, first: NaiveDate) -> bool {
        let interval = i64::from(self.interval);
        if interval == 1 {
            return true;
        }
        let months = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
        let weeks = |day: NaiveDate| (i64::from(day.num_days_from_ce()) - 1).div_euclid(7);
        let (number, start) = match self.frequency {
            Frequency::Daily => (i64::from(day.num_days_from_ce()), i64::from(first.num_days_from_ce())),
            Frequency::Weekly => (weeks(day), weeks(first)),
            Frequency::Monthly if 12 % interval == 0 => (months(day), interval - 1),
            Frequency::Monthly => (months(day), months(first)),
            Frequency::Yearly => (i64::from(day.year()), i64::from(first.year())),
        };
        (number - start).rem_euclid(interval) == 0
    }
}

fn days_of_month(day: NaiveDate) -> u32 {
    let (year, month) = if day.month() == 12 { (day.year() + 1, 1) } else { (day.year(), day.month() + 1) };
    NaiveDate::from_ymd_opt(year, month, 1).and_then(|next| next.pred_opt()).map_or(31, |last| last.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(rule: &str, first: &str, last: &str) -> Vec<String> {
        let (first, last) = (first.parse().unwrap(), last.parse().unwrap());
        Rule::parse(rule).unwrap().days(first, last).iter().map(NaiveDate::to_string).collect()
    }

    #[test]
    fn each_kind_of_rule_unrolls() {
        let year = |rule| days(rule, "2026-01-01", "2026-12-31");
        assert_eq!(year("FREQ=MONTHLY;BYMONTHDAY=31").len(), 7);
        assert_eq!(year("FREQ=MONTHLY;INTERVAL=3"), ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]);
        assert_eq!(year("FREQ=MONTHLY;INTERVAL=6"), ["2026-06-30", "2026-12-31"]);
        assert_eq!(year("FREQ=YEARLY"), ["2026-12-31"]);
        assert_eq!(year("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10"), ["2026-12-10"]);
        assert_eq!(year("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20").len(), 4);
        assert_eq!(days("FREQ=WEEKLY;BYDAY=MO", "2026-05-01", "2026-05-17"), ["2026-05-04", "2026-05-11"]);
        assert_eq!(
            days("FREQ=WEEKLY;INTERVAL=2", "2026-05-01", "2026-05-31"),
            ["2026-05-03", "2026-05-17", "2026-05-31"]
        );
        assert_eq!(days("FREQ=DAILY", "2026-05-01", "2026-05-03").len(), 3);
        assert_eq!(days("FREQ=DAILY", "0001-01-01", "9999-01-01").len(), MOST);
    }

    #[test]
    fn what_is_no_rule_is_none() {
        for text in ["", "FREQ=HOURLY", "BYMONTHDAY=20", "FREQ=MONTHLY;COUNT=3", "FREQ=DAILY;INTERVAL=0", "FREQ"] {
            assert_eq!(Rule::parse(text), None, "{text}");
        }
    }
}
