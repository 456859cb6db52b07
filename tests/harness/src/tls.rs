//! TLS with a self-signed certificate, for clients that ignore certificate errors.

use std::{io, net::TcpStream, sync::Arc};

use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, PrivatePkcs8KeyDer},
};

use crate::base64;

/// The certificate, as DER: of `csp-harness.test`, and self-signed.
pub const CERTIFICATE: &[u8] = include_bytes!("../testdata/certificate.der");

const KEY: &[u8] = include_bytes!("../testdata/key.der");

/// Certificate and key, as PEM, for servers of other programs.
#[must_use]
pub fn certificate_and_key() -> [String; 2] {
    let pem =
        |label: &str, bytes| format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", base64::encode(bytes));
    [pem("CERTIFICATE", CERTIFICATE), pem("PRIVATE KEY", KEY)]
}

pub(crate) type TlsStream = StreamOwned<ServerConnection, TcpStream>;

pub(crate) struct Tls(Arc<ServerConfig>);

impl Tls {
    #[allow(
        clippy::expect_used,
        reason = "certificate and key are part of the crate, and every test of TLS proves them"
    )]
    pub(crate) fn new() -> Self {
        let certificate = CertificateDer::from(CERTIFICATE);
        let key = PrivatePkcs8KeyDer::from(KEY);
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("ring knows the default versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key.into())
            .expect("the key is the certificate's");
        Self(Arc::new(config))
    }

    /// The handshake itself takes place with the first read.
    pub(crate) fn receive(&self, socket: TcpStream) -> io::Result<TlsStream> {
        let connection = ServerConnection::new(Arc::clone(&self.0)).map_err(io::Error::other)?;
        Ok(StreamOwned::new(connection, socket))
    }
}
