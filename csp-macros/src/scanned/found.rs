//! What a build script has left for the macros.

use std::path::Path;

use csp_core::scan::{DATA_FILE, ScanData};
use csp_core::syntax::{DeclaredScan, Errors, ScanSelection};
use proc_macro2::TokenStream;
use quote::quote;

const HELP: &str = "without it nobody knows what the front end connects to, and nothing counts as covered\nhelp: write build.rs: \
                    fn main() -> Result<(), csp_build::Error> { csp_build::scan(\"web/src\").emit() }\nhelp: add to \
                    Cargo.toml: [build-dependencies] csp-build = { version = \"0.1\", features = [\"scan\"] }";

/// What was found, read where it is first asked for.
#[derive(Default)]
pub(crate) struct Found {
    state: State,
    /// What is wrong with what was found, not with the declarations: those stay whole.
    pub(crate) refusals: Errors,
}

#[derive(Default)]
enum State {
    #[default]
    Unread,
    Missing,
    Read(ScanData),
}

impl Found {
    /// What was found below the roots that are named; `None` after a mistake, which is among the refusals.
    pub(crate) fn select(&mut self, scan: &DeclaredScan) -> Option<(ScanSelection<'_>, &mut Errors)> {
        let Self { state, refusals: errors } = self;
        if matches!(state, State::Unread) {
            *state = match read() {
                Ok(data) => State::Read(data),
                Err(message) => {
                    errors.push(scan.span, message);
                    State::Missing
                }
            };
        }
        let State::Read(data) = state else { return None };
        let selection = scan.select(data, errors)?;
        Some((selection, errors))
    }

    /// What makes the compiler look at the data when they change.
    pub(crate) fn dependency() -> TokenStream {
        let file = format!("/{DATA_FILE}");
        quote! {
            const _: &[::core::primitive::u8] =
                ::core::include_bytes!(::core::concat!(::core::env!("OUT_DIR"), #file));
        }
    }
}

fn read() -> Result<ScanData, String> {
    let Some(folder) = std::env::var_os("OUT_DIR") else {
        return Err(format!("`scanned` needs what a build script finds, and this crate has none\n{HELP}"));
    };
    let path = Path::new(&folder).join(DATA_FILE);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(format!("`scanned` needs what a build script finds, and this crate's doesn't look\n{HELP}"));
        }
        Err(error) => return Err(format!("what the build script found can't be read: {error}\n{HELP}")),
    };
    ScanData::parse(&text).map_err(|error| format!("what the build script found can't be understood: {error}"))
}
