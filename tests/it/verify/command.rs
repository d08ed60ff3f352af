//! `gammaray-migrate verify` as a user runs it, with real functions under the local Lambda.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use tempfile::TempDir;

use crate::common::{copy, skipped, tool};

/// A project of its own, and the places that the tool may leave things in.
struct Bench {
    project: TempDir,
    temporary: TempDir,
}

impl Bench {
    fn new(test: &str) -> Option<Self> {
        if tool("moto_server").is_none() || gammaray_migrate::tools::runtime(None).is_err() {
            skipped(test, "moto or a runtime is missing; run .ci/setup");
            return None;
        }
        let project = tempfile::tempdir().unwrap();
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        for part in ["verify", "misbehaving"] {
            copy(&fixtures.join(part), &project.path().join(part));
        }
        Some(Self {
            project,
            temporary: tempfile::tempdir().unwrap(),
        })
    }

    fn command(&self, function: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(cargo_bin("gammaray-migrate"));
        command
            .args(["verify", function, "--template", "verify/template.yaml"])
            .args(arguments)
            .current_dir(self.project.path())
            .env("TMPDIR", self.temporary.path())
            .env("NO_COLOR", "1");
        command
    }

    fn run(&self, function: &str, arguments: &[&str]) -> Output {
        let output = self.command(function, arguments).output().unwrap();
        assert_eq!(self.left(), Vec::<PathBuf>::new(), "left behind");
        output
    }

    fn json(&self, function: &str, arguments: &[&str]) -> (Option<i32>, Value) {
        let output = self.run(function, &[arguments, &["--format", "json"]].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let json = serde_json::from_slice(&output.stdout);
        (
            output.status.code(),
            json.unwrap_or_else(|_| panic!("{said}")),
        )
    }

    /// Temporary files that are still there.
    fn left(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.temporary.path()).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    }

    fn edit(&self, file: &str, find: &str, replace: &str) {
        let path = self.project.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches(find).count(), 1, "{find}");
        fs::write(&path, text.replace(find, replace)).unwrap();
    }

    /// A copy of a function's code with one change, by its path from the project.
    fn changed(&self, name: &str, find: &str, replace: &str) -> String {
        let folder = format!("changed/{name}");
        let from = self.project.path().join("verify/functions").join(name);
        copy(&from, &self.project.path().join(&folder));
        self.edit(&format!("{folder}/app.py"), find, replace);
        folder
    }
}

/// Processes whose environment or arguments name a folder.
fn processes(folder: &Path) -> usize {
    let folder = folder.display().to_string();
    let names = |path: PathBuf| {
        fs::read(path).is_ok_and(|text| String::from_utf8_lossy(&text).contains(&folder))
    };
    fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|process| {
            process
                .file_name()
                .is_some_and(|it| it != "self" && it != "thread-self")
        })
        .filter(|process| names(process.join("environ")) || names(process.join("cmdline")))
        .count()
}

#[test]
fn what_differs_from_run_to_run_is_no_difference() {
    let Some(bench) = Bench::new("noise") else {
        return;
    };
    let (code, json) = bench.json("noisy", &["--generate", "40"]);
    assert_eq!(code, Some(0), "{json:#}");
    assert_eq!(json["schema"], 1);
    assert_eq!(json["verdict"], "equal");
    let operations = ["dynamodb GetItem", "dynamodb PutItem", "sqs SendMessage"];
    assert_eq!(json["operations"], serde_json::json!(operations));
    let cases = json["cases"].as_array().unwrap();
    let of = |origin: &str| cases.iter().filter(|it| it["origin"] == origin).count();
    assert!(of("project") == 1 && of("usual") >= 1 && of("varied") > 3 && of("fault") > 8);
    let notes = json["notes"].to_string();
    assert!(
        notes.contains("ELSEWHERE names what is not here"),
        "{notes}"
    );
    assert!(!bench.project.path().join(".gammaray-migrate").exists());
}

