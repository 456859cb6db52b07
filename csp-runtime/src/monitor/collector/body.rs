//! A body is received, within its limits.

use core::future::poll_fn;
use core::pin::{Pin, pin};
use core::sync::atomic::{AtomicUsize, Ordering};

use bytes::{Buf as _, Bytes, BytesMut};
use csp_core::report::Limits;
use http_body::Body;
use tokio::time::timeout;

use crate::monitor::Caps;

/// Why a body wasn't received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodyFailure {
    /// The connection broke.
    Broken,
    /// Too many others are being received.
    NoRoom,
    /// It took too long.
    Slow,
    /// It is longer than its limit.
    TooLong,
}

/// How many bytes of bodies are being received.
#[derive(Debug, Default)]
pub(in crate::monitor) struct InFlight(AtomicUsize);

/// A part of the room, given back when it is dropped.
struct Room<'a> {
    of: &'a InFlight,
    bytes: usize,
}

impl Room<'_> {
    fn grow(&mut self, bytes: usize, most: usize) -> Result<(), BodyFailure> {
        let before = self.of.0.fetch_add(bytes, Ordering::Relaxed);
        self.bytes += bytes;
        if before + bytes > most { Err(BodyFailure::NoRoom) } else { Ok(()) }
    }
}

impl Drop for Room<'_> {
    fn drop(&mut self) {
        self.of.0.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// Receives a body. What came in one piece is not copied.
pub(super) async fn receive<B: Body>(
    body: B,
    limits: &Limits,
    caps: &Caps,
    in_flight: &InFlight,
) -> Result<Bytes, BodyFailure> {
    if body.size_hint().lower() > u64::try_from(limits.longest()).unwrap_or(u64::MAX) {
        return Err(BodyFailure::TooLong);
    }
    let mut body = pin!(body);
    match timeout(caps.body_time, gather(body.as_mut(), limits, caps, in_flight)).await {
        Ok(result) => result,
        Err(_) => Err(BodyFailure::Slow),
    }
}

async fn gather<B: Body>(
    mut body: Pin<&mut B>,
    limits: &Limits,
    caps: &Caps,
    in_flight: &InFlight,
) -> Result<Bytes, BodyFailure> {
    let mut room = Room { of: in_flight, bytes: 0 };
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let Ok(mut data) = frame.map_err(|_| BodyFailure::Broken)?.into_data() else { continue };
        let piece = data.copy_to_bytes(data.remaining());
        room.grow(piece.len(), caps.body_bytes)?;
        if first.is_empty() {
            first = piece;
        } else {
            if all.is_empty() {
                all.extend_from_slice(&first);
            }
            all.extend_from_slice(&piece);
        }
        let so_far: &[u8] = if all.is_empty() { &first } else { &all };
        if so_far.len() > longest(so_far, limits) {
            return Err(BodyFailure::TooLong);
        }
    }
    Ok(if all.is_empty() { first } else { all.freeze() })
}

/// The limit of a body that begins like this.
fn longest(start: &[u8], limits: &Limits) -> usize {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    match start.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r')) {
        Some(b'[') => limits.batch_bytes,
        Some(_) => limits.single_bytes,
        None => limits.longest(),
    }
}
