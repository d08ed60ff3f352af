//! What would not do what the Python did is refused, with the reason.

use super::command::{run, stderr};
use crate::plan::project::Project;

/// Python that is refused, and a part of the reason.
const REFUSED: &[(&str, &str)] = &[
    (
        "import json\n\ndef json(x):\n    return x\n\ndef handler(event, context):\n    return json(1)\n",
        "several things",
    ),
    (
        "try:\n    import simplejson as json\nexcept ImportError:\n    import json\n\ndef handler(event, context):\n    return json.dumps(event)\n",
        "several things",
    ),
    (
        "def handler(event, context):\n    found = limit\n    return found\n    limit = 1\n",
        "read before it is bound",
    ),
    (
        "def fail():\n    raise ValueError('no')\n\ndef handler(event, context):\n    return str(fail())\n",
        "never reached",
    ),
    (
        "def handler(event, context, more=None):\n    return 1\n",
        "an event and a context",
    ),
    (
        "def handler(event, context):\n    return eval(event['code'])\n",
        "`eval` is not mapped",
    ),
    (
        "import requests\n\ndef handler(event, context):\n    return requests.post('https://a.test', files={'a': b'b'}).text\n",
        "the argument `files` of `requests.post`",
    ),
    (
        "import requests\n\ndef handler(event, context):\n    return requests.get('https://a.test', **event).text\n",
        "`**` in a call of `requests.get`",
    ),
    (
        "import requests\n\ndef handler(event, context):\n    return [line for line in requests.get(event['url']).iter_lines()]\n",
        "iter_lines",
    ),
    (
        "from jose import jwt\n\ndef handler(event, context):\n    return jwt.encode(event, 'secret')\n",
        "`jose.jwt.encode` is not mapped",
    ),
    (
        "def handler(event, context):\n    return 123456789012345678901234567890\n",
        "an integer beyond 64 bits",
    ),
    (
        "class Meta(type):\n    pass\n\nclass Thing(metaclass=Meta):\n    pass\n\ndef handler(event, context):\n    return str(Thing())\n",
        "",
    ),
    (
        "import json\n\ndef handler(event, context):\n    json.dumps = str\n    return json.dumps(event)\n",
        "",
    ),
    (
        "def handler(event, context):\n    try:\n        return 2\n    finally:\n        return 1\n",
        "a `finally` that leaves by `return`, `break`, `continue` or `raise`",
    ),
    (
        "def handler(event, context):\n    names = map(str, event['names'])\n    return list(names)\n",
        "a generator that is kept",
    ),
    (
        "def handler(event, context):\n    keys = event.keys()\n    return list(keys)\n",
        "`.keys()` that is kept",
    ),
    (
        "def handler(event, context):\n    return str(zip(event['a'], event['b']))\n",
        "`zip(…)` that is kept",
    ),
    (
        "def handler(event, context):\n    return str(range(3))\n",
        "`range(…)` that is kept",
    ),
    (
        "def show(items):\n    return list(items)\n\ndef handler(event, context):\n    return show(x['a'] for x in event['b'])\n",
        "a generator that is kept",
    ),
    (
        "from functools import lru_cache\n\n@lru_cache\ndef f(x):\n    return x\n\ndef handler(event, context):\n    return [f(event['a']), f(x=event['a'])]\n",
        "a function whose results are kept, of this kind or called in this way,",
    ),
    (
        "from functools import lru_cache\n\n@lru_cache\ndef f(x, y=1):\n    return x\n\ndef handler(event, context):\n    return f(event['a'])\n",
        "a function whose results are kept, of this kind or called in this way,",
    ),
    (
        "from functools import cache\n\n@cache\ndef f(x):\n    return x\n\ndef handler(event, context):\n    f(1)\n    return str(f.cache_info())\n",
        "`cache_info`",
    ),
    (
        "from dataclasses import asdict, dataclass\n\n@dataclass\nclass A:\n    b: int\n\ndef handler(event, context):\n    return asdict(A(1), dict_factory=dict)\n",
        "the argument `dict_factory` of `dataclasses.asdict`",
    ),
    (
        "def seen(x):\n    print(x)\n    return x\n\ndef handler(event, context):\n    return [print(a) for i, a in enumerate(map(seen, event['b']))]\n",
        "what is done for one item between what is done for others",
    ),
    (
        "def handler(event, context):\n    for a, b in zip(event.keys(), event['b']):\n        event[b] = a\n    return event\n",
        "what the loop may change, beside something else,",
    ),
    (
        "def items(xs):\n    try:\n        yield from xs\n    finally:\n        print('closed')\n\ndef handler(event, context):\n    return list(items(event['b']))\n",
        "`yield` in a `try` that is left when the generator is closed",
    ),
    (
        "def items(xs):\n    yield from xs\n\ndef handler(event, context):\n    found = items(event['b'])\n    return list(found)\n",
        "a generator that is kept",
    ),
    (
        "def items(xs):\n    for x in xs:\n        sent = yield x\n        print(sent)\n\ndef handler(event, context):\n    return list(items(event['b']))\n",
        "what is sent to a generator",
    ),
    (
        "from concurrent.futures import ThreadPoolExecutor\n\ndef handler(event, context):\n    with ThreadPoolExecutor() as pool:\n        pool.map(print, event['b'])\n",
        "`pool.map(…)` that is kept",
    ),
    (
        "from aws_lambda_powertools import Logger\n\nlogger = Logger()\n\ndef handler(event, context):\n    logger.info('x', stacklevel=3)\n",
        "the argument `stacklevel`",
    ),
    (
        "from aws_lambda_powertools import Logger\n\nlogger = Logger()\n\ndef tell():\n    logger.exception('x')\n\ndef handler(event, context):\n    try:\n        return event['a']\n    except KeyError:\n        tell()\n",
        "outside of the `except` that handles it",
    ),
    (
        "import os\nfrom aws_lambda_powertools import Logger\n\nlogger = Logger()\n\n@logger.inject_lambda_context(correlation_id_path=os.environ.get('P'))\ndef handler(event, context):\n    return 1\n",
        "not a constant",
    ),
    (
        "from aws_lambda_powertools import Metrics, single_metric\n\nmetrics = Metrics()\n\ndef handler(event, context):\n    with single_metric(name='a', unit='Count', value=1) as metric:\n        return 1\n",
        "single_metric",
    ),
    (
        "from aws_lambda_powertools import Tracer\n\ntracer = Tracer()\n\ndef handler(event, context):\n    with tracer.provider.in_subsegment('a') as part:\n        return part.name\n",
        "",
    ),
];

