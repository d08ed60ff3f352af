//! What varies between runs of one program, by its shape: ids, times, digits.

use chrono::{DateTime, NaiveDate, NaiveDateTime};

/// A piece of a text that varies as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    Uuid(&'a str),
    Time(&'a str),
    /// Letters, digits and underscores.
    Word(&'a str),
    Other(char),
}

/// Whether a text has the shape that texts which differ share; `None` where they share none.
pub(super) fn fits_text(originals: &[&str], candidate: &str) -> Option<bool> {
    let split: Vec<Vec<Token<'_>>> = originals.iter().map(|text| tokens(text)).collect();
    let first = &split[0];
    let aligned = split.iter().all(|tokens| {
        tokens.len() == first.len()
            && tokens.iter().zip(first).all(|(one, other)| {
                one == other
                    || (std::mem::discriminant(one) == std::mem::discriminant(other)
                        && !matches!(one, Token::Other(_)))
            })
    });
    if !aligned {
        return None;
    }
    let candidate = tokens(candidate);
    let fits = candidate.len() == first.len()
        && candidate.iter().enumerate().all(|(place, token)| {
            let same: Vec<_> = split.iter().map(|tokens| tokens[place]).collect();
            fits_token(&same, *token)
        });
    Some(fits)
}

/// Whether a text has the marks between its words that texts which differ share, in any order;
/// true where they do not share them. Those of a set's items move with the items.
pub(super) fn has_marks(originals: &[&str], candidate: &str) -> bool {
    let marks = |text: &str| {
        let mut marks: Vec<char> = tokens(text)
            .into_iter()
            .filter_map(|token| match token {
                Token::Other(mark) => Some(mark),
                _ => None,
            })
            .collect();
        marks.sort_unstable();
        marks
    };
    let shared = marks(originals[0]);
    let agree = originals.iter().all(|text| marks(text) == shared);
    !agree || marks(candidate) == shared
}

/// Whether a text is made of the same pieces as texts that differ in nothing but their order, as
/// those of sets do; `None` where they differ in more.
pub(super) fn has_pieces(originals: &[&str], candidate: &str) -> Option<bool> {
    let pieces = |text: &str| {
        let mut pieces: Vec<String> = tokens(text).iter().map(|it| format!("{it:?}")).collect();
        pieces.sort_unstable();
        pieces
    };
    let shared = pieces(originals[0]);
    let shuffled = originals.iter().all(|text| pieces(text) == shared);
    shuffled.then(|| pieces(candidate) == shared)
}

/// Whether a text begins and ends as all texts do that differ. What stands in brackets may have
/// another order, so that its beginning and end say nothing.
pub(super) fn has_ends(originals: &[&str], candidate: &str) -> bool {
    let mut split: Vec<Vec<Token<'_>>> = originals.iter().map(|text| tokens(text)).collect();
    let mut candidate = tokens(candidate);
    let begins = has_beginning(&split, &candidate, &['(', '[', '{']);
    split.iter_mut().for_each(|tokens| tokens.reverse());
    candidate.reverse();
    begins && has_beginning(&split, &candidate, &[')', ']', '}'])
}

fn has_beginning(originals: &[Vec<Token<'_>>], candidate: &[Token<'_>], brackets: &[char]) -> bool {
    for (place, token) in originals[0].iter().enumerate() {
        if originals.iter().any(|it| it.get(place) != Some(token)) {
            return true;
        }
        if candidate.get(place) != Some(token) {
            return false;
        }
        if matches!(token, Token::Other(mark) if brackets.contains(mark)) {
            return true;
        }
    }
    true
}

fn fits_token(originals: &[Token<'_>], candidate: Token<'_>) -> bool {
    if originals.iter().all(|token| token == &originals[0]) {
        return candidate == originals[0];
    }
    match candidate {
        Token::Uuid(_) => matches!(originals[0], Token::Uuid(_)),
        Token::Time(text) => {
            let texts = |token: &Token<'_>| match token {
                Token::Time(text) => seconds(text),
                _ => None,
            };
            let times: Option<Vec<f64>> = originals.iter().map(texts).collect();
            let form = |token: &Token<'_>| matches!(token, Token::Time(other) if form(other) == form(text));
            match (times, seconds(text)) {
                (Some(times), Some(time)) => {
                    fits_number(&times, time) && originals.iter().any(form)
                }
                _ => originals.iter().any(form),
            }
        }
        Token::Word(text) => {
            let words = originals.iter().map(|token| match token {
                Token::Word(word) => Some(*word),
                _ => None,
            });
            words
                .collect::<Option<Vec<_>>>()
                .is_some_and(|words| fits_word(&words, text))
        }
        Token::Other(_) => false,
    }
}

/// A word among words that differ: a number among numbers, of the same length and letters where
/// they all are.
fn fits_word(originals: &[&str], candidate: &str) -> bool {
    let numbers: Option<Vec<f64>> = originals.iter().map(|word| digits(word)).collect();
    if let Some(numbers) = numbers {
        // Eight digits may also be hexadecimal by luck.
        return match digits(candidate) {
            Some(number) => fits_number(&numbers, number),
            None => {
                is_hexadecimal(candidate)
                    && originals.iter().all(|word| word.len() == candidate.len())
            }
        };
    }
    let length = originals[0].len();
    if originals.iter().any(|word| word.len() != length) {
        return true;
    }
    let classes: [fn(char) -> bool; 5] = [
        |letter| letter.is_ascii_digit() || matches!(letter, 'a'..='f'),
        |letter| letter.is_ascii_digit() || matches!(letter, 'A'..='F'),
        |letter| letter.is_ascii_digit() || letter.is_ascii_lowercase(),
        |letter| letter.is_ascii_digit() || letter.is_ascii_uppercase(),
        |letter| letter.is_alphanumeric() || letter == '_',
    ];
    let of_all = |class: &fn(char) -> bool| originals.iter().all(|word| word.chars().all(class));
    let class = classes.iter().find(|class| of_all(class));
    candidate.len() == length && class.is_some_and(|class| candidate.chars().all(class))
}

fn is_hexadecimal(word: &str) -> bool {
    let of = |letters: std::ops::RangeInclusive<char>| {
        word.chars()
            .all(|it| it.is_ascii_digit() || letters.contains(&it))
    };
    of('a'..='f') || of('A'..='F')
}

fn digits(word: &str) -> Option<f64> {
    word.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| word.parse().ok())?
}

