//! What Lambda would charge, by the formula and the rates that AWS publishes.
//!
//! Duration is billed in milliseconds, begun ones whole, times the memory in GB of 1,024 MB; init
//! is billed like the rest (for managed runtimes with zip packages too, since August 2025), and so
//! is what extensions do after the answer. The free tier is not counted.

use serde::{Deserialize, Serialize};

/// The processor that a function runs on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum Architecture {
    /// Lambda's default.
    #[default]
    #[serde(rename = "x86_64")]
    X86_64,
    /// Graviton.
    #[serde(rename = "arm64")]
    Arm64,
}

impl Architecture {
    /// As templates name it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::X86_64 => "x86_64",
            Self::Arm64 => "arm64",
        }
    }
}

/// Rates, with where and when they were taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prices {
    /// When, as `2026-05-11`.
    pub date: String,
    /// From where.
    pub source: String,
    /// The region that they hold for.
    pub region: String,
    /// The currency.
    pub currency: String,
    /// For a million requests.
    pub million_requests: f64,
    /// For a GB-second.
    pub gb_second: GbSecond,
}

/// The rate of a GB-second by architecture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GbSecond {
    /// On x86.
    pub x86_64: f64,
    /// On Arm.
    pub arm64: f64,
}

/// The milliseconds that are billed for a duration in milliseconds.
#[must_use]
pub fn billed(milliseconds: f64) -> f64 {
    milliseconds.max(0.0).ceil().max(1.0)
}

/// What is billed of a function's invocations on average.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Usage {
    /// Memory in MB.
    pub memory: u32,
    /// The processor.
    pub architecture: Architecture,
    /// Billed milliseconds of a warm invocation.
    pub warm: f64,
    /// Billed milliseconds of an invocation that met a cold start, init included.
    pub cold: f64,
    /// The share of invocations that meet a cold start, between 0 and 1.
    pub cold_share: f64,
}

/// What a number of invocations costs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Cost {
    /// GB-seconds.
    pub gb_seconds: f64,
    /// For them.
    pub compute: f64,
    /// For the requests.
    pub requests: f64,
    /// Both.
    pub total: f64,
}

impl Prices {
    /// The rates that come with this tool.
    ///
    /// # Errors
    /// When the tool's own data cannot be read, which its tests exclude.
    pub fn published() -> serde_json::Result<Self> {
        serde_json::from_str(include_str!("prices.json"))
    }

    /// The cost of so many invocations.
    #[must_use]
    pub fn cost(&self, usage: Usage, invocations: u64) -> Cost {
        let share = usage.cold_share.clamp(0.0, 1.0);
        let milliseconds = usage.warm * (1.0 - share) + usage.cold * share;
        let seconds = milliseconds * invocations as f64 / 1000.0;
        let gb_seconds = seconds * f64::from(usage.memory) / 1024.0;
        let rate = match usage.architecture {
            Architecture::X86_64 => self.gb_second.x86_64,
            Architecture::Arm64 => self.gb_second.arm64,
        };
        let compute = gb_seconds * rate;
        let requests = invocations as f64 / 1e6 * self.million_requests;
        Cost {
            gb_seconds,
            compute,
            requests,
            total: compute + requests,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(memory: u32, architecture: Architecture, warm: f64) -> Usage {
        Usage {
            memory,
            architecture,
            warm,
            cold: warm,
            cold_share: 0.0,
        }
    }

    fn cents(amount: f64) -> f64 {
        (amount * 100.0).round() / 100.0
    }

    /// The pricing page's own examples, whose free tier is taken off here.
    #[test]
    fn the_published_examples() {
        let prices = Prices::published().expect("prices");
        // 3 million requests of 120 ms with 1,536 MB on x86.
        let cost = prices.cost(usage(1536, Architecture::X86_64, 120.0), 3_000_000);
        assert_eq!(cents(cost.gb_seconds), 540_000.0);
        assert_eq!(
            cents((cost.gb_seconds - 400_000.0) * prices.gb_second.x86_64),
            2.33
        );
        assert_eq!(cents(cost.requests - prices.million_requests), 0.40);
        assert_eq!(cents(cost.total), 9.60);
        // 3 million requests of a second with 512 MB, at the rate of today: 1,500,000 GB-seconds.
        let cost = prices.cost(usage(512, Architecture::X86_64, 1000.0), 3_000_000);
        assert_eq!(
            cents((cost.gb_seconds - 400_000.0) * prices.gb_second.x86_64),
            18.33
        );
        assert_eq!(cents(cost.total), 25.60);
    }

    #[test]
    fn arm_costs_a_fifth_less() {
        let prices = Prices::published().expect("prices");
        let cost = prices.cost(usage(1024, Architecture::Arm64, 100.0), 1_000_000);
        assert_eq!(cents(cost.compute), 1.33);
        assert_eq!(cents(cost.total), 1.53);
    }

    #[test]
    fn begun_milliseconds_are_billed_whole_and_cold_starts_by_their_share() {
        assert_eq!([0.2, 1.0, 1.01].map(billed), [1.0, 1.0, 2.0]);
        let prices = Prices::published().expect("prices");
        let mut usage = usage(1024, Architecture::X86_64, 10.0);
        usage.cold = 510.0;
        usage.cold_share = 0.01;
        // 0.99 × 10 ms + 0.01 × 510 ms = 15 ms.
        let cost = prices.cost(usage, 1_000_000);
        assert_eq!(cents(cost.gb_seconds), 15_000.0);
        assert_eq!(cents(cost.total), 0.45);
    }
}
