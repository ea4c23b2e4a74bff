//! Each stage of the way of a document, and the whole of it, on one core.
//!
//!     cd benches && cargo bench

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use nhiemvu_benches::documents;
use nhiemvu_exporter::record::{Generator, SourceInfo};
use nhiemvu_exporter::{Layout, task_list, to_json};
use nhiemvu_extractor::{Options as Context, extract};
use nhiemvu_ingest::{Limits, read};
use nhiemvu_normalizer::{Context as Office, Registry};
use nhiemvu_parser::parse;
use nhiemvu_parser::temporal::{Setting, find};
use nhiemvu_pipeline::{Options, run, sha256};

/// Bytes of documents that a stage goes through at a time.
const SIZE: usize = 2_000_000;

fn stages(criterion: &mut Criterion) {
    let documents = documents(SIZE);
    let bytes: usize = documents.iter().map(|(_, content)| content.len()).sum();
    let limits = Limits::default();
    let sources: Vec<_> = documents.iter().map(|(name, content)| read(content, Some(name), &limits).unwrap()).collect();
    let trees: Vec<_> = sources.iter().cloned().map(parse).collect();
    let registry = Registry::builtin();
    let office = Office::new(registry, "", "", "", None);
    let context = Context::default();
    let extractions: Vec<_> = trees.iter().map(|tree| extract(tree, registry, &context)).collect();
    let record = |at: usize| task_list(&trees[at], &extractions[at], SourceInfo::default(), Generator::default());

    let mut group = criterion.benchmark_group("stage");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(20);
    group.bench_function("hash", |b| {
        b.iter(|| documents.iter().for_each(|(_, content)| drop(black_box(sha256(content)))))
    });
    group.bench_function("read", |b| {
        b.iter(|| documents.iter().for_each(|(name, content)| drop(black_box(read(content, Some(name), &limits)))));
    });
    group.bench_function("parse (layout and blocks)", |b| {
        let all = || sources.clone();
        b.iter_batched(
            all,
            |all| all.into_iter().for_each(|source| drop(black_box(parse(source)))),
            BatchSize::LargeInput,
        );
    });
    group.bench_function("mentions", |b| {
        b.iter(|| sources.iter().for_each(|source| drop(black_box(registry.mentions(&source.text, &office)))));
    });
    group.bench_function("temporal", |b| {
        let lines = |text: &str| text.lines().map(|line| find(line, Setting::Sentence).len()).sum::<usize>();
        b.iter(|| sources.iter().map(|source| lines(&source.text)).sum::<usize>());
    });
    group.bench_function("extract (with mentions and temporal)", |b| {
        b.iter(|| trees.iter().for_each(|tree| drop(black_box(extract(tree, registry, &context)))));
    });
    group.bench_function("record", |b| b.iter(|| (0..trees.len()).for_each(|at| drop(black_box(record(at))))));
    let records: Vec<_> = (0..trees.len()).map(record).collect();
    group.bench_function("json", |b| {
        b.iter(|| records.iter().for_each(|record| drop(black_box(to_json(record, Layout::Compact)))));
    });
    group.finish();

    let mut group = criterion.benchmark_group("whole");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(20);
    let options = Options::default();
    group.bench_function("text to JSON", |b| {
        b.iter(|| {
            for (name, content) in &documents {
                if let Ok(list) = run(content, name, &options) {
                    black_box(to_json(&list, Layout::Compact));
                }
            }
        });
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
