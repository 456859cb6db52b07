//! Elements of libraries that connect, and the attribute that says where to.

use html5gum::emitters::default::StartTag;

/// Elements that send files. Behind a dot stands a member of the attribute's value.
const UPLOADS: &[(&str, &str)] = &[
    ("a-upload", "action"),
    ("a-upload-dragger", "action"),
    ("el-upload", "action"),
    ("file-upload", "post-action"),
    ("n-upload", "action"),
    ("nz-upload", "nz-action"),
    ("p-file-upload", "url"),
    ("q-uploader", "url"),
    ("t-upload", "action"),
    ("vue-dropzone", "options.url"),
    ("vue-dropzone", "url"),
];

/// Attributes with a function that sends the files in place of the element.
const SENDERS: &[&str] = &["custom-request", "factory", "http-request", "nz-custom-request", "request-method"];

/// Custom elements that load what an attribute says: include-fragment-element 6.4.1, esp-web-tools 10.4.0, model-viewer 4.4.0,
/// lottie-player 2.0.12, dotlottie-wc 0.9.28, redoc 2.5.4, rapidoc 9.3.8, stoplight's elements 9.0.25, aframe 1.8.0,
/// spline-viewer 1.12.98, zero-md 3.1.8, turbo 8.0.23.
const LOADING: &[(&str, &str)] = &[
    ("a-asset-item", "src"),
    ("dotlottie-player", "src"),
    ("dotlottie-wc", "src"),
    ("elements-api", "api-description-url"),
    ("esp-web-install-button", "manifest"),
    ("include-fragment", "src"),
    ("lottie-player", "src"),
    ("model-viewer", "src"),
    ("rapi-doc", "spec-url"),
    ("redoc", "spec-url"),
    ("spline-viewer", "url"),
    ("turbo-frame", "src"),
    ("turbo-stream-source", "src"),
    ("zero-md", "src"),
];

/// Loads pictures from its own servers: the second and the third where the first doesn't answer. iconify-icon 3.0.3.
const ICON: &str = "iconify-icon";
const OF_ICONS: [&str; 3] = ["https://api.iconify.design", "https://api.simplesvg.com", "https://api.unisvg.com"];

/// What marks links and forms as requests of script: of Rails, and of Unpoly.
const LINKS: &[&str] = &["data-remote", "up-follow", "up-layer", "up-submit", "up-target"];

/// What an element connects to.
pub(crate) enum Connects {
    /// The sink, and the attributes that may have the URL.
    By(&'static str, Vec<&'static str>),
    To(&'static str, [&'static str; 3]),
}

/// What files with such elements have in them.
pub(crate) fn words() -> impl Iterator<Item = String> {
    let elements = UPLOADS.iter().chain(LOADING).map(|(element, _)| *element);
    let names = elements.chain([ICON]).flat_map(|element| {
        // A word of its own is a part of many others.
        let tag = if element.contains('-') { element.to_owned() } else { format!("<{element}") };
        [tag, super::elements::pascal_case(element)].into_iter().filter(|name| name.len() > 5)
    });
    names
        .chain(["p-fileUpload".to_owned(), "p-fileupload".to_owned()])
        .chain(LINKS.iter().map(|link| (*link).to_owned()))
}

/// Whether two names are one, however their words are set apart.
fn is_same(name: &str, other: &str) -> bool {
    let letters = |name: &str| -> String { name.chars().filter(|&next| next != '-').collect() };
    letters(name).eq_ignore_ascii_case(&letters(other))
}

/// What an element connects to, by its name and the names of its attributes.
pub(crate) fn of_element<'n>(name: &str, attributes: impl Iterator<Item = &'n str>) -> Option<Connects> {
    let attributes: Vec<&str> = attributes.collect();
    let names = |table: &'static [(&'static str, &'static str)], is: &dyn Fn(&str) -> bool| -> Vec<&'static str> {
        table.iter().filter(|(element, _)| is(element)).map(|(_, attribute)| *attribute).collect()
    };
    let uploads = names(UPLOADS, &|element| is_same(element, name));
    if !uploads.is_empty() {
        let is_sent = attributes.iter().any(|attribute| SENDERS.iter().any(|sender| is_same(sender, attribute)));
        return (!is_sent).then_some(Connects::By("upload", uploads));
    }
    // Custom elements go by their very names.
    let (element, _) = LOADING.iter().find(|(element, _)| *element == name).or_else(|| {
        let is_icon = name == ICON && attributes.contains(&"icon");
        is_icon.then_some(&(ICON, ""))
    })?;
    if *element == ICON {
        return Some(Connects::To(ICON, OF_ICONS));
    }
    Some(Connects::By(element, names(LOADING, &|other| other == name)))
}

/// The attribute that is meant, and the members of its value that lead to the URL.
pub(crate) fn meant<'a>(attribute: &'a str, name: &str) -> Option<impl Iterator<Item = &'a str>> {
    let mut parts = attribute.split('.');
    is_same(parts.next()?, name).then_some(parts)
}

/// The URLs that a tag of a page has as texts, and the sink that each is of.
pub(crate) fn calls(tag: &StartTag<usize>) -> Vec<(&'static str, String)> {
    let text = |value: &[u8]| String::from_utf8_lossy(value).trim().to_owned();
    let name = String::from_utf8_lossy(&tag.name);
    let attributes = || tag.attributes.keys().filter_map(|name| std::str::from_utf8(name).ok());
    // A value that Vue binds is no text, and the names of what sends the files may be bound.
    let bare = attributes().map(|name| name.trim_start_matches("v-bind:").trim_start_matches(':'));
    let mut calls = Vec::new();
    match of_element(&name, bare) {
        Some(Connects::By(sink, urls)) => {
            for (name, value) in &tag.attributes {
                let name = String::from_utf8_lossy(name);
                let url = text(value);
                let is_url = urls.iter().any(|url| !url.contains('.') && is_same(url, &name));
                if is_url && !url.is_empty() && !url.starts_with('#') {
                    calls.push((sink, url));
                }
            }
        }
        Some(Connects::To(sink, urls)) => calls.extend(urls.map(|url| (sink, url.to_owned()))),
        None => {}
    }
    let value = |name: &str| tag.attributes.get(name.as_bytes()).map(|value| text(value));
    let link = LINKS.iter().find(|link| value(link).is_some_and(|value| value != "false"));
    let url = match &tag.name[..] {
        b"a" => value("up-href").or_else(|| value("href")),
        b"form" => value("action"),
        _ => value("up-href"),
    };
    if let (Some(link), Some(url)) = (link, url.filter(|url| !url.starts_with('#'))) {
        calls.push((link, url));
    }
    calls
}
