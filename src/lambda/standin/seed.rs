//! State put into the stand-in before an invocation, through the services' own APIs.

use axum::body::{Body, Bytes};
use axum::http::request::Builder;
use axum::http::{Method, header};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Server, StandinError};

/// What S3 keys may not hold as they are in a URL's path.
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'+')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}');

impl Server {
    /// Stores an item, a typed one: `{"id": {"S": "1"}}`.
    ///
    /// # Errors
    /// When the stand-in refuses it.
    pub async fn put_item(
        &self,
        region: &str,
        table: &str,
        item: &Value,
    ) -> Result<(), StandinError> {
        let input = json!({"TableName": table, "Item": item});
        let target = "DynamoDB_20120810.PutItem";
        self.json(("dynamodb", region), target, &input)
            .await
            .map(drop)
    }

    /// Makes a bucket in a region.
    ///
    /// # Errors
    /// When the stand-in refuses it.
    pub async fn create_bucket(&self, region: &str, bucket: &str) -> Result<(), StandinError> {
        let body = if region == "us-east-1" {
            String::new()
        } else {
            format!(
                "<CreateBucketConfiguration><LocationConstraint>{region}</LocationConstraint>\
                 </CreateBucketConfiguration>"
            )
        };
        self.put((region, bucket), "", body.into_bytes()).await
    }

    /// Stores an object.
    ///
    /// # Errors
    /// When the stand-in refuses it.
    pub async fn put_object(
        &self,
        region: &str,
        bucket: &str,
        key: &str,
        content: &str,
    ) -> Result<(), StandinError> {
        let key = utf8_percent_encode(key, UNSAFE).to_string();
        self.put((region, bucket), &key, content.as_bytes().to_vec())
            .await
    }

    /// Sets a parameter of SSM.
    ///
    /// # Errors
    /// When the stand-in refuses it.
    pub async fn put_parameter(
        &self,
        region: &str,
        name: &str,
        value: &str,
    ) -> Result<(), StandinError> {
        let input = json!({"Name": name, "Value": value, "Type": "String", "Overwrite": true});
        self.json(("ssm", region), "AmazonSSM.PutParameter", &input)
            .await
            .map(drop)
    }

    /// Sets a secret, and makes it where it is not there.
    ///
    /// # Errors
    /// When the stand-in refuses it.
    pub async fn put_secret(
        &self,
        region: &str,
        name: &str,
        value: &str,
    ) -> Result<(), StandinError> {
        let service = ("secretsmanager", region);
        let set = json!({"SecretId": name, "SecretString": value});
        let made = self
            .json(service, "secretsmanager.PutSecretValue", &set)
            .await;
        if made.is_ok() {
            return Ok(());
        }
        let input = json!({"Name": name, "SecretString": value});
        self.json(service, "secretsmanager.CreateSecret", &input)
            .await
            .map(drop)
    }

    async fn json(
        &self,
        scope: (&str, &str),
        target: &str,
        input: &Value,
    ) -> Result<String, StandinError> {
        let request = self
            .request(Method::POST, scope, "/")
            .header("x-amz-target", target)
            .header(header::CONTENT_TYPE, "application/x-amz-json-1.1")
            .body(Body::from(input.to_string()));
        self.send(target, request).await
    }

    async fn put(
        &self,
        (region, bucket): (&str, &str),
        key: &str,
        content: Vec<u8>,
    ) -> Result<(), StandinError> {
        let path = if key.is_empty() {
            format!("/{bucket}")
        } else {
            format!("/{bucket}/{key}")
        };
        let request: Builder = self.request(Method::PUT, ("s3", region), &path);
        let request = request.body(Body::from(Bytes::from(content)));
        self.send("the object", request).await.map(drop)
    }
}