#[test]
fn of_calls_at_once_the_one_that_fails_is_told_by_its_parameters() {
    let Some(bench) = Bench::new("concurrent") else {
        return;
    };
    let (code, json) = bench.json("concurrent", &["--generate", "60"]);
    assert_eq!(code, Some(0), "{json:#}");
    let cases = json["cases"].as_array().unwrap();
    let names = cases.iter().filter_map(|case| case["name"].as_str());
    let one_call = names.filter_map(|name| name.split_once("; ")?.1.strip_suffix(" is denied"));
    let mut alone: Vec<&str> = one_call.filter(|name| name.contains('(')).collect();
    alone.sort_unstable();
    // The queue's attributes are asked for twice alike, so that neither call can be told.
    let expected = [
        r#"dynamodb GetItem (Key {"id":{"S":"b"}})"#,
        "dynamodb PutItem (the second)",
    ];
    assert_eq!(alone, expected);
}

#[test]
fn each_kind_of_difference_is_found_saved_and_replayed() {
    let Some(bench) = Bench::new("differences") else {
        return;
    };
    let changes = [
        (
            "result",
            "\"found\": found",
            "\"found\": str(found).lower()",
        ),
        (
            "calls",
            "MessageBody=json.dumps(item)",
            "MessageBody=json.dumps(item, indent=1)",
        ),
        ("requests", "data=b\"done\"", "data=b\"DONE\""),
        ("log", "\"for\", found", "\"for\", found.upper()"),
    ];
    let mut saved = String::new();
    for (part, find, replace) in changes {
        let folder = bench.changed("noisy", find, replace);
        let (code, json) = bench.json("noisy", &["--generate", "0", "--replacement", &folder]);
        assert_eq!(code, Some(1), "{part}: {json:#}");
        let cases = json["cases"].as_array().unwrap();
        let known = cases.iter().find(|it| it["name"] == "known").unwrap();
        assert_eq!(known["verdict"], "different");
        let differences = known["differences"].as_array().unwrap();
        assert!(
            differences.iter().all(|it| it["part"] == part) && !differences.is_empty(),
            "{part}: {differences:?}"
        );
        saved = known["saved"].as_str().unwrap().to_owned();
    }
    // The last change is still in place.
    let arguments = ["--replay", &saved, "--replacement", "changed/noisy"];
    let (code, json) = bench.json("noisy", &arguments);
    assert_eq!((code, &json["counts"]["different"]), (Some(1), &1.into()));
    let (code, _) = bench.json("noisy", &["--replay", &saved]);
    assert_eq!(code, Some(0), "the original against itself");
    let ignored = bench.project.path().join(".gammaray-migrate/.gitignore");
    assert_eq!(fs::read_to_string(ignored).unwrap(), "*\n");
}

#[test]
fn a_case_that_only_differs_when_warm_is_saved_with_what_came_before() {
    let Some(bench) = Bench::new("warm state") else {
        return;
    };
    let folder = bench.changed("warm", "len(seen)", "min(len(seen), 3)");
    let (code, json) = bench.json("warm", &["--generate", "5", "--replacement", &folder]);
    assert_eq!(code, Some(1), "{json:#}");
    assert_eq!(
        json["counts"]["different"], 2,
        "the fourth and the fifth call"
    );
    let first = json["cases"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["verdict"] == "different")
        .unwrap();
    let history = first["evidence"]["case"]["history"].as_array().unwrap();
    assert_eq!(history.len(), 3);
    let saved = first["saved"].as_str().unwrap();
    let (code, _) = bench.json("warm", &["--replay", saved, "--replacement", &folder]);
    assert_eq!(code, Some(1), "it differs again when replayed");
}

