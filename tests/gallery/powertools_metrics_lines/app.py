"""Metrics that are written by hand, alone, and where a handler ends."""

import json

from aws_lambda_powertools import Metrics, single_metric
from aws_lambda_powertools.metrics import MetricResolution, MetricUnit, MetricValueError

metrics = Metrics()


def record(name, unit, value):
    """A metric as the caller prints it."""
    metrics.add_dimension(name="tenant", value="t-1")
    metrics.add_metric(name=name, unit=unit, value=value)
    found = metrics.serialize_metric_set()
    metrics.clear_metrics()
    print(json.dumps(found))


@metrics.log_metrics(raise_on_empty_metrics=True)
def handler(event, context):
    record("Orders", "Count", 2)
    with single_metric(name="Alone", unit=MetricUnit.Seconds, value=1.5) as metric:
        metric.add_dimension("kind", event.get("kind", "plain"))
        if event.get("fail"):
            raise KeyError("fail")
    metrics.add_metadata(key="order", value=event.get("order"))
    try:
        metrics.add_metric(name="Size", unit=MetricUnit.Bytes, value=event.get("size"))
    except MetricValueError as error:
        return {"error": str(error)}
    metrics.add_metric("Fast", MetricUnit.Milliseconds, 7, MetricResolution.High)
    metrics.flush_metrics()
    if event.get("more"):
        metrics.add_metric(name="More", unit="Percent", value=50)
    return {"size": event.get("size")}
