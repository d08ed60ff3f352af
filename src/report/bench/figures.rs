//! From results to charts, each with the table of what it shows.

use super::chart::{Bar, Caption, Group, Line, Lines, Point, bars, lines};
use super::compare::{ratio, spread};
use super::numbers::{bytes, dollars, milliseconds, percent, times};
use crate::bench::statistics::Summary;
use crate::bench::{At, FunctionResults, VariantResults};

/// A chart with its words and its table.
pub(super) struct Figure {
    pub(super) title: &'static str,
    /// How to read it.
    pub(super) note: String,
    pub(super) svg: String,
    pub(super) table: Table,
}

/// Rows under headings. The first two columns are text, the others figures.
pub(super) struct Table {
    pub(super) head: Vec<&'static str>,
    pub(super) rows: Vec<Vec<String>>,
}

/// All figures of a function; those without data are left out. `number` keeps ids apart.
pub(super) fn figures(function: &FunctionResults, cold_share: f64, number: usize) -> Vec<Figure> {
    let page = Charts {
        function,
        variants: function.variants.iter().enumerate().collect(),
        number,
    };
    let all = [
        page.warm(),
        page.cost(cold_share),
        page.cold(),
        page.memory(),
        page.size(),
        page.client(),
    ];
    all.into_iter()
        .filter(|figure| !figure.svg.is_empty())
        .collect()
}

struct Charts<'a> {
    function: &'a FunctionResults,
    /// With the numbers of their colours.
    variants: Vec<(usize, &'a VariantResults)>,
    number: usize,
}

