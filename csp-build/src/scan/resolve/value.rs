//! What an expression can be.

use std::cell::Cell;
use std::rc::Rc;

use crate::scan::lines::boundary;
use crate::scan::report::{Reason, ReasonCode, Resolution};
use crate::scan::summary::ExprId;

/// The place of a file in the project.
pub(crate) type FileId = usize;

/// The most alternatives that are followed.
pub(crate) const MOST_VALUES: usize = 64;

/// The deepest row of expressions, bindings, imports and calls that is followed.
pub(crate) const DEEPEST: usize = 200;

/// One of the things an expression can be.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(Text),
    Function(FileId, u32, Context),
    Class(FileId, u32, Context),
    Instance(Rc<Instance>),
    /// An object or array literal.
    Literal(FileId, ExprId, Context, Resolution),
    /// Elements in an order that isn't known.
    List(Rc<Vec<Value>>),
    /// Elements in their order.
    Row(Rc<Vec<Value>>),
    /// All of a file's exports.
    Module(FileId),
    /// What a module outside the project exports; the path's parts are joined with dots.
    External {
        source: String,
        path: String,
    },
    Global(String),
    /// An object that a known library makes, such as an axios instance.
    Client(Rc<Client>),
    /// A function of such an object.
    Method(Rc<Client>, String),
    ImportMeta,
    /// A regular expression and its flags.
    Pattern(String, String),
    /// `undefined`, `null`: nothing connects to it, and a default takes its place.
    Nothing(Reason),
    Unknown(Hole),
}

/// A text, of which the end may not be known.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Text {
    pub(crate) known: String,
    /// Why no more is known, and who could tell.
    pub(crate) hole: Option<Hole>,
    pub(crate) resolution: Resolution,
}

/// What is not known. Most values of a program are not, so that a copy of it costs little.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hole {
    pub(crate) reason: Rc<Reason>,
    /// The parameter that the value depends on.
    pub(crate) parameter: Option<(FileId, u32)>,
    /// Whether it is a member of an object of which nobody says that it has it: options that are handed on whole.
    pub(crate) is_optional: bool,
    /// Whether it is an object where a text is expected.
    is_object: bool,
    trail: Option<Rc<Trail>>,
}

/// How one comes to what isn't known: the last step, and those before it.
#[derive(Debug, PartialEq)]
struct Trail {
    step: (FileId, usize, Name),
    length: usize,
    inner: Option<Rc<Trail>>,
}

/// What stands at a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Name {
    Variable(u32),
    Parameter { function: u32, index: usize },
}

/// The longest text that is followed: what comes behind doesn't matter to any host.
const LONGEST_TEXT: usize = 2048;

impl Text {
    /// Whether it is known to be no text at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.known.is_empty() && self.hole.is_none()
    }

    /// Whether it is a member that an object may lack, with nothing before it.
    pub(crate) fn is_optional(&self) -> bool {
        self.known.is_empty() && self.hole.as_ref().is_some_and(|hole| hole.is_optional)
    }

    /// Ends a text that is too long. Texts that double, or replace each of their characters, would fill all memory.
    pub(crate) fn cut(&mut self) {
        if self.known.len() > LONGEST_TEXT {
            self.known.truncate(boundary(&self.known, LONGEST_TEXT));
            let too_long = || Hole::new(Reason::new(ReasonCode::TooComplex, "a text that is too long"));
            self.hole.get_or_insert_with(too_long);
        }
    }
}

/// The most steps of a trail.
const LONGEST_TRAIL: usize = 8;

impl Hole {
    pub(crate) fn new(reason: Reason) -> Self {
        Self { reason: Rc::new(reason), parameter: None, is_optional: false, is_object: false, trail: None }
    }

    /// How one comes to it, from the outside in: file, offset, and what is there.
    pub(crate) fn trail(&self) -> impl Iterator<Item = &(FileId, usize, Name)> {
        std::iter::successors(self.trail.as_deref(), |trail| trail.inner.as_deref()).map(|trail| &trail.step)
    }
}

/// An object of a class of the project.
#[derive(Debug)]
pub(crate) struct Instance {
    pub(crate) file: FileId,
    pub(crate) class: u32,
    /// What it was made with; `None` where that is not known.
    pub(crate) made: Option<Made>,
    /// The object that it is the inherited part of.
    pub(crate) of: Option<Rc<Instance>>,
    /// The number of the call that its class's expressions are looked at in.
    pub(crate) number: Cell<u64>,
}

impl Instance {
    pub(crate) fn new(file: FileId, class: u32, made: Made) -> Rc<Self> {
        Self::part(file, class, Some(made), None)
    }

    pub(crate) fn part(file: FileId, class: u32, made: Option<Made>, of: Option<Rc<Self>>) -> Rc<Self> {
        Rc::new(Self { file, class, made, of, number: Cell::new(0) })
    }

    /// The whole object.
    pub(crate) fn whole(instance: &Rc<Self>) -> Rc<Self> {
        Rc::clone(instance.of.as_ref().unwrap_or(instance))
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) file: FileId,
    pub(crate) arguments: Vec<ExprId>,
    pub(crate) context: Context,
}

