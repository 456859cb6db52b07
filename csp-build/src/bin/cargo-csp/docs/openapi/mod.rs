//! What OpenAPI documents say of where an API is.
//!
//! Read are `servers` of the document, of paths and of operations, the URLs of OAuth 2 and OpenID Connect, callbacks,
//! webhooks and links, in OpenAPI 3.0, 3.1 and 3.2. Not read is `externalDocs`, which nothing calls.

mod document;
mod found;
mod references;
mod template;
mod walk;
mod yaml;

use std::io;
use std::path::Path;

use serde::Serialize;

use super::usage::Usage;
use document::Document;
use walk::Walk;

/// A document that was read.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Source {
    pub(super) file: String,
    pub(super) title: Option<String>,
    pub(super) version: Option<String>,
}

/// The endpoints of a document.
///
/// # Errors
///
/// If it can't be read, or is no OpenAPI 3; with the place.
pub(super) fn read(path: &Path, file: String) -> io::Result<(Source, Vec<Usage>)> {
    let document = Document::read(path, file)?;
    let usages = Walk::new(&document).run()?;
    let Document { file, title, version, .. } = document;
    Ok((Source { file, title, version }, usages))
}
