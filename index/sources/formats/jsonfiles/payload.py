"""Payloads of pages: a list in which every value is named by its place (Nuxt, ``devalue``).

``[{"data": 1}, {"judul": 2, "isi": 3}, "Banjir", "Air naik."]`` is one object of which the numbers
are places in the list. Source: the formats of ``devalue`` and of Nuxt's ``_payload.json``.
"""

from __future__ import annotations

from index.patterns import on_use

_BEGINS = on_use(
    r"\[\s*+(?:\[\s*+\"(?:Shallow)?Reactive\"\s*+,\s*+[0-9]{1,6}\s*+\]"
    r"|\{\s*+(?:\"[\w$-]{1,60}\"\s*+:\s*+-?[0-9]{1,6}\s*+,?\s*+){1,40}\})\s*+,\s*+[\[{]"
)
_HEAD = 4000
_WRAPPERS = frozenset(("Reactive", "ShallowReactive", "Ref", "ShallowRef", "EmptyRef", "Object"))
_DEEPEST = 40
_MOST_USES = 8  # of one value, in the mean: more is a list that refers to itself


class _NoPayload(ValueError):
    """The list is no payload: a place is missing, or it goes on for ever."""


def may_be_payload(text: str, at: int) -> bool:
    """The list that begins at a place of the text begins as a payload does."""
    return _BEGINS.match(text, at, at + _HEAD) is not None


def of_payload(items: list[object]) -> object:
    """The value of which the list is the payload; None where it is a list like any other."""
    if not items or not isinstance(items[0], (dict, list)):
        return None
    if not all(isinstance(place, int) for place in _places(items[0])):
        return None
    try:
        return _Places(items).value(0, 0)
    except _NoPayload:
        return None


def _places(first: dict[str, object] | list[object]) -> list[object]:
    return list(first.values()) if isinstance(first, dict) else first[1:]


class _Places:
    """The values of a payload by their places."""

    def __init__(self, items: list[object]) -> None:
        self._items = items
        self._left = _MOST_USES * len(items) + 100

    def value(self, place: object, depth: int) -> object:
        if not isinstance(place, int) or isinstance(place, bool):
            raise _NoPayload
        if place < 0:  # undefined, a hole, numbers that JSON does not have
            return None
        self._left -= 1
        if place >= len(self._items) or depth > _DEEPEST or self._left < 0:
            raise _NoPayload
        held = self._items[place]
        if isinstance(held, dict):
            return {key: self.value(inner, depth + 1) for key, inner in held.items()}
        return self._of_list(held, depth) if isinstance(held, list) else held

    def _of_list(self, held: list[object], depth: int) -> object:
        if not held or not isinstance(held[0], str):
            return [self.value(inner, depth + 1) for inner in held]
        kind, *others = held
        if kind in _WRAPPERS:
            return self.value(others[0], depth + 1) if others else None
        if kind == "Set":
            return [self.value(inner, depth + 1) for inner in others]
        if kind in {"null", "Map"}:  # keys and values in turns
            pairs = zip(others[::2], others[1::2], strict=False)
            return {
                str(key if kind == "null" else self.value(key, depth + 1)): self.value(
                    inner, depth + 1
                )
                for key, inner in pairs
            }
        return others[0] if others else None
