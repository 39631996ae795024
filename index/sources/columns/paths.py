"""Paths into nested values, as ``--map`` takes them: ``content.rendered``, ``authors.0.name``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.light_dataclass import dataclass
from index.patterns import on_use
from index.sources.columns.meanings import plain, unwrapped

_INDEX = on_use(r"\[([0-9]{0,4}|\*)\]")
_MOST_STEPS = 20
_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Path:
    """A path: ``name`` as it was given, and its ``steps``, keys of objects or places in lists."""

    name: str
    steps: tuple[str, ...]

    def starts_in(self, values: Mapping[str, object]) -> bool:
        """Whether the first step is there."""
        return _key_like(values, self.steps[0]) is not None

    def value_in(self, values: Mapping[str, object]) -> object:
        """What stands at the path's end, of every item where a list is on the way; else None."""
        return _walk(values, self.steps)


def paths_in(given: str) -> list[Path]:
    """The paths that a name may be: as it stands, and without the object around an article.

    A dot or a slash parts the steps; ``[0]`` is the same as ``.0``, and ``[]`` or ``[*]``, every
    item of a list, need not be written. One without the object around it may have a single step.
    """
    found = []
    for name in dict.fromkeys((given, unwrapped(given))):
        dotted = _INDEX.sub(_step, name).removeprefix("$").strip("./")
        steps = tuple(dotted.replace("/", ".").split("."))
        if len(steps) <= _MOST_STEPS and all(steps) and (len(steps) > 1 or name != given):
            found.append(Path(name, steps))
    return found


def _step(found: re.Match[str]) -> str:
    return f".{found[1]}" if found[1].isdecimal() else ""


def _walk(value: object, steps: tuple[str, ...]) -> object:
    for at, step in enumerate(steps):
        if isinstance(value, Mapping):
            key = _key_like(value, step)
            value = None if key is None else value[key]
        elif isinstance(value, list) and step.isdecimal() and len(step) <= _MOST_DIGITS:
            place = int(step)
            value = value[place] if place < len(value) else None
        elif isinstance(value, list):
            found = [_walk(item, steps[at:]) for item in value if isinstance(item, Mapping)]
            return [item for item in found if item is not None] or None
        else:
            return None
    return value


def _key_like(values: Mapping[str, object], step: str) -> str | None:
    if step in values:
        return step
    wanted = plain(step)
    return next((key for key in values if plain(key) == wanted), None)
