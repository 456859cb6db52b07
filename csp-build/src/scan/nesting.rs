//! How deep a text may nest, judged before a parser recurses into it.

use std::cell::Cell;
use std::io;
use std::thread;

/// What a level takes of the stack at most. Measured without optimisation, as build scripts are compiled: 2 to 6 KiB,
/// whatever nests.
const LEVEL: usize = 12 << 10;

/// Stacks that are asked for, the largest first. Pages that aren't touched cost nothing, but some systems promise none
/// that they don't have.
const STACKS: [usize; 3] =
    if usize::BITS < 64 { [256 << 20, 64 << 20, 16 << 20] } else { [2 << 30, 512 << 20, 128 << 20] };

thread_local! {
    /// The stack that there is.
    static STACK: Cell<usize> = const { Cell::new(2 << 20) };
}

/// Says how much stack this thread has.
pub(crate) fn has_stack(size: usize) {
    STACK.set(size);
}

/// Runs something on a thread that can recurse as deep as [`is_too_deep`] lets pass.
pub(crate) fn with_stack<T: Send>(run: impl FnOnce() -> T + Send) -> io::Result<thread::Result<T>> {
    let mut run = Some(run);
    let mut last = io::Error::other("no size of stack is allowed");
    for stack in STACKS {
        let attempt = thread::scope(|scope| {
            let slot = &mut run;
            let builder = thread::Builder::new().name("scan".to_owned()).stack_size(stack);
            builder
                .spawn_scoped(scope, move || {
                    has_stack(stack);
                    slot.take().map(|run| run())
                })
                .map(thread::ScopedJoinHandle::join)
        });
        match attempt {
            Ok(Ok(Some(result))) => return Ok(Ok(result)),
            Ok(Err(panic)) => return Ok(Err(panic)),
            Ok(Ok(None)) => {}
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// The longest row of brackets that open without one that closes. Nobody writes a tenth of it, and what may be the
/// parameters of an arrow function is parsed twice at each level.
const MOST_OPEN: usize = 1_000;

/// The most brackets that are open at once: nested functions take time that grows with the square of their depth.
const MOST_NESTED: usize = 2_000;

/// Whether a parser could run out of stack, or of time. A flat text, however long, nests as deep as its longest chain of
/// operators: 100,000 terms pass.
pub(crate) fn is_too_deep(text: &str) -> bool {
    let most = STACK.get() / LEVEL;
    // Each level takes a byte at least.
    if text.len() <= most.min(MOST_OPEN) {
        return false;
    }
    // Brackets in strings may hide brackets that count, and strings may be none (in a regular expression).
    let (with, without) = (depth(text, true), depth(text, false));
    with.all.max(without.all) > most
        || with.open.min(without.open) > MOST_OPEN
        || with.nested.min(without.nested) > MOST_NESTED
}

/// How deep a text is at its deepest place.
#[derive(Clone, Copy, Default)]
struct Depth {
    /// An upper estimate of how deep a parser recurses: open brackets, and in each of them the words and operators since the
    /// last `,` or `;`, any of which may hold the next one. A chain such as `a + b + …` nests as deep as it is long.
    all: usize,
    /// The longest row of brackets that open: those in strings and regular expressions may never close.
    open: usize,
    nested: usize,
}

/// What a byte may be to the depth of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Other,
    Open,
    Close,
    End,
    Quote,
    Greater,
    Operator,
    Space,
}

const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Other; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        kinds[byte as usize] = match byte {
            b'(' | b'[' | b'{' => Kind::Open,
            b')' | b']' | b'}' => Kind::Close,
            b',' | b';' => Kind::End,
            b'"' | b'\'' => Kind::Quote,
            b'!' | b'~' | b'+' | b'-' | b'?' | b'=' | b'<' | b'*' | b'/' | b'%' | b'&' | b'|' | b'^' | b'.' | b'`' => {
                Kind::Operator
            }
            b' ' | b'\n' => Kind::Space,
            b'>' => Kind::Greater,
            _ => Kind::Other,
        };
        byte += 1;
    }
    kinds
};

#[allow(clippy::cast_lossless, reason = "a call each, where nothing is optimised")]
fn depth(text: &str, skip_strings: bool) -> Depth {
    let bytes = text.as_bytes();
    // For each open bracket, what has piled up in it; and the sum of all.
    let mut open = vec![0_usize];
    let (mut sum, mut row, mut most, mut at) = (0_usize, 0_usize, Depth::default(), 0_usize);
    while at < bytes.len() {
        let byte = bytes[at];
        let kind = KINDS[byte as usize];
        // Most bytes are: they are passed without a call.
        if kind as u8 == Kind::Other as u8 {
            at += 1;
            continue;
        }
        let next = bytes.get(at + 1).copied();
        match kind {
            Kind::Open => {
                open.push(1);
                sum += 1;
                row += 1;
            }
            Kind::Close => {
                row = 0;
                if open.len() > 1 {
                    sum -= open.pop().unwrap_or(0);
                }
                if byte == b'}' {
                    reset(&mut open, &mut sum);
                }
            }
            Kind::Greater => row = 0,
            Kind::End => reset(&mut open, &mut sum),
            Kind::Quote if skip_strings => at = string_end(bytes, at, byte),
            Kind::Operator if byte == b'/' && matches!(next, Some(b'/' | b'*')) => {
                at = comment_end(bytes, at);
                continue;
            }
            Kind::Operator => {
                // Of a call such as `f<A>()` the types are tried first, at each level.
                row += usize::from(byte == b'<');
                pile(&mut open, &mut sum);
            }
            Kind::Space if next.is_some_and(|next| next.is_ascii_alphabetic()) => pile(&mut open, &mut sum),
            Kind::Other | Kind::Quote | Kind::Space => {}
        }
        most = Depth { all: most.all.max(sum), open: most.open.max(row), nested: most.nested.max(open.len()) };
        at += 1;
    }
    most
}

fn pile(open: &mut [usize], sum: &mut usize) {
    if let Some(last) = open.last_mut() {
        *last += 1;
        *sum += 1;
    }
}

fn reset(open: &mut [usize], sum: &mut usize) {
    let floor = usize::from(open.len() > 1);
    if let Some(last) = open.last_mut() {
        *sum -= *last - floor;
        *last = floor;
    }
}

fn comment_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at + 2..).unwrap_or_default();
    let end = if bytes.get(at + 1) == Some(&b'/') {
        rest.iter().position(|&byte| byte == b'\n')
    } else {
        rest.windows(2).position(|pair| pair == b"*/").map(|end| end + 2)
    };
    end.map_or(bytes.len(), |end| at + 2 + end)
}

/// The closing quote, or the end of the line.
fn string_end(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' => return at,
            _ if byte == quote => return at,
            _ => {}
        }
        at += 1;
    }
    at
}
