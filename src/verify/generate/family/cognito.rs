//! Triggers of Cognito user pools. After "Customizing user pool workflows with Lambda triggers".

use serde_json::{Value, json};

use super::edit::{at, remove, set, setting};
use super::{Base, Source, Variation};
use crate::sam;

/// Triggers by their names in templates, with their sources.
const TRIGGERS: &[(&str, &[&str])] = &[
    (
        "PreSignUp",
        &[
            "PreSignUp_SignUp",
            "PreSignUp_AdminCreateUser",
            "PreSignUp_ExternalProvider",
        ],
    ),
    (
        "PostConfirmation",
        &[
            "PostConfirmation_ConfirmSignUp",
            "PostConfirmation_ConfirmForgotPassword",
        ],
    ),
    ("PreAuthentication", &["PreAuthentication_Authentication"]),
    ("PostAuthentication", &["PostAuthentication_Authentication"]),
    (
        "PreTokenGeneration",
        &[
            "TokenGeneration_Authentication",
            "TokenGeneration_RefreshTokens",
        ],
    ),
    (
        "UserMigration",
        &[
            "UserMigration_Authentication",
            "UserMigration_ForgotPassword",
        ],
    ),
    (
        "CustomMessage",
        &[
            "CustomMessage_SignUp",
            "CustomMessage_AdminCreateUser",
            "CustomMessage_ForgotPassword",
        ],
    ),
    (
        "DefineAuthChallenge",
        &["DefineAuthChallenge_Authentication"],
    ),
    (
        "CreateAuthChallenge",
        &["CreateAuthChallenge_Authentication"],
    ),
    (
        "VerifyAuthChallengeResponse",
        &["VerifyAuthChallengeResponse_Authentication"],
    ),
    ("CustomEmailSender", &["CustomEmailSender_SignUp"]),
    ("CustomSMSSender", &["CustomSMSSender_SignUp"]),
];

pub(super) fn bases(source: Source<'_>) -> Vec<Base> {
    let wanted = triggers(source);
    let named = |trigger: &str| wanted.iter().any(|it| it == trigger);
    let mut bases = Vec::new();
    for (trigger, sources) in TRIGGERS {
        if !wanted.is_empty() && !named(trigger) {
            continue;
        }
        for trigger_source in *sources {
            let why = "a step of the user pool's workflow";
            bases.push(Base::new(
                *trigger_source,
                why,
                event(source, trigger, trigger_source),
            ));
        }
    }
    bases
}

/// The triggers that the template names: a SAM event's, or those of the pool that lead here.
fn triggers(source: Source<'_>) -> Vec<String> {
    let properties = source.properties();
    match properties.get("Trigger") {
        Some(sam::Value::List(items)) => return items.iter().map(ToString::to_string).collect(),
        Some(one) => return vec![one.to_string()],
        None => {}
    }
    let Some(sam::Value::Map(entries)) = properties.get("LambdaConfig") else {
        return Vec::new();
    };
    let leads = |value: &sam::Value| {
        value
            .references()
            .iter()
            .any(|it| it.id == source.function.id)
    };
    let entries = entries.iter().filter(|(_, value)| leads(value));
    entries
        .map(|(name, _)| name.trim_end_matches("Config").to_owned())
        .collect()
}

