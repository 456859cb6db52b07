#![deny(warnings)]

mod csp {
    csp_runtime::connect_src! {
        pub static SHOP = [self, "https://api.example.com", #[cfg(any())] "https://off.example"];
        static FEEDS = [..SHOP, "wss://ws.example.com", #[cfg(any())] ..OFF];
        #[cfg(any())]
        static OFF = [none];
    }

    csp_runtime::policy! {
        /// A page.
        pub static PAGE = {
            use_defaults: true,
            connect_src: SHOP,
            script_src: [nonce, strict_dynamic],
            style_src: [self, unsafe_inline],
            #[cfg(all())]
            upgrade_insecure_requests: false,
            remove: [font_src],
        };

        /// Connections only fall back.
        pub(crate) static PLAIN = { default_src: [self, "https://cdn.example.com"], base_uri: [none] };

        static ALL = { default_src: [none], base_uri: [none], connect_src: [..FEEDS, "https://b.example"] };
    }

    pub fn all() -> &'static str {
        ALL.header()
    }
}

mod admin {
    use crate::csp::{self, PAGE};

    csp_runtime::policy! {
        pub static ADMIN = { extends: PAGE, img_src: ["https://images.example.com"] };
        pub static TRIAL = { extends: csp::PLAIN, report_only: true, report_to: "csp" => "/csp" };
        pub static WIDER = {
            extends: csp::PLAIN,
            script_src: [#[insecure(reason = "an old library")] unsafe_eval],
        };
    }
}

const ALL: &str = csp::PLAIN.header();

fn main() {
    assert_eq!(ALL, "default-src 'self' https://cdn.example.com; base-uri 'none'");
    assert_eq!(
        csp::all(),
        "default-src 'none'; base-uri 'none'; connect-src 'self' https://api.example.com wss://ws.example.com \
         https://b.example"
    );
    assert_eq!(
        csp::PAGE.template(),
        "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'; img-src 'self' data:; \
         object-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; script-src-attr 'none'; style-src 'self' \
         'unsafe-inline'; connect-src 'self' https://api.example.com"
    );
    assert!(admin::ADMIN.template().contains("; img-src 'self' data: https://images.example.com; "));
    assert!(admin::ADMIN.template().contains("'nonce-{nonce}'"));
    assert_eq!(admin::TRIAL.header_name(), "Content-Security-Policy-Report-Only");
    assert_eq!(admin::TRIAL.reporting_endpoints(), Some("csp=\"/csp\""));
    assert_eq!(
        admin::WIDER.header(),
        "default-src 'self' https://cdn.example.com; base-uri 'none'; script-src 'self' https://cdn.example.com \
         'unsafe-eval'"
    );
}
