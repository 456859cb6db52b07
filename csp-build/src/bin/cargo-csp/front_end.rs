//! The front ends that a command is asked about.

use std::cell::OnceCell;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use csp_build::FrontEnd;
use csp_build::scan::{Place, Progress, Report};
use csp_core::scan::ScanData;

use crate::options::FrontEndOptions;
use crate::progress;
use crate::workspace::{Configuration, Workspace, relative};

/// A front end, and what belongs to it.
pub(crate) struct Subject {
    pub(crate) front_end: FrontEnd,
    /// The folder that the front end's paths are told from, and where its csp.lock stands.
    pub(crate) folder: PathBuf,
    /// The folder that places are told from.
    pub(crate) base: PathBuf,
    pub(crate) configuration: Configuration,
    /// The packages of the workspace whose declarations its pages have.
    pub(crate) members: Vec<usize>,
    /// The roots, as they are told from `folder`.
    pub(crate) roots: Vec<String>,
    found: OnceCell<Found>,
}

/// What a scan has found.
pub(crate) struct Found {
    /// Places are told from the subject's `base`.
    pub(crate) report: Report,
    /// Places are told from its `folder`.
    pub(crate) data: ScanData,
}

impl FrontEndOptions {
    /// Whether files and folders are given.
    pub(crate) fn has_paths(&self) -> bool {
        !self.paths.is_empty()
    }

    /// The paths that are given, of whatever package.
    ///
    /// # Errors
    ///
    /// If there is no working directory.
    pub(crate) fn here(&self) -> io::Result<Subject> {
        let here = std::env::current_dir()?;
        self.given(&here, &here, self.unconfigured(), Vec::new())
    }

    /// The front ends of these packages, with places told from `base`: that of the paths that are given, or else each that
    /// is configured.
    ///
    /// # Errors
    ///
    /// If there is none, or a configuration can't be understood.
    pub(crate) fn subjects(&self, workspace: &Workspace, base: &Path) -> io::Result<Vec<Subject>> {
        let subjects = self.configured(workspace, base)?;
        if subjects.is_empty() { Err(nothing(workspace)) } else { Ok(subjects) }
    }

    /// As [`subjects`](Self::subjects), where there may be none.
    ///
    /// # Errors
    ///
    /// If a configuration can't be understood.
    pub(crate) fn configured(&self, workspace: &Workspace, base: &Path) -> io::Result<Vec<Subject>> {
        if self.has_paths() {
            let (folder, member) = match workspace.members.as_slice() {
                [member] => (&member.folder, Some(member)),
                _ => (&workspace.root, None),
            };
            let mut configuration = Configuration::of(workspace, member)?;
            configuration.is_strict |= self.strict;
            let members = (0..workspace.members.len()).collect();
            return Ok(vec![self.given(folder, base, configuration, members)?]);
        }
        let mut subjects = Vec::new();
        let mut without = Vec::new();
        for (index, member) in workspace.members.iter().enumerate() {
            let configuration = Configuration::of(workspace, Some(member))?;
            // Of several packages not all have what the workspace says.
            let has_roots =
                !workspace.is_whole || !configuration.inherits_roots || configuration.has_some_root(&member.folder);
            if configuration.roots.is_empty() || !has_roots {
                without.push(index);
            } else {
                subjects.push(self.of_configuration(&member.folder, base, configuration, vec![index])?);
            }
        }
        let is_member = workspace.members.iter().any(|member| member.folder == workspace.root);
        if workspace.is_whole && !is_member {
            let configuration = Configuration::of(workspace, None)?;
            if configuration.has_some_root(&workspace.root) {
                let all = || (0..workspace.members.len()).collect();
                let members = if without.is_empty() { all() } else { without };
                subjects.push(self.of_configuration(&workspace.root, base, configuration, members)?);
            }
        }
        Ok(subjects)
    }

    /// The front end in a folder of a package, where neither paths nor a configuration name one.
    ///
    /// # Errors
    ///
    /// If an option can't be understood.
    pub(crate) fn within(&self, package: &Path, root: &str) -> io::Result<Subject> {
        let front_end = self.complete(FrontEnd::new().root(root), package)?;
        Ok(Subject::new(front_end, package, package, self.unconfigured(), vec![0], vec![root.to_owned()]))
    }

    fn unconfigured(&self) -> Configuration {
        Configuration { is_strict: self.strict, ..Configuration::default() }
    }

    fn given(
        &self,
        folder: &Path,
        base: &Path,
        configuration: Configuration,
        members: Vec<usize>,
    ) -> io::Result<Subject> {
        let roots = self.paths.iter().map(|path| told_from(folder, path)).collect::<io::Result<Vec<_>>>()?;
        let front_end = roots.iter().fold(FrontEnd::new(), FrontEnd::root);
        let front_end = self.complete(front_end, folder)?;
        Ok(Subject::new(front_end, folder, base, configuration, members, roots))
    }

