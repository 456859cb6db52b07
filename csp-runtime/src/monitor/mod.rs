//! Violations as they happen: taken in, kept, explained, and shown.
//!
//! A [`Monitor`] takes in what browsers report and what the program's own guards refuse. It classifies and redacts each
//! violation, groups it with its like, and writes the groups to a [`Store`] once a second. Its [router](Monitor::router)
//! belongs into a server:
//!
//! ```no_run
//! use std::net::SocketAddr;
//!
//! use csp_runtime::monitor::Monitor;
//! use csp_runtime::report::OwnPolicies;
//!
//! csp_runtime::connect_src! {
//!     /// Everything the shop's pages may talk to.
//!     static SHOP = [self, "https://api.example.com"];
//! }
//!
//! # async fn serve() -> Result<(), Box<dyn core::error::Error>> {
//! // What the pages are served with.
//! let header = format!("{}; report-uri /__csp/report", SHOP.header());
//! let monitor = Monitor::builder()
//!     .policies(OwnPolicies::new([header]).pages(["https://shop.example.com"]))
//!     .start()
//!     .await?;
//! let guard = SHOP.guard().observer(monitor.observer("https://shop.example.com"));
//!
//! let app = axum::Router::new().merge(monitor.router());
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
//! // The peer's address decides who sees more than the endpoint for reports.
//! axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>()).await?;
//! // Before the program ends: what came in during the last second.
//! monitor.flush().await?;
//! # let _ = guard;
//! # Ok(())
//! # }
//! ```
//!
//! Emit `report-uri` on http, and both `report-uri` and `report-to` on https: no browser delivers `report-to` from a page
//! without TLS.
//!
//! # What it answers
//!
//! | request | who | answer |
//! |---|---|---|
//! | `POST {base}/report` | everybody | 204 to whatever can be read; see below |
//! | `OPTIONS {base}/report` | everybody | 204: every origin may report |
//! | `GET {base}/api/counters` | [authorized](Builder::authorize) | [`Counters`] as JSON |
//! | `GET {base}/api/groups` | authorized | the groups as JSON, at most 1,000: those that people see at first, or all with `?all`; from `offset=`, at most `limit=` |
//! | `GET {base}/` | authorized | the panel; see below |
//! | `GET {base}/listener.js` | everybody | [`LISTENER`], for policies in `<meta>` |
//!
//! Who isn't authorized gets 403; where nobody can be, because a release build has no [closure](Builder::authorize), 404.
//!
//! `{base}/report?d=e` and `?d=r` tell the disposition of reports that don't say theirs, as those of Safari: give them to the policy
//! that is enforced and to the one that is only reported.
//!
//! Browsers send again what isn't answered with 2xx, for a long time: so what was filtered, over a limit or shed is answered
//! with 204 too. What each request counts:
//!
//! | request | answer | counts |
//! |---|---|---|
//! | another method | 405 | nothing: nobody reports so |
//! | another content type, or a compressed body | 415 | 1 rejected |
//! | a body that is no JSON, or breaks off | 400 | 1 rejected |
//! | a body that takes more than 5 seconds | 408 | 1 rejected |
//! | a body longer than 64 KiB, as an array than 1 MiB | 413 | 1 over the limit |
//! | a body for which there is no room, too many being received | 204 | 1 shed |
//! | an array: each violation, noise too | 204 | 1 accepted |
//! | each entry of another type, such as `deprecation` | 204 | 1 filtered |
//! | each entry that can't be read | 204 | 1 rejected |
//! | each entry after the 200th | 204 | 1 over the limit |
//! | an empty array | 204 | nothing |
//!
//! # What the counters mean
//!
//! `accepted + filtered + rejected + over_limit + shed = received`, at any instant: each report is counted once, when it is
//! known what becomes of it. The counters belong to the store. One that lasts goes on counting after a restart, and of a
//! database that several collectors share each tells the sum of all; what the others haven't written yet, at most a second
//! of it, is missing then. The sum of all groups and of [`Totals::other`] is `accepted`, as long as none was
//! [removed](Caps::retention). What guards refuse isn't received, and has a counter of its own.
//!
//! # What is kept
//!
//! A first violation is written at once, then everything once a second, in one transaction. A program that is killed loses
//! what came since: **about the last second**. What is written is never damaged or doubled. Whatever is sent, memory is
//! bounded by [`Caps`]: beyond 10,000 groups, or 1,000 new ones in an hour, violations are counted and no more.
//!
//! | store | feature | for |
//! |---|---|---|
//! | [`MemoryStore`] | | development: it lasts as long as the program |
//! | `SqliteStore` | `sqlite` | one machine |
//! | `PostgresStore` | `postgres` | many collectors, whose counts add up |
//!
//! With the feature `tracing`, each flush makes an event of each group, target `csp::report`: WARN for a new one, INFO for one
//! that goes on, DEBUG for noise, with the fields `group`, `class`, `noticed_by`, `disposition`, `directive`, `blocked`,
//! `document`, `source_file`, `line` and `count`. A subscriber such as that of `opentelemetry-appender-tracing` hands them on
//! as OpenTelemetry logs, to whatever a company has. [`Builder::on_violations`] is the same as a callback.
//!
//! # The panel
//!
//! `{base}/` lists what was blocked, the newest first: the exact URL, the directive, the reason in a sentence, the line to add,
//! how often in each hour. The page of a group has the part that differs from the nearest source, the policy with the directive
//! that decided, the place in the script, the newest samples, and what speaks for the suggestion. Groups are acknowledged,
//! resolved or ignored there. What guards refuse stands among what browsers report. Both pages keep themselves up to date, and
//! work without script.
//!
//! Its policy allows what it serves itself and nothing else, layers of the whole server leave that policy alone, nobody may
//! frame it, and what reports say is text. Its forms are taken from its own pages only: the browser has to say so
//! (`Sec-Fetch-Site`, or else `Origin`), and the form has a token. Browsers say nothing of pages without a referrer over plain
//! http to another machine: there the panel can be read, and its forms aren't taken.
//!
//! The example `monitor` is a whole server with it.
//!
//! # Other servers
//!
//! [`Monitor::collector`] is a tower service for every server of that kind, `Monitor::actix` (with the feature `actix`) the
//! endpoint for actix-web. Others read the body themselves, within [`Monitor::limits`], and hand it to [`Monitor::receive`]:
//!
//! ```
//! use csp_runtime::monitor::{Delivery, Monitor};
//! use csp_runtime::report::{BodyErrorKind, accepts};
//!
//! /// The status of the answer.
//! fn report(monitor: &Monitor, content_type: &str, query: Option<&str>, body: &[u8]) -> u16 {
//!     if !accepts(content_type) {
//!         return 415;
//!     }
//!     match monitor.receive(body, &Delivery::new(query, None)) {
//!         Ok(()) => 204,
//!         Err(error) if matches!(error.kind(), BodyErrorKind::TooLong { .. }) => 413,
//!         Err(_) => 400,
//!     }
//! }
//! ```
//!
//! # What it does not protect against
//!
//! - The endpoint is open, since browsers don't log in. Whoever knows it can send reports: they are claims, and a
//!   [`Suggestion`] says what speaks for it. A flood can fill the caps, so that new groups of others are counted and not
//!   shown until the hour is over.
//! - The header of a request is the server's matter: limit its time and its size there.
//! - Redaction takes out queries, fragments, credentials and nonces; a secret in a path or a host name stays.
//! - Behind a proxy on the same machine every peer is of this machine. A request that says that it was forwarded is refused;
//!   a proxy that adds no header makes the development panel public.

mod access;
#[cfg(feature = "actix")]
mod actix;
mod aggregate;
mod api;
mod builder;
mod caps;
mod collector;
mod counters;
mod document;
mod event;
mod filter;
mod flusher;
mod group;
mod guard;
mod handle;
mod intake;
mod panel;
mod router;
mod store;
mod suggest;
mod timestamp;

pub use access::from_loopback;
pub use builder::{Builder, StartError};
pub use caps::Caps;
pub use collector::Collector;
pub use counters::{Counters, Totals};
pub use event::Event;
pub use filter::{Filter, Order};
pub use group::{Group, GroupId, GroupIdError, HourCount, MOST_SAMPLES, NoticedBy, Sample, State};
pub use guard::GuardObserver;
pub use handle::Monitor;
pub use intake::Delivery;
pub use panel::LISTENER;
#[cfg(feature = "postgres")]
pub use store::PostgresStore;
#[cfg(feature = "sqlite")]
pub use store::SqliteStore;
pub use store::{Flush, GroupDelta, MemoryStore, Store, StoreError, StoreFuture};
pub use suggest::{Evidence, KnownEndpoint, Place, Suggestion};
pub use timestamp::Timestamp;
