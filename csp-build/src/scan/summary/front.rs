//! What the front matter of a page of Astro's adds to what its scripts say.

use crate::scan::elements::DEFINED;

use super::{Expr, Property, Summary};

/// What front matter knows the page by.
const PAGE: &str = "Astro";

/// Takes in what front matter says: what components are given, what the page itself is given, and the variables of scripts.
pub(crate) fn with_front(summary: &mut Summary, mut front: Summary, properties: Option<u32>) {
    for place in 0..front.expressions.len() {
        let Expr::Member(object, name) = &front.expressions[place] else { continue };
        if *front.expression(*object) != Expr::Global(PAGE.to_owned()) {
            continue;
        }
        let value = match (name.as_str(), properties) {
            ("props", Some(function)) => Expr::Parameter { function, index: 0 },
            // Where the page lies.
            ("url" | "site", _) => Expr::Global("location".to_owned()),
            _ => continue,
        };
        front.expressions[place] = value;
    }
    let own = summary.expressions.len();
    let exports = summary.absorb(front, |offset| offset);
    if let Some(&component) = exports.get("default") {
        summary.exports.insert("default".to_owned(), component);
    }
    let Some(Expr::Object(defined)) = exports.get(DEFINED).map(|&defined| summary.expression(defined).clone()) else {
        return;
    };
    for place in 0..own {
        let Expr::Global(name) = &summary.expressions[place] else { continue };
        let value = defined.iter().find_map(|property| match property {
            Property::Named(own, value) if own == name => Some(*value),
            _ => None,
        });
        if let Some(value) = value {
            summary.expressions[place] = Expr::Either(vec![value]);
        }
    }
}
