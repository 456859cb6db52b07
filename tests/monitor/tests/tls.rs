//! The store of a database that is asked by TLS.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::sync::Arc;

use csp_harness::CERTIFICATE;
use csp_monitor_tests::{POLICY, Postgres, legacy};
use csp_runtime::monitor::{Delivery, Filter, Monitor, PostgresStore, StoreError};
use csp_runtime::report::OwnPolicies;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Trusts one certificate, whatever it names.
#[derive(Debug)]
struct Pinned {
    certificate: Vec<u8>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if **end_entity == *self.certificate {
            return Ok(ServerCertVerified::assertion());
        }
        Err(CertificateError::UnknownIssuer.into())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

fn trusting(certificate: &[u8]) -> MakeRustlsConnect {
    let provider = Arc::new(ring::default_provider());
    let verifier = Pinned { certificate: certificate.to_vec(), provider: Arc::clone(&provider) };
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth();
    MakeRustlsConnect::new(config)
}

/// An error and what it comes of.
fn whole(error: &StoreError) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    text
}

/// The server refuses what comes without TLS, so that what is stored came with it.
#[tokio::test]
async fn a_store_is_reached_by_tls() {
    let Some(mut postgres) = Postgres::require_tls("a_store_is_reached_by_tls") else { return };
    let config = format!("host=127.0.0.1 port={} user=csp dbname=postgres sslmode=require", postgres.port());
    let store = PostgresStore::connect_tls(&config, trusting(CERTIFICATE)).await.unwrap();
    let monitor = Monitor::builder().policies(OwnPolicies::new([POLICY])).store(store).start().await.unwrap();
    let send = |blocked| monitor.receive(legacy(blocked).as_bytes(), &Delivery::default()).unwrap();
    send("https://before.example/");
    monitor.flush().await.unwrap();

    // The next connection has TLS too.
    postgres.restart();
    send("https://after.example/");
    let mut attempts = 0;
    while let Err(error) = monitor.flush().await {
        attempts += 1;
        assert!(attempts < 20, "{}", whole(&error));
    }
    assert_eq!(monitor.groups(&Filter::all()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_server_that_is_not_trusted_gets_nothing() {
    let Some(postgres) = Postgres::require_tls("a_server_that_is_not_trusted_gets_nothing") else { return };
    let config = format!("host=127.0.0.1 port={} user=csp dbname=postgres sslmode=require", postgres.port());
    let error = PostgresStore::connect_tls(&config, trusting(b"another")).await.unwrap_err();
    assert!(whole(&error).contains("UnknownIssuer"), "{}", whole(&error));
    // Nor does one connect without.
    let error = PostgresStore::connect(&config).await.unwrap_err();
    assert!(whole(&error).contains("no TLS"), "{}", whole(&error));
    let error = PostgresStore::connect(&config.replace("require", "disable")).await.unwrap_err();
    assert!(whole(&error).contains("pg_hba.conf"), "{}", whole(&error));
}
