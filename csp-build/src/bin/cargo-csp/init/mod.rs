//! `cargo csp init`: a build script and a first declaration.

mod arguments;
#[cfg(feature = "scan")]
mod guess;
#[cfg(feature = "scan")]
mod steps;

use std::io;

use crate::outcome::Outcome;

pub(crate) use arguments::Init;

#[cfg(not(feature = "scan"))]
pub(crate) fn run(_: &Init) -> io::Result<Outcome> {
    Err(crate::scan::missing_scanner())
}

#[cfg(feature = "scan")]
pub(crate) fn run(init: &Init) -> io::Result<Outcome> {
    steps::run(init)
}