/// An object of a library.
#[derive(Debug)]
pub(crate) struct Client {
    /// The class in the table of sinks.
    pub(crate) class: &'static str,
    /// What relative URLs are relative to.
    pub(crate) bases: Vec<Value>,
    /// What it was made with, where others read that.
    pub(crate) options: Vec<Value>,
    /// The call that made it.
    pub(crate) place: Option<(FileId, ExprId)>,
}

/// The calls that an expression is looked at in.
pub(crate) type Context = Option<Rc<Frame>>;

/// One call of a function of the project.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) file: FileId,
    pub(crate) function: u32,
    /// A later one has a higher number.
    pub(crate) number: u64,
    pub(crate) made: Made,
    /// The object that a method was called on.
    pub(crate) instance: Option<Rc<Instance>>,
    /// The calls around the place where the function was written.
    pub(crate) outer: Context,
}

impl Value {
    pub(crate) fn text(known: impl Into<String>) -> Self {
        Self::Text(Text { known: known.into(), hole: None, resolution: Resolution::Literal })
    }

    pub(crate) fn unknown(reason: Reason) -> Self {
        Self::Unknown(Hole::new(reason))
    }

    /// Says that an object may lack it, or that one has it.
    pub(crate) fn optional(mut self, is_optional: bool) -> Self {
        if let Self::Unknown(hole) = &mut self {
            hole.is_optional = is_optional;
        }
        self
    }

    /// What a package or the page may have as an option.
    pub(crate) fn of_options(self) -> Self {
        match &self {
            Self::External { .. } | Self::Global(_) => self.no_option(),
            _ => self,
        }
    }

    /// An object where a text is expected.
    pub(crate) fn no_option(&self) -> Self {
        Self::Unknown(Hole { is_optional: true, is_object: true, ..Hole::new(self.no_text()) })
    }

    /// Whether it is an object where a text is expected: it says nothing where a text stands beside it.
    pub(crate) fn is_no_option(&self) -> bool {
        matches!(self, Self::Unknown(Hole { is_object: true, .. }))
    }

    pub(crate) fn is_empty_text(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }

    pub(crate) fn is_optional(&self) -> bool {
        matches!(self, Self::Unknown(Hole { is_optional: true, .. }))
    }

    /// Says which call made a client.
    pub(crate) fn made_at(self, file: FileId, id: ExprId) -> Self {
        match self {
            Self::Client(client) if client.place.is_none() => {
                let (bases, options) = (client.bases.clone(), client.options.clone());
                Self::Client(Rc::new(Client { class: client.class, bases, options, place: Some((file, id)) }))
            }
            value => value,
        }
    }

    /// Says through what one comes to what is not known of it.
    pub(crate) fn through(mut self, file: FileId, offset: usize, name: Name) -> Self {
        let (Self::Unknown(hole) | Self::Text(Text { hole: Some(hole), .. })) = &mut self else { return self };
        let length = hole.trail.as_ref().map_or(0, |trail| trail.length) + 1;
        if length <= LONGEST_TRAIL {
            let inner = hole.trail.take();
            hole.trail = Some(Rc::new(Trail { step: (file, offset, name), length, inner }));
        }
        self
    }

    /// Ends a text that is too long.
    pub(crate) fn cut(&mut self) {
        if let Self::Text(text) = self {
            text.cut();
        }
    }

    /// The function whose parameter it is, or hangs on.
    pub(crate) fn parameter(&self) -> Option<(FileId, u32)> {
        match self {
            Self::Unknown(hole) => hole.parameter,
            _ => None,
        }
    }

    /// Says by which step the value was found.
    pub(crate) fn by(mut self, step: Resolution) -> Self {
        match &mut self {
            Self::Text(text) => text.resolution = text.resolution.max(step),
            Self::Literal(_, _, _, resolution) => *resolution = (*resolution).max(step),
            _ => {}
        }
        self
    }

    /// The known beginning of a text, or what is missing.
    pub(crate) fn into_text(self) -> Text {
        match self {
            Self::Text(text) => text,
            Self::Unknown(hole) => Text { hole: Some(hole), ..Text::default() },
            Self::Nothing(reason) => Text { hole: Some(Hole::new(reason)), ..Text::default() },
            other => Text { hole: Some(Hole::new(other.no_text())), ..Text::default() },
        }
    }

    fn no_text(&self) -> Reason {
        use crate::scan::report::ReasonCode::UnresolvedUrl;
        let detail = match self {
            Self::External { source, path } if source.starts_with("rust:") => {
                format!("`{}` from the crate `{}`", path.trim_start_matches('.'), source.trim_start_matches("rust:"))
            }
            Self::External { source, path } if path.is_empty() => format!("a value from the package `{source}`"),
            Self::External { source, path } => format!("`{path}` from the package `{source}`"),
            Self::Global(name) => format!("the global `{name}`"),
            Self::Client(client) | Self::Method(client, _) => format!("an object of {}", client.class),
            Self::Function(..) => "a function".to_owned(),
            Self::Class(..) | Self::Instance(_) => "an object of a class".to_owned(),
            _ => "an object".to_owned(),
        };
        Reason::new(UnresolvedUrl, format!("{detail} where a URL is expected"))
    }
}
