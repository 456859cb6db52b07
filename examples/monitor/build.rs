//! Leaves what the page connects to for `scanned_calls!`: compared with `csp.lock`, which `cargo csp scan --lock` writes.

fn main() -> Result<(), csp_build::Error> {
    csp_build::scan("web").emit()
}
