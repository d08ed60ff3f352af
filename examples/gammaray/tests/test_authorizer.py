import pytest


@pytest.fixture
def authorizer(make_table, load):
    users = make_table("users", "username")
    module = load("authorizer", USERS_TABLE="users")
    for username, password, disabled in [
        ("ada", "lovelace", False),
        ("grace", "a:b:c", False),
        ("alan", "turing", True),
    ]:
        users.put_item(
            Item={
                "username": username,
                "salt": "salt",
                "password": module.hashed(password, "salt"),
                "disabled": disabled,
            }
        )
    return module


@pytest.mark.parametrize(
    ("name", "effect", "principal"),
    [
        ("authorizer-valid", "Allow", "ada"),
        ("authorizer-colon-in-password", "Allow", "grace"),
        ("authorizer-wrong-password", "Deny", "ada"),
        ("authorizer-unknown-user", "Deny", "nobody"),
        ("authorizer-bearer", "Deny", "anonymous"),
        ("authorizer-bad-base64", "Deny", "anonymous"),
        ("authorizer-no-header", "Deny", "anonymous"),
    ],
)
def test_answers_with_a_policy(authorizer, event, context, name, effect, principal):
    policy = authorizer.lambda_handler(event(name), context)
    assert policy["principalId"] == principal
    assert [s["Effect"] for s in policy["policyDocument"]["Statement"]] == [effect]


def test_a_disabled_user_stays_out(authorizer):
    assert not authorizer.is_valid("alan", "turing")
