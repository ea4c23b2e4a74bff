//! HTML: pages of legal portals, pages saved from Word and from mail programs.
//!
//! The page becomes a tree (`tree`), the document is found in it (`content`), and its paragraphs, lists and tables become
//! lines (`flow`, `list`, `table`). How words are set is told by tags and by as much of the style sheets as matters (`css`).

mod content;
mod css;
mod flow;
mod list;
mod table;
mod tree;

use nhiemvu_model::{Format, Source, WarningCode};

use crate::builder::Builder;
use crate::{IngestError, Limits};

/// Reads a decoded page.
pub(crate) fn read(text: &str, limits: &Limits) -> Result<Source, IngestError> {
    let tree = tree::Tree::parse(text);
    let sheet = css::Sheet::parse(&tree.styles);
    let mut builder = Builder::new(limits);
    let root = content::root(&tree, &sheet);
    let output = flow::Output::Lines(&mut builder);
    flow::Flow::new(&tree, &sheet, output).run(root, flow::Context::default());
    if tree.cut {
        builder.warn(WarningCode::Damaged, "trang bị cắt ngang, thiếu phần cuối", None);
        builder.partial();
    }
    match builder.finish(Format::Html) {
        Err(IngestError::Empty) if !text.trim().is_empty() => Err(IngestError::NoText),
        done => done,
    }
}

/// Reads a piece of HTML inside another format, and adds it to the document.
pub(crate) fn fragment(text: &str, builder: &mut Builder) {
    let tree = tree::Tree::parse(text);
    let sheet = css::Sheet::parse(&tree.styles);
    flow::Flow::new(&tree, &sheet, flow::Output::Lines(builder)).run(0, flow::Context::default());
}

#[cfg(test)]
mod tests;
