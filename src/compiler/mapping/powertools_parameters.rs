//! The parameters and secrets of AWS Lambda Powertools.
//!
//! Exact: `get_parameter`, `get_parameters` and `get_secret` of the package, whose values are kept
//! for a while.
//! Refused: providers, options of the AWS call, AppConfig and DynamoDB.

use ruff_text_size::TextRange;

use super::{Mapping, other_version};
use crate::compiler::aws::{Reason, Use, Wrappers};
use crate::compiler::ir::{Expr, Need};
use crate::compiler::lower::{Arguments, Lowerer};
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

/// The mapping.
pub(super) struct Parameters;

const PACKAGE: &str = "aws_lambda_powertools.utilities.parameters.";

/// An AWS call that a function makes.
struct Called {
    service: &'static str,
    method: &'static str,
    members: &'static [&'static str],
    /// Whether it is made for all pages.
    pages: bool,
}

/// The AWS call of a function.
fn called(function: &str) -> Option<Called> {
    Some(match function {
        "get_secret" => Called {
            service: "secretsmanager",
            method: "get_secret_value",
            members: &["SecretId"],
            pages: false,
        },
        "get_parameter" => Called {
            service: "ssm",
            method: "get_parameter",
            members: &["Name", "WithDecryption"],
            pages: false,
        },
        "get_parameters" => Called {
            service: "ssm",
            method: "get_parameters_by_path",
            members: &["Path", "WithDecryption", "Recursive"],
            pages: true,
        },
        _ => return None,
    })
}

impl Mapping for Parameters {
    fn knows(&self, module: &str) -> bool {
        module == "aws_lambda_powertools"
    }

    fn call(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Expr> {
        let called = called(name.strip_prefix(PACKAGE)?)?;
        let signature = lowerer.support.overloads(name).first()?;
        let mut values = arguments.positional.iter().map(|it| &it.value);
        if values.any(|it| it.ty == Ty::Never) {
            return Some(Expr::new(crate::compiler::ir::Kind::None, Ty::Value, range));
        }
        if let Some(required) = other_version(lowerer, name) {
            let message =
                format!("`{name}` is mapped as it is in another version than `{required}`");
            let help = "move to the newest version first";
            return Some(lowerer.refuse(range, Code::UnmappedCall, message, help));
        }
        let operands = lowerer.fit(signature, arguments, range)?;
        let closure = match closure(&called) {
            Ok(closure) => closure,
            Err(Reason(reason)) => {
                return Some(lowerer.refuse(range, Code::UnmappedCall, reason, ""));
            }
        };
        let holes: Vec<String> = (0..operands.len()).map(|at| format!("{{{at}}}")).collect();
        let template = format!(
            "{}::{}({}, {closure})",
            signature.module,
            signature.item,
            holes.join(", ")
        );
        let members = called.members.iter().map(|it| (*it).to_owned()).collect();
        let found = Expr::op(&template, operands, Ty::Value, range)
            .raising()
            .awaiting()
            .item(&signature.module, &signature.item)
            .item("botocore_client", "ClientOptions")
            .needing(Need::Config)
            .needing(Need::Client(called.service.to_owned()))
            .needing(Need::Operation {
                service: called.service.to_owned(),
                method: called.method.to_owned(),
                members: Some(members),
                resource: false,
                pages: called.pages,
            });
        Some(found)
    }
}

/// The closure that makes the AWS call with a client of its own.
fn closure(called: &Called) -> Result<String, Reason> {
    let mut wrappers = Wrappers::default();
    let client = wrappers.client(called.service)?.module;
    let use_ = Use {
        members: Some(called.members.iter().map(|it| (*it).to_owned()).collect()),
        ..Use::default()
    };
    let client = format!(
        "let client = aws::{client}::client(config, botocore_client::ClientOptions::default())?;"
    );
    Ok(match called.pages {
        false => {
            let wrapper = wrappers.operation(called.service, called.method, use_)?;
            let (module, function) = (wrapper.module, wrapper.function);
            format!(
                "async |parameters| {{ {client} \
                 aws::{module}::{function}(&client, &parameters).await.map(Value::from) }}"
            )
        }
        true => {
            let wrapper = wrappers.pages(called.service, called.method, use_)?;
            let (module, function) = (wrapper.module, wrapper.function);
            format!(
                "async |parameters| {{ {client} \
                 let mut pages = aws::{module}::{function}(&client, &parameters)?; \
                 let found = List::new(); \
                 while let Some(page) = pages.next().await? {{ found.push(page); }} \
                 Ok(Value::from(found)) }}"
            )
        }
    })
}
