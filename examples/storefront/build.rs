//! Leaves what the front end connects to for `#[scanned]` in src/csp.rs.

fn main() -> Result<(), csp_build::Error> {
    csp_build::scan("web/src").emit()
}
