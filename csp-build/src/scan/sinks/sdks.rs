//! SDKs whose hosts are implied: by a key, an identifier, or by the library itself.
//!
//! A row's rule names it in the report. What a library connects to was read in its package, in these versions:
//!
//! - `@sentry/browser` 11.12.0: the host of the DSN, or the tunnel.
//! - Firebase: analytics 0.10.25, app-check 0.13.1, auth 1.13.6, database 1.1.5, firestore 4.17.2, functions 0.14.0,
//!   installations 0.6.24, messaging 0.13.3, performance 0.7.14, remote-config 0.9.3, storage 0.14.5. Analytics loads a
//!   script that measures, and where that one sends to stands in no package.
//! - `@supabase/supabase-js` 2.109.0: all paths are below the project's URL, the socket, too.
//! - `algoliasearch` and `@algolia/client-search` 5.64.0; `@docsearch/react` 5.2.0, whose assistant alone asks
//!   `{appId}.algolia.net`, which no row says.
//! - `mapbox-gl` 3.32.0.
//! - `posthog-js` 1.449.2: the hosts of a region, whichever of their names is given.
//! - `pusher-js` 8.6.0; the endpoint that authorises private channels is the page's own unless an option names it, and
//!   no row says that.
//! - `@stripe/stripe-js` 10.2.1 only loads a script; `api.stripe.com` is what that script's vendor asks a policy for.

use super::Implied::{Beside, Filled, FilledBoth, FilledOr, Origin, Otherwise, OtherwiseFilled, Siblings};
use super::Slot::{Argument, Key};
use super::Transport::Both;
use super::{FIRST, Implied, Root, Slot, Spec, maker, sdk};

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

const FIREBASE_APP: Root = Root::Package(&["firebase/app", "@firebase/app", "firebase/compat/app", "firebase"]);
const FIREBASE_COMPAT: Root = Root::Package(&["firebase/compat/app", "firebase/app", "firebase"]);
const FIREBASE_DATABASE: Root = Root::Package(&["firebase/database", "@firebase/database"]);
const FIREBASE_AUTH: &[Implied] =
    &[Origin("https://identitytoolkit.googleapis.com"), Origin("https://securetoken.googleapis.com")];
const FIREBASE_STORE: &[Implied] = &[Origin("https://firestore.googleapis.com")];
const FIREBASE_FILES: &[Implied] = &[Origin("https://firebasestorage.googleapis.com")];
const FIREBASE_ANALYTICS: &[Implied] = &[
    Origin("https://firebase.googleapis.com"),
    Origin("https://firebaseinstallations.googleapis.com"),
    Origin("https://www.google-analytics.com"),
];
const FIREBASE_MESSAGING: &[Implied] =
    &[Origin("https://fcmregistrations.googleapis.com"), Origin("https://firebaseinstallations.googleapis.com")];
const FIREBASE_REMOTE_CONFIG: &[Implied] =
    &[Origin("https://firebaseremoteconfig.googleapis.com"), Origin("https://firebaseinstallations.googleapis.com")];
const FIREBASE_PERFORMANCE: &[Implied] = &[
    Origin("https://firebaselogging-pa.googleapis.com"),
    Origin("https://firebaseremoteconfig.googleapis.com"),
    Origin("https://firebaseinstallations.googleapis.com"),
];
/// The region is no argument here, or that of `app.functions(region)`.
const FIREBASE_COMPAT_FUNCTIONS: &[Implied] =
    &[Filled(Key(0, "projectId"), "https://us-central1-{}.cloudfunctions.net")];
const FIREBASE_CLIENT_FUNCTIONS: &[Implied] =
    &[FilledBoth(Argument(0), "us-central1", Key(0, "projectId"), "https://{}-{}.cloudfunctions.net")];
const FIREBASE_DATABASE_URLS: &[Slot] = &[Argument(1), Key(0, "databaseURL")];
/// The first answer names the server that the database is on.
const FIREBASE_DATABASE_HOSTS: &[Implied] = &[
    OtherwiseFilled(Key(0, "projectId"), "https://{}-default-rtdb.firebaseio.com"),
    OtherwiseFilled(Key(0, "projectId"), "wss://{}-default-rtdb.firebaseio.com"),
    Siblings,
];

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

