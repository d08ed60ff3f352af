//! Events as data classes, compared with what Powertools for AWS Lambda says of them.

use gammaray_support::python::error::Result;
use gammaray_support::python::value::Value;
use gammaray_support::python::{
    json, powertools_authorizer_arn as arn, powertools_authorizer_event as authorizer,
    powertools_cloudwatch_logs as logs, powertools_code_pipeline as pipeline,
    powertools_cognito as cognito, powertools_data_class as data_class,
    powertools_dynamodb_stream as stream, powertools_event_bridge as event_bridge,
    powertools_kinesis as kinesis, powertools_request_context as context,
    powertools_request_context_v2 as context_v2, powertools_s3 as s3,
    powertools_s3_notification as notification, powertools_sns as sns, powertools_sqs as sqs,
};

fn raised<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Ok(value) => format!("{value:?}"),
        Err(error) => format!("{}: {error}", error.class().name),
    }
}

#[test]
fn sqs_records() -> Result<()> {
    let event = sqs::sqs_event(&json::loads(
        r#"{"Records": [{"messageId": "1", "body": "{\"a\": [1]}", "eventSourceARN": "arn:aws:sqs:eu-west-1:123:q",
        "attributes": {"MessageGroupId": "g"}, "messageAttributes": {"k": {"stringValue": "v", "dataType": "String"}}}]}"#,
    )?);
    let records = sqs::event_records(&event)?;
    let record = &records[0];
    assert_eq!(sqs::record_message_id(record)?, Value::from("1"));
    let body = sqs::record_json_body(record)?;
    assert_eq!(body.to_string(), "{'a': [1]}");
    assert!(body.is_same(&sqs::record_json_body(record)?));
    let url = "https://sqs.eu-west-1.amazonaws.com/123/q";
    assert_eq!(sqs::record_queue_url(record)?, url);
    let attributes = sqs::record_attributes(record)?;
    let group = sqs::record_attributes_message_group_id(&attributes)?;
    assert_eq!(group, Value::from("g"));
    assert!(sqs::record_attributes_sequence_number(&attributes)?.is_none());
    let sender = raised(sqs::record_attributes_sender_id(&attributes));
    assert_eq!(sender, "KeyError: 'SenderId'");
    let attributes = sqs::record_message_attributes(record)?;
    let attribute = sqs::message_attribute(&attributes, &"k".into())?;
    let value = attribute
        .map(|it| sqs::message_attribute_string_value(&it))
        .transpose()?;
    assert_eq!(value, Some("v".into()));
    assert!(sqs::message_attribute(&attributes, &"x".into())?.is_none());
    let empty = sqs::sqs_event(&json::loads("{}")?);
    assert_eq!(raised(sqs::event_records(&empty)), "KeyError: 'Records'");
    let list = sqs::sqs_record(&json::loads("[]")?);
    let text = "TypeError: list indices must be integers or slices, not str";
    assert_eq!(raised(sqs::record_body(&list)), text);
    let text = "AttributeError: 'list' object has no attribute 'get'";
    assert_eq!(raised(data_class::get(&list, "body", Value::None)), text);
    Ok(())
}

