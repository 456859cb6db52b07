//! A comparison whose failure can be read.

use std::fmt::Display;

/// Panics unless both lists hold the same texts, each as often, in any order; names those that don't match, and no other.
///
/// # Panics
///
/// If they differ.
pub fn assert_same(what: &str, actual: &[impl Display], expected: &[impl Display]) {
    let [actual, expected] = [texts(actual), texts(expected)];
    let (unexpected, missing) = (surplus(&actual, &expected), surplus(&expected, &actual));
    assert!(unexpected.is_empty() && missing.is_empty(), "{what}: unexpected {unexpected:#?}, missing {missing:#?}");
}

fn texts(values: &[impl Display]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

fn surplus<'a>(of: &'a [String], over: &[String]) -> Vec<&'a str> {
    let count = |list: &[String], text: &str| list.iter().filter(|other| *other == text).count();
    of.iter().map(String::as_str).filter(|text| count(of, text) > count(over, text)).collect()
}
