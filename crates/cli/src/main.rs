//! The nhiemvu command.
fn main() {}
