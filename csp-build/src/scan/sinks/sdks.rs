//! SDKs whose hosts are implied: by a key, an identifier, or by the library itself.
//!
//! A row's rule names it in the report. What a library connects to was read in its package, in these versions:
//!
//! - `@sentry/browser` 11.12.0: the host of the DSN, or the tunnel.
//! - `@supabase/supabase-js` 2.109.0: all paths are below the project's URL, the socket, too.
//! - `algoliasearch` and `@algolia/client-search` 5.64.0; `@docsearch/react` 5.2.0, whose assistant alone asks
//!   `{appId}.algolia.net`, which no row says.
//! - `posthog-js` 1.449.2: the hosts of a region, whichever of their names is given.
//! - `pusher-js` 8.6.0; the endpoint that authorises private channels is the page's own unless an option names it, and
//!   no row says that.
//! - `ably` 2.28.0: its own host and the five that it falls back to.
//! - `@segment/analytics-next` 1.84.3, `@amplitude/analytics-browser` 2.48.1, `mixpanel-browser` 2.83.0 and
//!   `launchdarkly-js-client-sdk` 3.9.5, each with the hosts of its first region unless an option says another.
//! - `@sanity/client` 7.28.0: the project's host, and that of its CDN.
//! - `spotify-web-api-js` 1.5.2.
//! - `pocketbase` 0.28.1, `appwrite` 28.0.0 and `@directus/sdk` 18.0.3: below the URL that they are given.
//! - `vue-stripe-elements-plus` 1.0.4 and 0.3.2, which ask by Stripe's script.
//! - `@stripe/stripe-js` 10.2.1 only loads a script; `api.stripe.com` is what that script's vendor asks a policy for.

use super::Implied::{Beside, Elsewhere, Filled, FilledOr, Origin, Otherwise};
use super::Slot::{Argument, Key};
use super::Transport::{Both, Http, Socket};
use super::{FIRST, Implied, Root, Slot, Spec, maker, sdk, sink};

const SENTRY: Root = Root::Package(&[
    "@sentry/angular",
    "@sentry/angular-ivy",
    "@sentry/astro",
    "@sentry/browser",
    "@sentry/capacitor",
    "@sentry/electron/renderer",
    "@sentry/ember",
    "@sentry/gatsby",
    "@sentry/nextjs",
    "@sentry/nuxt",
    "@sentry/react",
    "@sentry/react-router",
    "@sentry/remix",
    "@sentry/solid",
    "@sentry/solidstart",
    "@sentry/svelte",
    "@sentry/sveltekit",
    "@sentry/tanstackstart-react",
    "@sentry/vue",
]);
/// A tunnel takes the place of the DSN's host.
const SENTRY_URLS: &[Slot] = &[Key(0, "tunnel"), Key(0, "dsn")];

const ALGOLIA: Root = Root::Package(&[
    "algoliasearch",
    "algoliasearch/lite",
    "algoliasearch/dist/algoliasearch-lite.esm.browser",
    "@algolia/client-search",
]);
const ALGOLIA_HOSTS: &[Implied] = &[
    Filled(Argument(0), "https://{}-dsn.algolia.net"),
    Filled(Argument(0), "https://{}.algolia.net"),
    Filled(Argument(0), "https://{}-1.algolianet.com"),
    Filled(Argument(0), "https://{}-2.algolianet.com"),
    Filled(Argument(0), "https://{}-3.algolianet.com"),
];
const DOCSEARCH_HOSTS: &[Implied] = &[
    Filled(Key(0, "appId"), "https://{}-dsn.algolia.net"),
    Filled(Key(0, "appId"), "https://{}-1.algolianet.com"),
    Filled(Key(0, "appId"), "https://{}-2.algolianet.com"),
    Filled(Key(0, "appId"), "https://{}-3.algolianet.com"),
];

const POSTHOG: &[Implied] = &[
    Otherwise("https://us.i.posthog.com"),
    Otherwise("https://us-assets.i.posthog.com"),
    Beside("https://us.i.posthog.com", "https://us-assets.i.posthog.com"),
    Beside("https://us.posthog.com", "https://us.i.posthog.com"),
    Beside("https://us.posthog.com", "https://us-assets.i.posthog.com"),
    Beside("https://app.posthog.com", "https://us.i.posthog.com"),
    Beside("https://app.posthog.com", "https://us-assets.i.posthog.com"),
    Beside("https://eu.i.posthog.com", "https://eu-assets.i.posthog.com"),
    Beside("https://eu.posthog.com", "https://eu.i.posthog.com"),
    Beside("https://eu.posthog.com", "https://eu-assets.i.posthog.com"),
];
/// A provider is given options, or a client that was made elsewhere.
const POSTHOG_PROVIDER: &[Implied] = POSTHOG.split_at(2).1;

