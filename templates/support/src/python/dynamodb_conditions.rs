//! boto3's conditions on keys and attributes.

use std::rc::Rc;

use super::error::{self, Class, EXCEPTION, Error, Result};
use super::object::{Object, downcast};
use super::value::Value;

/// `boto3.exceptions.DynamoDBOperationNotSupportedError`
pub static OPERATION_NOT_SUPPORTED: Class =
    Class::new("DynamoDBOperationNotSupportedError", &[&EXCEPTION]);

/// `boto3.dynamodb.conditions.Key`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    name: String,
}

/// `boto3.dynamodb.conditions.Attr`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attr {
    name: String,
}

/// `boto3.dynamodb.conditions.Size`
#[derive(Debug, Clone)]
pub struct Size {
    of: Operand,
}

/// `boto3.dynamodb.conditions.ConditionBase`
#[derive(Debug, Clone)]
pub struct ConditionBase(pub(super) Rc<Node>);

#[derive(Debug)]
pub(super) struct Node {
    class: &'static str,
    pub(super) form: Form,
    pub(super) operator: &'static str,
    pub(super) operands: Vec<Operand>,
}

/// How a condition is written.
#[allow(dead_code, reason = "a program uses some of them")]
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    Infix,
    Between,
    Call,
    Joined,
    Negated,
    /// Its second operand is a list of values.
    Within,
}

#[allow(dead_code, reason = "a program uses some of them")]
#[derive(Debug, Clone)]
pub(super) enum Operand {
    Key(String),
    Attr(String),
    Size(Box<Operand>),
    Condition(ConditionBase),
    Value(Value),
}

fn condition(
    class: &'static str,
    form: Form,
    operator: &'static str,
    operands: Vec<Operand>,
) -> ConditionBase {
    ConditionBase(Rc::new(Node {
        class,
        form,
        operator,
        operands,
    }))
}

fn compared(
    class: &'static str,
    operator: &'static str,
    of: Operand,
    value: &Value,
) -> ConditionBase {
    condition(
        class,
        Form::Infix,
        operator,
        vec![of, Operand::Value(value.clone())],
    )
}

fn within(of: Operand, low: &Value, high: &Value) -> ConditionBase {
    let (low, high) = (Operand::Value(low.clone()), Operand::Value(high.clone()));
    condition("Between", Form::Between, "BETWEEN", vec![of, low, high])
}

fn called(
    class: &'static str,
    operator: &'static str,
    of: Operand,
    value: &Value,
) -> ConditionBase {
    condition(
        class,
        Form::Call,
        operator,
        vec![of, Operand::Value(value.clone())],
    )
}

impl Key {
    /// `boto3.dynamodb.conditions.Key(name)`
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
        }
    }

    /// `boto3.dynamodb.conditions.Key.name`
    pub fn name(&self) -> String {
        self.name.clone()
    }

    fn operand(&self) -> Operand {
        Operand::Key(self.name.clone())
    }
}

/// `boto3.dynamodb.conditions.Key.eq(value)`
pub fn key_eq(key: &Key, value: &Value) -> ConditionBase {
    compared("Equals", "=", key.operand(), value)
}

/// `boto3.dynamodb.conditions.Key.lt(value)`
pub fn key_lt(key: &Key, value: &Value) -> ConditionBase {
    compared("LessThan", "<", key.operand(), value)
}

/// `boto3.dynamodb.conditions.Key.lte(value)`
pub fn key_lte(key: &Key, value: &Value) -> ConditionBase {
    compared("LessThanEquals", "<=", key.operand(), value)
}

/// `boto3.dynamodb.conditions.Key.gt(value)`
pub fn key_gt(key: &Key, value: &Value) -> ConditionBase {
    compared("GreaterThan", ">", key.operand(), value)
}

/// `boto3.dynamodb.conditions.Key.gte(value)`
pub fn key_gte(key: &Key, value: &Value) -> ConditionBase {
    compared("GreaterThanEquals", ">=", key.operand(), value)
}

