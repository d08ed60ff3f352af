//! What `sam` reads of templates.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use gammaray_migrate::sam::{Code, Function, GrantSource, LayerRef, Project};
use tempfile::TempDir;

use crate::common::{shared, skipped, tool};

/// A project with the files given, read.
fn project(files: &[(&str, &str)]) -> (TempDir, Project) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let project = Project::read(folder.path(), None).unwrap();
    (folder, project)
}

fn template(body: &str) -> (TempDir, Project) {
    project(&[
        ("template.yaml", body),
        ("src/app.py", "def handler(event, context): pass\n"),
    ])
}

fn function<'a>(project: &'a Project, id: &str) -> &'a Function {
    let found = project.functions().find(|(_, function)| function.id == id);
    found
        .unwrap_or_else(|| panic!("no {id} among {:?}", project.diagnostics))
        .1
}

/// `kind payload detail` of each event.
fn events(function: &Function) -> Vec<String> {
    let events = function.events.iter();
    events
        .map(|e| {
            format!(
                "{} {} {}",
                e.kind,
                e.payload,
                e.detail().unwrap_or_default()
            )
        })
        .collect()
}

fn codes(project: &Project) -> Vec<String> {
    let templates = project
        .templates
        .iter()
        .flat_map(|template| &template.diagnostics);
    let functions = project
        .functions()
        .flat_map(|(_, function)| &function.diagnostics);
    let failures = project.failures.iter().map(|failure| &failure.diagnostic);
    let all = project
        .diagnostics
        .iter()
        .chain(templates)
        .chain(functions)
        .chain(failures);
    all.map(ToString::to_string).collect()
}

#[test]
fn merges_globals() {
    let (_folder, project) = template(
        "Globals:
  Function:
    Runtime: python3.12
    Timeout: 10
    Layers: [!Ref Common]
    Environment:
      Variables:
        STAGE: dev
        LEVEL: INFO
    Policies: [IgnoredHere]
Resources:
  Common:
    Type: AWS::Serverless::LayerVersion
    Properties: {ContentUri: layer/}
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      Timeout: 30
      Layers: ['arn:aws:lambda:eu-west-1:123456789012:layer:Other:1']
      Environment:
        Variables:
          LEVEL: DEBUG
          TABLE: !Ref Table
",
    );
    let function = function(&project, "Fn");
    assert!(function.is_python());
    assert_eq!(function.timeout.as_int(), Some(30));
    assert_eq!(function.layers.len(), 2);
    assert_eq!(function.layers[0], LayerRef::Local("Common".into()));
    let variables: BTreeMap<_, _> = function
        .environment
        .iter()
        .map(|variable| {
            (
                variable.name.as_str(),
                (variable.value.to_string(), variable.from_globals),
            )
        })
        .collect();
    assert_eq!(variables["STAGE"], ("dev".into(), true));
    assert_eq!(variables["LEVEL"], ("DEBUG".into(), false));
    assert_eq!(variables["TABLE"], ("${Table}".into(), false));
    assert!(function.grants.is_empty(), "Globals take no policies");
}