/// Version 1 hands the work to components; of version 0, what asks Stripe.
const STRIPE_IN_VUE: &[&str] = &[
    "StripeElement",
    "StripeElements",
    "initStripe",
    "confirmPaymentIntent",
    "createPaymentMethod",
    "createSource",
    "createToken",
    "handleCardAction",
    "handleCardPayment",
    "handleCardSetup",
    "paymentRequest",
    "redirectToCheckout",
    "retrievePaymentIntent",
    "retrieveSource",
];
const STRIPE_HOSTS: &[Implied] = &[Origin("https://api.stripe.com")];
const PUSHER_HOSTS: &[Implied] = &[
    FilledOr(Key(1, "cluster"), "mt1", "wss://ws-{}.pusher.com"),
    FilledOr(Key(1, "cluster"), "mt1", "https://sockjs-{}.pusher.com"),
];

const ABLY_HOSTS: &[Implied] = &[
    Origin("https://main.realtime.ably.net"),
    Origin("wss://main.realtime.ably.net"),
    Origin("https://internet-up.ably-realtime.com"),
    Origin("wss://ws-up.ably-realtime.com"),
    Origin("https://main.a.fallback.ably-realtime.com"),
    Origin("https://main.b.fallback.ably-realtime.com"),
    Origin("https://main.c.fallback.ably-realtime.com"),
    Origin("https://main.d.fallback.ably-realtime.com"),
    Origin("https://main.e.fallback.ably-realtime.com"),
    Origin("wss://main.a.fallback.ably-realtime.com"),
    Origin("wss://main.b.fallback.ably-realtime.com"),
    Origin("wss://main.c.fallback.ably-realtime.com"),
    Origin("wss://main.d.fallback.ably-realtime.com"),
    Origin("wss://main.e.fallback.ably-realtime.com"),
];
const SEGMENT_HOSTS: &[Implied] = &[Origin("https://cdn.segment.com"), Origin("https://api.segment.io")];
/// The host of events may be another; the one of its configuration goes with the region.
const AMPLITUDE_HOSTS: &[Implied] =
    &[Otherwise("https://api2.amplitude.com"), Otherwise("https://sr-client-cfg.amplitude.com")];
const AMPLITUDE_URLS: &[Slot] = &[Key(1, "serverUrl"), Key(2, "serverUrl")];
const AMPLITUDE: Root = Root::Package(&["@amplitude/analytics-browser", "@amplitude/unified"]);
const LAUNCHDARKLY_HOSTS: &[Implied] = &[
    Origin("https://app.launchdarkly.com"),
    Origin("https://clientstream.launchdarkly.com"),
    Origin("https://events.launchdarkly.com"),
];
const SANITY_HOSTS: &[Implied] = &[
    Filled(Key(0, "projectId"), "https://{}.api.sanity.io"),
    Filled(Key(0, "projectId"), "https://{}.apicdn.sanity.io"),
];

const TRACKERS: &[Implied] = &[Elsewhere("the trackers that each torrent names")];

