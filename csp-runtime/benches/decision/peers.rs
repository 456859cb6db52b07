//! The libraries that others have written for it, in a package of their own: what `cargo test` builds has none of them.

use std::path::PathBuf;
use std::process::Command;

/// Builds the program of the package at `manifest`, named `name`; `None` if that can't be done, which needs the network once.
pub(crate) fn build(manifest: &str, name: &str, peers: &str) -> Option<PathBuf> {
    eprintln!("building the peers: {peers}");
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| env!("CARGO").into());
    let arguments = ["build", "--quiet", "--release", "--locked", "--manifest-path", manifest, "--target-dir"];
    let status = Command::new(cargo).args(arguments).arg(&target).status();
    if status.is_ok_and(|status| status.success()) {
        return Some(target.join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)));
    }
    eprintln!("not measured, because they can't be built: {peers}");
    None
}
