//! Ember: adapters of `ember-data` 5.9.1, whose classes say which host they ask, `ember-ajax` 5.1.2, `ember-fetch` 8.1.2, whose
//! module is named `fetch`, and `ember-simple-auth` 8.4.1.

use super::Implied::Otherwise;
use super::Slot::Key;
use super::Transport::Http;
use super::{FIRST, Implied, Root, Slot, Spec, sdk, sink};
use crate::scan::report::SELF_ORIGIN;

/// Mixins may stand before the options.
const HOSTS: &[Slot] = &[Key(0, "host"), Key(1, "host"), Key(2, "host")];
const OWN: &[Implied] = &[Otherwise(SELF_ORIGIN)];
const TOKENS: &[Slot] = &[Key(0, "serverTokenEndpoint"), Key(0, "serverTokenRevocationEndpoint")];

pub(super) const ROWS: &[Spec] = &[
    sdk(
        "ember-data",
        Root::Package(&["ember-data"]),
        &[
            "ActiveModelAdapter.extend",
            "JSONAPIAdapter.extend",
            "JSONAPIAdapter.reopen",
            "RESTAdapter.extend",
            "RESTAdapter.reopen",
        ],
        HOSTS,
        OWN,
    ),
    sdk(
        "ember-data",
        Root::Global,
        &[
            "DS.ActiveModelAdapter.extend",
            "DS.JSONAPIAdapter.extend",
            "DS.JSONAPIAdapter.reopen",
            "DS.RESTAdapter.extend",
            "DS.RESTAdapter.reopen",
        ],
        HOSTS,
        OWN,
    ),
    sdk(
        "ember-data",
        Root::Package(&[
            "@ember-data/adapter/json-api",
            "@ember-data/adapter/rest",
            "@warp-drive/legacy/adapter/json-api",
            "@warp-drive/legacy/adapter/rest",
            "active-model-adapter",
            "ember-data/adapters/json-api",
            "ember-data/adapters/rest",
        ]),
        &["extend", "reopen"],
        HOSTS,
        OWN,
    ),
    sink(Root::Package(&["ember-ajax/services/ajax"]), &["extend"], Http, HOSTS),
    sink(Root::Package(&["ember-ajax"]), &["raw", "request"], Http, FIRST),
    sink(Root::Package(&["ember-ajax/raw", "ember-ajax/request", "ember-fetch/ajax"]), &[""], Http, FIRST),
    sdk(
        "ember-simple-auth",
        Root::Package(&[
            "ember-simple-auth/authenticators/devise",
            "ember-simple-auth/authenticators/oauth2-password-grant",
        ]),
        &["extend"],
        TOKENS,
        OWN,
    ),
];
