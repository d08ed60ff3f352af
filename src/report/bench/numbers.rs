//! Figures with their units, to three digits: more would say more than was measured.

/// Milliseconds, as seconds where that reads better.
pub(super) fn milliseconds(value: f64) -> String {
    if value >= 9_999.5 {
        format!("{} s", digits(value / 1000.0))
    } else {
        format!("{} ms", digits(value))
    }
}

/// Bytes in powers of ten, as Lambda's limits are stated.
pub(super) fn bytes(value: f64) -> String {
    if value >= 999_500.0 {
        format!("{} MB", digits(value / 1e6))
    } else {
        format!("{} kB", digits(value / 1e3))
    }
}

/// US dollars.
pub(super) fn dollars(value: f64) -> String {
    let decimals = match value {
        0.0 => 0,
        _ if value < 0.1 => 4,
        _ => 2,
    };
    format!("${value:.decimals$}")
}

/// `8.3×`; two digits, since ratios vary more than what they are of.
pub(super) fn times(ratio: f64) -> String {
    let decimals = match ratio {
        _ if ratio < 0.995 => 2,
        _ if ratio < 9.95 => 1,
        _ => 0,
    };
    format!("{ratio:.decimals$}×")
}

/// A share in per cent.
pub(super) fn percent(share: f64) -> String {
    let value = share * 100.0;
    let decimals = usize::from(value < 9.95 && value.fract() > 0.0);
    format!("{value:.decimals$} %")
}

/// Three digits, none of them a zero after the point for its own sake.
fn digits(value: f64) -> String {
    let decimals = match value.abs() {
        size if size >= 99.95 => 0,
        size if size >= 9.995 => 1,
        _ => 2,
    };
    let text = format!("{value:.decimals$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_and_digits() {
        let shown = [0.0, 0.4567, 9.996, 99.96, 1234.4, 12_345.0].map(milliseconds);
        assert_eq!(
            shown,
            ["0 ms", "0.46 ms", "10 ms", "100 ms", "1234 ms", "12.3 s"]
        );
        assert_eq!(bytes(2_140_000.0), "2.14 MB");
        assert_eq!(bytes(1_500.0), "1.5 kB");
        assert_eq!(dollars(0.0), "$0");
        assert_eq!(
            (dollars(0.0521), dollars(1.5)),
            ("$0.0521".into(), "$1.50".into())
        );
        assert_eq!(
            [0.514, 1.0, 8.26, 19.57].map(times),
            ["0.51×", "1.0×", "8.3×", "20×"]
        );
        assert_eq!(
            (percent(0.01), percent(0.974)),
            ("1 %".into(), "97 %".into())
        );
    }
}