impl Charts<'_> {
    fn id(&self, name: &str) -> String {
        format!("f{}-{name}", self.number)
    }

    /// The memory sizes that any variant has figures for.
    fn sizes(&self) -> Vec<u32> {
        let all = self.variants.iter().flat_map(|(_, variant)| &variant.at);
        let mut sizes: Vec<u32> = all.map(|at| at.memory).collect();
        sizes.sort_unstable();
        sizes.dedup();
        sizes
    }

    fn over_memory(
        &self,
        caption: Caption<'_>,
        show: fn(f64) -> String,
        point: impl Fn(&At) -> Option<Point>,
    ) -> String {
        let sizes = self.sizes();
        let places: Vec<String> = sizes.iter().map(u32::to_string).collect();
        let line = |&(series, variant): &(usize, &VariantResults)| Line {
            series,
            points: sizes
                .iter()
                .map(|size| at(variant, *size).and_then(&point))
                .collect(),
        };
        lines(&Lines {
            caption,
            places: &places,
            axis: "memory in MB",
            lines: self.variants.iter().map(line).collect(),
            show,
        })
    }

    /// A row for each memory size and variant.
    fn rows(&self, cells: impl Fn(&At) -> Vec<String>) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for size in self.sizes() {
            for (_, variant) in &self.variants {
                if let Some(at) = at(variant, size) {
                    let mut row = vec![format!("{size} MB"), variant.name.clone()];
                    row.extend(cells(at));
                    rows.push(row);
                }
            }
        }
        rows
    }

    fn warm(&self) -> Figure {
        let title = "Warm latency by memory";
        let caption = Caption {
            id: &self.id("warm"),
            title,
            description: &format!(
                "Median time from the event to the answer of warm invocations of {}, by memory, a \
                 line for each variant.",
                self.function.name
            ),
        };
        let svg = self.over_memory(caption, milliseconds, |at| at.warm_ms.as_ref().map(point));
        let rows = self.rows(|at| {
            let Some(warm) = &at.warm_ms else {
                return vec![String::new(); 6];
            };
            vec![
                milliseconds(warm.median),
                spread(warm, milliseconds),
                milliseconds(warm.p95),
                milliseconds(warm.p99),
                ratio(at.original_to_this, |it| it.warm),
                warm.count.to_string(),
            ]
        });
        Figure {
            title,
            note: "From the event to the answer. Median; the stroke at a point is the middle half."
                .to_owned(),
            svg,
            table: Table {
                head: vec![
                    "Memory",
                    "Variant",
                    "p50",
                    "Middle half",
                    "p95",
                    "p99",
                    "Original ÷ this",
                    "Runs",
                ],
                rows,
            },
        }
    }

    fn cost(&self, cold_share: f64) -> Figure {
        let title = "Cost by memory";
        let caption = Caption {
            id: &self.id("cost"),
            title,
            description: &format!(
                "Computed cost in US dollars of a million invocations of {}, by memory, a line for \
                 each variant.",
                self.function.name
            ),
        };
        let svg = self.over_memory(caption, dollars, |at| {
            let value = at.million.total;
            Some(Point {
                value,
                low: value,
                high: value,
            })
        });
        let rows = self.rows(|at| {
            let times = at.original_to_this.map(|it| times(it.cost));
            vec![
                dollars(at.million.total),
                dollars(at.million.compute),
                dollars(at.million.requests),
                times.unwrap_or_default(),
            ]
        });
        Figure {
            title,
            note: format!(
                "Of a million invocations, of which {} meet a cold start, on {}.",
                percent(cold_share),
                self.function.architecture.as_str()
            ),
            svg,
            table: Table {
                head: vec![
                    "Memory",
                    "Variant",
                    "Cost",
                    "Compute",
                    "Requests",
                    "Original ÷ this",
                ],
                rows,
            },
        }
    }

    fn cold(&self) -> Figure {
        let title = "Cold start";
        let groups = self.sizes().into_iter().map(|size| Group {
            name: format!("{size} MB"),
            bars: self.bars(|variant| {
                let at = at(variant, size)?;
                let init = at.init_ms.median.min(at.cold_ms.median);
                Some(Bar {
                    name: String::new(),
                    series: 0,
                    parts: vec![init, at.cold_ms.median - init],
                    spread: Some((at.cold_ms.p25, at.cold_ms.p75)),
                    value: milliseconds(at.cold_ms.median),
                })
            }),
        });
        let caption = Caption {
            id: &self.id("cold"),
            title,
            description: &format!(
                "Median time from the start of the process to the first answer of {}, by memory \
                 and variant; the first part of each bar is init.",
                self.function.name
            ),
        };
        let svg = bars(&caption, &groups.collect::<Vec<_>>());
        let rows = self.rows(|at| {
            vec![
                milliseconds(at.cold_ms.median),
                spread(&at.cold_ms, milliseconds),
                milliseconds(at.init_ms.median),
                percent(at.init_share()),
                ratio(at.original_to_this, |it| it.cold),
                at.cold_ms.count.to_string(),
            ]
        });
        Figure {
            title,
            note:
                "From the start of the process to the first answer. Full colour: init; pale: the first \
                   invocation."
                    .to_owned(),
            svg,
            table: Table {
                head: vec![
                    "Memory",
                    "Variant",
                    "Median",
                    "Middle half",
                    "Init",
                    "Init's share",
                    "Original ÷ this",
                    "Runs",
                ],
                rows,
            },
        }
    }

    fn memory(&self) -> Figure {
        let title = "Peak memory";
        let caption = Caption {
            id: &self.id("memory"),
            title,
            description: &format!(
                "Highest resident memory of the processes of {}, a bar for each variant.",
                self.function.name
            ),
        };
        let peak = |at: &At| at.peak_memory_bytes.map(|it| it.median);
        let bars_of = self.bars(|variant| {
            let most = variant.at.iter().filter_map(peak).reduce(f64::max)?;
            Some(Bar {
                name: String::new(),
                series: 0,
                parts: vec![most],
                spread: None,
                value: bytes(most),
            })
        });
        let svg = bars(&caption, &one(bars_of));
        let rows = self.rows(|at| {
            let peak = at.peak_memory_bytes.as_ref();
            vec![
                peak.map_or_else(String::new, |it| bytes(it.median)),
                peak.map_or_else(String::new, |it| spread(it, bytes)),
                ratio(at.original_to_this, |it| it.peak_memory),
            ]
        });
        Figure {
            title,
            note: "Resident memory of runtime and extensions; the highest median of all memory \
                   sizes."
                .to_owned(),
            svg,
            table: Table {
                head: vec![
                    "Memory",
                    "Variant",
                    "Median",
                    "Middle half",
                    "Original ÷ this",
                ],
                rows,
            },
        }
    }

    fn size(&self) -> Figure {
        let title = "Package size";
        let caption = Caption {
            id: &self.id("size"),
            title,
            description: &format!(
                "Size of the deployment package of {} and its layers as zip files, a bar for each \
                 variant.",
                self.function.name
            ),
        };
        let bars_of = self.bars(|variant| {
            let package = variant.package.as_ref()?;
            Some(Bar {
                name: String::new(),
                series: 0,
                parts: vec![package.zipped() as f64],
                spread: None,
                value: bytes(package.zipped() as f64),
            })
        });
        let svg = bars(&caption, &one(bars_of));
        let rows = self.variants.iter().filter_map(|(_, variant)| {
            let package = variant.package.as_ref()?;
            let limits = match package.exceeds.is_empty() {
                true => "within".to_owned(),
                false => package.exceeds.join("; "),
            };
            Some(vec![
                "zip".to_owned(),
                variant.name.clone(),
                bytes(package.zipped() as f64),
                bytes(package.layers.zipped as f64),
                bytes(package.unzipped() as f64),
                limits,
            ])
        });
        Figure {
            title,
            note: "Zipped, with layers, as it is uploaded. Limits: 50 MB zipped, 250 MB unpacked."
                .to_owned(),
            svg,
            table: Table {
                head: vec![
                    "Package",
                    "Variant",
                    "Zipped",
                    "Of it layers",
                    "Unpacked",
                    "Limits",
                ],
                rows: rows.collect(),
            },
        }
    }

    fn client(&self) -> Figure {
        let title = "Seen by clients";
        let caption = Caption {
            id: &self.id("client"),
            title,
            description: &format!(
                "Latency of {} that concurrent HTTP clients saw, a bar for each variant: to the \
                 median, the 95th and the 99th percentile.",
                self.function.name
            ),
        };
        let bars_of = self.bars(|variant| {
            let latency = variant.client.as_ref()?.latency_ms;
            let Summary {
                median, p95, p99, ..
            } = latency;
            Some(Bar {
                name: String::new(),
                series: 0,
                parts: vec![median, p95 - median, p99 - p95],
                spread: None,
                value: format!("p50 {}", milliseconds(median)),
            })
        });
        let svg = bars(&caption, &one(bars_of));
        let rows = self.variants.iter().filter_map(|(_, variant)| {
            let client = variant.client.as_ref()?;
            let after = client.busy_after_answer_ms;
            Some(vec![
                "HTTP".to_owned(),
                variant.name.clone(),
                milliseconds(client.latency_ms.median),
                milliseconds(client.latency_ms.p95),
                milliseconds(client.latency_ms.p99),
                percent(client.cold_share),
                after.map_or_else(String::new, |it| milliseconds(it.median)),
                client.waited.to_string(),
                client.sandboxes.to_string(),
                client.latency_ms.count.to_string(),
            ])
        });
        Figure {
            title,
            note: "Concurrent HTTP calls, cold starts included. Full colour: to the median; pale: to p95; \
                   palest: to p99."
                .to_owned(),
            svg,
            table: Table {
                head: vec![
                    "Call",
                    "Variant",
                    "p50",
                    "p95",
                    "p99",
                    "Cold",
                    "Busy after the answer",
                    "Waited",
                    "Sandboxes",
                    "Requests",
                ],
                rows: rows.collect(),
            },
        }
    }

    /// A bar for each variant that has one, with its name and colour.
    fn bars(&self, bar: impl Fn(&VariantResults) -> Option<Bar>) -> Vec<Bar> {
        let named = |&(series, variant): &(usize, &VariantResults)| {
            let mut bar = bar(variant)?;
            bar.name.clone_from(&variant.name);
            bar.series = series;
            Some(bar)
        };
        self.variants.iter().filter_map(named).collect()
    }
}

fn one(bars: Vec<Bar>) -> Vec<Group> {
    let name = String::new();
    vec![Group { name, bars }]
}

fn at(variant: &VariantResults, memory: u32) -> Option<&At> {
    variant.at.iter().find(|at| at.memory == memory)
}

fn point(summary: &Summary) -> Point {
    Point {
        value: summary.median,
        low: summary.p25,
        high: summary.p75,
    }
}
