//! From text to a summary.

use oxc_allocator::Allocator;
use oxc_ast_visit::Visit as _;
use oxc_parser::{ParseOptions, Parser, ParserReturn};
use oxc_semantic::{Scoping, SemanticBuilder};
use oxc_span::{GetSpan as _, SourceType};

use super::lower::Lowerer;
use super::{Expr, Summary};
use crate::scan::code::Piece;
use crate::scan::elements::{Element, Template};
use crate::scan::nesting;
use crate::scan::report::{Reason, ReasonCode};

/// A summary, and why it may lack something.
pub(crate) struct Parsed {
    pub(crate) summary: Summary,
    /// With the offset it is about.
    pub(crate) problem: Option<(Reason, usize)>,
}

impl Parsed {
    pub(crate) fn failed(code: ReasonCode, detail: impl Into<String>, offset: usize) -> Self {
        Self { summary: Summary::default(), problem: Some((Reason::new(code, detail), offset)) }
    }
}

/// The longest file that is read; its offsets fit 32 bits with room to spare.
const LONGEST: usize = 1 << 30;

/// What the template of a component adds to its script.
#[derive(Clone, Copy, Default)]
pub(crate) struct OfTemplate<'t> {
    /// Whose template it is, where the file is a component.
    pub(crate) template: Option<Template>,
    /// Where code in it stands whose names are members of the component.
    pub(crate) code: &'t [Piece],
    pub(crate) elements: &'t [Element],
}

/// Parses the scripts of a component, and the code of its template that stands among them.
pub(crate) fn component(text: &str, source_type: SourceType, of_template: OfTemplate<'_>) -> Parsed {
    if let Some(refused) = refused(text) {
        return refused;
    }
    let first = parse(text, source_type, of_template);
    // Types without their extension, as in `.js` that another tool strips.
    if first.problem.is_some() && source_type.is_javascript() {
        let second = parse(text, SourceType::tsx(), of_template);
        if second.problem.is_none() {
            return second;
        }
    }
    first
}

/// Adds what a template calls of its component, which is written in a file beside it.
pub(crate) fn template(summary: &mut Summary, text: &str, pieces: &[Piece], elements: &[Element]) {
    let scoping = Scoping::default();
    let mut lowerer = Lowerer::new(&scoping, text);
    *summary = lowerer.beside(std::mem::take(summary), text, pieces, elements);
}

/// Parses a script. What stands before a syntax error that the parser can't get over is lost, and the problem says so.
pub(crate) fn script(text: &str, source_type: SourceType) -> Parsed {
    component(text, source_type, OfTemplate::default())
}

/// Whether a text can be parsed whole. One that can't would take with it the scripts that it stands among.
pub(crate) fn is_script(text: &str, source_type: SourceType) -> bool {
    if refused(text).is_some() {
        return false;
    }
    let allocator = Allocator::default();
    let parsed = program(&allocator, text, source_type);
    !parsed.panicked && parsed.diagnostics.is_empty()
}

/// A handler of HTML is the body of a function, and may return.
pub(super) fn program<'a>(allocator: &'a Allocator, text: &'a str, source_type: SourceType) -> ParserReturn<'a> {
    let options = ParseOptions { allow_return_outside_function: true, ..ParseOptions::default() };
    Parser::new(allocator, text, source_type).with_options(options).parse()
}

fn parse(text: &str, source_type: SourceType, of_template: OfTemplate<'_>) -> Parsed {
    let allocator = Allocator::default();
    let parsed = program(&allocator, text, source_type);
    let problem = parsed.diagnostics.iter().next().map(|error| {
        let offset = error.labels.as_slice().first().map_or(0, |label| label.offset() as usize);
        (Reason::new(ReasonCode::SyntaxError, error.message.to_string()), offset)
    });
    if parsed.panicked {
        return Parsed { summary: Summary::default(), problem };
    }
    let semantic = SemanticBuilder::new().with_build_nodes(false).build(&parsed.program).semantic;
    let mut lowerer = Lowerer::new(semantic.scoping(), text).with_template(of_template.code);
    lowerer = lowerer.with_elements(of_template.elements, of_template.template);
    lowerer.find_server(&parsed.program);
    lowerer.find_private_fields(&parsed.program);
    if of_template.template == Some(Template::Astro) {
        lowerer.is_of_server();
    }
    lowerer.visit_program(&parsed.program);
    lowerer.call_components(of_template.elements);
    let problem = problem.or(lowerer.embed_scripts());
    let mut summary = lowerer.finish();
    let is_script = source_type.is_javascript() && !parsed.program.source_type.is_module();
    if is_script && summary.whole.is_none() && summary.exports.is_empty() {
        share(semantic.scoping(), &mut summary);
    }
    for comment in &parsed.program.comments {
        let span = comment.content_span();
        let content = text.get(span.start as usize..span.end as usize).unwrap_or_default();
        if content.contains("csp-") {
            summary.comments.push((content.to_owned(), comment.span.start as usize));
        }
    }
    Parsed { summary, problem }
}

/// What a script declares at its top is a global of the page.
fn share(scoping: &Scoping, summary: &mut Summary) {
    for symbol in scoping.iter_bindings_in(scoping.root_scope_id()).collect::<Vec<_>>() {
        let id = summary.add(Expr::Symbol(u32::try_from(symbol.index()).unwrap_or(u32::MAX)));
        summary.globals.push((scoping.symbol_name(symbol).to_owned(), id));
    }
    summary.globals.sort();
}

/// JSON, with comments and trailing commas let pass: its value is the whole of the module.
pub(crate) fn json(text: &str) -> Parsed {
    if let Some(refused) = refused(text) {
        return refused;
    }
    let allocator = Allocator::default();
    match Parser::new(&allocator, text, SourceType::mjs()).parse_expression() {
        Ok(expression) => {
            let scoping = Scoping::default();
            let mut lowerer = Lowerer::new(&scoping, text);
            let id = lowerer.lower(&expression);
            let _ = expression.span();
            let mut summary = lowerer.finish();
            summary.exports.insert("default".to_owned(), id);
            summary.whole = Some(id);
            Parsed { summary, problem: None }
        }
        Err(_) => Parsed::failed(ReasonCode::SyntaxError, "not JSON", 0),
    }
}

pub(super) fn refused(text: &str) -> Option<Parsed> {
    if text.len() > LONGEST {
        return Some(Parsed::failed(ReasonCode::TooComplex, "longer than a gigabyte", 0));
    }
    nesting::is_too_deep(text).then(|| Parsed::failed(ReasonCode::TooComplex, "nested too deeply to be parsed", 0))
}