/// `boto3.dynamodb.conditions.Key.begins_with(value)`
pub fn key_begins_with(key: &Key, value: &Value) -> ConditionBase {
    called("BeginsWith", "begins_with", key.operand(), value)
}

/// `boto3.dynamodb.conditions.Key.between(low_value, high_value)`
pub fn key_between(key: &Key, low_value: &Value, high_value: &Value) -> ConditionBase {
    within(key.operand(), low_value, high_value)
}

impl Attr {
    /// `boto3.dynamodb.conditions.Attr(name)`
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
        }
    }

    /// `boto3.dynamodb.conditions.Attr.name`
    pub fn name(&self) -> String {
        self.name.clone()
    }

    fn operand(&self) -> Operand {
        Operand::Attr(self.name.clone())
    }
}

/// `boto3.dynamodb.conditions.Attr.eq(value)`
pub fn attr_eq(attr: &Attr, value: &Value) -> ConditionBase {
    compared("Equals", "=", attr.operand(), value)
}

/// `boto3.dynamodb.conditions.Attr.ne(value)`
pub fn attr_ne(attr: &Attr, value: &Value) -> ConditionBase {
    compared("NotEquals", "<>", attr.operand(), value)
}

/// `boto3.dynamodb.conditions.Attr.lt(value)`
pub fn attr_lt(attr: &Attr, value: &Value) -> ConditionBase {
    compared("LessThan", "<", attr.operand(), value)
}

/// `boto3.dynamodb.conditions.Attr.lte(value)`
pub fn attr_lte(attr: &Attr, value: &Value) -> ConditionBase {
    compared("LessThanEquals", "<=", attr.operand(), value)
}

/// `boto3.dynamodb.conditions.Attr.gt(value)`
pub fn attr_gt(attr: &Attr, value: &Value) -> ConditionBase {
    compared("GreaterThan", ">", attr.operand(), value)
}

/// `boto3.dynamodb.conditions.Attr.gte(value)`
pub fn attr_gte(attr: &Attr, value: &Value) -> ConditionBase {
    compared("GreaterThanEquals", ">=", attr.operand(), value)
}

/// `boto3.dynamodb.conditions.Attr.begins_with(value)`
pub fn attr_begins_with(attr: &Attr, value: &Value) -> ConditionBase {
    called("BeginsWith", "begins_with", attr.operand(), value)
}

/// `boto3.dynamodb.conditions.Attr.contains(value)`
pub fn attr_contains(attr: &Attr, value: &Value) -> ConditionBase {
    called("Contains", "contains", attr.operand(), value)
}

/// `boto3.dynamodb.conditions.Attr.attribute_type(value)`
pub fn attr_attribute_type(attr: &Attr, value: &Value) -> ConditionBase {
    called("AttributeType", "attribute_type", attr.operand(), value)
}

/// `boto3.dynamodb.conditions.Attr.between(low_value, high_value)`
pub fn attr_between(attr: &Attr, low_value: &Value, high_value: &Value) -> ConditionBase {
    within(attr.operand(), low_value, high_value)
}

/// `boto3.dynamodb.conditions.Attr.is_in(value)`
pub fn attr_is_in(attr: &Attr, value: &Value) -> ConditionBase {
    let values = Operand::Value(value.clone());
    condition("In", Form::Within, "IN", vec![attr.operand(), values])
}

/// `boto3.dynamodb.conditions.Attr.exists()`
pub fn attr_exists(attr: &Attr) -> ConditionBase {
    let operands = vec![attr.operand()];
    condition("AttributeExists", Form::Call, "attribute_exists", operands)
}

/// `boto3.dynamodb.conditions.Attr.not_exists()`
pub fn attr_not_exists(attr: &Attr) -> ConditionBase {
    let operands = vec![attr.operand()];
    condition(
        "AttributeNotExists",
        Form::Call,
        "attribute_not_exists",
        operands,
    )
}

/// `boto3.dynamodb.conditions.Attr.size()`
pub fn attr_size(attr: &Attr) -> Size {
    Size {
        of: Operand::Size(Box::new(attr.operand())),
    }
}

