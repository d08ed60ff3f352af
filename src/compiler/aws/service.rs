//! The modules of one service, and the one above them.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::aws::{Operation, Service, names};

use super::input::Inputs;
use super::operation::Used;
use super::tables::{self, Purpose, Tables};
use super::{Botocore, File, Use, batch, closure, exceptions, imports, module_name, print};

/// What the program uses of a service.
#[derive(Debug)]
pub(super) struct Module {
    service: &'static Service,
    botocore: Botocore,
    pub(super) operations: BTreeMap<&'static str, Used>,
    /// Exceptions that the program names.
    exceptions: BTreeSet<String>,
    /// Methods of a table's batch writer.
    batch_methods: BTreeSet<String>,
}

impl Module {
    pub(super) fn new(service: &'static Service, botocore: Botocore) -> Self {
        Self {
            service,
            botocore,
            operations: BTreeMap::new(),
            exceptions: BTreeSet::new(),
            batch_methods: BTreeSet::new(),
        }
    }

    pub(super) fn service(&self) -> &'static Service {
        self.service
    }

    pub(super) fn ask(&mut self, operation: &'static Operation, use_: Use) {
        let used = self.operations.entry(&operation.name);
        used.or_insert_with(|| Used::new(operation))
            .add(self.service, use_);
    }

    pub(super) fn ask_exception(&mut self, name: &str) {
        self.exceptions.insert(name.to_owned());
    }

    pub(super) fn ask_batch_writer(&mut self, method: &str) {
        self.batch_methods.insert(method.to_owned());
    }

    pub(super) fn ask_pages(&mut self, operation: &str, resource: bool) {
        if let Some(used) = self.operations.get_mut(operation) {
            used.pages.0 |= !resource;
            used.pages.1 |= resource;
        }
    }

    /// The files.
    pub(super) fn emit(&self) -> Vec<File> {
        let name = module_name(self.service);
        let modelled = self.modelled();
        let mut files = vec![File {
            path: format!("src/aws/{name}.rs"),
            source: self.functions(),
        }];
        if !self.operations.is_empty() {
            files.push(File {
                path: format!("src/aws/{name}/shapes.rs"),
                source: self.shapes(&modelled),
            });
        }
        if self.raises() {
            files.push(File {
                path: format!("src/aws/{name}/exceptions.rs"),
                source: self.exceptions(&modelled),
            });
        }
        files
    }

    /// Whether there is an exception to raise or to name.
    pub(super) fn raises(&self) -> bool {
        !self.operations.is_empty() || !self.exceptions.is_empty()
    }

    /// The exceptions that the operations name, where they say more than a message.
    fn modelled(&self) -> BTreeSet<&'static str> {
        let errors = self
            .operations
            .values()
            .flat_map(|used| &used.operation.errors);
        errors
            .map(String::as_str)
            .filter(|it| self.knows(it))
            .collect()
    }

    /// Whether the function's client has an exception; one that the program names is there.
    fn knows(&self, exception: &str) -> bool {
        self.exceptions.contains(exception) || self.botocore.has(&self.service.name, exception)
    }

    fn functions(&self) -> String {
        let mut inputs = Inputs::default();
        for used in self.operations.values() {
            inputs.add(self.service, &used.given(self.service));
        }
        let inputs = inputs.emit(self.service);
        let operations = self
            .operations
            .values()
            .flat_map(|used| used.emit(self.service));
        let mut items = vec![self.client()];
        items.extend(operations);
        let batch = (!self.batch_methods.is_empty()).then(|| batch::writer(&self.batch_methods));
        items.extend(batch);
        items.extend(inputs);
        let opening = format!("//! What the program asks of `{}`.\n", self.service.name);
        print::module(&opening, &imports::of(self, &items), items)
    }

    fn client(&self) -> TokenStream {
        let doc = format!(" `boto3.client(\"{}\", ...)`.", self.service.name);
        let sdk = format_ident!("{}", names::crate_name(self.service).replace('-', "_"));
        let attempts: u32 = if self.service.name.starts_with("dynamodb") {
            10
        } else {
            5
        };
        let attempts = proc_macro2::Literal::u32_unsuffixed(attempts);
        let client = if self.service.name == "s3" {
            quote! {
                // botocore names the bucket in the path where it is told the endpoint.
                let path_style = config.endpoint_url().is_some();
                let config = #sdk::config::Builder::from(&config).force_path_style(path_style);
                Ok(Client::from_conf(config.build()))
            }
        } else {
            quote! { Ok(Client::new(&config)) }
        };
        quote! {
            #[doc = #doc]
            pub fn client(config: &SdkConfig, options: ClientOptions) -> Result<Client> {
                let config = botocore_client::configured(config, options, #attempts)?;
                #client
            }
        }
    }

    fn shapes(&self, modelled: &BTreeSet<&'static str>) -> String {
        let service = self.service;
        let mut tables = Tables::default();
        let mut items = Vec::new();
        for used in self.operations.values() {
            let (input, output) = (
                Purpose {
                    input: true,
                    output: false,
                },
                Purpose {
                    input: false,
                    output: true,
                },
            );
            let whole = closure::whole(service, used);
            tables.add(service, &whole, input);
            tables.add(service, &used.read(service), output);
            items.extend(used.tables(service));
        }
        for name in modelled {
            let output = Purpose {
                input: false,
                output: true,
            };
            let Some(shape) = service.shape(name) else {
                continue;
            };
            let members: Vec<_> = shape.members.iter().collect();
            tables.add(service, &members, output);
            let ident = names::constant(name);
            items.push(tables::structure(
                service,
                (name, &ident),
                shape,
                &members,
                &[],
                output,
            ));
        }
        items.extend(tables.emit(service));
        let items: Vec<_> = items
            .into_iter()
            .map(|item| quote! { pub(super) #item })
            .collect();
        let names = tables::imports(&items);
        let times = print::identifiers(&items).contains("TIMESTAMP");
        let times = times.then(|| quote! { use crate::python::botocore_timestamp::TIMESTAMP; });
        let uses = [quote! { use crate::python::botocore_model::{#(#names),*}; #times }];
        let opening = format!(
            "//! The shapes of `{}` that the program uses.\n",
            service.name
        );
        print::module(&opening, &uses, items)
    }

    fn exceptions(&self, modelled: &BTreeSet<&'static str>) -> String {
        let whole = !self.operations.is_empty();
        let wanted = |name: &str| match whole {
            true => self.knows(name),
            false => self.exceptions.contains(name),
        };
        let items = exceptions::emit(self.service, modelled, whole, wanted);
        let words = print::identifiers(&items);
        let used = |name: &str, tokens: TokenStream| words.contains(name).then_some(tokens);
        let shapes = used("shapes", quote! { use super::shapes; });
        let names = ["Exception", "modelled"]
            .into_iter()
            .filter(|it| words.contains(*it));
        let names = names.map(|name| format_ident!("{name}"));
        let class = used("Class", quote! { use crate::python::error::Class; });
        let uses = [quote! { #shapes use crate::python::botocore_errors::{#(#names),*}; #class }];
        let opening = format!(
            "//! The exceptions of the client of `{}`.\n",
            self.service.name
        );
        print::module(&opening, &uses, items)
    }
}

/// The module above the services'.
pub(super) fn root(modules: &[String]) -> File {
    let modules = modules.iter().map(|name| format_ident!("{name}"));
    let source = print::module(
        "//! The AWS services that the program asks.\n\n#![allow(deprecated)]\n",
        &[quote! { #(pub mod #modules;)* }],
        vec![quote! {
            /// What all clients share: credentials, region, HTTP connections.
            pub async fn config() -> aws_config::SdkConfig {
                aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await
            }
        }],
    );
    File {
        path: "src/aws/mod.rs".to_owned(),
        source,
    }
}
