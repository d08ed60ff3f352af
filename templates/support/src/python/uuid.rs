//! Python's `uuid`.

use std::fmt;
#[cfg(feature = "object")]
use std::rc::Rc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use super::error::{self, Result};
use super::value::Value;
use super::{hashlib, os, text, time};

/// `uuid.UUID`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid(u128);

/// `uuid.NAMESPACE_DNS`
pub const NAMESPACE_DNS: Uuid = Uuid(0x6ba7_b810_9dad_11d1_80b4_00c0_4fd4_30c8);
/// `uuid.NAMESPACE_URL`
pub const NAMESPACE_URL: Uuid = Uuid(0x6ba7_b811_9dad_11d1_80b4_00c0_4fd4_30c8);
/// `uuid.NAMESPACE_OID`
pub const NAMESPACE_OID: Uuid = Uuid(0x6ba7_b812_9dad_11d1_80b4_00c0_4fd4_30c8);
/// `uuid.NAMESPACE_X500`
pub const NAMESPACE_X500: Uuid = Uuid(0x6ba7_b814_9dad_11d1_80b4_00c0_4fd4_30c8);

impl fmt::Display for Uuid {
    /// As `str(uuid)`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hex = hex(self);
        let parts = [
            &hex[..8],
            &hex[8..12],
            &hex[12..16],
            &hex[16..20],
            &hex[20..],
        ];
        formatter.write_str(&parts.join("-"))
    }
}

/// A UUID of a version, made of bytes of which the first 16 count.
fn of_version(version: u128, bytes: &[u8]) -> Uuid {
    let number = bytes
        .iter()
        .take(16)
        .fold(0, |number, byte| (number << 8) | u128::from(*byte));
    let number = number & !(0xc000 << 48) | (0x8000 << 48);
    Uuid(number & !(0xf000 << 64) | (version << 76))
}

/// `uuid.uuid4()`.
pub fn uuid4() -> Result<Uuid> {
    let mut bytes = [0; 16];
    os::fill(&mut bytes)?;
    Ok(of_version(4, &bytes))
}

/// `uuid.uuid1()`.
/// The machine is a random one, which stays the same.
pub fn uuid1() -> Result<Uuid> {
    // Since the calendar of 1582, in steps of 100 ns.
    let steps = (time::time_ns() / 100) as u128 + 0x01b2_1dd2_1381_4000;
    let last = LAST.fetch_max(steps as u64, Ordering::Relaxed);
    let steps = steps.max(u128::from(last) + 1);
    LAST.fetch_max(steps as u64, Ordering::Relaxed);
    let mut random = [0; 2];
    os::fill(&mut random)?;
    let sequence = u128::from(u16::from_be_bytes(random) & 0x3fff);
    let (low, middle, high) = (
        steps & 0xffff_ffff,
        steps >> 32 & 0xffff,
        steps >> 48 & 0xfff,
    );
    Ok(Uuid(
        low << 96 | middle << 80 | (0x1000 | high) << 64 | (0x8000 | sequence) << 48 | machine()?,
    ))
}

/// When the last UUID of version 1 was made.
static LAST: AtomicU64 = AtomicU64::new(0);

/// What stands for the address of a network card.
fn machine() -> Result<u128> {
    static MACHINE: OnceLock<u64> = OnceLock::new();
    let mut bytes = [0; 8];
    os::fill(&mut bytes)?;
    // No card has the first of these bits.
    let made = u64::from_be_bytes(bytes) & 0xffff_ffff_ffff | 0x0100_0000_0000;
    Ok(u128::from(*MACHINE.get_or_init(|| made)))
}

/// `uuid.uuid3(namespace, name)`.
pub fn uuid3(namespace: &Uuid, name: &str) -> Uuid {
    of_version(3, &named(&hashlib::MD5, namespace, name))
}

/// `uuid.uuid5(namespace, name)`.
pub fn uuid5(namespace: &Uuid, name: &str) -> Uuid {
    of_version(5, &named(&hashlib::SHA1, namespace, name))
}

fn named(algorithm: &hashlib::Algorithm, namespace: &Uuid, name: &str) -> Vec<u8> {
    let text = [&namespace.0.to_be_bytes(), name.as_bytes()].concat();
    hashlib::hash_of(algorithm, &text)
}

/// `uuid.UUID(hex)`.
/// What `int()` takes beside digits, as underscores, is refused.
pub fn uuid(hex: &str) -> Result<Uuid> {
    let plain = hex.replace("urn:", "").replace("uuid:", "");
    let plain = plain.trim_matches(['{', '}']).replace('-', "");
    if plain.chars().count() != 32 {
        let text = "badly formed hexadecimal UUID string";
        return Err(error::value_error(text));
    }
    if plain.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return u128::from_str_radix(&plain, 16).map(Uuid).map_err(|_| {
            error::untranslated("a UUID of other digits") // 32 digits are 128 bits.
        });
    }
    let strange = |c: char| {
        c.is_whitespace() || matches!(c, '_' | '+' | 'x' | 'X') || (!c.is_ascii() && c.is_numeric())
    };
    if plain.contains(strange) {
        return Err(error::untranslated("a UUID of other digits"));
    }
    let shown = text::str_repr(&plain);
    Err(error::value_error(format!(
        "invalid literal for int() with base 16: {shown}"
    )))
}

/// `uuid.UUID(hex)`.
pub fn uuid_value(hex: &Value) -> Result<Uuid> {
    match hex {
        Value::None => Err(error::type_error(
            "one of the hex, bytes, bytes_le, fields, or int arguments must be given",
        )),
        hex => uuid(hex.expect_str("replace")?),
    }
}

