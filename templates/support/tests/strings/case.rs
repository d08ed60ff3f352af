use gammaray_support::python::{string_case as case, string_kind as kind};

use super::{Got, digest, py};

#[test]
fn every_character_is_mapped_as_unicode_14_has_it() {
    py("digest(str.lower)", digest(case::lower));
    py("digest(str.upper)", digest(case::upper));
    py("digest(str.title)", digest(case::title));
    py("digest(str.casefold)", digest(case::casefold));
    py("digest(str.swapcase)", digest(case::swapcase));
    py("digest(str.capitalize)", digest(case::capitalize));
    py(
        "digest(lambda c: ('a' + c + 'B' + c).title())",
        digest(|c| case::title(&format!("a{c}B{c}"))),
    );
    // One vowel sign of Ahom is no part of a word's end any more in later versions of Unicode.
    py(
        r#"digest(lambda c: ('a' + c + 'Σ' + c).lower() if c != '\U0001171e' else '')"#,
        digest(|c| match c {
            "\u{1171e}" => String::new(),
            c => case::lower(&format!("a{c}Σ{c}")),
        }),
    );
}

#[test]
fn every_character_is_of_the_kind_that_unicode_14_has() {
    let of = |kind: fn(&str) -> bool| digest(move |c| i64::from(kind(c)).to_string());
    py("digest(str.isalpha)", of(kind::isalpha));
    py("digest(str.isalnum)", of(kind::isalnum));
    py("digest(str.isdigit)", of(kind::isdigit));
    py("digest(str.isdecimal)", of(kind::isdecimal));
    py("digest(str.isnumeric)", of(kind::isnumeric));
    py("digest(str.isspace)", of(kind::isspace));
    py("digest(str.isupper)", of(kind::isupper));
    py("digest(str.islower)", of(kind::islower));
    py("digest(str.istitle)", of(kind::istitle));
    py("digest(str.isprintable)", of(kind::isprintable));
}

#[test]
fn words_and_sigmas() {
    py("'ΑΣ ΑΣΑ ΑΣ.'.lower()", Got(case::lower("ΑΣ ΑΣΑ ΑΣ.")));
    py("'ΑΣ ΑΣΑ'.title()", Got(case::title("ΑΣ ΑΣΑ")));
    py("'ΑΣ'.capitalize()", Got(case::capitalize("ΑΣ")));
    py(
        "'hello wORLD it`s 3rd'.title()",
        Got(case::title("hello wORLD it`s 3rd")),
    );
    py(
        "'HELLO World'.capitalize()",
        Got(case::capitalize("HELLO World")),
    );
    py("'Straße ΑΣ'.swapcase()", Got(case::swapcase("Straße ΑΣ")));
    py(
        "''.title() + ''.capitalize()",
        Got(case::title("") + &case::capitalize("")),
    );
}

#[test]
fn empty_and_mixed_texts() {
    py("''.isalpha()", Got(kind::isalpha("")));
    py("''.isprintable()", Got(kind::isprintable("")));
    py("''.isascii()", Got(kind::isascii("")));
    py("'a1'.isalpha()", Got(kind::isalpha("a1")));
    py("'a1'.isalnum()", Got(kind::isalnum("a1")));
    py("'a 1'.islower()", Got(kind::islower("a 1")));
    py("'1'.isupper()", Got(kind::isupper("1")));
    py("'Ab Cd'.istitle()", Got(kind::istitle("Ab Cd")));
    py("'Ab cd'.istitle()", Got(kind::istitle("Ab cd")));
    py("'AB'.istitle()", Got(kind::istitle("AB")));
}
