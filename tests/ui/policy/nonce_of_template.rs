csp_runtime::policy! {
    pub static PAGE = { use_defaults: true, script_src: ["'nonce-{{ csp_nonce }}'"] };
}

fn main() {}
