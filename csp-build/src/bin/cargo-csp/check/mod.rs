//! `cargo csp check`: is what the front end connects to declared?

mod arguments;
#[cfg(feature = "scan")]
mod choice;
#[cfg(feature = "scan")]
mod compare;
#[cfg(feature = "scan")]
mod run;

pub(crate) use arguments::Check;
#[cfg(feature = "scan")]
pub(crate) use run::run;

#[cfg(not(feature = "scan"))]
pub(crate) fn run(_: &Check, _: clap::ColorChoice) -> std::io::Result<crate::outcome::Outcome> {
    Err(crate::scan::missing_scanner())
}
