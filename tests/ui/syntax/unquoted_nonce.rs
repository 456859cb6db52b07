csp_runtime::connect_src! {
    pub static POLICY = [nonce-4AEemGb0xJptoIGFP3Nd];
}

fn main() {}