const MAPBOX_HOSTS: &[Implied] = &[Origin("https://api.mapbox.com"), Origin("https://events.mapbox.com")];
/// A style is a URL, or an object with those of its parts.
const MAP_URLS: &[Slot] = &[
    Key(0, "style"),
    Key(0, "style.glyphs"),
    Key(0, "style.sprite"),
    Key(0, "style.sources.*.url"),
    Key(0, "style.sources.*.data"),
    Key(0, "style.sources.*.tiles.*"),
];
const SOURCE_URLS: &[Slot] = &[Key(1, "url"), Key(1, "data"), Key(1, "tiles.*")];
const STYLE_URLS: &[Slot] = &[
    Argument(0),
    Key(0, "glyphs"),
    Key(0, "sprite"),
    Key(0, "sources.*.url"),
    Key(0, "sources.*.data"),
    Key(0, "sources.*.tiles.*"),
];
const STRIPE_HOSTS: &[Implied] = &[Origin("https://api.stripe.com")];
const PUSHER_HOSTS: &[Implied] = &[
    FilledOr(Key(1, "cluster"), "mt1", "wss://ws-{}.pusher.com"),
    FilledOr(Key(1, "cluster"), "mt1", "https://sockjs-{}.pusher.com"),
];

/// A map reads its style, tiles and glyphs from the URLs of its style.
const fn map(rule: &'static str, root: Root, paths: &'static [&'static str], implied: &'static [Implied]) -> Spec {
    Spec { makes: Some("map"), only_texts: true, ..sdk(rule, root, paths, MAP_URLS, implied) }
}

pub(super) const ROWS: &[Spec] = &[
    sdk("sentry-dsn", SENTRY, &["init"], SENTRY_URLS, &[]),
    sdk("sentry-dsn", Root::Global, &["Sentry.init"], SENTRY_URLS, &[]),
    // Firebase.
    Spec { keeps_options: true, ..maker(FIREBASE_APP, &["initializeApp"], "FirebaseApp", &[]) },
    maker(FIREBASE_APP, &["getApp", "app"], "FirebaseApp", &[]),
    sdk(
        "firebase-auth",
        Root::Package(&["firebase/auth", "@firebase/auth", "firebase/auth/web-extension"]),
        &["getAuth", "initializeAuth"],
        &[],
        FIREBASE_AUTH,
    ),
    sdk("firebase-auth", FIREBASE_COMPAT, &["auth"], &[], FIREBASE_AUTH),
    sdk("firebase-auth", Root::Client("FirebaseApp"), &["auth"], &[], FIREBASE_AUTH),
    sdk(
        "firebase-firestore",
        Root::Package(&["firebase/firestore", "firebase/firestore/lite", "@firebase/firestore"]),
        &["getFirestore", "initializeFirestore"],
        &[],
        FIREBASE_STORE,
    ),
    sdk("firebase-firestore", FIREBASE_COMPAT, &["firestore"], &[], FIREBASE_STORE),
    sdk("firebase-firestore", Root::Client("FirebaseApp"), &["firestore"], &[], FIREBASE_STORE),
    sdk(
        "firebase-storage",
        Root::Package(&["firebase/storage", "@firebase/storage"]),
        &["getStorage"],
        &[],
        FIREBASE_FILES,
    ),
    sdk("firebase-storage", FIREBASE_COMPAT, &["storage"], &[], FIREBASE_FILES),
    sdk("firebase-storage", Root::Client("FirebaseApp"), &["storage"], &[], FIREBASE_FILES),
    Spec {
        transport: Both,
        ..sdk("firebase-database", FIREBASE_DATABASE, &["getDatabase"], FIREBASE_DATABASE_URLS, FIREBASE_DATABASE_HOSTS)
    },
    Spec {
        transport: Both,
        ..sdk("firebase-database", FIREBASE_COMPAT, &["database"], FIREBASE_DATABASE_URLS, FIREBASE_DATABASE_HOSTS)
    },
    sdk(
        "firebase-functions",
        Root::Package(&["firebase/functions", "@firebase/functions"]),
        &["getFunctions"],
        &[],
        &[FilledBoth(Argument(1), "us-central1", Key(0, "projectId"), "https://{}-{}.cloudfunctions.net")],
    ),
    sdk(
        "firebase-analytics",
        Root::Package(&["firebase/analytics", "@firebase/analytics"]),
        &["getAnalytics", "initializeAnalytics"],
        &[],
        FIREBASE_ANALYTICS,
    ),
    sdk("firebase-analytics", FIREBASE_COMPAT, &["analytics"], &[], FIREBASE_ANALYTICS),
    sdk(
        "firebase-messaging",
        Root::Package(&["firebase/messaging", "firebase/messaging/sw", "@firebase/messaging"]),
        &["getMessaging"],
        &[],
        FIREBASE_MESSAGING,
    ),
    sdk(
        "firebase-messaging",
        Root::Package(&["firebase/messaging/sw", "@firebase/messaging/sw"]),
        &["experimentalSetDeliveryMetricsExportedToBigQueryEnabled"],
        &[],
        &[Origin("https://play.google.com")],
    ),
    sdk("firebase-messaging", FIREBASE_COMPAT, &["messaging"], &[], FIREBASE_MESSAGING),
    sdk(
        "firebase-remote-config",
        Root::Package(&["firebase/remote-config", "@firebase/remote-config"]),
        &["getRemoteConfig"],
        &[],
        FIREBASE_REMOTE_CONFIG,
    ),
    // The stream of updates has a host of its own.
    sdk(
        "firebase-remote-config",
        Root::Package(&["firebase/remote-config", "@firebase/remote-config"]),
        &["onConfigUpdate"],
        &[],
        &[Origin("https://firebaseremoteconfigrealtime.googleapis.com")],
    ),
    sdk(
        "firebase-performance",
        Root::Package(&["firebase/performance", "@firebase/performance"]),
        &["getPerformance", "initializePerformance"],
        &[],
        FIREBASE_PERFORMANCE,
    ),
    sdk(
        "firebase-app-check",
        Root::Package(&["firebase/app-check", "@firebase/app-check"]),
        &["initializeAppCheck"],
        &[],
        &[Origin("https://content-firebaseappcheck.googleapis.com")],
    ),
    // Firebase from script elements.
    Spec { keeps_options: true, ..maker(Root::Global, &["firebase.initializeApp"], "FirebaseApp", &[]) },
    maker(Root::Global, &["firebase.app"], "FirebaseApp", &[]),
    sdk("firebase-auth", Root::Global, &["firebase.auth"], &[], FIREBASE_AUTH),
    sdk("firebase-firestore", Root::Global, &["firebase.firestore"], &[], FIREBASE_STORE),
    sdk("firebase-storage", Root::Global, &["firebase.storage"], &[], FIREBASE_FILES),
    sdk("firebase-analytics", Root::Global, &["firebase.analytics"], &[], FIREBASE_ANALYTICS),
    sdk("firebase-messaging", Root::Global, &["firebase.messaging"], &[], FIREBASE_MESSAGING),
    sdk("firebase-functions", Root::Global, &["firebase.functions"], &[], FIREBASE_COMPAT_FUNCTIONS),
    sdk("firebase-remote-config", Root::Global, &["firebase.remoteConfig"], &[], FIREBASE_REMOTE_CONFIG),
    sdk("firebase-performance", Root::Global, &["firebase.performance"], &[], FIREBASE_PERFORMANCE),
    Spec {
        transport: Both,
        ..sdk(
            "firebase-database",
            Root::Global,
            &["firebase.database"],
            FIREBASE_DATABASE_URLS,
            FIREBASE_DATABASE_HOSTS,
        )
    },
    sdk("firebase-functions", FIREBASE_COMPAT, &["functions"], &[], FIREBASE_COMPAT_FUNCTIONS),
    sdk("firebase-functions", Root::Client("FirebaseApp"), &["functions"], &[], FIREBASE_CLIENT_FUNCTIONS),
    sdk("firebase-remote-config", FIREBASE_COMPAT, &["remoteConfig"], &[], FIREBASE_REMOTE_CONFIG),
    sdk("firebase-performance", FIREBASE_COMPAT, &["performance"], &[], FIREBASE_PERFORMANCE),
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
    // Maps.
    map("mapbox", Root::Package(&["mapbox-gl"]), &["Map", "default.Map"], MAPBOX_HOSTS),
    map("mapbox", Root::Global, &["mapboxgl.Map"], MAPBOX_HOSTS),
    map("maplibre", Root::Package(&["maplibre-gl"]), &["Map", "default.Map"], &[]),
    map("maplibre", Root::Global, &["maplibregl.Map"], &[]),
    Spec { only_texts: true, ..sdk("map-source", Root::Client("map"), &["addSource"], SOURCE_URLS, &[]) },
    sdk("map-image", Root::Client("map"), &["loadImage"], FIRST, &[]),
    Spec { only_texts: true, ..sdk("map-style", Root::Client("map"), &["setStyle"], STYLE_URLS, &[]) },
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
    sdk(
        "stripe",
        Root::Package(&["vue-stripe-elements-plus"]),
        &["Card", "createToken", "instance"],
        &[],
        STRIPE_HOSTS,
    ),
    // Channels.
    sdk("pusher", Root::Package(&["pusher-js", "pusher-js/with-encryption"]), &[""], &[], PUSHER_HOSTS),
    sdk("pusher", Root::Global, &["Pusher"], &[], PUSHER_HOSTS),
];
