use alloc::string::String;
use alloc::vec;

/// Text that is written in const evaluation: once into nothing for its length, then into as many bytes.
#[doc(hidden)]
#[derive(Debug)]
pub struct ConstText<'b> {
    bytes: &'b mut [u8],
    length: usize,
}

impl<'b> ConstText<'b> {
    /// Writes from the beginning of `bytes`.
    pub const fn new(bytes: &'b mut [u8]) -> Self {
        Self { bytes, length: 0 }
    }

    /// What a writer writes, where there is an allocator.
    #[must_use]
    pub fn collect(write: impl Fn(&mut ConstText<'_>)) -> String {
        let mut length = ConstText::new(&mut []);
        write(&mut length);
        let mut bytes = vec![0; length.length()];
        write(&mut ConstText::new(&mut bytes));
        // It is made of whole texts, and so is UTF-8.
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// Appends text; what goes beyond the bytes is counted only.
    pub const fn push(&mut self, text: &str) {
        let text = text.as_bytes();
        let mut index = 0;
        while index < text.len() {
            self.push_byte(text[index]);
            index += 1;
        }
    }

    /// Appends a number in decimal.
    pub const fn push_number(&mut self, number: u32) {
        let mut divisor = 1_000_000_000;
        while divisor > 0 {
            if number >= divisor || divisor == 1 {
                self.push_byte(b'0' + (number / divisor % 10) as u8);
            }
            divisor /= 10;
        }
    }

    const fn push_byte(&mut self, byte: u8) {
        if self.length < self.bytes.len() {
            self.bytes[self.length] = byte;
        }
        self.length += 1;
    }

    /// How long the text is, whether the bytes have room for it or not.
    pub const fn length(&self) -> usize {
        self.length
    }
}
