//! The program from outside: what it opens, and what it doesn't.

use std::process::Command;

#[test]
fn it_opens_what_is_declared_and_nothing_else() {
    let output = Command::new(env!("CARGO_BIN_EXE_websocket-client")).output().unwrap();
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && stderr.is_empty(), "{stderr}");
    let kinds = stdout
        .lines()
        .filter(|line| !line.starts_with(char::is_whitespace))
        .filter_map(|line| line.split_once(": ws://"));
    assert_eq!(
        kinds.map(|(kind, _)| kind).collect::<Vec<_>>(),
        ["opened", "refused", "failed", "refused", "refused"],
        "{stdout}"
    );
    for line in [
        "/orders/today, which says \"1 order\"\n",
        "  nearest: ws://127.0.0.1:*/orders/ (path differs)\n",
        "HTTP error: 302 Found\n",
        "  help: call it by wss: \"wss://ws.example.com/orders/today\"\n",
        " because it is not canonical: two programs could read it in two ways\n",
    ] {
        assert!(stdout.contains(line), "no {line:?} in:\n{stdout}");
    }
}
