//! The module graph.

use super::*;

fn names(graph: &ModuleGraph) -> Vec<&str> {
    graph.modules.iter().map(|it| it.name.as_str()).collect()
}

fn files(listed: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
    listed.iter().map(owned).collect()
}

fn codes(graph: &ModuleGraph) -> Vec<&'static str> {
    graph
        .diagnostics
        .iter()
        .map(|it| it.code.as_str())
        .collect()
}

#[test]
fn follows_every_kind_of_import() {
    let (_folder, graph) = graph_of(&files(&[
        (
            "app.py",
            "import a.b as c\nfrom pkg import one, two\nfrom stars import *\nimport importlib\n\
             def handler(e, c):\n    import late\n    importlib.import_module('dynamic')\n",
        ),
        ("a/__init__.py", ""),
        ("a/b.py", "from . import sibling\n"),
        ("a/sibling.py", "import app\n"),
        ("pkg/__init__.py", "one = 1\n"),
        ("pkg/two.py", ""),
        ("stars.py", ""),
        ("late.py", ""),
        ("dynamic.py", ""),
    ]));
    let mut found = names(&graph);
    found.sort_unstable();
    let wanted = [
        "a",
        "a.b",
        "a.sibling",
        "app",
        "dynamic",
        "late",
        "pkg",
        "pkg.two",
        "stars",
    ];
    assert_eq!(found, wanted);
    let loaded = |name: &str| {
        let module = graph.modules.iter().find(|it| it.name == name);
        module.map(|it| it.at_import)
    };
    assert_eq!(loaded("late"), Some(false));
    assert_eq!(loaded("a.sibling"), Some(true));
    assert!(codes(&graph).is_empty());
}

#[test]
fn the_first_folder_of_the_path_wins() {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in [
        (
            "src/app.py",
            "import shared\nimport only\ndef handler(e, c): pass\n",
        ),
        ("src/shared.py", ""),
        ("layer/python/shared.py", ""),
        ("layer/python/only.py", ""),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let layer = SearchPath {
        dir: PathBuf::from("layer/python"),
        origin: Origin::Layer("Common".to_owned()),
    };
    let sources = Sources::new(folder.path());
    let graph = load(&sources, "app.handler", &[code_at("src"), layer]);
    let origins: Vec<(&str, &Origin)> = graph
        .modules
        .iter()
        .map(|it| (it.name.as_str(), &it.origin))
        .collect();
    let common = Origin::Layer("Common".to_owned());
    assert_eq!(
        origins,
        [
            ("app", &Origin::Code),
            ("shared", &Origin::Code),
            ("only", &common)
        ]
    );
}

#[test]
fn says_whose_a_package_is() {
    let text = "import json\nimport boto3\ntry:\n    import requests\nexcept ImportError:\n    \
                requests = None\ndef handler(e, c):\n    import jose.jwt\n";
    let (_folder, graph) = graph_of(&files(&[("app.py", text)]));
    let found: Vec<(&str, ImportKind, bool, bool)> = graph
        .imports
        .iter()
        .map(|it| (it.qualified.as_str(), it.kind, it.at_import, it.guarded))
        .collect();
    assert_eq!(
        found,
        [
            ("json", ImportKind::Stdlib, true, false),
            ("boto3", ImportKind::Runtime, true, false),
            ("requests", ImportKind::ThirdParty, true, true),
            ("jose.jwt", ImportKind::ThirdParty, false, false),
        ]
    );
}

#[test]
fn tells_what_is_wrong_with_its_place() {
    let cases = [
        (
            "print 'hello'\ndef handler(e, c): pass\n",
            "GM0302",
            Some("app.py:1:1"),
        ),
        (
            "def handler(e, c):\n    return (\n",
            "GM0301",
            Some("app.py:3:1"),
        ),
        ("def other(e, c): pass\n", "GM0305", None),
        (
            "from . import nothing\ndef handler(e, c): pass\n",
            "GM0307",
            Some("app.py:1:15"),
        ),
    ];
    for (text, code, place) in cases {
        let (_folder, graph) = graph_of(&files(&[("app.py", text)]));
        assert_eq!(codes(&graph), [code], "{text}");
        assert_eq!(graph.diagnostics[0].location().as_deref(), place, "{text}");
        assert!(graph.diagnostics[0].help.is_some());
    }
}

#[test]
fn a_broken_module_leaves_the_rest() {
    let (_folder, graph) = graph_of(&files(&[
        (
            "app.py",
            "import broken\nimport fine\ndef handler(e, c): pass\n",
        ),
        ("broken.py", "def (\n"),
        ("fine.py", ""),
    ]));
    assert_eq!(names(&graph), ["app", "fine"]);
    assert_eq!(codes(&graph), ["GM0301"]);
}

#[test]
fn missing_handlers_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let sources = Sources::new(folder.path());
    let missing = load(&sources, "nowhere.handler", &[code_at("src")]);
    assert_eq!(codes(&missing), ["GM0304"]);
    let help = missing.diagnostics[0].help.clone().unwrap_or_default();
    assert!(help.contains("src/nowhere.py"), "{help}");
    let bare = load(&sources, "handler", &[code_at("src")]);
    assert_eq!(codes(&bare), ["GM0303"]);
}

