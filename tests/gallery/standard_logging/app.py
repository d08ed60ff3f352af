"""The standard library's logging."""

import logging
import os

logger = logging.getLogger()
logger.setLevel(os.environ.get("LOG_LEVEL", "INFO"))
quiet = logging.getLogger("quiet")
quiet.setLevel(logging.ERROR)
own = logging.getLogger(__name__)


def divided(number):
    result = None
    try:
        result = 12 / number
    except ZeroDivisionError:
        logger.exception("by zero")
    except TypeError as error:
        logger.error("not a number: %s", error, exc_info=True)
        logging.warning("%s again", number, exc_info=error)
    return result


def handler(event, context):
    logger.info("event %s", event)
    logger.debug("not said")
    quiet.warning("not said either")
    quiet.error("said")
    own.info("of %s", __name__)
    logging.info({"keys": sorted(event)})
    if event.get("debug"):
        logging.getLogger().setLevel(logging.DEBUG)
        logger.debug("now said")
        logging.getLogger().setLevel("INFO")
    logger.log(logging.WARNING, "%s is %d", "n", 1)
    return {"result": divided(event.get("number", 3)), "level": logger.level}
