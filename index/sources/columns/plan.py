"""Which keys of a record hold which field of an article.

Names are compared without regard to case, spaces, underscores and hyphens, and understood by their
words (``meanings``). Where a record has several names of one field, the best that is not empty
is used; names given with ``--map`` come before all of them and belong to no other field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from index.errors import SourceError
from index.fields import FIELDS
from index.sources.columns.families import agency_names, paragraphs, simpler_names
from index.sources.columns.grammar import PARTS, STAND_INS, SUMMARY
from index.sources.columns.meanings import meaning, other_moment, plain
from index.sources.columns.paths import paths_in
from index.sources.columns.words import Word

SYNONYMS: Mapping[str, tuple[str, ...]] = {field.name: field.archive_names for field in FIELDS}
"""The names of each field that are known as a whole, best first."""

_MOST_PLANS = 1000  # records whose keys are data would make one plan each
_LONGEST_KEYS = 50_000  # characters of all keys of a record whose plan is kept
_MADE_BY_LABELLERS = {
    *("annotationid", "annotator", "annotators", "annotations", "leadtime", "completedby"),
    *("totalannotations", "labelstudioid"),
}
_NAMED_BY_HOST = "sourcehostname"
"""Beside it, in trafilatura's output, ``source`` is the address of the article."""

_OF_THE_LABEL = 4
"""From this tier on, the moments of labelled records are those of their labels."""

Plan = Mapping[str, tuple[str, ...]]
"""For each field the keys of a record that may hold it, best first.

``summary`` and ``origin`` are two more of them: what may stand in for a body, and for an address.
``parts`` are the columns that together are a body.
"""


class FieldNames:
    """Which keys of a record hold which field.

    ``mapping`` is ``{our field: their names}``, best first: a name, several with commas between
    them, or a path into nested values. ``made`` counts the plans that were made, so that whoever
    looks on knows a record of a new shape. Raises ``SourceError`` where the mapping names a field
    that an article does not have.
    """

    def __init__(self, mapping: Mapping[str, str | Sequence[str]]) -> None:
        unknown = ", ".join(sorted(mapping.keys() - SYNONYMS.keys()))
        if unknown:
            known = ", ".join(SYNONYMS)
            raise SourceError(
                f"an article has no field {unknown}; --map takes FIELD=NAME with one of: {known}",
                f"artikel tidak mempunyai kolom {unknown}; --map menerima KOLOM=NAMA dengan salah "
                f"satu dari: {known}",
            )
        self._given = {
            field: (names,) if isinstance(names, str) else tuple(names)
            for field, names in mapping.items()
        }
        self.paths = [
            path
            for names in self._given.values()
            for given in names
            for name in _split(given)
            for path in paths_in(name)
            if len(path.steps) > 1
        ]
        self._met: set[str] = set()
        self._resolved: set[str] = set()
        self._plans: dict[tuple[str, ...], Plan] = {}
        self.made = 0

    def plan(self, keys: Iterable[str]) -> Plan:
        """Where the fields of a record with these keys are: of all of the plan, each is one.

        ``resolved`` makes a key of each path of the mapping; before that, the key where a path
        begins stands for it.
        """
        key_tuple = tuple(keys)
        try:
            return self._plans[key_tuple]
        except KeyError:
            pass
        if len(self._plans) >= _MOST_PLANS:
            self._plans.clear()
        self.made += 1
        plan = self._make_plan(key_tuple)
        if sum(map(len, key_tuple)) <= _LONGEST_KEYS:
            self._plans[key_tuple] = plan
        return plan

    def resolved(self, values: Mapping[str, object]) -> Mapping[str, object]:
        """The values with one more for every path of the mapping that starts in them."""
        found = {
            path.name: path.value_in(values)
            for path in self.paths
            if path.name not in values and path.starts_in(values)
        }
        self._resolved.update(found)
        self._met.update(name for name, value in found.items() if value is not None)
        return {**values, **found} if found else values

    def never_met(self) -> list[tuple[str, str]]:
        """The fields of the mapping with those of their names that no record had until now."""
        return [
            (field, name)
            for field, names in self._given.items()
            for given in names
            if given not in self._met
            for name in _split(given)
            if self._met.isdisjoint((name, *(path.name for path in paths_in(name))))
        ]

    def _make_plan(self, keys: tuple[str, ...]) -> Plan:
        by_name = _by_name(keys)
        chosen = {
            field: [key for name in names for key in self._chosen(name, by_name)]
            for field, names in self._given.items()
        }
        taken = {key for held in chosen.values() for key in held}
        free = [key for key in keys if key not in taken]
        found = _understood(free, agency_names(free))
        parts = paragraphs(free) if not self._given.get("body") else ()
        if parts:
            found["body"] = [key for key in found.get("body", ()) if key not in parts]
        if not (parts or found.get("body") or found.get(SUMMARY) or chosen.get("body")):
            simpler = simpler_names(free)
            found = _understood(free, simpler) if simpler else found
        if parts:
            found[PARTS] = [*parts]
        for field, names in self._given.items():
            begun = [key for name in names for key in _beginnings(name, by_name)]
            chosen[field] += begun if not chosen[field] else ()
        return {
            field: tuple(dict.fromkeys((*chosen.get(field, ()), *found.get(field, ()))))
            for field in (*SYNONYMS, *STAND_INS.values(), PARTS)
        }

    def _chosen(self, given: str, by_name: Mapping[str, Sequence[str]]) -> Sequence[str]:
        """The keys that a given name means: as it stands, or its parts at commas."""
        whole = by_name.get(plain(given))
        if whole:
            if given not in self._resolved:
                self._met.add(given)
            return whole
        if "," in given:
            return [key for part in _split(given) for key in self._chosen(part, by_name)]
        for path in paths_in(given):
            held = by_name.get(plain(path.name))
            if held:
                self._met.add(given)
                return held
        return []


