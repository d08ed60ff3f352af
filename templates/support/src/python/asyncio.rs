//! Python's `asyncio`, as far as it is more than `await`.

use std::future::Future;
use std::pin::Pin;

use futures_util::future::try_join_all;
use futures_util::stream::{self, Stream};
use futures_util::{StreamExt as _, TryStreamExt as _};

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

/// What tasks give, in their order, while so many run at once; the first exception in their order
/// ends the others.
pub async fn at_once<T>(limit: usize, tasks: impl IntoIterator<Item = T>) -> Result<List>
where
    T: Future<Output = Result<Value>>,
{
    let given: Vec<Value> = stream::iter(tasks).buffered(limit).try_collect().await?;
    Ok(List::from(given))
}

/// Items of a loop with what a task gave or raised for each, while tasks of the items that follow
/// run.
pub struct Ahead<'a, K, T>(Pin<Box<dyn Stream<Item = (K, Result<T>)> + 'a>>);

impl<K, T> Ahead<'_, K, T> {
    /// The next item.
    pub async fn next(&mut self) -> Result<Option<(K, Result<T>)>> {
        Ok(self.0.next().await)
    }
}

/// Runs the tasks of a loop's items, so many at once.
pub fn ahead<'a, K, T, F>(
    limit: usize,
    tasks: impl IntoIterator<Item = (K, F), IntoIter: 'a>,
) -> Ahead<'a, K, T>
where
    K: 'a,
    T: 'a,
    F: Future<Output = Result<T>> + 'a,
{
    let tasks = stream::iter(tasks).map(|(item, task)| async move { (item, task.await) });
    Ahead(Box::pin(tasks.buffered(limit)))
}
