//! The batches of Powertools for AWS Lambda, whose records fail one by one.
//!
//! The program takes the records of an event, calls its own function for each, and says how that
//! ended:
//!
//! ```ignore
//! for record in begin(&processor, event)? {
//!     if takes(&processor, &record)? {
//!         let result = record_handler(SqsRecord::from(record.clone())).await;
//!         settle(&processor, &record, result)?;
//!     }
//! }
//! finish(&processor)
//! ```

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use super::dict::Dict;
use super::error::{self, Class, EXCEPTION, Error, Result};
use super::list::List;
use super::powertools_batch_report as report;
use super::value::Value;

/// `aws_lambda_powertools.utilities.batch.exceptions.BatchProcessingError`
pub static BATCH_PROCESSING_ERROR: Class = Class::new("BatchProcessingError", &[&EXCEPTION]);
/// `aws_lambda_powertools.utilities.batch.exceptions.UnexpectedBatchTypeError`
pub static UNEXPECTED_BATCH_TYPE_ERROR: Class =
    Class::new("UnexpectedBatchTypeError", &[&BATCH_PROCESSING_ERROR]);

/// `aws_lambda_powertools.utilities.batch.EventType`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventType(&'static str);

/// `aws_lambda_powertools.utilities.batch.EventType.SQS`
pub const SQS: EventType = EventType("SQS");
/// `aws_lambda_powertools.utilities.batch.EventType.KinesisDataStreams`
pub const KINESIS_DATA_STREAMS: EventType = EventType("KinesisDataStreams");
/// `aws_lambda_powertools.utilities.batch.EventType.DynamoDBStreams`
pub const DYNAMODB_STREAMS: EventType = EventType("DynamoDBStreams");

/// `aws_lambda_powertools.utilities.batch.BatchProcessor`
#[derive(Debug, Clone)]
pub struct BatchProcessor(Rc<Processor>);

/// `aws_lambda_powertools.utilities.batch.SqsFifoPartialProcessor`
pub type SqsFifoPartialProcessor = BatchProcessor;

#[derive(Debug)]
struct Processor {
    event_type: EventType,
    raise_on_entire_batch_failure: bool,
    /// Whether records after one that failed fail too, and if so, only those of its group.
    stops: Option<bool>,
    batch: RefCell<Batch>,
}

/// What became of the records of an event.
#[derive(Debug, Default)]
struct Batch {
    count: usize,
    failed: Vec<Value>,
    failures: Vec<report::Failure>,
    /// The message groups of records that failed.
    groups: HashSet<Value>,
    response: List,
}

/// `aws_lambda_powertools.utilities.batch.BatchProcessor(event_type, *, raise_on_entire_batch_failure=True)`.
pub fn batch_processor(
    event_type: EventType,
    raise_on_entire_batch_failure: bool,
) -> BatchProcessor {
    BatchProcessor(Rc::new(Processor {
        event_type,
        raise_on_entire_batch_failure,
        stops: None,
        batch: RefCell::default(),
    }))
}

/// `aws_lambda_powertools.utilities.batch.SqsFifoPartialProcessor(*, skip_group_on_error=False)`.
pub fn fifo_processor(skip_group_on_error: bool) -> SqsFifoPartialProcessor {
    BatchProcessor(Rc::new(Processor {
        event_type: SQS,
        raise_on_entire_batch_failure: true,
        stops: Some(skip_group_on_error),
        batch: RefCell::default(),
    }))
}

/// The event types of the versions whose errors are raised here: those before Kafka was one.
const EVENT_TYPES: &str = "SQS, KinesisDataStreams, DynamoDBStreams";

/// The records of an event, of which none has failed yet: the start of
/// `process_partial_response(event, record_handler, processor, context=None)`.
pub fn begin(processor: &BatchProcessor, event: &Value) -> Result<Vec<Value>> {
    let Value::Dict(members) = event else {
        if event.has_attribute("get")? {
            return Err(error::untranslated("an event that is not a dict"));
        }
        let kind = processor.0.event_type.0;
        return Err(error::value_error(format!(
            "Invalid event format. Please ensure batch event is a valid {kind} event. \nSee sample \
             events in our documentation for either {EVENT_TYPES}: \n \
             https://docs.powertools.aws.dev/lambda/python/latest/utilities/batch/#processing-messages-from-sqs"
        )));
    };
    match members.find("Records") {
        Some(Value::List(records)) if !records.is_empty() => {
            let records = records.to_vec();
            *processor.0.batch.borrow_mut() = Batch {
                count: records.len(),
                ..Batch::default()
            };
            Ok(records)
        }
        _ => {
            let text = format!("Unexpected batch event type. Possible values are: {EVENT_TYPES}");
            let args = vec![Value::from(text.as_str())];
            Err(Error::with_text(
                &UNEXPECTED_BATCH_TYPE_ERROR,
                args,
                text + "\n",
            ))
        }
    }
}