#[test]
fn junit_tells_what_failed() {
    let Some(bench) = Bench::new("junit") else {
        return;
    };
    let folder = bench.changed("warm", "{\"calls\"", "{\"<calls>\"");
    let arguments = [
        "--generate",
        "3",
        "--replacement",
        &folder,
        "--format",
        "junit",
    ];
    let output = bench.run("warm", &arguments);
    assert_eq!(output.status.code(), Some(1));
    let xml = String::from_utf8(output.stdout).unwrap();
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut cases, mut failures) = (0, 0);
    loop {
        match reader.read_event().expect("well-formed") {
            quick_xml::events::Event::Start(start) => match start.name().as_ref() {
                "testcase" => cases += 1,
                "failure" => failures += 1,
                _ => {}
            },
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!((cases, failures), (3, 3), "{xml}");
    assert!(xml.contains("tests=\"3\" failures=\"3\""), "{xml}");
    assert!(xml.contains("&lt;calls&gt;"), "{xml}");
}

#[test]
fn functions_that_misbehave_are_reported_as_lambda_would() {
    let Some(bench) = Bench::new("misbehaving functions") else {
        return;
    };
    let expected = [
        ("raises", "KeyError"),
        ("hangs", "Sandbox.Timedout"),
        ("dies", "Runtime.ExitError"),
        ("returns-a-set", "Runtime.MarshalError"),
    ];
    for (function, error) in expected {
        let (code, json) = bench.json(function, &["--generate", "2"]);
        assert_eq!(code, Some(0), "{function}: {json:#}");
        assert_eq!(json["errors"][error], 2, "{function}: {}", json["errors"]);
        let notes = json["notes"].to_string();
        assert!(notes.contains("answered in no case"), "{notes}");
    }
    let event = bench.project.path().join("exit.json");
    fs::write(&event, "{\"status\": 0}").unwrap();
    let arguments = ["--generate", "0", "--event", "exit.json"];
    let (code, json) = bench.json("exits", &arguments);
    assert_eq!(
        (code, &json["errors"]["Runtime.ExitError"]),
        (Some(0), &1.into())
    );
    for function in ["prints-much", "forks"] {
        let (code, json) = bench.json(function, &["--generate", "2"]);
        assert_eq!(
            (code, &json["counts"]["answered"]),
            (Some(0), &2.into()),
            "{function}"
        );
    }
    assert_eq!(processes(bench.temporary.path()), 0);
}

#[test]
fn what_cannot_be_run_is_said_with_exit_code_2() {
    let Some(bench) = Bench::new("what cannot be run") else {
        return;
    };
    let says = |function: &str, arguments: &[&str], words: &[&str]| {
        let output = bench.run(function, arguments);
        assert_eq!(output.status.code(), Some(2), "{function}");
        let said = String::from_utf8(output.stderr)
            .unwrap()
            .replace("\n  │ ", " ");
        for word in words {
            assert!(said.contains(word), "{word} is not in:\n{said}");
        }
        assert!(output.stdout.is_empty());
    };
    says(
        "broken",
        &[],
        &["GM0701", "Runtime.ImportModuleError", "does_not_exist"],
    );
    says("nobody", &[], &["GM0601", "no function `nobody`", "noisy"]);
    says(
        "misbehaving",
        &[],
        &["GM0602", "RaisesFunction", "by its logical id"],
    );
    says(
        "warm",
        &["--replacement", "nowhere"],
        &["GM0701", "nowhere"],
    );
    says("warm", &["--event", "nowhere.json"], &["nowhere.json"]);
    says(
        "warm",
        &["--cases", "nowhere"],
        &["nowhere", "no such folder"],
    );
    says(
        "warm",
        &["--original", "no-such-revision"],
        &["no-such-revision"],
    );
    let bad = bench.project.path().join("bad");
    fs::create_dir(&bad).unwrap();
    fs::write(bad.join("a.json"), "{\"event\": {}, \"stat\": {}}").unwrap();
    says(
        "warm",
        &["--cases", "bad"],
        &["a.json", "unknown field `stat`"],
    );

    let empty = tempfile::tempdir().unwrap();
    let output = bench
        .command("warm", &[])
        .env("GAMMARAY_TOOLS", empty.path())
        .env("PATH", empty.path())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("doctor --install"), "{said}");
}

