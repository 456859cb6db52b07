#![deny(deprecated)]

csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        base_uri: [none],
        connect_src: [#[insecure(reason = "an application")] "ipc:"],
        connection_allowlist: true,
    };
}

fn main() {}
