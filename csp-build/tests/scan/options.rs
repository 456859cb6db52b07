//! What a scan can be told, by the library.

use csp_build::scan::{ReasonCode, Report, Resolution, Scan, Sink, Strictness, Transport};

use crate::Folder;

fn origins(report: &Report) -> Vec<&str> {
    report.endpoints.iter().map(|endpoint| endpoint.origin.as_str()).collect()
}

#[test]
fn own_sinks_are_matched_by_where_they_come_from() {
    let folder = Folder::new();
    folder.write(
        "src/a.ts",
        "import send, { get as read, Feed } from '@acme/http';
         import { get } from './own';
         read('users', { root: 'https://a.example/v1' });
         acme.live({ feed: { url: 'https://b.example' } });
         send('https://c.example');
         new Feed('https://d.example');
         get('https://no.example');
         other.live({ feed: { url: 'https://no.example' } });",
    );
    folder.write("src/own.ts", "export const get = (url: string) => url;");
    let text = |text: &str| text.parse::<Sink>().expect("a sink");
    for sinks in [
        vec![
            Sink::package("@acme/http", "get").argument(0).base(1, "root"),
            Sink::global("acme.live").member(0, "feed.url").transport(Transport::Socket),
            Sink::package("@acme/http", "default").argument(0),
            Sink::package("@acme/http", "Feed").argument(0).transport(Transport::Both),
        ],
        vec![
            text("@acme/http:get(0; 1.root)"),
            text("acme.live(0.feed.url) socket"),
            text("@acme/http:default(0)"),
            text(" @acme/http:Feed( 0 ) both"),
        ],
    ] {
        let scan = sinks.into_iter().fold(Scan::new().root(folder.0.join("src")), Scan::sink);
        let report = scan.run().expect("runs");
        assert_eq!(
            origins(&report),
            ["https://a.example", "wss://b.example", "https://c.example", "https://d.example", "wss://d.example"]
        );
        assert_eq!(report.unresolved, []);
    }
}

#[test]
fn sinks_that_are_none_say_what_they_lack() {
    for (text, part) in [
        ("get", "has no `(`"),
        ("get(0", "has no `)`"),
        ("(0)", "has no name"),
        (":get(0)", "has no name"),
        ("get()", "doesn't say which argument"),
        ("get(url)", "that is no number"),
        ("get(0.)", "that is no number"),
        ("get(0) wss", "something else than `socket`"),
        ("get it(0)", "has no name"),
    ] {
        let error = text.parse::<Sink>().expect_err(text).to_string();
        assert!(error.contains(part) && error.contains(text), "{text}: {error}");
    }
}

#[test]
fn tests_are_left_out_by_their_names() {
    let folder = Folder::new();
    for path in [
        "index.test-d.ts",
        "index.typetest.ts",
        "a.Test.ts",
        "app.e2e-spec.ts",
        "types.tst.ts",
        "a.bench.ts",
        "a.stub.ts",
        "jest.setup.ts",
        "jest-setup.ts",
        "vitest-setup-client.ts",
        "setupTests.ts",
        "vitest.config.ts",
        "playwright.config.ts",
        "web-test-runner.config.js",
        "mockServiceWorker.js",
        "list.stories.tsx",
        "a.mock.ts",
        "__mocks__/a.ts",
        "mocks/handlers.ts",
        "playwright/login.ts",
        "e2e/a.ts",
        "test-utils/render.ts",
        "__typetests__/a.ts",
    ] {
        folder.write(&format!("src/{path}"), "fetch('https://no.example')");
    }
    // These are of the page.
    let kept = [
        "blind-test.ts",
        "jest.ts",
        "latest.ts",
        "test.ts",
        "mock-up.ts",
        "fixtures/matches.ts",
        "setup.ts",
        "speed_test.ts",
        "contest/test-list.ts",
    ];
    for path in kept {
        folder.write(&format!("src/{path}"), "fetch('https://a.example')");
    }
    let report = Scan::new().root(folder.0.join("src")).run().expect("runs");
    assert_eq!(origins(&report), vec!["https://a.example"; kept.len()]);
}

