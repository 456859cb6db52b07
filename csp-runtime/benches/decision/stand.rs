//! Where an engine is measured: a process of its own, which answers what the bench asks.

use std::hint::black_box;
use std::io::{BufRead, Write};
use std::time::Instant;

use crate::lists::List;

/// One decision of one URL.
pub(crate) type Decide<'a> = Box<dyn Fn() -> bool + 'a>;

pub(crate) struct Engine {
    pub(crate) name: &'static str,
    /// Whether it decides; the others are what a decision can't do without.
    pub(crate) decides: bool,
    pub(crate) prepare: for<'a> fn(&'a List, &'a str) -> Decide<'a>,
}

/// Does what the arguments ask; `false` if they ask for nothing that is known here.
///
/// - `--engines` prints the names, and before each whether it decides.
/// - `--serve CASE ENGINE SOURCES` answers a line with a line: `verdict`, `control`, `allocations` and `time REPEATS`,
///   which is in nanoseconds.
/// - `--count CASE ENGINE SOURCES REPEATS` runs decisions for valgrind to count.
pub(crate) fn run(engines: &[Engine]) -> bool {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--engines"] => engines.iter().for_each(|engine| println!("{} {}", engine.decides, engine.name)),
        ["--serve", case, engine, sources] => serve(named(engines, engine), &List::new(sources.parse().unwrap()), case),
        ["--count", case, engine, sources, repeats] => {
            let list = List::new(sources.parse().unwrap());
            let url = list.url(case);
            let decide = (named(engines, engine).prepare)(&list, &url);
            // What an engine does once, at its first decision, doesn't count.
            black_box(decide());
            black_box(csp_bench_counted(&decide, repeats.parse().unwrap()));
        }
        _ => return false,
    }
    true
}

fn named<'a>(engines: &'a [Engine], name: &str) -> &'a Engine {
    engines.iter().find(|engine| engine.name == name).unwrap()
}

fn serve(engine: &Engine, list: &List, case: &str) {
    let url = list.url(case);
    let decide = (engine.prepare)(list, &url);
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let answer = match line.split_once(' ').unwrap_or((&line, "")) {
            ("verdict", _) => decide().to_string(),
            ("control", _) => (engine.prepare)(list, &list.control(case))().to_string(),
            ("allocations", _) => allocations(&decide).to_string(),
            ("time", repeats) => nanoseconds(&decide, repeats.parse().unwrap()).to_string(),
            _ => unreachable!("asked `{line}`"),
        };
        writeln!(output, "{answer}").unwrap();
        output.flush().unwrap();
    }
}

fn allocations(decide: &Decide<'_>) -> u64 {
    let once = || {
        black_box(decide());
    };
    allocation_counter::measure(once).count_total
}

fn nanoseconds(decide: &Decide<'_>, repeats: u32) -> f64 {
    // The pipe has cooled the caches.
    for _ in 0..=repeats / 20 {
        black_box(decide());
    }
    let start = Instant::now();
    for _ in 0..repeats {
        black_box(decide());
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(repeats)
}

#[inline(never)]
fn csp_bench_counted(decide: &Decide<'_>, repeats: u32) -> u32 {
    (0..repeats).map(|_| u32::from(black_box(decide()))).sum()
}
