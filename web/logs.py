"""The log: every line is one record, for people or as JSON, whatever strangers sent.

A JSON object has ``time`` (RFC 3339, UTC), ``level``, ``logger``, ``message`` and, where there are
any, ``request_id``, the record's own facts and ``exception``, a traceback as one string. As text, a
record begins at the start of a line with its time; lines of a traceback are indented. No line has
the address of a client or the query of a request unless the operator chose so.
"""

from __future__ import annotations

import json
import logging
import math
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TextIO

from web.one_line import one_line
from web.settings import LogFormat
from web.work import current_work

FACTS = "warta_facts"
"""The attribute of a record that holds its own facts; see ``facts``."""


def facts(**values: object) -> dict[str, dict[str, object]]:
    """What a record says beside its message, as ``extra`` of ``logging`` wants it."""
    return {FACTS: values}


class JsonFormatter(logging.Formatter):
    """A record as one JSON object of ASCII characters."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        document = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
            **_facts(record),
        }
        if exception := _exception(self, record):
            document["exception"] = exception
        return json.dumps(_plain(document))


class TextFormatter(logging.Formatter):
    """A record as a line for people: time, level, logger, message and facts as ``key=value``."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and under it those of a traceback."""
        head = f"{_time(record)} {record.levelname} {record.name}: {one_line(_message(record))}"
        for key, value in _facts(record).items():
            text = value if isinstance(value, str) and value.isalnum() else _quoted(value)
            head += f" {key}={text}"
        traceback = _exception(self, record).split("\n") if record.exc_info else []
        return "\n".join([head, *(f"    {one_line(line)}" for line in traceback)])


def configure(
    form: LogFormat, level: int, *, stream: TextIO | None = None, logger: str | None = None
) -> None:
    """Have all loggers below ``logger`` (None: all) write to ``stream`` (None: standard error).

    May be called again, and then takes the place of what it did before.
    """
    handler = _Handler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter() if form is LogFormat.JSON else TextFormatter())
    target = logging.getLogger(logger)
    for old in [one for one in target.handlers if isinstance(one, _Handler)]:
        target.removeHandler(old)
    target.addHandler(handler)
    target.setLevel(level)


class _Handler(logging.StreamHandler[TextIO]):
    """The handler that ``configure`` made."""


def _time(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        # A message that does not fit its arguments must not cost the line.
        return f"{record.msg} {record.args!r}"


def _facts(record: logging.LogRecord) -> Mapping[str, object]:
    own = getattr(record, FACTS, {})
    work = current_work()
    if work is None or "request_id" in own:
        return own
    return {"request_id": work.request_id, **own}


def _exception(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    return formatter.formatException(record.exc_info) if record.exc_info else ""


def _plain(value: Any) -> Any:
    """The value as any JSON reader takes it: no lone surrogates, no NaN."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return _plain(str(value))


def _quoted(value: object) -> str:
    return one_line(json.dumps(_plain(value), ensure_ascii=False)).replace("\\\\", "\\")
