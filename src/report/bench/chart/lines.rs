//! Lines over memory sizes, with the middle half of the figures as a stroke at each point.

use super::{Caption, SERIES, WIDTH, marker, push, svg};

/// A chart of lines.
pub(in crate::report::bench) struct Lines<'a> {
    pub(in crate::report::bench) caption: Caption<'a>,
    /// What the places of the horizontal axis are called.
    pub(in crate::report::bench) places: &'a [String],
    /// What they are.
    pub(in crate::report::bench) axis: &'a str,
    pub(in crate::report::bench) lines: Vec<Line>,
    /// A figure with its unit.
    pub(in crate::report::bench) show: fn(f64) -> String,
}

/// One line.
pub(in crate::report::bench) struct Line {
    /// The number of its colour and marker.
    pub(in crate::report::bench) series: usize,
    /// One a place, where it is known.
    pub(in crate::report::bench) points: Vec<Option<Point>>,
}

/// A figure and its spread.
#[derive(Clone, Copy)]
pub(in crate::report::bench) struct Point {
    pub(in crate::report::bench) value: f64,
    pub(in crate::report::bench) low: f64,
    pub(in crate::report::bench) high: f64,
}

const LEFT: f64 = 64.0;
const RIGHT: f64 = 78.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 216.0;
const HEIGHT: f64 = 258.0;

/// From this many times the least figure on, the axis is logarithmic, else the lesser lines would
/// lie on the ground.
const LOGARITHMIC: f64 = 12.0;

pub(in crate::report::bench) fn lines(chart: &Lines<'_>) -> String {
    let points = || {
        chart
            .lines
            .iter()
            .flat_map(|line| line.points.iter().flatten())
    };
    let most = points()
        .map(|point| point.high.max(point.value))
        .fold(0.0, f64::max);
    let positive = points()
        .map(|point| point.low.min(point.value))
        .filter(|&low| low > 0.0);
    let least = positive.fold(f64::INFINITY, f64::min);
    if most <= 0.0 || !least.is_finite() {
        return String::new();
    }
    let scale = Scale::of(least, most);
    let mut content = String::new();
    for &tick in &scale.ticks {
        let y = scale.y(tick);
        let label = (chart.show)(tick);
        push(
            &mut content,
            format_args!(
                "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
                 <text class=\"quiet end\" x=\"{:.1}\" y=\"{:.1}\">{label}</text>",
                WIDTH - RIGHT,
                LEFT - 8.0,
                y + 4.0
            ),
        );
    }
    for (place, name) in chart.places.iter().enumerate() {
        push(
            &mut content,
            format_args!(
                "<text class=\"quiet middle\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                x(place, chart.places.len()),
                BOTTOM + 18.0,
                super::escape(name)
            ),
        );
    }
    let axis = match scale.logarithmic {
        true => format!("{}; logarithmic scale", chart.axis),
        false => chart.axis.to_owned(),
    };
    push(
        &mut content,
        format_args!(
            "<text class=\"quiet middle\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            (LEFT + WIDTH - RIGHT) / 2.0,
            BOTTOM + 36.0,
            super::escape(&axis)
        ),
    );
    for line in &chart.lines {
        draw(&mut content, chart, line, &scale);
    }
    labels(&mut content, chart, &scale);
    svg(&chart.caption, HEIGHT, &content)
}

fn x(place: usize, places: usize) -> f64 {
    let inset = 14.0;
    let width = WIDTH - RIGHT - LEFT - 2.0 * inset;
    match places {
        0 | 1 => LEFT + inset + width / 2.0,
        _ => LEFT + inset + width * place as f64 / (places - 1) as f64,
    }
}

fn draw(content: &mut String, chart: &Lines<'_>, line: &Line, scale: &Scale) {
    let class = format!("s{}", line.series % SERIES);
    let places = chart.places.len();
    let mut path = String::new();
    let mut marks = String::new();
    let mut pen = 'M';
    for (place, point) in line.points.iter().enumerate() {
        let Some(point) = point else {
            pen = 'M';
            continue;
        };
        let (x, y) = (x(place, places), scale.y(point.value));
        push(&mut path, format_args!("{pen}{x:.1} {y:.1}"));
        pen = 'L';
        let (low, high) = (scale.y(point.low), scale.y(point.high));
        if low - high >= 2.0 {
            push(
                &mut marks,
                format_args!(
                    "<line class=\"spread {class}\" x1=\"{x:.1}\" x2=\"{x:.1}\" \
                     y1=\"{low:.1}\" y2=\"{high:.1}\"/>"
                ),
            );
        }
        marks.push_str(&marker(line.series, x, y));
    }
    push(
        content,
        format_args!("<path class=\"line {class}\" d=\"{path}\"/>{marks}"),
    );
}

