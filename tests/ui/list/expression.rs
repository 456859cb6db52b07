const POLICY: &csp_runtime::Policy = csp_runtime::connect_src!(self, "api.example.com");

fn main() {
    let _ = POLICY;
}
