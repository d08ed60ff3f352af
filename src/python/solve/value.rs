//! What a name can hold, as far as the analysis tells values apart.

use rustc_hash::FxHashMap;

/// An interned text.
pub(in crate::python) type Symbol = u32;
/// An interned [`Value`].
pub(in crate::python) type ValueId = u32;
/// A function in one calling context.
pub(in crate::python) type InstanceId = u32;

/// An operation of an instance: where something is made or called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::python) struct Site {
    pub(in crate::python) instance: InstanceId,
    pub(in crate::python) operation: u32,
}

/// An abstract value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::python) enum Value {
    /// Something that is not known.
    Opaque,
    /// The handler's event or a part of it.
    Event,
    /// A string constant.
    Text(Symbol),
    /// A small whole number, by its digits.
    Number(Symbol),
    /// The value of an environment variable.
    Environment(Symbol),
    /// A local module.
    Module(u32),
    /// Something outside of the graph by its dotted name; `()` stands for the result of a call,
    /// as in `requests.Session().get`.
    External(Symbol),
    /// A function and the instance that its free variables belong to.
    Function {
        module: u32,
        function: u32,
        outer: InstanceId,
    },
    /// A function bound to its first argument.
    Method {
        function: ValueId,
        receiver: ValueId,
    },
    /// A class.
    Class {
        module: u32,
        class: u32,
        outer: InstanceId,
    },
    /// An object of a class, told apart by what its constructor was given.
    Object { class: ValueId, context: u32 },
    /// What `super()` gives.
    Super { class: ValueId, receiver: ValueId },
    /// A `property`, by its getter.
    Property(ValueId),
    /// A `staticmethod`.
    Static(ValueId),
    /// A `classmethod`.
    ClassMethod(ValueId),
    /// A list, tuple, set or dict, by where it was made.
    Container(Site),
    /// What `functools.partial` made there.
    Partial(Site),
    /// A generator.
    Generator(InstanceId),
    /// The coroutine of an `async def`, by its call.
    Coroutine { instance: InstanceId, call: Site },
    /// The result of an AWS call that may still have to be awaited.
    Pending(Site),
    /// A method of a value that is not local.
    Bound { base: ValueId, name: Symbol },
    /// A boto3, botocore, aioboto3 or aiobotocore session.
    Session,
    /// A client; `None` where its service is not known.
    Client(Option<Symbol>),
    /// A service resource; `None` where its service is not known.
    Resource(Option<Symbol>),
    /// `client.meta` or `resource.meta`.
    Meta(Symbol),
    /// A resource object such as a `Table`, by where it was made. `lazy`: the first read of an
    /// attribute loads it; not so for objects that a list brought, which have their data.
    ResourceObject {
        service: Symbol,
        kind: Symbol,
        made: Site,
        lazy: bool,
    },
    /// A collection such as `bucket.objects`, and whether `all` or `filter` was called on it.
    Collection {
        owner: ValueId,
        name: Symbol,
        listed: bool,
    },
    /// A paginator; `None` where its operation is not known.
    Paginator {
        service: Symbol,
        operation: Option<Symbol>,
    },
    /// A waiter; `None` where it is not known.
    Waiter {
        service: Symbol,
        waiter: Option<Symbol>,
    },
}

/// Texts and values, each once.
#[derive(Default)]
pub(in crate::python) struct Pool {
    texts: Vec<Box<str>>,
    symbols: FxHashMap<Box<str>, Symbol>,
    values: Vec<Value>,
    ids: FxHashMap<Value, ValueId>,
}

impl Pool {
    pub(in crate::python) fn symbol(&mut self, text: &str) -> Symbol {
        if let Some(&symbol) = self.symbols.get(text) {
            return symbol;
        }
        let symbol = self.texts.len() as Symbol;
        self.texts.push(text.into());
        self.symbols.insert(text.into(), symbol);
        symbol
    }

    pub(in crate::python) fn text(&self, symbol: Symbol) -> &str {
        self.texts.get(symbol as usize).map_or("", |text| text)
    }

    pub(in crate::python) fn id(&mut self, value: Value) -> ValueId {
        if let Some(&id) = self.ids.get(&value) {
            return id;
        }
        let id = self.values.len() as ValueId;
        self.values.push(value);
        self.ids.insert(value, id);
        id
    }

    pub(in crate::python) fn value(&self, id: ValueId) -> Value {
        self.values
            .get(id as usize)
            .copied()
            .unwrap_or(Value::Opaque)
    }
}
