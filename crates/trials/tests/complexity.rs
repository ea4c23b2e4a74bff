//! No stage takes more than its share of a document that is twice as long.
//!
//! Documents are doubled ten times. Counted is the memory that is asked for, in bytes and in requests, which is the same on
//! every machine and at every run; and because a loop may go round without asking for any, the time that the thread itself
//! has had of a processor, which neighbours on the machine do not lengthen much.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is surprised")]
#![cfg(unix)]

use std::alloc::System;
use std::time::Duration;

use nhiemvu_pipeline::{Layout, Options, run, to_json};
use rustix::time::{ClockId, clock_gettime};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static MEMORY: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const DOUBLINGS: usize = 10;
/// Bytes of the shortest document.
const SHORTEST: usize = 256;
/// How much more a byte of the longest document may cost than one of a document that is an eighth as long: tables grow by
/// doubling, so that what they are copied for depends on where the length falls between two powers of two.
const MORE_MEMORY: f64 = 1.3;
const MORE_TIME: f64 = 2.5;

/// What a document costs.
#[derive(Debug, Clone, Copy)]
struct Cost {
    length: usize,
    bytes: usize,
    requests: usize,
    time: Duration,
}

impl Cost {
    fn of(document: &[u8], name: &str) -> Self {
        let now = || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap();
        let (region, began) = (Region::new(MEMORY), now());
        let list = run(document, name, &Options::default()).unwrap();
        let json = to_json(&list, Layout::Compact);
        let (time, memory) = (now().saturating_sub(began), region.change());
        assert!(!json.is_empty());
        Self { length: document.len(), bytes: memory.bytes_allocated, requests: memory.allocations, time }
    }

    /// What a byte of this document costs, of what one of `other` costs: memory, requests, time.
    fn against(self, other: Self) -> [f64; 3] {
        let share = |mine: f64, its: f64| mine / self.length as f64 / (its / other.length as f64);
        [
            share(self.bytes as f64, other.bytes as f64),
            share(self.requests as f64, other.requests as f64),
            share(self.time.as_secs_f64(), other.time.as_secs_f64()),
        ]
    }
}

/// Documents of each kind of matter, at least `length` bytes long.
fn documents(length: usize) -> Vec<(&'static str, Vec<u8>)> {
    const HEAD: &str =
        "UBND TỈNH HÒA GIANG\nSố: 12/KH-UBND\nHòa Giang, ngày 3 tháng 4 năm 2031\nKẾ HOẠCH\nSửa bến thuyền\n";
    let filled = |head: &str, piece: &dyn Fn(usize) -> String, tail: &str| {
        let mut text = head.to_owned();
        let mut number = 0;
        while text.len() < length {
            number += 1;
            text.push_str(&piece(number));
        }
        (text + tail).into_bytes()
    };
    let tasks = |n: usize| {
        format!("{n}. Sở Tài chính chủ trì, phối hợp Sở Xây dựng lập dự toán bến {n} trước ngày 15/5/2031.\n")
    };
    let prose = |n: usize| format!("Sở Y tế báo cáo kết quả đợt {n}, các sở, ngành phối hợp thực hiện; ");
    let lines = |n: usize| format!("đoạn kè thứ {n} nằm bên bờ sông Hòa\n");
    let table =
        |n: usize| format!("| {n} | Lập dự toán bến {n} | Sở Tài chính | Sở Xây dựng, Sở Y tế | Quý II/2031 |\n");
    let bullets = |n: usize| format!("{}- Sở Y tế kiểm tra bến {n};\n", "  ".repeat(n % 4));
    let paragraphs = |n: usize| format!("Bà con ấp Cồn {n} be bờ, đắp lại đường ra bến.\n\n");
    let tables = |n: usize| format!("| Vá lưới {n} | Ấp Cồn |\n|---|---|\n| Sơn bè | Ấp Bãi |\n\n");
    let below = |n: usize| format!("  + bè số {n}\n");
    let html = |n: usize| format!("<p><b>{n}.</b> Sở Y tế báo cáo kết quả bến {n} trước ngày 1/6/2031.</p>");
    let heads =
        format!("{HEAD}| STT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn |\n|---|---|---|---|---|\n");
    vec![
        ("tasks.txt", filled(HEAD, &tasks, "")),
        ("prose.txt", filled(HEAD, &prose, "\n")),
        ("lines.txt", filled(HEAD, &lines, "")),
        ("table.md", filled(&heads, &table, "")),
        ("bullets.md", filled(HEAD, &bullets, "")),
        ("paragraphs.md", filled("", &paragraphs, "")),
        ("tables.md", filled("", &tables, "")),
        ("below.md", filled(&format!("{HEAD}1. Sở Y tế sơn lại các bè, gồm:\n- loại:\n"), &below, "")),
        ("page.html", filled("<html><body>", &html, "</body></html>")),
    ]
}

#[test]
fn a_document_twice_as_long_costs_twice_as_much() {
    // what is made once at the first document is no part of its cost
    for (name, document) in documents(SHORTEST) {
        Cost::of(&document, name);
    }
    let mut costs: Vec<(&str, Vec<Cost>)> = Vec::new();
    for doubling in 0..=DOUBLINGS {
        for (number, (name, document)) in documents(SHORTEST << doubling).into_iter().enumerate() {
            if doubling == 0 {
                costs.push((name, Vec::new()));
            }
            costs[number].1.push(Cost::of(&document, name));
        }
    }
    let mut wrong = Vec::new();
    for (name, costs) in &costs {
        let [bytes, requests, time] = costs[DOUBLINGS].against(costs[DOUBLINGS - 3]);
        println!(
            "{name}: {} bytes, a byte costs {bytes:.2} of the memory, {requests:.2} of the requests, {time:.2} of the time",
            costs[DOUBLINGS].length
        );
        if bytes > MORE_MEMORY || requests > MORE_MEMORY || time > MORE_TIME {
            wrong.push(format!("{name}: {costs:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
