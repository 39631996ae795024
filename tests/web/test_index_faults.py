"""Whatever the system says while the index is read: 503 that says why, never 500; nothing hangs."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.local import LocalEngine
from tests.web.conftest import Client
from tests.web.faults import faults_in
from web.app import create_app
from web.state import EXTENSION

ADDRESSES = [
    "/article/a1?q=beras",
    "/api/v1/stats",
    "/api/v1/analyze?text=membaca",
    "/search.csv?q=beras",
    "/readyz",
    *(
        pytest.param(address, marks=pytest.mark.long)
        for address in (
            "/search?q=beras",
            "/api/v1/search?q=%22harga+beras%22&explain=true",
            "/api/v1/articles/a1",
            "/api/v1/articles/a1/similar",
            "/api/v1/suggest?q=har",
            "/search.rss?q=beras",
        )
    ),
]
NUMBERS = [errno.EIO, errno.EACCES, errno.ENOENT, errno.ESTALE, errno.EMFILE, errno.ENOMEM]


@pytest.fixture(scope="module")
def application(sample_index: Path) -> Flask:
    return create_app(sample_index)


@pytest.fixture
def client(application: Flask) -> FlaskClient:
    return Client(application, application.response_class)


def let_go(client: FlaskClient) -> None:
    """Have the next request open the index."""
    engine = client.application.extensions[EXTENSION].engine
    assert isinstance(engine, LocalEngine)
    engine.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_failing_call_is_an_error_of_the_server(
    sample_index: Path, client: FlaskClient, address: str
) -> None:
    statuses = set()
    for failing in range(1000):
        let_go(client)
        with faults_in(sample_index, NUMBERS[failing % len(NUMBERS)]) as faults:
            faults.failing = failing
            response = client.get(address)
            statuses.add(response.status_code)
            assert response.status_code in {200, 503}, (failing, response.text)
            assert str(sample_index) not in response.text
        if faults.calls <= failing:
            break
    else:
        pytest.fail("there is no end of calls")
    assert failing > 10
    assert statuses == {200, 503} or address.startswith("/api/v1/analyze")


@pytest.mark.parametrize("number", NUMBERS, ids=errno.errorcode.get)
def test_readiness_says_why(sample_index: Path, client: FlaskClient, number: int) -> None:
    problems = set()
    for failing in range(1000):
        let_go(client)
        with faults_in(sample_index, number) as faults:
            faults.failing = failing
            response = client.get("/readyz")
        told = response.json
        assert told is not None
        if response.status_code == 503:
            problems.add(told["problem"])
            assert told["reason"]
            assert told["alasan"]
            assert not Path(told["file"]).is_absolute()
        if faults.calls <= failing:
            break
    assert problems <= {"unreadable", "damaged", "missing"}
    assert problems