/// `boto3.dynamodb.conditions.Size.eq(value)`
pub fn size_eq(size: &Size, value: &Value) -> ConditionBase {
    compared("Equals", "=", size.of.clone(), value)
}

/// `boto3.dynamodb.conditions.Size.lt(value)`
pub fn size_lt(size: &Size, value: &Value) -> ConditionBase {
    compared("LessThan", "<", size.of.clone(), value)
}

/// `boto3.dynamodb.conditions.Size.lte(value)`
pub fn size_lte(size: &Size, value: &Value) -> ConditionBase {
    compared("LessThanEquals", "<=", size.of.clone(), value)
}

/// `boto3.dynamodb.conditions.Size.gt(value)`
pub fn size_gt(size: &Size, value: &Value) -> ConditionBase {
    compared("GreaterThan", ">", size.of.clone(), value)
}

/// `boto3.dynamodb.conditions.Size.gte(value)`
pub fn size_gte(size: &Size, value: &Value) -> ConditionBase {
    compared("GreaterThanEquals", ">=", size.of.clone(), value)
}

/// `boto3.dynamodb.conditions.Size.between(low_value, high_value)`
pub fn size_between(size: &Size, low_value: &Value, high_value: &Value) -> ConditionBase {
    within(size.of.clone(), low_value, high_value)
}

/// `boto3.dynamodb.conditions.ConditionBase.__and__(other)`
pub fn and(left: &ConditionBase, right: &ConditionBase) -> ConditionBase {
    joined("And", "AND", left, right)
}

/// `boto3.dynamodb.conditions.ConditionBase.__and__(other)`
pub fn and_value(left: &ConditionBase, right: &Value) -> Result<ConditionBase> {
    let right = ConditionBase::of(right).ok_or_else(|| not_supported("AND", right))?;
    Ok(and(left, &right))
}

/// `boto3.dynamodb.conditions.ConditionBase.__or__(other)`
pub fn or(left: &ConditionBase, right: &ConditionBase) -> ConditionBase {
    joined("Or", "OR", left, right)
}

/// `boto3.dynamodb.conditions.ConditionBase.__or__(other)`
pub fn or_value(left: &ConditionBase, right: &Value) -> Result<ConditionBase> {
    let right = ConditionBase::of(right).ok_or_else(|| not_supported("OR", right))?;
    Ok(or(left, &right))
}

/// `boto3.dynamodb.conditions.ConditionBase.__invert__()`
pub fn invert(of: &ConditionBase) -> ConditionBase {
    let operands = vec![Operand::Condition(of.clone())];
    condition("Not", Form::Negated, "NOT", operands)
}

fn joined(
    class: &'static str,
    operator: &'static str,
    left: &ConditionBase,
    right: &ConditionBase,
) -> ConditionBase {
    let operands = [left, right].map(|it| Operand::Condition(it.clone()));
    condition(class, Form::Joined, operator, operands.to_vec())
}

fn not_supported(operation: &str, value: &Value) -> Error {
    let text = format!(
        "{operation} operation cannot be applied to value {value} of type {} directly. Must use \
         AttributeBase object methods (i.e. Attr().eq()). to generate ConditionBase instances \
         first.",
        super::botocore_validate::class(value)
    );
    Error::new(&OPERATION_NOT_SUPPORTED, text)
}

impl ConditionBase {
    /// The condition that a value is.
    pub fn of(value: &Value) -> Option<Self> {
        let Value::Object(object) = value else {
            return None;
        };
        downcast::<Self>(object).cloned()
    }
}

impl Object for ConditionBase {
    fn type_name(&self) -> &'static str {
        self.0.class
    }

    fn attribute(&self, _name: &str) -> Option<Value> {
        None
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        Err(error::untranslated(format!(
            "the attribute {name} of a condition"
        )))
    }
}

impl From<ConditionBase> for Value {
    fn from(condition: ConditionBase) -> Self {
        Self::Object(Rc::new(condition))
    }
}
