/// Choices that bytes make: a fuzzer that changes a byte changes a choice. At the end every choice is the first.
pub(crate) struct Choices<'b> {
    bytes: &'b [u8],
}

impl<'b> Choices<'b> {
    pub(crate) const fn new(bytes: &'b [u8]) -> Self {
        Self { bytes }
    }

    pub(crate) fn byte(&mut self) -> u8 {
        match self.bytes {
            [first, rest @ ..] => {
                self.bytes = rest;
                *first
            }
            [] => 0,
        }
    }

    /// A number below `end`, which isn't 0.
    pub(crate) fn below(&mut self, end: u8) -> u8 {
        self.byte() % end
    }

    /// Whether one chance in `chances` comes true.
    pub(crate) fn rarely(&mut self, chances: u8) -> bool {
        self.below(chances) == chances - 1
    }

    /// One of at most 255.
    pub(crate) fn pick<'c>(&mut self, choices: &[&'c str]) -> &'c str {
        choices.get(usize::from(self.byte()) % choices.len().max(1)).copied().unwrap_or_default()
    }

    /// Up to `most` of these characters.
    pub(crate) fn text(&mut self, characters: &[&str], most: u8) -> String {
        (0..self.below(most + 1)).map(|_| self.pick(characters)).collect()
    }

    /// A place in a text, before a character of it or at its end.
    pub(crate) fn place(&mut self, text: &str) -> usize {
        let count = text.chars().count();
        let nth = (usize::from(self.byte()) << 8 | usize::from(self.byte())) % (count + 1);
        text.char_indices().nth(nth).map_or(text.len(), |(place, _)| place)
    }
}
