//! Times of many engines, fairly.

use crate::contender::Contender;

const ROUNDS: usize = 15;

/// A round of one engine takes about so long, in nanoseconds.
const ROUND: f64 = 1_000_000.0;

/// What is counted under valgrind takes about so long without it.
const COUNTED: f64 = 5_000_000.0;

/// The median nanoseconds of each, measured in turns, so that a busy machine is busy for all of them.
pub(crate) fn interleaved(contenders: &mut [Contender<'_>]) -> Vec<f64> {
    let repeats: Vec<u32> =
        contenders.iter_mut().map(|contender| repeats(ROUND, contender.nanoseconds(5), 500_000)).collect();
    let mut times = vec![Vec::with_capacity(ROUNDS); contenders.len()];
    for _ in 0..ROUNDS {
        for (index, contender) in contenders.iter_mut().enumerate() {
            times[index].push(contender.nanoseconds(repeats[index]));
        }
    }
    for times in &mut times {
        times.sort_by(f64::total_cmp);
    }
    times.iter().map(|times| times[ROUNDS / 2]).collect()
}

/// The instructions of a decision that takes so long.
pub(crate) fn instructions(contender: &Contender<'_>, nanoseconds: f64) -> Option<u64> {
    contender.instructions(repeats(COUNTED, nanoseconds, 1_000))
}

/// So many that they take about the given time.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn repeats(time: f64, once: f64, most: u32) -> u32 {
    (time / once.max(1.0)).clamp(1.0, f64::from(most)) as u32
}
