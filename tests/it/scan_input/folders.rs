//! What a file system may hold besides plain files and folders.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use super::{Scanned, TEMPLATE, Tree};

fn pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
}

#[test]
fn pipes_do_not_block() {
    let tree = Tree::new();
    tree.remove("bad/template.yaml");
    pipe(&tree.path().join("bad/template.yaml"));
    tree.scan().says(
        0,
        "-:null:null GM0102 `bad/template.yaml` is not a regular file",
    );

    let tree = Tree::new();
    tree.remove("bad/src/app.py");
    pipe(&tree.path().join("bad/src/app.py"));
    tree.scan().says(0, "bad/template.yaml:7:16 GM0102 ");

    let tree = Tree::new();
    for name in ["src/requirements.txt", "samconfig.toml", ".ignore"] {
        pipe(&tree.path().join("bad").join(name));
    }
    let scanned = tree.scan();
    assert_eq!(scanned.exit, 0);
    scanned.function("bad/template.yaml");

    let tree = Tree::new();
    pipe(&tree.path().join("bad/.gitignore"));
    tree.scan().says(
        0,
        "-:null:null GM0102 `bad` was passed over: its .gitignore",
    );
}

#[test]
fn a_folder_named_like_a_template_is_a_folder() {
    let tree = Tree::new();
    tree.write(
        "bad/template.yml/template.yaml",
        "Resources: [AWS::Serverless\n",
    );
    tree.scan()
        .says(1, "bad/template.yml/template.yaml:2:1 GM0110 ");
}

#[test]
fn circles_of_links() {
    let tree = Tree::new();
    let bad = tree.path().join("bad");
    symlink("a", bad.join("b")).unwrap();
    symlink("b", bad.join("a")).unwrap();
    symlink("..", bad.join("src/up")).unwrap();
    symlink(".", bad.join("src/same")).unwrap();
    symlink("t.yaml", bad.join("t.yaml")).unwrap();
    tree.scan().is_clean();
    tree.write("bad/template.yaml", TEMPLATE.replace("src", "a"));
    tree.scan().says(0, "bad/template.yaml:8:16 GM0203 ");
}

#[test]
fn a_module_that_is_a_link_out_of_the_project() {
    let tree = Tree::new();
    tree.remove("bad/src/app.py");
    symlink("/etc/hostname", tree.path().join("bad/src/app.py")).unwrap();
    tree.scan().says(0, "bad/template.yaml:7:16 GM0105 ");
}

#[test]
fn odd_names() {
    let tree = Tree::new();
    let names: [&[u8]; 3] = [b"sp ace 'q\" \nline", b"bytes-\xff\xfe", b"\x1b[31mred"];
    for name in names {
        let folder = tree.path().join(OsStr::from_bytes(name));
        fs::create_dir_all(folder.join("src")).unwrap();
        fs::copy(
            tree.path().join("bad/template.yaml"),
            folder.join("template.yaml"),
        )
        .unwrap();
        fs::copy(
            tree.path().join("bad/src/app.py"),
            folder.join("src/app.py"),
        )
        .unwrap();
    }
    let scanned = tree.scan();
    assert_eq!(scanned.exit, 0, "{:#?}", scanned.diagnostics());
    assert_eq!(scanned.list("functions").len(), 5);
    for function in scanned.list("functions") {
        assert_eq!(
            function["aws_calls"].as_array().unwrap().len(),
            2,
            "{function}"
        );
    }
}

/// The super-user can read everything: then the scan is run as the user `nobody`.
#[test]
fn what_may_not_be_read_is_named() {
    let tree = Tree::new();
    tree.write("shut/template.yaml", TEMPLATE);
    for (path, mode) in [("shut", 0o000), ("bad/template.yaml", 0o000)] {
        let path = tree.path().join(path);
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }
    fs::set_permissions(tree.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let binary = tree.path().join("gammaray-migrate");
    fs::copy(env!("CARGO_BIN_EXE_gammaray-migrate"), &binary).unwrap();
    let is_root = fs::read_dir(tree.path().join("shut")).is_ok();
    let mut command = if is_root {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        command.arg(&binary);
        command
    } else {
        Command::new(&binary)
    };
    let output = command
        .args(["scan", "--format", "json"])
        .arg(tree.path())
        .output();
    let shut = tree.path().join("shut");
    fs::set_permissions(shut, fs::Permissions::from_mode(0o755)).unwrap();
    let output = match output {
        Ok(output) if !String::from_utf8_lossy(&output.stderr).contains("setpriv") => output,
        other => {
            println!("SKIPPED: privileges cannot be dropped here: {other:?}");
            return;
        }
    };
    let scanned = Scanned::new(&output);
    scanned.says(1, "-:null:null GM0102 `shut` cannot be searched");
    scanned.says(
        1,
        "bad/template.yaml:1:1 GM0102 `bad/template.yaml` cannot be read",
    );
    scanned.function("good/template.yaml");
}
