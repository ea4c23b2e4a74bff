//! Runs the property that `NHIEMVU_TARGET` names. Start it with `scripts/fuzz`.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use nhiemvu_trials::targets::{TARGETS, Target};

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let name = std::env::var("NHIEMVU_TARGET").unwrap_or_default();
    *TARGETS.iter().find(|target| target.name == name).unwrap_or_else(|| panic!("no property is called {name:?}"))
});

fuzz_target!(|data: &[u8]| (TARGET.run)(data));
