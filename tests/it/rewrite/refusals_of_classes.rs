//! Python that is refused, because in Rust it would be something else, with what is said about it;
//! and its neighbours that are not refused.

use gammaray_migrate::compiler::check;
use gammaray_migrate::sam;

use crate::plan::project::Project;

const TEMPLATE: &str = "\
Transform: AWS::Serverless-2016-10-31
Resources:
  OneFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/one/
      Handler: app.handler
      Runtime: python3.11
";

/// What is said of a handler's module.
fn reasons(python: &str) -> Vec<String> {
    let project = Project::empty();
    project.write("template.yaml", TEMPLATE);
    project.write("functions/one/app.py", python);
    let sam = sam::Project::read(project.root(), None).unwrap();
    let (_, function) = sam.function("OneFunction").unwrap();
    match check(&sam, function) {
        Ok(()) => Vec::new(),
        Err(found) => found
            .iter()
            .map(|it| format!("{} {}", it.code, it.message))
            .collect(),
    }
}

/// A class and what the handler does with it; `REFUSED` is a part of what is said, empty where it is
/// translated.
struct Case {
    python: &'static str,
    handler: &'static str,
    refused: &'static str,
}

fn try_all(cases: &[Case]) {
    let mut wrong = Vec::new();
    for case in cases {
        let python = format!(
            "{}\n\ndef handler(event, context):\n    {}\n",
            case.python,
            case.handler.replace('\n', "\n    ")
        );
        let found = reasons(&python);
        let is_right = match case.refused {
            "" => found.is_empty(),
            part => found.iter().any(|it| it.contains(part)),
        };
        if !is_right {
            wrong.push(format!("{}\n{}\n-> {found:#?}", case.python, case.handler));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

macro_rules! cases {
    ($($python:expr, $handler:expr => $refused:expr;)+) => {
        &[$(Case { python: $python, handler: $handler, refused: $refused }),+]
    };
}

#[test]
fn classes_that_are_more_than_they_look() {
    try_all(cases! {
        "from functools import total_ordering\n@total_ordering\nclass A:\n    pass", "A()"
            => "the class decorator `@total_ordering`";
        "class A(type):\n    pass", "A()" => "inherits from another class";
        "class Meta(type):\n    pass\nclass A(metaclass=Meta):\n    pass", "A()" => "a metaclass";
        "class B:\n    pass\nclass A(B):\n    pass", "A()" => "inherits from another class";
        "class A:\n    __slots__ = ('a',)", "A()" => "which sets `__slots__`";
        "class A:\n    def __len__(self):\n        return 0", "return not A()" => "which has `__len__`";
        "class A:\n    print('x')", "A()" => "whose body has an expression";
        "class A:\n    a = b = 1", "A()" => "a binding of several names";
        "class A:\n    items = []\n    def add(self, it):\n        self.items.append(it)", "A().add(1)"
            => "an attribute of a class that is not a constant";
        "class A:\n    count = 0", "A.count = 1" => "setting `count`";
        "class A:\n    @property\n    def x(self):\n        return 1\n    @x.setter\n    def x(self, value):\n        pass",
            "a = A()\na.x = 2" => "cannot be translated";
        "class A:\n    def x(self):\n        return 1\n    def set(self):\n        self.x = 2", "A().set()"
            => "which is an attribute and a method";
        "class A:\n    def __init__(self):\n        self.__secret = 1", "return vars(A())"
            => "whose name Python changes";
        "class A:\n    def __init__(self):\n        self.secret = 1", "return vars(A())" => "";
        "class A(object):\n    def __run(self):\n        return 1\n    def run(self):\n        return self.__run()",
            "return A().run()" => "";
        "class A:\n    def __init__(self):\n        self.a = 1", "a = A()\ndel a.a" => "this `del`";
    });
}

#[test]
fn dataclasses_that_are_more_than_fields() {
    let data = "from dataclasses import dataclass, field\nfrom typing import ClassVar\n";
    let case = |rest: &str, refused: &str| {
        let found = reasons(&format!(
            "{data}{rest}\n\ndef handler(event, context):\n    return str(A(1))\n"
        ));
        let is_right = match refused {
            "" => found.is_empty(),
            part => found.iter().any(|it| it.contains(part)),
        };
        assert!(is_right, "{rest}: {found:#?}");
    };
    case("@dataclass\nclass A:\n    a: int", "");
    case("@dataclass()\nclass A:\n    a: int", "");
    case(
        "@dataclass(frozen=True)\nclass A:\n    a: int",
        "the class decorator",
    );
    case(
        "@dataclass(order=True)\nclass A:\n    a: int",
        "the class decorator",
    );
    case(
        "@dataclass\nclass A:\n    a: int\n    def __post_init__(self):\n        self.a = 2",
        "`__post_init__`",
    );
    case(
        "@dataclass\nclass A:\n    a: int\n    def __init__(self, b):\n        self.a = b",
        "`__init__`",
    );
    case(
        "@dataclass\nclass A:\n    a: int\n    def __repr__(self):\n        return 'A'",
        "`__repr__`",
    );
    case(
        "@dataclass\nclass A:\n    a: int\n    b: int = field(default=1, repr=False)",
        "as a field",
    );
    case(
        "@dataclass\nclass A:\n    a: int\n    b: list = field(default_factory=list)",
        "",
    );
    case(
        "@dataclass\nclass A:\n    a: int\n    b: ClassVar[int] = 2",
        "the field `b`",
    );
    case(
        "@dataclass\nclass A:\n    a: int\n    b: list = []",
        "this default of a field",
    );
    case(
        "class B:\n    pass\n@dataclass\nclass A(B):\n    a: int",
        "inherits from another class",
    );
}

#[test]
fn exceptions_that_are_more_than_their_arguments() {
    try_all(cases! {
        "class E(Exception):\n    def __str__(self):\n        return 'x'", "raise E('y')" => "which has `__str__`";
        "class E(Exception):\n    @property\n    def code(self):\n        return 4", "raise E('y')"
            => "is read as an attribute";
        "class E(Exception):\n    def code(self):\n        return 4",
            "try:\n    raise E('y')\nexcept E as e:\n    return e.code()" => "GM08";
        "class E(Exception):\n    codes = []", "raise E('y')" => "that is not a constant";
        "class E(Exception):\n    def __init__(self, a):\n        if a:\n            super().__init__(a)", "raise E('y')"
            => "a constructor of an exception";
        "class E(Exception):\n    def __init__(self, a):\n        if a:\n            self.a = a\n        super().__init__(a)",
            "raise E('y')" => "a constructor of an exception";
        "class E(Exception):\n    def __init__(self, a):\n        super().__init__(a)\n        a = 2", "raise E('y')"
            => "a constructor of an exception";
        "class E(Exception):\n    def __init__(self, a):\n        super().__init__(message=a)", "raise E('y')"
            => "an exception with keyword";
        "class E(Exception):\n    def __init__(self, a, b=2):\n        self.a = a", "raise E('y')"
            => "does not hand on its arguments";
        "class E(Exception):\n    def __init__(self, a):\n        self.a = a", "raise E(a='y')"
            => "given by keyword";
        "class M:\n    pass\nclass E(M, Exception):\n    pass", "raise E('y')" => "inherits from more than exceptions";
        "class E(Exception):\n    code = 4\n    def __init__(self, text, code=1):\n        self.code = code\n        super().__init__(text)\nclass F(E):\n    kind = 'f'\nclass G(E):\n    def __init__(self, name):\n        super().__init__(f'no {name}', code=9)\n        self.name = name",
            "if event:\n    raise F('x')\nraise G('y')" => "";
    });
}

#[test]
fn enumerations_that_are_more_than_constants() {
    let enums = "from enum import Enum, IntEnum, Flag, auto, unique\n";
    let case = |rest: &str, handler: &str, refused: &str| {
        let found = reasons(&format!(
            "{enums}{rest}\n\ndef handler(event, context):\n    return {handler}\n"
        ));
        let is_right = match refused {
            "" => found.is_empty(),
            part => found.iter().any(|it| it.contains(part)),
        };
        assert!(is_right, "{rest}: {handler}: {found:#?}");
    };
    case(
        "class A(Flag):\n    X = 1",
        "A.X.value",
        "the enumeration `A`",
    );
    case(
        "class A(Enum):\n    X = make()",
        "A.X.value",
        "the enumeration `A`",
    );
    case(
        "class A(Enum):\n    X = (1, 2)",
        "A.X.value",
        "the enumeration `A`",
    );
    case(
        "class A(Enum):\n    X = 1\n    def __str__(self):\n        return 'x'",
        "str(A.X)",
        "the enumeration `A`",
    );
    case(
        "class A(str, Enum):\n    X = auto()",
        "A.X.value",
        "the enumeration `A`",
    );
    case(
        "@unique\nclass A(Enum):\n    X = 1\n    Y = 1",
        "A.X.value",
        "the enumeration `A`",
    );
    case("class A(Enum):\n    X = 1", "A.Y", "has no member `Y`");
    case("class A(Enum):\n    X = 1", "5 in A", "GM08");
    case("class A(str, Enum):\n    X = 'x'", "{'a': {'b': A.X}}", "");
    case(
        "class A(str, Enum):\n    X = 'x'",
        "print({'a': A.X})",
        "a member of `A`",
    );
    case(
        "class A(IntEnum):\n    X = 1",
        "repr(A.X)",
        "a member of `A`",
    );
    case(
        "class A(Enum):\n    X = 1",
        "isinstance(A.X, Enum)",
        "this `isinstance`",
    );
    case(
        "class A(Enum):\n    X = 1",
        "[A.X, A('x'), A['X'], A.X.name]",
        "",
    );
}

#[test]
fn what_is_asked_of_classes() {
    try_all(cases! {
        "from datetime import date, datetime", "return [isinstance(datetime.now(), date), isinstance(date.today(), datetime)]" => "";
        "from numbers import Number", "return isinstance(1, Number)" => "this `isinstance`";
        "", "return event in {1, 2}" => "";
        "class A:\n    def x(self):\n        return 1\nclass B:\n    def x(self):\n        return 2",
            "return [it.x() for it in [A(), B()]]" => "several classes have a method `x`";
        "class A:\n    pass", "return getattr(A(), event['name'])" => "`getattr` of a name that is not known";
        "from http import HTTPStatus", "return {'statusCode': HTTPStatus.OK}" => "";
        "from http import HTTPStatus", "print({'statusCode': HTTPStatus.OK})" => "HTTPStatus";
    });
}
