use core::fmt;

/// The digits of base64 for URLs. Browsers take them in a nonce as they take the others, without padding too, and compare
/// the text.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The random bytes: the 128 bits that [CSP3, 7.1](https://www.w3.org/TR/CSP3/#security-nonces) asks for at least.
const BYTES: usize = 16;

const CHARACTERS: usize = 22;

/// What a response's own scripts and styles show to be its own: 128 random bits, as text.
///
/// A nonce is for one response, and never from the request. The layers of this crate make one for each request under a
/// [`NoncePolicy`](crate::NoncePolicy) and leave it with the request; a handler reads it from there and writes it into its
/// page.
///
/// The text has no character that HTML, JavaScript or headers would read as anything but itself.
///
/// ```
/// use csp_runtime::Nonce;
///
/// let nonce = Nonce::generate();
/// let page = format!("<script nonce=\"{nonce}\">start()</script>");
/// assert_eq!(nonce.as_str().len(), 22);
/// assert_ne!(nonce, Nonce::generate());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Nonce {
    text: [u8; CHARACTERS],
}

impl Nonce {
    pub(crate) const LENGTH: usize = CHARACTERS;

    /// A new one, of the system's random numbers.
    ///
    /// # Panics
    ///
    /// If the system has none to give: a response that fails is better than one whose nonce can be guessed. Nothing that
    /// a client sends brings it about.
    #[must_use]
    #[expect(clippy::expect_used, reason = "without random numbers there is no nonce, and without a nonce no response")]
    pub fn generate() -> Self {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).expect("the system gives random numbers");
        Self::of(bytes)
    }

    /// Of given bytes: for tests that compare pages with recorded ones. `reason` is for the people who read the code.
    ///
    /// Whoever knows the nonce of a response can run scripts in it.
    ///
    /// ```
    /// use csp_runtime::Nonce;
    ///
    /// let nonce = Nonce::insecure_from_bytes([0; 16], "a page that is compared with a recorded one");
    /// assert_eq!(nonce.as_str(), "AAAAAAAAAAAAAAAAAAAAAA");
    /// ```
    #[must_use]
    pub fn insecure_from_bytes(bytes: [u8; 16], reason: &str) -> Self {
        let _ = reason;
        Self::of(bytes)
    }

    fn of(bytes: [u8; BYTES]) -> Self {
        let digit = |bits: u32| DIGITS[(bits % 64) as usize];
        let mut text = [0; CHARACTERS];
        // Three bytes are four digits; the last byte is two, the second half empty.
        let (threes, _) = bytes.as_chunks::<3>();
        let (fours, _) = text.as_chunks_mut::<4>();
        for ([first, second, third], four) in threes.iter().zip(fours) {
            let bits = u32::from_be_bytes([0, *first, *second, *third]);
            *four = [digit(bits >> 18), digit(bits >> 12), digit(bits >> 6), digit(bits)];
        }
        let last = u32::from(bytes[BYTES - 1]);
        text[CHARACTERS - 2] = digit(last >> 2);
        text[CHARACTERS - 1] = digit(last << 4);
        Self { text }
    }

    /// The text: 22 characters of `A-Z`, `a-z`, `0-9`, `-` and `_`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // The digits are ASCII.
        core::str::from_utf8(&self.text).unwrap_or_default()
    }

    #[cfg(feature = "http")]
    pub(crate) const fn as_bytes(&self) -> &[u8; CHARACTERS] {
        &self.text
    }
}

impl AsRef<str> for Nonce {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Nonce({})", self.as_str())
    }
}
