//! Which Python a function is run with.

use std::fs;
use std::path::Path;

use gammaray_migrate::diagnostic::Diagnostic;
use gammaray_migrate::tools::Tools;

fn make(tools: &Path, version: &str) {
    let bin = tools.join("runtimes").join(version).join("bin");
    fs::create_dir_all(&bin).unwrap();
    fs::write(bin.join("python3"), "").unwrap();
    fs::create_dir_all(tools.join("done")).unwrap();
    fs::write(tools.join(format!("done/runtime-{version}")), "").unwrap();
}

#[test]
fn the_version_itself_or_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    for version in ["3.9", "3.10", "3.12"] {
        make(folder.path(), version);
    }
    let tools = Tools::at(folder.path());
    let chosen = |asked| {
        let runtime = tools.runtime(asked).unwrap();
        (runtime.version.to_string(), runtime.instead_of.is_some())
    };
    assert_eq!(chosen(Some("3.10")), ("3.10".into(), false));
    assert_eq!(chosen(Some("python3.9")), ("3.9".into(), false));
    assert_eq!(chosen(Some("3.11")), ("3.12".into(), true));
    assert_eq!(chosen(Some("3.8")), ("3.9".into(), true));
    assert_eq!(chosen(Some("3.14")), ("3.12".into(), true));
    assert_eq!(chosen(None), ("3.12".into(), false));

    let python = tools.runtime(Some("3.12")).unwrap().python;
    assert_eq!(python, folder.path().join("runtimes/3.12/bin/python3"));
    let warning = tools.runtime(Some("3.13")).unwrap().warning().unwrap();
    assert_eq!(warning.message, "python3.13 is not here; run with 3.12");
    assert!(warning.help.unwrap().contains("--install --python 3.13"));
    assert!(tools.runtime(Some("3.12")).unwrap().warning().is_none());
}

#[test]
fn a_half_made_environment_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    let tools = Tools::at(folder.path());
    let said = Diagnostic::from(tools.runtime(Some("3.11")).unwrap_err());
    assert!(said.help.unwrap().contains("doctor --install"));
    make(folder.path(), "3.11");
    make(folder.path(), "3.12");
    fs::remove_file(folder.path().join("done/runtime-3.12")).unwrap();
    let runtime = tools.runtime(Some("3.12")).unwrap();
    assert_eq!(runtime.version.to_string(), "3.11");
}

#[test]
fn what_is_no_python_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), "3.11");
    let refused = Tools::at(folder.path()).runtime(Some("nodejs20.x"));
    let said = Diagnostic::from(refused.unwrap_err());
    assert!(said.message.contains("nodejs20.x"), "{}", said.message);
}

#[test]
fn functions_find_what_lambda_gives_them_and_no_more() {
    let tools = Tools::at(&crate::common::tools());
    let Ok(runtime) = tools.runtime(None) else {
        crate::common::skipped("runtime", "no runtime environment; run .ci/setup");
        return;
    };
    let imports = |module: &str, path: &Path| {
        let mut command = std::process::Command::new(&runtime.python);
        command.args(["-c", &format!("import {module}")]);
        command.env("PYTHONPATH", path);
        command.output().unwrap().status.success()
    };
    for module in ["awslambdaric", "boto3", "botocore"] {
        assert!(imports(module, Path::new("")), "{module}");
    }
    for module in [
        "requests",
        "moto",
        "yaml",
        "coverage",
        "aws_lambda_powertools",
    ] {
        assert!(!imports(module, Path::new("")), "{module}");
    }
    assert!(imports("coverage.tracer", &runtime.coverage));
}
