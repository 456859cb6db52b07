//! A call whose origin is not known, as a finding.

use csp_build::scan::Unresolved;

use crate::findings::{Finding, Level, Place, Related};

pub(crate) fn finding(call: &Unresolved) -> Finding {
    let Unresolved { place, sink, reason, chain, .. } = call;
    let is_file = sink == "file";
    let (message, label, help) = if is_file {
        (format!("{} can't be read whole: {}", place.file, reason.detail), String::new(), Vec::new())
    } else {
        (
            format!("it is not known what `{sink}` connects to"),
            reason.detail.clone(),
            vec!["say it in a comment before the call: // csp-connect: https://…".to_owned()],
        )
    };
    Finding {
        code: reason.code.as_str().to_owned(),
        level: Level::Warning,
        message,
        label,
        place: Some(place.into()),
        related: chain
            .iter()
            .map(|step| Related { place: (&step.place).into(), message: format!("through {}", step.what) })
            .filter(|related| related.place != place.into())
            .collect(),
        help,
        declaration: None,
        origin: None,
    }
}

impl From<&csp_build::scan::Place> for Place {
    fn from(place: &csp_build::scan::Place) -> Self {
        Self { file: place.file.clone(), line: place.line as usize, column: place.column as usize }
    }
}
