//! Blocks: header, headings and items, field lines, tables, closing.

pub(crate) mod appended;
pub(crate) mod closing;
pub(crate) mod doctype;
pub(crate) mod field_items;
pub(crate) mod fields;
pub(crate) mod header;
pub(crate) mod marker;
mod subhead;
pub(crate) mod table;
pub(crate) mod tree;