#[test]
fn other_encodings_and_links_out_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret.py"), "x = 1\n").expect("a file");
    fs::write(folder.path().join("app.py"), b"# caf\xe9\n").expect("a file");
    let sources = Sources::new(folder.path());
    assert_eq!(
        codes(&load(&sources, "app.handler", &[code_at("")])),
        ["GM0103"]
    );
    #[cfg(unix)]
    {
        let link = folder.path().join("linked.py");
        std::os::unix::fs::symlink(outside.path().join("secret.py"), link).expect("a link");
        let sources = Sources::new(folder.path());
        let graph = load(&sources, "linked.handler", &[code_at("")]);
        assert_eq!(codes(&graph), ["GM0105"]);
    }
}

#[test]
fn arguments_carry_where_they_come_from() {
    let text = "import os, boto3\n\
                table = boto3.resource('dynamodb').Table(os.environ['TABLE'])\n\
                sqs = boto3.client('sqs')\n\
                def handler(event, context):\n\
                \x20   table.get_item(Key=event['key'])\n\
                \x20   sqs.send_message(QueueUrl='https://q', MessageBody=str(1))\n";
    let (_graph, facts) = facts_of(text);
    let arguments = &facts.aws_calls[0].arguments;
    let environment = Argument::Environment("TABLE".to_owned());
    assert!(
        arguments.contains(&("TableName".to_owned(), environment)),
        "{arguments:?}"
    );
    assert!(
        arguments.contains(&("Key".to_owned(), Argument::Event)),
        "{arguments:?}"
    );
    let url = Argument::Text("https://q".to_owned());
    let arguments = &facts.aws_calls[1].arguments;
    assert_eq!(arguments[0], ("QueueUrl".to_owned(), url));
    assert_eq!(arguments[1], ("MessageBody".to_owned(), Argument::Unknown));
}

#[test]
fn a_place_is_the_methods_name() {
    let text = "import boto3\ndef handler(event, context):\n    \
                return (boto3.resource('dynamodb')\n        .Table('t')\n        .scan())\n";
    let (graph, facts) = facts_of(text);
    let call = &facts.aws_calls[0];
    let file = &graph.modules[0].source.file;
    let at = file.location(call.span.start);
    assert_eq!((at.line, at.column), (5, 10));
    assert_eq!(file.slice(call.span), "scan()");
    assert_eq!(call.function.as_deref(), Some("handler"));
}

#[test]
fn definitions_know_whom_they_call() {
    let text = "import boto3\ns3 = boto3.client('s3')\n\
                def leaf():\n    s3.list_buckets()\n\
                def pure(x):\n    return [y for y in x]\n\
                def handler(event, context):\n    leaf()\n    pure([])\n";
    let (_graph, facts) = facts_of(text);
    let found: Vec<(&str, bool, usize, usize)> = facts
        .definitions
        .iter()
        .map(|it| {
            (
                it.qualified.as_str(),
                it.calls_aws,
                it.calls.len(),
                it.lines,
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("leaf", true, 0, 2),
            ("pure", false, 0, 2),
            ("handler", true, 2, 3)
        ]
    );
}

#[test]
fn work_at_import_is_told_apart() {
    let text = "import boto3, requests\n\
                s3 = boto3.client('s3')\n\
                CONFIG = open('config.json').read()\n\
                requests.get('https://e.com')\n\
                for name in s3.list_buckets()['Buckets']:\n    pass\n\
                def handler(event, context):\n    boto3.client('sqs')\n    open('x')\n\
                if __name__ == '__main__':\n    for x in []:\n        open('y')\n";
    let (graph, facts) = facts_of(text);
    let file = &graph.modules[0].source.file;
    let found: Vec<(ImportWorkKind, usize)> = facts
        .import_work
        .iter()
        .map(|it| (it.kind, file.location(it.span.start).line))
        .collect();
    assert_eq!(
        found,
        [
            (ImportWorkKind::Client, 2),
            (ImportWorkKind::File, 3),
            (ImportWorkKind::Http, 4),
            (ImportWorkKind::Loop, 5),
            (ImportWorkKind::AwsCall, 5),
        ]
    );
}

#[test]
fn a_folder_without_init_is_local() {
    let (_folder, graph) = graph_of(&files(&[
        ("app.py", "import common.util\ndef handler(e, c): pass\n"),
        ("common/util.py", ""),
    ]));
    assert_eq!(names(&graph), ["app", "common.util"]);
    assert!(graph.imports.is_empty(), "{:?}", graph.imports);
    assert!(graph.modules[1].at_import);
}

#[test]
fn nothing_is_known_of_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let graph = load(&Sources::new(folder.path()), "a.b", &[code_at("")]);
    let facts = facts(&graph, catalogue());
    assert!(facts.aws_calls.is_empty() && facts.definitions.is_empty());
}

#[test]
fn inline_code_has_a_graph() {
    let folder = tempfile::tempdir().expect("a folder");
    let sources = Sources::new(folder.path());
    let text =
        "import boto3\ndef handler(event, context):\n    boto3.client('s3').list_buckets()\n";
    let source = sources
        .inline(Path::new("template.yaml"), text)
        .expect("valid code");
    let graph = load_inline(&sources, source, "index.handler", &[]);
    let facts = facts(&graph, catalogue());
    assert_eq!(facts.aws_calls.len(), 1);
    assert!(sources.inline(Path::new("template.yaml"), "def (").is_err());
}

#[test]
fn sources_are_shared_between_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("app.py"), "def handler(e, c): pass\n").expect("a file");
    let sources = Sources::new(folder.path());
    let read = || sources.module(Path::new("app.py")).expect("a module");
    let (one, two) = std::thread::scope(|scope| {
        let (one, two) = (scope.spawn(read), scope.spawn(read));
        (one.join().expect("a module"), two.join().expect("a module"))
    });
    assert!(std::sync::Arc::ptr_eq(&one, &two));
}
