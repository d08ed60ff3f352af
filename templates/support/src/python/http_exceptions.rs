//! The exceptions of Python's `http.client`.

use super::error::{CONNECTION_RESET_ERROR, Class, EXCEPTION};

/// `http.client.HTTPException`
pub static HTTP_EXCEPTION: Class = Class::new("HTTPException", &[&EXCEPTION]);
/// `http.client.InvalidURL`
pub static INVALID_URL: Class = Class::new("InvalidURL", &[&HTTP_EXCEPTION]);
/// `http.client.BadStatusLine`
pub static BAD_STATUS_LINE: Class = Class::new("BadStatusLine", &[&HTTP_EXCEPTION]);
/// `http.client.RemoteDisconnected`
pub static REMOTE_DISCONNECTED: Class = Class::new(
    "RemoteDisconnected",
    &[&CONNECTION_RESET_ERROR, &BAD_STATUS_LINE],
);
