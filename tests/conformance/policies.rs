//! What `policy!` makes of each directive, and what guards make of a policy.

use csp_runtime::language::{DirectiveName, PolicyList};
use csp_runtime::{Policy, connect_src, policy};

connect_src! {
    static SHOP = [self, "https://api.example.com"];
    static NOTHING = [none];
}

policy! {
    static EVERY_DIRECTIVE = {
        default_src: [self],
        base_uri: [none],
        child_src: ["https://child.example"],
        connect_src: ["https://api.example", "wss://ws.example"],
        fenced_frame_src: ["https://ads.example"],
        font_src: [self, "data:"],
        form_action: [self, "https://pay.example"],
        frame_ancestors: [none],
        frame_src: ["https://video.example"],
        img_src: [self, "data:", "blob:"],
        manifest_src: [self],
        media_src: ["https://*.media.example"],
        object_src: [none],
        script_src: [self, strict_dynamic, wasm_unsafe_eval, "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"],
        script_src_attr: [none],
        script_src_elem: [self, report_sample],
        style_src: [self, unsafe_inline],
        style_src_attr: [unsafe_inline],
        style_src_elem: [self],
        worker_src: [self, #[insecure(reason = "workers are made of text")] "blob:"],
        sandbox: [allow_scripts, allow_top_navigation_by_user_activation],
        upgrade_insecure_requests: true,
        require_trusted_types_for: [script],
        trusted_types: ["dompurify", "app#default", allow_duplicates],
        report_uri: ["/csp", "https://reports.example.com/csp?d=e"],
    };

    static DEFAULTS = { use_defaults: true };
    static REPLACED = {
        use_defaults: true,
        font_src: [self],
        upgrade_insecure_requests: false,
        remove: [script_src_attr, style_src],
        media_src: [none],
    };
    static GATED = {
        use_defaults: true,
        #[cfg(all())]
        upgrade_insecure_requests: false,
        #[cfg(any())]
        sandbox: [],
        img_src: [#[cfg(any())] "https://off.example", #[cfg(all())] "https://on.example"],
        font_src: [#[cfg(any())] "https://off.example"],
    };
    static NO_SANDBOX_FLAGS = { default_src: [none], base_uri: [none], sandbox: [] };
    static REPORTING = { default_src: [none], base_uri: [none], report_to: "csp-endpoint" => "https://r.example/csp?d=e" };
    static OVER_HTTP = {
        default_src: [none],
        base_uri: [none],
        #[cfg(all())]
        report_uri: ["/csp"],
        #[cfg(not(all()))]
        report_to: "csp" => "/csp",
    };
    static OVER_HTTPS = {
        default_src: [none],
        base_uri: [none],
        #[cfg(any())]
        report_uri: ["/csp"],
        #[cfg(not(any()))]
        report_to: "csp" => "/csp",
    };
    static ONLY_REPORTING = { use_defaults: true, report_only: true, report_to: "csp" => "/csp" };

    static TAKEN_IN = { default_src: [none], base_uri: [none], connect_src: SHOP };
    static AND_MORE = { default_src: [none], base_uri: [none], connect_src: ["https://b.example", ..SHOP] };
    static NONE_AND_MORE = { default_src: [none], base_uri: [none], connect_src: [..NOTHING, "https://b.example"] };
    static TAKEN_FROM_A_POLICY = { default_src: [none], base_uri: [none], connect_src: [..AND_MORE] };
    static FALLBACK = {
        default_src: [self, "https://cdn.example.com", "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"],
        base_uri: [none],
    };
    static IMAGES_ONLY = { extends: FALLBACK, img_src: ["https://images.example.com"] };
    static EXTENDED_CONNECT = { extends: FALLBACK, connect_src: ["https://api.example.com"] };
    static EXTENDED_DEFAULT = { extends: FALLBACK, default_src: ["https://more.example"] };
    static EXTENDED_BOTH_WAYS = { extends: EXTENDED_CONNECT, default_src: ["https://more.example"], remove: [base_uri] };
    static WITHOUT_DEFAULT = { extends: EXTENDED_CONNECT, remove: [default_src] };
    static NO_CONNECTIONS_SAID = { extends: FALLBACK, remove: [default_src] };
    static REPORTS_STAY = { extends: REPORTING, default_src: [self] };
    static REPORTS_CHANGE = { extends: ONLY_REPORTING, report_to: "other" => "/other" };
}

#[test]
fn every_directive_is_written_as_its_grammar_says() {
    assert_eq!(
        EVERY_DIRECTIVE.header(),
        "default-src 'self'; base-uri 'none'; child-src https://child.example; connect-src https://api.example \
         wss://ws.example; fenced-frame-src https://ads.example; font-src 'self' data:; form-action 'self' \
         https://pay.example; frame-ancestors 'none'; frame-src https://video.example; img-src 'self' data: blob:; \
         manifest-src 'self'; media-src https://*.media.example; object-src 'none'; script-src 'self' 'strict-dynamic' \
         'wasm-unsafe-eval' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; script-src-attr 'none'; \
         script-src-elem 'self' 'report-sample'; style-src 'self' 'unsafe-inline'; style-src-attr 'unsafe-inline'; \
         style-src-elem 'self'; worker-src 'self' blob:; sandbox allow-scripts \
         allow-top-navigation-by-user-activation; upgrade-insecure-requests; require-trusted-types-for 'script'; \
         trusted-types dompurify app#default 'allow-duplicates'; report-uri /csp https://reports.example.com/csp?d=e"
    );
    let (read, findings) = PolicyList::parse_with_findings(EVERY_DIRECTIVE.header());
    assert!(findings.is_empty(), "{findings:?}");
    assert_eq!(read.policies[0].to_string(), EVERY_DIRECTIVE.header());
    let used = |name: &&DirectiveName| read.policies[0].directive(**name).is_some();
    let unused: Vec<_> = DirectiveName::ALL.iter().filter(|name| !used(name)).map(|name| name.as_str()).collect();
    // Given up, each with a warning; and the one that `report_to` writes.
    assert_eq!(
        unused,
        ["block-all-mixed-content", "navigate-to", "plugin-types", "prefetch-src", "report-to", "webrtc"]
    );
}

#[test]
fn options_shape_the_header() {
    const DEFAULTS_TEXT: &str = "default-src 'self'; base-uri 'self'; font-src 'self' https: data:; form-action 'self'; \
        frame-ancestors 'self'; img-src 'self' data:; object-src 'none'; script-src 'self'; script-src-attr 'none'; \
        style-src 'self' https: 'unsafe-inline'";
    let with_upgrade = format!("{DEFAULTS_TEXT}; upgrade-insecure-requests");
    let only_reporting = format!("{DEFAULTS_TEXT}; report-to csp; report-uri /csp");
    let other_reporting = format!("{DEFAULTS_TEXT}; report-to other; report-uri /other");
    for (policy, header) in [
        (&DEFAULTS, with_upgrade.as_str()),
        (
            &REPLACED,
            "default-src 'self'; base-uri 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'self'; img-src \
             'self' data:; object-src 'none'; script-src 'self'; media-src 'none'",
        ),
        (
            &GATED,
            "default-src 'self'; base-uri 'self'; font-src 'none'; form-action 'self'; frame-ancestors 'self'; img-src \
             https://on.example; object-src 'none'; script-src 'self'; script-src-attr 'none'; style-src 'self' https: \
             'unsafe-inline'",
        ),
        (&NO_SANDBOX_FLAGS, "default-src 'none'; base-uri 'none'; sandbox"),
        (
            &REPORTING,
            "default-src 'none'; base-uri 'none'; report-to csp-endpoint; report-uri https://r.example/csp?d=e",
        ),
        (&ONLY_REPORTING, &only_reporting),
        (&OVER_HTTP, "default-src 'none'; base-uri 'none'; report-uri /csp"),
        (&OVER_HTTPS, "default-src 'none'; base-uri 'none'; report-to csp; report-uri /csp"),
        (&TAKEN_IN, "default-src 'none'; base-uri 'none'; connect-src 'self' https://api.example.com"),
        (
            &AND_MORE,
            "default-src 'none'; base-uri 'none'; connect-src https://b.example 'self' https://api.example.com",
        ),
        (&NONE_AND_MORE, "default-src 'none'; base-uri 'none'; connect-src https://b.example"),
        (
            &TAKEN_FROM_A_POLICY,
            "default-src 'none'; base-uri 'none'; connect-src https://b.example 'self' https://api.example.com",
        ),
        (
            &IMAGES_ONLY,
            "default-src 'self' https://cdn.example.com 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; base-uri \
             'none'; img-src 'self' https://cdn.example.com https://images.example.com",
        ),
        (&WITHOUT_DEFAULT, "base-uri 'none'; connect-src 'self' https://cdn.example.com https://api.example.com"),
        (&NO_CONNECTIONS_SAID, "base-uri 'none'"),
        (
            &REPORTS_STAY,
            "default-src 'self'; base-uri 'none'; report-to csp-endpoint; report-uri https://r.example/csp?d=e",
        ),
        (&REPORTS_CHANGE, &other_reporting),
    ] {
        assert_eq!(policy.header(), header, "{}", policy.name());
        assert_eq!(
            policy.header_name().ends_with("-Report-Only"),
            policy.name().starts_with("REPORTS_CHANGE") || policy.name() == "ONLY_REPORTING"
        );
    }
    assert_eq!(REPORTING.reporting_endpoints(), Some("csp-endpoint=\"https://r.example/csp?d=e\""));
    assert_eq!(REPORTS_STAY.reporting_endpoints(), REPORTING.reporting_endpoints());
    assert_eq!(REPORTS_CHANGE.reporting_endpoints(), Some("other=\"/other\""));
    assert_eq!(DEFAULTS.reporting_endpoints(), None);
    assert_eq!(OVER_HTTP.reporting_endpoints(), None);
    assert_eq!(OVER_HTTPS.reporting_endpoints(), Some("csp=\"/csp\""));
}

/// The guard of a policy allows what a browser with its header allows, of URLs without a page's own origin.
#[test]
fn guards_obey_the_whole_policy() {
    const URLS: [&str; 7] = [
        "https://api.example.com/v1",
        "https://b.example/",
        "https://cdn.example.com/x",
        "https://images.example.com/",
        "https://more.example/",
        "https://api.example/",
        "wss://ws.example/",
    ];
    let policies: [&'static Policy; 14] = [
        &EVERY_DIRECTIVE,
        &DEFAULTS,
        &REPLACED,
        &TAKEN_IN,
        &AND_MORE,
        &NONE_AND_MORE,
        &TAKEN_FROM_A_POLICY,
        &FALLBACK,
        &IMAGES_ONLY,
        &EXTENDED_CONNECT,
        &EXTENDED_DEFAULT,
        &EXTENDED_BOTH_WAYS,
        &WITHOUT_DEFAULT,
        &REPORTS_STAY,
    ];
    for policy in policies {
        let received = PolicyList::parse(policy.header());
        for url in URLS {
            let target = csp_runtime::language::Target::canonical(url).expect("canonical");
            let decision = received.decide_connect(&csp_runtime::language::Request::new(target));
            let browser = decision.verdict == csp_runtime::language::Verdict::Allow;
            assert_eq!(policy.guard().allows(url), browser, "{} {url}: {}", policy.name(), policy.header());
            // Unusual spellings go another way.
            assert_eq!(policy.guard().allows(url.to_uppercase().as_str()), policy.guard().allows(url), "{url}");
        }
        let directive = decision_directive(&received);
        assert_eq!(policy.directive(), directive, "{}", policy.name());
    }
    // Where the policy says nothing of connections, browsers allow them all, and a guard none.
    assert!(URLS.iter().all(|url| !NO_CONNECTIONS_SAID.guard().allows(*url)));
    assert_eq!(NO_CONNECTIONS_SAID.directive(), "");
}

fn decision_directive(list: &PolicyList<'_>) -> String {
    list.policies[0].effective_connect_directive().map(ToString::to_string).unwrap_or_default()
}

#[test]
fn refusals_name_where_the_source_belongs() {
    for (policy, name) in
        [(&TAKEN_IN, "SHOP"), (&AND_MORE, "AND_MORE"), (&FALLBACK, "FALLBACK"), (&IMAGES_ONLY, "FALLBACK")]
    {
        let blocked = policy.guard().check("https://evil.example/").expect_err("nothing covers it");
        assert_eq!(blocked.policy().name(), name);
        assert!(blocked.to_string().contains(&format!("to {name} at ")), "{blocked}");
    }
    let blocked = FALLBACK.guard().check("https://evil.example/").expect_err("nothing covers it");
    assert!(blocked.directive().starts_with("default-src 'self' https://cdn.example.com"), "{blocked}");
}

#[test]
fn operators_extend_the_connections_of_a_policy() {
    for (policy, header) in [
        (
            &AND_MORE,
            "default-src 'none'; base-uri 'none'; connect-src https://b.example 'self' https://api.example.com \
             https://added.example",
        ),
        // What it falls back to is written out.
        (
            &DEFAULTS,
            "default-src 'self'; base-uri 'self'; font-src 'self' https: data:; form-action 'self'; frame-ancestors \
             'self'; img-src 'self' data:; object-src 'none'; script-src 'self'; script-src-attr 'none'; style-src \
             'self' https: 'unsafe-inline'; upgrade-insecure-requests; connect-src 'self' https://added.example",
        ),
        (&NO_SANDBOX_FLAGS, "default-src 'none'; base-uri 'none'; sandbox; connect-src https://added.example"),
    ] {
        let extended = policy.extend(["https://added.example"]).expect("a source");
        assert_eq!(extended.header(), header);
        assert!(extended.guard().allows("https://added.example/x"));
        assert!(!extended.guard().allows("https://other.example/x"));
        assert_eq!(policy.extend([""; 0]).expect("nothing").header(), policy.header());
    }
}

#[test]
fn the_table_has_every_directive() {
    let page = include_str!("../../csp-runtime/POLICIES.md");
    let (_, table) = page.split_once("# Directives").expect("a heading");
    let (table, _) = table.split_once("In all lists").expect("an end");
    for name in DirectiveName::ALL {
        let cell = format!("`{}`", name.as_str().replace('-', "_"));
        assert!(table.lines().any(|row| row.split('|').nth(1).is_some_and(|names| names.contains(&cell))), "{name}");
    }
}

policy! {
    static ALLOWLISTED = {
        default_src: [none],
        base_uri: [none],
        connect_src: [self, "https://api.example.com"],
        connection_allowlist: { also: ["https://images.example.com"] },
        report_to: "csp" => "/csp",
    };
}

#[test]
fn every_header_of_a_response_is_told() {
    let headers: Vec<_> = ALLOWLISTED.headers().collect();
    let allowlist = r#"(response-origin "https://api.example.com" "https://images.example.com");report-to=csp"#;
    assert_eq!(
        headers,
        [
            ("Content-Security-Policy", ALLOWLISTED.header()),
            ("Reporting-Endpoints", "csp=\"/csp\""),
            ("Connection-Allowlist", allowlist),
        ]
    );
    assert_eq!(DEFAULTS.headers().count(), 1);

    // What an operator adds must not be stopped by a header that doesn't know it.
    let extended = ALLOWLISTED.extend(["https://added.example", "ipc:"]).expect("sources");
    let (name, value) = extended.headers().last().expect("headers");
    assert_eq!(name, "Connection-Allowlist");
    assert_eq!(
        value,
        r#"(response-origin "https://api.example.com" "https://added.example" "https://images.example.com");report-to=csp"#
    );
    assert!(extended.warnings().iter().any(|warning| warning.contains("`ipc:` is not in the Connection-Allowlist")));
}
