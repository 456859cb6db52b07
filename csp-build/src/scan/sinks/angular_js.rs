//! `AngularJS`, whose injector hands out clients by the names of parameters: `$http`, `$resource`, and what `restangular`
//! 1.6.1, `ng-file-upload` 12.2.13, `angular-file-upload` 2.6.1 and `angular-websocket` 2.0.1 add.

use super::Slot::{Argument, Key};
use super::Transport::{Http, Socket};
use super::{FIRST, Root, Slot, Spec, maker, sink};

const RESOURCE: &[Slot] = &[Argument(0), Key(2, "*.url")];

pub(super) const ROWS: &[Spec] = &[
    maker(Root::Global, &["$http"], "$http", &[]),
    sink(Root::Client("$http"), &["get", "post", "put", "patch", "delete", "head"], Http, FIRST),
    sink(Root::Client("$http"), &[""], Http, &[Key(0, "url")]),
    maker(Root::Global, &["$resource"], "$resource", &[]),
    sink(Root::Client("$resource"), &[""], Http, RESOURCE),
    maker(Root::Global, &["$templateRequest"], "$templateRequest", &[]),
    sink(Root::Client("$templateRequest"), &[""], Http, FIRST),
    maker(Root::Global, &["$websocket"], "$websocket", &[]),
    sink(Root::Client("$websocket"), &[""], Socket, &[Argument(0), Key(0, "url")]),
    maker(Root::Global, &["Restangular", "RestangularProvider"], "Restangular", &[]),
    sink(Root::Client("Restangular"), &["setBaseUrl"], Http, FIRST),
    sink(Root::Client("Restangular"), &["allUrl", "oneUrl"], Http, &[Argument(1)]),
    maker(Root::Global, &["Upload"], "ng-file-upload", &[]),
    sink(Root::Client("ng-file-upload"), &["http", "upload"], Http, &[Key(0, "url")]),
    maker(Root::Global, &["FileUploader"], "angular-file-upload", &[]),
    sink(Root::Client("angular-file-upload"), &[""], Http, &[Key(0, "url")]),
];
