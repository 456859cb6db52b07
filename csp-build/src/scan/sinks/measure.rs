//! What measures pages, reports their errors and chooses their features, read in these packages:
//!
//! `@datadog/browser-core` 7.16.2, `@bugsnag/browser` 9.0.0, `rollbar` 3.1.0, `plausible-tracker` 0.3.9,
//! `@growthbook/growthbook` 1.8.0, `flagsmith` 10.0.0, `@statsig/js-client` 3.33.5, `statsig-js` 5.1.0, `unleash-proxy-client`
//! 3.8.2, `@rudderstack/analytics-js` 3.34.1, `@microsoft/applicationinsights-web` 3.4.4, `@vercel/analytics` 2.0.1.

use super::Implied::{FilledBy, Origin, Otherwise, Without};
use super::Slot::{Argument, Key};
use super::Transport::Http;
use super::{Implied, Root, Slot, Spec, maker, sdk, sink};
use crate::scan::report::SELF_ORIGIN;

const SITE: &[Slot] = &[Key(0, "site"), Key(0, "proxy")];
/// The host of a site, or of the first one; what goes to a proxy goes nowhere else.
const DATADOG_HOSTS: &[Implied] =
    &[FilledBy(Key(0, "site"), datadog), Without(SITE, "https://browser-intake-datadoghq.com")];
const BUGSNAG_HOSTS: &[Implied] = &[Otherwise("https://notify.bugsnag.com"), Otherwise("https://sessions.bugsnag.com")];
const BUGSNAG_URLS: &[Slot] = &[Key(0, "endpoints.notify"), Key(0, "endpoints.sessions")];
const STATSIG_HOSTS: &[Implied] = &[Origin("https://featureassets.org"), Origin("https://prodregistryv2.org")];
const INSIGHTS_HOSTS: &[Implied] = &[
    FilledBy(Key(0, "config.connectionString"), ingestion),
    Without(&[Key(0, "config.connectionString")], "https://dc.services.visualstudio.com"),
    Origin("https://js.monitor.azure.com"),
];
const OWN: &[Implied] = &[Origin(SELF_ORIGIN)];

/// `us3.datadoghq.com` as `browser-intake-us3-datadoghq.com`
fn datadog(site: &str) -> Option<String> {
    let (name, end) = site.rsplit_once('.')?;
    Some(format!("https://browser-intake-{}.{end}", name.replace('.', "-")))
}

/// The endpoint in `InstrumentationKey=…;IngestionEndpoint=https://…/`.
fn ingestion(connection: &str) -> Option<String> {
    let endpoint = connection.split(';').find_map(|part| part.trim().strip_prefix("IngestionEndpoint="));
    let has_key = connection.contains("InstrumentationKey=");
    has_key.then(|| endpoint.unwrap_or("https://dc.services.visualstudio.com").to_owned())
}

pub(super) const ROWS: &[Spec] = &[
    sdk(
        "datadog",
        Root::Package(&["@datadog/browser-rum", "@datadog/browser-rum-slim"]),
        &["datadogRum.init", "default.init"],
        &[Key(0, "proxy")],
        DATADOG_HOSTS,
    ),
    sdk("datadog", Root::Package(&["@datadog/browser-logs"]), &["datadogLogs.init"], &[Key(0, "proxy")], DATADOG_HOSTS),
    sdk("datadog", Root::Global, &["DD_LOGS.init", "DD_RUM.init"], &[Key(0, "proxy")], DATADOG_HOSTS),
    sdk(
        "bugsnag",
        Root::Package(&["@bugsnag/browser", "@bugsnag/js"]),
        &["default.start", "start"],
        BUGSNAG_URLS,
        BUGSNAG_HOSTS,
    ),
    sdk("bugsnag", Root::Global, &["Bugsnag.start"], BUGSNAG_URLS, BUGSNAG_HOSTS),
    sdk(
        "rollbar",
        Root::Package(&["rollbar"]),
        &["", "default.init", "init"],
        &[Key(0, "endpoint")],
        &[Otherwise("https://api.rollbar.com")],
    ),
    sdk(
        "plausible",
        Root::Package(&["plausible-tracker"]),
        &["", "Plausible"],
        &[Key(0, "apiHost")],
        &[Otherwise("https://plausible.io")],
    ),
    sdk(
        "growthbook",
        Root::Package(&["@growthbook/growthbook", "@growthbook/growthbook-react"]),
        &["GrowthBook", "GrowthBookClient"],
        &[Key(0, "apiHost")],
        &[Otherwise("https://cdn.growthbook.io")],
    ),
    sdk(
        "flagsmith",
        Root::Package(&["flagsmith", "flagsmith/isomorphic"]),
        &["default.init", "init"],
        &[Key(0, "api")],
        &[Otherwise("https://edge.api.flagsmith.com")],
    ),
    sdk(
        "flagsmith",
        Root::Package(&["flagsmith/react"]),
        &["FlagsmithProvider"],
        &[Key(0, "options.api")],
        &[Otherwise("https://edge.api.flagsmith.com")],
    ),
    sdk("statsig", Root::Package(&["@statsig/js-client"]), &["StatsigClient"], &[], STATSIG_HOSTS),
    sdk("statsig", Root::Package(&["@statsig/react-bindings"]), &["useClientAsyncInit"], &[], STATSIG_HOSTS),
    sdk("statsig", Root::Package(&["statsig-js"]), &["default.initialize", "initialize"], &[], STATSIG_HOSTS),
    sdk("statsig", Root::Package(&["statsig-react"]), &["StatsigProvider"], &[], STATSIG_HOSTS),
    sink(Root::Package(&["unleash-proxy-client"]), &["UnleashClient"], Http, &[Key(0, "url")]),
    sink(
        Root::Package(&["@unleash/proxy-client-react", "@unleash/proxy-client-vue"]),
        &["", "FlagProvider"],
        Http,
        &[Key(0, "config.url")],
    ),
    maker(Root::Package(&["@rudderstack/analytics-js"]), &["RudderAnalytics"], "rudderstack", &[]),
    sdk(
        "rudderstack",
        Root::Client("rudderstack"),
        &["load"],
        &[Argument(1)],
        &[Origin("https://api.rudderstack.com")],
    ),
    sdk(
        "rudderstack",
        Root::Package(&["rudder-sdk-js"]),
        &["load"],
        &[Argument(1)],
        &[Origin("https://api.rudderstack.com")],
    ),
    sdk(
        "application-insights",
        Root::Package(&["@microsoft/applicationinsights-web"]),
        &["ApplicationInsights"],
        &[Key(0, "config.endpointUrl")],
        INSIGHTS_HOSTS,
    ),
    sdk(
        "vercel",
        Root::Package(&[
            "@vercel/analytics",
            "@vercel/analytics/next",
            "@vercel/analytics/react",
            "@vercel/analytics/vue",
            "@vercel/speed-insights",
            "@vercel/speed-insights/next",
            "@vercel/speed-insights/react",
            "@vercel/speed-insights/vue",
        ]),
        &["Analytics", "SpeedInsights", "inject", "injectSpeedInsights"],
        &[],
        OWN,
    ),
];
