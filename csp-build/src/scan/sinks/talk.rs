//! Chats, calls and games: `@pusher/chatkit-client` 1.14.1, `@andyet/simplewebrtc` 1.32.0, `colyseus.js` 0.16.22.

use super::Implied::FilledPart;
use super::Slot::Key;
use super::Transport::{Both, Http};
use super::{FIRST, Implied, Root, Spec, sdk, sink};

/// The cluster is the second part of the locator.
const CHATKIT_HOSTS: &[Implied] = &[
    FilledPart(Key(0, "instanceLocator"), ':', 1, "https://{}.pusherplatform.io"),
    FilledPart(Key(0, "instanceLocator"), ':', 1, "wss://{}.pusherplatform.io"),
];
const CHATKIT: Root = Root::Package(&["@pusher/chatkit-client", "@pusher/chatkit"]);

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
        &[FilledPart(Key(0, "instanceLocator"), ':', 1, "https://{}.pusherplatform.io")],
    ),
    sink(Root::Package(&["@andyet/simplewebrtc"]), &["Provider"], Http, &[Key(0, "configUrl")]),
    sink(Root::Package(&["@andyet/simplewebrtc"]), &["Actions.connect"], Http, FIRST),
    Spec {
        defaults_to_self: true,
        ..sink(Root::Package(&["colyseus.js", "@colyseus/sdk"]), &["Client", "ColyseusSDK"], Both, FIRST)
    },
    Spec { defaults_to_self: true, ..sink(Root::Global, &["Colyseus.Client"], Both, FIRST) },
];
