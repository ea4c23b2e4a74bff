//! extractor

pub mod deadline;
