csp_runtime::policy! {
    pub static PAGE = {
    };
}

fn main() {}
