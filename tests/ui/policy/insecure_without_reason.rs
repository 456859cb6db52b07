csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        img_src: ["http://a.example"],
    };
}

fn main() {}