fn event(source: Source<'_>, trigger: &str, trigger_source: &str) -> Value {
    let attributes = json!({
        "sub": "0b0a57c5-f013-426a-81a1-f8ffbfba21f0",
        "cognito:user_status": "CONFIRMED",
        "email_verified": "true",
        "name": "Ada Lovelace",
        "email": "ada@example.com",
        "phone_number": "+12065550100",
    });
    let session = json!([
        {"challengeName": "SRP_A", "challengeResult": true},
        {"challengeName": "PASSWORD_VERIFIER", "challengeResult": true},
    ]);
    let request = match trigger {
        "PreSignUp" | "PreAuthentication" => {
            json!({"userAttributes": attributes, "validationData": null})
        }
        "PostAuthentication" => json!({"userAttributes": attributes, "newDeviceUsed": true}),
        "PreTokenGeneration" => json!({
            "userAttributes": attributes,
            "groupConfiguration": {
                "groupsToOverride": ["admin"],
                "iamRolesToOverride": [],
                "preferredRole": null,
            },
        }),
        "UserMigration" => json!({"password": "Secret-1", "validationData": null}),
        "CustomMessage" => json!({
            "userAttributes": attributes,
            "codeParameter": "{####}",
            "linkParameter": "{##Click Here##}",
            "usernameParameter": null,
        }),
        "DefineAuthChallenge" => json!({"userAttributes": attributes, "session": session}),
        "CreateAuthChallenge" => json!({
            "userAttributes": attributes,
            "challengeName": "CUSTOM_CHALLENGE",
            "session": session,
        }),
        "VerifyAuthChallengeResponse" => json!({
            "userAttributes": attributes,
            "privateChallengeParameters": {"answer": "5"},
            "challengeAnswer": "5",
        }),
        "CustomEmailSender" => json!({
            "type": "customEmailSenderRequestV1",
            "code": "AYADeC",
            "userAttributes": attributes,
        }),
        "CustomSMSSender" => json!({
            "type": "customSMSSenderRequestV1",
            "code": "AYADeC",
            "userAttributes": attributes,
        }),
        _ => json!({"userAttributes": attributes}),
    };
    let response = match trigger {
        "PreSignUp" => json!({
            "autoConfirmUser": false,
            "autoVerifyEmail": false,
            "autoVerifyPhone": false,
        }),
        "PreTokenGeneration" => json!({"claimsOverrideDetails": null}),
        "UserMigration" => json!({
            "userAttributes": null,
            "forceAliasCreation": null,
            "finalUserStatus": null,
            "messageAction": null,
            "desiredDeliveryMediums": null,
        }),
        "CustomMessage" => json!({"smsMessage": null, "emailMessage": null, "emailSubject": null}),
        "DefineAuthChallenge" => json!({
            "challengeName": null,
            "issueTokens": null,
            "failAuthentication": null,
        }),
        "CreateAuthChallenge" => json!({
            "publicChallengeParameters": null,
            "privateChallengeParameters": null,
            "challengeMetadata": null,
        }),
        "VerifyAuthChallengeResponse" => json!({"answerCorrect": null}),
        _ => json!({}),
    };
    let pool = source.arn("AWS::Cognito::UserPool");
    let pool = pool.rsplit('/').next().unwrap_or(&pool).to_owned();
    json!({
        "version": "1",
        "triggerSource": trigger_source,
        "region": source.region(),
        "userPoolId": pool,
        "userName": "ada",
        "callerContext": {
            "awsSdkVersion": "aws-sdk-unknown-unknown",
            "clientId": "71ghuul37mresr7h373b704tua",
        },
        "request": request,
        "response": response,
    })
}

pub(super) fn variations() -> Vec<Variation> {
    let mut all = vec![
        setting(
            "unicode name",
            "attributes are texts",
            &["request", "userAttributes", "name"],
            json!("Zoë 👋 שלום"),
        ),
        setting(
            "email in capitals",
            "addresses are compared",
            &["request", "userAttributes", "email"],
            json!("ADA@EXAMPLE.COM"),
        ),
        setting(
            "no at sign",
            "an address that is none",
            &["request", "userAttributes", "email"],
            json!("ada"),
        ),
        setting(
            "unverified",
            "flags are texts",
            &["request", "userAttributes", "email_verified"],
            json!("false"),
        ),
        setting(
            "flag that is no text",
            "some sources send booleans",
            &["request", "userAttributes", "email_verified"],
            json!(true),
        ),
        setting(
            "custom attributes",
            "pools define their own",
            &["request", "userAttributes", "custom:tenant"],
            json!("t-1"),
        ),
        super::edit::replacing(
            "no attributes",
            "an empty object",
            &["request", "userAttributes"],
            json!({}),
        ),
        setting(
            "client metadata",
            "applications pass it",
            &["request", "clientMetadata"],
            json!({"a": "1"}),
        ),
        setting(
            "validation data",
            "applications pass it",
            &["request", "validationData"],
            json!({"a": "1"}),
        ),
        setting(
            "unknown user",
            "the pool says so",
            &["request", "userNotFound"],
            json!(true),
        ),
        setting(
            "unicode user",
            "names are texts",
            &["userName"],
            json!("Zoë 👋"),
        ),
        setting("empty user", "names are texts", &["userName"], json!("")),
        setting(
            "no groups",
            "an empty list",
            &["request", "groupConfiguration", "groupsToOverride"],
            json!([]),
        ),
        setting(
            "unknown trigger",
            "a source that the code does not know",
            &["triggerSource"],
            json!("Unknown_Trigger"),
        ),
        setting(
            "empty session",
            "the first challenge",
            &["request", "session"],
            json!([]),
        ),
        setting(
            "wrong answer",
            "challenges fail",
            &["request", "challengeAnswer"],
            json!("no"),
        ),
    ];
    for field in ["email", "phone_number", "name", "sub"] {
        all.push(Variation::new(
            format!("no {field}"),
            "attributes are optional",
            move |event| remove(event, &["request", "userAttributes", field]),
        ));
    }
    all.push(Variation::new(
        "three failed challenges",
        "the last try",
        |event| {
            let failed = json!({"challengeName": "CUSTOM_CHALLENGE", "challengeResult": false});
            at(event, &["request", "session"]).is_some()
                && set(
                    event,
                    &["request", "session"],
                    json!([failed, failed, failed]),
                )
        },
    ));
    all
}
