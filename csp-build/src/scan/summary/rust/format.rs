//! The text of `format!`.

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Place(usize),
    Name(String),
}

/// Cuts a format text into what it is put together of.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let (mut pieces, mut plain, mut next) = (Vec::new(), String::new(), 0);
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        plain.push_str(rest.get(..at).unwrap_or_default());
        let brace = rest.get(at..=at).unwrap_or_default();
        let after = rest.get(at + 1..).unwrap_or_default();
        if after.starts_with(brace) {
            plain.push_str(brace);
            rest = after.get(1..).unwrap_or_default();
            continue;
        }
        let Some((inside, after)) = (brace == "{").then(|| after.split_once('}')).flatten() else { break };
        rest = after;
        if !plain.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut plain)));
        }
        let name = inside.split(':').next().unwrap_or_default().trim();
        pieces.push(match name.parse() {
            Ok(place) => Piece::Place(place),
            Err(_) if name.is_empty() => {
                next += 1;
                Piece::Place(next - 1)
            }
            Err(_) => Piece::Name(name.to_owned()),
        });
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    pieces
}
