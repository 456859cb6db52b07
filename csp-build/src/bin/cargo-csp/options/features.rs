use clap::Args;

/// The features that entries below `#[cfg(feature = "…")]` count with.
#[derive(Args, Default)]
#[command(next_help_heading = "Features")]
pub(crate) struct FeatureOptions {
    /// Features that are on beside the default ones, separated by commas
    #[arg(long, short = 'F', value_name = "FEATURES")]
    pub(crate) features: Vec<String>,
    /// All features are on
    #[arg(long)]
    pub(crate) all_features: bool,
    /// The default features are off
    #[arg(long)]
    pub(crate) no_default_features: bool,
}

impl FeatureOptions {
    /// The names.
    pub(crate) fn named(&self) -> impl Iterator<Item = &str> {
        self.features.iter().flat_map(|list| list.split([',', ' '])).filter(|name| !name.is_empty())
    }
}
