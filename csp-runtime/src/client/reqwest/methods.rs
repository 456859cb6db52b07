//! What the asynchronous and the blocking client have in common: reqwest's two differ in types, not in words.

/// The methods of a client with the fields `client` and `guard`.
macro_rules! client_methods {
    ($client:ident, $builder:ident) => {
        impl $client {
            /// A GET request.
            pub fn get(&self, url: impl RequestUrl) -> $builder {
                self.request(Method::GET, url)
            }

            /// A POST request.
            pub fn post(&self, url: impl RequestUrl) -> $builder {
                self.request(Method::POST, url)
            }

            /// A PUT request.
            pub fn put(&self, url: impl RequestUrl) -> $builder {
                self.request(Method::PUT, url)
            }

            /// A PATCH request.
            pub fn patch(&self, url: impl RequestUrl) -> $builder {
                self.request(Method::PATCH, url)
            }

            /// A DELETE request.
            pub fn delete(&self, url: impl RequestUrl) -> $builder {
                self.request(Method::DELETE, url)
            }

            /// A HEAD request.
            pub fn head(&self, url: impl RequestUrl) -> $builder {
                self.request(Method::HEAD, url)
            }

            /// A request of any method. The URL is checked when the request is sent; what is no URL fails then, as
            /// with reqwest.
            pub fn request(&self, method: Method, url: impl RequestUrl) -> $builder {
                let guard = self.guard.clone();
                match url.read() {
                    Ok(url) => {
                        // Reqwest makes a header of them, and the URL that it sends has none.
                        let with_credentials = has_credentials(&url).then(|| url.clone());
                        $builder { builder: self.client.request(method, url), guard, with_credentials }
                    }
                    // Reqwest has an error for it.
                    Err(text) => $builder { builder: self.client.request(method, text), guard, with_credentials: None },
                }
            }

            /// The guard.
            #[must_use]
            pub const fn guard(&self) -> &Guard {
                &self.guard
            }
        }
    };
}

/// The methods of a request with the fields `builder`, `guard` and `with_credentials`. `$reqwest` is reqwest's module.
macro_rules! request_methods {
    ($builder:ident, $($reqwest:ident)::+) => {
        impl $builder {
            fn map(
                mut self,
                change: impl FnOnce($($reqwest)::+::RequestBuilder) -> $($reqwest)::+::RequestBuilder,
            ) -> Self {
                self.builder = change(self.builder);
                self
            }

            /// Adds a header.
            pub fn header<K, V>(self, name: K, value: V) -> Self
            where
                HeaderName: TryFrom<K>,
                <HeaderName as TryFrom<K>>::Error: Into<http::Error>,
                HeaderValue: TryFrom<V>,
                <HeaderValue as TryFrom<V>>::Error: Into<http::Error>,
            {
                self.map(|builder| builder.header(name, value))
            }

            /// Adds headers, replacing those of the same names.
            pub fn headers(self, headers: HeaderMap) -> Self {
                self.map(|builder| builder.headers(headers))
            }

            /// HTTP basic authentication.
            pub fn basic_auth(self, username: impl fmt::Display, password: Option<impl fmt::Display>) -> Self {
                self.map(|builder| builder.basic_auth(username, password))
            }

            /// HTTP bearer authentication.
            pub fn bearer_auth(self, token: impl fmt::Display) -> Self {
                self.map(|builder| builder.bearer_auth(token))
            }

            /// The body.
            pub fn body(self, body: impl Into<$($reqwest)::+::Body>) -> Self {
                self.map(|builder| builder.body(body))
            }

            /// Adds parameters to the URL's query.
            #[cfg(feature = "reqwest-query")]
            pub fn query<T: serde::Serialize + ?Sized>(self, query: &T) -> Self {
                self.map(|builder| builder.query(query))
            }

            /// A form as the body.
            #[cfg(feature = "reqwest-form")]
            pub fn form<T: serde::Serialize + ?Sized>(self, form: &T) -> Self {
                self.map(|builder| builder.form(form))
            }

            /// JSON as the body.
            #[cfg(feature = "reqwest-json")]
            pub fn json<T: serde::Serialize + ?Sized>(self, json: &T) -> Self {
                self.map(|builder| builder.json(json))
            }

            /// A form of several parts as the body.
            #[cfg(feature = "reqwest-multipart")]
            pub fn multipart(self, form: $($reqwest)::+::multipart::Form) -> Self {
                self.map(|builder| builder.multipart(form))
            }

            /// The time after which the request fails.
            pub fn timeout(self, timeout: Duration) -> Self {
                self.map(|builder| builder.timeout(timeout))
            }

            /// The HTTP version.
            pub fn version(self, version: http::Version) -> Self {
                self.map(|builder| builder.version(version))
            }

            /// The request, checked. Only a guarded client checks its redirects and addresses too.
            ///
            /// # Errors
            ///
            /// If the guard refuses the URL, or the request is malformed.
            pub fn build(self) -> Result<$($reqwest)::+::Request, Error> {
                Ok(self.split()?.1)
            }

            /// The client and the request, checked: as the URL was given.
            fn split(self) -> Result<($($reqwest)::+::Client, $($reqwest)::+::Request), Error> {
                let (client, request) = self.builder.build_split();
                let request = request?;
                self.guard.check(self.with_credentials.as_ref().unwrap_or(request.url()))?;
                Ok((client, request))
            }
        }

        impl fmt::Debug for $builder {
            /// Without the URL as it was given, which may hold a password.
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.debug_struct(stringify!($builder)).field("builder", &self.builder).finish_non_exhaustive()
            }
        }
    };
}

pub(super) use {client_methods, request_methods};
