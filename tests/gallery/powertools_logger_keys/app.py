"""The keys and levels of a logger."""

from aws_lambda_powertools import Logger

logger = Logger(service="keys", level="INFO", region="eu")
again = Logger(service="keys", child=True)
other = Logger()


def parse(text):
    number = None
    try:
        number = int(text)
    except (TypeError, ValueError) as error:
        logger.exception(f"not a number: {text}", extra={"given": str(text)})
        logger.exception(error)
        other.info("by hand", exc_info=error)
    return number


def tell(order):
    """One line for each way of saying it."""
    logger.info("order %s of %d", order.get("id"), len(order))
    logger.info(order)
    logger.info(["a", 1, None])
    logger.info('{"json": [1, 2.50]}')
    logger.info("with more", id=order.get("id"), total=1.5)
    logger.info("with both", extra={"a": 1, "b": None}, c="é")
    logger.debug("not said")
    other.debug("said", extra={"service": "mine"})
    logger.critical("last")


@logger.inject_lambda_context
def handler(event, context):
    logger.append_keys(order_id=event.get("id"), kept=True)
    again.append_keys(child="yes")
    tell(event)
    again.warning("from the child")
    logger.set_correlation_id(event.get("id"))
    number = parse(event.get("number"))
    logger.remove_keys(["kept", "never"])
    if event.get("quiet"):
        logger.setLevel("ERROR")
    logger.warning("level %s", logger.log_level)
    logger.setLevel("INFO")
    keys = {"stage": "test", "size": 2}
    logger.structure_logs(append=True, **keys)
    logger.info("structured")
    correlation = logger.get_correlation_id()
    logger.structure_logs(append=False, fresh=1)
    logger.error("cleared")
    if event.get("clear"):
        logger.clear_state()
        logger.info("as at first")
    return {"number": number, "correlation": correlation, "service": logger.service}
