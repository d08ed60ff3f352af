"""A handler that is logged, traced and counted, with all decorators at once."""

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.logging.logger import Logger
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.tracing import Tracer
from aws_lambda_powertools.utilities.typing import LambdaContext

logger = Logger()
tracer = Tracer()
metrics = Metrics(namespace="Observed", service="other")


class Refused(Exception):
    """Too much."""


@tracer.capture_method
def double(number):
    """Twice; raises where there is nothing to double."""
    if number is None:
        raise Refused("nothing to double")
    return number * 2


@tracer.capture_method(capture_response=False)
def note(event, *, loud=False):
    logger.info("noted", extra={"loud": loud, "n": event.get("n")})


class Shop:
    """Sells."""

    def __init__(self, title):
        self.title = title

    @tracer.capture_method(capture_error=False)
    def sell(self, count):
        logger.append_keys(shop=self.title)
        metrics.add_metric(name="Sold", unit=MetricUnit.Count, value=count)
        metrics.add_dimension("shop", self.title)
        return {"shop": self.title, "count": count}


shop = Shop("corner")


@metrics.log_metrics(capture_cold_start_metric=True)
@logger.inject_lambda_context(
    correlation_id_path=correlation_paths.API_GATEWAY_REST, log_event=True, clear_state=True
)
@tracer.capture_lambda_handler
def handler(event, context: LambdaContext):
    """Answers."""
    note(event, loud=True)
    number = 0
    try:
        number = double(event.get("n"))
    except Refused as error:
        logger.exception("refused")
        logger.error("again: %s", error, exc_info=True)
    tracer.put_annotation(key="number", value=number)
    tracer.put_metadata(key="event", value=event)
    if number == 8:
        raise ValueError("eight")
    logger.warning({"number": number}, more=1)
    return {"number": number, "sold": shop.sell(3), "level": logger.log_level}