#[test]
fn sns_s3_and_event_bridge() -> Result<()> {
    let event = sns::sns_event(&json::loads(
        r#"{"Records": [{"Sns": {"Message": "m", "MessageAttributes": {"k": {"Type": "String", "Value": "v"}}}}]}"#,
    )?);
    assert_eq!(sns::event_sns_message(&event)?, Value::from("m"));
    let message = sns::event_record_sns(&sns::event_record(&event)?)?;
    let attributes = sns::message_message_attributes(&message)?;
    let attribute = sns::message_attribute(&attributes, &"k".into())?;
    assert_eq!(sns::message_attribute_value(&attribute)?, Value::from("v"));
    let none = raised(sns::event_record(&sns::sns_event(&json::loads(
        r#"{"Records": []}"#,
    )?)));
    assert_eq!(none, "StopIteration: ");
    let event = s3::s3_event(&json::loads(
        r#"{"Records": [{"s3": {"bucket": {"name": "b"}, "object": {"key": "a+b%C3%A9", "size": "12"}}}]}"#,
    )?);
    assert_eq!(s3::event_bucket_name(&event)?, Value::from("b"));
    assert_eq!(s3::event_object_key(&event)?, "a bé");
    let message = s3::event_record_s3(&s3::event_record(&event)?)?;
    let object = s3::message_get_object(&message)?;
    assert_eq!(s3::object_key(&object)?, Value::from("a+b%C3%A9"));
    assert_eq!(
        (s3::object_size(&object)?, s3::object_etag(&object)?),
        (12, "".into())
    );
    let value =
        json::loads(r#"{"detail-type": "t", "detail": {"object": {"key": "a+b", "size": 1}}}"#)?;
    let event = event_bridge::event_bridge_event(&value);
    assert_eq!(event_bridge::event_detail_type(&event)?, Value::from("t"));
    assert_eq!(
        raised(event_bridge::event_source(&event)),
        "KeyError: 'source'"
    );
    let event = notification::s3_event_bridge_notification_event(&value);
    assert_eq!(event_bridge::event_detail_type(&event)?, Value::from("t"));
    let object = notification::detail_object(&notification::event_detail(&event)?)?;
    assert_eq!(notification::object_key(&object)?, "a b");
    Ok(())
}

#[test]
fn streams_and_logs() -> Result<()> {
    let event = stream::dynamo_db_stream_event(&json::loads(
        r#"{"Records": [{"eventName": "INSERT", "dynamodb": {"NewImage": {"id": {"S": "a"}, "n": {"N": "1.0"}},
        "ApproximateCreationDateTime": 1479499740.5, "StreamViewType": "NEW_IMAGE", "SequenceNumber": "9"}}, {"eventName": "DROP"}]}"#,
    )?);
    let records = stream::event_records(&event)?;
    let name = stream::record_event_name(&records[0])?;
    assert_eq!(name, Some(stream::INSERT));
    assert_eq!(name.map(stream::event_name_value), Some(0));
    assert_eq!(
        name.map(|it| it.to_string()).as_deref(),
        Some("DynamoDBRecordEventName.INSERT")
    );
    assert_eq!(
        raised(stream::record_event_name(&records[1])),
        "KeyError: 'DROP'"
    );
    assert!(stream::record_dynamodb(&records[1])?.is_none());
    let change = stream::record_dynamodb(&records[0])?;
    let change = change.expect("there is one");
    let image = stream::change_new_image(&change)?;
    assert_eq!(image.to_string(), "{'id': 'a', 'n': Decimal('1.0')}");
    assert_eq!(stream::change_old_image(&change)?.to_string(), "{}");
    assert_eq!(
        stream::change_approximate_creation_date_time(&change)?,
        Some(1_479_499_740)
    );
    assert_eq!(
        stream::change_stream_view_type(&change)?,
        Some(stream::NEW_IMAGE)
    );
    let event = kinesis::kinesis_stream_event(&json::loads(
        r#"{"Records": [{"kinesis": {"data": "eyJhIjogMX0=", "approximateArrivalTimestamp": "1.5"}},
        {"kinesis": {"data": "eJyrVkpUslIwrAUACeUCKQ=="}}, {"kinesis": {"data": "H4sIAJ/dBmsC/6tWSlSyUjCsBQCXjqH7CAAAAA=="}}]}"#,
    )?);
    let records = kinesis::event_records(&event)?;
    let payload = kinesis::record_kinesis(&records[0])?;
    assert_eq!(
        kinesis::payload_data_as_json(&payload)?.to_string(),
        "{'a': 1}"
    );
    assert!((kinesis::payload_approximate_arrival_timestamp(&payload)? - 1.5).abs() < 1e-9);
    for record in &records[1..] {
        let payload = kinesis::record_kinesis(record)?;
        let data = kinesis::payload_data_zlib_compressed_as_json(&payload)?;
        assert_eq!(data.to_string(), "{'a': 1}");
    }
    let event = logs::cloud_watch_logs_event(&json::loads(
        r#"{"awslogs": {"data": "H4sIAAAAAAACA6tWyi/PSy1SslJQMlTSUVDKyU93LUvNKykGikRXK2WmgGRSQTIlmbmpxSWJuQVAEUMgH8grTkxPBcnnKtXG1gIAj6/+8UoAAAA="}}"#,
    )?);
    let data = logs::event_parse_logs_data(&event)?;
    assert_eq!(logs::decoded_data_owner(&data)?, Value::from("1"));
    let events = logs::decoded_data_log_events(&data)?;
    assert_eq!(logs::log_event_message(&events[0])?, Value::from("m"));
    assert_eq!(
        logs::log_event_extracted_fields(&events[0])?.to_string(),
        "{}"
    );
    Ok(())
}

