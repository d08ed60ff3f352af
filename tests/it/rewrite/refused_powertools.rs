//! Uses of Powertools that are refused, and a part of the reason of each.

/// A resolver, and what follows it.
macro_rules! app {
    ($rest:literal) => {
        concat!(
            "from aws_lambda_powertools import Tracer\n",
            "from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response\n",
            "from aws_lambda_powertools.event_handler.api_gateway import Router\n\n",
            "tracer = Tracer()\napp = APIGatewayRestResolver()\n\n",
            $rest,
            "\n\ndef handler(event, context):\n    return app.resolve(event, context)\n"
        )
    };
}

/// Data classes, and what a handler does with an SQS event.
macro_rules! records {
    ($rest:literal) => {
        concat!(
            "from aws_lambda_powertools.utilities.data_classes import SQSEvent, event_source\n\n",
            "@event_source(data_class=SQSEvent)\ndef handler(event, context):\n",
            $rest
        )
    };
}

pub(super) const REFUSED: [(&str, &str); 14] = [
    (
        app!("@app.get('/a', middlewares=[print])\ndef a():\n    return {}"),
        "the argument `middlewares` of a route",
    ),
    (
        app!("@app.get('/[0-9]+')\ndef a():\n    return {}"),
        "a rule of a route with a regular expression",
    ),
    (
        app!("@tracer.capture_method\n@app.get('/a')\ndef a():\n    return {}"),
        "registered before other decorators",
    ),
    (
        app!("@app.get('/<x>')\ndef a(y):\n    return {}"),
        "called without its argument `y`",
    ),
    (
        app!("@app.exception_handler(ValueError)\ndef a(error):\n    return {}"),
        "returns no `Response`",
    ),
    (
        app!("other = APIGatewayRestResolver()\n\n@other.get('/a')\ndef a():\n    return {}"),
        "more than one resolver",
    ),
    (
        app!("if tracer:\n    @app.get('/a')\n    def a():\n        return {}"),
        "not defined at the top of a module",
    ),
    (
        app!(
            "router = Router()\napp.include_router(router)\n\n@router.get('/a')\ndef a():\n    return {}"
        ),
        "a router that is included before",
    ),
    (
        app!("@app.get('/a')\ndef a():\n    app.append_context(x=1)\n    return {}"),
        "append_context` is not mapped",
    ),
    (
        records!("    records = event.records\n    return [it.body for it in records]\n"),
        "a generator that is kept",
    ),
    (
        records!("    return list(event)\n"),
        "SQSEvent` is used where",
    ),
    (
        records!("    return event.no_such_attribute\n"),
        "no_such_attribute` is not mapped",
    ),
    (
        "from aws_lambda_powertools.utilities.batch import process_partial_response, BatchProcessor\n\ndef handler(event, context):\n    processor = BatchProcessor(event_type=event['type'])\n    return process_partial_response(event, print, processor)\n",
        "is not mapped",
    ),
    (
        "from aws_lambda_powertools.utilities.validation import validator\n\nSCHEMA = {'type': 'object', 'additionalProperties': False}\n\n@validator(inbound_schema=SCHEMA)\ndef handler(event, context):\n    return {}\n",
        "the keyword `additionalProperties` of a JSON schema",
    ),
];
