//! libFuzzer steers the bytes from which the property test makes documents and edits.

#![no_main]
#![allow(dead_code)]

#[path = "../../it/edit"]
mod edit {
    pub(crate) mod generate;
    pub(crate) mod promise;
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Err(why) = edit::promise::case(bytes, &mut Default::default()) {
        panic!("{why}");
    }
});