/// The last figure of each line beside it, moved apart where they would overlap.
fn labels(content: &mut String, chart: &Lines<'_>, scale: &Scale) {
    let height = 15.0;
    let last = |line: &Line| {
        let (place, point) = line
            .points
            .iter()
            .enumerate()
            .rev()
            .find_map(|(place, point)| point.map(|point| (place, point)))?;
        Some((scale.y(point.value), line.series, point.value, place))
    };
    let mut labels: Vec<_> = chart.lines.iter().filter_map(last).collect();
    labels.sort_by(|one, other| one.0.total_cmp(&other.0));
    for index in 1..labels.len() {
        labels[index].0 = labels[index].0.max(labels[index - 1].0 + height);
    }
    // Those pushed below the ground go up again, and the others before them.
    let mut floor = BOTTOM;
    for label in labels.iter_mut().rev() {
        label.0 = label.0.min(floor);
        floor = label.0 - height;
    }
    for (y, series, value, place) in labels {
        push(
            content,
            format_args!(
                "<text class=\"value s{}\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                series % SERIES,
                x(place, chart.places.len()) + 10.0,
                y + 4.0,
                (chart.show)(value)
            ),
        );
    }
}

/// From figures to heights.
struct Scale {
    logarithmic: bool,
    low: f64,
    high: f64,
    ticks: Vec<f64>,
}

impl Scale {
    fn of(least: f64, most: f64) -> Self {
        if most / least >= LOGARITHMIC {
            return Self::logarithmic(least, most);
        }
        let step = round_up(most / 4.0);
        let count = (most / step).ceil() as usize;
        let ticks: Vec<f64> = (0..=count).map(|index| step * index as f64).collect();
        Self {
            logarithmic: false,
            low: 0.0,
            high: step * count as f64,
            ticks,
        }
    }

    fn logarithmic(least: f64, most: f64) -> Self {
        let (first, last) = (least.log10().floor() as i32, most.log10().ceil() as i32);
        let steps: &[f64] = match last - first {
            ..=2 => &[1.0, 2.0, 5.0],
            3 => &[1.0, 3.0],
            _ => &[1.0],
        };
        let all = (first..=last).flat_map(|decade| {
            let ten = 10_f64.powi(decade);
            steps.iter().map(move |step| step * ten)
        });
        let all: Vec<f64> = all.collect();
        let near = 1.0 + 1e-9;
        let low = all.iter().copied().filter(|&tick| tick <= least * near);
        let low = low.fold(0.0, f64::max);
        let high = all.iter().copied().filter(|&tick| tick * near >= most);
        let high = high.fold(f64::INFINITY, f64::min);
        let within = |tick: &f64| (low..=high).contains(tick);
        Self {
            logarithmic: true,
            low,
            high,
            ticks: all.into_iter().filter(within).collect(),
        }
    }

    fn y(&self, value: f64) -> f64 {
        let share = match self.logarithmic {
            true => (value.max(self.low) / self.low).ln() / (self.high / self.low).ln(),
            false => (value - self.low) / (self.high - self.low),
        };
        BOTTOM - share.clamp(0.0, 1.0) * (BOTTOM - TOP)
    }
}

/// The next of 1, 2, 2.5, 5 and 10 times a power of ten.
fn round_up(value: f64) -> f64 {
    let ten = 10_f64.powf(value.log10().floor());
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0].map(|step| step * ten);
    let near = 1.0 - 1e-9;
    steps
        .into_iter()
        .find(|step| *step >= value * near)
        .unwrap_or(10.0 * ten)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn axes_have_round_ticks() {
        assert_eq!(Scale::of(30.0, 97.0).ticks, [0.0, 25.0, 50.0, 75.0, 100.0]);
        let scale = Scale::of(0.6, 90.0);
        assert!(scale.logarithmic);
        let expected = [0.3, 1.0, 3.0, 10.0, 30.0, 100.0];
        let near = |(one, other): (&f64, &f64)| (one / other - 1.0).abs() < 1e-9;
        assert!(
            scale.ticks.iter().zip(&expected).all(near),
            "{:?}",
            scale.ticks
        );
        assert_eq!(scale.ticks.len(), expected.len());
    }

    proptest! {
        #[test]
        fn every_figure_is_on_the_axis(least in 1e-3..1e3_f64, times in 1.0..1e6_f64) {
            let most = least * times;
            let scale = Scale::of(least, most);
            prop_assert!(scale.low <= least * 1.000_001 && most <= scale.high * 1.000_001);
            prop_assert!((2..=10).contains(&scale.ticks.len()), "{:?}", scale.ticks);
            prop_assert!(scale.y(most) <= scale.y(least));
        }
    }
}
