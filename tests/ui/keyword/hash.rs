csp_runtime::connect_src! {
    pub static POLICY = ["'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"];
}

fn main() {}
