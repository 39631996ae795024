"""ftfy is whole, whatever was put off when it was loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module

from index.lean_ftfy import LATER

_CODE = """
import json, sys
from index.lean_ftfy import LATER, TextFixerConfig, fix_encoding
before = [name for name in LATER if name in sys.modules]
fixed = fix_encoding("\\u00e2\\u20ac\\u0153kata\\u00e2\\u20ac\\u009d", TextFixerConfig())
from ftfy.formatting import character_width, monospaced_width
widths = [character_width("\\u5317"), monospaced_width("ab")]
print(json.dumps([before, fixed, widths, [name in sys.modules for name in LATER]]))
"""


def test_what_is_put_off_is_loaded_when_it_is_called() -> None:
    printed = subprocess.run(
        [sys.executable, "-c", _CODE], check=True, capture_output=True, text=True
    ).stdout
    assert json.loads(printed) == [[], "\u201ckata\u201d", [2, 2], [True]]


def test_what_is_put_off_is_there() -> None:
    found = [getattr(import_module(name), one) for name, some in LATER.items() for one in some]
    assert all(map(callable, found))
