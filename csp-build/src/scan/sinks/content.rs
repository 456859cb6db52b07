//! Content, mail, forms and code that services keep, read in these packages:
//!
//! `contentful` 11.12.10, `@prismicio/client` 7.22.0, `storyblok-js-client` 7.7.6, `airtable` 0.12.2, `@octokit/endpoint` 11.0.5,
//! `@emailjs/browser` 4.4.1, `emailjs-com` 3.2.0, `@formspree/core` 4.0.0, `@web3forms/react` 1.1.3, `@uploadcare/upload-client`
//! 6.21.0. Where the regions of Storyblok are stands in its documents.

use super::Implied::{FilledBy, FilledOr, Origin, Otherwise, Without};
use super::Slot::{Argument, Key};
use super::Transport::Http;
use super::{FIRST, Implied, Root, Slot, Spec, sdk, sink};

const GITHUB: &[Implied] = &[Otherwise("https://api.github.com")];
const EMAILJS: &[Implied] = &[Origin("https://api.emailjs.com")];
const FORMSPREE: &[Implied] = &[Origin("https://formspree.io")];
const STORYBLOK: &[Implied] =
    &[FilledBy(Key(0, "region"), storyblok), Without(&[Key(0, "region")], "https://api.storyblok.com")];
const STORYBLOK_OPTIONS: &[Implied] = &[
    FilledBy(Key(0, "apiOptions.region"), storyblok),
    Without(&[Key(0, "apiOptions.region")], "https://api.storyblok.com"),
];
const UPLOADCARE: &[Slot] = &[Key(1, "baseURL")];

/// A name of a repository, or a URL.
fn prismic(repository: &str) -> Option<String> {
    if repository.contains("://") {
        return Some(repository.to_owned());
    }
    let is_name = repository.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_name.then(|| format!("https://{repository}.cdn.prismic.io"))
}

fn storyblok(region: &str) -> Option<String> {
    match region {
        "eu" => Some("https://api.storyblok.com".to_owned()),
        "cn" => Some("https://app.storyblokchina.cn".to_owned()),
        "ap" | "ca" | "us" => Some(format!("https://api-{region}.storyblok.com")),
        _ => None,
    }
}

pub(super) const ROWS: &[Spec] = &[
    sdk(
        "contentful",
        Root::Package(&["contentful"]),
        &["createClient", "default.createClient"],
        &[],
        &[FilledOr(Key(0, "host"), "cdn.contentful.com", "https://{}")],
    ),
    sdk(
        "contentful",
        Root::Global,
        &["contentful.createClient"],
        &[],
        &[FilledOr(Key(0, "host"), "cdn.contentful.com", "https://{}")],
    ),
    sdk(
        "prismic",
        Root::Package(&["@prismicio/client"]),
        &["createClient", "default.createClient"],
        &[],
        &[FilledBy(Argument(0), prismic)],
    ),
    sdk("storyblok", Root::Package(&["storyblok-js-client"]), &[""], &[Key(0, "endpoint")], STORYBLOK),
    sdk(
        "storyblok",
        Root::Package(&["@storyblok/js", "@storyblok/react", "@storyblok/react/rsc", "@storyblok/svelte"]),
        &["storyblokInit"],
        &[],
        STORYBLOK_OPTIONS,
    ),
    sdk(
        "airtable",
        Root::Package(&["airtable"]),
        &["", "Airtable"],
        &[Key(0, "endpointUrl")],
        &[Otherwise("https://api.airtable.com")],
    ),
    sdk(
        "github",
        Root::Package(&["@octokit/core", "@octokit/rest", "octokit"]),
        &["Octokit"],
        &[Key(0, "baseUrl")],
        GITHUB,
    ),
    sdk(
        "github",
        Root::Package(&["@octokit/graphql", "@octokit/request"]),
        &["graphql", "request"],
        &[Key(1, "baseUrl")],
        GITHUB,
    ),
    sink(Root::Package(&["@gitbeaker/rest"]), &["Gitlab"], Http, &[Key(0, "host")]),
    sdk(
        "emailjs",
        Root::Package(&["@emailjs/browser", "emailjs-com"]),
        &["default.send", "default.sendForm", "send", "sendForm"],
        &[],
        EMAILJS,
    ),
    sdk("emailjs", Root::Global, &["emailjs.send", "emailjs.sendForm"], &[], EMAILJS),
    sdk("formspree", Root::Package(&["@formspree/react"]), &["useForm", "useSubmit"], &[], FORMSPREE),
    sdk(
        "web3forms",
        Root::Package(&["@web3forms/react"]),
        &["", "useWeb3Forms"],
        &[],
        &[Origin("https://api.web3forms.com")],
    ),
    sdk(
        "uploadcare",
        Root::Package(&["@uploadcare/upload-client"]),
        &["base", "fromUrl", "multipartStart", "uploadFile", "uploadDirect"],
        UPLOADCARE,
        &[Otherwise("https://upload.uploadcare.com")],
    ),
    // What administers data: ra-data-json-server 5.15.3, @refinedev/simple-rest 6.0.1.
    sink(
        Root::Package(&[
            "@pankod/refine-simple-rest",
            "@pankod/refine-strapi-v4",
            "@refinedev/nestjsx-crud",
            "@refinedev/simple-rest",
            "@refinedev/strapi-v4",
            "ra-data-json-server",
            "ra-data-simple-rest",
        ]),
        &["", "DataProvider", "dataProvider"],
        Http,
        FIRST,
    ),
];
