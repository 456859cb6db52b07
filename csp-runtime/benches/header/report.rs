//! The measurements, for people and for machines.

use crate::engines::{CONST, LAYER};

pub(crate) struct Row<'a> {
    pub(crate) engine: &'a str,
    pub(crate) nanoseconds: f64,
    pub(crate) instructions: Option<u64>,
    pub(crate) allocations: u64,
}

pub(crate) fn markdown(rows: &[Row<'_>]) {
    println!("| engine | ns | instructions | allocations | to our const | to our layer |");
    println!("|---|---:|---:|---:|---:|---:|");
    for row in rows {
        let Row { engine, nanoseconds, allocations, .. } = row;
        let instructions = row.instructions.map_or_else(|| "-".to_owned(), |count| count.to_string());
        let [constant, layer] = ratios(rows, row);
        println!("| {engine} | {nanoseconds:.1} | {instructions} | {allocations} | {constant:.2} | {layer:.2} |");
    }
}

pub(crate) fn json(rows: &[Row<'_>]) {
    let object = |row: &Row<'_>| {
        let Row { engine, nanoseconds, allocations, .. } = row;
        let instructions = row.instructions.map_or_else(|| "null".to_owned(), |count| count.to_string());
        let [constant, layer] = ratios(rows, row);
        format!(
            "{{\"engine\": \"{engine}\", \"ns\": {nanoseconds:.2}, \"instructions\": {instructions}, \
             \"allocations\": {allocations}, \"ratio_to_const\": {constant:.2}, \"ratio_to_layer\": {layer:.2}}}"
        )
    };
    println!("[\n  {}\n]", rows.iter().map(object).collect::<Vec<_>>().join(",\n  "));
}

fn ratios(rows: &[Row<'_>], row: &Row<'_>) -> [f64; 2] {
    [CONST, LAYER].map(|engine| {
        let own = rows.iter().find(|other| other.engine == engine).expect("ours are measured");
        row.nanoseconds / own.nanoseconds
    })
}
