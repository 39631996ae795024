"""What a thread does with a request: parse the head, call the application, write the answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from gunicorn.http.errors import (
    ExpectationFailed,
    LimitRequestHeaders,
    LimitRequestLine,
    NoMoreData,
    ParseException,
    UnsupportedTransferCoding,
)

from index.errors import WartaError
from web.serving.counts import Counts
from web.serving.crew import Outcome
from web.serving.environment import METRICS_ONLY, STREAMS
from web.serving.lane import Job
from web.serving.requests import Requests
from web.serving.streams import Streams

_STATUSES = (
    (LimitRequestLine, 414),
    (LimitRequestHeaders, 431),
    (ExpectationFailed, 417),
    (UnsupportedTransferCoding, 501),
)


_WORTH_A_LOOK = 0.05
"""In seconds: after so long in the queue it is asked whether the client is still there."""


class _Settings:
    """gunicorn's settings as attributes; its own looks each up by name, 25 times a request."""

    def __init__(self, cfg: Any) -> None:
        self.__dict__.update({name: getattr(cfg, name) for name in cfg.settings})
        self._cfg = cfg

    def __getattr__(self, name: str) -> object:
        """What it works out of them."""
        return getattr(self._cfg, name)


class Answering:
    """Called with a job, in its thread; says what came of it."""

    def __init__(self, worker: Any, counts: Counts) -> None:
        self._worker = worker
        self._counts = counts
        self._app = worker.wsgi
        self._cfg: Any = _Settings(worker.cfg)
        self._requests = Requests(self._cfg)
        self._streams = Streams(max(1, worker.cfg.threads // 2), counts)

    def __call__(self, job: Job) -> Outcome:
        """Raise nothing: what goes wrong is logged, and the connection closed."""
        keep, status = False, None
        log = self._worker.log
        try:
            if job.begun - job.queued > _WORTH_A_LOOK and job.connection.is_reset():
                self._counts.gone()
                raise ConnectionResetError  # noqa: TRY301
            keep = self._answer(job)
        except ParseException as error:
            status = next((code for kind, code in _STATUSES if isinstance(error, kind)), 400)
            self._counts.refused(status)
        except NoMoreData:
            status = 400
            self._counts.refused(status)
        except ConnectionError:
            log.debug("%s %s: the client is gone", job.method, job.path)
        except WartaError as error:
            log.error("%s %s broke off: %s", job.method, job.path, error)  # noqa: TRY400
            status = None if job.connection.sent_any else 500
        except BaseException:
            # Also what would end a process, such as SystemExit: this is not the main thread, which
            # hears the signals, and only an answer ends with it.
            log.exception("%s %s broke off", job.method, job.path)
            status = None if job.connection.sent_any else 500
        return keep, status

    def _answer(self, job: Job) -> bool:
        """Whether the connection may be kept for another request."""
        worker, cfg, connection = self._worker, self._cfg, job.connection
        asked = self._requests.read(job.head, connection)
        response, environ = asked.response, asked.environ
        begun = datetime.now(UTC)
        environ[METRICS_ONLY] = connection.metrics_only
        environ[STREAMS] = self._streams
        job.environ = environ

        def start_response(status: str, headers: list[tuple[str, str]], *rest: object) -> object:
            # Asked as late as can be: the worker may have been told to end meanwhile.
            if worker.retiring() or asked.has_body:
                response.force_close()
            return response.start_response(status, headers, *rest)

        close, gone = None, False
        try:
            pieces = self._app(environ, start_response)
            close = getattr(pieces, "close", None)
            for piece in pieces:
                response.write(piece)
            response.close()
        except ConnectionError:
            gone = True
            raise
        finally:
            try:
                # What broke off before anything was sent is answered, and logged, by the loop.
                said = response.headers_sent or gone
                if response.status is not None and said and not job.given_up:
                    worker.log.access(response, response.req, environ, datetime.now(UTC) - begun)
                if close is not None:
                    close()
            finally:
                cfg.post_request(worker, response.req, environ, response)
        return not response.should_close() and _is_whole(response)


def _is_whole(response: Any) -> bool:
    """Whether as much was written as was announced; else the next answer would be its rest."""
    if response.req.method == "HEAD" or response.status_code in {204, 304}:
        return True
    return response.response_length in {None, response.sent}
