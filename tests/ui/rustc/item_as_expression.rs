const POLICY: &csp_runtime::Policy = csp_runtime::connect_src!(static POLICY = [self];);

fn main() {
    let _ = POLICY;
}
