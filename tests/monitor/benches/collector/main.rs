//! The collector under load.

fn main() {}
