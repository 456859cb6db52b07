csp_runtime::policy! {
    pub static PAGE = {
        use_defaults: true,
        script_src: ["'sha256-e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'"],
    };
}

fn main() {}
