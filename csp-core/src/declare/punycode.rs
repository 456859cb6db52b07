//! The punycode form of a host name, for messages that tell people what to write.
//!
//! [RFC 3492](https://www.rfc-editor.org/rfc/rfc3492), encoding only. It is advice, not a host parser: a name that the
//! full mapping of IDNA would change in other ways than lower case gets no advice.

use alloc::string::String;
use alloc::vec::Vec;

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const INITIAL_BIAS: u32 = 72;
const INITIAL_N: u32 = 128;

/// The ASCII form of a host, such as `xn--bcher-kva.example` of `bücher.example`.
///
/// `None` where a label has characters of which it isn't known here that IDNA keeps them as they are.
pub(crate) fn host_to_ascii(host: &str) -> Option<String> {
    let mut out = String::new();
    // The full stops of CJK writing separate labels too.
    for (index, label) in host.split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']).enumerate() {
        if index > 0 {
            out.push('.');
        }
        let label: String = label.chars().map(narrow).flat_map(char::to_lowercase).collect();
        if label.is_ascii() {
            out.push_str(&label);
            continue;
        }
        let is_ascii_letter = |character: char| character == '-' || character.is_ascii_alphanumeric();
        // What is written from right to left stands in a label with its like alone.
        let is_kept = |character| is_ascii_letter(character) || is_letter(character) || is_picture(character);
        if !label.chars().all(is_kept) && !label.chars().all(is_right_to_left) {
            return None;
        }
        out.push_str("xn--");
        encode(&label, &mut out)?;
    }
    Some(out)
}

/// Letters in lower case that IDNA keeps, of scripts that are written from left to right. Others are composed or mapped: `ⓐ` is
/// `a`, and an advice that keeps it leads nowhere.
const fn is_letter(character: char) -> bool {
    matches!(
        character,
        // Latin, Greek, Cyrillic
        '\u{df}'..='\u{f6}' | '\u{f8}'..='\u{131}' | '\u{134}'..='\u{13e}' | '\u{141}'..='\u{148}'
            | '\u{14a}'..='\u{17e}' | '\u{180}'..='\u{1c3}' | '\u{1cd}'..='\u{1f0}' | '\u{1f4}'..='\u{24f}'
            | '\u{390}' | '\u{3ac}'..='\u{3ce}' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}'
            // Devanagari, Thai
            | '\u{904}'..='\u{94d}' | '\u{e01}'..='\u{e30}' | '\u{e40}'..='\u{e44}'
            // Kana, Han, Hangul
            | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'
            | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
    )
}

/// Hebrew and Arabic.
const fn is_right_to_left(character: char) -> bool {
    matches!(character, '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}')
}

/// `☃` and `💩`, which registries refuse and URL parsers don't.
const fn is_picture(character: char) -> bool {
    matches!(character, '\u{2600}'..='\u{27bf}' | '\u{1f300}'..='\u{1f64f}' | '\u{1f680}'..='\u{1f6d7}' | '\u{1f90c}'..='\u{1f9ff}')
}

/// Full-width forms stand for the ASCII that they look like.
fn narrow(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        _ => character,
    }
}

fn encode(label: &str, out: &mut String) -> Option<()> {
    let characters: Vec<u32> = label.chars().map(u32::from).collect();
    let basic = label.chars().filter(char::is_ascii);
    let start = out.len();
    out.extend(basic);
    let basic = u32::try_from(out.len() - start).ok()?;
    if basic > 0 {
        out.push('-');
    }
    let (mut n, mut delta, mut bias, mut handled) = (INITIAL_N, 0u32, INITIAL_BIAS, basic);
    while (handled as usize) < characters.len() {
        let next = characters.iter().copied().filter(|&code| code >= n).min()?;
        delta = delta.checked_add((next - n).checked_mul(handled + 1)?)?;
        n = next;
        for &code in &characters {
            if code < n {
                delta = delta.checked_add(1)?;
            }
            if code == n {
                push_integer(delta, bias, out);
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.checked_add(1)?;
        n += 1;
    }
    Some(())
}

fn push_integer(mut value: u32, bias: u32, out: &mut String) {
    let mut k = BASE;
    loop {
        let threshold = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if value < threshold {
            break;
        }
        out.push(digit(threshold + (value - threshold) % (BASE - threshold)));
        value = (value - threshold) / (BASE - threshold);
        k += BASE;
    }
    out.push(digit(value));
}

/// Punycode counts a-z first, then 0-9.
fn digit(value: u32) -> char {
    const DIGITS: &[u8; BASE as usize] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    char::from(DIGITS[(value % BASE) as usize])
}

fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = delta / if first { DAMP } else { 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > ((BASE - T_MIN) * T_MAX) / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_get_their_ascii_form() {
        for (host, expected) in [
            ("bücher.example", Some("xn--bcher-kva.example")),
            ("BÜCHER.example", Some("xn--bcher-kva.example")),
            ("пример.испытание", Some("xn--e1afmkfd.xn--80akhbyknj4f")),
            ("例え。テスト", Some("xn--r8jz45g.xn--zckzah")),
            ("ａｐｉ.example", Some("api.example")),
            ("mañana.example", Some("xn--maana-pta.example")),
            ("man\u{303}ana.example", None),
            ("a→b.example", None),
            ("☃.example", Some("xn--n3h.example")),
            ("💩.example", Some("xn--ls8h.example")),
            ("דוגמה.example", Some("xn--6dbbec0c.example")),
            ("مثال.example", Some("xn--mgbh0fb.example")),
            ("aד.example", None),
            ("𝐚.example", None),
            ("ſ.example", None),
        ] {
            assert_eq!(host_to_ascii(host).as_deref(), expected, "{host}");
        }
    }
}
