//! The measurements, for people and for machines.

use std::collections::BTreeSet;

use crate::engines::{LIMIT, OURS};

#[derive(Default)]
pub(crate) struct Report {
    pub(crate) rows: Vec<Row>,
    /// What the figures don't say.
    pub(crate) notes: BTreeSet<String>,
}

/// One engine with one URL and one list.
pub(crate) struct Row {
    pub(crate) case: &'static str,
    pub(crate) engine: String,
    pub(crate) sources: usize,
    pub(crate) nanoseconds: f64,
    pub(crate) instructions: Option<u64>,
    pub(crate) allocations: u64,
}

impl Report {
    pub(crate) fn markdown(&self) {
        println!("| case | sources | engine | ns | instructions | allocations | to the limit | to ours |");
        println!("|---|---:|---|---:|---:|---:|---:|---:|");
        for row in &self.rows {
            let Row { case, engine, sources, nanoseconds, allocations, .. } = row;
            let instructions = row.instructions.map_or_else(|| "-".to_owned(), |count| count.to_string());
            let [limit, ours] = self.ratios(row).map(|ratio| ratio.map_or_else(|| "-".to_owned(), two_places));
            println!(
                "| {case} | {sources} | {engine} | {nanoseconds:.1} | {instructions} | {allocations} | {limit} | {ours} |"
            );
        }
        println!();
        self.notes.iter().for_each(|note| println!("- {note}"));
    }

    pub(crate) fn json(&self) {
        let rows: Vec<String> = self.rows.iter().map(|row| self.object(row)).collect();
        println!("[\n  {}\n]", rows.join(",\n  "));
        self.notes.iter().for_each(|note| eprintln!("{note}"));
    }

    fn object(&self, row: &Row) -> String {
        let Row { case, engine, sources, nanoseconds, allocations, .. } = row;
        let instructions = row.instructions.map_or_else(|| "null".to_owned(), |count| count.to_string());
        let [limit, ours] = self.ratios(row).map(|ratio| ratio.map_or_else(|| "null".to_owned(), two_places));
        format!(
            "{{\"case\": \"{case}\", \"engine\": \"{engine}\", \"sources\": {sources}, \"ns\": {nanoseconds:.2}, \
             \"instructions\": {instructions}, \"allocations\": {allocations}, \"ratio_to_limit\": {limit}, \
             \"ratio_to_ours\": {ours}}}"
        )
    }

    /// To the limit and to ours.
    fn ratios(&self, row: &Row) -> [Option<f64>; 2] {
        [LIMIT, OURS].map(|engine| {
            let same = |other: &&Row| other.engine == engine && other.case == row.case && other.sources == row.sources;
            Some(row.nanoseconds / self.rows.iter().find(same)?.nanoseconds)
        })
    }
}

fn two_places(ratio: f64) -> String {
    format!("{ratio:.2}")
}