def _beginnings(given: str, by_name: Mapping[str, Sequence[str]]) -> list[str]:
    """The keys in which paths begin that are not resolved yet."""
    return [
        key
        for name in _split(given)
        for path in paths_in(name)
        if len(path.steps) > 1
        for key in by_name.get(plain(path.steps[0]), ())
    ]


def _split(given: str) -> list[str]:
    """The names between commas, where there are any."""
    return [part.strip() for part in given.split(",") if part.strip()]


def _by_name(keys: Iterable[str]) -> dict[str, list[str]]:
    by_name: dict[str, list[str]] = {}
    for key in keys:
        by_name.setdefault(plain(key), []).append(key)
    return by_name


def _understood(keys: Iterable[str], names: Mapping[str, str]) -> dict[str, list[str]]:
    """The keys of each field by what their names mean, best first; ``names`` of some are others."""
    found: dict[str, list[tuple[int, int, bool, int, str]]] = {}
    labelled = False
    for place, key in enumerate(keys):
        labelled = labelled or plain(key) in _MADE_BY_LABELLERS
        meant = meaning(names.get(key, key))
        if meant is None:
            continue
        entry = (meant.tier, meant.rank, not key.islower(), place, key)
        found.setdefault(meant.field, []).append(entry)
    if "source" in found and any(plain(entry[-1]) == _NAMED_BY_HOST for entry in found["source"]):
        addresses = [entry for entry in found["source"] if plain(entry[-1]) == "source"]
        found["source"] = [entry for entry in found["source"] if entry not in addresses]
        found.setdefault("url", []).extend(addresses)
    if labelled and "date" in found:
        found["date"] = [entry for entry in found["date"] if entry[0] < _OF_THE_LABEL]
    return {field: [entry[-1] for entry in sorted(entries)] for field, entries in found.items()}


def why_unused(key: str, keys: Iterable[str]) -> Word | None:
    """What kind of moment a column of dates holds that is not the article's; None if unknown."""
    word = other_moment(key)
    if word is not None:
        return word
    meant = meaning(key)
    if meant and meant.field == "date" and any(plain(k) in _MADE_BY_LABELLERS for k in keys):
        return Word.LABELLED
    return None
