"""A real Chromium in front of a real server over a real index."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.chrome.webdriver import WebDriver
from werkzeug.serving import make_server

from tests.browser.reader import SECONDS, Reader
from web.app import create_app

ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--accept-lang=id",
)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDriver]:
    """A Chromium of its own; without one the tests skip, in CI they fail."""
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or driver is None:
        reason = "chromium and chromedriver are not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for argument in ARGUMENTS:
        options.add_argument(argument)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('chromium')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.set_capability("unhandledPromptBehavior", "ignore")
    browser = webdriver.Chrome(options=options, service=Service(driver))
    browser.set_script_timeout(SECONDS)
    yield browser
    browser.quit()


@contextmanager
def served(index: Path) -> Iterator[str]:
    """The address of a server over the index, on a free port of this machine."""
    server = make_server("127.0.0.1", 0, create_app(index), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def reading(chromium: WebDriver, site: str) -> Iterator[Reader]:
    """A reader without cookies at a desktop; whatever is left in the console fails the test."""
    reader = Reader(chromium, site)
    chromium.delete_all_cookies()
    reader.has()
    reader.console()
    yield reader
    assert reader.console() == []


@pytest.fixture(scope="session")
def sample_site(sample_index: Path) -> Iterator[str]:
    """A server over the little archive."""
    with served(sample_index) as site:
        yield site


@pytest.fixture
def reader(chromium: WebDriver, sample_site: str) -> Iterator[Reader]:
    """A reader of the little archive."""
    with reading(chromium, sample_site) as found:
        yield found
