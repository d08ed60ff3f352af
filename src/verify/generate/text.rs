//! Texts and numbers on which Python and Rust, or two ways of writing the same, tend to part.

/// Texts by what is special about them.
pub(super) const TEXTS: &[(&str, &str)] = &[
    ("empty text", ""),
    ("emoji", "Zoë 👩‍👩‍👧 🚀"),
    ("white space around it", "  padded\t\n"),
    ("combining characters", "e\u{301}a\u{308} n\u{303}"),
    ("right-to-left text", "\u{202b}שלום\u{202c} مرحبا"),
    // Python strips these four as white space, Rust's trim only the first.
    ("separators around it", "\u{2003}\u{1c}\u{1d}\u{1f}x\u{1f}"),
    // Lower and upper case of these differ in length.
    ("letters that change length with case", "İıßſǅﬁ"),
    ("quotes and backslashes", "a\"b'c\\d/e"),
    ("control characters", "a\u{0}b\u{7f}\u{85}c"),
    ("line separators", "a\r\nb\u{2028}c"),
    ("characters beyond 16 bits", "𝔘𝔫𝔦 𐍈 \u{10ffff}"),
    ("percent and plus", "100%25 a+b%2Fc"),
    ("markup", "<b>&amp;{0}${x}%s</b>"),
    ("the text null", "null"),
    ("the text true", "true"),
    ("a very long text", LONG),
];

/// Texts that hold numbers, or nearly do: what `int()` and `float()` take is more than Rust's
/// parsers do.
pub(super) const NUMERIC_TEXTS: &[(&str, &str)] = &[
    ("digits", "42"),
    ("a sign", "-7"),
    ("a plus sign", "+7"),
    ("leading zeros", "007"),
    ("white space around digits", " 42\n"),
    ("underscores", "1_000"),
    ("Arabic digits", "٤٢"),
    ("a fraction", "3.70"),
    ("an exponent", "1e3"),
    (
        "more digits than 64 bits hold",
        "123456789012345678901234567890",
    ),
    ("not a number", "NaN"),
    ("infinity", "Infinity"),
    ("hexadecimal", "0x1F"),
    ("no digits", "twelve"),
    ("a decimal comma", "3,5"),
];

/// Numbers as they stand in a JSON text; Python reads all of them.
pub(super) const RAW_NUMBERS: &[(&str, &str)] = &[
    (
        "more digits than 64 bits hold",
        "123456789012345678901234567890",
    ),
    ("a float that is whole", "1.0"),
    ("a long fraction", "0.1000000000000000055511151231257827"),
    ("a float beyond range", "1e400"),
    ("minus zero", "-0.0"),
    ("a tiny float", "5e-324"),
    ("NaN", "NaN"),
    ("infinity", "-Infinity"),
];

const LONG: &str = concat!(
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäöüß日本語0123456789",
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäöüß日本語0123456789",
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäöüß日本語0123456789",
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäöüß日本語0123456789",
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäöüß日本語0123456789",
);
