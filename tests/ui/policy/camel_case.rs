csp_runtime::policy! {
    pub static PAGE = {
        scriptSrc: [self],
    };
}

fn main() {}
