csp_runtime::policy! {
    pub static POLICY = { use_defaults: true, img_src: [self, ..scanned] };
}

fn main() {}
