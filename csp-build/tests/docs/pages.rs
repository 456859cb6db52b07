//! The whole reference of a shop, in each form.

use std::fs;

use crate::{Fixture, data};

pub(crate) const ARGUMENTS: [&str; 4] = ["--root", "web/src", "--openapi", "api/payments.yaml"];

pub(crate) fn shop() -> Fixture {
    Fixture::new(&[
        ("src/lib.rs", include_str!("shop/src/lib.rs")),
        ("src/csp.rs", include_str!("shop/src/csp.rs")),
        ("web/src/app.ts", include_str!("shop/web/src/app.ts")),
        ("web/src/config.ts", include_str!("shop/web/src/config.ts")),
        ("api/payments.yaml", include_str!("shop/api/payments.yaml")),
    ])
}

#[test]
fn the_shop_is_as_it_was_read_by_a_human() {
    let shop = shop();
    for (form, file) in [("markdown", "shop/endpoints.md"), ("json", "shop/endpoints.json")] {
        let found = shop.out(&[&["--format", form][..], &ARGUMENTS].concat());
        let path = data(file);
        if std::env::var_os("CSP_OVERWRITE").is_some() {
            fs::write(&path, &found).expect("it can be written");
        }
        let expected = fs::read_to_string(&path).expect("it is there").replace("\r\n", "\n");
        assert_eq!(found, expected, "{form}: CSP_OVERWRITE=1 writes it");
    }
}

#[test]
fn the_page_stands_alone() {
    let page = shop().out(&[&["--format", "html"][..], &ARGUMENTS].concat());
    let policy =
        page.split("http-equiv=\"Content-Security-Policy\" content=\"").nth(1).and_then(|rest| rest.split('"').next());
    let policy = policy.expect("a policy").replace("&#39;", "'");
    let (_, findings) = csp_core::PolicyList::parse_with_findings(&policy);
    assert!(findings.is_empty(), "{findings:?}");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
    for outside in [" src=", " href=", "url(", "@import", "fetch(", "XMLHttpRequest", "style=\"", " onclick"] {
        assert!(!page.contains(outside), "{outside}");
    }
    // Before the script the tools are not shown, and all rows are.
    assert!(page.contains("id=\"tools\" class=\"tools\" role=\"search\" hidden"));
    assert_eq!(page.matches("<tr id=\"endpoint-").count() + page.matches("<tr data-status=\"unresolved\"").count(), 19);
}

#[test]
fn equal_input_gives_equal_bytes() {
    let [first, second] = [shop(), shop()];
    for form in ["markdown", "json", "html"] {
        let arguments = [&["--format", form][..], &ARGUMENTS].concat();
        assert_eq!(first.out(&arguments), second.out(&arguments), "{form}");
    }
}
