csp_runtime::policy! {
    pub static PAGE = {
        telemetry: [self],
    };
}

fn main() {}