/// The records of an event, of which none has failed yet: the start of
/// `@batch_processor(record_handler, processor)`.
pub fn start(processor: &BatchProcessor, event: &Value) -> Result<Vec<Value>> {
    let Value::List(records) = event.item("Records")? else {
        return Err(error::untranslated("records that are not a list"));
    };
    let records = records.to_vec();
    *processor.0.batch.borrow_mut() = Batch {
        count: records.len(),
        ..Batch::default()
    };
    Ok(records)
}

/// Whether a record is still to be handled; if not, it fails as those before it did.
pub fn takes(processor: &BatchProcessor, record: &Value) -> Result<bool> {
    let Some(only_group) = processor.0.stops else {
        return Ok(true);
    };
    let group = group(record)?;
    let mut batch = processor.0.batch.borrow_mut();
    let has_failed = match only_group {
        true => batch.groups.contains(&group),
        false => !batch.failed.is_empty(),
    };
    if has_failed {
        batch.fail(record.clone(), report::Failure::Stopped { only_group });
    }
    Ok(!has_failed)
}

/// The message group of a record.
fn group(record: &Value) -> Result<Value> {
    let attributes = record.expect_dict("get")?.find("attributes");
    let Some(attributes) = attributes else {
        return Ok(Value::None);
    };
    let group = attributes.expect_dict("get")?.find("MessageGroupId");
    Ok(group.unwrap_or_default())
}

impl Batch {
    fn fail(&mut self, record: Value, failure: report::Failure) {
        self.failed.push(record);
        self.failures.push(failure);
    }
}

/// Keeps how the handling of a record ended.
pub fn settle<T>(processor: &BatchProcessor, record: &Value, result: Result<T>) -> Result<()> {
    let Err(error) = result else {
        return Ok(());
    };
    if !error.is(&EXCEPTION) {
        return Err(error);
    }
    let mut batch = processor.0.batch.borrow_mut();
    if processor.0.stops == Some(true) {
        let group = group(record)?;
        if group.is_true() {
            batch.groups.insert(group);
        }
    }
    batch.fail(record.clone(), report::Failure::Raised(error));
    Ok(())
}

/// The records that failed, as the end of `process_partial_response(...)` answers them.
/// Where all failed, the text of the error names the exceptions without the places where they were
/// raised, those of the program's own classes without their modules, and none during whose
/// handling another one was raised.
pub fn finish(processor: &BatchProcessor) -> Result<Dict> {
    let mut batch = processor.0.batch.borrow_mut();
    if !batch.failed.is_empty() {
        let is_entire = batch.failures.len() == batch.count;
        if is_entire && processor.0.raise_on_entire_batch_failure {
            let (message, text) = report::of_all(&batch.failures);
            let args = vec![Value::Str(message)];
            return Err(Error::with_text(&BATCH_PROCESSING_ERROR, args, text));
        }
        let identify = |record| identifier(processor.0.event_type, record);
        let failures = batch
            .failed
            .iter()
            .map(identify)
            .collect::<Result<List>>()?;
        batch.response = failures;
    }
    drop(batch);
    Ok(response(processor))
}

/// `aws_lambda_powertools.utilities.batch.BatchProcessor.response()`.
pub fn response(processor: &BatchProcessor) -> Dict {
    let response = Dict::new();
    let failures = processor.0.batch.borrow().response.clone();
    response.insert("batchItemFailures", failures);
    response
}

