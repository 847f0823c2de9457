"""Structured logs on standard error: one JSON object (or one readable line) an event, ours and the libraries'.

The only file that sets up logging. Secrets do not reach it: settings keep them as `SecretStr`, the sources and channels
mask their addresses before they speak.
"""

import logging
import sys

import structlog
from structlog.typing import Processor

from monitor.settings import Settings

QUIET = ("uvicorn", "apscheduler", "urllib3", "alembic", "httpx", "pypdfium2")


def set_up(settings: Settings) -> None:
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    last: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last]
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
