//! Python's `asyncio`, as far as it is more than `await`.

use std::future::Future;

use futures_util::future::try_join_all;

use super::error::Result;
use super::list::List;
use super::value::Value;

/// As `asyncio.gather(*tasks)`: all run together, and the first exception ends the others.
pub async fn gather<T>(tasks: impl IntoIterator<Item = T>) -> Result<List>
where
    T: Future<Output = Result<Value>>,
{
    Ok(List::from(try_join_all(tasks).await?))
}
