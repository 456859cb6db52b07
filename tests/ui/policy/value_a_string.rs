csp_runtime::policy! {
    pub static PAGE = {
        default_src: "https://a.example",
    };
}

fn main() {}
