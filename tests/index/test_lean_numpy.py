"""NumPy is whole, whatever was left out when it was loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec

import pytest

from index.lean_numpy import TEXTS, TYPES

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


def test_it_may_be_loaded_already() -> None:
    code = "import numpy\nfrom index.lean_numpy import load_numpy\nload_numpy()\n"
    code += "assert numpy.zeros.__doc__ and numpy.typing.ArrayLike"
    subprocess.run([sys.executable, "-c", code], check=True)
