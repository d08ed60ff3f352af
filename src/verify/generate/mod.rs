//! Events made from what the template and the code say about a function.
