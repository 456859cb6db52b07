//! The tokens of macros: `view!`, `html!`, `rsx!`, and all that holds code.

use std::rc::Rc;

use proc_macro2::{Delimiter, Punct, Spacing, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::{Block, Expr, Item, Meta, Token};

use super::Lowerer;
use super::cfg::holds;

/// `if #[cfg(…)] { items } else { items }`
struct CfgIf(Vec<(Option<Meta>, TokenStream)>);

impl Parse for CfgIf {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut arms = Vec::new();
        loop {
            let condition = if input.peek(Token![if]) {
                input.parse::<Token![if]>()?;
                let attribute = input.call(syn::Attribute::parse_outer)?;
                attribute.first().and_then(|attribute| attribute.parse_args().ok())
            } else {
                None
            };
            let content;
            syn::braced!(content in input);
            arms.push((condition, content.parse()?));
            if input.is_empty() {
                return Ok(Self(arms));
            }
            input.parse::<Token![else]>()?;
        }
    }
}

struct Items(Vec<Item>);

impl Parse for Items {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut items = Vec::new();
        while !input.is_empty() {
            items.push(input.parse()?);
        }
        Ok(Self(items))
    }
}

/// The statics that a macro declares, in the place of it: `lazy_static! { static ref URL: String = …; }`.
pub(super) fn with_statics(item: Item) -> Vec<Item> {
    match &item {
        Item::Macro(call) => statics(&call.mac).unwrap_or_else(|| vec![item]),
        _ => vec![item],
    }
}

fn statics(call: &syn::Macro) -> Option<Vec<Item>> {
    let name = &call.path.segments.last()?.ident;
    if !["lazy_static", "thread_local"].iter().any(|known| name == known) {
        return None;
    }
    let mut tokens: Vec<TokenTree> = Vec::new();
    for token in call.tokens.clone() {
        let is_static = matches!(tokens.last(), Some(TokenTree::Ident(last)) if last == "static");
        if !(is_static && matches!(&token, TokenTree::Ident(name) if name == "ref")) {
            tokens.push(token);
        }
    }
    // The last one needs no semicolon.
    if !matches!(tokens.last(), Some(TokenTree::Punct(end)) if end.as_char() == ';') {
        tokens.push(TokenTree::Punct(Punct::new(';', Spacing::Alone)));
    }
    let Items(items) = syn::parse2(tokens.into_iter().collect()).ok()?;
    Some(items)
}

impl Lowerer {
    pub(super) fn visit_tokens(&mut self, call: &syn::Macro) {
        let name = call.path.segments.last().map(|segment| segment.ident.to_string());
        if name.as_deref() == Some("cfg_if")
            && let Ok(CfgIf(arms)) = syn::parse2(call.tokens.clone())
        {
            return self.visit_arms(&arms);
        }
        if let Some(items) = statics(call) {
            let items = Rc::new(items);
            self.kept_items.push(Rc::clone(&items));
            self.items(items.iter());
            items.iter().for_each(|item| self.visit_item(item));
            return;
        }
        if name.as_deref() == Some("macro_rules") {
            return;
        }
        if let Ok(arguments) = call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated) {
            for argument in arguments {
                let argument = self.keep(argument);
                self.visit_expr(&argument);
            }
            return;
        }
        self.visit_stream(call.tokens.clone());
    }

    fn visit_arms(&mut self, arms: &[(Option<Meta>, TokenStream)]) {
        let mut may_be_else = true;
        for (condition, body) in arms {
            let holds = match condition {
                Some(condition) => holds(condition),
                None => Some(may_be_else),
            };
            if holds != Some(false) && may_be_else {
                match syn::parse2::<Items>(body.clone()) {
                    Ok(Items(items)) => {
                        let items = Rc::new(items);
                        self.kept_items.push(Rc::clone(&items));
                        self.items(items.iter());
                        items.iter().for_each(|item| self.visit_item(item));
                    }
                    Err(_) => self.visit_stream(body.clone()),
                }
            }
            may_be_else &= holds != Some(true);
        }
    }

    /// Blocks and calls, wherever they stand among other tokens.
    fn visit_stream(&mut self, stream: TokenStream) {
        let tokens: Vec<_> = stream.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token {
                TokenTree::Group(group) => self.visit_group(group),
                TokenTree::Ident(_) => {
                    if let Some((end, call)) = call_at(&tokens, at) {
                        let call = self.keep(call);
                        self.visit_expr(&call);
                        at = end;
                        continue;
                    }
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            at += 1;
        }
    }

    fn visit_group(&mut self, group: &proc_macro2::Group) {
        if group.delimiter() == Delimiter::Brace {
            let whole = TokenStream::from(TokenTree::Group(group.clone()));
            if let Ok(block) = syn::parse2::<Block>(whole) {
                let block = Rc::new(block);
                self.kept_blocks.push(Rc::clone(&block));
                return self.visit_block(&block);
            }
        }
        self.visit_stream(group.stream());
    }
}

/// `path::to::function(…)` or `name!(…)`, with what follows it after a `.`.
fn call_at(tokens: &[TokenTree], start: usize) -> Option<(usize, Expr)> {
    let mut at = start;
    loop {
        match tokens.get(at)? {
            TokenTree::Ident(_) => at += 1,
            _ => return None,
        }
        match (tokens.get(at)?, tokens.get(at + 1)) {
            (TokenTree::Punct(first), Some(TokenTree::Punct(second)))
                if first.as_char() == ':' && second.as_char() == ':' =>
            {
                at += 2;
            }
            (TokenTree::Punct(bang), Some(TokenTree::Group(_))) if bang.as_char() == '!' => {
                at += 2;
                break;
            }
            (TokenTree::Group(group), _) if group.delimiter() == Delimiter::Parenthesis => {
                at += 1;
                break;
            }
            _ => return None,
        }
    }
    // `.method(…)`, `.await`, `?`
    loop {
        match (tokens.get(at), tokens.get(at + 1), tokens.get(at + 2)) {
            (Some(TokenTree::Punct(dot)), Some(TokenTree::Ident(_)), Some(TokenTree::Group(group)))
                if dot.as_char() == '.' && group.delimiter() == Delimiter::Parenthesis =>
            {
                at += 3;
            }
            (Some(TokenTree::Punct(dot)), Some(TokenTree::Ident(name)), _)
                if dot.as_char() == '.' && name == "await" =>
            {
                at += 2;
            }
            (Some(TokenTree::Punct(mark)), ..) if mark.as_char() == '?' => at += 1,
            _ => break,
        }
    }
    let stream: TokenStream = tokens.get(start..at)?.iter().cloned().collect();
    syn::parse2(stream).ok().map(|call| (at, call))
}
