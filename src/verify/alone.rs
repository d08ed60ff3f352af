//! Which one of several calls of an operation is to fail, so that it is the same one in each run.

use serde_json::{Map, Value};

use crate::lambda::record::{Call, FaultRule};

/// How one call among those of its operation is told.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Alone {
    /// It is the second to be sent.
    Second,
    /// It alone has these parameters.
    With(Map<String, Value>),
}

impl Alone {
    /// The rule for this call, and words for it.
    pub(super) fn rule(self, each: FaultRule) -> (FaultRule, String) {
        match self {
            Self::Second => {
                let call = Some(2);
                (FaultRule { call, ..each }, "the second".to_owned())
            }
            Self::With(parameters) => {
                let words = parameters
                    .iter()
                    .map(|(name, value)| match value {
                        Value::String(text) => format!("{name} {text}"),
                        value => format!("{name} {value}"),
                    })
                    .collect::<Vec<_>>()
                    .join(", ");
                (FaultRule { parameters, ..each }, words)
            }
        }
    }
}

/// One call of an operation: the second where that is the same call in each run, else one that
/// is told by what it asks for; nothing where neither is sure. `again` are further runs of the
/// case, in which calls that may run at once do so: with none, nothing is sure. Where the other side
/// need not keep their order, `in_order` is not set.
pub(super) fn alone(calls: &[&Call], again: &[Vec<&Call>], in_order: bool) -> Option<Alone> {
    let [first, second, others @ ..] = calls else {
        return None;
    };
    if again.is_empty() {
        return None;
    }
    let mut runs = vec![calls];
    runs.extend(again.iter().map(Vec::as_slice));
    let has_turn = |run: &&[&Call]| in_turn(run) && has_place(second, run);
    if in_order && runs.iter().all(has_turn) {
        return Some(Alone::Second);
    }
    let mut targets = [second, first].into_iter().chain(others);
    targets
        .find_map(|target| told(target, &runs))
        .map(Alone::With)
}

/// Whether the second call shares no time with another.
fn in_turn(run: &[&Call]) -> bool {
    let Some(second) = run.get(1) else {
        return false;
    };
    let mut others = run.iter().enumerate().filter(|(place, _)| *place != 1);
    !others.any(|(_, other)| other.span.overlaps(second.span))
}

/// Whether what is the second call in one run is not another one in this run, as where code goes
/// through a set. A call with an id of its own is in no other run.
fn has_place(second: &Call, run: &[&Call]) -> bool {
    let mut same = run.iter().map(|call| call.parameters == second.parameters);
    same.nth(1) == Some(true) || !run.iter().any(|call| call.parameters == second.parameters)
}

