//! Between values and Rust's own types.

use super::dict::Dict;
use super::error::{self, Error, Result};
use super::list::List;
use super::value::Value;

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Self::Int(i64::from(value))
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Str(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Str(value)
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Str(value.clone())
    }
}

impl From<()> for Value {
    fn from((): ()) -> Self {
        Self::None
    }
}

impl From<List> for Value {
    fn from(value: List) -> Self {
        Self::List(value)
    }
}

impl From<&List> for Value {
    fn from(value: &List) -> Self {
        Self::List(value.clone())
    }
}

impl From<Dict> for Value {
    fn from(value: Dict) -> Self {
        Self::Dict(value)
    }
}

impl From<&Dict> for Value {
    fn from(value: &Dict) -> Self {
        Self::Dict(value.clone())
    }
}

impl From<&Value> for Value {
    fn from(value: &Value) -> Self {
        value.clone()
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}

impl Value {
    /// The text of a `str`.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The number of an `int` or `bool`.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            Self::Bool(value) => Some(i64::from(*value)),
            _ => None,
        }
    }

    /// The receiver of a method of `str`.
    pub fn expect_str(&self, method: &str) -> Result<&str> {
        match self {
            Self::Str(text) => Ok(text),
            other => Err(other.lacks(method)),
        }
    }

    /// The receiver of a method of `int`.
    pub fn expect_int(&self, method: &str) -> Result<i64> {
        self.as_int().ok_or_else(|| self.lacks(method))
    }

    /// The receiver of a method of `float`.
    pub fn expect_float(&self, method: &str) -> Result<f64> {
        match self {
            Self::Float(number) => Ok(*number),
            other => Err(other.lacks(method)),
        }
    }

    /// The receiver of a method of `list`.
    pub fn expect_list(&self, method: &str) -> Result<&List> {
        match self {
            Self::List(list) => Ok(list),
            other => Err(other.lacks(method)),
        }
    }

    /// The receiver of a method of `dict`.
    pub fn expect_dict(&self, method: &str) -> Result<&Dict> {
        match self {
            Self::Dict(dict) => Ok(dict),
            other => Err(other.lacks(method)),
        }
    }

    /// The receiver of a method of `tuple`.
    #[cfg(feature = "tuple")]
    pub fn expect_tuple(&self, method: &str) -> Result<&super::tuple::Tuple> {
        match self {
            Self::Tuple(tuple) => Ok(tuple),
            other => Err(other.lacks(method)),
        }
    }

    /// The receiver of a method of `bytes`.
    #[cfg(feature = "bytes")]
    pub fn expect_bytes(&self, method: &str) -> Result<&[u8]> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            other => Err(other.lacks(method)),
        }
    }

    /// The receiver of a method of `set`.
    #[cfg(feature = "set")]
    pub fn expect_set(&self, method: &str) -> Result<&super::set::Set> {
        match self {
            Self::Set(set) => Ok(set),
            other => Err(other.lacks(method)),
        }
    }

    /// The receiver of a method of `Decimal`.
    #[cfg(feature = "decimal")]
    pub fn expect_decimal(&self, method: &str) -> Result<&super::decimal::Decimal> {
        match self {
            Self::Decimal(number) => Ok(number),
            other => Err(other.lacks(method)),
        }
    }

    /// The receiver of a method of `datetime`.
    #[cfg(feature = "datetime")]
    pub fn expect_datetime(&self, method: &str) -> Result<&super::datetime::DateTime> {
        match self {
            Self::DateTime(value) => Ok(value),
            other => Err(other.lacks(method)),
        }
    }

    /// The receiver of a method of `date` that `datetime` inherits.
    #[cfg(feature = "datetime")]
    pub fn expect_date(&self, method: &str) -> Result<&super::date::Date> {
        match self {
            Self::Date(value) => Ok(value),
            Self::DateTime(value) => Ok(&value.date),
            other => Err(other.lacks(method)),
        }
    }

    /// The receiver of a method of `time`.
    #[cfg(feature = "datetime")]
    pub fn expect_time(&self, method: &str) -> Result<&super::time_of_day::Time> {
        match self {
            Self::Time(value) => Ok(value),
            other => Err(other.lacks(method)),
        }
    }

    /// The receiver of a method of `timedelta`.
    #[cfg(feature = "datetime")]
    pub fn expect_timedelta(&self, method: &str) -> Result<&super::timedelta::TimeDelta> {
        match self {
            Self::TimeDelta(value) => Ok(value),
            other => Err(other.lacks(method)),
        }
    }

    /// The receiver of a method of `timezone` or `ZoneInfo`.
    #[cfg(feature = "datetime")]
    pub fn expect_tzinfo(&self, method: &str) -> Result<&super::timezone::TimeZone> {
        match self {
            Self::TimeZone(zone) => Ok(zone),
            other => Err(other.lacks(method)),
        }
    }

    /// What a method raises that the value does not have, or whose translation it does not have.
    pub fn lacks(&self, method: &str) -> Error {
        let name = self.type_name();
        match self {
            #[cfg(feature = "object")]
            Self::Object(_) => {}
            _ if !has_attribute(name, method) => return error::attribute_error(name, method),
            _ => {}
        }
        error::untranslated(format!("the method {method} of a value that is a {name}"))
    }

    /// As `value.name`.
    pub fn attribute(&self, name: &str) -> Result<Value> {
        match self {
            #[cfg(feature = "object")]
            Self::Object(object) => object.read_attribute(name),
            other if name == "__dict__" => Err(error::attribute_error(other.type_name(), name)),
            #[cfg(feature = "datetime")]
            other => match super::datetime_value::attribute(other, name) {
                Some(value) => Ok(value),
                None => Err(other.lacks(name)),
            },
            #[cfg(not(feature = "datetime"))]
            other => Err(other.lacks(name)),
        }
    }

    /// As `value.name = other`. Only of objects.
    #[cfg(feature = "object")]
    pub fn set_attribute(&self, name: &str, value: impl Into<Value>) -> Result<()> {
        match self {
            Self::Object(object) => object.set_attribute(name, value.into()),
            other => Err(other.lacks(name)),
        }
    }

    /// As `hasattr(value, name)`.
    pub fn has_attribute(&self, name: &str) -> Result<bool> {
        match self {
            #[cfg(feature = "object")]
            Self::Object(object) => match object.read_attribute(name) {
                Ok(_) => Ok(true),
                Err(raised) if raised.is(&error::ATTRIBUTE_ERROR) => Ok(false),
                Err(raised) => Err(raised),
            },
            other => match name {
                "__dict__" | "__call__" | "__name__" | "__next__" => Ok(false),
                "__class__" | "__doc__" | "__eq__" | "__repr__" | "__str__" => Ok(true),
                "__contains__" | "__iter__" | "__len__" => Ok(other.is_collection()),
                _ if name.starts_with("__") => {
                    let text = format!("hasattr of {name}");
                    Err(error::untranslated(text))
                }
                _ => Ok(has_attribute(other.type_name(), name)),
            },
        }
    }

    fn is_collection(&self) -> bool {
        let name = self.type_name();
        ["str", "list", "dict", "tuple", "bytes", "set"].contains(&name)
    }
}

