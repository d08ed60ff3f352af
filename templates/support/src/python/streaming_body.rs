//! botocore's streams of an answer's body.

use std::cell::RefCell;
use std::rc::Rc;

use aws_smithy_types::byte_stream::ByteStream;

use super::botocore::RESPONSE_STREAMING_ERROR;
use super::error::{self, Error, Result};
#[cfg(feature = "bytes")]
use super::list::List;
use super::object::Object;
use super::value::Value;

/// `botocore.response.StreamingBody`
#[derive(Debug, Clone)]
pub struct StreamingBody(Rc<RefCell<Body>>);

#[derive(Debug)]
enum Body {
    Stream(ByteStream),
    /// What is left to read.
    Read(Vec<u8>),
}

impl StreamingBody {
    /// A body that has not been read.
    pub fn new(body: ByteStream) -> Self {
        Self(Rc::new(RefCell::new(Body::Stream(body))))
    }

    /// `botocore.response.StreamingBody.read(amt=None)`: the whole body is received at once.
    pub async fn read(&self, amt: Option<i64>) -> Result<Vec<u8>> {
        let body = self.0.replace(Body::Read(Vec::new()));
        let bytes = match body {
            Body::Read(bytes) => bytes,
            Body::Stream(stream) => {
                let received = stream.collect().await.map_err(|error| {
                    let text =
                        format!("An error occurred while reading from response stream: {error}");
                    Error::new(&RESPONSE_STREAMING_ERROR, text)
                })?;
                received.to_vec()
            }
        };
        let Some(amount) = amt.and_then(|amount| usize::try_from(amount).ok()) else {
            return Ok(bytes);
        };
        let mut taken = bytes;
        let rest = taken.split_off(amount.min(taken.len()));
        self.0.replace(Body::Read(rest));
        Ok(taken)
    }

    /// `botocore.response.StreamingBody.iter_lines(chunk_size=1024, keepends=False)`: the whole
    /// body is received at once.
    #[cfg(feature = "bytes")]
    pub async fn iter_lines(&self, _chunk_size: i64, keepends: bool) -> Result<List> {
        let bytes = self.read(None).await?;
        Ok(super::bytes_methods::splitlines(&bytes, keepends))
    }

    /// `botocore.response.StreamingBody.close()`
    pub fn close(&self) {
        self.0.replace(Body::Read(Vec::new()));
    }
}

impl Object for StreamingBody {
    fn type_name(&self) -> &'static str {
        "StreamingBody"
    }

    fn attribute(&self, _name: &str) -> Option<Value> {
        None
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        Err(error::untranslated(format!(
            "the attribute {name} of a StreamingBody"
        )))
    }
}

impl From<StreamingBody> for Value {
    fn from(body: StreamingBody) -> Self {
        Self::Object(Rc::new(body))
    }
}
