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
        let end = self.length + text.len();
        if end <= self.bytes.len() {
            // In one step of the compiler, however long the text is.
            self.bytes.split_at_mut(self.length).1.split_at_mut(text.len()).0.copy_from_slice(text.as_bytes());
        }
        self.length = end;
    }

    /// Appends a number in decimal.
    pub const fn push_number(&mut self, number: u32) {
        let mut divisor = 1_000_000_000;
        while divisor > 0 {
            if number >= divisor || divisor == 1 {
                let digit = (number / divisor % 10) as usize;
                self.push("0123456789".split_at(digit).1.split_at(1).0);
            }
            divisor /= 10;
        }
    }

    /// How long the text is, whether the bytes have room for it or not.
    #[must_use]
    pub const fn length(&self) -> usize {
        self.length
    }
}
