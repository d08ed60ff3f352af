//! Python's generators: functions that stop at each `yield` until the next item is asked for.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

use super::error::{self, Error, Result};

/// A generator. Its body is a future that waits at each `yield`.
pub struct Generator<'a, T> {
    body: Option<Pin<Box<dyn Future<Output = Result<()>> + 'a>>>,
    item: Rc<RefCell<Option<T>>>,
}

/// Where a generator's body puts its items.
pub struct Items<T>(Rc<RefCell<Option<T>>>);

impl<'a, T> Generator<'a, T> {
    /// A generator whose body has not begun.
    pub fn new<F>(body: impl FnOnce(Items<T>) -> F) -> Self
    where
        F: Future<Output = Result<()>> + 'a,
    {
        let item = Rc::new(RefCell::new(None));
        let body = body(Items(Rc::clone(&item)));
        Self {
            body: Some(Box::pin(body)),
            item,
        }
    }

    /// Runs the body up to its next `yield`: the item, if there is one.
    pub async fn next(&mut self) -> Result<Option<T>> {
        let Some(body) = &mut self.body else {
            return Ok(None);
        };
        let item = &self.item;
        let step = poll_fn(|context| match body.as_mut().poll(context) {
            Poll::Ready(done) => Poll::Ready(done.map(|()| None)),
            Poll::Pending => match item.borrow_mut().take() {
                Some(item) => Poll::Ready(Ok(Some(item))),
                None => Poll::Pending,
            },
        });
        let step = step.await;
        if !matches!(step, Ok(Some(_))) {
            self.body = None;
        }
        step.map_err(|raised| {
            if !raised.is(&error::STOP_ITERATION) {
                return raised;
            }
            let text = "generator raised StopIteration";
            Error::new(&error::RUNTIME_ERROR, text).with_cause(raised)
        })
    }
}

impl<T> Items<T> {
    /// As `yield item`.
    pub async fn give(&self, item: T) {
        *self.0.borrow_mut() = Some(item);
        let mut is_given = false;
        poll_fn(|_| match std::mem::replace(&mut is_given, true) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        })
        .await;
    }
}
