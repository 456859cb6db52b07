//! The measurements, for people and for machines.

use crate::Row;
use crate::engines::{LIMIT, OURS};

impl Row {
    fn ratio_to(&self, rows: &[Self], engine: &str) -> Option<f64> {
        let other =
            rows.iter().find(|row| row.engine == engine && row.case == self.case && row.sources == self.sources)?;
        Some(self.nanoseconds / other.nanoseconds)
    }
}

pub(crate) fn markdown(rows: &[Row]) {
    println!("| case | sources | engine | ns | instructions | allocations | to the limit | to ours |");
    println!("|---|---:|---|---:|---:|---:|---:|---:|");
    for row in rows {
        let ratio = |engine| row.ratio_to(rows, engine).map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}"));
        let instructions = row.instructions.map_or_else(|| "-".to_owned(), |count| count.to_string());
        println!(
            "| {} | {} | {} | {:.1} | {instructions} | {} | {} | {} |",
            row.case,
            row.sources,
            row.engine,
            row.nanoseconds,
            row.allocations,
            ratio(LIMIT),
            ratio(OURS),
        );
    }
}

pub(crate) fn json(rows: &[Row]) {
    println!("[");
    for (index, row) in rows.iter().enumerate() {
        let number = |number: Option<f64>| number.map_or_else(|| "null".to_owned(), |number| format!("{number:.3}"));
        let instructions = row.instructions.map_or_else(|| "null".to_owned(), |count| count.to_string());
        println!(
            "  {{\"case\": \"{}\", \"engine\": \"{}\", \"sources\": {}, \"ns\": {:.2}, \"instructions\": {instructions}, \
             \"allocations\": {}, \"ratio_to_limit\": {}, \"ratio_to_ours\": {}}}{}",
            row.case,
            row.engine,
            row.sources,
            row.nanoseconds,
            row.allocations,
            number(row.ratio_to(rows, LIMIT)),
            number(row.ratio_to(rows, OURS)),
            if index + 1 < rows.len() { "," } else { "" },
        );
    }
    println!("]");
}
