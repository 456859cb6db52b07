//! One page of a Firefox, driven by [WebDriver BiDi](https://www.w3.org/TR/webdriver-bidi/): load and run script.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::{
    error::{Error, ErrorKind},
    rpc::{self, Rpc, string},
};

/// An open page of a [`Firefox`](crate::Firefox).
///
/// All pages of a browser take turns on one connection: they may live on different threads, but one waits for the other.
#[derive(Debug)]
pub struct FirefoxPage {
    connection: Arc<Mutex<Rpc>>,
    context: String,
}

impl FirefoxPage {
    pub(crate) fn open(connection: Arc<Mutex<Rpc>>) -> Result<Self, Error> {
        let created = call(&connection, "browsingContext.create", json!({ "type": "tab" }))?;
        Ok(Self { connection, context: string(&created, "context")? })
    }

    /// Loads `url` and waits for the load event of its document.
    ///
    /// # Errors
    ///
    /// When the load fails, or does not finish in time.
    pub fn navigate(&mut self, url: &str) -> Result<(), Error> {
        let params = json!({ "context": self.context, "url": url, "wait": "complete" });
        match call(&self.connection, "browsingContext.navigate", params) {
            Err(error) if error.kind() == ErrorKind::Protocol => {
                Err(Error::new(ErrorKind::Navigation, format!("load {url}: {error}")))
            }
            other => other.map(drop),
        }
    }

    /// Runs a JavaScript expression in the page, past its `script-src`, and gives its value; a promise is awaited.
    ///
    /// The value is what JSON makes of it: `undefined` and `NaN` give null.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Exception`] with the exception's text when the expression throws or the promise is rejected;
    /// [`ErrorKind::Timeout`] when the promise stays pending.
    pub fn evaluate(&mut self, expression: &str) -> Result<Value, Error> {
        // As JSON, because the protocol's own form of values names the type of each.
        let params = json!({
            "expression": format!("(async () => JSON.stringify(await (\n{expression}\n)))()"),
            "target": { "context": self.context },
            "awaitPromise": true,
            "userActivation": true,
        });
        let answer = call(&self.connection, "script.evaluate", params)?;
        if let Some(details) = answer.get("exceptionDetails") {
            return Err(Error::new(ErrorKind::Exception, string(details, "text")?));
        }
        match answer["result"]["value"].as_str() {
            Some(text) => serde_json::from_str(text)
                .map_err(|error| Error::new(ErrorKind::Protocol, format!("a value that is no JSON: {error}"))),
            None => Ok(Value::Null),
        }
    }

    /// Closes the page. A page that is merely dropped stays open as long as its browser.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub fn close(self) -> Result<(), Error> {
        call(&self.connection, "browsingContext.close", json!({ "context": self.context })).map(drop)
    }
}

/// No event is subscribed to: what comes before the answer is the answer to a command that was not waited for.
fn call(connection: &Mutex<Rpc>, method: &str, params: Value) -> Result<Value, Error> {
    let mut command = json!({ "method": method });
    command["params"] = params;
    rpc::lock(connection).call(command, drop)
}
