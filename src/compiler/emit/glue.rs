//! `main.rs`: what runs the handler under Lambda's runtime.

use super::Effects;
use crate::compiler::lower::Lowered;
use crate::compiler::program::Program;
use crate::compiler::types::Ty;

/// What main needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Glue {
    /// Whether there is a state.
    pub state: bool,
    /// Whether AWS is called.
    pub aws: bool,
    /// Whether what is not ASCII is escaped in answers.
    pub ensure_ascii: bool,
}

/// The text of `main.rs`.
pub fn main(program: &Program<'_>, lowered: &Lowered, effects: &Effects, glue: Glue) -> String {
    let handler = &program.functions[program.handler];
    let module = &program.modules[handler.module].rust_name;
    let effect = effects.of(program.handler);
    let import = effects.of_body(&lowered.import);
    let mut modules: Vec<&str> = Vec::new();
    for (index, it) in program.modules.iter().enumerate() {
        let is_used = lowered
            .functions
            .iter()
            .any(|function| program.functions[function.index].module == index)
            || lowered
                .classes
                .iter()
                .any(|class| program.classes[class.index].module == index)
            || lowered
                .exceptions
                .iter()
                .any(|(class, _)| program.classes[*class].module == index);
        if is_used {
            modules.push(&it.rust_name);
        }
    }
    modules.push("python");
    if glue.state {
        modules.push("state");
    }
    if glue.aws {
        modules.push("aws");
    }
    modules.sort_unstable();
    let declared: String = modules.iter().map(|it| format!("mod {it};\n")).collect();
    let config = match glue.aws && (effect.config || import.config) {
        true => "    let config = aws::config().await;\n",
        false => "",
    };
    let mut passed = Vec::new();
    let mut outer = Vec::new();
    let has_state = glue.state && effect.state;
    if has_state {
        passed.push("state");
        outer.push("&state");
    }
    if effect.config {
        passed.push("config");
        outer.push("&config");
    }
    let made = match glue.state {
        true => {
            let argument = if import.config { "&config" } else { "" };
            let wait = if import.awaits { ".await" } else { "" };
            let new = format!("State::new({argument}){wait}");
            match has_state {
                true => format!(
                    "    let state = match {new} {{\n        Ok(state) => state,\n        \
                 Err(error) => return Err(runtime::init_failed(&error)),\n    }};\n"
                ),
                false => format!(
                    "    if let Err(error) = {new} {{\n        \
                 return Err(runtime::init_failed(&error));\n    }}\n"
                ),
            }
        }
        false => String::new(),
    };
    let parameters: Vec<&str> = passed
        .iter()
        .map(|it| {
            if *it == "state" {
                "state: &State"
            } else {
                "config: &SdkConfig"
            }
        })
        .collect();
    let prefix: String = passed.iter().map(|it| format!("{it}, ")).collect();
    let prefix_outer: String = outer.iter().map(|it| format!("{it}, ")).collect();
    let invoked = match outer.is_empty() {
        true => "invoke".to_owned(),
        false => format!("|invocation| invoke({prefix_outer}invocation)"),
    };
    let parameters_text: String = parameters.iter().map(|it| format!("{it}, ")).collect();
    let wait = if effect.awaits { ".await" } else { "" };
    let question = if effect.raises { "?" } else { "" };
    let context_line =
        "    let context = LambdaContext::new(runtime::invocation(&invocation.context));\n";
    let arguments = format!("{prefix}&event, &context");
    let answer = format!(
        "{module}::{}({arguments}){wait}{question}",
        handler.rust_name
    );
    let uses_state = if glue.state {
        "use crate::state::State;\n"
    } else {
        ""
    };
    let uses_config = match effect.config {
        true => "use aws_config::SdkConfig;\n",
        false => "",
    };
    let ensure_ascii = glue.ensure_ascii;
    let mut functions = lowered.functions.iter();
    let returns = functions.find(|it| it.index == program.handler);
    let returns = returns.map(|it| it.returns.clone()).unwrap_or_default();
    let (bound, answered) = match returns {
        Ty::Value => ("let answer = ", "answer"),
        Ty::None => ("", "Value::None"),
        _ => ("let answer = ", "Value::from(answer)"),
    };
    let imported = if returns == Ty::Value {
        ""
    } else {
        ", value::Value"
    };
    format!(
        r#"{declared}
{uses_config}use lambda_runtime::{{LambdaEvent, service_fn}};
use serde_json::value::RawValue;

use crate::python::{{lambda_context::LambdaContext, runtime::{{self, Failure}}{imported}}};
{uses_state}
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {{
{config}{made}    lambda_runtime::run(service_fn({invoked})).await
}}

/// Answers one event as Lambda's Python runtime does.
async fn invoke({parameters_text}invocation: LambdaEvent<Box<RawValue>>) -> Result<Box<RawValue>, Failure> {{
    let event = runtime::event(&invocation.payload)?;
{context_line}    {bound}{answer};
    runtime::answer(&{answered}, {ensure_ascii})
}}
"#
    )
}
