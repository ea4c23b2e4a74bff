//! One row of the registry.

use std::borrow::Cow;

use chrono::NaiveDate;

/// A kind of body: every province has the `so-tai-chinh`, the country has one `bo-tai-chinh`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Stable slug.
    pub id: Cow<'static, str>,
    /// Canonical name; bodies that are named with their level carry it (`Công an tỉnh`).
    pub name: Cow<'static, str>,
    /// Name in a city under the central government where it is not the other one with `thành phố` for `tỉnh`
    /// (`Thành ủy`).
    pub city_name: Cow<'static, str>,
    /// How a place follows the name.
    pub place: PlaceRule,
    /// Other names and abbreviations.
    pub aliases: Vec<Cow<'static, str>>,
    /// Abbreviations of the body in document numbers (`VPCP` in `05/TB-VPCP`).
    pub symbols: Vec<Cow<'static, str>>,
    /// First day; `None` where it is older than the data.
    pub from: Option<NaiveDate>,
    /// Last day, of a body that is no more.
    pub to: Option<NaiveDate>,
    /// Slug of the body that took over.
    pub successor: Option<Cow<'static, str>>,
    /// Act that the facts of the row rest on.
    pub source: Cow<'static, str>,
}

impl Entry {
    /// Whether the body stood on `date`.
    pub fn is_on(&self, date: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }

    /// The name without the word for its level, which stands at its end.
    pub fn stem(&self) -> &str {
        stem(&self.name, self.place)
    }
}

/// How a place follows the name of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceRule {
    /// It never does: one body in the country, or a proper name.
    None,
    /// It may; it is no part of the name (`Sở Tài chính tỉnh Gia Lai`).
    Optional,
    /// The word for the level is part of the name and must be there (`Công an tỉnh`).
    Level,
    /// The word for the level is part of the name, and may be left out (`UBND`, `Hội Nông dân`).
    LevelOptional,
    /// The name takes a commune or a district with the word for it (`Công an xã …`).
    Local,
    /// A number or a name follows (`Kho bạc Nhà nước khu vực XV`), which is part of the name.
    Region,
    /// The bare name of a district follows (`Huyện ủy Trà Bồng`).
    District,
}

impl PlaceRule {
    /// The rule that a letter of the data stands for.
    pub(crate) fn parse(letter: &str) -> Option<Self> {
        Some(match letter {
            "-" | "" => Self::None,
            "o" => Self::Optional,
            "l" => Self::Level,
            "b" => Self::LevelOptional,
            "v" => Self::Local,
            "k" => Self::Region,
            "d" => Self::District,
            _ => return None,
        })
    }
}

/// `name` without the word for its level, where its rule says that it ends in one.
pub(crate) fn stem(name: &str, rule: PlaceRule) -> &str {
    let ends: &[&str] = match rule {
        PlaceRule::Level | PlaceRule::LevelOptional => &[" tỉnh", " thành phố", " Thành phố"],
        PlaceRule::Local => &[" xã", " huyện"],
        PlaceRule::None | PlaceRule::Optional | PlaceRule::Region | PlaceRule::District => return name,
    };
    ends.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name)
}
