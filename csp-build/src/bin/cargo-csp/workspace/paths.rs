use std::path::Path;

use csp_core::visible;

/// A path as it is shown, with `/` on every system.
pub(crate) fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy().replace('\\', "/"))
}
