from __future__ import annotations

import io
import json
import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.logs import configure, facts
from web.settings import LogFormat
from web.work import forget

ANY = st.text(st.characters(), max_size=40)
HOSTILE = [
    'x\n{"time": "2020-01-01T00:00:00.000Z", "message": "palsu"}',
    "x\n2020-01-01T00:00:00.000Z INFO web: palsu",
    "x\r\ny",
    "\x1b[2J\x1b[31m",
    "\x1b]0;judul\x07",
    "\x9b2J",
    "a\u2028b\u2029c\x85d\x0be\x0cf",
    "\u202eterbalik",
    "\ud800\udfff",
    "\x00\x08\x7f",
    "%s %d %(x)s %",
    '"}\\',
    "米" * 600,
]
LOGGER = "tests.logs"


class Log:
    """A log in memory."""

    def __init__(self, form: LogFormat) -> None:
        forget()  # A request of another test.
        self.stream = io.StringIO()
        configure(form, logging.INFO, stream=self.stream, logger=LOGGER)
        self.logger = logging.getLogger(LOGGER)
        self.logger.propagate = False

    def handlers(self) -> list[logging.Handler]:
        """Those of ours; pytest has others."""
        return [one for one in self.logger.handlers if type(one).__module__ == "web.logs"]

    def written(self) -> str:
        return self.stream.getvalue()


@pytest.fixture(params=list(LogFormat))
def log(request: pytest.FixtureRequest) -> Log:
    return Log(request.param)


def raised(text: str) -> ValueError:
    """An error with a traceback."""
    with pytest.raises(ValueError) as caught:
        raise ValueError(text)
    return caught.value


def records(text: str) -> list[str]:
    """The lines that begin a record; others are indented."""
    assert text.endswith("\n")
    return [line for line in text[:-1].split("\n") if not line.startswith("    ")]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_stays_in_its_line(log: Log, text: str) -> None:
    # What pytest captures is sent between its processes, which lone surrogates break.
    log.logger.handlers = log.handlers()
    log.logger.warning("%s", text)
    log.logger.warning("fakta", extra=facts(query=text, filters={text: [text]}))
    log.logger.info(text)
    log.logger.error("galat %s", text, exc_info=raised(text))
    found = log.written()
    assert len(records(found)) == 4
    assert all(line.isprintable() for line in found[:-1].split("\n"))
    # Readers that break lines elsewhere, as Python does at U+2028, see the same lines.
    assert found.splitlines() == found[:-1].split("\n")


@given(ANY, ANY)
def test_a_json_line_is_ascii_and_can_be_read_by_anyone(message: str, value: str) -> None:
    log = Log(LogFormat.JSON)
    log.logger.warning("%s", message, extra=facts(value=value, number=float("nan"), day=None))
    line = log.written()
    assert line.isascii()
    assert line.count("\n") == 1
    document = json.loads(line, parse_constant=pytest.fail)
    # Strict readers refuse lone surrogates.
    assert json.dumps(document, ensure_ascii=False).encode()
    assert document["message"] == message.encode("utf-8", "backslashreplace").decode()
    assert document["number"] == "nan"


@given(ANY)
def test_a_line_of_text_is_one_line(text: str) -> None:
    log = Log(LogFormat.TEXT)
    log.logger.warning("%s", text, extra=facts(value=text))
    assert log.written()[:-1].isprintable()


def test_a_record_has_time_level_and_logger() -> None:
    log = Log(LogFormat.JSON)
    before = datetime.now(UTC)
    log.logger.error("ada apa", extra=facts(ms=1.5, request_id="abc"))
    document = json.loads(log.written())
    moment = datetime.fromisoformat(document.pop("time"))
    assert abs((moment - before).total_seconds()) < 60
    assert moment.tzinfo is not None
    assert document == {
        "level": "error",
        "logger": LOGGER,
        "message": "ada apa",
        "ms": 1.5,
        "request_id": "abc",
    }


def test_a_traceback_is_one_string() -> None:
    log = Log(LogFormat.JSON)
    log.logger.error("galat", exc_info=raised("satu\ndua"))
    document = json.loads(log.written())
    assert document["exception"].startswith("Traceback (most recent call last):\n")
    assert document["exception"].endswith("ValueError: satu\ndua")


def test_text_is_for_people() -> None:
    log = Log(LogFormat.TEXT)
    log.logger.info("jawab", extra=facts(status=200, sort="newest", query="harga beras", x=None))
    (line,) = log.written().splitlines()
    time, rest = line.split(maxsplit=1)
    assert datetime.fromisoformat(time).tzinfo is not None
    assert rest == (f'INFO {LOGGER}: jawab status=200 sort=newest query="harga beras" x=null')


@pytest.mark.parametrize("arguments", [(1,), ("a", "b"), ({"x": 1},)])
def test_a_message_that_does_not_fit_its_arguments_is_written(
    log: Log, arguments: tuple[Any, ...]
) -> None:
    record = log.logger.makeRecord(LOGGER, 30, __file__, 1, "100% %(y)d dari", arguments, None)
    (ours,) = log.handlers()
    assert "100%" in ours.format(record)


def test_configuring_again_takes_the_place() -> None:
    log = Log(LogFormat.TEXT)
    log = Log(LogFormat.JSON)
    log.logger.info("sekali")
    assert len(log.written().splitlines()) == 1
    assert len(log.handlers()) == 1


def test_records_go_to_standard_error_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    configure(LogFormat.TEXT, logging.INFO, logger=LOGGER)
    logging.getLogger(LOGGER).info("di sini")
    captured = capsys.readouterr()
    assert "di sini" in captured.err
    assert not captured.out
