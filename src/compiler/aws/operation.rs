//! The function of one operation.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::aws::{Member, Operation, Service, Shape, names};

use super::protocol::{Protocol, protocol};
use super::tables::{self, Purpose};
use super::{Use, closure, function_name, input, pages, special};

/// An operation with all that the program does with it.
#[derive(Debug)]
pub(super) struct Used {
    pub(super) operation: &'static Operation,
    /// The arguments' names, where all calls' are known.
    members: Option<Vec<String>>,
    /// Whether all calls give what is required and nothing unknown.
    valid: bool,
    read: Option<BTreeSet<String>>,
    /// Called on a client, on the resource.
    client: bool,
    resource: bool,
    /// Paged on a client, on the resource.
    pub(super) pages: (bool, bool),
}

impl Used {
    pub(super) fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            members: Some(Vec::new()),
            valid: true,
            read: Some(BTreeSet::new()),
            client: false,
            resource: false,
            pages: (false, false),
        }
    }

    /// Adds a use.
    pub(super) fn add(&mut self, service: &Service, use_: Use) {
        self.client |= !use_.resource;
        self.resource |= use_.resource;
        let input = self
            .operation
            .input
            .as_deref()
            .and_then(|name| service.shape(name));
        self.valid &= valid(input, use_.members.as_ref());
        self.members = match (self.members.take(), use_.members) {
            (Some(mut all), Some(more)) => {
                all.extend(more);
                Some(all)
            }
            _ => None,
        };
        self.read = match (self.read.take(), use_.read) {
            (Some(all), Some(more)) => Some(&all | &more),
            _ => None,
        };
        let steps = special::before(service, self.operation);
        if steps.contains(&"url_encoded") {
            let added = "EncodingType".to_owned();
            self.members
                .iter_mut()
                .for_each(|it| it.push(added.clone()));
            self.read
                .iter_mut()
                .for_each(|it| it.extend([added.clone()]));
        }
        if self.resource {
            let added = ["ExpressionAttributeNames", "ExpressionAttributeValues"];
            let members = self.members.iter_mut();
            members.for_each(|it| it.extend(added.map(str::to_owned)));
        }
    }

    fn input<'a>(&self, service: &'a Service) -> Option<&'a Shape> {
        service.shape(self.operation.input.as_deref()?)
    }

    fn output<'a>(&self, service: &'a Service) -> Option<&'a Shape> {
        service.shape(self.operation.output.as_deref()?)
    }

    /// The members of the input that can be given.
    pub(super) fn given<'a>(&self, service: &'a Service) -> Vec<&'a Member> {
        let input = self.input(service);
        input.map_or_else(Vec::new, |shape| {
            closure::given(shape, self.members.as_ref())
        })
    }

    /// The members of the output that are read.
    pub(super) fn read<'a>(&self, service: &'a Service) -> Vec<&'a Member> {
        let output = self.output(service);
        output.map_or_else(Vec::new, |shape| closure::read(shape, self.read.as_ref()))
    }

    /// Whether the parameters are known well enough to leave the others out.
    pub(super) fn is_trimmed(&self) -> bool {
        self.valid && self.members.is_some()
    }

    fn reads_nothing(&self) -> bool {
        self.read.as_ref().is_some_and(BTreeSet::is_empty)
    }

    /// Whether its answer is read by a table.
    fn reads_table(&self, service: &Service) -> bool {
        let location = service.name == "s3" && self.operation.name == "GetBucketLocation";
        !location && !self.reads_nothing() && protocol(service) != Protocol::Cbor
    }

    fn reads_metadata(&self) -> bool {
        self.read
            .as_ref()
            .is_none_or(|read| read.contains("ResponseMetadata"))
    }

    /// The tables of its parameters and its answer.
    pub(super) fn tables(&self, service: &Service) -> Vec<TokenStream> {
        let mut tables = Vec::new();
        if let Some(input) = self.input(service) {
            let purpose = Purpose {
                input: true,
                output: false,
            };
            let trimmed = self.is_trimmed();
            let members = if trimmed {
                self.given(service)
            } else {
                input.members.iter().collect()
            };
            let required: &[String] = if trimmed { &[] } else { &input.required };
            let name = (
                self.operation.input.as_deref().unwrap_or_default(),
                self.parameters(),
            );
            tables.push(tables::structure(
                service,
                (name.0, &name.1),
                input,
                &members,
                required,
                purpose,
            ));
        }
        if self.reads_table(service) {
            let purpose = Purpose {
                input: false,
                output: true,
            };
            let empty = Shape::default();
            let output = self.output(service).unwrap_or(&empty);
            let name = (
                self.operation.output.as_deref().unwrap_or_default(),
                self.answer(),
            );
            let read = self.read(service);
            tables.push(tables::structure(
                service,
                (name.0, &name.1),
                output,
                &read,
                &[],
                purpose,
            ));
        }
        tables
    }

    fn parameters(&self) -> String {
        format!("{}_PARAMETERS", names::constant(&self.operation.name))
    }

    fn answer(&self) -> String {
        format!("{}_ANSWER", names::constant(&self.operation.name))
    }

    /// The functions.
    pub(super) fn emit(&self, service: &Service) -> Vec<TokenStream> {
        let mut functions = vec![self.function(service)];
        if self.resource {
            functions.push(self.resource_function());
        }
        let paginator = service.paginator(&self.operation.method);
        if let Some(paginator) = paginator {
            let (client, resource) = self.pages;
            functions
                .extend(client.then(|| pages::pager(service, self.operation, paginator, false)));
            functions
                .extend(resource.then(|| pages::pager(service, self.operation, paginator, true)));
        }
        functions
    }

    fn function(&self, service: &Service) -> TokenStream {
        let name = &self.operation.name;
        let doc = format!(" `{name}`.");
        let method = format_ident!(
            "{}",
            function_name(self.operation, false).trim_start_matches("r#")
        );
        let checks = self.checks(service);
        let setters = self.given(service).into_iter();
        let setters: Vec<_> = setters
            .map(|member| input::setter(service, member, &quote! { input }))
            .collect();
        let error = format_ident!("{}", protocol(service).error_reader());
        let call = if self.loses_order(service) {
            quote! { Call::ordered(#name, input) }
        } else if self.writes_object(service) {
            quote! { Call::of_object(#name, input) }
        } else {
            quote! { Call::new(#name) }
        };
        let input = if self.input(service).is_some() {
            quote! { input }
        } else {
            quote! { _input }
        };
        let (output, answer) = self.answer_tokens(service);
        quote! {
            #[doc = #doc]
            pub async fn #method(client: &Client, #input: &Dict) -> Result<Dict> {
                #checks
                let call = #call;
                let sent = client.#method() #(#setters)* .customize().interceptor(call.clone()).send().await;
                #output sent.map_err(|error| {
                    let retries = client.config().retry_config();
                    call.failure(error, retries, errors::#error, exceptions::EXCEPTIONS)
                })?;
                #answer
            }
        }
    }

    /// Whether parameters go through a map of the SDK's into a message that has an order.
    fn loses_order(&self, service: &Service) -> bool {
        let given = self.given(service);
        let top = given.iter().map(|member| member.shape.as_str());
        let reached = closure::reached(service, top);
        let map = |name: &&str| service.shape(name).is_some_and(|shape| shape.kind == "map");
        let in_json = match protocol(service) {
            Protocol::Json => true,
            Protocol::RestJson => self.input(service).is_some_and(|it| it.payload.is_none()),
            _ => false,
        };
        in_json && reached.iter().any(map)
    }

    /// Whether it sends an object or its metadata to S3.
    fn writes_object(&self, service: &Service) -> bool {
        let objects = ["Body", "Metadata"];
        let given = self.given(service);
        service.name == "s3" && given.iter().any(|it| objects.contains(&it.name.as_str()))
    }

    fn checks(&self, service: &Service) -> TokenStream {
        if self.input(service).is_none() {
            return TokenStream::new();
        }
        let given = self.given(service);
        let given = |name: &str| given.iter().any(|member| member.name == name);
        let parameters = format_ident!("{}", self.parameters());
        let steps = special::before(service, self.operation).into_iter();
        let steps: Vec<_> = steps.map(|step| format_ident!("{step}")).collect();
        let s3 = service.name == "s3";
        let kept =
            special::after(service, self.operation).map(|_| quote! { let original = input; });
        let bucket = (s3 && given("Bucket")).then(|| quote! { s3::check_bucket_name(input)?; });
        let metadata = (s3 && given("Metadata")).then(|| quote! { s3::check_metadata(input)?; });
        let key =
            (s3 && given("SSECustomerKey")).then(|| quote! { s3::check_no_customer_key(input)?; });
        quote! {
            #bucket #metadata #key #kept
            #(let input = &s3::#steps(input)?;)*
            validate(input, &shapes::#parameters)?;
        }
    }

    /// What holds the output, and what makes the answer of it.
    fn answer_tokens(&self, service: &Service) -> (TokenStream, TokenStream) {
        let protocol = protocol(service);
        if self.reads_nothing() || protocol == Protocol::Cbor {
            return (TokenStream::new(), quote! { Ok(Dict::new()) });
        }
        let table = format_ident!("{}", self.answer());
        if self.operation.name == "GetBucketLocation" && service.name == "s3" {
            let answer = quote! { s3::bucket_location(&call) };
            let full = quote! { parsers::in_full(&call, #answer?) };
            let answer = if self.reads_metadata() { full } else { answer };
            return (TokenStream::new(), answer);
        }
        let full = if self.reads_metadata() {
            "_in_full"
        } else {
            ""
        };
        let stream = self.stream(service);
        let streamed = if stream.is_some() { "_streamed" } else { "" };
        let reader = format_ident!("{}{streamed}{full}", protocol.reader());
        let wrapper = match (protocol, &self.operation.output_wrapper) {
            (Protocol::Query, Some(wrapper)) => Some(quote! { , #wrapper }),
            (Protocol::Query, None) => Some(quote! { , "" }),
            _ => None,
        };
        let (output, body) = match stream {
            Some(member) => {
                let member =
                    format_ident!("{}", names::member(&member.name).trim_start_matches("r#"));
                (quote! { let output = }, Some(quote! { , output.#member }))
            }
            None => (TokenStream::new(), None),
        };
        let read = quote! { parsers::#reader(&call, &shapes::#table #wrapper #body) };
        let answer = match special::after(service, self.operation) {
            Some(step) => {
                let step = format_ident!("{step}");
                quote! { s3::#step(original, #read?) }
            }
            None => read,
        };
        (output, answer)
    }

    /// The member that the SDK streams, where it is read.
    fn stream<'a>(&self, service: &'a Service) -> Option<&'a Member> {
        let payload = self.output(service)?.payload.as_deref()?;
        let mut read = self.read(service).into_iter();
        let member = read.find(|member| member.name == payload)?;
        let streaming = service.shape(&member.shape)?.streaming || member.streaming;
        streaming.then_some(member)
    }

    fn resource_function(&self) -> TokenStream {
        let doc = format!(
            " `{}` with plain values for attributes.",
            self.operation.name
        );
        let method = format_ident!("{}", function_name(self.operation, false));
        let resource = format_ident!("{}", function_name(self.operation, true));
        let parameters = format_ident!("{}", self.parameters());
        let answer = format_ident!("{}", self.answer());
        let end = if self.reads_nothing() {
            quote! { #method(client, &input).await }
        } else {
            quote! {
                let answer = #method(client, &input).await?;
                dynamodb_resource::deserialized(answer, &shapes::#answer)
            }
        };
        quote! {
            #[doc = #doc]
            pub async fn #resource(client: &Client, input: &Dict) -> Result<Dict> {
                let input = dynamodb_resource::serialized(input, &shapes::#parameters)?;
                #end
            }
        }
    }
}

/// Whether known arguments are all there are and all that must be.
fn valid(input: Option<&Shape>, members: Option<&Vec<String>>) -> bool {
    let (Some(input), Some(members)) = (input, members) else {
        return input.is_none();
    };
    let known = |name: &String| input.members.iter().any(|member| member.name == *name);
    members.iter().all(known) && input.required.iter().all(|name| members.contains(name))
}
