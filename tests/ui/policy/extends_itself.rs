csp_runtime::policy! {
    pub static PAGE = { extends: PAGE, img_src: [self] };
}

fn main() {}
