//! Calls of what nobody says what it is, by the names that only what connects has.
//!
//! A function called `fetch` that is handed in is the platform's, or stands in for it: `load({ fetch })` of `SvelteKit`, a
//! client's `options.fetch`. Where the URL isn't known, such a call is listed.

use std::rc::Rc;

use super::Resolver;
use super::origin::origins;
use super::report::METHODS;
use super::value::{Client, FileId, Made, Value};
use crate::scan::report::SELF_ORIGIN;
use crate::scan::sinks::Transport;
use crate::scan::summary::{CallSite, Expr};

impl Resolver<'_> {
    /// What a call is most likely of, where its callee is known by its name alone.
    pub(super) fn likely(&mut self, file: FileId, site: &CallSite, callee: &Value, made: &Made) -> Option<Value> {
        let is_handed_in = match callee {
            Value::Unknown(hole) => hole.parameter.is_some(),
            Value::Global(name) if name.starts_with("this.") => true,
            Value::External { source, path } if !source.starts_with("rust:") && self.row(callee).is_none() => {
                if path.rsplit('.').next() != Some("fetch") {
                    return None;
                }
                path == "fetch"
            }
            _ => return None,
        };
        let parsed = self.project.summary(file)?;
        let summary = &parsed.summary;
        let Expr::Call(callee, arguments) = summary.expression(site.expression) else { return None };
        let (name, is_member) = match summary.expression(*callee) {
            Expr::Symbol(symbol) => (summary.binding(*symbol)?.name.as_str(), false),
            Expr::Member(_, name) => (name.as_str(), true),
            _ => return None,
        };
        let place = match name {
            "open" => 1,
            "sendBeacon" => 0,
            name if is_fetch(name, is_member) => 0,
            _ => return None,
        };
        arguments.get(place)?;
        if name == "open" {
            let is_method = |value: &Value| matches!(value, Value::Text(text) if METHODS.iter().any(|method| text.known.eq_ignore_ascii_case(method)));
            let client = Client { class: "XMLHttpRequest", bases: Vec::new(), options: Vec::new(), place: None };
            let is_request = is_member && self.argument(made, 0).iter().any(is_method);
            return is_request.then(|| Value::Method(Rc::new(client), "open".to_owned()));
        }
        // Models and caches have a method of that name, too: it takes options, a key, or nothing.
        let urls = self.argument(made, place);
        let is_url = |value: &Value| match value {
            Value::Text(text) => {
                let is_own = origins(text, Transport::Http).is_ok_and(|origins| origins == [SELF_ORIGIN]);
                !is_own || is_handed_in || !is_member
            }
            Value::Unknown(_) => true,
            _ => false,
        };
        if !urls.iter().any(is_url) {
            return None;
        }
        let known = if name == "sendBeacon" { "navigator.sendBeacon" } else { "fetch" };
        Some(Value::Global(known.to_owned()))
    }
}

/// `fetch`, `nativeFetch`, `fetchImpl`
fn is_fetch(name: &str, is_member: bool) -> bool {
    let name = name.trim_start_matches(['_', '#', '$']);
    // A method such as `refetch` or `prefetch` runs a query again.
    let is_whose = name.ends_with("Fetch") && !is_member;
    name == "fetch"
        || is_whose
        || ["fetchImpl", "fetchImplementation", "fetchFn", "fetchFunc", "fetchFunction", "fetchApi", "fetchLike"]
            .contains(&name)
}
