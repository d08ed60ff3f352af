//! boto3's resource of S3: buckets and objects, whose actions are operations of the client.

use ruff_text_size::TextRange;

use super::operation;
use crate::compiler::ir::{Expr, Mode};
use crate::compiler::lower::{Argument, Arguments, Lowerer};
use crate::compiler::types::Ty;

/// The service's resource.
const SERVICE: &str = "ServiceResource";
/// A bucket.
const BUCKET: &str = "Bucket";
/// An object.
const OBJECT: &str = "Object";

/// The actions of an object, and the operations that they are.
const ACTIONS: [(&str, &str); 4] = [
    ("get", "get_object"),
    ("put", "put_object"),
    ("delete", "delete_object"),
    ("copy_from", "copy_object"),
];

fn ty(kind: &str) -> Ty {
    Ty::Resource("s3".into(), kind.into())
}

/// A method of a resource of S3.
pub(super) fn method(
    lowerer: &mut Lowerer<'_, '_>,
    receiver: &Expr,
    name: &str,
    arguments: &Arguments<'_>,
    range: TextRange,
) -> Option<Expr> {
    let Ty::Resource(_, kind) = &receiver.ty else {
        return None;
    };
    match (&**kind, name) {
        (SERVICE, "Bucket") => {
            let [name] = texts(lowerer, arguments, ["name"])?;
            let operands = vec![(receiver.clone(), Mode::Owned), (name, Mode::Owned)];
            let template = "S3Bucket { client: {0}, name: {1} }";
            let bucket = Expr::op(template, operands, ty(BUCKET), range);
            Some(bucket.item("s3_resource", "S3Bucket"))
        }
        (SERVICE, "Object") => {
            let [bucket, key] = texts(lowerer, arguments, ["bucket_name", "key"])?;
            let operands = [receiver.clone(), bucket, key];
            Some(object("{0}", "{1}", "{2}", operands.to_vec(), range))
        }
        (BUCKET, "Object") => {
            let [key] = texts(lowerer, arguments, ["key"])?;
            let mut before = Vec::new();
            let bucket = lowerer.bound_inside(receiver.clone(), "bucket", &mut before);
            let (client, name) = (part(&bucket, "client", range), part(&bucket, "name", range));
            let made = object("{0}", "{1}", "{2}", vec![client, name, key], range);
            Some(made.after(before))
        }
        (BUCKET, "put_object") => act(lowerer, receiver, "put_object", arguments, range),
        (OBJECT, action) => {
            let (_, operation) = ACTIONS.iter().find(|(known, _)| *known == action)?;
            act(lowerer, receiver, operation, arguments, range)
        }
        _ => None,
    }
}

/// An attribute of a resource of S3.
pub(super) fn attribute(value: &Expr, name: &str, range: TextRange) -> Option<Expr> {
    let Ty::Resource(_, kind) = &value.ty else {
        return None;
    };
    match (&**kind, name) {
        (BUCKET, "name") | (OBJECT, "key" | "bucket_name") => Some(part(value, name, range)),
        _ => None,
    }
}

fn object(client: &str, bucket: &str, key: &str, values: Vec<Expr>, range: TextRange) -> Expr {
    let operands = values.into_iter().map(|it| (it, Mode::Owned)).collect();
    let template = format!("S3Object {{ client: {client}, bucket_name: {bucket}, key: {key} }}");
    let made = Expr::op(&template, operands, ty(OBJECT), range);
    made.item("s3_resource", "S3Object")
}

/// A part of a resource that others own.
fn part(value: &Expr, name: &str, range: TextRange) -> Expr {
    let ty = match name {
        "client" => Ty::Client("s3".into()),
        _ => Ty::Str,
    };
    let operands = vec![(value.clone(), Mode::Receiver)];
    Expr::op(&format!("{{0}}.{name}"), operands, ty, range).borrowing_place()
}

/// The arguments as strings, where there are just these.
fn texts<const N: usize>(
    lowerer: &mut Lowerer<'_, '_>,
    arguments: &Arguments<'_>,
    names: [&str; N],
) -> Option<[Expr; N]> {
    if arguments.len() != N || arguments.rest.is_some() || arguments.spread.is_some() {
        return None;
    }
    let mut found = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let value = arguments.get(at, name)?.clone();
        found.push(match value.ty {
            Ty::Str | Ty::Never => value,
            _ => {
                let range = value.range;
                let value = lowerer.dynamic(value);
                let operands = vec![(value, Mode::Ref)];
                let text = Expr::op("s3_resource::text({0})", operands, Ty::Str, range);
                text.raising().item("s3_resource", "text")
            }
        });
    }
    found.try_into().ok()
}

/// An operation on what a resource names.
fn act(
    lowerer: &mut Lowerer<'_, '_>,
    receiver: &Expr,
    operation: &str,
    arguments: &Arguments<'_>,
    range: TextRange,
) -> Option<Expr> {
    let mut before = Vec::new();
    let resource = lowerer.bound_inside(receiver.clone(), "resource", &mut before);
    let mut all = arguments.clone();
    let mut names = vec![("Bucket", "bucket_name"), ("Key", "key")];
    if resource.ty == ty(BUCKET) {
        names = vec![("Bucket", "name")];
    }
    for (at, (argument, name)) in names.into_iter().enumerate() {
        let value = part(&resource, name, range);
        let ast = None;
        all.keywords
            .insert(at, (argument.to_owned(), Argument { ast, value }));
    }
    let client = part(&resource, "client", range);
    let called = ("s3", operation, false);
    Some(operation::operation(lowerer, &client, called, &all, range).after(before))
}
