"""Whoosh is whole, whatever was put off when it was loaded."""

from __future__ import annotations

import json
import subprocess
import sys

from index.lean_whoosh import LATER

_CODE = """
import json, sys
from index.lean_whoosh import LATER, load_whoosh
load_whoosh()
before = [name for name in (*LATER, "http.client", "email.message") if name in sys.modules]
from whoosh import compat, query
from whoosh.analysis import StemmingAnalyzer
from whoosh.query import terms
english = sorted(terms.variations("walking"))
stems = [token.text for token in StemmingAnalyzer()("walking talked")]
import urllib.request
from whoosh.lang.morph_en import variations
path, _ = compat.urlretrieve("file:///dev/null")
print(json.dumps([before, english == sorted(variations("walking")), stems,
    sys.modules["urllib.request"].urlretrieve.__module__]))
"""


def test_what_is_put_off_is_loaded_when_it_is_called() -> None:
    printed = subprocess.run(
        [sys.executable, "-c", _CODE], check=True, capture_output=True, text=True
    ).stdout
    assert json.loads(printed) == [[], True, ["walk", "talk"], "urllib.request"]


def test_what_is_put_off_is_named_by_whoosh_and_there() -> None:
    from importlib import import_module

    found = [getattr(import_module(name), one) for name, some in LATER.items() for one in some]
    assert all(map(callable, found))
