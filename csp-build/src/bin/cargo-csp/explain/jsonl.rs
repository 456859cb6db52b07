//! `--jsonl`: one question a line on stdin, one answer a line on stdout.

use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal as _, Write};

use clap::ColorChoice;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::answer::Circumstances;
use super::json::Record;
use super::rules::Rules;
use super::self_origin;
use crate::explain::{Decider, Delivery};
use crate::outcome::{Outcome, complain};

/// How much is read and written at once.
const BUFFER: usize = 1 << 16;

/// A question. Members of other names are let pass: corpora carry notes and expected results.
#[derive(Deserialize)]
struct Question<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    policy: Option<Headers>,
    allow: Option<Vec<String>>,
    #[serde(rename = "self")]
    self_origin: Option<String>,
    url: String,
    redirected: Option<bool>,
    delivery: Option<Delivery>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected `policy` to be a string or a list of strings")]
enum Headers {
    One(String),
    Several(Vec<String>),
}

/// Of a question that can't be read as a whole.
#[derive(Deserialize)]
struct IdAlone<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
}

pub(crate) fn run(decider: Decider, color: ColorChoice) -> io::Result<Outcome> {
    let stdout = io::stdout();
    let interactive = stdout.is_terminal();
    let mut input = BufReader::with_capacity(BUFFER, io::stdin().lock());
    let mut output = BufWriter::with_capacity(BUFFER, stdout.lock());
    let mut outcome = Outcome::Clean;
    let mut line = Vec::new();
    for number in 1_usize.. {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        // Some shells begin what they pipe with a byte order mark.
        let text = line.strip_prefix(b"\xef\xbb\xbf").filter(|_| number == 1).unwrap_or(&line);
        let line = text.trim_ascii();
        if line.is_empty() {
            continue;
        }
        outcome = outcome.max(match answer(line, decider, &mut output)? {
            Ok(outcome) => outcome,
            Err(reason) => {
                let reason = format!("line {number}: {reason}");
                complain(&reason, color);
                let id = serde_json::from_slice::<IdAlone<'_>>(line).ok().and_then(|question| question.id);
                write_line(&mut output, &Record::error(id, reason))?;
                Outcome::Incomplete
            }
        });
        // Whoever asks the next question only after this answer waits for it now.
        if interactive || input.buffer().is_empty() {
            output.flush()?;
        }
    }
    output.flush()?;
    Ok(outcome)
}

/// Answers one line, or says why it can't be read.
fn answer(line: &[u8], decider: Decider, output: &mut impl Write) -> io::Result<Result<Outcome, String>> {
    // A sequence would do for the parser too.
    if !line.starts_with(b"{") {
        return Ok(Err("expected an object".to_owned()));
    }
    let question: Question<'_> = match serde_json::from_slice(line) {
        Ok(question) => question,
        Err(error) => return Ok(Err(without_line(&error))),
    };
    let (rules, circumstances) = match (question.rules(decider), question.circumstances()) {
        (Ok(rules), Ok(circumstances)) => (rules, circumstances),
        (Err(reason), _) | (_, Err(reason)) => return Ok(Err(reason)),
    };
    let record = Record::answer(question.id, &rules, &circumstances, &question.url);
    write_line(output, &record)?;
    Ok(Ok(Outcome::of_findings(!record.is_allowed())))
}

fn write_line(output: &mut impl Write, record: &Record<'_, Option<&RawValue>>) -> io::Result<()> {
    serde_json::to_writer(&mut *output, record)?;
    output.write_all(b"\n")
}

/// Every line is line 1 to the parser.
fn without_line(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match text.strip_suffix(&place) {
        Some(text) if error.column() > 0 => format!("{text} at column {}", error.column()),
        _ => text,
    }
}

impl Question<'_> {
    fn rules(&self, decider: Decider) -> Result<Rules<'_>, String> {
        match (decider, &self.policy, &self.allow) {
            (Decider::Browser, Some(Headers::One(header)), _) => Ok(Rules::page([header.as_str()])),
            (Decider::Browser, Some(Headers::Several(headers)), _) => {
                Ok(Rules::page(headers.iter().map(String::as_str)))
            }
            (Decider::Browser, None, _) => Err("missing field `policy`".to_owned()),
            (Decider::Guard, _, Some(sources)) => Ok(Rules::guard(sources.iter().map(String::as_str))),
            (Decider::Guard, _, None) => Err("missing field `allow`, which --as guard decides by".to_owned()),
        }
    }

    fn circumstances(&self) -> Result<Circumstances, String> {
        let self_origin = self.self_origin.as_deref().map(self_origin).transpose();
        Ok(Circumstances {
            self_origin: self_origin.map_err(|message| format!("`self`: {message}"))?.flatten(),
            redirected: self.redirected.unwrap_or_default(),
            delivery: self.delivery.unwrap_or_default(),
        })
    }
}
