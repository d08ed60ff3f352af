//! What the program knows of the invocation that it answers.

use std::cell::RefCell;
use std::rc::Rc;

use super::environ;
use super::value::Value;

/// What differs from one invocation to the next.
#[derive(Debug, Clone, Default)]
pub struct Invocation {
    /// Its id.
    pub request_id: String,
    /// When its time is up, in milliseconds since 1970.
    pub deadline: i64,
    /// The ARN by which the function was invoked.
    pub function_arn: String,
    /// The header of X-Ray, if there is one.
    pub trace_id: Option<String>,
    /// The client context as a dict, or `None`.
    pub client_context: Value,
    /// The Cognito identity as a dict, or `None`.
    pub identity: Value,
    /// The tenant, of functions that keep tenants apart.
    pub tenant_id: Option<String>,
    /// Whether no other one came before it in this process.
    pub is_first: bool,
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<Invocation>>> = const { RefCell::new(None) };
}

/// Makes an invocation the current one, as the Lambda runtime does before it calls the handler.
pub fn begin(mut invocation: Invocation) -> Rc<Invocation> {
    environ::put("_X_AMZN_TRACE_ID", invocation.trace_id.as_deref());
    CURRENT.with_borrow_mut(|current| {
        invocation.is_first = current.is_none();
        let invocation = Rc::new(invocation);
        *current = Some(Rc::clone(&invocation));
        invocation
    })
}

/// The current invocation; none while the modules are imported.
pub fn current() -> Option<Rc<Invocation>> {
    CURRENT.with_borrow(Clone::clone)
}

/// The id of the current invocation; empty while the modules are imported.
pub fn request_id() -> String {
    current().map_or_else(String::new, |invocation| invocation.request_id.clone())
}

/// Whether the current invocation is the first one of this process.
pub fn is_cold_start() -> bool {
    current().is_none_or(|invocation| invocation.is_first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_one_is_a_cold_start() {
        let named = |id: &str| Invocation {
            request_id: id.to_owned(),
            ..Invocation::default()
        };
        assert!(is_cold_start());
        assert_eq!(request_id(), "");
        begin(named("a"));
        assert!(is_cold_start());
        assert_eq!(request_id(), "a");
        begin(named("b"));
        assert!(!is_cold_start());
        assert_eq!(request_id(), "b");
    }
}
