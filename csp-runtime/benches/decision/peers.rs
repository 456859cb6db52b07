//! The libraries that others have written for it, in a package of their own: what `cargo test` builds has none of them.

use std::path::PathBuf;
use std::process::Command;

const MANIFEST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/Cargo.toml");
const TARGET: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/peers");

/// Builds the peers' program; `None` if that can't be done, which needs the network once.
pub(crate) fn build() -> Option<PathBuf> {
    eprintln!("building the peers: content-security-policy, deno_permissions");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| env!("CARGO").into());
    let arguments = ["build", "--quiet", "--release", "--locked", "--manifest-path", MANIFEST, "--target-dir", TARGET];
    let status = Command::new(cargo).args(arguments).status();
    if status.is_ok_and(|status| status.success()) {
        return Some(PathBuf::from(TARGET).join("release").join(format!("peers{}", std::env::consts::EXE_SUFFIX)));
    }
    eprintln!("not measured, because they can't be built: content-security-policy, deno_permissions");
    None
}
