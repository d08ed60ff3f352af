//! The example applications work: their own tests, cfn-lint, and a real `sam build`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use walkdir::WalkDir;

use crate::common::{skipped, tool, tools};

const EXAMPLES: &[&str] = &["gammaray", "orders"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn checked(output: &Output, what: &str) {
    assert!(
        output.status.success(),
        "{what}: {}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

/// A copy of an example, without what earlier runs left in it.
fn copy(name: &str) -> tempfile::TempDir {
    let source = root().join("examples").join(name);
    let folder = tempfile::tempdir().unwrap();
    let kept = |name: &str| !matches!(name, ".aws-sam" | "__pycache__" | ".pytest_cache");
    let walk = WalkDir::new(&source).into_iter();
    for entry in walk.filter_entry(|entry| kept(&entry.file_name().to_string_lossy())) {
        let entry = entry.unwrap();
        let target = folder
            .path()
            .join(entry.path().strip_prefix(&source).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
    folder
}

#[test]
fn their_own_tests_pass() {
    let Some(python) = tool("python") else {
        return skipped("their_own_tests_pass", "python is missing; run .ci/setup");
    };
    let ready = Command::new(&python)
        .args(["-c", "import pytest, moto, aiobotocore"])
        .output();
    if !ready.is_ok_and(|output| output.status.success()) {
        return skipped(
            "their_own_tests_pass",
            "pytest or moto is missing; run .ci/setup",
        );
    }
    for name in EXAMPLES {
        let folder = copy(name);
        let output = Command::new(&python)
            .args(["-m", "pytest", "-q", "tests"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        checked(&output, name);
    }
}

#[test]
fn cfn_lint_finds_nothing() {
    let Some(cfn_lint) = tool("cfn-lint") else {
        return skipped(
            "cfn_lint_finds_nothing",
            "cfn-lint is missing; run .ci/setup",
        );
    };
    let templates = [
        "gammaray/template.yaml",
        "orders/template.yaml",
        "orders/notifications/template.yaml",
    ];
    let templates = templates.map(|path| root().join("examples").join(path));
    let output = Command::new(cfn_lint).args(templates).output().unwrap();
    checked(&output, "cfn-lint");
}

/// Runs `sam build` on a copy of an example and looks for files below each function's folder.
/// Skipped where a program that the build needs is missing or does not run.
fn builds_with_sam(test: &str, example: &str, needed: &[&str], built: &[&str]) {
    let Some(sam) = tool("sam") else {
        return skipped(test, "sam is missing; run .ci/setup");
    };
    for program in needed {
        let runs = tool(program).is_some_and(|path| {
            Command::new(path)
                .arg("--version")
                .output()
                .is_ok_and(|o| o.status.success())
        });
        if !runs {
            return skipped(test, &format!("{program} is missing"));
        }
    }
    let folder = copy(example);
    let build = Command::new(sam)
        .arg("build")
        .current_dir(folder.path())
        .env("SAM_CLI_TELEMETRY", "0")
        .output()
        .unwrap();
    checked(&build, "sam build");
    for file in built {
        let path = folder.path().join(".aws-sam/build").join(file);
        assert!(path.is_file(), "{} is missing", path.display());
    }
}

#[test]
fn gammaray_builds_with_sam() {
    builds_with_sam(
        "gammaray_builds_with_sam",
        "gammaray",
        &["python3.11", "npm", "javac"],
        &[
            "AuthorizerFunction/app.py",
            "AuthorizerFunction/boto3/__init__.py",
            "ListBucketsFunction/aiobotocore/__init__.py",
            "CreateDashboardFunction/app.py",
            "ConsumeAnalyticsFunction/app.py",
            "RenderBadgeFunction/index.js",
            "ExportReportFunction/gammaray/ExportReport.class",
        ],
    );
}

#[test]
fn orders_build_with_sam() {
    builds_with_sam(
        "orders_build_with_sam",
        "orders",
        &["python3.11"],
        &[
            "ApiFunction/app.py",
            "TakePaymentFunction/payment.py",
            "NotifyFunction/requests/__init__.py",
            "CommonLayer/python/orders_common/aws.py",
            "Notifications/SendEmailFunction/app.py",
        ],
    );
}

#[test]
fn generated_data_is_what_the_published_packages_give() {
    let test = "generated_data_is_what_the_published_packages_give";
    let packages: PathBuf = tools().join("catalogue");
    let Some(python) = tool("python").filter(|_| packages.is_dir()) else {
        return skipped(test, "the packages are missing; run .ci/setup");
    };
    for script in ["src/aws/catalogue/generate.py", "src/aws/iam/generate.py"] {
        let output = Command::new(&python)
            .arg(root().join(script))
            .arg("--check")
            .env("PYTHONPATH", &packages)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .output()
            .unwrap();
        checked(&output, script);
    }
}
