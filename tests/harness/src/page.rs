//! One page of a browser: load, run script, look.

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};

use crate::{
    base64,
    cdp::Connection,
    error::{Error, ErrorKind},
    recording::{ConsoleMessage, Recording, ResponseHead, exception_text},
    rpc::{self, string},
};

/// What a page is told that its reader prefers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ColorScheme {
    /// `prefers-color-scheme: dark`
    Dark,
    /// `prefers-color-scheme: light`
    Light,
}

/// An open page.
///
/// All pages of a browser take turns on one connection: they may live on different threads, but one waits for the other.
#[derive(Debug)]
pub struct Page {
    connection: Arc<Mutex<Connection>>,
    session: String,
    target: String,
    recording: Recording,
}

impl Page {
    pub(crate) fn open(connection: Arc<Mutex<Connection>>) -> Result<Self, Error> {
        let mut browser = rpc::lock(&connection);
        // A window of its own, since a tab in the background neither paints nor keeps its timers.
        let created = browser.call(None, "Target.createTarget", json!({ "url": "about:blank", "newWindow": true }))?;
        let target = string(&created, "targetId")?;
        let attach = json!({ "targetId": target, "flatten": true });
        let session = string(&browser.call(None, "Target.attachToTarget", attach)?, "sessionId")?;
        drop(browser);

        let mut page = Self { connection, session, target, recording: Recording::default() };
        for domain in ["Log", "Network", "Page", "Runtime"] {
            page.call(&format!("{domain}.enable"), json!({}))?;
        }
        page.call("Page.setLifecycleEventsEnabled", json!({ "enabled": true }))?;
        page.call("Network.setCacheDisabled", json!({ "cacheDisabled": true }))?;
        Ok(page)
    }

    /// Loads `url` and waits for the load event of its document.
    ///
    /// # Errors
    ///
    /// When the load fails, or does not finish in time; a document that replaces itself before it has loaded never does.
    pub fn navigate(&mut self, url: &str) -> Result<(), Error> {
        let answer = self.call("Page.navigate", json!({ "url": url }))?;
        if let Some(reason) = answer["errorText"].as_str() {
            return Err(Error::new(ErrorKind::Navigation, format!("load {url}: {reason}")));
        }
        // There is no loader where only the fragment changed.
        let Some(loader) = answer["loaderId"].as_str() else {
            return Ok(());
        };
        self.wait(&format!("load event of {url}"), |recording| recording.has_loaded(loader).then_some(()))
    }

    /// Runs a JavaScript expression in the page, past its `script-src`, and gives its value; a promise is awaited.
    ///
    /// It counts as a user's gesture, so that it may open windows. `undefined` gives null; a number
    /// that JSON lacks gives its name, such as `"NaN"`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Exception`] with the exception's text when the expression throws or the promise is rejected;
    /// [`ErrorKind::Timeout`] when the promise stays pending.
    pub fn evaluate(&mut self, expression: &str) -> Result<Value, Error> {
        let params = json!({
            "expression": expression,
            "awaitPromise": true,
            "returnByValue": true,
            "userGesture": true,
        });
        let mut answer = self.call("Runtime.evaluate", params)?;
        if let Some(details) = answer.get("exceptionDetails") {
            return Err(Error::new(ErrorKind::Exception, exception_text(details)));
        }
        let result = &mut answer["result"];
        let key = if result.get("value").is_some() { "value" } else { "unserializableValue" };
        Ok(result[key].take())
    }

    /// The console's messages since the page was opened.
    ///
    /// The browser tells some of them late: wait with [`Page::wait_for_console`] for one that must come.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub fn console(&mut self) -> Result<&[ConsoleMessage], Error> {
        // What the page said before its answer to this arrives before it.
        self.evaluate("0")?;
        Ok(&self.recording.console)
    }

    /// The first console message, since the page was opened, that `matches`.
    ///
    /// # Errors
    ///
    /// When none comes in time; the message lists the ones that did.
    pub fn wait_for_console(&mut self, matches: impl Fn(&ConsoleMessage) -> bool) -> Result<ConsoleMessage, Error> {
        let found = self.wait("matching console message", |recording| {
            recording.console.iter().find(|message| matches(message)).cloned()
        });
        found.map_err(|error| Error::new(error.kind(), format!("{error}; there were {:?}", self.recording.console)))
    }

    /// The head of the latest response for `url`, the page's own or that of anything it fetched; waits for it.
    ///
    /// `url` is the browser's spelling: `http://page.test/`, with the slash.
    ///
    /// # Errors
    ///
    /// When no such response comes in time.
    pub fn response_head(&mut self, url: &str) -> Result<ResponseHead, Error> {
        self.wait(&format!("response for {url}"), |recording| recording.response_head(url))
    }

    /// Tells the page which colours its reader prefers.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub fn set_color_scheme(&mut self, scheme: ColorScheme) -> Result<(), Error> {
        let value = match scheme {
            ColorScheme::Dark => "dark",
            ColorScheme::Light => "light",
        };
        let features = json!([{ "name": "prefers-color-scheme", "value": value }]);
        self.call("Emulation.setEmulatedMedia", json!({ "features": features })).map(drop)
    }

    /// Gives the page a size in CSS pixels, one to a device pixel.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub fn set_size(&mut self, width: u32, height: u32) -> Result<(), Error> {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", metrics).map(drop)
    }

    /// Writes a PNG picture of the page at this size to `path`.
    ///
    /// # Errors
    ///
    /// When the browser does not answer, or the file can't be written.
    pub fn screenshot(&mut self, path: &Path, width: u32, height: u32) -> Result<(), Error> {
        self.set_size(width, height)?;
        let answer = self.call("Page.captureScreenshot", json!({ "format": "png" }))?;
        let png = base64::decode(&string(&answer, "data")?)
            .ok_or_else(|| Error::new(ErrorKind::Protocol, "the screenshot is not base64"))?;
        let failed = |error| Error::new(ErrorKind::Write, format!("write {}: {error}", path.display()));
        fs::write(path, png).map_err(failed)
    }

    /// Closes the page. A page that is merely dropped stays open as long as its browser.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub fn close(self) -> Result<(), Error> {
        rpc::lock(&self.connection).call(None, "Target.closeTarget", json!({ "targetId": self.target })).map(drop)
    }

    fn call(&mut self, method: &str, params: Value) -> Result<Value, Error> {
        let mut connection = rpc::lock(&self.connection);
        let answer = connection.call(Some(&self.session), method, params);
        while let Some(event) = connection.kept_event(&self.session) {
            self.recording.record(&event);
        }
        answer
    }

    fn wait<T>(&mut self, awaited: &str, ready: impl Fn(&Recording) -> Option<T>) -> Result<T, Error> {
        let mut connection = rpc::lock(&self.connection);
        let deadline = connection.deadline();
        loop {
            if let Some(value) = ready(&self.recording) {
                return Ok(value);
            }
            let event = connection.next_event(&self.session, deadline, awaited)?;
            self.recording.record(&event);
        }
    }
}
