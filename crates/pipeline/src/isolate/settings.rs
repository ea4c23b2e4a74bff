//! A worker's options, as they travel to it.

use std::sync::Arc;

use chrono::NaiveDate;
use nhiemvu_ingest::Limits;
use nhiemvu_normalizer::Registry;
use serde::{Deserialize, Serialize};

use crate::{Options, Selection};

/// A user's own agencies as they were read from a file, for the workers to read them again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistryFile {
    /// What records call it.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// The first thing that a worker is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Settings {
    date: Option<String>,
    province: Option<String>,
    registry: Option<RegistryFile>,
    /// In the order of the fields of [`Limits`].
    limits: (u64, u64, u32, u32, u32, u32),
    with_text: bool,
    lead: Option<String>,
    flagged: bool,
    due_before: Option<String>,
    /// Bytes of address space; 0 for no limit.
    pub(super) max_memory: u64,
    /// Threads for the pages of one document.
    pub(super) threads: usize,
}

impl Settings {
    pub(super) fn new(options: &Options, registry: Option<&RegistryFile>, max_memory: u64, threads: usize) -> Self {
        let Limits { max_bytes, max_expanded, max_pages, max_cells, max_members, max_depth } = options.limits;
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        Self {
            date: day(options.date),
            province: options.province.clone(),
            registry: registry.cloned(),
            limits: (max_bytes, max_expanded, max_pages, max_cells, max_members, max_depth),
            with_text: options.with_text,
            lead: options.selection.lead.clone(),
            flagged: options.selection.flagged,
            due_before: day(options.selection.due_before),
            max_memory,
            threads,
        }
    }

    /// The options that these settings were made of; `None` where they were not.
    pub(super) fn options(&self) -> Option<Options> {
        let day = |text: &Option<String>| match text {
            Some(text) => text.parse::<NaiveDate>().ok().map(Some),
            None => Some(None),
        };
        let (max_bytes, max_expanded, max_pages, max_cells, max_members, max_depth) = self.limits;
        let registry = match &self.registry {
            Some(file) => Some(Arc::new(Registry::with_user_file(&file.text, &file.name).ok()?)),
            None => None,
        };
        Some(Options {
            date: day(&self.date)?,
            province: self.province.clone(),
            registry,
            limits: Limits { max_bytes, max_expanded, max_pages, max_cells, max_members, max_depth },
            with_text: self.with_text,
            selection: Selection { lead: self.lead.clone(), flagged: self.flagged, due_before: day(&self.due_before)? },
            isolation: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_come_back_whole() {
        let mut options = Options {
            date: NaiveDate::from_ymd_opt(2031, 5, 6),
            province: Some("Cà Mau".to_owned()),
            with_text: true,
            selection: Selection {
                lead: Some("Sở Y tế".to_owned()),
                flagged: true,
                due_before: NaiveDate::from_ymd_opt(2032, 1, 1),
            },
            ..Options::default()
        };
        options.limits =
            Limits { max_bytes: 1, max_expanded: 2, max_pages: 3, max_cells: 4, max_members: 5, max_depth: 6 };
        let settings = Settings::new(&options, None, 7, 8);
        let json = serde_json::to_vec(&settings).unwrap();
        let read: Settings = serde_json::from_slice(&json).unwrap();
        assert_eq!(read, settings);
        let back = read.options().unwrap();
        assert_eq!((back.date, &back.province, back.with_text), (options.date, &options.province, true));
        assert_eq!((back.limits, back.selection), (options.limits, options.selection));
    }
}