#[test]
fn resolves_intrinsics() {
    let (_folder, project) = template(
        "Parameters:
  Stage: {Type: String, Default: prod}
  Names: {Type: CommaDelimitedList, Default: 'a, b'}
  Open: {Type: String}
Mappings:
  Sizes: {prod: {memory: 512}, dev: {memory: 128}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  NotProd: !Not [!Condition IsProd]
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: !Join ['.', [app, handler]]
      Runtime: python3.12
      MemorySize: !FindInMap [Sizes, !Ref Stage, memory]
      Timeout: !If [NotProd, 3, 60]
      Architectures: [!Select [0, !Split ['|', 'arm64|x86_64']]]
      Environment:
        Variables:
          A: !Sub '${Stage}-table'
          B: !Sub ['${x}/${Queue.Arn}', {x: !Ref Stage}]
          C: !GetAtt Queue.QueueName
          D: !Ref Open
          E: !Sub '${!literal}'
          F: !Ref AWS::Region
          G: !Select [1, !Ref Names]
          H: '{{resolve:ssm:/name:1}}'
          I: !If [IsProd, yes-it-is, !Ref AWS::NoValue]
",
    );
    let function = function(&project, "Fn");
    assert_eq!(
        function.handler.as_ref().unwrap().value.as_text(),
        Some("app.handler")
    );
    assert_eq!(function.memory.as_int(), Some(512));
    assert_eq!(function.timeout.as_int(), Some(60));
    assert_eq!(function.architectures[0].as_text(), Some("arm64"));
    let values: Vec<String> = function
        .environment
        .iter()
        .map(|variable| {
            format!(
                "{}={} {}",
                variable.name,
                variable.value,
                variable.value.is_known()
            )
        })
        .collect();
    assert_eq!(
        values,
        [
            "A=prod-table true",
            "B=prod/${Queue.Arn} false",
            "C=${Queue.QueueName} false",
            "D=${Open} false",
            "E=${literal} true",
            "F=${AWS::Region} false",
            "G=b true",
            "H={{resolve:ssm:/name:1}} false",
            "I=yes-it-is true",
        ]
    );
    let reference = function.environment[2].value.reference();
    assert_eq!(reference, Some(("Queue", Some("QueueName"))));
}

#[test]
fn knows_what_each_event_delivers() {
    let (_folder, project) = template(
        "Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      Runtime: python3.12
      FunctionUrlConfig: {AuthType: NONE}
      Events:
        Rest: {Type: Api, Properties: {Path: /a, Method: get}}
        Http: {Type: HttpApi, Properties: {Path: /b, Method: '*'}}
        Http1: {Type: HttpApi, Properties: {Path: /c, Method: post, PayloadFormatVersion: '1.0'}}
        Default: {Type: HttpApi}
        Queue: {Type: SQS, Properties: {Queue: !GetAtt Q.Arn, BatchSize: 5, FunctionResponseTypes: [ReportBatchItemFailures]}}
        Topic: {Type: SNS, Properties: {Topic: !Ref T}}
        Bucket: {Type: S3, Properties: {Bucket: !Ref B, Events: 's3:ObjectCreated:*'}}
        Stream: {Type: DynamoDB, Properties: {Stream: !GetAtt D.StreamArn, StartingPosition: LATEST}}
        Kinesis: {Type: Kinesis, Properties: {Stream: !GetAtt K.Arn, StartingPosition: LATEST}}
        Tick: {Type: Schedule, Properties: {Schedule: rate(1 minute)}}
        Tock: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 minute)}}
        Rule: {Type: EventBridgeRule, Properties: {Pattern: {source: [x]}}}
        Logs: {Type: CloudWatchLogs, Properties: {LogGroupName: g, FilterPattern: ''}}
        New: {Type: FromTheFuture}
",
    );
    let function = function(&project, "Fn");
    assert_eq!(
        events(function),
        [
            "FunctionUrl FunctionUrl ",
            "Api ApiGatewayProxyV1 GET /a",
            "HttpApi ApiGatewayProxyV2 ANY /b",
            "HttpApi ApiGatewayProxyV1 POST /c",
            "HttpApi ApiGatewayProxyV2 $default",
            "SQS Sqs ${Q.Arn}",
            "SNS Sns ${T}",
            "S3 S3 ${B}",
            "DynamoDB DynamoDbStream ${D.StreamArn}",
            "Kinesis KinesisStream ${K.Arn}",
            "Schedule EventBridge rate(1 minute)",
            "ScheduleV2 Custom rate(1 minute)",
            "EventBridgeRule EventBridge {source: [x]}",
            "CloudWatchLogs CloudWatchLogs g",
            "FromTheFuture Unknown ",
        ]
    );
    assert!(function.events[5].reports_batch_item_failures);
    assert_eq!(function.events[5].batch_size, Some(5));
}

#[test]
fn finds_functions_invoked_by_other_resources() {
    let (_folder, project) = template(
        "Resources:
  Rest:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Auth:
        Authorizers:
          Token: {FunctionArn: !GetAtt Token.Arn}
          Request: {FunctionArn: !GetAtt Request.Arn, FunctionPayloadType: REQUEST}
  Http:
    Type: AWS::Serverless::HttpApi
    Properties:
      Auth:
        Authorizers:
          V2: {FunctionArn: !GetAtt V2.Arn, AuthorizerPayloadFormatVersion: '2.0'}
          V1: {FunctionArn: !GetAtt V1.Arn, AuthorizerPayloadFormatVersion: 1.0}
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: machine.asl.json
      DefinitionSubstitutions: {TaskArn: !GetAtt Task.Arn}
  Custom:
    Type: Custom::Thing
    Properties: {ServiceToken: !GetAtt Resource.Arn}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref Mapped, EventSourceArn: !GetAtt Queue.Arn}
  Queue: {Type: AWS::SQS::Queue}
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [orders]}
      Targets: [{Id: one, Arn: !GetAtt Ruled.Arn}]
  Token: &function
    Type: AWS::Serverless::Function
    Properties: {CodeUri: src/, Handler: app.handler, Runtime: python3.12}
  Request: *function
  V2: *function
  V1: *function
  Task: *function
  Resource: *function
  Mapped: *function
  Ruled: *function
