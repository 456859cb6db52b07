const _: csp_runtime::ScannedCalls = csp_runtime::scanned_calls!();

fn main() {}
