//! `cargo csp reports`: what do browsers report?

mod arguments;
mod collector;
mod human;
mod input;
mod json;
mod summary;

use std::io;

use clap::ColorChoice;
use csp_core::report::OwnPolicies;

use crate::options::Format;
use crate::outcome::{Outcome, complain};
use summary::Summary;

pub(crate) use arguments::Reports;

pub(crate) fn run(reports: &Reports, color: ColorChoice) -> io::Result<Outcome> {
    let own = OwnPolicies::new(&reports.policy).pages(&reports.page);
    let mut summary = Summary::default();
    let mut is_complete = true;
    match reports.file.to_str().filter(|name| name.starts_with("http://") || name.starts_with("https://")) {
        Some(url) => summary.take_answer(&collector::ask(url)?)?,
        None => input::read(&reports.file, |place, body| {
            for problem in summary.take(body, &own) {
                is_complete = false;
                complain(&format!("{place}{problem}"), color);
            }
        })?,
    }
    let groups = summary.groups();
    match reports.form.format {
        Format::Human => human::write(&summary, &groups, reports.noise, color)?,
        Format::Json => json::write(&summary, &groups)?,
    }
    // What wasn't told apart may be a breach.
    let is_breached = summary.other > 0 || groups.iter().any(|group| !group.class.is_noise());
    Ok(if is_complete { Outcome::of_findings(is_breached) } else { Outcome::Incomplete })
}
