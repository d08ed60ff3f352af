//! An alias to which traffic shifts little by little, and an alarm that shifts it back.

use serde_yaml::Value;
use serde_yaml::value::{Tag, TaggedValue};

use super::{Target, has, keys};
use crate::edit::EditError;
use crate::edit::yaml::{Path, Place, YamlEditor};

/// The alias where the function has none.
const ALIAS: &str = "live";

/// How much, how fast.
const SHIFT: &str = "Canary10Percent5Minutes";

/// Adds alias, gradual deployment and alarm to a SAM function.
pub(in crate::generate) fn shift_gradually(
    editor: &mut YamlEditor,
    target: &Target<'_>,
    notes: &mut Vec<String>,
) -> Result<(), EditError> {
    let properties = target.properties();
    let (id, function) = (target.id, target.function);
    let alias = function.auto_publish_alias.as_ref();
    let alias = match alias.map(|alias| alias.as_text()) {
        Some(Some(alias)) => alias.to_owned(),
        Some(None) => {
            notes.push(format!(
                "the alias of `{id}` is only known at deployment; the alarm looks at the function's \
                 newest version, whichever alias leads there"
            ));
            String::new()
        }
        None => {
            let reason = "each deployment makes a version, and the alias leads callers to it";
            editor.set(properties.join("AutoPublishAlias"), ALIAS, reason)?;
            notes.push(format!(
                "the alias `{ALIAS}` of `{id}` is new, so this first deployment switches at once \
                 and later ones shift gradually; to shift this one too, first deploy the Python \
                 with `AutoPublishAlias: {ALIAS}`"
            ));
            ALIAS.to_owned()
        }
    };
    note_direct_callers(target, notes);
    let alarm = format!("{id}ErrorsAlarm");
    let at = properties.join("DeploymentPreference");
    if function.deployment_preference {
        notes.push(format!(
            "`{id}` keeps its own `DeploymentPreference`; the alarm is added to it"
        ));
    } else {
        let reason = "a tenth of the calls first, the rest after five minutes";
        editor.set(at.join("Type"), SHIFT, reason)?;
    }
    let reason = "errors shift the traffic back";
    editor.append(at.join("Alarms"), tagged("!Ref", &alarm), reason)?;
    let resources = Path::from(["Resources"]);
    if has(editor, &resources, &alarm) {
        return Ok(());
    }
    let keys = keys(editor, &resources);
    let own = keys.iter().position(|key| key == id);
    let next = own.and_then(|own| keys.get(own + 1));
    let place = next.map_or(Place::End, |next| Place::Before(next));
    editor.insert(
        resources.join(alarm),
        alarm_body(target, &alias),
        place,
        reason,
    )
}

/// Resources that name the function itself and so do not go by the alias.
fn note_direct_callers(target: &Target<'_>, notes: &mut Vec<String>) {
    let template = target.template;
    let names_it = |id: &str| {
        let properties = template.properties(id);
        properties.is_some_and(|properties| {
            let is_it = |it: &&crate::sam::Reference| it.id == target.function.id;
            properties.references().into_iter().any(|it| is_it(&it))
        })
    };
    let others = template.resources.iter().map(|it| it.id.as_str());
    let direct: Vec<&str> = others
        .filter(|id| *id != target.function.id && names_it(id))
        .collect();
    if !direct.is_empty() {
        notes.push(format!(
            "{} name `{1}` itself and so get its newest version at once; with `!Ref {1}.Alias` \
             they go by the alias",
            direct.join(", "),
            target.id
        ));
    }
}

fn tagged(tag: &str, text: &str) -> Value {
    Value::Tagged(Box::new(TaggedValue {
        tag: Tag::new(tag),
        value: Value::from(text),
    }))
}

fn mapping(entries: Vec<(&str, Value)>) -> Value {
    let entries = entries
        .into_iter()
        .map(|(key, value)| (Value::from(key), value));
    Value::Mapping(entries.collect())
}

fn alarm_body(target: &Target<'_>, alias: &str) -> Value {
    let id = target.id;
    let dimension =
        |name: &str, value: Value| mapping(vec![("Name", name.into()), ("Value", value)]);
    let mut dimensions = vec![dimension("FunctionName", tagged("!Ref", id))];
    if !alias.is_empty() {
        let resource = format!("${{{id}}}:{alias}");
        dimensions.push(dimension("Resource", tagged("!Sub", &resource)));
        let version = format!("{id}.Version.Version");
        dimensions.push(dimension("ExecutedVersion", tagged("!GetAtt", &version)));
    }
    let description = format!("Errors of the version of {id} that is being deployed");
    let properties = mapping(vec![
        ("AlarmDescription", description.into()),
        ("Namespace", "AWS/Lambda".into()),
        ("MetricName", "Errors".into()),
        ("Dimensions", Value::Sequence(dimensions)),
        ("Statistic", "Sum".into()),
        ("Period", 60.into()),
        ("EvaluationPeriods", 1.into()),
        ("Threshold", 0.into()),
        ("ComparisonOperator", "GreaterThanThreshold".into()),
        ("TreatMissingData", "notBreaching".into()),
    ]);
    let mut alarm = vec![("Type", "AWS::CloudWatch::Alarm".into())];
    if let Some(condition) = &target.function.condition {
        alarm.push(("Condition", condition.as_str().into()));
    }
    alarm.push(("Properties", properties));
    mapping(alarm)
}
