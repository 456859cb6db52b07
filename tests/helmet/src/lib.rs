//! The examples of helmet's documentation, each as a policy. `compare.mjs` asks the real helmet for the same.
//!
//! Hosts have their scheme here, and there: `example.com` alone would not compile.

csp_runtime::policy! {
    /// `helmet()`
    pub static DEFAULT = { use_defaults: true };

    /// A directive replaced.
    pub static REPLACED = { use_defaults: true, script_src: [self, "https://example.com"] };

    /// A directive replaced, and one disabled by `null`.
    pub static DISABLED = { use_defaults: true, script_src: [self, "https://example.com"], remove: [style_src] };

    /// A function that gives a nonce.
    pub static NONCE = { use_defaults: true, script_src: [self, nonce] };

    /// `useDefaults: false`
    #[allow(deprecated, reason = "without base-uri, as there")]
    pub static WITHOUT_DEFAULTS = {
        default_src: [self],
        script_src: [self, "https://example.com"],
        object_src: [none],
        upgrade_insecure_requests: true,
    };

    /// `reportOnly: true`, which helmet takes without an endpoint.
    pub static REPORT_ONLY = { use_defaults: true, report_only: true, report_to: "csp" => "/csp" };

    /// `dangerouslyDisableDefaultSrc`
    #[allow(deprecated, reason = "without base-uri and object-src, as there")]
    pub static WITHOUT_DEFAULT_SRC = { script_src: [self] };

    /// A default taken away.
    pub static NO_UPGRADE = { use_defaults: true, upgrade_insecure_requests: false };

    /// Every directive that helmet's documentation names elsewhere.
    pub static MORE = {
        use_defaults: true,
        connect_src: [self, "https://api.example.com"],
        frame_src: ["https://video.example.com"],
        media_src: [none],
        worker_src: [self],
        sandbox: [allow_forms, allow_scripts],
        require_trusted_types_for: [script],
    };
}