pub(super) const ROWS: &[Spec] = &[
    sdk("sentry-dsn", SENTRY, &["init"], SENTRY_URLS, &[]),
    sdk("sentry-dsn", Root::Global, &["Sentry.init"], SENTRY_URLS, &[]),
    // Databases and search.
    Spec {
        transport: Both,
        ..sdk(
            "supabase",
            Root::Package(&["@supabase/supabase-js", "@supabase/ssr"]),
            &["createClient", "createBrowserClient", "SupabaseClient"],
            FIRST,
            &[],
        )
    },
    Spec { transport: Both, ..sdk("supabase", Root::Global, &["supabase.createClient"], FIRST, &[]) },
    sdk("algolia", ALGOLIA, &["", "algoliasearch", "liteClient", "searchClient"], &[], ALGOLIA_HOSTS),
    sdk("algolia", Root::Global, &["algoliasearch"], &[], ALGOLIA_HOSTS),
    sdk("algolia", Root::Package(&["@docsearch/js", "@docsearch/react"]), &["", "DocSearch"], &[], DOCSEARCH_HOSTS),
    // Measuring and payment.
    sdk(
        "posthog",
        Root::Package(&["posthog-js", "posthog-js/dist/module.no-external"]),
        &["init", "posthog.init"],
        &[Key(1, "api_host")],
        POSTHOG,
    ),
    sdk("posthog", Root::Global, &["posthog.init"], &[Key(1, "api_host")], POSTHOG),
    sdk(
        "posthog",
        Root::Package(&["posthog-js/react", "@posthog/react"]),
        &["PostHogProvider"],
        &[Key(0, "options.api_host")],
        POSTHOG_PROVIDER,
    ),
    sdk("stripe", Root::Package(&["@stripe/stripe-js", "@stripe/stripe-js/pure"]), &["loadStripe"], &[], STRIPE_HOSTS),
    sdk("stripe", Root::Global, &["Stripe"], &[], STRIPE_HOSTS),
    sdk("stripe", Root::Package(&["react-stripe-elements"]), &["StripeProvider"], &[], STRIPE_HOSTS),
    sdk("stripe", Root::Package(&["vue-stripe-elements-plus"]), STRIPE_IN_VUE, &[], STRIPE_HOSTS),
    // Channels.
    sdk("pusher", Root::Package(&["pusher-js", "pusher-js/with-encryption"]), &[""], &[], PUSHER_HOSTS),
    sdk("pusher", Root::Global, &["Pusher"], &[], PUSHER_HOSTS),
    sdk(
        "ably",
        Root::Package(&["ably", "ably/promises", "ably/modular"]),
        &["Realtime", "Rest", "default.Realtime", "default.Rest", "BaseRealtime", "BaseRest"],
        &[],
        ABLY_HOSTS,
    ),
    sdk("ably", Root::Global, &["Ably.Realtime", "Ably.Rest"], &[], ABLY_HOSTS),
    sdk(
        "segment",
        Root::Package(&["@segment/analytics-next"]),
        &["AnalyticsBrowser.load", "AnalyticsBrowser.standalone"],
        &[],
        SEGMENT_HOSTS,
    ),
    sdk("amplitude", AMPLITUDE, &["init", "default.init"], AMPLITUDE_URLS, AMPLITUDE_HOSTS),
    sdk(
        "mixpanel",
        Root::Package(&["mixpanel-browser"]),
        &["init", "default.init"],
        &[Key(1, "api_host")],
        &[Otherwise("https://api-js.mixpanel.com")],
    ),
    sdk(
        "launchdarkly",
        Root::Package(&["launchdarkly-js-client-sdk", "launchdarkly-react-client-sdk"]),
        &["initialize", "withLDProvider", "asyncWithLDProvider", "LDProvider"],
        &[],
        LAUNCHDARKLY_HOSTS,
    ),
    sdk(
        "auth0",
        Root::Package(&["@auth0/auth0-react", "@auth0/auth0-spa-js", "@auth0/auth0-vue", "@auth0/auth0-angular"]),
        &["Auth0Provider", "createAuth0Client", "Auth0Client", "createAuth0", "provideAuth0", "AuthModule.forRoot"],
        &[],
        &[Filled(Key(0, "domain"), "https://{}")],
    ),
    // Peers, which torrents and trackers name.
    sdk("webtorrent", Root::Package(&["webtorrent", "webtorrent/dist/webtorrent.min.js"]), &[""], &[], TRACKERS),
    sdk("webtorrent", Root::Global, &["WebTorrent"], &[], TRACKERS),
    // Content and data.
    sdk("spotify", Root::Package(&["spotify-web-api-js"]), &[""], &[], &[Origin("https://api.spotify.com")]),
    sdk(
        "sanity",
        Root::Package(&["@sanity/client", "next-sanity", "picosanity"]),
        &["", "createClient"],
        &[],
        SANITY_HOSTS,
    ),
    Spec { defaults_to_self: true, ..sink(Root::Package(&["pocketbase"]), &["", "PocketBase"], Http, FIRST) },
    Spec { defaults_to_self: true, ..sink(Root::Global, &["PocketBase"], Http, FIRST) },
    maker(Root::Package(&["appwrite"]), &["Client"], "appwrite", &[]),
    maker(Root::Global, &["Appwrite.Client"], "appwrite", &[]),
    maker(Root::Client("appwrite"), &["setProject", "setLocale", "setDevKey"], "appwrite", &[]),
    Spec { makes: Some("appwrite"), ..sink(Root::Client("appwrite"), &["setEndpoint"], Http, FIRST) },
    Spec { makes: Some("appwrite"), ..sink(Root::Client("appwrite"), &["setEndpointRealtime"], Socket, FIRST) },
    sink(Root::Package(&["@directus/sdk"]), &["createDirectus", "Directus"], Http, FIRST),
    sink(Root::Package(&["@strapi/client"]), &["strapi"], Http, &[Key(0, "baseURL")]),
];
