"""Whatever is sent: a whole and well-formed answer, never one of 500, nothing of it as markup."""

from __future__ import annotations

import logging
from contextlib import ExitStack

from tests.fuzz import COUNT, requests
from tests.fuzz.processes import tried


def test_requests_by_chance_are_answered_or_refused() -> None:
    outcomes = tried("requests", COUNT, 14)
    assert set(outcomes) <= {
        *("200", "204", "206", "304", "308", "400", "401", "404", "405", "413", "414", "416"),
        *("429", "431", "503"),
    }
    assert outcomes["200"] > COUNT // 8
    assert outcomes.total() == COUNT


def test_bytes_by_chance_are_answered_by_a_real_server_or_not_at_all() -> None:
    count = max(COUNT // 20, 40)
    outcomes = tried("sockets", count, 14)
    assert not outcomes["wrong"]
    assert outcomes["200"]
    assert outcomes.total() == count


def test_a_compressed_redirect_has_no_length_of_its_plain_text() -> None:
    sent = requests.Request(
        "plain", "GET", "/article", {"HOST": "localhost", "ACCEPT_ENCODING": "gzip"}, b""
    )
    with ExitStack() as stack:
        stack.callback(logging.disable, logging.NOTSET)
        assert requests.prepare(stack)(sent) == "308"