#[test]
fn globs_leave_files_out() {
    let folder = Folder::new();
    for path in ["a.ts", "old/b.ts", "old/deep/c.ts", "d.generated.ts", "new/old.ts"] {
        folder.write(&format!("src/{path}"), format!("fetch('https://{}')", path.replace(['/', '.'], "-")));
    }
    for (globs, left) in [
        (vec![], vec!["a", "d", "new-old", "old-b", "old-deep-c"]),
        (vec!["old"], vec!["a", "d", "new-old"]),
        (vec!["old/"], vec!["a", "d", "new-old"]),
        (vec!["old/*.ts"], vec!["a", "d", "new-old", "old-deep-c"]),
        (vec!["old/**/*.ts", "*.generated.ts"], vec!["a", "new-old"]),
        (vec!["./{old,new}/**"], vec!["a", "d"]),
    ] {
        let scan = globs.iter().fold(Scan::new().root(folder.0.join("src")), |scan, &glob| scan.ignore(glob));
        let report = scan.run().expect("runs");
        let found: Vec<_> = origins(&report);
        assert_eq!(found.len(), left.len(), "{globs:?}: {found:?}");
        assert!(left.iter().all(|name| found.iter().any(|origin| origin.contains(name))), "{globs:?}: {found:?}");
    }
    for glob in ["a{b", "a}", "[a", "a\\", ""] {
        let error = Scan::new().root(folder.0.join("src")).ignore(glob).run().expect_err(glob).to_string();
        assert!(error.contains("glob"), "{error}");
    }
}

#[test]
fn aliases_and_tsconfigs_lead_imports() {
    let folder = Folder::new();
    folder.write("package.json", "{}");
    folder.write("src/a.ts", "import { A } from '@app/hosts'; import { B } from '#b'; fetch(A); fetch(B);");
    folder.write("elsewhere/hosts.ts", "export const A = 'https://a.example'");
    folder.write("more/b.ts", "export const B = 'https://b.example'");
    folder.write("config/tsconfig.web.json", "{ \"compilerOptions\": { \"paths\": { \"#b\": [\"../more/b\"] } } }");
    let bare = Scan::new().root(folder.0.join("src"));
    let report = bare.clone().run().expect("runs");
    assert_eq!((report.endpoints.len(), report.unresolved.len()), (0, 2));
    let told = bare.alias("@app/*", folder.0.join("elsewhere/*")).tsconfig(folder.0.join("config/tsconfig.web.json"));
    let report = told.clone().run().expect("runs");
    assert_eq!(origins(&report), ["https://a.example", "https://b.example"]);
    assert!(report.inputs.files.iter().any(|file| file.ends_with("elsewhere/hosts.ts")), "{:?}", report.inputs);
    let error = told.tsconfig("missing.json").run().expect_err("missing").to_string();
    assert!(error.contains("`missing.json` doesn't exist"), "{error}");
}

#[test]
fn a_report_depends_on_what_says_where_imports_lead() {
    let folder = Folder::new();
    folder.write("package.json", "{}");
    folder.write("vite.config.ts", "export default { resolve: { alias: { hosts: '/src/deep/hosts' } } }");
    folder.write("deno.json", "{ \"imports\": { \"client\": \"npm:ky\" } }");
    folder.write("src/deep/hosts.ts", "export const HOST = 'https://a.example'");
    folder.write("src/a.ts", "import { HOST } from 'hosts'; import ky from 'client'; ky.get(HOST);");
    let report = Scan::new().root(folder.0.join("src")).run().expect("runs");
    assert_eq!(origins(&report), ["https://a.example"]);
    for name in ["vite.config.ts", "deno.json", "hosts.ts"] {
        assert!(report.inputs.files.iter().any(|file| file.ends_with(name)), "{name}: {:?}", report.inputs.files);
    }
    assert!(!report.inputs.files.iter().any(|file| file.ends_with("deno.jsonc")));
}

#[test]
fn files_of_hosts_count_in_their_mode() {
    let folder = Folder::new();
    folder.write("package.json", "{}");
    folder.write(
        "netlify.toml",
        "[build.environment]\nVITE_A = 'https://build.example'\n[context.production.environment]\nVITE_A = 'https://live.example'",
    );
    folder.write("src/a.ts", "fetch(import.meta.env.VITE_A)");
    let scan = Scan::new().root(folder.0.join("src"));
    for (mode, expected) in [("production", "https://live.example"), ("staging", "https://build.example")] {
        let report = scan.clone().mode(mode).run().expect("runs");
        assert_eq!(origins(&report), [expected]);
        let files = &report.inputs.env_files;
        assert!(files.iter().any(|file| file.ends_with("netlify.toml")), "{files:?}");
        // What isn't there can't be watched.
        assert!(!files.iter().any(|file| file.ends_with("vercel.json")), "{files:?}");
    }
    folder.write(".env.given", "VITE_A=https://given.example");
    let report = scan.clone().env_file(folder.0.join(".env.given")).run().expect("runs");
    assert_eq!(origins(&report), ["https://given.example"]);
    for (file, text) in [("netlify.toml", "[build"), ("vercel.json", "{ \"env\": ")] {
        folder.write(file, text);
        let error = scan.run().expect_err(file).to_string();
        assert!(error.contains(file) && error.contains("can't be read"), "{error}");
        folder.write(file, "");
        std::fs::remove_file(folder.0.join(file)).expect("removed");
    }
}

