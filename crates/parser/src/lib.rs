//! Lines to a document tree.
//!
//! ```text
//! lines ─layout→ paragraphs, furniture, footnotes ─block→ header, tree, tables, closing
//! ```
//!
//! Parsing never fails: whatever the lines hold, [`parse()`] gives a tree, and says in its diagnostics what it could not
//! place. Time expressions are found by [`temporal`], unresolved.
//!
//! ```
//! use nhiemvu_model::{Format, Line, Source, Span};
//! let text = "KẾ HOẠCH\n\n1. Sở Tài chính:\n- Lập dự toán trước ngày 15/5/2026.\n".to_owned();
//! let mut lines = Vec::new();
//! let mut at = 0;
//! for line in text.split('\n') {
//!     lines.push(Line::body(Span::new(at, at + line.len())));
//!     at += line.len() + 1;
//! }
//! let source = Source { format: Format::Text, text, lines, written: None, pages: None, ocr: false, partial: false, diagnostics: vec![] };
//! let document = nhiemvu_parser::parse(source);
//! assert_eq!(document.header.doc_type.as_deref(), Some("KH"));
//! let item = document.nodes.iter().find(|n| n.marker == "-").unwrap();
//! assert_eq!(document.node(item.parent.unwrap()).marker, "1.");
//! ```

mod block;
mod layout;
mod parse;
pub mod temporal;
mod wordings;

pub use block::doctype::document_types;
pub use block::fields::{column_role, label_role};
pub use parse::parse;
pub use wordings::wordings;
