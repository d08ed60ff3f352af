//! Reports for a terminal. That of a scan: a summary of one screen, then each function, then
//! diagnostics.

mod function;
pub(super) mod layout;
mod summary;
mod tools;
mod verification;

use layout::Page;
pub(super) use tools::tools;

use super::Canvas;
use crate::analysis::Scan;
use crate::verify::outcome::Verification;

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

pub(super) fn verification(verification: &Verification, canvas: Canvas) -> String {
    let mut page = Page::new(canvas);
    verification::write(&mut page, verification);
    page.finish()
}