#[test]
fn an_earlier_revision_is_the_original() {
    let Some(bench) = Bench::new("revisions") else {
        return;
    };
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
        let status = Command::new("git")
            .args(identity)
            .args(arguments)
            .current_dir(bench.project.path())
            .status();
        assert!(status.unwrap().success(), "git {arguments:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "before"]);
    bench.edit("verify/functions/warm/app.py", "len(seen)", "len(seen) + 1");
    let (code, json) = bench.json("warm", &["--generate", "2", "--original", "HEAD"]);
    assert_eq!(code, Some(1), "{json:#}");
    let evidence = &json["cases"][0]["evidence"];
    assert_eq!(evidence["original"]["outcome"]["result"]["calls"], 1);
    assert_eq!(evidence["replacement"]["outcome"]["result"]["calls"], 2);
}

#[test]
fn an_interrupt_leaves_nothing_behind() {
    let Some(bench) = Bench::new("interrupts") else {
        return;
    };
    let mut child = bench
        .command("hangs", &["--generate", "20"])
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let deadline = Instant::now() + Duration::from_secs(30);
    // Until functions run: they are told of their temporary folder.
    while processes(bench.temporary.path()) < 5 && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(processes(bench.temporary.path()) >= 5, "it runs");
    let interrupt = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(interrupt.unwrap().success());
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(130));
    assert_eq!(bench.left(), Vec::<PathBuf>::new());
    assert_eq!(processes(bench.temporary.path()), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_go_to_an_endpoint_that_is_given_as_it_is() {
    let Some(bench) = Bench::new("endpoints") else {
        return;
    };
    let moto = tool("moto_server").unwrap();
    let server = gammaray_migrate::lambda::standin::Server::start(&moto)
        .await
        .unwrap();
    let endpoint = format!("http://{}", server.address());
    let arguments = [
        "--generate",
        "3",
        "--no-faults",
        "--aws-endpoint",
        &endpoint,
    ];
    let (code, json) = bench.json("noisy", &arguments);
    assert_eq!(code, Some(0), "{json:#}");
    // Nobody made the table there.
    assert_eq!(
        json["errors"]["ResourceNotFoundException"], 4,
        "{}",
        json["errors"]
    );
}

#[test]
fn bench_measures_what_verify_compares() {
    let Some(bench) = Bench::new("bench") else {
        return;
    };
    let folder = bench.changed("warm", "len(seen)", "len(seen) + 1");
    let run = |function: &str, arguments: &[&str]| {
        Command::new(cargo_bin("gammaray-migrate"))
            .args(["bench", function, "--template", "verify/template.yaml"])
            .args(["--rounds", "2", "--warm", "4", "--memory", "256"])
            .args(arguments)
            .current_dir(bench.project.path())
            .env("TMPDIR", bench.temporary.path())
            .output()
            .unwrap()
    };
    let arguments = [
        "--replacement",
        &folder,
        "--format",
        "json",
        "--html",
        "page.html",
    ];
    let output = run("warm", &arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["schema"], 1);
    let variants = json["functions"][0]["variants"].as_array().unwrap();
    let names: Vec<_> = variants
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["python", "bound"]);
    let page = fs::read_to_string(bench.project.path().join("page.html")).unwrap();
    assert!(page.contains("<svg") && page.contains("WarmFunction"));

    let again = run("warm", &["--html", "page.html"]);
    let said = String::from_utf8(again.stderr).unwrap();
    assert!(
        !again.status.success() && said.contains("page.html"),
        "{said}"
    );
    let raises = run("raises", &[]);
    let said = String::from_utf8(raises.stderr).unwrap();
    assert_eq!(raises.status.code(), Some(2), "{said}");
    assert!(
        said.contains("GM0701") && said.contains("answers no event"),
        "{said}"
    );
    assert_eq!(bench.left(), Vec::<PathBuf>::new());
    assert_eq!(processes(bench.temporary.path()), 0);
}
