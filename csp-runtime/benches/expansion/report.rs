//! The measurements, for people and for machines.

/// One compilation.
pub(crate) struct Row {
    pub(crate) case: &'static str,
    pub(crate) subject: &'static str,
    pub(crate) sources: Option<usize>,
    pub(crate) milliseconds: f64,
    pub(crate) over_empty: Option<f64>,
    pub(crate) crates: Option<usize>,
}

pub(crate) fn markdown(rows: &[Row]) {
    println!("| case | subject | sources | CPU ms | over an empty crate | crates |");
    println!("|---|---|---:|---:|---:|---:|");
    for row in rows {
        let [sources, over_empty, crates] = row.optional("-");
        let Row { case, subject, milliseconds, .. } = row;
        println!("| {case} | {subject} | {sources} | {milliseconds:.0} | {over_empty} | {crates} |");
    }
}

pub(crate) fn json(rows: &[Row]) {
    let object = |row: &Row| {
        let [sources, over_empty, crates] = row.optional("null");
        let Row { case, subject, milliseconds, .. } = row;
        format!(
            "{{\"case\": \"{case}\", \"subject\": \"{subject}\", \"sources\": {sources}, \"cpu_ms\": {milliseconds:.0}, \
             \"over_empty_ms\": {over_empty}, \"crates\": {crates}}}"
        )
    };
    println!("[\n  {}\n]", rows.iter().map(object).collect::<Vec<_>>().join(",\n  "));
}

impl Row {
    /// What not every row has.
    fn optional(&self, nothing: &str) -> [String; 3] {
        let number = |number: Option<usize>| number.map_or_else(|| nothing.to_owned(), |number| number.to_string());
        let over_empty = self.over_empty.map_or_else(|| nothing.to_owned(), |over| format!("{over:.0}"));
        [number(self.sources), over_empty, number(self.crates)]
    }
}
