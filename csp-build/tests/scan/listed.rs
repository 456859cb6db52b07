//! What is listed once, and what its chain names.

use csp_build::scan::{Scan, Unresolved};

use crate::Folder;

fn unresolved(source: &str) -> Vec<Unresolved> {
    let folder = Folder::new();
    folder.write("src/main.js", source);
    Scan::new().root(folder.0.join("src")).run().expect("runs").unresolved
}

/// The lines of the steps that hand something on, or are called below something.
fn calls(listed: &Unresolved) -> Vec<u32> {
    let mut lines: Vec<_> =
        listed.chain.iter().filter(|step| step.what.starts_with("a call")).map(|step| step.place.line).collect();
    lines.sort_unstable();
    lines
}

#[test]
fn calls_that_come_to_the_same_are_listed_at_the_one_that_connects() {
    let listed = unresolved(
        "function send(host, path) { return fetch(host + path); }
export function client(config) {
  return {
    users: () => send(config.host, '/users'),
    tasks: () => send(config.host, '/tasks'),
    keys: () => send(config.host, '/keys'),
  };
}
",
    );
    let [one] = listed.as_slice() else { panic!("{listed:#?}") };
    assert_eq!((one.place.line, one.sink.as_str()), (1, "fetch"));
    assert_eq!(calls(one), [4, 5, 6]);
    let root = one.chain.last().expect("a step");
    assert_eq!((root.place.line, root.what.as_str()), (2, "the parameter `config` of `client`"));
}

#[test]
fn calls_below_bases_that_lack_the_same_variable_are_named() {
    let listed = unresolved(
        "import axios from 'axios';
const one = axios.create({ baseURL: process.env.SERVER });
const two = axios.create({ baseURL: process.env.SERVER });
one.get('/a');
two.get('/b');
two.get('/c');
",
    );
    let [first] = listed.as_slice() else { panic!("{listed:#?}") };
    assert_eq!(first.place.line, 2);
    assert_eq!(calls(first), [3, 4, 5, 6]);
}
