"""The insides of gunicorn that the worker builds on are as it knows them.

Where one of these fails after an upgrade, ``web/serving`` has to be read again beside the new
gunicorn; ``pyproject.toml`` allows the version that it was written for.
"""

from __future__ import annotations

import inspect

import gunicorn
import pytest
from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.http import wsgi
from gunicorn.http.parser import RequestParser
from gunicorn.workers.base import Worker
from gunicorn.workers.gthread import PollableMethodQueue

from web.gunicorn_settings import settings
from web.serve import _Server
from web.serving.listening import Listening
from web.settings import DEFAULTS


def parameters(function: object) -> list[str]:
    return list(inspect.signature(function).parameters)  # type: ignore[arg-type]


def test_it_is_the_version_that_the_worker_was_written_for() -> None:
    assert gunicorn.version_info[0] == 27


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (Worker.__init__, ["self", "age", "ppid", "sockets", "app", "timeout", "cfg", "log"]),
        (Worker.handle_exit, ["self", "sig", "frame"]),
        (Worker.notify, ["self"]),
        (
            wsgi.create,
            ["req", "sock", "client", "server", "cfg", "response_class", "response_args"],
        ),
        (wsgi.Response.start_response, ["self", "status", "headers", "exc_info"]),
        (wsgi.Response.write, ["self", "arg"]),
        (wsgi.Response.force_close, ["self"]),
        (wsgi.Response.should_close, ["self"]),
        (RequestParser.__init__, ["self", "cfg", "source", "source_addr"]),
        (PollableMethodQueue.defer, ["self", "callback", "args"]),
        (PollableMethodQueue.run_callbacks, ["self", "_fileobj", "max_callbacks"]),
        (Arbiter.stop, ["self", "graceful"]),
        (Arbiter.manage_workers, ["self"]),
        (Arbiter.spawn_worker, ["self"]),
        (Arbiter.kill_worker, ["self", "pid", "sig"]),
    ],
    ids=lambda value: getattr(value, "__qualname__", ""),
)
def test_a_function_takes_what_it_is_given(function: object, expected: list[str]) -> None:
    assert parameters(function) == expected


def test_a_parser_reads_a_head_from_an_iterable_and_finds_an_end_behind_it() -> None:
    head = b"POST /a?b=c HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"
    request = next(RequestParser(Config(), iter([head]), ("127.0.0.1", 1)))
    assert (request.method, request.path, request.query) == ("POST", "/a", "b=c")
    assert ("CONTENT-LENGTH", "5") in request.headers
    assert request._expected_100_continue
    assert request.body.read() == b""


@pytest.mark.parametrize(
    ("function", "before", "after"),
    [
        (Arbiter.reload, "self.cfg.on_reload(self)", "self.spawn_worker()"),
        (Arbiter.reload, "self.cfg.on_reload(self)", "self.manage_workers()"),
        (Arbiter.stop, "and not self.systemd", "sock.close_sockets(self.LISTENERS, unlink)"),
        (Worker.init_process, "self.load_wsgi()", "self.run()"),
        (Worker.init_process, "self.cfg.post_worker_init(self)", "self.run()"),
    ],
    ids=lambda value: getattr(value, "__qualname__", ""),
)
def test_one_thing_comes_before_another(function: object, before: str, after: str) -> None:
    source = inspect.getsource(function)  # type: ignore[arg-type]
    assert 0 < source.index(before) < source.index(after)


def test_every_setting_that_is_given_is_one_of_gunicorns() -> None:
    given = settings(DEFAULTS, Listening((3,), (), None))
    assert given.keys() <= Config().settings.keys()


def test_a_setting_that_gunicorn_does_not_know_is_not_passed_over(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        _Server("indeks", DEFAULTS, {"forwarder_hedaers": ""})
    assert "forwarder_hedaers" in capsys.readouterr().err
