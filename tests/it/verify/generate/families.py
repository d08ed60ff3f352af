"""Holds generated events against Powertools: usual ones against its models, all of them against
its data classes. Prints the functions whose events were held against something."""

import base64
import json
import sys

import pydantic
from aws_lambda_powertools.utilities import data_classes as classes
from aws_lambda_powertools.utilities.data_classes import (
    active_mq_event,
    api_gateway_authorizer_event as authorizers,
    cognito_user_pool_event as cognito,
    rabbit_mq_event,
)
from aws_lambda_powertools.utilities.parser import models
from aws_lambda_powertools.utilities.parser.models import apigw_websocket

ACCOUNT = "123456789012"


def same(found, expected, what):
    assert found == expected, f"{what}: {found!r} instead of {expected!r}"


def rest(event):
    it = classes.APIGatewayProxyEvent(event)
    same(it.path, event["path"], "path")
    same(it.http_method, event["httpMethod"], "method")
    same(it.body, event["body"], "body")
    same(it.query_string_parameters, event["queryStringParameters"] or {}, "query")
    same(it.path_parameters, event["pathParameters"] or {}, "parameters")
    same(it.request_context.account_id, ACCOUNT, "account")
    same(it.request_context.identity.source_ip, event["requestContext"]["identity"]["sourceIp"], "ip")
    for name, value in (event["headers"] or {}).items():
        same(event["multiValueHeaders"][name][-1], value, name)
    for name, value in (event["queryStringParameters"] or {}).items():
        same(event["multiValueQueryStringParameters"][name][-1], value, name)


def http(event):
    it = classes.APIGatewayProxyEventV2(event)
    same(it.raw_path, event["rawPath"], "path")
    same(it.path, event["rawPath"], "path")
    same(it.body, event.get("body"), "body")
    same(it.request_context.http.method, event["requestContext"]["http"]["method"], "method")
    same(it.request_context.http.source_ip, event["requestContext"]["http"]["sourceIp"], "ip")


def url(event):
    http(event)
    same(classes.LambdaFunctionUrlEvent(event).request_context.account_id, "anonymous", "account")


def balancer(event):
    it = classes.ALBEvent(event)
    same(it.path, event["path"], "path")
    same(it.body, event["body"], "body")
    assert it.request_context.elb_target_group_arn.startswith("arn:aws:elasticloadbalancing:")
    assert "headers" in event or "multiValueHeaders" in event


def socket(event):
    it = classes.APIGatewayWebSocketEvent(event)
    same(it.request_context.route_key, event["requestContext"]["routeKey"], "route")
    same(it.body, event.get("body"), "body")


def token(event):
    it = authorizers.APIGatewayAuthorizerTokenEvent(event)
    if "methodArn" in event and "authorizationToken" in event:
        same(it.authorization_token, event["authorizationToken"], "token")
        assert it.parsed_arn.api_id in ("abcdef1234", "abc")


def request(event):
    it = authorizers.APIGatewayAuthorizerRequestEvent(event)
    same(it.get_type, "REQUEST", "type")
    same(it.http_method, event["httpMethod"], "method")
    if "methodArn" in event:
        assert it.parsed_arn.api_id in ("abcdef1234", "abc")
    for name, value in (event["headers"] or {}).items():
        same(event["multiValueHeaders"][name][-1], value, name)


def simple(event):
    it = authorizers.APIGatewayAuthorizerEventV2(event)
    same(it.get_type, "REQUEST", "type")
    same(it.raw_path, event["rawPath"], "path")
    if "routeArn" in event:
        assert it.parsed_arn.api_id in ("abcdef1234", "abc")


def queue(event):
    for record, raw in zip(classes.SQSEvent(event).records, event["Records"]):
        same(record.body, raw["body"], "body")
        same(record.queue_url.rsplit("/")[-1], "jobs.fifo", "queue")
        if "messageAttributes" in raw:
            for name, attribute in raw["messageAttributes"].items():
                same(record.message_attributes[name].data_type, attribute["dataType"], name)


def topic(event):
    for record, raw in zip(classes.SNSEvent(event).records, event["Records"]):
        same(record.sns.message, raw["Sns"]["Message"], "message")
        same(record.sns.message_id, raw["Sns"]["MessageId"], "id")


def bucket(event):
    if "Records" not in event:
        return same(event["Event"], "s3:TestEvent", "event")
    for record, raw in zip(classes.S3Event(event).records, event["Records"]):
        same(record.s3.bucket.name, "files-123456789012", "bucket")
        assert record.s3.get_object.key
        same(record.event_name, raw["eventName"], "event")


