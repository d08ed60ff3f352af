"""Makes sam.json from the published aws-sam-translator package: the actions of SAM's policy
templates, and of its connectors from a Lambda function to each kind of destination.

    python3 src/aws/iam/generate.py [--check]
"""

import argparse
import json
import pathlib
import sys

import samtranslator

VERSION = "1.115.0"
OUTPUT = pathlib.Path(__file__).with_name("sam.json")
PACKAGE = pathlib.Path(samtranslator.__file__).parent


def actions(statements):
    """The allowed actions of policy statements, sorted, each once."""
    found = set()
    for statement in statements:
        listed = statement["Action"]
        found.update([listed] if isinstance(listed, str) else listed)
    return sorted(found)


def made():
    path = PACKAGE / "policy_templates_data" / "policy_templates.json"
    templates = json.loads(path.read_text())["Templates"]
    path = PACKAGE / "model" / "connector_profiles" / "profiles.json"
    destinations = json.loads(path.read_text())["Permissions"]["AWS::Lambda::Function"]
    connectors = {
        kind: {
            category: actions(policy["Statement"])
            for category, policy in profile["Properties"]["AccessCategories"].items()
            if "Statement" in policy
        }
        for kind, profile in destinations.items()
    }
    data = {
        "aws_sam_translator": VERSION,
        "policy_templates": {
            name: actions(template["Definition"]["Statement"])
            for name, template in templates.items()
        },
        "connectors": connectors,
    }
    return json.dumps(data, indent=1, sort_keys=True) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--check", action="store_true", help="compare with the file, write nothing")
    arguments = parser.parse_args()
    if samtranslator.__version__ != VERSION:
        sys.exit(f"wants aws-sam-translator {VERSION}")
    text = made()
    if not arguments.check:
        OUTPUT.write_text(text)
    elif OUTPUT.read_text() != text:
        sys.exit(f"{OUTPUT.name} differs from what the package gives; run generate.py")


if __name__ == "__main__":
    main()
