//! Lines and branches of the original: which ran, and which no case reached.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// Which lines and branches of a function's own files ran, of those that were imported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// By file.
    pub files: BTreeMap<PathBuf, FileCoverage>,
}

/// The lines, where statements begin, and the branches of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileCoverage {
    /// Lines that ran.
    pub executed: BTreeSet<u32>,
    /// Lines that did not.
    pub missing: BTreeSet<u32>,
    /// Branches that were taken.
    pub taken: BTreeSet<Branch>,
    /// Branches that were not.
    pub not_taken: BTreeSet<Branch>,
}

/// One of the ways on from a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Branch {
    /// The line that decides.
    pub from: u32,
    /// The line that comes next; `None` for the end of the function or module.
    pub to: Option<u32>,
}

/// Something that no case reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreached {
    /// Lines that never ran.
    Lines {
        /// The file.
        file: PathBuf,
        /// The first line.
        first: u32,
        /// The last line.
        last: u32,
        /// The first line's text, as far as the file can be read.
        source: String,
    },
    /// A line that ran, and never went one of its ways.
    Branch {
        /// The file.
        file: PathBuf,
        /// The way.
        branch: Branch,
        /// The line's text, as far as the file can be read.
        source: String,
    },
}

impl Coverage {
    /// Adds what ran elsewhere: what either reached is reached.
    pub fn merge(&mut self, other: Self) {
        for (path, more) in other.files {
            let file = self.files.entry(path).or_default();
            file.executed.extend(more.executed);
            file.missing.extend(more.missing);
            file.taken.extend(more.taken);
            file.not_taken.extend(more.not_taken);
            file.missing.retain(|line| !file.executed.contains(line));
            file.not_taken.retain(|it| !file.taken.contains(it));
        }
    }

    /// The numbers of lines that ran, and of all.
    #[must_use]
    pub fn lines(&self) -> (usize, usize) {
        self.count(|file| (file.executed.len(), file.missing.len()))
    }

    /// The numbers of branches that were taken, and of all.
    #[must_use]
    pub fn branches(&self) -> (usize, usize) {
        self.count(|file| (file.taken.len(), file.not_taken.len()))
    }

    fn count(&self, of: impl Fn(&FileCoverage) -> (usize, usize)) -> (usize, usize) {
        let counts = self.files.values().map(of);
        counts.fold((0, 0), |(done, all), (more, left)| {
            (done + more, all + more + left)
        })
    }

    /// What no case reached, by file and line; of lines that never ran no branches.
    #[must_use]
    pub fn unreached(&self) -> Vec<Unreached> {
        let each = self.files.iter().map(|(file, covered)| {
            let text = fs::read(file).unwrap_or_default();
            covered.unreached(file, &String::from_utf8_lossy(&text))
        });
        each.flatten().collect()
    }
}

impl FileCoverage {
    fn unreached(&self, file: &Path, text: &str) -> Vec<Unreached> {
        let lines: Vec<&str> = text.lines().collect();
        let source = |line: u32| {
            let index = usize::try_from(line).ok().and_then(|it| it.checked_sub(1));
            let text = index.and_then(|index| lines.get(index));
            text.map_or_else(String::new, |text| text.trim().to_owned())
        };
        let mut unreached = BTreeMap::new();
        for (first, last) in self.missing_ranges() {
            let lines = Unreached::Lines {
                file: file.to_owned(),
                first,
                last,
                source: source(first),
            };
            unreached.insert((first, None), lines);
        }
        for &branch in &self.not_taken {
            if self.executed.contains(&branch.from) {
                let way = Unreached::Branch {
                    file: file.to_owned(),
                    branch,
                    source: source(branch.from),
                };
                unreached.insert((branch.from, Some(branch)), way);
            }
        }
        unreached.into_values().collect()
    }

    /// Missing lines with no line between them that ran.
    fn missing_ranges(&self) -> Vec<(u32, u32)> {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for line in &self.missing {
            match ranges.last_mut() {
                Some((_, last)) if self.executed.range(*last..*line).next().is_none() => {
                    *last = *line;
                }
                _ => ranges.push((*line, *line)),
            }
        }
        ranges
    }
}

impl fmt::Display for Unreached {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lines { first, last, .. } if first == last => {
                write!(formatter, "line {first} never ran")
            }
            Self::Lines { first, last, .. } => write!(formatter, "lines {first}-{last} never ran"),
            Self::Branch { branch, .. } => match branch.to {
                Some(to) => write!(formatter, "line {} never went to line {to}", branch.from),
                None => write!(formatter, "line {} never went to the end", branch.from),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(executed: &[u32], missing: &[u32], taken: &[Branch], not: &[Branch]) -> Coverage {
        let file = FileCoverage {
            executed: executed.iter().copied().collect(),
            missing: missing.iter().copied().collect(),
            taken: taken.iter().copied().collect(),
            not_taken: not.iter().copied().collect(),
        };
        Coverage {
            files: BTreeMap::from([(PathBuf::from("/no/such/file.py"), file)]),
        }
    }

    #[test]
    fn what_either_reached_is_reached() {
        let yes = Branch {
            from: 1,
            to: Some(2),
        };
        let no = Branch { from: 1, to: None };
        let loose = Branch {
            from: 5,
            to: Some(6),
        };
        let mut coverage = covered(&[1], &[2, 3, 5, 6, 9], &[], &[yes, no, loose]);
        coverage.merge(covered(&[1, 2], &[3, 5, 6, 9], &[yes], &[no, loose]));
        coverage.merge(covered(&[1, 9], &[2, 3, 5, 6], &[], &[yes, no, loose]));
        assert_eq!(coverage.lines(), (3, 6));
        assert_eq!(coverage.branches(), (1, 3));
        let shown: Vec<String> = coverage
            .unreached()
            .iter()
            .map(ToString::to_string)
            .collect();
        let expected = ["line 1 never went to the end", "lines 3-6 never ran"];
        assert_eq!(shown, expected);
    }
}
