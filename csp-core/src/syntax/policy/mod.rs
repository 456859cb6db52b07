//! The token grammar of `policy!`.

mod check;
mod directive;
mod effective;
mod options;

use alloc::format;
use alloc::vec::Vec;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

use super::item::{parse_runtime, split_items};
use super::list::is_name;
use super::tokens::{flatten, is_punct, span_of};
use super::{DeclaredGate, DeclaredList, Errors, ItemHead};
use crate::DirectiveName;

pub use directive::{DeclaredDirective, DeclaredDirectiveValue, DeclaredWord};
pub use effective::{EffectiveDirective, EffectiveValue};

/// What stands in `policy! { … }`.
///
/// ```
/// use csp_core::syntax::{Errors, PolicyDeclarations};
///
/// let mut errors = Errors::default();
/// let tokens = "static PAGE = { default_src: [none], script_src: [self, nonce] };".parse().unwrap();
/// let policy = &PolicyDeclarations::parse(tokens, &mut errors).items[0].policy;
/// assert!(errors.is_empty() && policy.has_nonce());
/// let (name, value) = &policy.fixed_directives()[1];
/// assert_eq!(format!("{name} {value}"), "script-src 'self' 'nonce-{nonce}'");
/// ```
pub struct PolicyDeclarations {
    /// Where the runtime is: `crate = path;`.
    pub runtime: Option<TokenStream>,
    /// The items.
    pub items: Vec<PolicyItem>,
}

/// One item: `pub static NAME = { … };`
pub struct PolicyItem {
    /// What stands before the `=`.
    pub head: ItemHead,
    /// What it declares.
    pub policy: DeclaredPolicy,
}

/// A whole policy as written.
#[derive(Default)]
pub struct DeclaredPolicy {
    /// The directives, in their order.
    pub directives: Vec<DeclaredDirective>,
    /// `use_defaults: true`
    pub use_defaults: bool,
    /// The path of the policy that this one extends, and where it is written.
    pub extends: Option<(TokenStream, Span)>,
    /// The directives that the defaults or the extended policy have, and this one doesn't.
    pub remove: Vec<(DirectiveName, Span)>,
    /// Where `report_only: true` is written.
    pub report_only: Option<Span>,
    /// `report_to: "name" => "https://…"`
    pub report_to: Option<DeclaredEndpoint>,
    /// `connection_allowlist: …`
    pub connection_allowlist: Option<DeclaredAllowlist>,
}

/// Where reports go.
pub struct DeclaredEndpoint {
    /// The name that `report-to` has.
    pub name: DeclaredWord,
    /// The URL.
    pub url: DeclaredWord,
    /// The `#[cfg(…)]` attributes.
    pub gate: Option<DeclaredGate>,
}

/// What the header `Connection-Allowlist` is to say.
pub struct DeclaredAllowlist {
    /// Where the option is written.
    pub span: Span,
    /// What the page may load beside what it may connect to.
    pub also: DeclaredList,
    /// Whether it only reports.
    pub report_only: bool,
}

const USAGE: &str = "{ default_src: [self] }";

impl PolicyDeclarations {
    /// Reads an invocation; mistakes go to `errors`, and what else there is is still read.
    pub fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let tokens = flatten(tokens);
        let (runtime, tokens) = parse_runtime(&tokens, errors);
        if tokens.is_empty() && errors.is_empty() {
            errors.push(Span::call_site(), format!("expected `pub static NAME = {USAGE};`"));
        }
        let items = split_items(tokens).filter_map(|item| PolicyItem::parse(item, errors)).collect();
        Self { runtime, items }
    }
}

impl PolicyItem {
    /// `tokens` is one item without its semicolon.
    fn parse(tokens: &[TokenTree], errors: &mut Errors) -> Option<Self> {
        let (head, rest) = ItemHead::parse(tokens, USAGE, errors)?;
        match rest {
            [TokenTree::Punct(equals), TokenTree::Group(group), rest @ ..]
                if equals.as_char() == '=' && group.delimiter() == Delimiter::Brace =>
            {
                if let Some(extra) = rest.first() {
                    errors.push(extra.span(), "expected `;` after the policy");
                }
                let mut policy = DeclaredPolicy::parse(group.stream(), errors);
                let name = &head.name;
                if let Some((_, span)) = policy.extends.take_if(|(base, _)| is_name(base, name)) {
                    errors.push(span, format!("`{name}` extends itself: name another policy"));
                }
                for directive in &mut policy.directives {
                    if let DeclaredDirectiveValue::Sources(list) = &mut directive.value {
                        list.refuse_itself(name, errors);
                        list.stand_below(head.gate.as_ref());
                    }
                }
                Some(Self { head, policy })
            }
            rest => {
                let place = rest.get(usize::from(is_punct(rest.first(), '='))..).unwrap_or_default();
                errors.push(
                    span_of(place, head.name.span()),
                    format!("expected directives in braces: `static {} = {USAGE};`", head.name),
                );
                None
            }
        }
    }
}

impl DeclaredPolicy {
    /// Whether a response needs a nonce.
    #[must_use]
    pub fn has_nonce(&self) -> bool {
        self.lists().any(|(_, list)| list.has_nonce())
    }

    /// The directive of that name, if it is declared.
    #[must_use]
    pub fn directive(&self, name: DirectiveName) -> Option<&DeclaredDirective> {
        self.directives.iter().find(|directive| directive.name == name)
    }

    /// The directives of the defaults, or of the extended policy, that are not there; some only where a gate holds.
    pub fn removed(&self) -> impl Iterator<Item = (DirectiveName, Option<&DeclaredGate>)> {
        let is_off = |directive: &&DeclaredDirective| matches!(directive.value, DeclaredDirectiveValue::Off);
        let off = self.directives.iter().filter(is_off).map(|directive| (directive.name, directive.gate.as_ref()));
        self.remove.iter().map(|(name, _)| (*name, None)).chain(off)
    }

    /// The source lists, each with its directive.
    pub fn lists(&self) -> impl Iterator<Item = (&DeclaredDirective, &DeclaredList)> {
        self.directives.iter().filter_map(|directive| match &directive.value {
            DeclaredDirectiveValue::Sources(list) => Some((directive, list)),
            _ => None,
        })
    }
}
