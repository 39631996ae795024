"""Whatever arrays and numbers kernels are handed: what they cannot read is refused.

``make sanitize`` tells of what is read beside an array; without it this tells of what is raised,
and of a process that ends.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from index.errors import FileDamaged
from index.kernels import kernel
from tests.index.kernels.calls import ANY_WIDTH, CALLS, CONVERTED, WRITTEN

pytestmark = pytest.mark.skipif(kernel("scoring") is None, reason="the kernels are not in use")

REFUSED = (FileDamaged, ValueError, TypeError, IndexError, OverflowError, MemoryError)
LIMITS = (-(2**63) - 1, -(2**63), -1, 0, 2**62, 2**63 - 1, 2**63, 2**64)
"""Numbers between them would ask for memory that may be there."""


def _plain(found: Any) -> Any:
    if isinstance(found, np.ndarray):
        return found.tolist()
    return [_plain(one) for one in found] if isinstance(found, (list, tuple)) else found


def _copied(arguments: list[Any]) -> list[Any]:
    return [one.copy() if isinstance(one, np.ndarray) else one for one in arguments]


def _strided(one: NDArray[Any]) -> NDArray[Any]:
    return np.repeat(one, 2)[::2]


def _read_only(one: NDArray[Any]) -> NDArray[Any]:
    one.flags.writeable = False
    return one


def _other_kind(one: NDArray[Any]) -> NDArray[Any]:
    return one.astype("f4" if one.dtype.kind != "f" or one.dtype.itemsize != 4 else "f8")


def _swapped(one: NDArray[Any]) -> NDArray[Any]:
    return one.astype(one.dtype.newbyteorder()) if one.dtype.itemsize > 1 else one.astype(">u2")


KINDS: dict[str, Callable[[NDArray[Any]], Any]] = {
    "of another kind": _other_kind,
    "in another order of bytes": _swapped,
    "of two dimensions": lambda one: one.reshape(1, -1),
    "of no dimension": lambda one: one.ravel()[0].reshape(()),
    "a list": lambda one: one.tolist(),
    "of objects": lambda one: one.astype(object),
    "of other width": lambda one: one.astype("u2" if one.dtype.itemsize != 2 else "u4"),
}
LENGTHS: dict[str, Callable[[NDArray[Any]], NDArray[Any]]] = {
    "empty": lambda one: one[:0],
    "shorter": lambda one: one[:-1].copy(),
    "longer": lambda one: np.append(one, one[-1]),
    "reversed": lambda one: one[::-1].copy(),
}


def _places(arguments: list[Any]) -> list[int]:
    return [at for at, one in enumerate(arguments) if isinstance(one, np.ndarray)]


def _filled(one: NDArray[Any]) -> list[NDArray[Any]]:
    """Arrays of the same kind with numbers at the limits, everywhere or at the end."""
    if one.dtype.kind == "b":
        return [np.zeros_like(one), np.ones_like(one)]
    if one.dtype.kind == "f":
        limits: list[Any] = [np.nan, np.inf, -np.inf, np.finfo(one.dtype).max, -0.0]
    else:
        info = np.iinfo(one.dtype)
        limits = [info.min, info.max, info.max - 1, info.max // 2 + 1, 0, 1]
    found = []
    for limit in limits:
        found.append(np.full_like(one, limit))
        found.append(one.copy())
        found[-1][-1:] = limit
    return found


def _result(call: Callable[..., Any], arguments: list[Any]) -> Any:
    """What a kernel gives; None where it refuses."""
    try:
        return _plain(call(*arguments))
    except REFUSED:
        return None


WITH_ARRAYS = [
    name for name, made in CALLS.items() if kernel("scoring") is not None and _places(made()[1])
]


@pytest.mark.parametrize("name", CALLS)
def test_what_fits_is_read(name: str) -> None:
    call, arguments = CALLS[name]()
    expected = _plain(call(*_copied(arguments)))
    if name != "lengths":
        assert _plain(call(*_copied(arguments))) == expected


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", WITH_ARRAYS)
def test_arrays_of_another_kind_are_refused(name: str, kind: str) -> None:
    call, arguments = CALLS[name]()
    before = _plain(call(*_copied(arguments)))
    for at in _places(arguments):
        if kind == "of other width" and at in ANY_WIDTH.get(name, ()):
            continue
        odd = _copied(arguments)
        odd[at] = KINDS[kind](odd[at])
        if name in CONVERTED:
            made = _copied(arguments)
            made[at] = np.ascontiguousarray(odd[at], made[at].dtype)
            found = _result(call, odd)
            assert found is None or found == _result(call, made)
            assert found == before or "dimension" in kind
            continue
        with pytest.raises((ValueError, TypeError, BufferError, AttributeError, IndexError)):
            call(*odd)
    assert _plain(call(*_copied(arguments))) == before


@pytest.mark.parametrize("name", WITH_ARRAYS)
def test_only_arrays_that_are_written_to_need_be_writable(name: str) -> None:
    call, arguments = CALLS[name]()
    expected = _plain(call(*_copied(arguments)))
    for at in _places(arguments):
        odd = _copied(arguments)
        odd[at] = _read_only(odd[at])
        if at in WRITTEN.get(name, ()):
            with pytest.raises(ValueError, match="read-only"):
                call(*odd)
        else:
            assert _plain(call(*odd)) == expected


@pytest.mark.parametrize("name", WITH_ARRAYS)
def test_arrays_with_gaps_are_refused_or_read_as_they_are(name: str) -> None:
    call, arguments = CALLS[name]()
    expected = _plain(call(*_copied(arguments)))
    for at in _places(arguments):
        odd = _copied(arguments)
        odd[at] = _strided(odd[at])
        try:
            found = _plain(call(*odd))
        except ValueError:
            continue
        assert found == expected


@pytest.mark.parametrize("name", WITH_ARRAYS)
def test_bytes_may_begin_anywhere(name: str) -> None:
    call, arguments = CALLS[name]()
    expected = _plain(call(*_copied(arguments)))
    for at in _places(arguments):
        if arguments[at].itemsize == 1:
            odd = _copied(arguments)
            odd[at] = np.append(odd[at][:1], odd[at])[1:]
            assert _plain(call(*odd)) == expected


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("name", WITH_ARRAYS)
def test_arrays_of_another_length_are_read_or_refused(name: str, length: str) -> None:
    call, arguments = CALLS[name]()
    before = _plain(call(*_copied(arguments)))
    for at in _places(arguments):
        odd = _copied(arguments)
        odd[at] = LENGTHS[length](odd[at])
        with suppress(*REFUSED):
            call(*odd)
    assert _plain(call(*_copied(arguments))) == before


@pytest.mark.parametrize("name", WITH_ARRAYS)
def test_numbers_at_the_limits_are_read_or_refused(name: str) -> None:
    call, arguments = CALLS[name]()
    before = _plain(call(*_copied(arguments)))
    for at in _places(arguments):
        for one in _filled(arguments[at]):
            odd = _copied(arguments)
            odd[at] = one
            with suppress(*REFUSED):
                call(*odd)
    assert _plain(call(*_copied(arguments))) == before


@pytest.mark.parametrize("name", CALLS)
def test_arguments_at_the_limits_are_read_or_refused(name: str) -> None:
    call, arguments = CALLS[name]()
    before = _plain(call(*_copied(arguments)))
    for at, one in enumerate(arguments):
        if type(one) is not int:
            continue
        for limit in LIMITS:
            odd = _copied(arguments)
            odd[at] = limit
            with suppress(*REFUSED):
                call(*odd)
    assert _plain(call(*_copied(arguments))) == before
