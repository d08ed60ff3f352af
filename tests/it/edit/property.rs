//! The promise of the YAML editor over random documents and edits.
//!
//! `GAMMARAY_EDIT_CASES=1000000 cargo test --test it edit::property` runs more of them.

use std::cell::RefCell;

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};

use super::promise::{Tally, case};

/// Documents in a plain run of the tests; each gets some edits in turn.
const CASES: u32 = 4_000;

#[test]
fn every_edit_does_what_it_says_or_is_refused_with_a_reason() {
    let cases = std::env::var("GAMMARAY_EDIT_CASES")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(CASES);
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let tally = RefCell::new(Tally::new());
    let result = TestRunner::new(config).run(&vec(any::<u8>(), 0..400), |bytes| {
        case(&bytes, &mut tally.borrow_mut()).map_err(TestCaseError::fail)
    });
    let tally = tally.into_inner();
    eprintln!("{cases} documents: {tally:#?}");
    if let Err(TestError::Fail(why, bytes)) = result {
        panic!("{why}\nfrom the bytes {bytes:?}");
    }
    assert!(
        tally["edited"] > u64::from(cases) / 2,
        "too few edits are legal"
    );
}
