//! The front end that a command is asked about.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use csp_build::FrontEnd;
use csp_build::scan::Report;
use indicatif::ProgressBar;

use crate::arguments::FrontEndArguments;
use crate::configuration::{Configuration, package_folder};

/// How long a scan may take without a sign of life.
const PATIENCE: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);

/// A front end, and the package that it belongs to.
pub(crate) struct Subject {
    pub(crate) front_end: FrontEnd,
    /// The folder of the Cargo.toml, if there is one.
    pub(crate) package: Option<PathBuf>,
    pub(crate) configuration: Configuration,
}

impl FrontEndArguments {
    /// What is asked for: the paths that are given, as they are seen from here; else those of the configuration, and the
    /// working directory becomes the package's folder.
    ///
    /// # Errors
    ///
    /// If there is neither, or the configuration can't be read.
    pub(crate) fn subject(&self) -> io::Result<Subject> {
        if !self.paths.is_empty() {
            return Ok(Subject {
                front_end: self.given(&self.paths),
                package: None,
                configuration: Configuration::default(),
            });
        }
        let package = package_folder().ok_or_else(nothing)?;
        let configuration = Configuration::read(&package)?;
        if configuration.roots.is_empty() {
            return Err(nothing());
        }
        std::env::set_current_dir(&package)?;
        let mut front_end = configuration.roots.iter().fold(FrontEnd::new(), FrontEnd::root);
        if let Some(mode) = &configuration.mode {
            front_end = front_end.mode(mode);
        }
        let front_end =
            configuration.options.iter().fold(front_end, |front_end, (name, value)| front_end.option(name, value));
        Ok(Subject { front_end, package: Some(package), configuration })
    }

    /// As [`subject`](Self::subject), of a package: paths that are given are told from its folder, and the working directory
    /// becomes that folder.
    ///
    /// # Errors
    ///
    /// If there is no package, or as [`subject`](Self::subject).
    pub(crate) fn subject_of_package(&self) -> io::Result<(Subject, PathBuf)> {
        let package = package_folder().ok_or_else(|| {
            io::Error::new(io::ErrorKind::NotFound, "there is no Cargo.toml here, nor in a folder above")
        })?;
        if self.paths.is_empty() {
            return Ok((self.subject()?, package));
        }
        let here = std::env::current_dir()?;
        let below = here.strip_prefix(&package).unwrap_or(Path::new("")).to_owned();
        let paths: Vec<String> =
            self.paths.iter().map(|path| below.join(path).to_string_lossy().into_owned()).collect();
        let configuration = Configuration::read(&package)?;
        std::env::set_current_dir(&package)?;
        let subject = Subject { front_end: self.given(&paths), package: Some(package.clone()), configuration };
        Ok((subject, package))
    }

    fn given(&self, paths: &[String]) -> FrontEnd {
        let mut front_end = paths.iter().fold(FrontEnd::new(), FrontEnd::root);
        if let Some(mode) = &self.mode {
            front_end = front_end.mode(mode);
        }
        for (name, values) in [
            ("env-file", &self.env_file),
            ("ignore", &self.ignore),
            ("base-url", &self.base_url),
            ("tsconfig", &self.tsconfig),
            ("alias", &self.alias),
            ("sink", &self.sink),
        ] {
            front_end = values.iter().fold(front_end, |front_end, value| front_end.option(name, value));
        }
        if self.strict { front_end.strict() } else { front_end }
    }
}

impl Subject {
    /// Scans it, with a sign of life on a terminal.
    ///
    /// # Errors
    ///
    /// If the scan can't run.
    pub(crate) fn scan(&self) -> io::Result<Report> {
        let scan = self.front_end.to_scan().map_err(io::Error::other)?;
        if !io::stderr().is_terminal() {
            return scan.run().map_err(io::Error::other);
        }
        std::thread::scope(|scope| {
            let (done, waiting) = mpsc::channel::<()>();
            scope.spawn(move || {
                if !matches!(waiting.recv_timeout(PATIENCE), Err(mpsc::RecvTimeoutError::Timeout)) {
                    return;
                }
                let bar = ProgressBar::new_spinner().with_message("scanning");
                while matches!(waiting.recv_timeout(TICK), Err(mpsc::RecvTimeoutError::Timeout)) {
                    bar.tick();
                }
                bar.finish_and_clear();
            });
            let report = scan.run().map_err(io::Error::other);
            drop(done);
            report
        })
    }
}

fn nothing() -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidInput,
        "no front end to scan: give a PATH, or write its roots into Cargo.toml: [package.metadata.csp] roots = \
         [\"web/src\"]",
    )
}
