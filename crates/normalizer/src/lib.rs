//! The registry of Vietnamese public bodies, and how they are named in prose.
//!
//! [`Registry::mentions`] finds the bodies named in running text, [`Registry::list_at`] reads the list that begins at a
//! cue such as `phối hợp với`, [`Registry::field`] a field's value or a table cell that lists bodies. What a name means
//! depends on the document: [`Context`].
//!
//! ```
//! use nhiemvu_normalizer::{Context, Registry};
//! let registry = Registry::builtin();
//! let context = Context::new(registry, "UBND TỈNH GIA LAI", "KH-UBND", "Gia Lai", None);
//! let text = "phối hợp với các Sở: Tài chính, Văn hóa, Thể thao và Du lịch và UBND các xã, phường lập kế hoạch";
//! let list = registry.list_at(text, "phối hợp với ".len(), &context);
//! let names: Vec<&str> = list.mentions.iter().map(|m| m.agency.name.as_str()).collect();
//! assert_eq!(names, ["Sở Tài chính", "Sở Văn hóa, Thể thao và Du lịch", "UBND các xã, phường"]);
//! assert_eq!(&text[list.end..], " lập kế hoạch");
//! ```

mod acting;
mod alias;
mod anaphor;
mod body;
mod context;
mod country;
mod elided;
mod entry;
mod field;
mod group;
mod holder;
mod lexicon;
mod list;
mod locate;
mod mention;
mod place;
mod registry;
mod repair;
mod scan;
mod shape;
mod starts;
mod symbol;
mod table;
mod tail;
mod tokens;
mod trie;
mod user;
mod wordings;
mod words;

pub use context::{Alias, Context, Issuer};
pub use entry::{Entry, PlaceRule};
pub use mention::{BodyList, Mention};
pub use place::{Level, Province};
pub use registry::{Registry, RegistryError};
pub use tokens::Prepared;
pub use wordings::wordings;
