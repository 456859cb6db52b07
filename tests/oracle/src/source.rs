use csp_core::{Entry, SourceError, SourceExpression, check, needs_justification};

use crate::{Outcome, ensure};

/// What holds of any text that may be a source.
///
/// - What a browser reads has a canonical text that reads back as the same.
/// - What a declaration admits is canonical, and browsers read it alike.
/// - A refusal points into the text, can be printed, and proposes only what is admitted.
///
/// # Errors
///
/// If one of these doesn't hold.
pub fn check_source(text: &str) -> Outcome {
    let received = SourceExpression::parse(text);
    if let Some(source) = received {
        let canonical = source.to_string();
        let again = SourceExpression::parse(&canonical);
        ensure!(again == received, "{text:?}: `{canonical}` reads back as {again:?}");
        ensure!(again.is_some_and(|again| again.to_string() == canonical), "{text:?}: `{canonical}` changes");
    }
    match SourceExpression::parse_with_finding(text) {
        Ok(source) => ensure!(Some(source) == received, "{text:?} is another source with findings"),
        Err(finding) => {
            ensure!(received.is_none(), "{text:?} is a source and a finding");
            ensure!(finding.text == text, "{text:?}: the finding is about {:?}", finding.text);
            ensure!(is_printable(&finding.message), "{text:?}: {:?}", finding.message);
        }
    }
    let list = check(&[Entry::source(text)]);
    match SourceExpression::declare(text) {
        Ok(source) => {
            ensure!(source.to_string() == text, "{text:?} is admitted, and not canonical: {source}");
            ensure!(received == Some(source), "{text:?} is admitted, and read as {received:?}");
            ensure!(list.is_ok() || needs_justification(&source), "{text:?} is admitted, and its list is not");
        }
        Err(error) => {
            ensure!(!list.is_ok() || text == "'none'", "{text:?} is refused, and its list is not");
            check_refusal(text, &error)?;
        }
    }
    list.problems.iter().try_for_each(|problem| {
        ensure!(problem.report().chars().all(|character| character == '\n' || !character.is_control()), "{text:?}");
        Ok(())
    })
}

fn check_refusal(text: &str, error: &SourceError) -> Outcome {
    ensure!(error.text() == text, "{text:?} is quoted as {:?}", error.text());
    ensure!(text.get(error.range()).is_some(), "{text:?}: {error} at {:?}", error.range());
    ensure!(is_printable(&error.to_string()), "{text:?}: {error:?}");
    ensure!(!error.report().is_empty(), "{text:?}: {error:?}");
    let help = error.help().unwrap_or_default();
    ensure!(is_printable(&help), "{text:?}: {help:?}");
    let mut proposed = help.split('"').skip(1).step_by(2).filter(|quoted| quoted.contains("://"));
    proposed.try_for_each(|source| match SourceExpression::declare(source) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("{text:?}: its help is `{help}`, but {error}")),
    })
}

/// Whether a message stays on its line and does nothing to a terminal.
fn is_printable(message: &str) -> bool {
    !message.contains(char::is_control)
}
