//! The machine that figures were taken on.

use std::fs;

use serde::Serialize;

/// What of a machine matters to figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Machine {
    /// The processor's name, where the system tells it.
    pub processor: Option<String>,
    /// CPUs that this process may use.
    pub cpus: usize,
    /// The operating system and its version.
    pub system: String,
}

impl Machine {
    /// This one.
    #[must_use]
    pub fn this() -> Self {
        let read = |path| fs::read_to_string(path).unwrap_or_default();
        Self {
            processor: processor(&read("/proc/cpuinfo")),
            cpus: std::thread::available_parallelism().map_or(1, usize::from),
            system: system(&read("/proc/sys/kernel/osrelease")),
        }
    }
}

/// Of the version the first two numbers: the rest names a build.
fn system(release: &str) -> String {
    let numbers: Vec<&str> = release.trim().splitn(3, '.').take(2).collect();
    format!("Linux {}", numbers.join(".")).trim_end().to_owned()
}

fn processor(information: &str) -> Option<String> {
    let mut pairs = information.lines().filter_map(|line| line.split_once(':'));
    let (_, name) = pairs.find(|(name, _)| name.trim() == "model name")?;
    Some(name.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::{processor, system};

    #[test]
    fn the_version_without_its_build() {
        assert_eq!(system("6.8.0-41-generic\n"), "Linux 6.8");
        assert_eq!(system(""), "Linux");
    }

    #[test]
    fn the_processor_where_it_is_told() {
        let text = "processor\t: 0\nmodel name\t: Some CPU @ 2.50GHz\n";
        assert_eq!(processor(text).as_deref(), Some("Some CPU @ 2.50GHz"));
        assert_eq!(processor("processor\t: 0\n"), None);
    }
}
