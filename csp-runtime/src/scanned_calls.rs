use crate::covers::ScannedCall;

/// What a build script found in the front end, made by [`scanned_calls!`](macro@crate::scanned_calls).
///
/// ```
/// # use csp_runtime::ScannedCalls;
/// const FOUND: ScannedCalls = ScannedCalls::new(
///     &[("https://api.example.com", "fetch", "web/src/users.ts:4:10")],
///     &[("WebSocket", "web/src/live.ts:9:14")],
/// );
/// for (origin, sink, place) in FOUND.calls() {
///     println!("{place}: {sink} connects to {origin}");
/// }
/// assert_eq!(FOUND.unresolved().len(), 1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct ScannedCalls {
    calls: &'static [ScannedCall],
    unresolved: &'static [(&'static str, &'static str)],
}

impl ScannedCalls {
    /// Calls as [`calls`](Self::calls) and [`unresolved`](Self::unresolved) give them: what a build script writes with
    /// `emit_rust()` in another crate, where none is unresolved.
    pub const fn new(calls: &'static [ScannedCall], unresolved: &'static [(&'static str, &'static str)]) -> Self {
        Self { calls, unresolved }
    }

    /// Each call: the origin or `'self'`, the function that connects, and the place as `file:line:column`.
    #[must_use]
    pub const fn calls(&self) -> &'static [ScannedCall] {
        self.calls
    }

    /// The calls of which nobody knows where they connect: the function, and the place as `file:line:column`.
    #[must_use]
    pub const fn unresolved(&self) -> &'static [(&'static str, &'static str)] {
        self.unresolved
    }
}
