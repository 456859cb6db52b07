//! The cache never changes a report.

use std::fs;

use csp_build::scan::{Report, Scan};

use crate::Folder;

/// A front end with all that a summary can hold: the sources of all cases.
fn front_end() -> Folder {
    let folder = Folder::new();
    for (number, case) in crate::cases::all().into_iter().enumerate() {
        for (path, content) in case {
            if !path.ends_with(".env") && !path.contains("tsconfig") {
                folder.write(&format!("src/{number}/{path}"), content);
            }
        }
    }
    folder
}

fn scan(folder: &Folder, cache: bool) -> Report {
    let scan = Scan::new().root(folder.0.join("src"));
    let scan = if cache { scan.cache(folder.0.join("cache/deep")) } else { scan };
    scan.run().expect("runs")
}

#[test]
fn a_cache_gives_what_a_scan_without_one_gives() {
    let folder = front_end();
    let bare = scan(&folder, false);
    assert!(bare.endpoints.len() > 300, "{}", bare.endpoints.len());
    assert_eq!(scan(&folder, true), bare);
    let file = folder.0.join("cache/deep/summaries.bin");
    let kept = fs::read(&file).expect("a cache");
    assert_eq!(scan(&folder, true), bare);
    assert_eq!(fs::read(&file).expect("a cache"), kept);
    // What one file says is replaced, and nothing else.
    let edited = folder.0.join("src/0/src/new.ts");
    fs::write(&edited, "fetch('https://new.example')").expect("a file");
    let with_new = scan(&folder, true);
    assert_eq!(with_new, scan(&folder, false));
    assert_eq!(with_new.endpoints.len(), bare.endpoints.len() + 1);
    let grown = fs::read(&file).expect("a cache");
    assert!(grown.len() > kept.len() && grown.len() < kept.len() + 200, "{} {}", kept.len(), grown.len());
    fs::remove_file(&edited).expect("removed");
    assert_eq!(scan(&folder, true), bare);
    assert_eq!(fs::read(&file).expect("a cache"), kept);
}

#[test]
fn a_cache_that_is_none_is_as_if_it_were_not_there() {
    let folder = Folder::new();
    folder.write("src/a.ts", "import { A } from './b'; fetch(A); fetch(x);");
    folder.write("src/b.ts", "export const A = 'https://a.example';");
    let bare = scan(&folder, true);
    let file = folder.0.join("cache/deep/summaries.bin");
    let kept = fs::read(&file).expect("a cache");
    let mut broken: Vec<Vec<u8>> = (0..kept.len()).map(|at| kept[..at].to_vec()).collect();
    for at in 0..kept.len() {
        let mut other = kept.clone();
        other[at] ^= 1;
        broken.push(other);
    }
    broken.push(b"\xff".repeat(4096));
    broken.push([kept.clone(), kept.clone()].concat());
    for bytes in broken {
        fs::write(&file, &bytes).expect("written");
        assert_eq!(scan(&folder, true), bare);
        assert_eq!(fs::read(&file).expect("a cache"), kept);
    }
    // A folder that can't be made: the scan goes on.
    fs::remove_dir_all(folder.0.join("cache")).expect("removed");
    folder.write("cache", "a file");
    assert_eq!(scan(&folder, true), bare);
}
