//! Every form of visibility.
#![deny(warnings)]

mod outer {
    pub mod inner {
        csp_runtime::connect_src! {
            pub static PUBLIC = ["https://public.example.com"];
            pub(crate) static CRATE = ["https://crate.example.com"];
            pub(super) static SUPER = ["https://super.example.com"];
            pub(in crate::outer) static PATH = ["https://path.example.com"];
            pub(self) static MODULE = ["https://module.example.com"];
            static PRIVATE = ["https://private.example.com"];
        }

        pub fn headers() -> [&'static str; 2] {
            [MODULE.header(), PRIVATE.header()]
        }
    }

    pub fn headers() -> [&'static str; 2] {
        [inner::SUPER.header(), inner::PATH.header()]
    }
}

fn main() {
    assert_eq!(outer::inner::PUBLIC.header(), "connect-src https://public.example.com");
    assert_eq!(outer::inner::CRATE.header(), "connect-src https://crate.example.com");
    assert_eq!(outer::headers(), ["connect-src https://super.example.com", "connect-src https://path.example.com"]);
    assert_eq!(
        outer::inner::headers(),
        ["connect-src https://module.example.com", "connect-src https://private.example.com"]
    );
}
