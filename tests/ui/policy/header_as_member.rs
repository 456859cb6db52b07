csp_runtime::policy! {
    pub static PAGE = {
        "default-src 'self'; img-src *",
    };
}

fn main() {}
