//! `@ngrx/data` 22.0.1, whose collections are below `api/` of the page's own, or below what is provided for its configuration.

use super::Implied::Otherwise;
use super::Slot::Key;
use super::{Root, Spec, sdk};
use crate::scan::report::SELF_ORIGIN;

pub(super) const ROWS: &[Spec] = &[Spec {
    kept_by: Some("@ngrx/data:DefaultDataServiceConfig"),
    ..sdk(
        "ngrx-data",
        Root::Package(&["@ngrx/data", "ngrx-data"]),
        &["EntityDataModule.forRoot", "NgrxDataModule.forRoot", "provideEntityData"],
        // No argument has it.
        &[Key(9, "root")],
        &[Otherwise(SELF_ORIGIN)],
    )
}];
