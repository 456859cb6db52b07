//! From a scan to what is kept of it.

use std::collections::BTreeSet;
use std::path::Path;

use csp_core::scan::{ScanData, ScannedCall, ScannedFile, ScannedPlace, UnresolvedCall};

use crate::scan::{Place, Report, Scan, Strictness};
use crate::{Error, FrontEnd, inputs};

/// The configurations that an import may look into, next to the sources or above them.
const CONFIGS: &[&str] = &["tsconfig.json", "jsconfig.json", "tsconfig.app.json"];

impl FrontEnd {
    /// The scan that this asks for. Paths are relative to the working directory.
    #[doc(hidden)]
    pub fn to_scan(&self) -> Result<Scan, Error> {
        let mut scan = self.roots.iter().fold(Scan::new().mode(&self.mode), Scan::root);
        for option in &self.options {
            let value = &option.value;
            scan = match option.name.as_str() {
                "env-file" => scan.env_file(value),
                "ignore" => scan.ignore(value),
                "base-url" => scan.base_url(value),
                "tsconfig" => scan.tsconfig(value),
                "alias" => match value.split_once('=') {
                    Some((pattern, target)) => scan.alias(pattern, target),
                    None => {
                        return Err(Error::new(format!("the alias `{value}` has no target: write `@app/*=web/app/*`")));
                    }
                },
                "sink" => scan.sink(value.parse().map_err(|error: crate::scan::Error| Error::new(error.to_string()))?),
                "strict" => scan.strictness(Strictness::Deny),
                other => return Err(Error::new(format!("there is no option `{other}`"))),
            };
        }
        Ok(scan)
    }

    /// Scans, for a package whose folder is the working directory. A build script has a folder for a cache. The files have no
    /// hashes: a build script is run again by their times.
    pub(crate) fn extract(&self, package: &Path, out: Option<&Path>) -> Result<ScanData, Error> {
        let mut scan = self.to_scan()?;
        if let Some(out) = out {
            scan = scan.cache(out.join("csp-scan-cache"));
        }
        let report = scan.run().map_err(|error| Error::new(error.to_string()))?;
        let unread = |path: &str| {
            // Env files that were looked for in vain are told of, too.
            let hash = if package.join(path).exists() { "" } else { inputs::ABSENT };
            Ok(ScannedFile { path: path.to_owned(), hash: hash.to_owned() })
        };
        self.data(package, &report, unread)
    }

    /// What is kept of a report, and the hashes of all that it depends on.
    #[doc(hidden)]
    pub fn to_data(&self, package: &Path, report: &Report) -> Result<ScanData, Error> {
        self.data(package, report, |path| inputs::file(package, path))
    }

    fn data(
        &self,
        package: &Path,
        report: &Report,
        file: impl Fn(&str) -> Result<ScannedFile, Error>,
    ) -> Result<ScanData, Error> {
        let mut data = ScanData::default();
        data.mode.clone_from(&self.mode);
        data.roots.clone_from(&self.roots);
        data.options.clone_from(&self.options);
        let mut paths: BTreeSet<String> = report.inputs.files.iter().cloned().collect();
        paths.extend(report.inputs.env_files.iter().map(|path| inputs::relative(package, path)));
        let given = self.options.iter().filter(|option| option.name == "tsconfig");
        paths.extend(given.map(|option| option.value.clone()));
        paths.extend(configs(package, &report.inputs.files));
        for path in &paths {
            data.files.push(file(path)?);
        }
        data.variables = report.inputs.variables.iter().map(|name| inputs::variable(name)).collect();
        data.calls = report
            .endpoints
            .iter()
            .map(|endpoint| ScannedCall {
                place: place(&endpoint.place),
                origin: endpoint.origin.clone(),
                sink: endpoint.sink.clone(),
            })
            .collect();
        data.unresolved = report
            .unresolved
            .iter()
            .map(|call| UnresolvedCall {
                place: place(&call.place),
                sink: call.sink.clone(),
                code: call.reason.code.as_str().to_owned(),
                detail: call.reason.detail.clone(),
            })
            .collect();
        data.sort();
        Ok(data)
    }
}

fn place(place: &Place) -> ScannedPlace {
    ScannedPlace { file: place.file.clone(), line: place.line, column: place.column }
}

/// The configurations beside files and above them, up to the package.
fn configs(package: &Path, files: &[String]) -> BTreeSet<String> {
    let folders: BTreeSet<&Path> = files.iter().flat_map(|file| Path::new(file).ancestors().skip(1)).collect();
    let mut found = BTreeSet::new();
    for folder in folders {
        for name in CONFIGS {
            let path = folder.join(name);
            if package.join(&path).is_file() {
                found.insert(inputs::relative(package, &path));
            }
        }
    }
    found
}
