"""The archive of the tasks as an index, and the ways to ask it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from index.build import LocalTarget
from index.target import BuildOptions
from tests.tasks.archive import ARTICLES
from tests.tasks.reader import Page
from web.app import create_app
from web.cli import main


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the archive; tests must not change it."""
    path = tmp_path_factory.mktemp("tasks") / "index"
    LocalTarget(path).rebuild(ARTICLES, BuildOptions())
    return path


@pytest.fixture(scope="session")
def desk(archive: Path) -> Flask:
    return create_app(archive, config={"TESTING": True})


@pytest.fixture
def web(desk: Flask) -> FlaskClient:
    return desk.test_client()


@pytest.fixture
def start(web: FlaskClient) -> Page:
    """The start page, open before a reader who prefers Indonesian."""
    return Page(web)


@pytest.fixture
def ask(web: FlaskClient) -> Callable[..., Any]:
    """JSON from the API: ``ask("search", q="banjir")``, with ``_`` behind ``from``."""

    def asked(path: str, **parameters: Any) -> Any:
        query = {name.rstrip("_"): value for name, value in parameters.items()}
        response = web.get(f"/api/v1/{path}", query_string=query)
        assert response.status_code == 200, response.text
        return response.get_json()

    return asked


@pytest.fixture
def warta(archive: Path) -> Callable[..., str]:
    """What ``warta search`` prints on standard output."""

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(main, ["search", *arguments, "--index", str(archive)])
        assert done.exit_code == 0, done.output
        return done.stdout

    return run
