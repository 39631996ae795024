"""How early a word stands in a body, as a feature that a cluster scores by.

Lucene's postings tell no first positions to a query. So each of a body's stems is indexed once more
as a feature whose value is its first position. What a word gains by its lead has the form of
``half / (half + position)`` (``search.local.weighting.Lead``), and a feature's saturation is that:
``feature / (feature + pivot)``, as of a feature that counts the less the greater it is the cluster
keeps ``1 / value``. It keeps nine bits of it, so a lead is right to 0.4 %.
"""

from __future__ import annotations

_LEAST = 0.001
"""The value of the very first word, as features are greater than 0."""

_POINT, _SIGN = ".", "|"
"""A cluster takes a point in a feature's name for the end of a field's; no stem has the sign."""


def lead_name(stem: str) -> str:
    """What the feature of a stem is called."""
    return stem.replace(_POINT, _SIGN)


def lead_value(first: int) -> float:
    """The value of the feature of a stem that first stands at a position, from 0 on."""
    return round(first + _LEAST, 3)


def pivot_of(half: float) -> float:
    """The pivot with which a word at position ``half`` has half of what the first word has."""
    return 1.0 / max(half - _LEAST, _LEAST)
