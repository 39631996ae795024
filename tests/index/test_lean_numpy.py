"""NumPy is whole, whatever was left out when it was loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest

from index.lean_numpy import TEXTS, TRIED, TYPES

_BEGIN = """
import json, sys
from index.lean_numpy import TEXTS, TYPES, load_numpy
load_numpy()
load_numpy()
before = [name for name in (*TEXTS, TYPES) if name in sys.modules]
import numpy as np
from numpy.typing import NDArray
"""

_WAYS = {
    "by name": "from numpy.typing import ArrayLike, DTypeLike, NDArray as same",
    "by module": """
import numpy.typing as npt
ArrayLike, DTypeLike, same = npt.ArrayLike, npt.DTypeLike, npt.NDArray
""",
    "by attribute": "ArrayLike, DTypeLike, same = (\n"
    "    np.typing.ArrayLike, np.typing.DTypeLike, np.typing.NDArray)\n",
    "by star": """
NDArray_before = NDArray
from numpy.typing import *
same = NDArray
NDArray = NDArray_before
""",
    "by what it is made of": "from numpy._typing import ArrayLike, DTypeLike, NDArray as same",
}

_END = """
assert repr(NDArray[np.int64]) == repr(same[np.int64]), (NDArray[np.int64], same[np.int64])
from types import GenericAlias
assert NDArray[np.int64] == same[np.int64] and isinstance(NDArray[np.int64], GenericAlias)
import numpy.ma, numpy.random, numpy.fft, numpy.polynomial, numpy.rec, numpy.char, numpy.ctypeslib
values = np.linalg.eigh(np.eye(2)).eigenvalues.tolist()
assert np.typing.ArrayLike is ArrayLike and np.typing is sys.modules["numpy.typing"]
print(json.dumps([before, values]))
"""


@pytest.mark.parametrize("way", _WAYS)
def test_what_is_left_out_is_loaded_when_it_is_asked_for(way: str) -> None:
    code = _BEGIN + _WAYS[way] + _END
    run = [sys.executable, "-W", "error", "-c", code]
    printed = subprocess.run(run, check=True, capture_output=True, text=True).stdout
    assert json.loads(printed) == [[], [1.0, 1.0]]


def test_what_is_left_out_is_numpy_s() -> None:
    assert all(find_spec(name) for name in (*TEXTS, TYPES))


def test_the_numpy_installed_is_one_that_was_tried() -> None:
    """Before its version is added, see that nothing is asked of what is left out of it."""
    assert ".".join(version("numpy").split(".")[:2]) in TRIED


def test_another_numpy_is_loaded_whole(tmp_path: Path) -> None:
    for name, text in {
        "numpy/__init__.py": "from numpy._core import _add_newdocs",
        "numpy/version.py": "version = '9.9.0'",
        "numpy/_core/__init__.py": "from numpy._core._add_newdocs import asked_for",
        "numpy/_core/_add_newdocs.py": "asked_for = 7",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    code = "import sys\nfrom index.lean_numpy import load_numpy\n"
    code += f"sys.path.insert(0, {str(tmp_path)!r})\nload_numpy()\n"
    code += "import numpy\nassert numpy._add_newdocs.asked_for == 7"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_its_types_are_a_package() -> None:
    code = _BEGIN + "from importlib.util import find_spec\n"
    code += "assert find_spec('numpy.typing').origin == np.typing.__file__\n"
    code += "assert find_spec('numpy.typing.mypy_plugin')\n"
    code += "assert TYPES not in sys.modules\n"
    code += "assert not hasattr(np.typing, 'none_such')"
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


_AT_ONCE = """
from threading import Barrier, Thread
sys.setswitchinterval(1e-6)
begin, got = Barrier(16), []
def ask():
    begin.wait()
    import numpy.typing as found
    got.append((found.ArrayLike, found.DTypeLike, found.NDArray[np.int64], found))
threads = [Thread(target=ask) for _ in range(16)]
for one in threads: one.start()
for one in threads: one.join()
assert len(got) == 16 and all(one[0] is np.typing.ArrayLike and one[3] is np.typing for one in got)
"""


def test_threads_may_ask_for_its_types_at_once() -> None:
    run = [sys.executable, "-W", "error", "-c", _BEGIN + _AT_ONCE]
    for _ in range(3):
        assert not subprocess.run(run, check=True, capture_output=True, text=True).stderr


def test_it_may_be_loaded_already() -> None:
    code = "import numpy\nfrom index.lean_numpy import load_numpy\nload_numpy()\n"
    code += "assert numpy.zeros.__doc__ and numpy.typing.ArrayLike"
    subprocess.run([sys.executable, "-c", code], check=True)
