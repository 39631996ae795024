"""The application over the little archive, and a client that talks to it in this process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from web.app import create_app


@pytest.fixture(scope="session")
def app(sample_index: Path) -> Flask:
    return create_app(sample_index, config={"TESTING": True})


class Client(FlaskClient):
    """A client that reads answers to their end, so that no static file stays open."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, **{"buffered": True, **kwargs})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return Client(app, app.response_class)


@pytest.fixture
def english(client: FlaskClient) -> FlaskClient:
    """A client whose reader wants English."""
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client
