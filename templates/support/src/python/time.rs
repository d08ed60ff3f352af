//! Python's `time`.

use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::error::{self, Result};
use super::value::Value;

/// `time.time_ns()`.
pub fn time_ns() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let since = since.unwrap_or_default().as_nanos();
    i64::try_from(since).unwrap_or(i64::MAX)
}

/// `time.time()`.
pub fn time() -> f64 {
    seconds(time_ns())
}

/// As Python makes seconds of nanoseconds.
fn seconds(nanoseconds: i64) -> f64 {
    nanoseconds as f64 / 1e9
}

/// What clocks that have no meaning by themselves count from.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// `time.monotonic_ns()`.
pub fn monotonic_ns() -> i64 {
    i64::try_from(START.elapsed().as_nanos()).unwrap_or(i64::MAX)
}

/// `time.monotonic()`.
/// It counts from the first use, where Python's counts from the start of the machine.
pub fn monotonic() -> f64 {
    seconds(monotonic_ns())
}

/// `time.perf_counter()`.
/// It counts from the first use, where Python's counts from the start of the machine.
pub fn perf_counter() -> f64 {
    monotonic()
}

/// `time.perf_counter_ns()`.
pub fn perf_counter_ns() -> i64 {
    monotonic_ns()
}

/// `time.sleep(seconds, /)`.
pub async fn sleep(seconds: f64) -> Result<()> {
    if seconds.is_nan() {
        return Err(error::value_error("Invalid value NaN (not a number)"));
    }
    if seconds < 0.0 {
        return Err(error::value_error("sleep length must be non-negative"));
    }
    // Beyond it are errors that differ from platform to platform.
    let longest = i64::MAX as f64 / 1e9;
    if seconds >= longest {
        return Err(error::untranslated("a sleep of centuries"));
    }
    let duration = Duration::from_secs_f64(seconds);
    tokio::time::sleep(duration).await;
    Ok(())
}

/// `time.sleep(seconds, /)`.
pub async fn sleep_value(seconds: &Value) -> Result<()> {
    match seconds {
        Value::Float(seconds) => sleep(*seconds).await,
        other => match other.as_int() {
            Some(seconds) => sleep(seconds as f64).await,
            None => {
                let name = other.type_name();
                let text = format!("'{name}' object cannot be interpreted as an integer");
                Err(error::type_error(text))
            }
        },
    }
}

/// Year, month, day, hour, minute and second in UTC of a time since 1970.
pub fn utc(seconds: i64) -> [i64; 6] {
    let (days, clock) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Years that begin in March have their leap day at the end.
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let leap_days = day_of_era / 1_460 - day_of_era / 36_524 + day_of_era / 146_096;
    let year_of_era = (day_of_era - leap_days) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = (march_month + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month < 3);
    [year, month, day, clock / 3600, clock / 60 % 60, clock % 60]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run<T>(task: impl Future<Output = T>) -> T {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        match builder.enable_time().build() {
            Ok(runtime) => runtime.block_on(task),
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn clocks_go_forward() {
        assert!(time() > 1.7e9);
        let before = perf_counter();
        assert!(run(sleep(0.01)).is_ok());
        assert!(perf_counter() - before >= 0.01);
        assert!(monotonic_ns() > 0);
    }

    #[test]
    fn days_have_dates() {
        assert_eq!(utc(0), [1970, 1, 1, 0, 0, 0]);
        assert_eq!(utc(-1), [1969, 12, 31, 23, 59, 59]);
        assert_eq!(utc(951_782_400), [2000, 2, 29, 0, 0, 0]);
        assert_eq!(utc(1_772_323_199), [2026, 2, 28, 23, 59, 59]);
        assert_eq!(utc(4_107_542_400), [2100, 3, 1, 0, 0, 0]);
    }

    #[test]
    fn sleep_raises_what_python_raises() {
        let text = |result: Result<()>| result.map_err(|error| error.to_string());
        let raised = |text: &str| Err(text.to_owned());
        assert_eq!(
            text(run(sleep(-1.0))),
            raised("sleep length must be non-negative")
        );
        assert_eq!(text(run(sleep(1e40))), raised("a sleep of centuries"));
        assert_eq!(
            text(run(sleep_value(&"1".into()))),
            raised("'str' object cannot be interpreted as an integer")
        );
        assert_eq!(text(run(sleep_value(&true.into()))).map(|()| 1), Ok(1));
    }
}
