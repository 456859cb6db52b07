//! What Rails brings to pages: `@rails/actioncable` 8.1.400, `@rails/request.js` 0.0.13, `@rails/ujs` 7.1.600,
//! `@rails/activestorage` 8.1.301 and `@hotwired/turbo` 8.0.23. Which service stores an upload only the server's answer says.

use super::Slot::{Argument, Key};
use super::Transport::{Http, Socket};
use super::{FIRST, Root, Spec, sink};

pub(super) const ROWS: &[Spec] = &[
    Spec {
        defaults_to_self: true,
        ..sink(
            Root::Package(&["@rails/actioncable", "actioncable", "@anycable/web", "@anycable/core"]),
            &["createConsumer", "createCable", "default.createConsumer"],
            Socket,
            FIRST,
        )
    },
    Spec { defaults_to_self: true, ..sink(Root::Global, &["ActionCable.createConsumer"], Socket, FIRST) },
    sink(Root::Package(&["@rails/request.js"]), &["destroy", "get", "patch", "post", "put"], Http, FIRST),
    sink(Root::Package(&["@rails/request.js"]), &["FetchRequest"], Http, &[Argument(1)]),
    sink(Root::Package(&["@rails/ujs", "rails-ujs"]), &["ajax", "default.ajax"], Http, &[Key(0, "url")]),
    sink(Root::Global, &["Rails.ajax"], Http, &[Key(0, "url")]),
    sink(
        Root::Package(&["@rails/activestorage", "activestorage"]),
        &["DirectUpload", "default.DirectUpload"],
        Http,
        &[Argument(1)],
    ),
    sink(Root::Global, &["ActiveStorage.DirectUpload"], Http, &[Argument(1)]),
    Spec {
        only_texts: true,
        ..sink(Root::Package(&["@hotwired/turbo", "@hotwired/turbo-rails"]), &["visit", "Turbo.visit"], Http, FIRST)
    },
    Spec { only_texts: true, ..sink(Root::Global, &["Turbo.visit"], Http, FIRST) },
];