#[test]
fn base_urls_are_what_relative_urls_are_below() {
    let folder = Folder::new();
    folder.write(
        "src/a.ts",
        "import axios from 'axios'; fetch('/x'); fetch('https://b.example'); fetch(location.origin + '/y');
         axios.create({ baseURL: 'https://c.example' }).get('/z');",
    );
    let scan = Scan::new().root(folder.0.join("src"));
    let report = scan.clone().base_url("https://app.example.com/v1/").run().expect("runs");
    let mut found = origins(&report);
    found.dedup();
    assert_eq!(found, ["https://app.example.com", "https://b.example", "'self'", "https://c.example"]);
    let error = scan.base_url("app.example.com").run().expect_err("no scheme").to_string();
    assert!(error.contains("`app.example.com`") && error.contains("https://app.example.com/"), "{error}");
}

#[test]
fn a_report_says_what_it_depends_on() {
    let folder = Folder::new();
    folder.write("package.json", "{}");
    folder.write(".env", "VITE_A=https://a.example");
    folder.write("src/a.ts", "fetch(import.meta.env.VITE_A); fetch(process.env.REACT_APP_B);");
    folder.write("src/idle.ts", "export const nothing = 1;");
    let scan = Scan::new().root(folder.0.join("src")).strictness(Strictness::Deny);
    let report = scan.clone().run().expect("runs");
    assert_eq!(scan.chosen_strictness(), Strictness::Deny);
    assert_eq!(report.inputs.variables, ["REACT_APP_B", "VITE_A"]);
    assert_eq!(report.inputs.files.len(), 2, "{:?}", report.inputs.files);
    let names = report.inputs.env_files.iter().filter_map(|file| file.file_name());
    assert!(names.eq([".env", ".env.local", ".env.production", ".env.production.local"]));
}

#[test]
fn a_chain_leads_from_the_call_to_what_is_not_known() {
    let folder = Folder::new();
    folder.write("src/http.ts", "export const request = (url: string) => fetch(url);");
    folder.write(
        "src/main.ts",
        "import { request } from './http';\nconst host = location.hash.slice(1);\nconst url = `https://${host}/x`;\nrequest(url);",
    );
    let report = Scan::new().root(folder.0.join("src")).run().expect("runs");
    let [call] = report.unresolved.as_slice() else { panic!("{report:?}") };
    assert_eq!((call.reason.code, call.place.line), (ReasonCode::DynamicHost, 4));
    let steps: Vec<_> = call
        .chain
        .iter()
        .map(|step| (step.place.file.rsplit('/').next().unwrap_or_default(), step.place.line, step.what.as_str()))
        .collect();
    assert_eq!(
        steps,
        [
            ("http.ts", 1, "the call of `fetch`"),
            ("http.ts", 1, "`url`"),
            ("main.ts", 3, "`url`"),
            ("main.ts", 2, "`host`")
        ]
    );
}

#[test]
fn a_chain_names_the_calls_that_hand_a_url_on() {
    let folder = Folder::new();
    folder.write("src/http.ts", "export const request = (url: string) => fetch(url);");
    folder.write(
        "src/api.ts",
        "import { request } from './http';\nexport const load = (host: string) =>\n  request(`https://${host}/x`);",
    );
    folder.write("src/main.ts", "import { load } from './api';\nload(location.hash.slice(1));");
    let report = Scan::new().root(folder.0.join("src")).run().expect("runs");
    let [call] = report.unresolved.as_slice() else { panic!("{report:?}") };
    let steps: Vec<_> = call
        .chain
        .iter()
        .take(2)
        .map(|step| (step.place.file.rsplit('/').next().unwrap_or_default(), step.place.line, step.what.as_str()))
        .collect();
    assert_eq!(steps, [("http.ts", 1, "the call of `fetch`"), ("api.ts", 3, "a call that hands it on")]);
}

#[test]
fn rules_of_sdks_are_named() {
    let folder = Folder::new();
    folder.write("src/a.ts", "import { loadStripe } from '@stripe/stripe-js'; loadStripe('pk'); fetch('/x');");
    let report = Scan::new().root(folder.0.join("src")).run().expect("runs");
    let found: Vec<_> = report.endpoints.iter().map(|endpoint| (endpoint.resolution, endpoint.rule)).collect();
    assert_eq!(found, [(Resolution::Sdk, Some("stripe")), (Resolution::Literal, None)]);
}
