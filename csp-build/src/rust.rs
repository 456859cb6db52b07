//! Calls as Rust, for a declaration in another crate.

use csp_core::scan::ScanData;

use crate::Error;

/// The name of the file in `OUT_DIR`.
pub(crate) const FILE: &str = "csp_calls.rs";

pub(crate) fn write(data: &ScanData) -> Result<String, Error> {
    if !data.unresolved.is_empty() {
        let calls = data.unresolved.iter().map(|call| {
            format!("\n`{}` at {}: {}: {}", call.sink, call.place, call.code, csp_core::visible(&call.detail))
        });
        return Err(Error::new(format!(
            "it is not known what these calls connect to, and the crate that declares it can't tell:{}\nhelp: say it in a \
             comment before the call: // csp-connect: https://…",
            calls.collect::<String>()
        )));
    }
    let mut text =
        "/// What the front end connects to: the origin, the function that connects, and where it is called.\n\
                    pub const CALLS: &[(&str, &str, &str)] = &[\n"
            .to_owned();
    for call in &data.calls {
        text += &format!("    ({:?}, {:?}, {:?}),\n", call.origin, call.sink, call.place.to_string());
    }
    Ok(text + "];\n")
}
