//! Proof that a replacement does what the original did. So far: the events of its cases.

#[expect(
    dead_code,
    reason = "some parts serve the cases made from what the code reads, which come next"
)]
pub mod generate;
