//! A throw-away certificate authority: the functions of one run trust it, and nothing else does.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
};
use tempfile::TempDir;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// Signs a certificate for any host that a function calls.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    /// One key for all hosts: making keys is what costs time.
    key: KeyPair,
    /// Holds its certificate and what Python loads first.
    folder: TempDir,
    file: PathBuf,
    hosts: Mutex<HashMap<String, Arc<ServerConfig>>>,
}

impl Authority {
    /// Makes keys, and a folder that holds the authority's certificate until it is dropped.
    ///
    /// # Errors
    /// When a file cannot be written, or the keys cannot be made.
    pub fn new() -> io::Result<Self> {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        params
            .distinguished_name
            .push(DnType::CommonName, "gammaray-migrate, this run only");
        let key = KeyPair::generate().map_err(io::Error::other)?;
        let issuer = CertifiedIssuer::self_signed(params, key).map_err(io::Error::other)?;
        let folder = tempfile::Builder::new().prefix("gammaray-ca-").tempdir()?;
        let file = folder.path().join("ca.pem");
        write(&file, &issuer.pem())?;
        let first = include_str!("sitecustomize.py");
        write(&folder.path().join("sitecustomize.py"), first)?;
        Ok(Self {
            issuer,
            key: KeyPair::generate().map_err(io::Error::other)?,
            folder,
            file,
            hosts: Mutex::default(),
        })
    }

    /// The file with its certificate, PEM.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.file
    }

    /// The folder with what Python loads first, so that it sends nothing past the recorder.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Speaks TLS as `host`, HTTP/1.1 only.
    pub(super) fn acceptor(&self, host: &str) -> io::Result<TlsAcceptor> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(config) = hosts.get(host) {
            return Ok(TlsAcceptor::from(config.clone()));
        }
        let mut params = CertificateParams::new(vec![host.to_owned()]).map_err(io::Error::other)?;
        params.distinguished_name.push(DnType::CommonName, host);
        let certificate = params
            .signed_by(&self.key, &self.issuer)
            .map_err(io::Error::other)?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.key.serialize_der()));
        let mut config = ServerConfig::builder_with_provider(ring::default_provider().into())
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .map_err(io::Error::other)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        let config = Arc::new(config);
        hosts.insert(host.to_owned(), config.clone());
        Ok(TlsAcceptor::from(config))
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "writes into a temporary folder of its own"
)]
fn write(path: &Path, text: &str) -> io::Result<()> {
    std::fs::write(path, text)
}
