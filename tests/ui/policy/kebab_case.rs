csp_runtime::policy! {
    pub static PAGE = {
        script-src: [self],
    };
}

fn main() {}
