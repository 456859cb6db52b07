//! Chats, calls and games: `@pusher/chatkit-client` 1.14.1, `@andyet/simplewebrtc` 1.32.0, `colyseus.js` 0.16.22.

use super::Implied::FilledBy;
use super::Slot::Key;
use super::Transport::{Both, Http};
use super::{FIRST, Implied, Root, Spec, sdk, sink};

const CHATKIT_HOSTS: &[Implied] =
    &[FilledBy(Key(0, "instanceLocator"), chatkit), FilledBy(Key(0, "instanceLocator"), chatkit_socket)];
const CHATKIT: Root = Root::Package(&["@pusher/chatkit-client", "@pusher/chatkit"]);

/// The cluster is the second part of the locator.
fn chatkit(locator: &str) -> Option<String> {
    locator.split(':').nth(1).map(|cluster| format!("https://{cluster}.pusherplatform.io"))
}

fn chatkit_socket(locator: &str) -> Option<String> {
    locator.split(':').nth(1).map(|cluster| format!("wss://{cluster}.pusherplatform.io"))
}

pub(super) const ROWS: &[Spec] = &[
    sdk("chatkit", CHATKIT, &["ChatManager", "default.ChatManager"], &[], CHATKIT_HOSTS),
    sink(CHATKIT, &["TokenProvider", "default.TokenProvider"], Http, &[Key(0, "url")]),
    sdk("chatkit", Root::Global, &["Chatkit.ChatManager"], &[], CHATKIT_HOSTS),
    sink(Root::Global, &["Chatkit.TokenProvider"], Http, &[Key(0, "url")]),
    sdk(
        "chatkit",
        Root::Package(&["@pusher/chatkit-server"]),
        &["", "default"],
        &[],
        &[FilledBy(Key(0, "instanceLocator"), chatkit)],
    ),
    sink(Root::Package(&["@andyet/simplewebrtc"]), &["Provider"], Http, &[Key(0, "configUrl")]),
    sink(Root::Package(&["@andyet/simplewebrtc"]), &["Actions.connect"], Http, FIRST),
    Spec {
        defaults_to_self: true,
        ..sink(Root::Package(&["colyseus.js", "@colyseus/sdk"]), &["Client", "ColyseusSDK"], Both, FIRST)
    },
    Spec { defaults_to_self: true, ..sink(Root::Global, &["Colyseus.Client"], Both, FIRST) },
];