def table(event):
    for record, raw in zip(classes.DynamoDBStreamEvent(event).records, event["Records"]):
        same(record.event_name.name, raw["eventName"], "event")
        if "Keys" in raw["dynamodb"]:
            same(record.dynamodb.keys["owner"], "ada", "key")
            same(record.dynamodb.keys["number"], 101, "key")
        # Typed values are such as DynamoDB writes.
        assert record.dynamodb.new_image is None or isinstance(record.dynamodb.new_image, dict)
        assert record.dynamodb.old_image is None or isinstance(record.dynamodb.old_image, dict)


def stream(event):
    for record, raw in zip(classes.KinesisStreamEvent(event).records, event["Records"]):
        same(record.kinesis.data, raw["kinesis"]["data"], "data")
        same(record.event_source_arn, f"arn:aws:kinesis:us-east-1:{ACCOUNT}:stream/clicks", "stream")


def kafka(event):
    raws = [raw for records in event["records"].values() for raw in records]
    it = classes.KafkaEvent(event)
    for record, raw in zip(it.records, raws) if raws else []:
        same(record.topic, "sales", "topic")
        same(record.offset, raw["offset"], "offset")
        if raw["value"] is not None:
            same(record.decoded_value, base64.b64decode(raw["value"]), "value")
        assert isinstance(record.decoded_headers, dict)


def broker(event):
    if "messages" in event:
        for message, raw in zip(active_mq_event.ActiveMQEvent(event).messages, event["messages"]):
            same(message.destination_physicalname, "pizza", "queue")
            same(message.data, raw["data"], "data")
    else:
        it = rabbit_mq_event.RabbitMQEvent(event)
        for messages, raws in zip(it.rmq_messages_by_queue.values(), event["rmqMessagesByQueue"].values()):
            for message, raw in zip(messages, raws):
                same(message.data, raw["data"], "data")
                same(message.basic_properties.body_size, 80, "size")


def documents(event):
    # Powertools has no class for it; aws_lambda_events has these fields.
    for change in event["events"]:
        found = set(change["event"])
        assert {"_id", "clusterTime", "ns", "operationType"} <= found, found
        same(change["event"]["ns"]["db"], "shop", "database")


def bus(event):
    it = classes.EventBridgeEvent(event)
    for name, found in {
        "detail-type": "detail_type",
        "source": "source",
        "detail": "detail",
        "time": "time",
    }.items():
        if name in event:
            same(getattr(it, found), event[name], name)


def logs(event):
    try:
        parsed = classes.CloudWatchLogsEvent(event).parse_logs_data()
    except Exception:
        # Data that is none, by hand.
        assert event["awslogs"]["data"] in ("%%%", "e30=", ""), event
        return
    same(parsed.log_group, "/aws/lambda/shop", "group")
    same(parsed.owner, ACCOUNT, "owner")


def pool(event):
    name = event["triggerSource"].split("_")[0]
    named = {
        "PreSignUp": cognito.PreSignUpTriggerEvent,
        "PostConfirmation": cognito.PostConfirmationTriggerEvent,
        "PreAuthentication": cognito.PreAuthenticationTriggerEvent,
        "PostAuthentication": cognito.PostAuthenticationTriggerEvent,
        "TokenGeneration": cognito.PreTokenGenerationTriggerEvent,
        "UserMigration": cognito.UserMigrationTriggerEvent,
        "CustomMessage": cognito.CustomMessageTriggerEvent,
        "DefineAuthChallenge": cognito.DefineAuthChallengeTriggerEvent,
        "CreateAuthChallenge": cognito.CreateAuthChallengeTriggerEvent,
        "VerifyAuthChallengeResponse": cognito.VerifyAuthChallengeResponseTriggerEvent,
        "CustomEmailSender": cognito.CustomEmailSenderTriggerEvent,
        "CustomSMSSender": cognito.CustomSMSSenderTriggerEvent,
        "Unknown": cognito.BaseTriggerEvent,
    }[name]
    it = named(event)
    same(it.trigger_source, event["triggerSource"], "source")
    same(it.user_name, event["userName"], "user")
    if "userAttributes" in event["request"] and name != "Unknown":
        same(dict(it.request.user_attributes), event["request"]["userAttributes"], "attributes")


def skill(event):
    assert event["version"] == "1.0" and "requestId" in event["request"]


