//! What several commands ask for alike.

mod features;
mod format;
mod front_end;
mod package;

pub(crate) use features::FeatureOptions;
pub(crate) use format::{FindingsFormat, FindingsFormatOption, Format, FormatOption};
pub(crate) use front_end::FrontEndOptions;
pub(crate) use package::PackageOptions;

/// Where the commands that scan take from what isn't said on the command line.
pub(crate) const CONFIGURATION: &str = "\
Configuration: what the command line doesn't say comes from [package.metadata.csp] in Cargo.toml, and
what that lacks from [workspace.metadata.csp]. Paths are told from the package's folder.
  roots = [\"web/src\"]           the front end's files and folders; they replace PATH
  mode = \"staging\"              whose env files count
  env-files, ignore, base-urls, tsconfigs, aliases, sinks
                                lists, each as the option of that name
  names = [\"SHOP\"]              the declarations that its pages have, as --name
  strict = true                 every warning is an error
  deny = [\"unused-source\"]      codes that are errors
  allow = [\"path-not-compared\"] codes that are left out
Without --package, in the folder of a workspace, each of its packages counts with its own.";

/// A long help of several paragraphs.
pub(crate) fn paragraphs(paragraphs: &[&str]) -> String {
    paragraphs.join("\n\n")
}
