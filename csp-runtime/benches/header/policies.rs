//! What is sent: as much as most sites send.

pub(crate) const TEXT: &str = "default-src 'self'; base-uri 'self'; font-src 'self' https: data:; form-action 'self'; \
     frame-ancestors 'self'; img-src 'self' data:; object-src 'none'; script-src 'self'; script-src-attr 'none'; \
     style-src 'self'; upgrade-insecure-requests; connect-src 'self' https://api.example.com wss://ws.example.com";