/// What an event source knows a record by.
fn identifier(event_type: EventType, record: &Value) -> Result<Value> {
    let id = match event_type {
        SQS => record.item("messageId")?,
        KINESIS_DATA_STREAMS => record.item("kinesis")?.item("sequenceNumber")?,
        _ => {
            let change = record.expect_dict("get")?.find("dynamodb");
            match change.unwrap_or_default() {
                Value::None => return Err(error::attribute_error("NoneType", "sequence_number")),
                change => change
                    .expect_dict("get")?
                    .find("SequenceNumber")
                    .unwrap_or_default(),
            }
        }
    };
    let failure = Dict::new();
    failure.insert("itemIdentifier", id);
    Ok(failure.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::json;

    fn processed(
        processor: &BatchProcessor,
        event: &str,
        handler: impl Fn(&Value) -> Result<Value>,
    ) -> String {
        let answer = json::loads(event).and_then(|event| {
            for record in begin(processor, &event)? {
                if takes(processor, &record)? {
                    let result = handler(&record);
                    settle(processor, &record, result)?;
                }
            }
            json::dumps(&finish(processor)?.into())
        });
        answer.unwrap_or_else(|error| format!("{}: {error}", error.class().name))
    }

    const TWO: &str = r#"{"Records": [{"messageId": "1", "body": "a"}, {"messageId": "2"}]}"#;

    fn fails(_: &Value) -> Result<Value> {
        Err(error::key_error(&"x".into()))
    }

    #[test]
    fn records_fail_one_by_one() {
        let processor = batch_processor(SQS, true);
        let one = processed(&processor, TWO, |record| record.item("body"));
        assert_eq!(one, r#"{"batchItemFailures": [{"itemIdentifier": "2"}]}"#);
        let none = processed(&processor, TWO, |_| Ok(Value::None));
        assert_eq!(none, r#"{"batchItemFailures": []}"#);
        let expected = "BatchProcessingError: All records failed processing. 2 individual errors \
            logged separately below.\n\nTraceback (most recent call last):\nKeyError: 'x'\n\n\
            Traceback (most recent call last):\nKeyError: 'x'\n";
        assert_eq!(processed(&processor, TWO, fails), expected);
        let quiet = batch_processor(SQS, false);
        let both = r#"{"batchItemFailures": [{"itemIdentifier": "1"}, {"itemIdentifier": "2"}]}"#;
        assert_eq!(processed(&quiet, TWO, fails), both);
        let refused = processed(&quiet, TWO, |_| Err(error::untranslated("it")));
        assert_eq!(refused, "Untranslated: it");
    }

    #[test]
    fn groups_stop_after_a_failure() {
        let record = |id: i64| {
            let group = id % 2;
            format!(r#"{{"messageId": {id}, "attributes": {{"MessageGroupId": "{group}"}}}}"#)
        };
        let event = format!(
            r#"{{"Records": [{}]}}"#,
            [0, 1, 2, 3, 4].map(record).join(",")
        );
        let first_fails = |record: &Value| match record.item("messageId")? {
            Value::Int(1) => fails(record),
            id => Ok(id),
        };
        let failed = |ids: &[i64]| {
            let ids: Vec<_> = ids
                .iter()
                .map(|id| format!(r#"{{"itemIdentifier": {id}}}"#))
                .collect();
            format!(r#"{{"batchItemFailures": [{}]}}"#, ids.join(", "))
        };
        let all = processed(&fifo_processor(false), &event, first_fails);
        assert_eq!(all, failed(&[1, 2, 3, 4]));
        let group = processed(&fifo_processor(true), &event, first_fails);
        assert_eq!(group, failed(&[1, 3]));
        let expected = "BatchProcessingError: All records failed processing. 2 individual errors \
            logged separately below.\n\nTraceback (most recent call last):\nKeyError: 'x'\n\n\
            aws_lambda_powertools.utilities.batch.exceptions.SQSFifoCircuitBreakerError: A previous \
            record failed processing\n";
        assert_eq!(processed(&fifo_processor(false), TWO, fails), expected);
    }

    #[test]
    fn streams_have_other_identifiers() {
        let kinesis = batch_processor(KINESIS_DATA_STREAMS, false);
        let event = r#"{"Records": [{"kinesis": {"sequenceNumber": "s"}}]}"#;
        let expected = r#"{"batchItemFailures": [{"itemIdentifier": "s"}]}"#;
        assert_eq!(processed(&kinesis, event, fails), expected);
        let dynamodb = batch_processor(DYNAMODB_STREAMS, false);
        let event = r#"{"Records": [{"dynamodb": {"SequenceNumber": "s"}}]}"#;
        assert_eq!(processed(&dynamodb, event, fails), expected);
        let expected = "AttributeError: 'NoneType' object has no attribute 'sequence_number'";
        assert_eq!(
            processed(&dynamodb, r#"{"Records": [{}]}"#, fails),
            expected
        );
    }

    #[test]
    fn other_events_are_refused_as_python_does() {
        let processor = batch_processor(SQS, true);
        let unexpected = "UnexpectedBatchTypeError: Unexpected batch event type. Possible values \
            are: SQS, KinesisDataStreams, DynamoDBStreams\n";
        for event in ["{}", r#"{"Records": []}"#, r#"{"Records": {"a": 1}}"#] {
            assert_eq!(processed(&processor, event, fails), unexpected);
        }
        let expected = "ValueError: Invalid event format. Please ensure batch event is a valid SQS \
            event. \nSee sample events in our documentation for either SQS, KinesisDataStreams, \
            DynamoDBStreams: \n https://docs.powertools.aws.dev/lambda/python/latest/utilities/batch/#processing-messages-from-sqs";
        assert_eq!(processed(&processor, "[]", fails), expected);
    }
}
