//! Which expressions are run through at once where they stand, so that what Python makes item by
//! item may be made there.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{CmpOp, Comprehension, Expr, ExprCall, Stmt};
use ruff_text_size::{Ranged, TextRange};
use rustc_hash::FxHashMap;

/// How an expression is run through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consumed {
    /// To its end, before anything else is done.
    Whole,
    /// Item by item, with something done in between, or not to its end.
    Stepwise,
}

/// What runs through all of its argument first.
const WHOLE: [&str; 6] = ["list", "tuple", "sorted", "join", "len", "writerows"];

/// What runs through its arguments item by item.
const STEPWISE: [&str; 32] = [
    "set",
    "frozenset",
    "dict",
    "sum",
    "min",
    "max",
    "any",
    "all",
    "next",
    "update",
    "union",
    "intersection",
    "difference",
    "symmetric_difference",
    "issubset",
    "issuperset",
    "isdisjoint",
    "fromkeys",
    "Counter",
    "deque",
    "OrderedDict",
    "reduce",
    "mean",
    "median",
    "stdev",
    "prod",
    "fsum",
    "extend",
    "nlargest",
    "nsmallest",
    "submit",
    "map",
];

/// What gives item by item what it takes item by item: a part of it, or in pairs.
const LAZY: [&str; 22] = [
    "map",
    "filter",
    "zip",
    "enumerate",
    "reversed",
    "iter",
    "chain",
    "from_iterable",
    "islice",
    "zip_longest",
    "product",
    "combinations",
    "permutations",
    "accumulate",
    "takewhile",
    "dropwhile",
    "filterfalse",
    "groupby",
    "starmap",
    "pairwise",
    "compress",
    "batched",
];

/// The expressions of a module that are run through where they stand, by their place.
pub(super) fn consumed(body: &[Stmt]) -> FxHashMap<TextRange, Consumed> {
    let mut found = Walk::default();
    found.visit_body(body);
    found.places
}

/// Whether a name is one of what gives items one by one.
pub fn is_lazy(name: &str) -> bool {
    LAZY.contains(&name)
}

/// The last part of the name that is called.
fn called(call: &ExprCall) -> &str {
    match &*call.func {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => "",
    }
}

#[derive(Default)]
struct Walk {
    places: FxHashMap<TextRange, Consumed>,
}

impl Walk {
    fn note(&mut self, expr: &Expr, how: Consumed) {
        self.places.insert(expr.range(), how);
    }

    /// What a call takes, where the call itself is run through in some way.
    fn arguments(&mut self, call: &ExprCall, outer: Option<Consumed>) {
        let name = called(call);
        let is_method = call.func.is_attribute_expr();
        let how = match (is_lazy(name), outer) {
            (true, Some(outer)) => match name {
                "enumerate" | "iter" => outer,
                _ => Consumed::Stepwise,
            },
            // `pool.map(f, items)` takes all items at once.
            _ if is_method && name == "map" => Consumed::Whole,
            (true, None) => return,
            _ if WHOLE.contains(&name) => Consumed::Whole,
            _ if STEPWISE.contains(&name) => Consumed::Stepwise,
            _ => return,
        };
        for argument in &call.arguments.args {
            if !argument.is_starred_expr() {
                self.note(argument, how);
            }
        }
    }
}

impl<'a> Visitor<'a> for Walk {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::For(it) => self.note(&it.iter, Consumed::Stepwise),
            Stmt::Assign(it) => {
                let unpacks = |target: &Expr| target.is_tuple_expr() || target.is_list_expr();
                if it.targets.iter().all(unpacks) {
                    self.note(&it.value, Consumed::Stepwise);
                }
            }
            _ => {}
        }
        visitor::walk_stmt(self, stmt);
    }

    fn visit_comprehension(&mut self, comprehension: &'a Comprehension) {
        self.note(&comprehension.iter, Consumed::Stepwise);
        visitor::walk_comprehension(self, comprehension);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Call(call) => {
                let outer = self.places.get(&expr.range()).copied();
                self.arguments(call, outer);
            }
            Expr::Starred(it) => self.note(&it.value, Consumed::Whole),
            Expr::YieldFrom(it) => self.note(&it.value, Consumed::Stepwise),
            Expr::Compare(it) => {
                for (op, right) in it.ops.iter().zip(&it.comparators) {
                    if matches!(op, CmpOp::In | CmpOp::NotIn) {
                        self.note(right, Consumed::Stepwise);
                    }
                }
            }
            _ => {}
        }
        visitor::walk_expr(self, expr);
    }
}
