use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueHint};

/// Which files are scanned, and how.
#[derive(Args, Default)]
pub(crate) struct FrontEndOptions {
    /// Files, and folders whose source files are scanned; those of Cargo.toml if none is given
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath, value_parser = NonEmptyStringValueParser::new())]
    pub(crate) paths: Vec<String>,
    /// The mode whose env files count: production, if the configuration says no other
    #[arg(long, value_name = "MODE")]
    pub(crate) mode: Option<String>,
    /// One more env file, which beats those that are found; repeat it for several
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) env_file: Vec<String>,
    /// Leave out files and folders, such as legacy/** or *.generated.ts
    #[arg(long, value_name = "GLOB")]
    pub(crate) ignore: Vec<String>,
    /// What relative URLs are below, where it isn't the page's own origin
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Vec<String>,
    /// A tsconfig whose paths count for all files
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) tsconfig: Vec<String>,
    /// An alias of imports, such as @app/*=web/app/*
    #[arg(long, value_name = "ALIAS")]
    pub(crate) alias: Vec<String>,
    /// One more function that connects, such as track(0) or @acme/http:get(0; 1.root)
    #[arg(long, value_name = "SINK")]
    pub(crate) sink: Vec<String>,
    /// Every warning is an error, among them unresolved calls
    #[arg(long)]
    pub(crate) strict: bool,
}
