use std::io;

use serde_json::{Map, Value};

use super::Walk;
use crate::docs::destination::Destination;
use crate::docs::openapi::document::below;
use crate::docs::openapi::template::parse;

const SCHEME_URLS: [&str; 2] = ["oauth2MetadataUrl", "openIdConnectUrl"];
const FLOW_URLS: [&str; 4] = ["authorizationUrl", "deviceAuthorizationUrl", "refreshUrl", "tokenUrl"];

impl<'d> Walk<'d> {
    pub(super) fn security_schemes(&mut self, root: &'d Map<String, Value>) -> io::Result<()> {
        let components = self.document.object(root.get("components"), "/components")?;
        let schemes = components.and_then(|components| components.get("securitySchemes"));
        let pointer = "/components/securitySchemes";
        for (name, scheme) in self.document.object(schemes, pointer)?.into_iter().flatten() {
            let Some((scheme, pointer)) = self.resolved(scheme, &below(pointer, name)) else { continue };
            let Some(scheme) = self.document.object(Some(scheme), &pointer)? else { continue };
            self.urls(scheme, &pointer, &SCHEME_URLS)?;
            let pointer = below(&pointer, "flows");
            for (flow, urls) in self.document.object(scheme.get("flows"), &pointer)?.into_iter().flatten() {
                let pointer = below(&pointer, flow);
                if let Some(urls) = self.document.object(Some(urls), &pointer)?.filter(|_| !flow.starts_with("x-")) {
                    self.urls(urls, &pointer, &FLOW_URLS)?;
                }
            }
        }
        Ok(())
    }

    fn urls(&mut self, of: &Map<String, Value>, pointer: &str, roles: &[&'static str]) -> io::Result<()> {
        for role in roles {
            let pointer = below(pointer, role);
            match self.document.text(of.get(*role), &pointer)?.map(|url| (parse(&url), url)) {
                Some((Ok(url), _)) => self.found.known(&pointer, role, Destination::whole(url), None),
                Some((Err(problem), url)) => self.found.unresolved(&pointer, role, Some(&url), problem, None),
                None => {}
            }
        }
        Ok(())
    }
}