    fn of_configuration(
        &self,
        folder: &Path,
        base: &Path,
        mut configuration: Configuration,
        members: Vec<usize>,
    ) -> io::Result<Subject> {
        configuration.is_strict |= self.strict;
        let roots = configuration.roots.clone();
        let mut front_end = roots.iter().fold(FrontEnd::new(), FrontEnd::root);
        front_end = configuration.mode.iter().fold(front_end, FrontEnd::mode);
        let options = configuration.options.iter();
        front_end = options.fold(front_end, |front_end, (name, value)| front_end.option(name, value));
        let front_end = self.complete(front_end, folder)?;
        Ok(Subject::new(front_end, folder, base, configuration, members, roots))
    }

    /// With what else is given on the command line, where paths are told from the working directory.
    fn complete(&self, mut front_end: FrontEnd, folder: &Path) -> io::Result<FrontEnd> {
        front_end = self.mode.iter().fold(front_end, FrontEnd::mode);
        for (name, values) in [("ignore", &self.ignore), ("base-url", &self.base_url), ("sink", &self.sink)] {
            front_end = values.iter().fold(front_end, |front_end, value| front_end.option(name, value));
        }
        for (name, values) in [("env-file", &self.env_file), ("tsconfig", &self.tsconfig)] {
            for value in values {
                front_end = front_end.option(name, told_from(folder, value)?);
            }
        }
        for alias in &self.alias {
            let alias = match alias.split_once('=') {
                Some((pattern, target)) => format!("{pattern}={}", told_from(folder, target)?),
                // The scan says what is wrong with it.
                None => alias.clone(),
            };
            front_end = front_end.option("alias", alias);
        }
        Ok(if self.strict { front_end.strict() } else { front_end })
    }
}

impl Configuration {
    fn has_some_root(&self, folder: &Path) -> bool {
        self.roots.iter().any(|root| folder.join(root).exists())
    }
}

impl Subject {
    pub(crate) fn new(
        front_end: FrontEnd,
        folder: &Path,
        base: &Path,
        configuration: Configuration,
        members: Vec<usize>,
        roots: Vec<String>,
    ) -> Self {
        let (folder, base) = (folder.to_owned(), base.to_owned());
        Self { front_end, folder, base, configuration, members, roots, found: OnceCell::new() }
    }

    /// Scans it, once, with a sign of life on a terminal.
    ///
    /// # Errors
    ///
    /// If the scan can't run.
    pub(crate) fn scan(&self) -> io::Result<&Found> {
        if let Some(found) = self.found.get() {
            return Ok(found);
        }
        let found = self.look()?;
        Ok(self.found.get_or_init(|| found))
    }

    fn look(&self) -> io::Result<Found> {
        let scan = self.front_end.to_scan().map_err(io::Error::other)?;
        // A scan names files from the folder that it runs in.
        let here = std::env::current_dir()?;
        std::env::set_current_dir(&self.folder)?;
        let progress = Arc::new(Progress::default());
        let scan = scan.progress(Arc::clone(&progress));
        let report = progress::while_running(&progress, || scan.run());
        let named = |error: csp_build::scan::Error| match self.shown(".").as_str() {
            // Of several it must be known whose it is.
            "." => io::Error::other(error),
            folder => io::Error::other(format!("{folder}: {error}")),
        };
        let found = report.map_err(named).and_then(|mut report| {
            let data = self.front_end.to_data(&self.folder, &report).map_err(io::Error::other)?;
            self.rebase(&mut report);
            Ok(Found { report, data })
        });
        std::env::set_current_dir(here)?;
        found
    }

    /// A file that is told from the front end's folder, as it is shown.
    pub(crate) fn shown(&self, file: &str) -> String {
        if self.base == self.folder || Path::new(file).is_absolute() {
            return file.to_owned();
        }
        relative(&self.base, &self.folder.join(file))
    }

    fn rebase(&self, report: &mut Report) {
        let places = report.endpoints.iter_mut().map(|endpoint| &mut endpoint.place);
        let calls = report.unresolved.iter_mut();
        let unresolved = calls
            .flat_map(|call| std::iter::once(&mut call.place).chain(call.chain.iter_mut().map(|step| &mut step.place)));
        places.chain(unresolved).for_each(|place: &mut Place| place.file = self.shown(&place.file));
    }
}

/// A path that is given here, as it is told from a folder.
fn told_from(folder: &Path, path: &str) -> io::Result<String> {
    let here = std::env::current_dir()?;
    if here == folder || Path::new(path).is_absolute() {
        return Ok(path.to_owned());
    }
    let here = std::fs::canonicalize(here)?;
    Ok(if here == folder { path.to_owned() } else { relative(folder, &here.join(path)) })
}

fn nothing(workspace: &Workspace) -> io::Error {
    let configured = workspace.rest.iter().filter(|member| {
        Configuration::of(workspace, Some(member))
            .is_ok_and(|configuration| !configuration.roots.is_empty() && configuration.has_some_root(&member.folder))
    });
    let others: Vec<String> = configured.map(|member| format!("--package {}", member.name)).collect();
    let help = if others.is_empty() {
        String::new()
    } else {
        format!("\nhelp: other packages here have one: --workspace, or {}", others.join(", "))
    };
    io::Error::new(
        io::ErrorKind::InvalidInput,
        format!(
            "no front end to scan: give a PATH, or write its roots into Cargo.toml: [package.metadata.csp] roots = \
             [\"web/src\"]{help}"
        ),
    )
}
