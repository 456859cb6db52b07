csp_runtime::policy! {
    pub static PAGE = {
        conect_src: [self],
    };
}

fn main() {}
