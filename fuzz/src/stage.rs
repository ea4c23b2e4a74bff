//! Runs the property that `NHIEMVU_TARGET` names. Start it with `scripts/fuzz`.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use nhiemvu_trials::targets::{TARGETS, Target};

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let name = std::env::var("NHIEMVU_TARGET").unwrap_or_default();
    *TARGETS.iter().find(|target| target.name == name).unwrap_or_else(|| panic!("no property is called {name:?}"))
});

fuzz_target!(
    // libFuzzer's own hook ends the process before the unwinding begins: a panic that the program catches, as it does those of the
    // libraries that read PDF, would count as found. One that escapes the property still ends it.
    init: drop(std::panic::take_hook()),
    |data: &[u8]| (TARGET.run)(data)
);
