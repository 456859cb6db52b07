const POLICY: &csp_runtime::Policy = csp_runtime::connect_src!();

fn main() {
    let _ = POLICY;
}
