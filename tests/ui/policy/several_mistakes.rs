csp_runtime::policy! {
    pub static PAGE = {
        defaultSrc: [self],
        img_src: ["images.example.com"],
        sandbox: [allow_script],
        report_to: "csp" => "//x",
    };
}

fn main() {}
