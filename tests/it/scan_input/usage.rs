//! Arguments, exit codes and the streams.

use std::process::{Command, Stdio};

use super::{Scanned, TEMPLATE, Tree};

fn scan(tree: &Tree) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gammaray-migrate"));
    command.arg("scan").current_dir(tree.path());
    command
}

#[track_caller]
fn is_usage(command: &mut Command, message: &str) {
    let output = command.output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{errors}");
    assert!(output.stdout.is_empty());
    assert!(errors.contains(message), "{errors}");
}

#[test]
fn wrong_usage_exits_with_2() {
    let tree = Tree::new();
    is_usage(scan(&tree).arg("nowhere"), "nowhere");
    is_usage(scan(&tree).arg("bad/template.yaml"), "is not a folder");
    is_usage(scan(&tree).args(["--format", "xml"]), "xml");
    is_usage(scan(&tree).arg("--nonsense"), "--nonsense");
    is_usage(scan(&tree).args(["--template"]), "--template");
}

#[test]
fn a_template_that_cannot_be_had_exits_with_1() {
    let tree = Tree::new();
    for (template, code) in [("nowhere.yaml", "GM0101"), ("bad", "GM0102")] {
        let output = scan(&tree)
            .args(["--format", "json", "--template", template])
            .output()
            .unwrap();
        Scanned::new(&output).says(1, &format!("{template}:1:1 {code} "));
    }
}

#[test]
fn only_the_template_named_is_read() {
    let tree = Tree::with_template("Resources: [x\n");
    let output = scan(&tree)
        .args(["--format", "json", "--template", "good/template.yaml"])
        .output()
        .unwrap();
    let scanned = Scanned::new(&output);
    scanned.is_clean();
    assert_eq!(scanned.list("templates").len(), 1);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let (head, function) = TEMPLATE.split_at(TEMPLATE.find("  Good").unwrap());
    let many = (0..300).map(|number| function.replace("Good", &format!("F{number}")));
    let tree = Tree::with_template(head.to_owned() + &many.collect::<String>());
    for format in ["text", "json", "markdown"] {
        let mut child = scan(&tree)
            .args(["--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{format}");
        assert!(output.stderr.is_empty(), "{format}");
    }
}

#[test]
fn colour_follows_the_environment() {
    let tree = Tree::new();
    let coloured = |variables: &[(&str, &str)]| {
        let mut command = scan(&tree);
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        let output = command.envs(variables.iter().copied()).output().unwrap();
        output.stdout.contains(&0x1b)
    };
    assert!(!coloured(&[]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[("NO_COLOR", "1")]));
}

#[test]
fn names_from_files_cannot_steer_the_terminal() {
    let tree = Tree::with_template(TEMPLATE.replace("Good", "\"\\e[31mRed\\u0007\\nLine\""));
    tree.write(
        "\u{1b}[31mred/template.yaml",
        "Resources: [AWS::Serverless\n",
    );
    for format in ["text", "markdown"] {
        let output = scan(&tree).args(["--format", format]).output().unwrap();
        let odd = |byte: &&u8| byte.is_ascii_control() && **byte != b'\n';
        let found = output.stdout.iter().chain(&output.stderr).find(odd);
        assert_eq!(found, None, "{format}");
    }
}
