/// Text that is written in const evaluation: once with a capacity of 0 for its length, then for the bytes.
pub(crate) struct ConstText<const CAPACITY: usize> {
    bytes: [u8; CAPACITY],
    length: usize,
}

impl<const CAPACITY: usize> ConstText<CAPACITY> {
    pub(crate) const fn new() -> Self {
        Self { bytes: [0; CAPACITY], length: 0 }
    }

    /// Appends text; what goes beyond the capacity is counted only.
    pub(crate) const fn push(&mut self, text: &str) {
        let text = text.as_bytes();
        let mut index = 0;
        while index < text.len() {
            self.push_byte(text[index]);
            index += 1;
        }
    }

    /// Appends a number in decimal.
    pub(crate) const fn push_number(&mut self, number: u32) {
        let mut divisor = 1_000_000_000;
        while divisor > 0 {
            if number >= divisor || divisor == 1 {
                self.push_byte(b'0' + (number / divisor % 10) as u8);
            }
            divisor /= 10;
        }
    }

    const fn push_byte(&mut self, byte: u8) {
        if self.length < CAPACITY {
            self.bytes[self.length] = byte;
        }
        self.length += 1;
    }

    pub(crate) const fn length(&self) -> usize {
        self.length
    }

    pub(crate) const fn into_bytes(self) -> [u8; CAPACITY] {
        self.bytes
    }
}
