"""The application over the little archive, and a client that talks to it in this process."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from web.app import create_app


@pytest.fixture(scope="session")
def app(sample_index: Path) -> Flask:
    return create_app(sample_index, {"TESTING": True})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def english(client: FlaskClient) -> FlaskClient:
    """A client whose reader wants English."""
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client