",
    );
    let of = |id: &str| events(function(&project, id));
    assert_eq!(of("Token"), ["Authorizer AuthorizerToken Rest"]);
    assert_eq!(of("Request"), ["Authorizer AuthorizerRequestV1 Rest"]);
    assert_eq!(of("V2"), ["Authorizer AuthorizerRequestV2 Http"]);
    assert_eq!(of("V1"), ["Authorizer AuthorizerRequestV1 Http"]);
    assert_eq!(of("Task"), ["StateMachineTask Custom Machine"]);
    assert_eq!(of("Resource"), ["CustomResource CloudFormation Custom"]);
    assert_eq!(of("Mapped"), ["SQS Sqs ${Queue.Arn}"]);
    assert_eq!(
        of("Ruled"),
        ["EventBridgeRule EventBridge {source: [orders]}"]
    );
}

#[test]
fn reads_code_in_all_its_places() {
    let (_folder, project) = template(
        "Resources:
  Local:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: src/, Handler: app.handler, Runtime: python3.12}
  Default:
    Type: AWS::Serverless::Function
    Properties: {Handler: src/app.handler, Runtime: python3.12}
  Inline:
    Type: AWS::Serverless::Function
    Properties: {InlineCode: 'def handler(e, c): pass', Handler: index.handler, Runtime: python3.12}
  ZipFile:
    Type: AWS::Lambda::Function
    Properties: {Code: {ZipFile: 'def handler(e, c): pass'}, Handler: index.handler, Runtime: python3.12}
  Bucket:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: s3://bucket/key, Handler: app.handler, Runtime: python3.12}
  Outside:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: ../elsewhere, Handler: app.handler, Runtime: python3.12}
  Missing:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: nowhere/, Handler: app.handler, Runtime: python3.12}
",
    );
    let code = |id: &str| &function(&project, id).code;
    assert!(matches!(code("Local"), Code::Local { path, .. } if path == Path::new("src")));
    assert!(matches!(code("Default"), Code::Local { path, .. } if path == Path::new("")));
    assert!(matches!(code("Inline"), Code::Inline { text, .. } if text.starts_with("def")));
    assert!(matches!(code("ZipFile"), Code::Inline { .. }));
    assert!(matches!(code("Bucket"), Code::Remote(_)));
    assert!(matches!(code("Outside"), Code::Missing));
    let said = codes(&project);
    assert!(
        said.iter()
            .any(|d| d.starts_with("template.yaml:19:27: error[GM0202]")),
        "{said:#?}"
    );
    assert!(
        said.iter()
            .any(|d| d.starts_with("template.yaml:22:27: warning[GM0203]")),
        "{said:#?}"
    );
    assert_eq!(said.len(), 2);
}

#[test]
fn reads_grants_in_all_their_forms() {
    let (_folder, project) = template(
        "Resources:
  Fn:
    Type: AWS::Serverless::Function
    Connectors:
      Write: {Properties: {Destination: {Id: Queue}, Permissions: [Write]}}
    Properties:
      CodeUri: src/
      Handler: app.handler
      Runtime: python3.12
      Policies:
        - AWSLambdaBasicExecutionRole
        - DynamoDBReadPolicy: {TableName: !Ref Table}
        - Statement:
            - {Effect: Allow, Action: 's3:*', Resource: '*'}
            - {Effect: Deny, Action: ['s3:PutObject'], Resource: '*'}
        - Version: 2012-10-17
          Statement: {Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Queue.Arn}
  Queue: {Type: AWS::SQS::Queue}
  Role:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSQSFullAccess']
      Policies:
        - PolicyName: one
          PolicyDocument: {Statement: [{Effect: Allow, Action: ['ses:SendEmail'], Resource: '*'}]}
  WithRole:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: src/, Handler: app.handler, Runtime: python3.12, Role: !GetAtt Role.Arn}
  Foreign:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: src/, Handler: app.handler, Runtime: python3.12, Role: 'arn:aws:iam::1:role/x'}
