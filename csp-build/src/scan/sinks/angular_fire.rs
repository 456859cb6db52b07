//! `AngularFire`, whose services are injected by their types: `@angular/fire` 20.1.0, of which 6.1.5 and `angularfire2` 5.4.2
//! had the same without `compat`. Its modular functions are those of Firebase.

use super::Implied::FilledBoth;
use super::Slot::{Argument, Key};
use super::Transport::Both;
use super::firebase::{
    FIREBASE_ANALYTICS, FIREBASE_AUTH, FIREBASE_AUTH_OLD, FIREBASE_CONFIG, FIREBASE_DATABASE_HOSTS, FIREBASE_FILES,
    FIREBASE_FUNCTIONS, FIREBASE_MESSAGING, FIREBASE_PERFORMANCE, FIREBASE_STORE, of_app,
};
use super::{Implied, Root, Slot, Spec, maker, sdk};

const APP: Root = Root::Package(&["@angular/fire", "@angular/fire/compat", "angularfire2"]);
const STORE: Root =
    Root::Package(&["@angular/fire/compat/firestore", "@angular/fire/firestore", "angularfire2/firestore"]);
const FILES: Root = Root::Package(&["@angular/fire/compat/storage", "@angular/fire/storage", "angularfire2/storage"]);
const DATABASE: Root =
    Root::Package(&["@angular/fire/compat/database", "@angular/fire/database", "angularfire2/database"]);
const FUNCTIONS: Root =
    Root::Package(&["@angular/fire/compat/functions", "@angular/fire/functions", "angularfire2/functions"]);
const MESSAGING: Root =
    Root::Package(&["@angular/fire/compat/messaging", "@angular/fire/messaging", "angularfire2/messaging"]);
const ANALYTICS: Root = Root::Package(&["@angular/fire/compat/analytics", "@angular/fire/analytics"]);
const CONFIG: Root = Root::Package(&["@angular/fire/compat/remote-config", "@angular/fire/remote-config"]);
const PERFORMANCE: Root = Root::Package(&["@angular/fire/compat/performance", "@angular/fire/performance"]);

/// No call of a service has so many arguments: what it needs the app's options have.
const NONE: usize = 9;
const DATABASE_URL: &[Slot] = &[Key(NONE, "databaseURL")];
const FUNCTIONS_HOST: &[Implied] =
    &[FilledBoth(Argument(NONE), "us-central1", Key(NONE, "projectId"), FIREBASE_FUNCTIONS)];

const ANY: &[&str] = &["*"];

pub(super) const ROWS: &[Spec] = &[
    Spec { keeps_options: true, ..maker(APP, &["AngularFireModule.initializeApp"], "FirebaseApp", &[]) },
    maker(Root::Package(&["@angular/fire/compat/auth"]), &["AngularFireAuth"], "AngularFireAuth", &[]),
    sdk("firebase-auth", Root::Client("AngularFireAuth"), ANY, &[], FIREBASE_AUTH),
    maker(
        Root::Package(&["@angular/fire/auth", "angularfire2/auth"]),
        &["AngularFireAuth"],
        "angularfire2.AngularFireAuth",
        &[],
    ),
    sdk("firebase-auth", Root::Client("angularfire2.AngularFireAuth"), ANY, &[], FIREBASE_AUTH_OLD),
    maker(STORE, &["AngularFirestore"], "AngularFirestore", &[]),
    sdk(
        "firebase-firestore",
        Root::Client("AngularFirestore"),
        &["collection", "collectionGroup", "doc", "firestore.*"],
        &[],
        FIREBASE_STORE,
    ),
    maker(FILES, &["AngularFireStorage"], "AngularFireStorage", &[]),
    sdk("firebase-storage", Root::Client("AngularFireStorage"), ANY, &[], FIREBASE_FILES),
    maker(DATABASE, &["AngularFireDatabase"], "AngularFireDatabase", &[]),
    Spec {
        transport: Both,
        ..of_app(sdk(
            "firebase-database",
            Root::Client("AngularFireDatabase"),
            &["list", "object", "database.*"],
            DATABASE_URL,
            FIREBASE_DATABASE_HOSTS,
        ))
    },
    maker(FUNCTIONS, &["AngularFireFunctions"], "AngularFireFunctions", &[]),
    of_app(sdk("firebase-functions", Root::Client("AngularFireFunctions"), ANY, &[], FUNCTIONS_HOST)),
    maker(MESSAGING, &["AngularFireMessaging"], "AngularFireMessaging", &[]),
    sdk("firebase-messaging", Root::Client("AngularFireMessaging"), ANY, &[], FIREBASE_MESSAGING),
    maker(ANALYTICS, &["AngularFireAnalytics"], "AngularFireAnalytics", &[]),
    sdk("firebase-analytics", Root::Client("AngularFireAnalytics"), ANY, &[], FIREBASE_ANALYTICS),
    maker(CONFIG, &["AngularFireRemoteConfig"], "AngularFireRemoteConfig", &[]),
    sdk("firebase-remote-config", Root::Client("AngularFireRemoteConfig"), ANY, &[], FIREBASE_CONFIG),
    maker(PERFORMANCE, &["AngularFirePerformance"], "AngularFirePerformance", &[]),
    sdk("firebase-performance", Root::Client("AngularFirePerformance"), ANY, &[], FIREBASE_PERFORMANCE),
];
