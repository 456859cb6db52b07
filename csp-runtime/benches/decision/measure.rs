//! Times, instructions and allocations of a decision.

use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

use crate::engines::{Decide, ENGINES};
use crate::lists::List;

/// The argument that makes the program run one measurement for valgrind.
pub(crate) const ONE: &str = "--one";

/// Decisions of one measurement under valgrind.
const COUNTED: u64 = 1_000;

const ROUNDS: usize = 15;

/// The median nanoseconds of each, measured in turns, so that a busy machine is busy for all of them.
pub(crate) fn interleaved(decides: &[&Decide<'_>]) -> Vec<f64> {
    let repeats: Vec<u32> = decides.iter().map(|decide| repeats(decide)).collect();
    let mut times = vec![Vec::with_capacity(ROUNDS); decides.len()];
    for _ in 0..ROUNDS {
        for (index, decide) in decides.iter().enumerate() {
            times[index].push(time(decide, repeats[index]));
        }
    }
    for times in &mut times {
        times.sort_by(f64::total_cmp);
    }
    times.iter().map(|times| times[ROUNDS / 2]).collect()
}

/// So many that they take about a millisecond.
fn repeats(decide: &Decide<'_>) -> u32 {
    let once = time(decide, 20).max(1.0);
    // A number between 1 and 500,000.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let repeats = (1_000_000.0 / once).clamp(1.0, 500_000.0) as u32;
    repeats
}

fn time(decide: &Decide<'_>, repeats: u32) -> f64 {
    let start = Instant::now();
    for _ in 0..repeats {
        black_box(decide());
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(repeats)
}

/// How often a decision allocates.
pub(crate) fn allocations(decide: &Decide<'_>) -> u64 {
    allocation_counter::measure(|| {
        black_box(decide());
    })
    .count_total
}

/// The instructions of a decision; `None` without valgrind.
pub(crate) fn instructions(case: &str, engine: &str, sources: usize) -> Option<u64> {
    let program = std::env::current_exe().ok()?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=*csp_bench_counted*"])
        .arg(program)
        .args([ONE, case, engine, &sources.to_string()])
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let collected = text.lines().find_map(|line| line.split_once("Collected :"))?.1.trim().parse::<u64>().ok()?;
    Some(collected / COUNTED)
}

/// One measurement, for valgrind to count.
pub(crate) fn one(case: &str, engine: &str, sources: usize) {
    let list = List::new(sources);
    let url = list.url(case);
    let engine = ENGINES.iter().find(|known| known.name == engine).unwrap();
    let decide = engine.prepare(&list, &url);
    black_box(csp_bench_counted(&decide));
}

#[inline(never)]
fn csp_bench_counted(decide: &Decide<'_>) -> u64 {
    (0..COUNTED).map(|_| u64::from(black_box(decide()))).sum()
}
