"""This program before an index of a version to come: it says so, changes nothing, and goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from tests.conftest import ARCHIVE
from tests.upgrades.future import CHANGES, VERSION, of_the_future
from tests.upgrades.history import as_lines
from web.app import create_app
from web.cli import main


@pytest.fixture(params=list(CHANGES.values()), ids=list(CHANGES))
def index(request: pytest.FixtureRequest, sample_index: Path, tmp_path: Path) -> Path:
    return of_the_future(sample_index, tmp_path / "index", request.param)


@pytest.fixture
def client(index: Path) -> FlaskClient:
    return create_app(index).test_client()


def warta(*words: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_it_is_refused_with_both_versions_and_a_way_out(index: Path, tmp_path: Path) -> None:
    lines = tmp_path / "articles.jsonl"
    lines.write_text(as_lines(ARCHIVE[:1]), "utf-8")
    before = (index / "CURRENT").read_bytes()
    for words in (["stats"], ["search", "gempa"], ["update", lines], ["delete", "a1"]):
        result = warta(*words, "--index", index)
        assert result.exit_code == 1, words
        assert VERSION in result.stderr, words
        assert "it was made by a newer program: use that one" in result.stderr, words
        assert f"warta rollback --index {index}" in result.stderr, words
    assert (index / "CURRENT").read_bytes() == before


def test_it_is_verified_and_listed(index: Path) -> None:
    assert warta("verify", "--index", index).exit_code == 0
    assert warta("generations", "--index", index).exit_code == 0


def test_reading_it_out_loses_nothing_or_is_refused(index: Path) -> None:
    before = (index / "CURRENT").read_bytes()
    result = warta("rebuild", "--from-index", "--index", index)
    if result.exit_code == 0:
        assert warta("search", "gempa", "--index", index).exit_code == 0
        assert str(len(ARCHIVE)) in warta("stats", "--index", index).stdout
    else:
        assert "Error: " in result.stderr
        assert (index / "CURRENT").read_bytes() == before


@pytest.mark.parametrize("address", ["/", "/readyz", "/api/v1/search?q=a", "/api/v1/stats"])
def test_a_server_says_that_it_cannot_and_stays(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 503
    assert "Retry-After" in response.headers
    assert client.get("/healthz").status_code == 200
    assert "warta_index_up 0.0" in client.get("/metrics").text
