//! boto3's batch writer of a DynamoDB table.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

/// The writer, which sends by the resource's wrapper of `BatchWriteItem`.
pub(super) fn writer(methods: &BTreeSet<String>) -> TokenStream {
    let put = methods.contains("put_item").then(|| {
        quote! {
            /// `batch.put_item(Item=item)`.
            pub async fn put_item(&self, item: &Value) -> Result<()> {
                self.batch.borrow_mut().put(item)?;
                self.flush_if_full().await
            }
        }
    });
    let delete = methods.contains("delete_item").then(|| {
        quote! {
            /// `batch.delete_item(Key=key)`.
            pub async fn delete_item(&self, key: &Value) -> Result<()> {
                self.batch.borrow_mut().delete(key)?;
                self.flush_if_full().await
            }
        }
    });
    quote! {
        /// What `table.batch_writer()` gives.
        #[derive(Debug, Clone)]
        pub struct BatchWriter {
            client: Client,
            batch: Rc<RefCell<Batch>>,
        }

        /// `table.batch_writer(overwrite_by_pkeys=overwrite_by_pkeys)`.
        pub fn batch_writer(client: &Client, table: &str, overwrite_by_pkeys: &[Value]) -> BatchWriter {
            BatchWriter {
                client: client.clone(),
                batch: Rc::new(RefCell::new(Batch::new(table, overwrite_by_pkeys))),
            }
        }

        impl BatchWriter {
            #put

            #delete

            /// Sends what is left, at the end of the `with`.
            pub async fn close(&self) -> Result<()> {
                while self.flush().await? {}
                Ok(())
            }

            async fn flush_if_full(&self) -> Result<()> {
                if self.batch.borrow().is_full() {
                    self.flush().await?;
                }
                Ok(())
            }

            /// Sends once; whether there was something to send.
            async fn flush(&self) -> Result<bool> {
                let input = self.batch.borrow_mut().request();
                let Some(input) = input else {
                    return Ok(false);
                };
                let answer = resource_batch_write_item(&self.client, &input).await?;
                self.batch.borrow_mut().receive(&answer)?;
                Ok(true)
            }
        }
    }
}
