//! Contact flow events of Connect as data classes of Powertools for AWS Lambda.

use super::error::Result;
use super::powertools_data_class::{DictWrapper, member, some};
use super::value::Value;

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowEndpoint`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct ConnectContactFlowEndpoint(Value);

impl DictWrapper for ConnectContactFlowEndpoint {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowEndpoint.address`
pub fn endpoint_address(endpoint: &ConnectContactFlowEndpoint) -> Result<Value> {
    member(endpoint, "Address")
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowQueue`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct ConnectContactFlowQueue(Value);

impl DictWrapper for ConnectContactFlowQueue {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowQueue.arn`
pub fn queue_arn(queue: &ConnectContactFlowQueue) -> Result<Value> {
    member(queue, "ARN")
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowQueue.name`
pub fn queue_name(queue: &ConnectContactFlowQueue) -> Result<Value> {
    member(queue, "Name")
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowMediaStreamAudio`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct ConnectContactFlowMediaStreamAudio(Value);

impl DictWrapper for ConnectContactFlowMediaStreamAudio {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowMediaStreamAudio.start_fragment_number`
pub fn media_stream_audio_start_fragment_number(
    audio: &ConnectContactFlowMediaStreamAudio,
) -> Result<Value> {
    member(audio, "StartFragmentNumber")
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowMediaStreamAudio.start_timestamp`
pub fn media_stream_audio_start_timestamp(
    audio: &ConnectContactFlowMediaStreamAudio,
) -> Result<Value> {
    member(audio, "StartTimestamp")
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowMediaStreamAudio.stream_arn`
pub fn media_stream_audio_stream_arn(audio: &ConnectContactFlowMediaStreamAudio) -> Result<Value> {
    member(audio, "StreamARN")
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowMediaStreamCustomer`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct ConnectContactFlowMediaStreamCustomer(Value);

impl DictWrapper for ConnectContactFlowMediaStreamCustomer {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowMediaStreamCustomer.audio`
pub fn media_stream_customer_audio(
    customer: &ConnectContactFlowMediaStreamCustomer,
) -> Result<ConnectContactFlowMediaStreamAudio> {
    member(customer, "Audio").map(ConnectContactFlowMediaStreamAudio)
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowMediaStreams`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct ConnectContactFlowMediaStreams(Value);

impl DictWrapper for ConnectContactFlowMediaStreams {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowMediaStreams.customer`
pub fn media_streams_customer(
    streams: &ConnectContactFlowMediaStreams,
) -> Result<ConnectContactFlowMediaStreamCustomer> {
    member(streams, "Customer").map(ConnectContactFlowMediaStreamCustomer)
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowData`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct ConnectContactFlowData(Value);

impl DictWrapper for ConnectContactFlowData {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowData.attributes`
pub fn data_attributes(data: &ConnectContactFlowData) -> Result<Value> {
    member(data, "Attributes")
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowData.contact_id`
pub fn data_contact_id(data: &ConnectContactFlowData) -> Result<Value> {
    member(data, "ContactId")
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowData.customer_endpoint`
pub fn data_customer_endpoint(
    data: &ConnectContactFlowData,
) -> Result<Option<ConnectContactFlowEndpoint>> {
    Ok(some(
        member(data, "CustomerEndpoint")?,
        ConnectContactFlowEndpoint,
    ))
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowData.initial_contact_id`
pub fn data_initial_contact_id(data: &ConnectContactFlowData) -> Result<Value> {
    member(data, "InitialContactId")
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowData.instance_arn`
pub fn data_instance_arn(data: &ConnectContactFlowData) -> Result<Value> {
    member(data, "InstanceARN")
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowData.previous_contact_id`
pub fn data_previous_contact_id(data: &ConnectContactFlowData) -> Result<Value> {
    member(data, "PreviousContactId")
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowData.queue`
pub fn data_queue(data: &ConnectContactFlowData) -> Result<Option<ConnectContactFlowQueue>> {
    Ok(some(member(data, "Queue")?, ConnectContactFlowQueue))
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowData.system_endpoint`
pub fn data_system_endpoint(
    data: &ConnectContactFlowData,
) -> Result<Option<ConnectContactFlowEndpoint>> {
    Ok(some(
        member(data, "SystemEndpoint")?,
        ConnectContactFlowEndpoint,
    ))
}

/// `aws_lambda_powertools.utilities.data_classes.connect_contact_flow_event.ConnectContactFlowData.media_streams`
pub fn data_media_streams(data: &ConnectContactFlowData) -> Result<ConnectContactFlowMediaStreams> {
    member(data, "MediaStreams").map(ConnectContactFlowMediaStreams)
}

/// `aws_lambda_powertools.utilities.data_classes.ConnectContactFlowEvent`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct ConnectContactFlowEvent(Value);

impl DictWrapper for ConnectContactFlowEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.ConnectContactFlowEvent(data)`.
pub fn connect_contact_flow_event(data: &Value) -> ConnectContactFlowEvent {
    ConnectContactFlowEvent(data.clone())
}

/// `aws_lambda_powertools.utilities.data_classes.ConnectContactFlowEvent.contact_data`
pub fn event_contact_data(event: &ConnectContactFlowEvent) -> Result<ConnectContactFlowData> {
    member(event, "Details")?
        .item("ContactData")
        .map(ConnectContactFlowData)
}

/// `aws_lambda_powertools.utilities.data_classes.ConnectContactFlowEvent.parameters`
pub fn event_parameters(event: &ConnectContactFlowEvent) -> Result<Value> {
    member(event, "Details")?.item("Parameters")
}