#[test]
fn requests_and_authorizers() -> Result<()> {
    let event = authorizer::api_gateway_authorizer_request_event(&json::loads(
        r#"{"methodArn": "arn:aws:execute-api:eu-west-1:123:api/prod/GET/a/b", "headers": {"Authorization": "Basic x"},
        "requestContext": {"accountId": "123", "identity": {"sourceIp": "1.2.3.4", "clientCert": null}}}"#,
    )?);
    let parsed = authorizer::request_event_parsed_arn(&event)?;
    assert_eq!(
        (arn::stage(&parsed), arn::resource(&parsed)),
        ("prod".into(), "a/b".into())
    );
    let headers = authorizer::request_event_headers(&event)?;
    let header = |name: &str| data_class::header(&headers, name, Value::None);
    assert_eq!(header("authorization"), header("AUTHORIZATION"));
    assert_eq!(header("Authorization"), Value::from("Basic x"));
    let missing = data_class::header_item(&headers, &"Cookie".into());
    assert_eq!(raised(missing), "KeyError: 'cookie'");
    let request = authorizer::request_event_request_context(&event)?;
    assert_eq!(context::context_account_id(&request)?, Value::from("123"));
    let identity = context::context_identity(&request)?;
    assert_eq!(
        context::identity_source_ip(&identity)?,
        Value::from("1.2.3.4")
    );
    assert!(context::identity_client_cert(&identity)?.is_none());
    assert_eq!(
        raised(context::context_stage(&request)),
        "KeyError: 'stage'"
    );
    let event = authorizer::api_gateway_authorizer_event_v2(&json::loads(
        r#"{"routeArn": "x", "requestContext": {"http": {"method": "GET"}, "authentication": null}}"#,
    )?);
    let raised_arn = raised(authorizer::event_v2_parsed_arn(&event));
    assert_eq!(raised_arn, "IndexError: list index out of range");
    assert_eq!(
        authorizer::event_v2_identity_source(&event)?.to_string(),
        "[]"
    );
    let request = authorizer::event_v2_request_context(&event)?;
    let http = context_v2::context_http(&request)?;
    assert_eq!(context_v2::http_method(&http)?, Value::from("GET"));
    assert!(context_v2::context_authentication(&request)?.is_none());
    Ok(())
}

#[test]
fn jobs_and_triggers() -> Result<()> {
    let job = json::loads(
        r#"{"CodePipeline.job": {"id": "j", "data": {"actionConfiguration": {"configuration": {"UserParameters": "{\"k\": 1}"}},
        "inputArtifacts": [{"location": {"s3Location": {"bucketName": "b", "objectKey": "a+b"}}}]}}}"#,
    )?;
    let event = pipeline::code_pipeline_job_event(&job)?;
    let parameters = pipeline::job_event_decoded_user_parameters(&event)?;
    assert_eq!(parameters.to_string(), "{'k': 1}");
    assert_eq!(pipeline::job_event_input_object_key(&event)?, "a b");
    let none = raised(pipeline::code_pipeline_job_event(&json::loads("{}")?));
    assert_eq!(none, "KeyError: 'CodePipeline.job'");
    let value = json::loads(r#"{"userName": "u", "response": {"autoConfirmUser": false}}"#)?;
    let event = cognito::pre_sign_up_trigger_event(&value);
    assert_eq!(cognito::trigger_user_name(&event)?, Value::from("u"));
    let response = cognito::pre_sign_up_trigger_event_response(&event)?;
    assert!(!cognito::pre_sign_up_trigger_event_response_auto_confirm_user(&response)?);
    cognito::set_pre_sign_up_trigger_event_response_auto_confirm_user(&response, &true.into())?;
    let after = "{'userName': 'u', 'response': {'autoConfirmUser': True}}";
    assert_eq!(value.to_string(), after);
    Ok(())
}
