//! Requests of Alexa skills. After "Request and Response JSON Reference" of the Alexa Skills Kit.

use serde_json::{Value, json};

use super::edit::{set, setting};
use super::{Base, Source, Variation};

pub(super) fn bases(_source: Source<'_>) -> Vec<Base> {
    let event = |request: Value, is_new: bool| {
        let application = json!({"applicationId": "amzn1.ask.skill.example"});
        let user = json!({"userId": "amzn1.ask.account.EXAMPLE"});
        json!({
            "version": "1.0",
            "session": {
                "new": is_new,
                "sessionId": "amzn1.echo-api.session.example",
                "application": application,
                "attributes": {},
                "user": user,
            },
            "context": {
                "AudioPlayer": {"playerActivity": "IDLE"},
                "System": {
                    "application": application,
                    "user": user,
                    "device": {"deviceId": "amzn1.ask.device.EXAMPLE", "supportedInterfaces": {}},
                    "apiEndpoint": "https://api.amazonalexa.com",
                },
            },
            "request": request,
        })
    };
    let request = |kind: &str| {
        json!({
            "type": kind,
            "requestId": "amzn1.echo-api.request.example",
            "timestamp": "2026-03-12T19:03:58Z",
            "locale": "en-US",
        })
    };
    let mut intent = request("IntentRequest");
    let slots = json!({"Color": {"name": "Color", "value": "blue", "confirmationStatus": "NONE"}});
    let asked = json!({"name": "MyColorIsIntent", "confirmationStatus": "NONE", "slots": slots});
    set(&mut intent, &["intent"], asked);
    let mut ended = request("SessionEndedRequest");
    set(&mut ended, &["reason"], json!("USER_INITIATED"));
    let why = "a step of a conversation";
    vec![
        Base::new("LaunchRequest", why, event(request("LaunchRequest"), true)),
        Base::new("IntentRequest", why, event(intent, false)),
        Base::new("SessionEndedRequest", why, event(ended, false)),
    ]
}

pub(super) fn variations() -> Vec<Variation> {
    let slot: &'static [&'static str] = &["request", "intent", "slots", "Color", "value"];
    let intent: &'static [&'static str] = &["request", "intent", "name"];
    vec![
        super::edit::without("slot without value", "the user said nothing", slot),
        setting(
            "unicode slot",
            "users speak all languages",
            slot,
            json!("Grün 👋"),
        ),
        setting(
            "unknown intent",
            "one that the code does not know",
            intent,
            json!("Unknown"),
        ),
        setting(
            "help",
            "a built-in intent",
            intent,
            json!("AMAZON.HelpIntent"),
        ),
        setting(
            "stop",
            "a built-in intent",
            intent,
            json!("AMAZON.StopIntent"),
        ),
        setting(
            "session attributes",
            "state of the conversation",
            &["session", "attributes"],
            json!({"color": "red", "turns": 3}),
        ),
        setting(
            "German",
            "another language",
            &["request", "locale"],
            json!("de-DE"),
        ),
        setting(
            "unknown request",
            "a type that the code does not know",
            &["request", "type"],
            json!("Display.ElementSelected"),
        ),
        super::edit::without("no session", "requests of devices have none", &["session"]),
    ]
}