/// Parameters that one call alone has, in each run: one of them if that is enough.
fn told(target: &Call, runs: &[&[&Call]]) -> Option<Map<String, Value>> {
    let is_alone = |wanted: &Map<String, Value>| {
        let has = |call: &&&Call| {
            let mut wanted = wanted.iter();
            wanted.all(|(name, value)| call.parameters.get(name) == Some(value))
        };
        runs.iter().all(|run| run.iter().filter(has).count() == 1)
    };
    let parameters = target.parameters.as_object()?;
    let one = |(name, value): (&String, &Value)| Map::from_iter([(name.clone(), value.clone())]);
    if let Some(one) = parameters.iter().map(one).find(|it| is_alone(it)) {
        return Some(one);
    }
    // What is another value in each run tells nothing.
    let stays = |name: &String, value: &Value| {
        let in_run = |run: &&[&Call]| run.iter().any(|it| it.parameters.get(name) == Some(value));
        runs.iter().all(in_run)
    };
    let stable: Map<String, Value> = parameters
        .iter()
        .filter(|(name, value)| stays(name, value))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    is_alone(&stable).then_some(stable)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::*;
    use crate::lambda::record::Span;

    fn call(parameters: Value, start: u64, end: u64) -> Call {
        Call {
            service: "s3".to_owned(),
            operation: "GetObject".to_owned(),
            parameters,
            recognised: true,
            status: Some(200),
            attempts: 1,
            span: Span {
                start: Duration::from_millis(start),
                end: Duration::from_millis(end),
            },
        }
    }

    fn of(runs: &[Vec<Call>]) -> Option<Alone> {
        let runs: Vec<Vec<&Call>> = runs.iter().map(|run| run.iter().collect()).collect();
        alone(&runs[0], &runs[1..], true)
    }

    fn with(parameters: Value) -> Option<Alone> {
        parameters.as_object().cloned().map(Alone::With)
    }

    #[test]
    fn calls_one_after_the_other_are_told_by_their_number() {
        let run = || {
            vec![
                call(json!({"Key": "a"}), 0, 1),
                call(json!({"Key": "b"}), 1, 2),
            ]
        };
        assert_eq!(of(&[run(), run()]), Some(Alone::Second));
        // Also with ids of their own, and where all are the same.
        let ids = |id: u8| {
            vec![
                call(json!({"Id": id}), 0, 1),
                call(json!({"Id": id + 1}), 1, 2),
            ]
        };
        assert_eq!(of(&[ids(0), ids(10)]), Some(Alone::Second));
        let same = || vec![call(json!({}), 0, 1), call(json!({}), 1, 2)];
        assert_eq!(of(&[same(), same()]), Some(Alone::Second));
        assert_eq!(of(&[run()]), None, "one run alone tells nothing");
        assert_eq!(of(&[vec![call(json!({}), 0, 1)]]), None);
    }

    #[test]
    fn where_order_does_not_count_no_call_is_told_by_its_number() {
        let calls = ["a", "b"].map(|key| call(json!({"Key": key}), 0, 1));
        let calls: Vec<&Call> = calls.iter().collect();
        let told = alone(&calls, std::slice::from_ref(&calls), false);
        assert_eq!(told, with(json!({"Key": "b"})));
    }

    #[test]
    fn calls_at_once_are_told_by_what_stays_the_same() {
        let parameters = |key: &str, id: u8| json!({"Bucket": "x", "Key": key, "Id": id});
        let run = |keys: [&str; 2], id: u8, end: u64| {
            let [one, other] = keys.map(|key| parameters(key, id));
            vec![call(one, 0, end), call(other, 2, 4)]
        };
        // Fast answers hide it in the first run.
        let runs = [run(["a", "b"], 0, 1), run(["a", "b"], 1, 3)];
        assert_eq!(of(&runs), with(json!({"Key": "b"})));
        // The other order is enough, as where code goes through a set.
        let runs = [run(["a", "b"], 0, 1), run(["b", "a"], 0, 1)];
        assert_eq!(of(&runs), with(json!({"Key": "b"})));
        // The others may run at once with the second.
        let three = |end: u64| {
            let keys = ["a", "b", "c"].map(|key| parameters(key, 0));
            let [a, b, c] = keys;
            vec![call(a, 0, 1), call(b, 2, end), call(c, 3, 5)]
        };
        assert_eq!(of(&[three(4), three(4)]), with(json!({"Key": "b"})));
    }

    #[test]
    fn several_parameters_tell_a_call_where_one_does_not() {
        let run = |id: u8| {
            let pairs = [("x", "a"), ("x", "b"), ("y", "a"), ("y", "b")];
            let calls = pairs
                .map(|(bucket, key)| call(json!({"Bucket": bucket, "Key": key, "Id": id}), 0, 5));
            calls.to_vec()
        };
        let known = with(json!({"Bucket": "x", "Key": "b"}));
        assert_eq!(of(&[run(0), run(1)]), known);
    }

    #[test]
    fn calls_at_once_that_cannot_be_told_apart_do_not_fail_alone() {
        let run = |id: u8| {
            let calls = [id, id + 1].map(|id| call(json!({"Key": "a", "Id": id}), 0, 5));
            calls.to_vec()
        };
        assert_eq!(of(&[run(0), run(10)]), None);
        // One of three is.
        let mut runs = [run(0), run(10)];
        for run in &mut runs {
            run.push(call(json!({"Key": "b"}), 0, 5));
        }
        assert_eq!(of(&runs), with(json!({"Key": "b"})));
    }
}
