"""What axe-core, an accessibility checker, finds on the pages: nothing.

``WARTA_AXE`` names another version's ``axe.min.js`` than the one of the Python package, which lags.
"""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

import pytest

from tests.browser.reader import Reader
from tests.browser.test_reading import PAGES

_PACKAGED = files("axe_core_python").joinpath("axe.min.js")
AXE = Path(os.environ.get("WARTA_AXE", str(_PACKAGED))).read_text(encoding="utf-8")

RUN = """
const done = arguments[arguments.length - 1];
axe.run().then(({violations, incomplete}) => done([
    ...violations.map(({id, help, nodes}) =>
        `${id}: ${help}: ${nodes.map(({html}) => html).join(" | ")}`),
    ...incomplete.filter(({nodes}) => nodes.length === 0).map(({id}) => `${id}: axe-core failed`),
]));
"""
"""A rule that stumbles, as over colours that it cannot read, is incomplete without a node."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [*PAGES, "/article/none"])
def test_nothing_keeps_anyone_out(reader: Reader, path: str, scheme: str) -> None:
    reader.has(scheme=scheme)
    reader.open(path)
    assert all("status of 404" in message for message in reader.console())
    reader.computes(AXE)
    assert reader.driver.execute_async_script(RUN) == []


def test_nothing_keeps_anyone_out_of_an_open_list_of_suggestions(reader: Reader) -> None:
    reader.open("/")
    reader.waits_for(".search-key")
    reader.one("#q").send_keys("ge")
    reader.waits_for("#suggestions [role=option]")
    reader.computes(AXE)
    assert reader.driver.execute_async_script(RUN) == []


def test_nothing_keeps_anyone_out_of_the_filters_of_a_phone(reader: Reader) -> None:
    reader.has(width=390)
    reader.open("/search?q=beras")
    reader.one(".filters-open").click()
    reader.computes(AXE)
    assert reader.driver.execute_async_script(RUN) == []
