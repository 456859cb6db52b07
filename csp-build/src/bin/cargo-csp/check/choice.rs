//! Which declarations is a front end compared with?

use std::io;

use crate::declarations::Declaration;
use crate::front_end::Subject;
use crate::workspace::Workspace;

/// The declarations that are meant.
pub(super) enum Choice {
    /// These, by their places among those that were read.
    Compared(Vec<usize>),
    /// None, although there are some: why, and what to do about it.
    Unmarked(String),
}

impl Choice {
    /// Those of these names, or else those that are `#[scanned]`, or else the only one. Of several front ends, one whose
    /// packages have no declaration of these names is let pass.
    ///
    /// # Errors
    ///
    /// If its packages declare nothing.
    pub(super) fn of(
        subject: &Subject,
        workspace: &Workspace,
        declarations: &[Declaration],
        names: &[String],
        is_one_of_several: bool,
    ) -> io::Result<Self> {
        let is_own = |declaration: &Declaration| subject.members.contains(&declaration.member);
        let own: Vec<(usize, &Declaration)> =
            declarations.iter().enumerate().filter(|(_, declaration)| is_own(declaration)).collect();
        let places = |is_meant: &dyn Fn(&Declaration) -> bool| -> Vec<usize> {
            own.iter().filter(|(_, declaration)| is_meant(declaration)).map(|(index, _)| *index).collect()
        };
        if !names.is_empty() {
            let chosen = places(&|each| each.name.as_ref().is_some_and(|name| names.contains(name)));
            if !chosen.is_empty() || is_one_of_several {
                return Ok(Self::Compared(chosen));
            }
        }
        let packages: Vec<&str> =
            subject.members.iter().map(|member| workspace.members[*member].name.as_str()).collect();
        let whose = if is_one_of_several { format!("{}: ", packages.join(", ")) } else { String::new() };
        if own.is_empty() {
            let message = format!("{whose}the package declares nothing: `cargo csp init` writes a first declaration");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let scanned = places(&|each| each.scanned.is_some());
        Ok(match (scanned.as_slice(), own.as_slice()) {
            ([], [(only, _)]) => Self::Compared(vec![*only]),
            ([], _) => {
                let titles: Vec<String> = own.iter().map(|(_, each)| format!("\n  {}", each.title())).collect();
                Self::Unmarked(format!(
                    "{whose}no declaration is #[scanned]: choose one by --name{}\nhelp: or mark it, or say in Cargo.toml: \
                     [package.metadata.csp] names = [\"…\"]",
                    titles.concat()
                ))
            }
            _ => Self::Compared(scanned),
        })
    }
}
