//! Answers for people: the URL, the rules that decided on it, why, and what to do about it.

mod advice;
mod layout;
mod listing;
mod parts;
mod style;
mod words;

use std::io::{self, Write};

use anstream::AutoStream;
use anstyle::Style;
use clap::ColorChoice;
use csp_core::{Decision, Difference, Finding, Severity, SourceExpression, Target, Verdict, visible};
use url::Url;

use super::answer::{Answer, Circumstances, Reason, unparsable};
use super::json::severity_word;
use super::rules::{Page, Rules};
use crate::explain::Delivery;
use crate::outcome::{Outcome, remark, stream};
use layout::WIDTH;
use style::{ALLOWED, BLOCKED, DOUBTFUL, GUTTER, STRONG};

/// The most findings that are written out.
const MOST_FINDINGS: usize = 20;

/// The width of `blocked: ` and its kin.
const LEAD: usize = 9;

pub(crate) fn run(
    rules: &Rules<'_>,
    circumstances: &Circumstances,
    urls: &[String],
    color: ColorChoice,
) -> io::Result<Outcome> {
    let mut out = AutoStream::new(io::stdout().lock(), stream(color));
    let (mut allowed, mut blocked) = (0, 0);
    for (index, given) in urls.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        match Url::parse(given) {
            Ok(url) => {
                let report = Report { rules, circumstances, given, url: &url };
                match report.write(&mut out)? {
                    Verdict::Allow => allowed += 1,
                    Verdict::Block => blocked += 1,
                }
            }
            Err(error) => write_unparsable(&mut out, given, error)?,
        }
    }
    write_findings(&mut out, rules.findings())?;
    out.flush()?;
    if urls.len() > 1 {
        let others = match urls.len() - allowed - blocked {
            0 => String::new(),
            others => format!(", {others} could not be parsed"),
        };
        remark(&format_args!("{} URLs: {allowed} allowed, {blocked} blocked{others}", urls.len()));
    }
    Ok(Outcome::of_findings(allowed < urls.len()))
}

/// All about one URL.
struct Report<'r, 'a> {
    rules: &'r Rules<'a>,
    circumstances: &'r Circumstances,
    /// As it was asked for.
    given: &'r str,
    url: &'r Url,
}

