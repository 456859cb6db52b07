//! The panel: what was blocked, and why, for people.
//!
//! Pages are written by the server and work without script. With it, they keep themselves up to date. They ask nothing of
//! any other server, and their policy allows nothing else.

mod assets;
mod difference;
mod events;
mod forgery;
mod group_page;
mod layout;
mod list_page;
mod parts;
mod test_violation;
mod view;

use alloc::format;
use alloc::string::{String, ToString};

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use http::header::{COOKIE, HeaderMap, LOCATION};
use http::{HeaderName, HeaderValue, StatusCode, Uri};

pub use assets::LISTENER;

use self::forgery::Token;
use self::view::View;
use super::{Group, GroupId, Monitor, StoreError, api};

/// The forms of the panel are short.
const LONGEST_FORM: usize = 4 << 10;

/// What the handlers share.
#[derive(Clone, Debug)]
struct Panel {
    monitor: Monitor,
    token: Option<Token>,
}

/// What those who are authorized may see.
pub(super) fn routes<S>(monitor: &Monitor) -> Router<S> {
    let base = monitor.base();
    let panel = Panel { monitor: monitor.clone(), token: Token::new() };
    let router = Router::new()
        .route(&format!("{base}/"), get(list))
        .route(&format!("{base}/events"), get(events::events))
        .route(&format!("{base}/group/{{id}}"), get(group))
        .route(&format!("{base}/group/{{id}}/state"), post(set_state))
        .route(&format!("{base}/test"), post(test))
        .route(&format!("{base}/panel.css"), get(assets::style))
        .route(&format!("{base}/panel.js"), get(assets::script))
        .route(&format!("{base}/icon.svg"), get(assets::icon));
    let router = if base.is_empty() { router } else { router.route(base, get(to_base)) };
    // As a layer of ours, so that one of the whole server's leaves these pages alone.
    router.layer(DefaultBodyLimit::max(LONGEST_FORM)).layer(layout::PANEL.layer()).with_state(panel)
}

/// What every page may load.
pub(super) fn open_routes<S: Clone + Send + Sync + 'static>(monitor: &Monitor) -> Router<S> {
    Router::new().route(&format!("{}/listener.js", monitor.base()), get(assets::listener))
}

/// The links of the pages are relative to what stands behind the slash.
async fn to_base(uri: Uri) -> Response {
    let last = uri.path().rsplit('/').next().unwrap_or_default();
    see_other(&format!("{last}/"))
}

async fn list(State(panel): State<Panel>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let view = match View::parse(query.as_deref().unwrap_or_default()) {
        Ok(view) => view,
        Err(mistake) => return layout::problem(StatusCode::BAD_REQUEST, "./", "There is no such view", &mistake),
    };
    let token = panel.token_for(&headers);
    match list_page::render(&panel.monitor, &view, &token).await {
        Ok(page) => with_token(layout::answer(StatusCode::OK, page), &token),
        Err(error) => unavailable("./", &error),
    }
}

async fn group(State(panel): State<Panel>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let group = match panel.group(&id).await {
        Ok(Some(group)) => group,
        Ok(None) => return no_group(&id),
        Err(error) => return unavailable("../", &error),
    };
    let token = panel.token_for(&headers);
    let page = group_page::render(&panel.monitor, &group, &token);
    with_token(layout::answer(StatusCode::OK, page), &token)
}

async fn set_state(State(panel): State<Panel>, Path(id): Path<String>, headers: HeaderMap, form: String) -> Response {
    let form = match panel.form(&headers, &form) {
        Ok(form) => form,
        Err(why) => return layout::problem(StatusCode::FORBIDDEN, "../../", "This didn't come from the panel", why),
    };
    let Some(state) = form.value("state").and_then(|word| super::State::from_word(&word)) else {
        let words: alloc::vec::Vec<_> = super::State::ALL.iter().map(|state| state.as_str()).collect();
        let expected = format!("expected `state` to be one of {}", words.join(", "));
        return layout::problem(StatusCode::BAD_REQUEST, "../../", "There is no such state", &expected);
    };
    let Ok(known) = id.parse::<GroupId>() else { return no_group(&id) };
    match panel.monitor.set_state(known, state).await {
        Ok(true) => see_other(&format!("../{known}")),
        Ok(false) => no_group(&id),
        Err(error) => unavailable("../../", &error),
    }
}

async fn test(State(panel): State<Panel>, headers: HeaderMap, form: String) -> Response {
    if let Err(why) = panel.form(&headers, &form) {
        return layout::problem(StatusCode::FORBIDDEN, "./", "This didn't come from the panel", why);
    }
    match test_violation::send(&panel.monitor, &headers).await {
        Ok(()) => see_other("./"),
        Err(error) => unavailable("./", &error),
    }
}

impl Panel {
    async fn group(&self, id: &str) -> Result<Option<Group>, StoreError> {
        match id.parse() {
            Ok(id) => self.monitor.group(id).await,
            Err(_) => Ok(None),
        }
    }

    /// The token of a page: where the system has no random numbers, none, and no form is taken.
    fn token_for(&self, headers: &HeaderMap) -> String {
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let known = cookies.flat_map(forgery::cookies).find(|value| forgery::is_token(value));
        known.map(Into::into).or_else(|| self.token.as_ref().map(ToString::to_string)).unwrap_or_default()
    }

    fn form<'a>(&self, headers: &HeaderMap, form: &'a str) -> Result<forgery::Form<'a>, &'static str> {
        forgery::Form::read(self.token.as_ref(), headers, form)
    }
}

fn with_token(mut response: Response, token: &str) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(&forgery::set_cookie(token)) {
        response.headers_mut().insert(http::header::SET_COOKIE, cookie);
    }
    response
}

fn see_other(target: &str) -> Response {
    const NO_REFERRER: (HeaderName, &str) = (http::header::REFERRER_POLICY, "no-referrer");
    match HeaderValue::from_str(target) {
        Ok(target) => {
            let headers = [(LOCATION, target), (NO_REFERRER.0, HeaderValue::from_static(NO_REFERRER.1))];
            (StatusCode::SEE_OTHER, headers).into_response()
        }
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

fn no_group(id: &str) -> Response {
    let what = format!("There is no group `{}`: it may have been removed for its age.", csp_core::excerpt(id));
    layout::problem(StatusCode::NOT_FOUND, "../", "Nothing is known of this", &what)
}

fn unavailable(root: &str, error: &StoreError) -> Response {
    // It tells those who run the program why.
    let answer = api::unavailable(error);
    let what = "The store can't be read at present. The program's log says why.";
    layout::problem(answer.status(), root, "There is nothing to show now", what)
}