",
    );
    let grants = |id: &str| -> Vec<String> {
        let grants = function(&project, id).grants.iter();
        grants
            .map(|grant| match &grant.source {
                GrantSource::PolicyTemplate { name, .. } => format!("template {name}"),
                GrantSource::Statement {
                    denied, actions, ..
                } => {
                    format!("statement {denied} {}", actions[0])
                }
                GrantSource::Managed(name) => format!("managed {name}"),
                GrantSource::Connector {
                    permissions,
                    destination,
                } => {
                    format!("connector {permissions:?} {destination:?}")
                }
                GrantSource::Role(role) => format!("role {role}"),
            })
            .collect()
    };
    assert_eq!(
        grants("Fn"),
        [
            "managed AWSLambdaBasicExecutionRole",
            "template DynamoDBReadPolicy",
            "statement false s3:*",
            "statement true s3:PutObject",
            "statement false sqs:SendMessage",
            "connector [\"Write\"] Some(\"AWS::SQS::Queue\")",
        ]
    );
    assert_eq!(
        grants("WithRole"),
        [
            "statement false ses:SendEmail",
            "managed arn:aws:iam::aws:policy/AmazonSQSFullAccess"
        ]
    );
    assert_eq!(grants("Foreign"), ["role arn:aws:iam::1:role/x"]);
}

#[test]
fn follows_nested_stacks_and_passes_parameters() {
    let child = "Parameters: {Name: {Type: String}}
Resources:
  Child:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: .
      Handler: app.handler
      Runtime: python3.12
      Environment: {Variables: {NAME: !Ref Name}}
";
    let parent = "Resources:
  Nested:
    Type: AWS::Serverless::Application
    Properties: {Location: child/template.yaml, Parameters: {Name: given}}
  Fn:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: child/, Handler: app.handler, Runtime: python3.12}
";
    let (_folder, project) = project(&[("template.yaml", parent), ("child/template.yaml", child)]);
    assert_eq!(project.templates.len(), 2);
    assert_eq!(
        function(&project, "Child").environment[0].value.as_text(),
        Some("given")
    );
}

#[test]
fn says_that_nesting_goes_in_a_circle() {
    let stack = |other: &str| {
        format!(
            "Resources:
  Nested: {{Type: AWS::Serverless::Application, Properties: {{Location: {other}}}}}
"
        )
    };
    let (_folder, project) = project(&[("a.yaml", &stack("b.yaml")), ("b.yaml", &stack("a.yaml"))]);
    assert_eq!(project.templates.len(), 2);
    assert!(
        codes(&project).iter().any(|d| d.contains("error[GM0204]")),
        "{:?}",
        codes(&project)
    );
}

#[test]
fn expands_loops() {
    let (_folder, project) = template(
        "Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Resources:
  Fn::ForEach::Functions:
    - Name
    - [Alpha, Beta]
    - Fn${Name}:
        Type: AWS::Serverless::Function
        Properties:
          CodeUri: src/
          Handler: !Sub 'app.${Name}'
          Runtime: python3.12
",
    );
    let handler = |id: &str| {
        function(&project, id)
            .handler
            .as_ref()
            .unwrap()
            .value
            .to_string()
    };
    assert_eq!(handler("FnAlpha"), "app.Alpha");
    assert_eq!(handler("FnBeta"), "app.Beta");
}

#[test]
fn goes_on_after_every_wrong_shape() {
    let shapes = [
        "null", "[]", "text", "7", "{a: b}", "[[], {}]", "!Ref X", "!If [A]", "~",
    ];
    for section in ["Globals", "Parameters", "Mappings", "Conditions", "Outputs"] {
        for shape in shapes {
            template(&format!(
                "{section}: {shape}\nResources:\n  Fn: {{Type: AWS::Serverless::Function}}\n"
            ));
        }
    }
    for property in [
        "Events",
        "Environment",
        "Policies",
        "Layers",
        "Runtime",
        "Handler",
        "CodeUri",
        "Role",
        "MemorySize",
        "Timeout",
        "Architectures",
        "Tracing",
        "FunctionUrlConfig",
        "InlineCode",
    ] {
        for shape in shapes {
            let (_folder, project) = template(&format!(
                "Resources:\n  Fn:\n    Type: AWS::Serverless::Function\n    Properties:\n      \
                 {property}: {shape}\n  Other:\n    Type: AWS::Serverless::Function\n"
            ));
            assert_eq!(project.functions().count(), 2, "{property}: {shape}");
        }
    }
}

