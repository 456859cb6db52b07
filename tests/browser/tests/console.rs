//! Chromium has no word to say about the headers that are declared.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use csp_harness::{Browser, ConsoleMessage, Response, Server, require_chromium};
use csp_runtime::{Policy, connect_src, policy};

connect_src! {
    static SHOP = [self, "https://api.example.com/v1/", "wss://ws.example.com", "https://*.example.net:*"];
    static NOTHING = [none];
}

policy! {
    static DEFAULTS = { use_defaults: true };
    static SHOPPING = {
        use_defaults: true,
        connect_src: SHOP,
        report_to: "csp" => "/csp",
        connection_allowlist: { also: ["https://images.example.com"] },
    };
    static FETCHES = {
        default_src: [self],
        base_uri: [none],
        child_src: ["https://child.example"],
        connect_src: ["https://api.example", "wss://ws.example"],
        fenced_frame_src: ["https://ads.example"],
        font_src: [self, "data:"],
        frame_src: ["https://video.example"],
        img_src: [self, "data:", "blob:"],
        manifest_src: [self],
        media_src: ["https://*.media.example"],
        object_src: [none],
        worker_src: [self, #[insecure(reason = "workers are made of text")] "blob:"],
    };
    static SCRIPTS = {
        default_src: [none],
        base_uri: [none],
        script_src: [
            self,
            strict_dynamic,
            wasm_unsafe_eval,
            unsafe_hashes,
            report_sample,
            inline_speculation_rules,
            trusted_types_eval,
            "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
            "'sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb'",
        ],
        script_src_attr: [none],
        script_src_elem: [self, "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"],
        style_src: [self, unsafe_inline],
        style_src_attr: [unsafe_inline],
        style_src_elem: [self, report_sample],
    };
    static DOCUMENTS = {
        default_src: [none],
        base_uri: [self],
        form_action: [self, "https://pay.example"],
        frame_ancestors: [self, "https://*.example.com"],
        sandbox: [
            allow_downloads,
            allow_forms,
            allow_modals,
            allow_orientation_lock,
            allow_pointer_lock,
            allow_popups,
            allow_popups_to_escape_sandbox,
            allow_presentation,
            allow_scripts,
            allow_storage_access_by_user_activation,
            allow_top_navigation,
            allow_top_navigation_by_user_activation,
            allow_top_navigation_to_custom_protocols,
        ],
        upgrade_insecure_requests: true,
    };
    static SANDBOX = { default_src: [none], base_uri: [none], sandbox: [allow_same_origin] };
    static CLOSED_SANDBOX = { default_src: [none], base_uri: [none], sandbox: [] };
    static TYPES = {
        default_src: [none],
        base_uri: [none],
        require_trusted_types_for: [script],
        trusted_types: ["dompurify", "app#default/1", allow_duplicates],
        report_uri: ["/csp"],
    };
    static NO_TYPES = { default_src: [none], base_uri: [none], trusted_types: [none] };
    static TRIAL = { use_defaults: true, connect_src: NOTHING, report_only: true, report_to: "csp" => "/csp" };
    static EXTENDED = { extends: SHOPPING, img_src: ["https://images.example.com"], connect_src: ["https://b.example"] };
}

const POLICIES: [&Policy; 11] =
    [&SHOP, &NOTHING, &DEFAULTS, &SHOPPING, &FETCHES, &SCRIPTS, &DOCUMENTS, &TYPES, &NO_TYPES, &TRIAL, &EXTENDED];

/// What Chromium says of a page whose response has these headers.
fn console(browser: &Browser, path: &str) -> Vec<ConsoleMessage> {
    let mut page = browser.page().unwrap();
    page.navigate(&format!("http://page.test{path}")).unwrap();
    let console = page.console().unwrap().to_vec();
    page.close().unwrap();
    console
}

#[test]
fn chromium_accepts_every_header() {
    let Some(chromium) = require_chromium("chromium_accepts_every_header") else { return };
    let server = Server::start(|request| {
        let page = Response::html("<title>Console</title><link rel=icon href='data:,'>");
        match request.path().strip_prefix("/policy/").map(str::parse::<usize>) {
            Some(Ok(number)) => {
                let policy = POLICIES[number];
                let mut page = page.header(policy.header_name(), policy.header());
                if let Some(endpoints) = policy.reporting_endpoints() {
                    page = page.header("Reporting-Endpoints", endpoints);
                }
                if let Some((name, value)) = policy.connection_allowlist() {
                    page = page.header(name, value);
                }
                page
            }
            // What a declaration would have refused.
            _ if request.path() == "/broken" => page.header(
                "Content-Security-Policy",
                "conect-src 'self'; img-src 'self' 'slef'; sandbox allow-everything",
            ),
            _ => Response::new(204),
        }
    });
    let browser = Browser::launch_for(&chromium, &server, &[]).unwrap();
    for (number, policy) in POLICIES.iter().enumerate() {
        let told = console(&browser, &format!("/policy/{number}"));
        // That an icon is blocked is the policy at work.
        let complaint =
            told.iter().find(|message| !message.text.contains("favicon") && !message.text.contains("data:,"));
        assert_eq!(complaint, None, "{}: {}", policy.name(), policy.header());
    }
    // It would have said something.
    let told = console(&browser, "/broken");
    for word in ["conect-src", "'slef'", "allow-everything"] {
        assert!(told.iter().any(|message| message.text.contains(word)), "{word}: {told:?}");
    }
}
