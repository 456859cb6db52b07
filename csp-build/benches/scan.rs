//! What a scan costs, beside walking and reading the same files: `cargo bench -p csp-build --features scan --bench scan`.
//!
//! `--profile dev` measures as build scripts are compiled, without optimisation. `-- --json` prints one object; further
//! arguments are folders to measure beside the generated ones. `ast-grep` is a peer where it is on the `PATH`, or where
//! `AST_GREP` names it.
//!
//! Measured on two cores, without optimisation and with it:
//!
//! | | opt-level 0 | optimised | aim |
//! |---|---:|---:|---:|
//! | 500 files, 7.6 MB: after one edit, over walk + read | 16 ms | 5 ms | 50 ms |
//! | 2,000 files, 30.7 MB: the same | 39 ms | 12 ms | 50 ms |
//! | 500 files: first scan, of walk + read | 19x (57 ms) | 7.3x (15 ms) | 1.3x |
//! | 2,000 files: the same | 17x (211 ms) | 4.8x (53 ms) | 1.3x |
//! | ast-grep on the same files | 444 and 1,763 ms | | |
//! | a bundle of 3 MB, of oxc's parse | 5.3x | 13.3x | 1.15x |
//! | the bundle parsed and its names bound, of the parse | 1.7x | 2.3x | |
//! | the most memory: 500 files, 2,000 files, the bundle | 20, 28 and 258 MiB | 12, 21 and 250 MiB | |
//!
//! A first scan looks at each byte and parses the few files that connect; walk + read of files that the system holds in memory
//! is less than that by itself. Of a bundle, binding its names is the floor, and above the aim; of the rest, lowering it
//! is two fifths, and the passes over all calls are three.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a bench that can't run can only fail, and prints")]
#![allow(clippy::cast_precision_loss, reason = "times of milliseconds")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use csp_build::scan::Scan;
use oxc_allocator::Allocator;
use oxc_parser::Parser;
use oxc_semantic::SemanticBuilder;
use oxc_span::SourceType;
use serde_json::{Value, json};
use walkdir::WalkDir;

/// Runs of each figure; the fastest counts, as all that disturbs a run makes it slower.
const RUNS: usize = 5;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let as_json = arguments.iter().any(|argument| argument == "--json");
    let work = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-scan-{}", std::process::id()));
    let mut trees = vec![("500 files".to_owned(), tree(&work.join("small"), 500))];
    trees.push(("2,000 files".to_owned(), tree(&work.join("large"), 2_000)));
    let given = arguments.iter().filter(|argument| !argument.starts_with("--"));
    trees.extend(given.map(|folder| (folder.clone(), PathBuf::from(folder))));

    let rows: Vec<Value> = trees.iter().map(|(name, folder)| measure(name, folder, &work)).collect();
    let bundle = bundle(&work);
    let _ = fs::remove_dir_all(&work);
    let profile = if cfg!(debug_assertions) { "opt-level 0, as build scripts" } else { "optimised" };
    if as_json {
        println!("{}", json!({ "profile": profile, "trees": rows, "bundle": bundle }));
        return;
    }
    println!("{profile}; milliseconds, the fastest of {RUNS} interleaved runs\n");
    println!(
        "| tree | MB | walk + read | cold scan | ratio | warm, one edit | over walk + read | peak MiB | ast-grep |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for row in &rows {
        let cell = |name: &str| row[name].as_f64().map_or("left out".to_owned(), |value| format!("{value:.1}"));
        println!(
            "| {} | {} | {} | {} | {:.2}x | {} | {} | {} | {} |",
            row["tree"].as_str().unwrap_or_default(),
            cell("megabytes"),
            cell("walk_and_read"),
            cell("cold"),
            row["cold_ratio"].as_f64().unwrap_or(f64::NAN),
            cell("warm"),
            cell("warm_over"),
            cell("peak_mebibytes"),
            cell("ast_grep")
        );
    }
    println!(
        "\nA bundle of {:.1} MB: parse {:.1}, parse and bind {:.1}, scan {:.1}, {:.2}x of the parse; peak {:.0} MiB",
        bundle["megabytes"].as_f64().unwrap_or(f64::NAN),
        bundle["parse"].as_f64().unwrap_or(f64::NAN),
        bundle["parse_and_bind"].as_f64().unwrap_or(f64::NAN),
        bundle["scan"].as_f64().unwrap_or(f64::NAN),
        bundle["ratio"].as_f64().unwrap_or(f64::NAN),
        bundle["peak_mebibytes"].as_f64().unwrap_or(f64::NAN)
    );
}

