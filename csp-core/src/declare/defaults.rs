//! The directives of `use_defaults: true`.

use crate::DirectiveName;

/// What a declared policy has by `use_defaults: true`, unless it has a directive of that name itself: the defaults of
/// helmet, the middleware that people know.
///
/// There is no `connect-src` among them: connections fall back to `default-src 'self'`.
pub const DEFAULT_DIRECTIVES: [(DirectiveName, &str); 11] = [
    (DirectiveName::DefaultSrc, "'self'"),
    (DirectiveName::BaseUri, "'self'"),
    (DirectiveName::FontSrc, "'self' https: data:"),
    (DirectiveName::FormAction, "'self'"),
    (DirectiveName::FrameAncestors, "'self'"),
    (DirectiveName::ImgSrc, "'self' data:"),
    (DirectiveName::ObjectSrc, "'none'"),
    (DirectiveName::ScriptSrc, "'self'"),
    (DirectiveName::ScriptSrcAttr, "'none'"),
    (DirectiveName::StyleSrc, "'self' https: 'unsafe-inline'"),
    (DirectiveName::UpgradeInsecureRequests, ""),
];

/// The value that a directive has by default.
#[cfg(feature = "syn")]
pub(crate) fn default_value(name: DirectiveName) -> Option<&'static str> {
    DEFAULT_DIRECTIVES.iter().find(|(default, _)| *default == name).map(|(_, value)| *value)
}
