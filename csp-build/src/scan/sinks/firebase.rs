//! Firebase, whose hosts its own packages imply, read in these versions:
//!
//! - analytics 0.10.25, app-check 0.13.1, auth 1.13.6, database 1.1.5, firestore 4.17.2, functions 0.14.0, installations
//!   0.6.24, messaging 0.13.3, performance 0.7.14, remote-config 0.9.3, storage 0.14.5. Analytics loads a script that
//!   measures, and where that one sends to stands in no package.
//! - auth 0.16.8, of `firebase` 8: it also asks `www.googleapis.com`. The address of a script element tells the version, most
//!   often.

use super::Implied::{Before, FilledBoth, Origin, OtherwiseFilled, Siblings};
use super::Slot::{Argument, Key};
use super::Transport::Both;
use super::{Implied, Root, Slot, Spec, maker, sdk};

const FIREBASE_APP: Root =
    Root::Package(&["firebase/app", "@firebase/app", "firebase/compat/app", "firebase", "@angular/fire/app"]);
const FIREBASE_COMPAT: Root = Root::Package(&["firebase/compat/app", "firebase/app", "firebase"]);
/// The namespaces of version 8 and before.
const FIREBASE_OLD: Root = Root::Package(&["firebase/app", "firebase"]);
const FIREBASE_DATABASE: Root = Root::Package(&["firebase/database", "@firebase/database", "@angular/fire/database"]);
pub(super) const FIREBASE_AUTH: &[Implied] =
    &[Origin("https://identitytoolkit.googleapis.com"), Origin("https://securetoken.googleapis.com")];
pub(super) const FIREBASE_AUTH_OLD: &[Implied] = &[
    Origin("https://identitytoolkit.googleapis.com"),
    Origin("https://securetoken.googleapis.com"),
    Origin("https://www.googleapis.com"),
];
const FIREBASE_AUTH_OF_SCRIPT: &[Implied] = &[
    Origin("https://identitytoolkit.googleapis.com"),
    Origin("https://securetoken.googleapis.com"),
    Before("firebase", 9, "https://www.googleapis.com"),
];
pub(super) const FIREBASE_STORE: &[Implied] = &[Origin("https://firestore.googleapis.com")];
pub(super) const FIREBASE_FILES: &[Implied] = &[Origin("https://firebasestorage.googleapis.com")];
pub(super) const FIREBASE_ANALYTICS: &[Implied] = &[
    Origin("https://firebase.googleapis.com"),
    Origin("https://firebaseinstallations.googleapis.com"),
    Origin("https://www.google-analytics.com"),
];
pub(super) const FIREBASE_MESSAGING: &[Implied] =
    &[Origin("https://fcmregistrations.googleapis.com"), Origin("https://firebaseinstallations.googleapis.com")];
pub(super) const FIREBASE_FUNCTIONS: &str = "https://{}-{}.cloudfunctions.net";
pub(super) const FIREBASE_CONFIG: &[Implied] =
    &[Origin("https://firebaseremoteconfig.googleapis.com"), Origin("https://firebaseinstallations.googleapis.com")];
pub(super) const FIREBASE_PERFORMANCE: &[Implied] = &[
    Origin("https://firebaselogging-pa.googleapis.com"),
    Origin("https://firebaseremoteconfig.googleapis.com"),
    Origin("https://firebaseinstallations.googleapis.com"),
];
const FIREBASE_DATABASE_URLS: &[Slot] = &[Argument(1), Key(0, "databaseURL")];
/// The first answer names the server that the database is on.
pub(super) const FIREBASE_DATABASE_HOSTS: &[Implied] = &[
    OtherwiseFilled(Key(0, "projectId"), "https://{}-default-rtdb.firebaseio.com"),
    OtherwiseFilled(Key(0, "projectId"), "wss://{}-default-rtdb.firebaseio.com"),
    Siblings,
];

/// What a call doesn't say, the app does that was made with all options.
pub(super) const fn of_app(spec: Spec) -> Spec {
    Spec { kept_by: Some("FirebaseApp"), ..spec }
}

