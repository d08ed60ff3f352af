//! `add-extension`: sends that functions repeat move to a Lambda extension.

use super::{Effort, Evidence, Gain, Verdict};
use crate::analysis::{FunctionFindings, SharedSend};

pub(super) fn verdict(function: &FunctionFindings, sends: &[SharedSend]) -> Verdict {
    let mine: Vec<&SharedSend> = sends
        .iter()
        .filter(|send| {
            send.template
                .as_ref()
                .is_none_or(|template| *template == function.template)
        })
        .filter(|send| send.functions.contains(&function.id))
        .collect();
    if mine.is_empty() {
        return Verdict::no("it repeats no send of another function");
    }
    if function.package_type == "Image" {
        return Verdict::no("it is packaged as a container image, which takes no layers");
    }
    let reasons = mine
        .iter()
        .map(|send| {
            format!(
                "sends to {} as {} functions do",
                send.target,
                send.functions.len()
            )
        })
        .collect();
    Verdict {
        fits: true,
        effort: Some(Effort::Small),
        reasons,
        obstacles: Vec::new(),
        gains: vec![
            Gain::new(
                "the article's functions answered 100 to 200 ms earlier; their cold start took \
                 about 100 ms longer",
                Evidence::Article,
            ),
            Gain::new("the answer no longer waits for the send", Evidence::Code),
        ],
    }
}
