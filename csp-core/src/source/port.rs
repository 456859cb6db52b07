use core::fmt;

/// A `port-part`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PortPart {
    /// None written: the scheme's default port.
    Default,
    /// `:8443`
    Number(u16),
    /// `:*`: every port.
    Any,
}

impl fmt::Display for PortPart {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => Ok(()),
            Self::Number(number) => write!(out, ":{number}"),
            Self::Any => out.write_str(":*"),
        }
    }
}
