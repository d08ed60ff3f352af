//! The report for a terminal: a summary of one screen, then each function, then diagnostics.

mod function;
pub(super) mod layout;
mod summary;

use layout::Page;

use super::Canvas;
use crate::analysis::Scan;

pub(super) fn scan(scan: &Scan, canvas: Canvas) -> String {
    let mut page = Page::new(canvas);
    summary::write(&mut page, scan);
    for function in scan
        .functions
        .iter()
        .filter(|function| function.advice.is_some())
    {
        function::write(&mut page, function);
    }
    let others: Vec<_> = scan
        .functions
        .iter()
        .filter(|f| f.advice.is_none())
        .collect();
    if !others.is_empty() {
        function::write_others(&mut page, &others);
    }
    let diagnostics: Vec<_> = scan.all_diagnostics().collect();
    if !diagnostics.is_empty() {
        page.heading("Diagnostics");
        for diagnostic in diagnostics {
            page.diagnostic(diagnostic);
        }
    }
    page.finish()
}