#[test]
fn finds_templates_and_leaves_other_files_alone() {
    let body = "Resources: {Fn: {Type: AWS::Serverless::Function}}\n";
    let (_folder, project) = project(&[
        ("a/template.yaml", body),
        ("b/app.yml", body),
        (
            "c/stack.json",
            "{\"Resources\": {\"Fn\": {\"Type\": \"AWS::Lambda::Function\"}}}",
        ),
        (".aws-sam/build/template.yaml", body),
        ("node_modules/x/template.yaml", body),
        ("ignored/template.yaml", body),
        (".gitignore", "ignored/\n"),
        (
            "docs/openapi.yaml",
            "openapi: 3.0.1\ninfo: {title: AWS::Serverless}\n",
        ),
        ("broken/template.yaml", "Resources:\n\t- AWS::Serverless\n"),
    ]);
    let paths: Vec<_> = project
        .templates
        .iter()
        .map(|t| t.file.path().to_owned())
        .collect();
    assert_eq!(
        paths,
        [
            Path::new("a/template.yaml"),
            Path::new("b/app.yml"),
            Path::new("c/stack.json")
        ]
    );
    assert_eq!(project.failures.len(), 1);
    let said = project.failures[0].diagnostic.to_string();
    assert!(said.starts_with("broken/template.yaml:2:"), "{said}");
}

#[test]
fn reads_every_shared_template() {
    let Some(shared) = shared() else {
        return skipped(
            "reads_every_shared_template",
            "there is no ../shared/templates",
        );
    };
    let folder = shared.join("templates");
    let table = fs::read_to_string(folder.join("SOURCES.tsv")).unwrap();
    let project = Project::read(&folder, None).unwrap();
    assert!(project.failures.is_empty(), "{:?}", project.failures);
    let mut checked = 0;
    for row in table.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let template = project
            .templates
            .iter()
            .find(|t| t.file.path() == Path::new(columns[0]));
        let functions: Vec<&Function> = template
            .iter()
            .flat_map(|template| &template.functions)
            .filter(|f| f.kind == gammaray_migrate::sam::FunctionKind::Serverless)
            .collect();
        let python = functions
            .iter()
            .filter(|function| function.is_python())
            .count();
        assert_eq!(
            functions.len().to_string(),
            columns[4],
            "functions of {}",
            columns[0]
        );
        assert_eq!(
            python.to_string(),
            columns[5],
            "Python functions of {}",
            columns[0]
        );
        checked += 1;
    }
    assert_eq!(checked, 123);
}

#[test]
fn globals_merge_as_aws_sam_translator_merges_them() {
    let test = "globals_merge_as_aws_sam_translator_merges_them";
    let Some(shared) = shared() else {
        return skipped(test, "there is no ../shared/templates");
    };
    let Some(python) = tool("python") else {
        return skipped(test, "python is missing");
    };
    let folder = shared.join("templates");
    let project = Project::read(&folder, None).unwrap();
    let paths: Vec<String> = project
        .templates
        .iter()
        .map(|template| folder.join(template.file.path()).display().to_string())
        .collect();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/sam/globals.py");
    let output = assert_cmd::Command::new(python)
        .arg(script)
        .write_stdin(paths.join("\n"))
        .output()
        .unwrap();
    if !output.status.success() {
        return skipped(test, &String::from_utf8_lossy(&output.stderr));
    }
    let mut compared = 0;
    let answers = String::from_utf8(output.stdout).unwrap();
    for (template, answer) in project.templates.iter().zip(answers.lines()) {
        let answer: serde_json::Value = serde_json::from_str(answer).unwrap();
        for function in &template.functions {
            let Some(expected) = answer.get(&function.id) else {
                continue;
            };
            let place = format!("{} {}", template.file.path().display(), function.id);
            if let Some(names) = expected["variables"].as_array() {
                let mut found: Vec<&str> = function
                    .environment
                    .iter()
                    .map(|variable| variable.name.as_str())
                    .collect();
                found.sort_unstable();
                assert_eq!(&found, names, "{place}");
            }
            if let Some(runtime) = expected["runtime"].as_str() {
                assert_eq!(
                    function.runtime.as_ref().unwrap().value.to_string(),
                    runtime,
                    "{place}"
                );
            }
            if let Some(handler) = expected["handler"].as_str() {
                assert_eq!(
                    function.handler.as_ref().unwrap().value.to_string(),
                    handler,
                    "{place}"
                );
            }
            if let Some(timeout) = expected["timeout"].as_i64() {
                assert_eq!(function.timeout.as_int(), Some(timeout), "{place}");
            }
            if let Some(memory) = expected["memory"].as_i64() {
                assert_eq!(function.memory.as_int(), Some(memory), "{place}");
            }
            if let Some(layers) = expected["layers"].as_u64() {
                assert_eq!(function.layers.len() as u64, layers, "{place}");
            }
            assert_eq!(
                function.tracing,
                expected["tracing"].as_bool().unwrap(),
                "{place}"
            );
            compared += 1;
        }
    }
    println!("{compared} functions compared");
    assert!(compared > 150, "{compared}");
}
