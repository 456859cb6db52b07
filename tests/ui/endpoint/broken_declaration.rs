// What is wrong with a declaration is told once, and not again by all that builds on it.
csp_runtime::connect_src! {
    static BACKEND = ["api.example.com"];
}

csp_runtime::connect_src! {
    static MORE = [..BACKEND, "https://hooks.example.net"];
}

csp_runtime::policy! {
    static PAGE = { use_defaults: true, connect_src: BACKEND };
    static OTHER = { extends: PAGE, remove: [img_src], font_src: [none] };
}

const DIRECT: csp_runtime::Endpoint = csp_runtime::endpoint!(BACKEND, "https://api.example.com/v1");
const TAKEN_IN: csp_runtime::Endpoint = csp_runtime::endpoint!(MORE, "https://api.example.com/v1");
csp_runtime::assert_covers!(OTHER, &[("https://api.example.com", "fetch", "web/app.js:1:1")]);

fn main() {
    println!("{}{}{}", BACKEND.header(), DIRECT, TAKEN_IN);
}