impl<'a> Report<'_, 'a> {
    fn write(&self, out: &mut dyn Write) -> io::Result<Verdict> {
        let answer = Answer::to(self.rules, self.circumstances, self.url);
        match answer.verdict() {
            Verdict::Allow => write_headline(out, "allowed", ALLOWED, self.given)?,
            Verdict::Block => write_headline(out, "blocked", BLOCKED, self.given)?,
        }
        self.write_url_marks(out, &answer)?;
        layout::write_blank(out)?;
        let answers = match self.rules {
            Rules::Page(page) => {
                let answers = self.answers(page);
                listing::write_policies(out, page, &answers, answer.report_only)?;
                answers
            }
            Rules::Guard(sources) => {
                listing::write_sources(out, sources, &answer)?;
                vec![answer]
            }
        };
        layout::write_blank(out)?;
        write_remark(out, "because", STRONG, &self.because(&answer, &answers))?;
        for note in self.notes(&answer) {
            write_remark(out, "note", STRONG, &note)?;
        }
        if answer.decision == Verdict::Block {
            for help in advice::advise(self.rules, &answers, self.url, self.circumstances) {
                write_remark(out, "help", STRONG, &help)?;
            }
        }
        Ok(answer.verdict())
    }

    /// What each policy says for itself.
    fn answers(&self, page: &Page<'a>) -> Vec<Answer<'a>> {
        let request = self.circumstances.page_request(self.url);
        let decide = |(index, policy): (usize, &csp_core::Policy<'a>)| {
            Answer::of_decision(&Decision { policy: index, ..policy.decide_connect(&request) }, &request)
        };
        page.policies.policies.iter().enumerate().map(decide).collect()
    }

    /// The URL as it was read, where that isn't what was given, and the part that decided.
    fn write_url_marks(&self, out: &mut dyn Write, answer: &Answer<'_>) -> io::Result<()> {
        let read = self.url.as_str();
        let is_as_given = read.strip_prefix(self.given).is_some_and(|rest| matches!(rest, "" | "/"));
        let fits = LEAD + read.len() <= WIDTH;
        if !is_as_given || !fits {
            let end = read.len().min(WIDTH - LEAD);
            let (shown, more) = (read.get(..end).unwrap_or(read), if fits { "" } else { "…" });
            writeln!(out, "{STRONG}read as:{STRONG:#} {shown}{more}")?;
        }
        let (range, label) = match answer.reason {
            Reason::NoSourceCovers(Some(difference)) => (parts::of_url(self.url, difference), difference.as_str()),
            Reason::Address(_) => (parts::of_url(self.url, Difference::Host), "refused"),
            Reason::Credentials => (parts::credentials(self.url), "refused"),
            Reason::HiddenSeparator => (parts::of_url(self.url, Difference::Path), "hides a separator"),
            _ => return Ok(()),
        };
        if range.start + LEAD >= WIDTH {
            return Ok(());
        }
        let carets = "^".repeat(range.len().clamp(1, WIDTH - LEAD - range.start));
        let indent = LEAD + range.start;
        if indent + carets.len() + 1 + label.len() <= WIDTH {
            writeln!(out, "{:indent$}{BLOCKED}{carets} {label}{BLOCKED:#}", "")
        } else {
            writeln!(out, "{:indent$}{BLOCKED}{carets}{BLOCKED:#}", "")
        }
    }

    fn because(&self, answer: &Answer<'a>, answers: &[Answer<'a>]) -> String {
        let mut reason = self.reason(answer);
        if answer.is_only_reported() {
            reason = format!("report-only lets it pass, and the browser reports that {reason}");
        }
        match self.rules {
            Rules::Page(page) if page.texts.len() > 1 => match answer.decision {
                Verdict::Allow => format!("no policy blocks it; {reason}"),
                Verdict::Block => {
                    let blocking: Vec<_> = answers
                        .iter()
                        .filter(|answer| answer.decision == Verdict::Block)
                        .map(|answer| (answer.policy + 1).to_string())
                        .collect();
                    let verb = match (answer.report_only, blocking.len()) {
                        (true, _) => "would block",
                        (false, 1) => "blocks",
                        (false, _) => "block",
                    };
                    let noun = if blocking.len() == 1 { "policy" } else { "policies" };
                    let numbers = words::listed(&blocking);
                    let number = answer.policy + 1;
                    format!("{noun} {numbers} {verb} it, and each must allow; in policy {number}, {reason}")
                }
            },
            _ => reason,
        }
    }

    fn reason(&self, answer: &Answer<'a>) -> String {
        let list = match (self.rules, answer.directive) {
            (Rules::Guard(_), _) => "the guard".to_owned(),
            (Rules::Page(_), Some(name)) => name.to_string(),
            (Rules::Page(_), None) => return "neither connect-src nor default-src is there to restrict it".to_owned(),
        };
        let written = visible(answer.written_source(self.rules).unwrap_or_default());
        match (answer.reason, &answer.source) {
            (Reason::Address(kind), _) => {
                format!("{written} covers it, but its host is {kind}, which a guard always refuses")
            }
            (Reason::Credentials, _) => "it carries a user name or a password, which a guard always refuses".to_owned(),
            (Reason::EmptyList, _) => format!("{list} has no source, and so allows nothing"),
            (Reason::HiddenSeparator, _) => format!(
                "{written} covers it, but its path has an encoded separator or dot segment, which servers read in \
                 different ways: it may lead out of that path"
            ),
            (Reason::NoSourceCovers(Some(difference)), Some(source)) => {
                let page = self.circumstances.self_origin.as_ref();
                let how = words::how_it_differs(source, difference, &Target::from(self.url), page);
                format!("no source of {list} covers it: {how}")
            }
            (Reason::NoSourceCovers(_), _) => format!("no source of {list} covers it, or any URL"),
            (Reason::AllowedBySource, Some(source)) => format!("{written} in {list} covers it{}", self.upgrade(source)),
            (Reason::AllowedBySource | Reason::NotRestricted, _) => format!("{list} does not restrict it"),
        }
    }

    /// That a source covers another scheme than it says.
    fn upgrade(&self, source: &SourceExpression<'_>) -> String {
        let page = self.circumstances.self_origin.as_ref();
        let (scheme, own) = (Target::from(self.url).scheme(), words::own_scheme(source, page));
        match own {
            Some(own) if !own.is(scheme) && source.to_string() != "*" => format!(": `{own}` covers `{scheme}` too"),
            _ => String::new(),
        }
    }

    fn notes(&self, answer: &Answer<'a>) -> Vec<String> {
        let mut notes = Vec::new();
        let mut sources = Vec::new();
        match self.rules {
            Rules::Page(page) => {
                if answer.directive == Some(csp_core::DirectiveName::DefaultSrc) {
                    notes.push(match page.texts.len() {
                        1 => "there is no connect-src, so default-src decides".to_owned(),
                        _ => format!("policy {} has no connect-src, so its default-src decides", answer.policy + 1),
                    });
                }
                if self.circumstances.redirected {
                    notes.push("after a redirect browsers compare scheme, host and port, and not the path".to_owned());
                }
                if self.circumstances.delivery == Delivery::Meta && page.has_commas {
                    notes.push("in <meta>, Chromium splits at commas; Firefox and the specification do not".to_owned());
                }
                let directive = page.policies.policies.get(answer.policy).and_then(|p| p.effective_connect_directive());
                if let Some(list) = directive.and_then(csp_core::Directive::sources) {
                    sources.extend(list);
                }
            }
            Rules::Guard(guard) => {
                if self.circumstances.redirected {
                    notes.push("a guard compares paths on every hop: --redirected changes nothing".to_owned());
                }
                sources.extend(&guard.list);
            }
        }
        if self.circumstances.self_origin.is_none()
            && answer.decision == Verdict::Block
            && let Some(source) = sources.iter().find(|source| words::needs_page(source))
        {
            notes.push(format!("{source} covers nothing here: what it covers depends on the page; give --self-origin"));
        }
        notes
    }
}

