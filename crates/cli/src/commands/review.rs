//! `nhiemvu review`: documents beside their tasks, as a page for the browser.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use nhiemvu_pipeline::record::TaskList;
use nhiemvu_pipeline::{Options, Selection, batch, keep, parts, read_file};
use nhiemvu_review::{Outline, PageDocument, compare_pages, folder, page, read_results};
use rayon::prelude::*;
use serde::Deserialize as _;
use serde_json::Value;

use crate::args::Review;
use crate::commands::{options, unreadable};
use crate::console::Console;
use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{self, Found, slashes};
use crate::write;

pub(crate) fn run(args: &Review, console: &Console) -> Outcome {
    let mut documents = documents(args, console)?;
    if documents.is_empty() {
        return Err(Failure::usage(console.say("usage.empty", &[]), console.say("usage.empty.hint", &[])));
    }
    if let Some(expected) = &args.expected {
        let left = compare_pages(&mut documents, expected).map_err(|error| unreadable(&error, console))?;
        for name in left {
            console.note(&console.say("review.unmatched", &[&name]));
        }
    }
    let lang = console.lang.into();
    let failed = documents.iter().any(|document| document.record.get("error").is_some());
    let place = if is_page(&args.output) {
        save(&args.output, &page(&documents, lang), console)?;
        slashes(&args.output)
    } else {
        for file in folder(&documents, lang) {
            save(&args.output.join(&file.path), &file.html, console)?;
        }
        slashes(&args.output.join("index.html"))
    };
    console.note(&console.say("review.done", &[&documents.len().to_string(), &place]));
    Ok(if failed { Exit::Failed } else { Exit::Done })
}

/// One file is asked for by its extension, unless a folder bears that name.
fn is_page(output: &Path) -> bool {
    let html = output.extension().is_some_and(|e| e.eq_ignore_ascii_case("html") || e.eq_ignore_ascii_case("htm"));
    html && !output.is_dir()
}

fn save(path: &Path, html: &str, console: &Console) -> Result<(), Failure> {
    let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    made.and_then(|()| write::whole(path, html.as_bytes())).map_err(|error| {
        let message = console.say("fault.unwritable", &[&slashes(path), &error.to_string()]);
        Failure::failed(message, Some(console.say("remedy.unwritable", &[])))
    })
}

/// Results as they are, documents converted, in the order of the paths.
fn documents(args: &Review, console: &Console) -> Result<Vec<PageDocument>, Failure> {
    let found = inputs::find(&args.paths);
    if found.existing == 0 {
        let names: Vec<String> = args.paths.iter().map(|path| slashes(path)).collect();
        let message = console.say("usage.not-found", &[&names.join(", ")]);
        return Err(Failure::usage(message, console.say("usage.not-found.hint", &[])));
    }
    let selection = (&args.pick).into();
    let options = Options { with_text: true, selection, ..options(&args.conversion, console)? };
    let (results, files): (Vec<Found>, Vec<Found>) = found.found.into_iter().partition(is_result);
    let mut pages = Vec::new();
    for found in results.iter().filter(|found| !found.below().ends_with("errors.ndjson")) {
        let records = read_results(&found.input.path).map_err(|error| unreadable(&error, console))?;
        let folder = found.below().rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
        pages.extend(records.into_iter().map(|(name, mut record)| {
            pick(&mut record, &options);
            PageDocument::new(format!("{folder}{name}"), record)
        }));
    }
    pages.extend(converted(&files, args, &options)?);
    Ok(pages)
}

/// Leaves the tasks in a result that are asked for; all else stays as it is.
fn pick(record: &mut Value, options: &Options) {
    let list = record.get("tasks").and_then(|_| TaskList::deserialize(&*record).ok());
    let (Some(mut list), true) = (list, options.selection != Selection::default()) else { return };
    keep(&mut list, &options.selection, options.registry());
    let kept: BTreeSet<&str> = list.tasks.iter().map(|task| task.id.as_str()).collect();
    if let Some(tasks) = record.get_mut("tasks").and_then(Value::as_array_mut) {
        tasks.retain(|task| task.get("id").and_then(Value::as_str).is_some_and(|id| kept.contains(id)));
    }
}

/// Converts documents, and keeps of each the blocks that it was read in.
fn converted(files: &[Found], args: &Review, options: &Options) -> Result<Vec<PageDocument>, Failure> {
    let inputs: Vec<_> = files.iter().map(|found| found.input.clone()).collect();
    let mut pages: Vec<Converted> = Vec::new();
    batch(&inputs, args.jobs, options, &mut |number, record| {
        let below = files.get(number).map(|found| found.below().to_owned()).unwrap_or_default();
        // a record holds strings, numbers and lists of them
        let record = serde_json::to_value(record).unwrap_or_default();
        let source = record.pointer("/document/source").or_else(|| record.get("source"));
        let member = source.and_then(|source| source.get("member")).and_then(Value::as_str).map(str::to_owned);
        let name = member.as_ref().map_or_else(|| below.clone(), |member| format!("{below}/{member}"));
        pages.push(Converted { number, member, page: PageDocument::new(name, record) });
        Ok(())
    })?;
    let of_files: Vec<&mut [Converted]> = pages.chunk_by_mut(|a, b| a.number == b.number).collect();
    of_files.into_par_iter().for_each(|pages| outline(pages, files, options));
    Ok(pages.into_iter().map(|converted| converted.page).collect())
}

/// A document that was converted: the number of its file, and its member in it.
struct Converted {
    number: usize,
    member: Option<String>,
    page: PageDocument,
}

/// Adds the blocks to the documents of one file; to none that cannot be read, which its record says.
fn outline(pages: &mut [Converted], files: &[Found], options: &Options) {
    let Some(found) = pages.first().and_then(|first| files.get(first.number)) else { return };
    let Ok(bytes) = read_file(&found.input.path, &found.input.name, options) else { return };
    let mut add = || {
        for part in parts(&bytes, &options.limits).unwrap_or_default() {
            let Some(converted) = pages.iter_mut().find(|page| page.member == part.member) else { continue };
            let name = part.member.as_ref().unwrap_or(&found.input.name);
            let source = part.content.and_then(|bytes| nhiemvu_ingest::read(&bytes, Some(name), &options.limits));
            converted.page.outline = source.ok().map(|source| Outline::of_document(&nhiemvu_parser::parse(source)));
        }
    };
    // a fault of the program itself leaves out the blocks, and no other document's
    let _ = catch_unwind(AssertUnwindSafe(&mut add));
}

fn is_result(found: &Found) -> bool {
    let extension = found.input.path.extension();
    extension.is_some_and(|e| ["json", "ndjson", "jsonl"].iter().any(|known| e.eq_ignore_ascii_case(known)))
}