pub(super) const ROWS: &[Spec] = &[
    Spec { keeps_options: true, ..maker(FIREBASE_APP, &["initializeApp"], "FirebaseApp", &[]) },
    maker(FIREBASE_APP, &["getApp", "app"], "FirebaseApp", &[]),
    Spec { keeps_options: true, ..maker(Root::Global, &["firebase.initializeApp"], "FirebaseApp", &[]) },
    maker(Root::Global, &["firebase.app"], "FirebaseApp", &[]),
    sdk(
        "firebase-auth",
        Root::Package(&["firebase/auth", "@firebase/auth", "firebase/auth/web-extension", "@angular/fire/auth"]),
        &["getAuth", "initializeAuth"],
        &[],
        FIREBASE_AUTH,
    ),
    sdk("firebase-auth", FIREBASE_OLD, &["auth"], &[], FIREBASE_AUTH_OLD),
    sdk("firebase-auth", FIREBASE_COMPAT, &["auth"], &[], FIREBASE_AUTH),
    sdk("firebase-auth", Root::Global, &["firebase.auth"], &[], FIREBASE_AUTH_OF_SCRIPT),
    sdk("firebase-auth", Root::Client("FirebaseApp"), &["auth"], &[], FIREBASE_AUTH),
    sdk(
        "firebase-firestore",
        Root::Package(&[
            "firebase/firestore",
            "firebase/firestore/lite",
            "@firebase/firestore",
            "@angular/fire/firestore",
            "@angular/fire/firestore/lite",
        ]),
        &["getFirestore", "initializeFirestore"],
        &[],
        FIREBASE_STORE,
    ),
    sdk("firebase-firestore", FIREBASE_COMPAT, &["firestore"], &[], FIREBASE_STORE),
    sdk("firebase-firestore", Root::Global, &["firebase.firestore"], &[], FIREBASE_STORE),
    sdk("firebase-firestore", Root::Client("FirebaseApp"), &["firestore"], &[], FIREBASE_STORE),
    sdk(
        "firebase-storage",
        Root::Package(&["firebase/storage", "@firebase/storage", "@angular/fire/storage"]),
        &["getStorage"],
        &[],
        FIREBASE_FILES,
    ),
    sdk("firebase-storage", FIREBASE_COMPAT, &["storage"], &[], FIREBASE_FILES),
    sdk("firebase-storage", Root::Global, &["firebase.storage"], &[], FIREBASE_FILES),
    sdk("firebase-storage", Root::Client("FirebaseApp"), &["storage"], &[], FIREBASE_FILES),
    Spec {
        transport: Both,
        ..of_app(sdk(
            "firebase-database",
            FIREBASE_DATABASE,
            &["getDatabase"],
            FIREBASE_DATABASE_URLS,
            FIREBASE_DATABASE_HOSTS,
        ))
    },
    Spec {
        transport: Both,
        ..of_app(sdk(
            "firebase-database",
            FIREBASE_COMPAT,
            &["database"],
            FIREBASE_DATABASE_URLS,
            FIREBASE_DATABASE_HOSTS,
        ))
    },
    Spec {
        transport: Both,
        ..of_app(sdk(
            "firebase-database",
            Root::Global,
            &["firebase.database"],
            FIREBASE_DATABASE_URLS,
            FIREBASE_DATABASE_HOSTS,
        ))
    },
    of_app(sdk(
        "firebase-functions",
        Root::Package(&["firebase/functions", "@firebase/functions", "@angular/fire/functions"]),
        &["getFunctions"],
        &[],
        &[FilledBoth(Argument(1), "us-central1", Key(0, "projectId"), FIREBASE_FUNCTIONS)],
    )),
    // The method of an app has the region as its first argument, the namespaces have none.
    of_app(sdk(
        "firebase-functions",
        Root::Client("FirebaseApp"),
        &["functions"],
        &[],
        &[FilledBoth(Argument(0), "us-central1", Key(0, "projectId"), FIREBASE_FUNCTIONS)],
    )),
    of_app(sdk(
        "firebase-functions",
        FIREBASE_COMPAT,
        &["functions"],
        &[],
        &[FilledBoth(Argument(1), "us-central1", Key(0, "projectId"), FIREBASE_FUNCTIONS)],
    )),
    of_app(sdk(
        "firebase-functions",
        Root::Global,
        &["firebase.functions"],
        &[],
        &[FilledBoth(Argument(1), "us-central1", Key(0, "projectId"), FIREBASE_FUNCTIONS)],
    )),
    sdk(
        "firebase-analytics",
        Root::Package(&["firebase/analytics", "@firebase/analytics", "@angular/fire/analytics"]),
        &["getAnalytics", "initializeAnalytics"],
        &[],
        FIREBASE_ANALYTICS,
    ),
    sdk("firebase-analytics", FIREBASE_COMPAT, &["analytics"], &[], FIREBASE_ANALYTICS),
    sdk("firebase-analytics", Root::Global, &["firebase.analytics"], &[], FIREBASE_ANALYTICS),
    sdk(
        "firebase-messaging",
        Root::Package(&[
            "firebase/messaging",
            "firebase/messaging/sw",
            "@firebase/messaging",
            "@angular/fire/messaging",
        ]),
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
    sdk("firebase-messaging", Root::Global, &["firebase.messaging"], &[], FIREBASE_MESSAGING),
    sdk(
        "firebase-remote-config",
        Root::Package(&["firebase/remote-config", "@firebase/remote-config", "@angular/fire/remote-config"]),
        &["getRemoteConfig"],
        &[],
        FIREBASE_CONFIG,
    ),
    sdk("firebase-remote-config", FIREBASE_COMPAT, &["remoteConfig"], &[], FIREBASE_CONFIG),
    sdk("firebase-remote-config", Root::Global, &["firebase.remoteConfig"], &[], FIREBASE_CONFIG),
    // The stream of updates has a host of its own.
    sdk(
        "firebase-remote-config",
        Root::Package(&["firebase/remote-config", "@firebase/remote-config", "@angular/fire/remote-config"]),
        &["onConfigUpdate"],
        &[],
        &[Origin("https://firebaseremoteconfigrealtime.googleapis.com")],
    ),
    sdk(
        "firebase-performance",
        Root::Package(&["firebase/performance", "@firebase/performance", "@angular/fire/performance"]),
        &["getPerformance", "initializePerformance"],
        &[],
        FIREBASE_PERFORMANCE,
    ),
    sdk("firebase-performance", FIREBASE_COMPAT, &["performance"], &[], FIREBASE_PERFORMANCE),
    sdk("firebase-performance", Root::Global, &["firebase.performance"], &[], FIREBASE_PERFORMANCE),
    sdk(
        "firebase-app-check",
        Root::Package(&["firebase/app-check", "@firebase/app-check", "@angular/fire/app-check"]),
        &["initializeAppCheck"],
        &[],
        &[Origin("https://content-firebaseappcheck.googleapis.com")],
    ),
];
