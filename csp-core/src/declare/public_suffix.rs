//! Suffixes below which anybody can register a name.
//!
//! Not the Public Suffix List, which is 300 KB and changes daily, but what people write by mistake: a top-level domain,
//! the second levels that country registries open, and the platforms that host other people's sites. Every entry is a
//! public suffix; that not every public suffix is an entry is accepted, since the finding is advice.

/// Country-code domains and the second levels that they sell names below: `co.uk`, `com.au`.
const COUNTRIES: &[(&str, &[&str])] = &[
    ("ar", &["com", "edu", "gob", "mil", "net", "org"]),
    ("at", &["ac", "co", "gv", "or"]),
    ("au", &["com", "edu", "gov", "id", "net", "org"]),
    ("br", &["com", "edu", "gov", "mil", "net", "org"]),
    ("cn", &["ac", "com", "edu", "gov", "mil", "net", "org"]),
    ("co", &["com", "edu", "gov", "mil", "net", "nom", "org"]),
    ("cr", &["ac", "co", "or"]),
    ("cy", &["ac", "com", "gov", "ltd", "net", "org"]),
    ("ec", &["com", "edu", "gob", "gov", "mil", "net", "org"]),
    ("eg", &["com", "edu", "gov", "me", "mil", "net", "org"]),
    ("es", &["com", "edu", "gob", "nom", "org"]),
    ("fr", &["com", "gouv", "nom"]),
    ("gr", &["com", "edu", "gov", "net", "org"]),
    ("hk", &["com", "edu", "gov", "net", "org"]),
    ("hu", &["co", "org"]),
    ("id", &["ac", "co", "mil", "net", "or", "sch"]),
    ("il", &["ac", "co", "net", "org"]),
    ("in", &["ac", "co", "com", "edu", "gov", "me", "mil", "net", "org"]),
    ("ir", &["ac", "co", "gov", "id", "net", "org", "sch"]),
    ("it", &["edu", "gov"]),
    ("jp", &["ac", "co", "ne", "or"]),
    ("ke", &["ac", "co", "me", "ne", "or"]),
    ("kr", &["ac", "co", "mil", "ne", "or"]),
    ("mx", &["com", "edu", "gob", "net", "org"]),
    ("my", &["com", "edu", "gov", "mil", "net", "org"]),
    ("ng", &["com", "edu", "gov", "mil", "net", "org", "sch"]),
    ("nz", &["ac", "co", "mil", "net", "org"]),
    ("pe", &["com", "edu", "gob", "mil", "net", "nom", "org"]),
    ("ph", &["com", "edu", "gov", "mil", "net", "org"]),
    ("pk", &["com", "edu", "gov", "net", "org"]),
    ("pl", &["com", "edu", "gov", "mil", "net", "nom", "org"]),
    ("pt", &["com", "edu", "gov", "net", "org"]),
    ("ro", &["com", "nom", "org"]),
    ("rs", &["ac", "co", "edu", "gov", "org"]),
    ("sa", &["com", "edu", "gov", "net", "org", "sch"]),
    ("sg", &["com", "edu", "gov", "net", "org"]),
    ("th", &["ac", "co", "net", "or"]),
    ("tr", &["com", "edu", "gov", "mil", "net", "org"]),
    ("tw", &["com", "edu", "gov", "mil", "net", "org"]),
    ("tz", &["ac", "co", "me", "mil", "ne", "or"]),
    ("ua", &["com", "edu", "gov", "net", "org"]),
    ("ug", &["ac", "co", "com", "ne", "or", "org"]),
    ("uk", &["ac", "co", "gov", "ltd", "me", "net", "org", "sch"]),
    ("uy", &["com", "edu", "mil", "net", "org"]),
    ("ve", &["co", "com", "edu", "gob", "gov", "mil", "net", "org"]),
    ("vn", &["ac", "com", "edu", "gov", "net", "org"]),
    ("za", &["ac", "co", "edu", "gov", "ltd", "mil", "net", "nom", "org"]),
    ("zw", &["ac", "co", "gov", "mil", "org"]),
];

/// Platforms that give every customer a name of this suffix.
const PLATFORMS: &[&str] = &[
    "amplifyapp.com",
    "appspot.com",
    "azurestaticapps.net",
    "azurewebsites.net",
    "blogspot.com",
    "cloudfront.net",
    "deno.dev",
    "edgeone.app",
    "elasticbeanstalk.com",
    "firebaseapp.com",
    "fly.dev",
    "github.io",
    "gitlab.io",
    "glitch.me",
    "herokuapp.com",
    "hf.space",
    "lovable.app",
    "netlify.app",
    "ngrok-free.app",
    "ngrok.io",
    "onrender.com",
    "pages.dev",
    "railway.app",
    "repl.co",
    "replit.app",
    "run.app",
    "s3.amazonaws.com",
    "streamlit.app",
    "supabase.co",
    "surge.sh",
    "trycloudflare.com",
    "vercel.app",
    "web.app",
    "webflow.io",
    "workers.dev",
];

/// Single labels that are no top-level domain: names of one's own network.
const PRIVATE: &[&str] = &["corp", "home", "internal", "intranet", "lan", "local", "localhost", "private", "test"];

/// Whether anybody can register a name below `suffix` (lower case).
pub(crate) fn is_public_suffix(suffix: &str) -> bool {
    let Some((second, top)) = suffix.split_once('.') else {
        return !PRIVATE.contains(&suffix);
    };
    COUNTRIES.iter().any(|(country, open)| *country == top && open.contains(&second)) || PLATFORMS.contains(&suffix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_are_known() {
        for suffix in ["com", "co.uk", "com.au", "github.io", "s3.amazonaws.com", "dev"] {
            assert!(is_public_suffix(suffix), "{suffix}");
        }
        for name in ["example.com", "example.co.uk", "localhost", "a.github.io", "co.example", "amazonaws.com"] {
            assert!(!is_public_suffix(name), "{name}");
        }
    }

    #[test]
    fn tables_are_sorted() {
        assert!(COUNTRIES.is_sorted_by_key(|(country, _)| country));
        assert!(COUNTRIES.iter().all(|(_, open)| open.is_sorted()));
        assert!(PLATFORMS.is_sorted() && PRIVATE.is_sorted());
    }
}
