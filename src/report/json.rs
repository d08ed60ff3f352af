use crate::analysis::Scan;

pub(super) fn scan(scan: &Scan) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(scan)?;
    text.push('\n');
    Ok(text)
}
