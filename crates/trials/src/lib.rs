//! What must hold whatever comes in.
//!
//! - [`targets`]: properties of each stage, as plain functions of bytes, for a fuzzer and for replaying what it found;
//! - [`seeds`]: what a fuzzer begins with;
//! - [`files`]: small documents of each format, built from their parts;
//! - [`hostile`]: files that mean harm, with what is right to come of each;
//! - [`vary`]: the same document written in other ways; [`noise`]: as text recognition reads it;
//! - [`corpus`]: the project's own documents, with what a person found in them.
//!
//! Nothing here ships. A property that does not hold is a panic, as in a test.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop where it is surprised")]
#![allow(clippy::format_collect, reason = "what is built once may take a moment")]
#![allow(clippy::missing_panics_doc, reason = "each function here panics where a property does not hold")]

pub mod corpus;
pub mod files;
pub mod hostile;
pub mod noise;
pub mod random;
pub mod seeds;
pub mod targets;
pub mod vary;
