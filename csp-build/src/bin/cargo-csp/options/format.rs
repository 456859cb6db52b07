use clap::{Args, ValueEnum};

/// Of commands that answer.
#[derive(Args)]
pub(crate) struct FormatOption {
    /// The form of the answer
    #[arg(long, value_name = "FORM", default_value = "human")]
    pub(crate) format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text for people
    Human,
    /// JSON for scripts
    Json,
}

/// Of commands that find something in files.
#[derive(Args)]
pub(crate) struct FindingsFormatOption {
    /// The form of what is found
    #[arg(long, value_name = "FORM", default_value = "human")]
    pub(crate) format: FindingsFormat,
    /// For people: a line for each finding, without what is in the files; and no talk
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindingsFormat {
    /// Text for people
    Human,
    /// JSON for scripts
    Json,
    /// SARIF 2.1.0, for services that show it beside the code
    Sarif,
    /// Annotations of GitHub's workflows
    Github,
}
