//! Reads Vietnamese words through the letters that text recognition took for others.
//!
//! `Sờ Tài chính chủ tri` is read as `Sở Tài chính chủ trì`: of the words that differ from what is written in tones, marks
//! and letters of one shape, those are taken that make up wordings that are known ([`Speller`] is given them) or that the
//! document has elsewhere. What makes up no known wording stays as it is, and so do proper text and figures that may be
//! right. The text as it was written stays with the source ([`nhiemvu_model::Written`]), and all that leaves the program
//! leads back to it.

mod alike;
mod apply;
mod doubt;
mod figures;
mod path;
mod repair;
mod tokens;
mod vocabulary;

pub use doubt::is_damaged;
pub use vocabulary::Speller;
