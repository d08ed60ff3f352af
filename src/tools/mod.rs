//! The programs of others that the tool runs: where they are, which versions, how to get them.
