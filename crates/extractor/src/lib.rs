//! Decides which items of a document are tasks, whose, and by when.
//!
//! ```text
//! Document ─walk→ drafts (what is a task, who, by when) ─assemble→ tasks (id, title, products, citations)
//!          ─target→ targets
//! ```
//!
//! Extraction never fails: what cannot be resolved becomes a flag of its task or a diagnostic.

mod aim_time;
mod assemble;
mod bodies;
mod body_heading;
mod citation;
mod cues;
pub mod deadline;
mod deliverable;
mod draft;
mod extract;
mod field_bodies;
mod judge;
mod limits;
mod list_items;
mod ocr;
mod opening;
mod ordinal;
mod phrases;
mod roles;
mod rows;
mod scope;
mod section;
mod sentence;
mod setting;
mod status;
mod stretch;
mod target;
mod target_table;
mod title;
mod trace;
mod unit;
mod verbs;
mod walk;
mod wordings;

pub use extract::{Options, explain, extract};
pub use wordings::wordings;
