csp_runtime::policy! {
    static BASE = { use_defaults: true, connect_src: ["https://api.example.com"] };
}

csp_runtime::policy! {
    pub static PAGE = { extends: BASE, connect_src: [none], frame_src: [] };
}

fn main() {}
