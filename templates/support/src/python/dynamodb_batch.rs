//! boto3's batch writer of a DynamoDB table.

use super::dict::Dict;
use super::error::Result;
use super::list::List;
use super::value::Value;

/// How many items are sent at once.
const FLUSH_AMOUNT: usize = 25;

/// The items that wait to be written.
#[derive(Debug)]
pub struct Batch {
    table: String,
    /// `overwrite_by_pkeys`.
    keys: Vec<Value>,
    items: Vec<Dict>,
}

impl Batch {
    /// Of a table, where later items replace earlier ones with the same values of these keys.
    pub fn new(table: &str, keys: &[Value]) -> Self {
        Self {
            table: table.to_owned(),
            keys: keys.to_vec(),
            items: Vec::new(),
        }
    }

    /// `batch.put_item(Item=item)`.
    pub fn put(&mut self, item: &Value) -> Result<()> {
        self.add(request("PutRequest", "Item", item))
    }

    /// `batch.delete_item(Key=key)`.
    pub fn delete(&mut self, key: &Value) -> Result<()> {
        self.add(request("DeleteRequest", "Key", key))
    }

    fn add(&mut self, request: Dict) -> Result<()> {
        if !self.keys.is_empty() {
            let new = self.key_values(&request)?;
            let mut kept = Vec::new();
            for item in std::mem::take(&mut self.items) {
                if self.key_values(&item)? != new {
                    kept.push(item);
                }
            }
            self.items = kept;
        }
        self.items.push(request);
        Ok(())
    }

    fn key_values(&self, request: &Dict) -> Result<Vec<Value>> {
        let inner = match request.find("PutRequest") {
            Some(put) => put.item("Item")?,
            None => request.member("DeleteRequest")?.item("Key")?,
        };
        self.keys.iter().map(|key| inner.item(key)).collect()
    }

    /// Whether there is enough to send.
    pub fn is_full(&self) -> bool {
        self.items.len() >= FLUSH_AMOUNT
    }

    /// The next items as parameters of `batch_write_item`, where there are any.
    pub fn request(&mut self) -> Option<Dict> {
        if self.items.is_empty() {
            return None;
        }
        let rest = self.items.split_off(self.items.len().min(FLUSH_AMOUNT));
        let sent: List = std::mem::replace(&mut self.items, rest)
            .into_iter()
            .collect();
        let (tables, input) = (Dict::new(), Dict::new());
        tables.insert(self.table.as_str(), sent);
        input.insert("RequestItems", tables);
        Some(input)
    }

    /// Takes back what was not processed.
    pub fn receive(&mut self, answer: &Dict) -> Result<()> {
        let unprocessed = answer.member("UnprocessedItems")?;
        if let Value::Dict(tables) = unprocessed
            && let Some(Value::List(items)) = tables.find(&self.table)
        {
            for item in items.iter() {
                if let Value::Dict(item) = item {
                    self.items.push(item);
                }
            }
        }
        Ok(())
    }
}

fn request(kind: &str, name: &str, value: &Value) -> Dict {
    let (inner, request) = (Dict::new(), Dict::new());
    inner.insert(name, value);
    request.insert(kind, inner);
    request
}
