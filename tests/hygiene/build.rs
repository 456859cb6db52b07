//! Something for `#[scanned]` to find.

fn main() -> Result<(), csp_build::Error> {
    csp_build::scan("web").emit()
}
