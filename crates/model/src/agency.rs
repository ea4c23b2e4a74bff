//! Public bodies (cơ quan, đơn vị, tổ chức) as documents name them.

use chrono::NaiveDate;

use crate::Span;

/// One mention of a body, or of a group of bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// Canonical name without its place (`Ủy ban nhân dân tỉnh`); of a group or an unknown body the words as written,
    /// with spacing and Unicode form mended.
    pub name: String,
    /// Stable slug of a registered body (`so-tai-chinh`); `None` for a group or an unknown body.
    pub id: Option<String>,
    /// How the body is known.
    pub kind: AgencyKind,
    /// The place that it belongs to, as far as the document says or implies.
    pub jurisdiction: Option<Jurisdiction>,
    /// Office named instead of the body (`Giám đốc`).
    pub holder: Option<String>,
    /// Who has taken over a body that no longer exists.
    pub successor: Option<Successor>,
    /// How the mention came to where it stands.
    pub via: Via,
    /// Where it stands; `None` where it is implied.
    pub span: Option<Span>,
    /// Whether the registry holds several bodies that the words could mean.
    pub ambiguous: bool,
    /// Whether damaged or misspelt words had to be repaired to find it.
    pub repaired: bool,
}

impl Agency {
    /// A body known by its name alone, in the words of the text itself.
    ///
    /// ```
    /// use nhiemvu_model::{Agency, AgencyKind};
    /// let group = Agency::named("các sở, ngành", AgencyKind::Group);
    /// assert_eq!((group.name.as_str(), group.id, group.span), ("các sở, ngành", None, None));
    /// ```
    pub fn named(name: impl Into<String>, kind: AgencyKind) -> Self {
        Self {
            name: name.into(),
            id: None,
            kind,
            jurisdiction: None,
            holder: None,
            successor: None,
            via: Via::Text,
            span: None,
            ambiguous: false,
            repaired: false,
        }
    }
}

/// How a body is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AgencyKind {
    /// In the agency registry.
    Registered,
    /// Several bodies named together (`các sở, ban, ngành`).
    Group,
    /// A body by its form that the registry does not hold.
    Unregistered,
}

/// How a body came to its task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Via {
    /// The task's own words.
    Text,
    /// A labelled line or a table column.
    Field,
    /// An enclosing heading names it.
    Heading,
    /// A sentence before the list names it.
    Intro,
    /// The document is addressed to it.
    Document,
}

/// The place that a body belongs to (địa bàn); codes are those of the General Statistics Office.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Jurisdiction {
    /// Province or city under the central government.
    pub province: Option<String>,
    /// Its code.
    pub province_code: Option<String>,
    /// Former district level, until 2025-06-30.
    pub district: Option<String>,
    /// Its code.
    pub district_code: Option<String>,
    /// Commune, ward or special zone.
    pub commune: Option<String>,
    /// Its code.
    pub commune_code: Option<String>,
}

/// The body that took over another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Successor {
    /// Its slug.
    pub id: String,
    /// Its canonical name.
    pub name: String,
    /// The day on which it took over.
    pub since: NaiveDate,
}
