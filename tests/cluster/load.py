"""Readers who ask a server all the time, and what they were answered when."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

SECONDS = 60
"""How long a reader waits for an answer before it counts as none."""
NONE = 0
"""The status of a request that got no answer."""


@dataclass(frozen=True)
class Answered:
    """A request: when it was sent (``time.monotonic``), its status, header fields and text."""

    at: float
    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Load:
    """What readers were answered so far, in the order of the answers."""

    answers: list[Answered] = field(default_factory=list)

    def since(self, moment: float) -> Counter[int]:
        """How many requests that were sent after a moment got which status."""
        return Counter(one.status for one in self.answers if one.at >= moment)

    def until(self, moment: float) -> Counter[int]:
        """The same of those before it."""
        return Counter(one.status for one in self.answers if one.at < moment)

    def wait(self, moment: float, number: int) -> None:
        """Until so many requests that were sent after a moment are answered."""
        deadline = time.monotonic() + 2 * SECONDS
        while self.since(moment).total() < number:
            assert time.monotonic() < deadline, "nobody is answered any more"
            time.sleep(0.02)


def asked(port: int, path: str) -> Answered:
    """One request to a server of the loopback."""
    at = time.monotonic()
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        client.request("GET", path)
        got = client.getresponse()
        text = got.read().decode("utf-8", "replace")
        return Answered(at, got.status, {k.lower(): v for k, v in got.getheaders()}, text)
    except (OSError, http.client.HTTPException) as error:
        return Answered(at, NONE, {}, repr(error))
    finally:
        client.close()


@contextmanager
def load(port: int, paths: Sequence[str], readers: int = 4) -> Iterator[Load]:
    """While it lasts, so many readers ask, each one address after the other without a pause."""
    found, ended = Load(), threading.Event()

    def read(number: int) -> None:
        turn = number
        while not ended.is_set():
            found.answers.append(asked(port, paths[turn % len(paths)]))
            turn += 1

    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    for one in threads:
        one.start()
    try:
        yield found
    finally:
        ended.set()
        for one in threads:
            one.join()
