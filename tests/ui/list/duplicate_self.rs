csp_runtime::connect_src! {
    pub static POLICY = [
        self,
        "'self'",
    ];
}

fn main() {}