/// As `getattr(value, name, default)`.
pub fn attribute_or(value: &Value, name: &str, default: Value) -> Result<Value> {
    match value.attribute(name) {
        Err(raised) if raised.is(&error::ATTRIBUTE_ERROR) => Ok(default),
        found => found,
    }
}

/// Whether values of a builtin type have an attribute. Names with two underscores are taken to be there.
fn has_attribute(type_name: &str, name: &str) -> bool {
    if name.starts_with("__") {
        return true;
    }
    let names = match type_name {
        "int" | "bool" => {
            "as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag \
             numerator real to_bytes"
        }
        "float" => "as_integer_ratio conjugate fromhex hex imag is_integer real",
        "str" => {
            "capitalize casefold center count encode endswith expandtabs find format \
             format_map index isalnum isalpha isascii isdecimal isdigit isidentifier \
             islower isnumeric isprintable isspace istitle isupper join ljust lower \
             lstrip maketrans partition removeprefix removesuffix replace rfind rindex \
             rjust rpartition rsplit rstrip split splitlines startswith strip swapcase \
             title translate upper zfill"
        }
        "list" => "append clear copy count extend index insert pop remove reverse sort",
        "dict" => "clear copy fromkeys get items keys pop popitem setdefault update values",
        "tuple" => "count index",
        "bytes" => {
            "capitalize center count decode endswith expandtabs find fromhex hex index \
             isalnum isalpha isascii isdigit islower isspace istitle isupper join ljust \
             lower lstrip maketrans partition removeprefix removesuffix replace rfind \
             rindex rjust rpartition rsplit rstrip split splitlines startswith strip \
             swapcase title translate upper zfill"
        }
        "set" => {
            "add clear copy difference difference_update discard intersection \
             intersection_update isdisjoint issubset issuperset pop remove \
             symmetric_difference symmetric_difference_update union update"
        }
        #[cfg(feature = "decimal")]
        "decimal.Decimal" => {
            "adjusted as_integer_ratio as_tuple canonical compare compare_signal \
             compare_total compare_total_mag conjugate copy_abs copy_negate copy_sign \
             exp fma from_float imag is_canonical is_finite is_infinite is_nan is_normal \
             is_qnan is_signed is_snan is_subnormal is_zero ln log10 logb logical_and \
             logical_invert logical_or logical_xor max max_mag min min_mag next_minus \
             next_plus next_toward normalize number_class quantize radix real \
             remainder_near rotate same_quantum scaleb shift sqrt to_eng_string \
             to_integral to_integral_exact to_integral_value"
        }
        #[cfg(feature = "datetime")]
        "datetime.datetime" => {
            "astimezone combine ctime date day dst fold fromisocalendar fromisoformat \
             fromordinal fromtimestamp hour isocalendar isoformat isoweekday max \
             microsecond min minute month now replace resolution second strftime \
             strptime time timestamp timetuple timetz today toordinal tzinfo tzname \
             utcfromtimestamp utcnow utcoffset utctimetuple weekday year"
        }
        #[cfg(feature = "datetime")]
        "datetime.date" => {
            "ctime day fromisocalendar fromisoformat fromordinal fromtimestamp \
             isocalendar isoformat isoweekday max min month replace resolution strftime \
             timetuple today toordinal weekday year"
        }
        #[cfg(feature = "datetime")]
        "datetime.time" => {
            "dst fold fromisoformat hour isoformat max microsecond min minute replace \
             resolution second strftime tzinfo tzname utcoffset"
        }
        #[cfg(feature = "datetime")]
        "datetime.timezone" => "dst fromutc max min tzname utc utcoffset",
        #[cfg(feature = "zoneinfo")]
        "zoneinfo.ZoneInfo" => "clear_cache dst from_file fromutc key no_cache tzname utcoffset",
        #[cfg(feature = "datetime")]
        "datetime.timedelta" => "days max microseconds min resolution seconds total_seconds",
        _ => "",
    };
    names.split(' ').any(|known| known == name)
}
