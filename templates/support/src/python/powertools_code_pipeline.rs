//! Jobs of CodePipeline as data classes of Powertools for AWS Lambda.

use super::dict::Dict;
use super::error::{self, Result};
use super::json;
use super::powertools_data_class::{DictWrapper, each, find, member, some};
use super::urllib_quote::unquote_plus_value as unquoted;
use super::value::Value;

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineConfiguration`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct CodePipelineConfiguration(Value);

impl DictWrapper for CodePipelineConfiguration {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineConfiguration.function_name`
pub fn configuration_function_name(configuration: &CodePipelineConfiguration) -> Result<Value> {
    member(configuration, "FunctionName")
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineConfiguration.user_parameters`
pub fn configuration_user_parameters(configuration: &CodePipelineConfiguration) -> Result<Value> {
    find(configuration, "UserParameters")
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineActionConfiguration`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct CodePipelineActionConfiguration(Value);

impl DictWrapper for CodePipelineActionConfiguration {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineActionConfiguration.configuration`
pub fn action_configuration_configuration(
    configuration: &CodePipelineActionConfiguration,
) -> Result<CodePipelineConfiguration> {
    member(configuration, "configuration").map(CodePipelineConfiguration)
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineS3Location`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct CodePipelineS3Location(Value);

impl DictWrapper for CodePipelineS3Location {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineS3Location.bucket_name`
pub fn s3_location_bucket_name(location: &CodePipelineS3Location) -> Result<Value> {
    member(location, "bucketName")
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineS3Location.key`
pub fn s3_location_key(location: &CodePipelineS3Location) -> Result<Value> {
    member(location, "objectKey")
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineS3Location.object_key`
pub fn s3_location_object_key(location: &CodePipelineS3Location) -> Result<String> {
    unquoted(&member(location, "objectKey")?)
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineLocation`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct CodePipelineLocation(Value);

impl DictWrapper for CodePipelineLocation {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineLocation.get_type`
pub fn location_get_type(location: &CodePipelineLocation) -> Result<Value> {
    member(location, "type")
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineLocation.s3_location`
pub fn location_s3_location(location: &CodePipelineLocation) -> Result<CodePipelineS3Location> {
    member(location, "s3Location").map(CodePipelineS3Location)
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineArtifact`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct CodePipelineArtifact(Value);

impl DictWrapper for CodePipelineArtifact {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineArtifact.name`
pub fn artifact_name(artifact: &CodePipelineArtifact) -> Result<Value> {
    member(artifact, "name")
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineArtifact.revision`
pub fn artifact_revision(artifact: &CodePipelineArtifact) -> Result<Value> {
    find(artifact, "revision")
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineArtifact.location`
pub fn artifact_location(artifact: &CodePipelineArtifact) -> Result<CodePipelineLocation> {
    member(artifact, "location").map(CodePipelineLocation)
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineArtifactCredentials`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct CodePipelineArtifactCredentials(Value);

impl DictWrapper for CodePipelineArtifactCredentials {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineArtifactCredentials.access_key_id`
pub fn artifact_credentials_access_key_id(
    credentials: &CodePipelineArtifactCredentials,
) -> Result<Value> {
    member(credentials, "accessKeyId")
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineArtifactCredentials.secret_access_key`
pub fn artifact_credentials_secret_access_key(
    credentials: &CodePipelineArtifactCredentials,
) -> Result<Value> {
    member(credentials, "secretAccessKey")
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineArtifactCredentials.session_token`
pub fn artifact_credentials_session_token(
    credentials: &CodePipelineArtifactCredentials,
) -> Result<Value> {
    member(credentials, "sessionToken")
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineArtifactCredentials.expiration_time`
pub fn artifact_credentials_expiration_time(
    credentials: &CodePipelineArtifactCredentials,
) -> Result<Value> {
    find(credentials, "expirationTime")
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineEncryptionKey`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct CodePipelineEncryptionKey(Value);

impl DictWrapper for CodePipelineEncryptionKey {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineEncryptionKey.get_id`
pub fn encryption_key_get_id(key: &CodePipelineEncryptionKey) -> Result<Value> {
    member(key, "id")
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineEncryptionKey.get_type`
pub fn encryption_key_get_type(key: &CodePipelineEncryptionKey) -> Result<Value> {
    member(key, "type")
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineData`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
#[derive(Debug, Clone)]
pub struct CodePipelineData(pub(super) Value);

impl DictWrapper for CodePipelineData {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineData.action_configuration`
pub fn data_action_configuration(
    data: &CodePipelineData,
) -> Result<CodePipelineActionConfiguration> {
    member(data, "actionConfiguration").map(CodePipelineActionConfiguration)
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineData.input_artifacts`
pub fn data_input_artifacts(data: &CodePipelineData) -> Result<Vec<CodePipelineArtifact>> {
    each(data, "inputArtifacts", CodePipelineArtifact)
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineData.output_artifacts`
pub fn data_output_artifacts(data: &CodePipelineData) -> Result<Vec<CodePipelineArtifact>> {
    each(data, "outputArtifacts", CodePipelineArtifact)
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineData.artifact_credentials`
pub fn data_artifact_credentials(
    data: &CodePipelineData,
) -> Result<CodePipelineArtifactCredentials> {
    member(data, "artifactCredentials").map(CodePipelineArtifactCredentials)
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineData.continuation_token`
pub fn data_continuation_token(data: &CodePipelineData) -> Result<Value> {
    find(data, "continuationToken")
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineData.encryption_key`
pub fn data_encryption_key(data: &CodePipelineData) -> Result<Option<CodePipelineEncryptionKey>> {
    Ok(some(
        find(data, "encryptionKey")?,
        CodePipelineEncryptionKey,
    ))
}

/// `aws_lambda_powertools.utilities.data_classes.code_pipeline_job_event.CodePipelineConfiguration.decoded_user_parameters`
pub fn configuration_decoded_user_parameters(
    configuration: &CodePipelineConfiguration,
) -> Result<Value> {
    match configuration_user_parameters(configuration)? {
        Value::None => Ok(Dict::new().into()),
        parameters => json::loads_value(&parameters),
    }
}

/// `aws_lambda_powertools.utilities.data_classes.CodePipelineJobEvent`
/// A `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`.
/// What reads and writes artifacts is not here.
#[derive(Debug, Clone)]
pub struct CodePipelineJobEvent(Value, Value);

impl DictWrapper for CodePipelineJobEvent {
    fn data(&self) -> &Value {
        &self.0
    }
}

/// `aws_lambda_powertools.utilities.data_classes.CodePipelineJobEvent(data)`.
pub fn code_pipeline_job_event(data: &Value) -> Result<CodePipelineJobEvent> {
    let job = data.item("CodePipeline.job")?;
    Ok(CodePipelineJobEvent(data.clone(), job))
}

/// `aws_lambda_powertools.utilities.data_classes.CodePipelineJobEvent.get_id`
pub fn job_event_get_id(event: &CodePipelineJobEvent) -> Result<Value> {
    event.1.item("id")
}

/// `aws_lambda_powertools.utilities.data_classes.CodePipelineJobEvent.account_id`
pub fn job_event_account_id(event: &CodePipelineJobEvent) -> Result<Value> {
    event.1.item("accountId")
}

/// `aws_lambda_powertools.utilities.data_classes.CodePipelineJobEvent.data`
pub fn job_event_data(event: &CodePipelineJobEvent) -> Result<CodePipelineData> {
    event.1.item("data").map(CodePipelineData)
}

/// The configuration of the job's action.
fn configuration(event: &CodePipelineJobEvent) -> Result<CodePipelineConfiguration> {
    let action = data_action_configuration(&job_event_data(event)?)?;
    action_configuration_configuration(&action)
}

/// `aws_lambda_powertools.utilities.data_classes.CodePipelineJobEvent.user_parameters`
pub fn job_event_user_parameters(event: &CodePipelineJobEvent) -> Result<Value> {
    configuration_user_parameters(&configuration(event)?)
}

/// `aws_lambda_powertools.utilities.data_classes.CodePipelineJobEvent.decoded_user_parameters`
pub fn job_event_decoded_user_parameters(event: &CodePipelineJobEvent) -> Result<Value> {
    configuration_decoded_user_parameters(&configuration(event)?)
}

/// Where the first input artifact is.
fn first_input(event: &CodePipelineJobEvent) -> Result<CodePipelineS3Location> {
    let artifacts = data_input_artifacts(&job_event_data(event)?)?;
    let first = artifacts.first();
    let first = first.ok_or_else(|| error::index_error("list index out of range"))?;
    location_s3_location(&artifact_location(first)?)
}

/// `aws_lambda_powertools.utilities.data_classes.CodePipelineJobEvent.input_bucket_name`
pub fn job_event_input_bucket_name(event: &CodePipelineJobEvent) -> Result<Value> {
    s3_location_bucket_name(&first_input(event)?)
}

/// `aws_lambda_powertools.utilities.data_classes.CodePipelineJobEvent.input_object_key`
pub fn job_event_input_object_key(event: &CodePipelineJobEvent) -> Result<String> {
    s3_location_object_key(&first_input(event)?)
}