def resource(event):
    it = classes.CloudFormationCustomResourceEvent(event)
    same(it.request_type, event["RequestType"], "type")
    same(it.logical_resource_id, "OwnResource", "id")
    same(it.resource_type, "Custom::Thing", "type")
    if "Size" in it.resource_properties:
        same(it.resource_properties["Size"], "3", "properties are texts")
        same(it.resource_properties["Enabled"], "true", "properties are texts")


CLASSES = {
    "RestFunction": rest,
    "OldHttpFunction": rest,
    "HttpFunction": http,
    "UrlFunction": url,
    "BalancedFunction": balancer,
    "SocketFunction": socket,
    "TokenFunction": token,
    "RequestFunction": request,
    "SimpleFunction": simple,
    "QueueFunction": queue,
    "TopicFunction": topic,
    "BucketFunction": bucket,
    "TableFunction": table,
    "StreamFunction": stream,
    "KafkaFunction": kafka,
    "OwnKafkaFunction": kafka,
    "ActiveFunction": broker,
    "RabbitFunction": broker,
    "DocumentsFunction": documents,
    "RuleFunction": bus,
    "NightlyFunction": bus,
    "LogsFunction": logs,
    "PoolFunction": pool,
    "SkillFunction": skill,
    "ResourceFunction": resource,
}

COGNITO = {
    "PreSignUp_SignUp": "CognitoPreSignupTriggerModel",
    "PostConfirmation_ConfirmSignUp": "CognitoPostConfirmationTriggerModel",
    "PreAuthentication_Authentication": "CognitoPreAuthenticationTriggerModel",
    "PostAuthentication_Authentication": "CognitoPostAuthenticationTriggerModel",
    "TokenGeneration_Authentication": "CognitoPreTokenGenerationTriggerModelV1",
    "UserMigration_Authentication": "CognitoMigrateUserTriggerModel",
    "CustomMessage_SignUp": "CognitoCustomMessageTriggerModel",
    "CustomEmailSender_SignUp": "CognitoCustomEmailSenderTriggerModel",
    "CustomSMSSender_SignUp": "CognitoCustomSMSSenderTriggerModel",
}


def model(name, event):
    """The model of a usual event, or None where Powertools has none."""
    if name == "SocketFunction":
        return {
            "CONNECT": apigw_websocket.APIGatewayWebSocketConnectEventModel,
            "DISCONNECT": apigw_websocket.APIGatewayWebSocketDisconnectEventModel,
            "MESSAGE": apigw_websocket.APIGatewayWebSocketMessageEventModel,
        }[event["requestContext"]["eventType"]]
    if name == "PoolFunction":
        return getattr(models, COGNITO.get(event["triggerSource"], "-"), None)
    if name == "ResourceFunction":
        return getattr(models, f"CloudFormationCustomResource{event['RequestType']}Model")
    return {
        "RestFunction": models.APIGatewayProxyEventModel,
        "OldHttpFunction": models.APIGatewayProxyEventModel,
        "HttpFunction": models.APIGatewayProxyEventV2Model,
        "UrlFunction": models.LambdaFunctionUrlModel,
        "BalancedFunction": models.AlbModel,
        "TokenFunction": models.ApiGatewayAuthorizerToken,
        "RequestFunction": models.ApiGatewayAuthorizerRequest,
        "SimpleFunction": models.ApiGatewayAuthorizerRequestV2,
        "QueueFunction": models.SqsModel,
        "TopicFunction": models.SnsModel,
        "BucketFunction": models.S3Model,
        "TableFunction": models.DynamoDBStreamModel,
        "StreamFunction": models.KinesisDataStreamModel,
        "KafkaFunction": models.KafkaMskEventModel,
        "OwnKafkaFunction": models.KafkaSelfManagedEventModel,
        "RuleFunction": models.EventBridgeModel,
        "NightlyFunction": models.EventBridgeModel,
        "LogsFunction": models.CloudWatchLogsModel,
    }.get(name)


def main():
    checked = set()
    errors = []
    for line in sys.stdin:
        case = json.loads(line)
        name, event = case["function"], case["event"]
        check = CLASSES.get(name)
        if check is None:
            continue
        try:
            check(event)
            found = case["usual"] and model(name, event)
            if found:
                found.model_validate(json.loads(json.dumps(event)))
        except (pydantic.ValidationError, AssertionError, LookupError, TypeError, ValueError, AttributeError) as error:
            errors.append(f"{name}, {case['name']}: {type(error).__name__}: {error}")
        checked.add(name)
    if errors:
        sys.exit("\n".join(errors[:20]) + f"\n{len(errors)} events were refused")
    print("\n".join(sorted(checked)))


main()
