use alloc::string::String;

use reqwest::Url;

use crate::Endpoint;

/// What a guarded client takes as a URL: what reqwest takes, a `&Url`, and an [`Endpoint`].
///
/// It is parsed once, and what is parsed is what is checked and dialled.
pub trait RequestUrl: sealed::RequestUrl {}

impl<T: sealed::RequestUrl> RequestUrl for T {}

pub(super) mod sealed {
    use super::{String, Url};

    pub trait RequestUrl {
        /// The URL, or the text that is none.
        fn read(self) -> Result<Url, String>;
    }
}

impl sealed::RequestUrl for Url {
    fn read(self) -> Result<Url, String> {
        Ok(self)
    }
}

impl sealed::RequestUrl for &Url {
    fn read(self) -> Result<Url, String> {
        Ok(self.clone())
    }
}

impl sealed::RequestUrl for &str {
    fn read(self) -> Result<Url, String> {
        Url::parse(self).map_err(|_| self.into())
    }
}

impl sealed::RequestUrl for String {
    fn read(self) -> Result<Url, String> {
        Url::parse(&self).map_err(|_| self)
    }
}

impl sealed::RequestUrl for &String {
    fn read(self) -> Result<Url, String> {
        self.as_str().read()
    }
}

impl sealed::RequestUrl for Endpoint {
    fn read(self) -> Result<Url, String> {
        self.as_str().read()
    }
}
