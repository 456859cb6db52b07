use alloc::vec::Vec;

/// Puts a declared policy's directives into policies that are there already.
///
/// `received` are the values of one header, each perhaps several policies with commas between them. Browsers enforce each,
/// so each takes in every directive of `declared`: in place of its own of that name, all of them if it has several, and
/// behind what else it has, which stays as it is. A policy is one value then, and equal ones are one. Without any, it is
/// the declared policy alone.
///
/// The values are bytes, as headers are: what is no ASCII is kept.
///
/// ```
/// let received = ["default-src 'self'; connect-src *", "img-src 'self'"].map(str::as_bytes);
/// assert_eq!(
///     csp_core::merge_policies(received, "connect-src https://api.example.com"),
///     [
///         b"default-src 'self'; connect-src https://api.example.com".to_vec(),
///         b"img-src 'self'; connect-src https://api.example.com".to_vec(),
///     ]
/// );
/// ```
#[must_use]
pub fn merge_policies<'a>(received: impl IntoIterator<Item = &'a [u8]>, declared: &str) -> Vec<Vec<u8>> {
    let names: Vec<&[u8]> = directives(declared.as_bytes()).map(name).collect();
    let mut merged: Vec<Vec<u8>> = Vec::new();
    for policy in received.into_iter().flat_map(|value| value.split(|&byte| byte == b',')) {
        if directives(policy).next().is_none() {
            continue;
        }
        let theirs =
            directives(policy).filter(|directive| !names.iter().any(|own| own.eq_ignore_ascii_case(name(directive))));
        let text = theirs.chain(directives(declared.as_bytes())).collect::<Vec<_>>().join(&b"; "[..]);
        if !merged.contains(&text) {
            merged.push(text);
        }
    }
    if merged.is_empty() {
        merged.push(declared.as_bytes().to_vec());
    }
    merged
}

/// What stands between the semicolons, empty ones left out.
fn directives(policy: &[u8]) -> impl Iterator<Item = &[u8]> {
    policy.split(|&byte| byte == b';').map(<[u8]>::trim_ascii).filter(|directive| !directive.is_empty())
}

fn name(directive: &[u8]) -> &[u8] {
    directive.split(u8::is_ascii_whitespace).next().unwrap_or_default()
}
