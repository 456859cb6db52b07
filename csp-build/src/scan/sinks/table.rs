//! The rows by the names they are found under.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::{Condition, Implied, Root, Sink, Slot, Spec, Transport, Where, all};

/// A row as the resolver needs it.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "columns of a table")]
pub(crate) struct Row {
    /// The class that it is a function of.
    pub(crate) of: Option<&'static str>,
    pub(crate) transport: Transport,
    pub(crate) urls: Vec<Where>,
    pub(crate) bases: Vec<Where>,
    pub(crate) defaults_to_self: bool,
    pub(crate) method_first: bool,
    pub(crate) only_texts: bool,
    pub(crate) condition: Option<Condition>,
    pub(crate) only_absolute: bool,
    /// Nothing is wrong where there is no URL.
    pub(crate) may_lack_url: bool,
    pub(crate) makes: Option<&'static str>,
    pub(crate) keeps_options: bool,
    pub(crate) kept_by: Option<&'static str>,
    pub(crate) rule: Option<&'static str>,
    pub(crate) implied: &'static [Implied],
}

type Names<K> = HashMap<K, HashMap<String, Rc<Row>>>;

#[derive(Debug)]
pub(crate) struct Table {
    globals: HashMap<String, Rc<Row>>,
    /// The first names of globals.
    roots: HashSet<String>,
    packages: Names<String>,
    classes: Names<&'static str>,
}

impl Table {
    /// All rows, those of the user first.
    pub(crate) fn with(own: &[Sink]) -> Self {
        let mut table =
            Self { globals: HashMap::new(), roots: HashSet::new(), packages: HashMap::new(), classes: HashMap::new() };
        for sink in own {
            let row = Rc::new(Row::own(sink));
            match &sink.package {
                Some(package) => insert(table.packages.entry(package.clone()).or_default(), &sink.path, &row),
                None => insert(&mut table.globals, &sink.path, &row),
            }
        }
        for spec in all() {
            let row = Rc::new(Row::of(spec));
            for path in spec.paths {
                match spec.root {
                    Root::Global => insert(&mut table.globals, path, &row),
                    Root::Client(class) => insert(table.classes.entry(class).or_default(), path, &row),
                    Root::Package(packages) => {
                        for &package in packages {
                            insert(table.packages.entry(package.to_owned()).or_default(), path, &row);
                        }
                    }
                }
            }
        }
        let first = |path: &String| path.split('.').next().unwrap_or_default().to_owned();
        table.roots = table.globals.keys().map(first).collect();
        table
    }

    pub(crate) fn global(&self, name: &str) -> Option<&Rc<Row>> {
        self.globals.get(name)
    }

    /// Whether a global is one of the table's, or has functions that are.
    pub(crate) fn is_root(&self, name: &str) -> bool {
        let path = name.split('.').next().unwrap_or(name);
        self.roots.contains(path)
    }

    pub(crate) fn has_package(&self, package: &str) -> bool {
        self.packages.contains_key(package)
    }

    /// The names of a package that connect.
    pub(crate) fn names(&self, package: &str) -> Vec<String> {
        self.packages.get(package).map_or_else(Vec::new, |names| names.keys().cloned().collect())
    }

    pub(crate) fn package(&self, package: &str, path: &str) -> Option<&Rc<Row>> {
        if let Some(names) = self.packages.get(package) {
            return names.get(path);
        }
        // A file of a package has what the package has, as far as the names tell.
        let (root, file) = entry_point(package)?;
        let names = self.packages.get(root)?;
        if !path.is_empty() {
            return names.get(path);
        }
        let file = file.rsplit('/').next()?.split('.').next()?;
        let name = root.rsplit('/').next()?;
        let is_whole = file == "index" || name.starts_with(file) || file.starts_with(name);
        names.get(file).filter(|_| !file.is_empty()).or_else(|| names.get("").filter(|_| is_whole))
    }

    pub(crate) fn class(&self, class: &str, path: &str) -> Option<&Rc<Row>> {
        let names = self.classes.get(class)?;
        let any = |(object, _): (&str, &str)| names.get(&format!("{object}.*"));
        names
            .get(path)
            .or_else(|| path.split_once('.').and_then(any))
            .or_else(|| names.get("*").filter(|_| !path.is_empty()))
    }
}

/// A package and the file of it that an import names.
pub(crate) fn entry_point(source: &str) -> Option<(&str, &str)> {
    let (scope, rest) = match source.strip_prefix('@') {
        Some(scoped) => (scoped.find('/')? + 2, scoped.split_once('/')?.1),
        None => (0, source),
    };
    let (name, file) = rest.split_once('/')?;
    let is_package = !name.is_empty() && !name.starts_with('.') && !name.contains(':');
    is_package.then(|| (source.get(..scope + name.len()).unwrap_or(source), file))
}

fn insert(names: &mut HashMap<String, Rc<Row>>, name: &str, row: &Rc<Row>) {
    names.entry(name.to_owned()).or_insert_with(|| Rc::clone(row));
}

impl Row {
    fn of(spec: &'static Spec) -> Self {
        let places = |slots: &[Slot]| slots.iter().map(|&slot| slot.into()).collect();
        Self {
            of: match spec.root {
                Root::Client(class) => Some(class),
                Root::Global | Root::Package(_) => None,
            },
            transport: spec.transport,
            urls: places(spec.urls),
            bases: places(spec.bases),
            defaults_to_self: spec.defaults_to_self,
            method_first: spec.method_first,
            only_texts: spec.only_texts,
            condition: spec.condition,
            only_absolute: spec.only_absolute,
            may_lack_url: !matches!(spec.root, Root::Global) || !spec.implied.is_empty(),
            makes: spec.makes,
            keeps_options: spec.keeps_options,
            kept_by: spec.kept_by,
            rule: spec.rule,
            implied: spec.implied,
        }
    }

    fn own(sink: &Sink) -> Self {
        Self {
            of: None,
            transport: sink.transport,
            urls: sink.urls.clone(),
            bases: sink.bases.clone(),
            defaults_to_self: false,
            method_first: false,
            only_texts: false,
            condition: None,
            only_absolute: false,
            may_lack_url: false,
            makes: None,
            keeps_options: false,
            kept_by: None,
            rule: None,
            implied: &[],
        }
    }

    /// Whether it connects by itself; others only make what does.
    pub(crate) fn connects(&self) -> bool {
        !self.urls.is_empty() || !self.bases.is_empty() || !self.implied.is_empty()
    }
}

impl From<Slot> for Where {
    fn from(slot: Slot) -> Self {
        match slot {
            Slot::Argument(argument) => Self { argument, path: Vec::new() },
            Slot::Key(argument, path) => Self { argument, path: path.split('.').map(str::to_owned).collect() },
        }
    }
}