/// A number among numbers that differ. Where they look like readings of a clock (large, and close
/// to one another), the number must be close to them; what else varies may have any value.
pub(super) fn fits_number(originals: &[f64], candidate: f64) -> bool {
    let least = originals.iter().copied().fold(f64::INFINITY, f64::min);
    let most = originals.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if least < 1e9 || (most - least) / most > 1e-6 {
        return true;
    }
    // Six minutes where the unit is a second: far more than runs lie apart, far less than a wrong
    // time zone or unit.
    let slack = most * 2e-7;
    (least - slack..=most + slack).contains(&candidate)
}

/// Seconds since 1970, zone or no zone.
fn seconds(text: &str) -> Option<f64> {
    let micros = |time: NaiveDateTime| time.and_utc().timestamp_micros() as f64 / 1e6;
    let compact = text.replace(' ', "T").replace(',', ".");
    if let Ok(time) = DateTime::parse_from_rfc3339(&compact) {
        return Some(time.timestamp_micros() as f64 / 1e6);
    }
    let naive = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"];
    let parsed = naive
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(&compact, form).ok());
    parsed
        .or_else(|| {
            NaiveDate::parse_from_str(&compact, "%Y-%m-%d")
                .ok()?
                .and_hms_opt(0, 0, 0)
        })
        .map(micros)
}

