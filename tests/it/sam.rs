//! Tests of `sam`.
use gammaray_migrate::sam::Project;
use std::path::Path;
#[test]
fn tmp() {
    for root in std::env::var("ROOTS")
        .unwrap_or_default()
        .split(':')
        .filter(|r| !r.is_empty())
    {
        let t = std::time::Instant::now();
        let p = Project::read(Path::new(root), None).unwrap();
        println!(
            "{root} {} templates {} failures {} functions {:?}",
            p.templates.len(),
            p.failures.len(),
            p.functions().count(),
            t.elapsed()
        );
        for f in &p.failures {
            println!("  {}", f.diagnostic);
        }
        for d in &p.diagnostics {
            println!("  {}", d);
        }
        if std::env::var("V").is_ok() {
            for (t, f) in p.functions() {
                println!(
                    "{} {} rt={:?} h={:?} code={:?}",
                    t.file.path().display(),
                    f.id,
                    f.runtime.as_ref().map(|v| v.value.to_string()),
                    f.handler.as_ref().map(|v| v.value.to_string()),
                    f.code
                );
                for e in &f.events {
                    println!("    {} {} {:?}", e.kind, e.payload, e.detail());
                }
                for d in &f.diagnostics {
                    println!("   ! {d}");
                }
            }
        }
    }
}