/// `uuid.UUID.hex`
pub fn hex(uuid: &Uuid) -> String {
    format!("{:032x}", uuid.0)
}

/// `uuid.UUID.urn`
pub fn urn(uuid: &Uuid) -> String {
    format!("urn:uuid:{uuid}")
}

/// `uuid.UUID.bytes`
#[cfg(feature = "bytes")]
pub fn bytes(uuid: &Uuid) -> Vec<u8> {
    uuid.0.to_be_bytes().to_vec()
}

/// `uuid.UUID.version`
pub fn version(uuid: &Uuid) -> Option<i64> {
    let is_of_rfc = (uuid.0 >> 62) & 0b11 == 0b10;
    is_of_rfc.then_some(((uuid.0 >> 76) & 0xf) as i64)
}

#[cfg(feature = "object")]
impl super::object::Object for Uuid {
    fn type_name(&self) -> &'static str {
        "UUID"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "hex" => Some(hex(self).into()),
            "urn" => Some(urn(self).into()),
            "version" => Some(version(self).into()),
            #[cfg(feature = "bytes")]
            "bytes" => Some(bytes(self).into()),
            _ => None,
        }
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        self.attribute(name)
            .ok_or_else(|| error::untranslated(format!("the attribute {name} of a UUID")))
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        let Value::Object(other) = other else {
            return Some(false);
        };
        Some(super::object::downcast::<Uuid>(other) == Some(self))
    }

    fn hash_key(&self) -> Option<Value> {
        Some(hex(self).into())
    }

    fn compare(&self, other: &Value, order: super::compare::Order) -> Option<Result<bool>> {
        let Value::Object(other) = other else {
            return None;
        };
        let other = super::object::downcast::<Uuid>(other)?;
        Some(Ok(order.holds(Some(self.cmp(other)))))
    }

    fn representation(&self) -> String {
        format!("UUID('{self}')")
    }

    fn text(&self) -> String {
        self.to_string()
    }
}

#[cfg(feature = "object")]
impl From<Uuid> for Value {
    fn from(uuid: Uuid) -> Self {
        Self::Object(Rc::new(uuid))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_of_moments_follow_each_other() -> Result<()> {
        let (first, second) = (uuid1()?, uuid1()?);
        assert_eq!(version(&first), Some(1));
        let moment = |it: &Uuid| (it.0 >> 64 & 0xfff, it.0 >> 80 & 0xffff, it.0 >> 96);
        assert!(moment(&first) < moment(&second));
        let machine = |it: &Uuid| it.0 & 0xffff_ffff_ffff;
        assert_eq!(machine(&first), machine(&second));
        assert_eq!(machine(&first) >> 40 & 1, 1);
        Ok(())
    }

    #[test]
    fn texts_become_uuids() -> Result<()> {
        let shown = "12345678-1234-5678-1234-567812345678";
        for text in [
            shown,
            "{12345678123456781234567812345678}",
            "urn:uuid:12345678-1234-5678-1234-567812345678",
        ] {
            assert_eq!(uuid(text)?.to_string(), shown);
        }
        assert_eq!(version(&uuid(shown)?), None);
        let four = uuid("12345678-1234-4678-9234-567812345678")?;
        assert_eq!(version(&four), Some(4));
        assert_eq!(urn(&four), "urn:uuid:12345678-1234-4678-9234-567812345678");
        Ok(())
    }

    #[test]
    fn names_have_uuids() {
        let five = uuid5(&NAMESPACE_DNS, "python.org");
        assert_eq!(five.to_string(), "886313e1-3b8a-5372-9b90-0c9aee199e5d");
        let three = uuid3(&NAMESPACE_URL, "é");
        assert_eq!(three.to_string(), "cf43a1a7-73ba-3f29-a1f8-6a00e2deece6");
    }

    #[test]
    fn random_ones_differ() -> Result<()> {
        let (one, other) = (uuid4()?, uuid4()?);
        assert_ne!(one, other);
        assert_eq!(version(&one), Some(4));
        assert_eq!(hex(&one).len(), 32);
        Ok(())
    }

    #[test]
    fn raises_what_python_raises() {
        let text = |result: Result<Uuid>| match result {
            Ok(uuid) => uuid.to_string(),
            Err(error) => format!("{}: {error}", error.class().name),
        };
        let badly = "ValueError: badly formed hexadecimal UUID string";
        assert_eq!(text(uuid("x")), badly);
        let z = "z".repeat(32);
        let literal = format!("ValueError: invalid literal for int() with base 16: '{z}'");
        assert_eq!(text(uuid(&z)), literal);
        let none =
            "TypeError: one of the hex, bytes, bytes_le, fields, or int arguments must be given";
        assert_eq!(text(uuid_value(&Value::None)), none);
        let int = "AttributeError: 'int' object has no attribute 'replace'";
        assert_eq!(text(uuid_value(&5.into())), int);
        let digits = "12345678123456781234567812345_78";
        assert_eq!(text(uuid(digits)), "Untranslated: a UUID of other digits");
    }

    #[cfg(feature = "object")]
    #[test]
    fn values_may_be_uuids() -> Result<()> {
        let one = Value::from(uuid("12345678-1234-4678-9234-567812345678")?);
        let other = Value::from(uuid("12345678-1234-4678-9234-567812345678")?);
        assert_eq!(one, other);
        assert_ne!(one, Value::from("12345678-1234-4678-9234-567812345678"));
        assert_eq!(super::super::ops::repr(&one), format!("UUID('{one}')"));
        assert!(!super::super::ops::lt(&one, &other)?);
        Ok(())
    }
}