/// A project with a function for each source, its names.
fn project(sources: &[(&str, &str)]) -> Project {
    let project = Project::empty();
    let mut template = String::from("Transform: AWS::Serverless-2016-10-31\nResources:\n");
    for (at, (source, _)) in sources.iter().enumerate() {
        template.push_str(&format!(
            "  Case{at}:\n    Type: AWS::Serverless::Function\n    Properties:\n      \
             CodeUri: case{at}/\n      Handler: app.handler\n      Runtime: python3.11\n"
        ));
        project.write(&format!("case{at}/app.py"), source);
    }
    project.write("template.yaml", &template);
    project.commit_all();
    project
}

#[test]
fn what_would_come_out_wrong_is_refused() {
    are_refused(REFUSED);
}

#[test]
fn functions_that_would_see_something_else_are_refused() {
    are_refused(super::refused_functions::REFUSED);
}

#[test]
fn uses_of_powertools_that_are_not_known_are_refused() {
    are_refused(&super::refused_powertools::REFUSED);
}

pub(super) fn are_refused(refused: &[(&str, &str)]) {
    let project = project(refused);
    let done = run(
        &project,
        &["rewrite", "--all", "--check", "--format", "json"],
    );
    let report: serde_json::Value =
        serde_json::from_slice(&done.stdout).unwrap_or_else(|_| panic!("{}", stderr(&done)));
    let verdicts = report["functions"].as_array().unwrap();
    for (at, (source, reason)) in refused.iter().enumerate() {
        let id = format!("Case{at}");
        let verdict = verdicts.iter().find(|it| it["function"] == id).unwrap();
        assert_eq!(verdict["status"], "refused", "{source}\n{verdict:#}");
        let mut told = verdict["diagnostics"].as_array().unwrap().iter();
        let is_told = told.any(|it| it["message"].as_str().unwrap().contains(reason));
        assert!(is_told, "{source}\n{verdict:#}");
    }
}