fn measure(name: &str, folder: &Path, work: &Path) -> Value {
    let (mut base, mut cold, mut warm, mut peer) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let cache = work.join("cache");
    let edited = folder.join("edited-by-the-bench.ts");
    let cached = Scan::new().root(folder).cache(&cache);
    fs::write(&edited, "fetch('https://edited.example/0')").expect("a file");
    cached.run().expect("runs");
    let mut bytes = 0;
    let peak = peak(|| drop(Scan::new().root(folder).run().expect("runs")));
    for run in 1..=RUNS {
        base.push(time(|| bytes = walk_and_read(folder)));
        cold.push(time(|| drop(Scan::new().root(folder).run().expect("runs"))));
        fs::write(&edited, format!("fetch('https://edited.example/{run}')")).expect("a file");
        warm.push(time(|| drop(cached.run().expect("runs"))));
        peer.extend(ast_grep(folder));
    }
    let _ = fs::remove_file(&edited);
    let _ = fs::remove_dir_all(&cache);
    let (base, cold, warm) = (fastest(&base), fastest(&cold), fastest(&warm));
    json!({
        "tree": name,
        "megabytes": bytes as f64 / 1e6,
        "walk_and_read": base,
        "cold": cold,
        "cold_ratio": cold / base,
        "warm": warm,
        "warm_over": warm - base,
        "peak_mebibytes": peak,
        "ast_grep": if peer.is_empty() { Value::Null } else { json!(fastest(&peer)) },
    })
}

/// What a scan can't do without.
fn walk_and_read(folder: &Path) -> usize {
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| fs::read(entry.path()).map_or(0, |bytes| bytes.len()))
        .sum()
}

fn ast_grep(folder: &Path) -> Option<Duration> {
    let program = env::var_os("AST_GREP").unwrap_or_else(|| "ast-grep".into());
    let mut command = Command::new(program);
    command.args(["run", "--lang", "ts", "--json=stream", "-p", "fetch($$$)"]).arg(folder);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    command.status().ok().map(|_| start.elapsed())
}

/// A front end such as large ones are: of a hundred files two connect, and one of those takes its host from another file.
fn tree(folder: &Path, files: usize) -> PathBuf {
    for number in 0..files {
        let below = folder.join(format!("module-{}", number / 50));
        fs::create_dir_all(&below).expect("a folder");
        let mut text = format!("import {{ value }} from './shared-{number}';\n");
        if number % 100 == 0 {
            text +=
                "import { HOST } from './hosts';\nexport const load = (id: string) => fetch(`${HOST}/items/${id}`);\n";
            fs::write(below.join("hosts.ts"), "export const HOST = 'https://api.example.com';\n").expect("a file");
        } else if number % 100 == 50 {
            text += "export const feed = () => new WebSocket('wss://feed.example.com/live');\n";
        }
        for line in 0..120 {
            text += &format!(
                "export function step{line}(input: number, label = 'item {line}'): string {{\n  return input > {line} ? `${{label}}: ${{input + {number}}}` : value;\n}}\n"
            );
        }
        fs::write(below.join(format!("file-{number}.ts")), text).expect("a file");
    }
    folder.to_owned()
}

/// A file of which all has to be parsed.
fn bundle(work: &Path) -> Value {
    fs::create_dir_all(work).expect("a folder");
    let mut text = String::new();
    for number in 0..30_000 {
        text += &format!(
            "function f{number}(a,b){{var c=a?b+{number}:a.d(b,{{e:\"t{number}\",g:[a,b]}});return c.h(function(i){{return i+c}})}}"
        );
    }
    text += "fetch('https://a.example/x');";
    let file = work.join("bundle.js");
    fs::write(&file, &text).expect("a file");
    let (mut parse, mut bind, mut scan) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        parse.push(time(|| {
            let allocator = Allocator::default();
            let text = fs::read_to_string(&file).expect("a file");
            let parsed = Parser::new(&allocator, &text, SourceType::unambiguous().with_jsx(true)).parse();
            assert!(parsed.diagnostics.is_empty(), "the bundle is a program");
        }));
        // Which name means which binding: nobody can follow a URL without.
        bind.push(time(|| {
            let allocator = Allocator::default();
            let text = fs::read_to_string(&file).expect("a file");
            let parsed = Parser::new(&allocator, &text, SourceType::unambiguous().with_jsx(true)).parse();
            let bound = SemanticBuilder::new().with_build_nodes(false).build(&parsed.program);
            assert!(bound.semantic.scoping().symbols_len() > 0, "the bundle has names");
        }));
        scan.push(time(|| {
            let report = Scan::new().root(&file).run().expect("runs");
            assert_eq!((report.endpoints.len(), report.unresolved.len()), (1, 0));
        }));
    }
    let (parse, bind, scan) = (fastest(&parse), fastest(&bind), fastest(&scan));
    let peak = peak(|| drop(Scan::new().root(&file).run().expect("runs")));
    json!({
        "megabytes": text.len() as f64 / 1e6,
        "parse": parse,
        "parse_and_bind": bind,
        "scan": scan,
        "ratio": scan / parse,
        "peak_mebibytes": peak,
    })
}

/// The most memory that this process has while something runs; where the system doesn't tell, nothing.
fn peak(run: impl FnOnce()) -> Option<f64> {
    // From now on.
    fs::write("/proc/self/clear_refs", "5").ok()?;
    run();
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes / 1024.0)
}

fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn fastest(times: &[Duration]) -> f64 {
    times.iter().min().map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
}