fn write_headline(out: &mut dyn Write, word: &str, style: Style, url: &str) -> io::Result<()> {
    writeln!(out, "{style}{word}{style:#}: {STRONG}{}{STRONG:#}", visible(url))
}

fn write_unparsable(out: &mut dyn Write, url: &str, error: url::ParseError) -> io::Result<()> {
    write_headline(out, "error", BLOCKED, url)?;
    layout::write_blank(out)?;
    write_remark(out, "because", STRONG, &format!("it is {}", unparsable(error)))
}

/// `  = help: …`: the lines after the first are indented, text is wrapped, what is indented already is code.
fn write_remark(out: &mut dyn Write, kind: &str, style: Style, text: &str) -> io::Result<()> {
    let lead = format!("  = {kind}: ").len();
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.starts_with(' ') {
            lines.push(line.to_owned());
        } else {
            lines.extend(layout::fold(line, WIDTH - lead));
        }
    }
    write!(out, "{GUTTER}  ={GUTTER:#} {style}{kind}{style:#}: ")?;
    for (index, line) in lines.iter().enumerate() {
        let indent = if index == 0 { 0 } else { lead };
        writeln!(out, "{:indent$}{line}", "")?;
    }
    Ok(())
}

/// What is odd about the rules themselves.
fn write_findings(out: &mut dyn Write, findings: &[Finding<'_>]) -> io::Result<()> {
    for finding in findings.iter().take(MOST_FINDINGS) {
        let style = match finding.severity() {
            Severity::Note => STRONG,
            Severity::Error => BLOCKED,
            _ => DOUBTFUL,
        };
        let kind = severity_word(finding.severity());
        writeln!(out)?;
        let text = format!("{kind}[{}]: {}", finding.code, finding.message);
        for (index, line) in layout::fold(&text, WIDTH).iter().enumerate() {
            match line.split_once(": ") {
                Some((code, message)) if index == 0 => writeln!(out, "{style}{code}{style:#}: {message}")?,
                _ => writeln!(out, "  {line}")?,
            }
        }
        if let Some(help) = &finding.help {
            write_remark(out, "help", STRONG, help)?;
        }
    }
    match findings.len().saturating_sub(MOST_FINDINGS) {
        0 => Ok(()),
        more => writeln!(out, "\n… and {more} more findings; --format json has them all"),
    }
}
