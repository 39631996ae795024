"""The names that archives give to the fields of an article.

Names are compared without regard to case, spaces, underscores and hyphens. Where a record has
several names of one field, the first in the order below that is not empty is used; a name given
with ``--map`` comes before all of them and belongs to no other field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from index.errors import SourceError
from index.fields import FIELDS

SYNONYMS: Mapping[str, tuple[str, ...]] = {field.name: field.archive_names for field in FIELDS}
"""The names of each field, best first."""

_IGNORED = re.compile(r"[\s_\-\ufeff]+")
_MOST_PLANS = 1000  # records whose keys are data would make one plan each

Plan = Mapping[str, tuple[str, ...]]
"""For each field the keys of a record that may hold it, best first."""


def _plain(name: str) -> str:
    return _IGNORED.sub("", name).lower()


class FieldNames:
    """Which keys of a record hold which field; ``mapping`` is ``{our field: their name}``.

    Raises ``SourceError`` where the mapping names a field that an article does not have.
    """

    def __init__(self, mapping: Mapping[str, str]) -> None:
        unknown = ", ".join(sorted(mapping.keys() - SYNONYMS.keys()))
        if unknown:
            known = ", ".join(SYNONYMS)
            raise SourceError(
                f"an article has no field {unknown}; --map takes FIELD=NAME with one of: {known}",
                f"artikel tidak mempunyai kolom {unknown}; --map menerima KOLOM=NAMA dengan salah "
                f"satu dari: {known}",
            )
        taken = {_plain(theirs) for theirs in mapping.values()}
        self._names = {
            field: tuple(name for name in map(_plain, synonyms) if name not in taken)
            for field, synonyms in SYNONYMS.items()
        }
        for field, theirs in mapping.items():
            self._names[field] = (_plain(theirs), *self._names[field])
        self._plans: dict[tuple[str, ...], Plan] = {}

    def plan(self, keys: Iterable[str]) -> Plan:
        """Where the fields of a record with these keys are."""
        key_tuple = tuple(keys)
        plan = self._plans.get(key_tuple)
        if plan is None:
            if len(self._plans) >= _MOST_PLANS:
                self._plans.clear()
            plan = self._plans[key_tuple] = self._make_plan(key_tuple)
        return plan

    def _make_plan(self, keys: tuple[str, ...]) -> Plan:
        by_name: dict[str, list[str]] = {}
        for key in keys:
            by_name.setdefault(_plain(key), []).append(key)
        return {
            field: tuple(key for name in names for key in by_name.get(name, ()))
            for field, names in self._names.items()
        }