/// A time with every digit as `0`.
fn form(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_ascii_digit() { '0' } else { letter })
        .collect()
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (token, length) = if is_form(rest, UUID) {
            (Token::Uuid(&rest[..36]), 36)
        } else if is_form(rest, DATE) {
            let length = time_length(rest);
            (Token::Time(&rest[..length]), length)
        } else {
            let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            match end.unwrap_or(rest.len()) {
                0 => (Token::Other(first), first.len_utf8()),
                length => (Token::Word(&rest[..length]), length),
            }
        };
        tokens.push(token);
        rest = &rest[length..];
    }
    tokens
}

const UUID: &str = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
const DATE: &str = "dddd-dd-dd";

/// Whether a text begins with a form: `h` for a hexadecimal digit, `d` for a digit.
fn is_form(text: &str, form: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= form.len()
        && form.bytes().zip(bytes).all(|(form, byte)| match form {
            b'h' => byte.is_ascii_hexdigit(),
            b'd' => byte.is_ascii_digit(),
            other => *byte == other,
        })
        && bytes
            .get(form.len())
            .is_none_or(|next| !next.is_ascii_digit())
}

/// How long the time is that begins with a date.
fn time_length(text: &str) -> usize {
    let mut length = DATE.len();
    let rest = &text[length..];
    if !rest.starts_with(['T', ' ']) {
        return length;
    }
    let Some(clock) = ["dd:dd:dd", "dd:dd"]
        .into_iter()
        .find(|form| is_form(&rest[1..], form))
    else {
        return length;
    };
    length += 1 + clock.len();
    let run = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
    if text[length..].starts_with(['.', ',']) && run(length + 1) > 0 {
        length += 1 + run(length + 1);
    }
    let zone = &text[length..];
    let zones = [
        ("Z", 1),
        ("+dd:dd", 6),
        ("-dd:dd", 6),
        ("+dddd", 5),
        ("-dddd", 5),
    ];
    let found = zones.into_iter().find(|(form, _)| is_form(zone, form));
    length + found.map_or(0, |(_, length)| length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_varies_may_vary_only_in_its_own_way() {
        let fits: &[(&[&str], &str)] = &[
            (
                &[
                    "id 3f2b8c1e-0000-4000-8000-000000000001",
                    "id 3f2b8c1e-0000-4000-8000-000000000002",
                ],
                "id 9f2b8c1e-0000-4000-8000-00000000000f",
            ),
            (
                &["2026-11-24T03:00:01+00:00", "2026-11-24T03:00:02+00:00"],
                "2026-11-24T03:00:05+00:00",
            ),
            (
                &["at 1764000000, done", "at 1764000001, done"],
                "at 1764000003, done",
            ),
            (&["took 12 ms", "took 3 ms"], "took 1 ms"),
            (&["{'a', 'b'}", "{'b', 'a'}"], "{'a', 'b'}"),
        ];
        for (originals, candidate) in fits {
            assert_ne!(
                fits_text(originals, candidate),
                Some(false),
                "{originals:?} {candidate}"
            );
        }
        let differs: &[(&[&str], &str)] = &[
            (
                &[
                    "id 3f2b8c1e-0000-4000-8000-000000000001",
                    "id 3f2b8c1e-0000-4000-8000-000000000002",
                ],
                "ID 9f2b8c1e-0000-4000-8000-00000000000f",
            ),
            // A wrong zone, another form, a wrong unit, another word beside it.
            (
                &["2026-11-24T03:00:01+00:00", "2026-11-24T03:00:02+00:00"],
                "2026-11-24T04:00:01+00:00",
            ),
            (
                &["2026-11-24T03:00:01+00:00", "2026-11-24T03:00:02+00:00"],
                "2026-11-24T03:00:01Z",
            ),
            (&["1764000000", "1764000001"], "1764000000000"),
            (&["1764000000", "1764000001"], "1764086400"),
            (
                &["at 1764000000, done", "at 1764000001, done"],
                "at 1764000001, gone",
            ),
            (&["a1b2c3d4", "d4c3b2a1"], "A1B2C3D4"),
        ];
        for (originals, candidate) in differs {
            assert_eq!(
                fits_text(originals, candidate),
                Some(false),
                "{originals:?} {candidate}"
            );
        }
    }
}
