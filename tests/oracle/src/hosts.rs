//! Hosts that are near one another, and the spellings that URL parsers know them by.

use crate::choices::Choices;

const LABELS: [&str; 16] = [
    "a",
    "b",
    "bb",
    "com",
    "abcdefgh",
    "abcdefghijklmno",
    "1",
    "127",
    "0",
    "xn--bcher-kva",
    "xn--a",
    "a-b",
    "a--b",
    "0x7f",
    "-",
    "",
];

const CHARACTERS: [&str; 20] =
    ["a", "b", "z", "0", "9", "-", ".", "x", "n", "A", "_", "%", "@", ":", "[", "]", "*", "\u{e9}", "\u{3002}", "\\"];

/// Mostly the same few hosts.
pub(crate) fn host(choices: &mut Choices<'_>) -> String {
    match choices.below(16) {
        0..=3 => "a.bb".to_owned(),
        4 | 5 => "b.a.bb".to_owned(),
        6 => "abcdefghijklmno.pq".to_owned(),
        7 | 8 => choices.pick(&["127.0.0.1", "10.0.0.1", "0.0.0.0", "255.255.255.255", "1.2.3.4"]).to_owned(),
        9 => choices.pick(&["localhost", "app.localhost", "com", "bb"]).to_owned(),
        10 => choices.text(&CHARACTERS, 24),
        11 => "l.".repeat(usize::from(choices.below(70))) + "a.bb",
        12 => "l".repeat(usize::from(choices.byte())) + ".a.bb",
        13 => choices
            .pick(&["[::1]", "[::ffff:127.0.0.1]", "[::1", "a.bb.", ".a.bb", "a..bb", "1.2.3", "256.0.0.1"])
            .to_owned(),
        _ => (0..=choices.below(5)).map(|_| choices.pick(&LABELS)).collect::<Vec<_>>().join("."),
    }
}

/// Another spelling of the host, mostly one of the same host.
pub(crate) fn respelled(host: &str, choices: &mut Choices<'_>) -> String {
    let address: Option<std::net::Ipv4Addr> = host.parse().ok();
    if let Some(address) = address
        && !choices.rarely(4)
    {
        return address_spelling(address, choices.byte());
    }
    let (before, after) = host.split_at(choices.place(host));
    let mut rest = after.chars();
    let first = rest.next().unwrap_or('.');
    let rest = rest.as_str();
    match choices.below(8) {
        0 => format!("b.{host}"),
        1 => host.split_once('.').map_or(host, |(_, parent)| parent).to_owned(),
        2 => format!("{before}{}{rest}", first.to_ascii_uppercase()),
        3 => format!("{before}%{:02x}{rest}", u32::from(first) & 0xff),
        // Full-width forms are 0xfee0 above ASCII.
        4 => format!("{before}{}{rest}", char::from_u32(u32::from(first) + 0xfee0).unwrap_or(first)),
        5 => format!("{before}{}{after}", choices.pick(&["\t", "\n", "\u{ad}", "\u{200b}", ".", "-", " "])),
        6 => format!("{host}{}", choices.pick(&[".", "..", "%2e", "\u{3002}", ".1", "1"])),
        _ => format!("{before}{}{rest}", choices.pick(&CHARACTERS)),
    }
}

fn address_spelling(address: std::net::Ipv4Addr, choice: u8) -> String {
    let [a, b, c, d] = address.octets();
    let whole = u32::from(address);
    match choice % 12 {
        0 => format!("{whole}"),
        1 => format!("{whole:#x}"),
        2 => format!("0{whole:o}"),
        3 => format!("{a}.{}", whole & 0xff_ffff),
        4 => format!("{a}.{b}.{}", whole & 0xffff),
        5 => format!("{a:#x}.{b}.{c:#X}.{d}"),
        6 => format!("0{a:o}.{b}.{c}.{d}"),
        7 => format!("{a}.{b}.{c}.{d}."),
        8 => format!("[::ffff:{address}]"),
        9 => format!("[{}]", address.to_ipv6_mapped()),
        10 => format!("{a}.{b}.{c}.%3{}", d % 10),
        _ => format!("00{a}.{b}.{c}.{d}"),
    }
}
