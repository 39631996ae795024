"""Which road is taken, the kernels' or NumPy's, as ``warta config`` and ``warta stats`` tell it."""

from __future__ import annotations

from enum import Enum

from index.kernels import missing, turned_off


class State(Enum):
    """What the kernels do here."""

    COMPILED = "compiled"
    NOT_BUILT = "not built"
    OFF = "off"


def state() -> State:
    """``NOT_BUILT`` where one of them is missing."""
    if turned_off():
        return State.OFF
    return State.NOT_BUILT if missing() else State.COMPILED


def told() -> str:
    """The road, and why it is taken, in both languages."""
    match state():
        case State.COMPILED:
            return "terkompilasi / compiled"
        case State.OFF:
            return "NumPy (WARTA_KERNELS=off)"
        case State.NOT_BUILT:
            return (
                "NumPy (tidak dibangun: tanpa kompilator saat pemasangan /"
                " not built: no compiler at installation)"
            )
