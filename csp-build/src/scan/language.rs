//! What a file is written in, by its extension.

use std::path::Path;

use oxc_span::SourceType;

/// A language that holds calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// JavaScript or TypeScript, with or without JSX.
    Script(SourceType),
    /// A document or component with scripts in it.
    Markup(Markup),
    /// A front end that is compiled to WebAssembly.
    Rust,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Markup {
    Html,
    /// As HTML, where tags that end in `/>` have no content.
    Xhtml,
    /// Scripts at the top level, modules all, and a template that sees their scope.
    Vue,
    /// As Vue, with braces in its template.
    Svelte,
    /// Like HTML, below a part that runs on the server.
    Astro,
    /// Markdown with JSX.
    Mdx,
}

impl Markup {
    /// Whether it is what a browser reads.
    pub(crate) const fn is_page(self) -> bool {
        matches!(self, Self::Html | Self::Xhtml)
    }
}

impl Language {
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match extension.as_str() {
            // Many a `.js` holds JSX; and a script that is no module may still be read as one.
            "js" | "jsx" => Self::Script(SourceType::unambiguous().with_jsx(true)),
            "mjs" => Self::Script(SourceType::mjs().with_jsx(true)),
            "cjs" => Self::Script(SourceType::cjs().with_jsx(true)),
            "ts" | "mts" | "cts" => Self::Script(SourceType::ts()),
            "tsx" => Self::Script(SourceType::tsx()),
            "html" | "htm" => Self::Markup(Markup::Html),
            "xhtml" => Self::Markup(Markup::Xhtml),
            "vue" => Self::Markup(Markup::Vue),
            "svelte" => Self::Markup(Markup::Svelte),
            "rs" => Self::Rust,
            "astro" => Self::Markup(Markup::Astro),
            "mdx" => Self::Markup(Markup::Mdx),
            _ => return None,
        })
    }
}

/// The language of a `<script>`, by its attributes; `None` where it holds data, or its text is elsewhere.
pub(crate) fn of_script(
    markup: Markup,
    kind: Option<&str>,
    lang: Option<&str>,
    has_source: bool,
) -> Option<SourceType> {
    if has_source {
        return None;
    }
    let kind = kind.map(|kind| kind.trim().to_ascii_lowercase());
    let is_module = match kind.as_deref() {
        None | Some("" | "text/javascript" | "application/javascript" | "application/ecmascript") => !markup.is_page(),
        Some("module" | "text/babel" | "text/typescript" | "ts") => true,
        Some(_) => return None,
    };
    let lang = lang.map(str::to_ascii_lowercase);
    Some(match lang.as_deref() {
        Some("ts" | "typescript") => SourceType::ts(),
        Some("tsx") => SourceType::tsx(),
        // Astro's scripts are TypeScript without saying so.
        None if markup == Markup::Astro => SourceType::ts(),
        _ if is_module => SourceType::mjs().with_jsx(true),
        _ => SourceType::unambiguous().with_jsx(true),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_extension_that_is_walked_has_a_language() {
        for extension in crate::walk::EXTENSIONS {
            assert!(Language::of(&Path::new("a").with_extension(extension)).is_some(), "{extension}");
        }
    }
}
