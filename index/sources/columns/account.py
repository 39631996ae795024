"""What was taken from which column, and what else looks as if it belonged to an article.

Only the first records of a file and of a shape are looked at, so that the account costs nothing
where there are many. Files of one folder whose columns mean the same are told together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from index.article import Article
from index.fields import FACETS
from index.light_dataclass import dataclass
from index.sources.columns.grammar import LAST_RESORT, PARTS, STAND_INS
from index.sources.columns.looks import looks_like_date, texts_in
from index.sources.columns.meanings import meaning
from index.sources.columns.plan import FieldNames, Plan, why_unused
from index.sources.columns.words import Word

SAMPLED = 20
"""So many records are looked at, of a file and after every record of a new shape."""

_MOST_SAMPLED = 400  # of one file, whose records may each have a shape of their own
_MOST_SHAPES = 1000
_MOST_NAMES = 60
_MOST_PARTS_SHOWN = 3
_LONGEST_KEY = 200  # a longer one is data
_ENOUGH = 2  # records in which a column must look like something, where there are as many


@dataclass(frozen=True, slots=True)
class Unused:
    """A column that was not used although it looks like a text or a date.

    ``looks`` is ``text`` or ``date``; ``why`` tells of a date what moment it is instead.
    """

    name: str
    looks: str
    why: Word | None = None


@dataclass(slots=True)
class Shape:
    """What was taken from where in ``files`` files, of which ``file`` is the first.

    ``taken`` has the columns of each field that were used, best first, with those that stood in;
    ``names`` are the first columns that there are.
    """

    file: str
    files: int = 1
    taken: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unused: dict[str, Unused] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The file, or what the names of several have in common: ``folder/*.json``."""
        folder, ending = _kind_of(self.file)
        return self.file if self.files == 1 else f"{folder}*{ending}"

    @property
    def last_resort(self) -> list[str]:
        """The columns of dates that hold no more than the time of a change."""
        return [
            name
            for name in self.taken.get("date", ())
            if (meant := meaning(name)) and meant.tier == LAST_RESORT
        ]

    def agrees_with(self, other: Shape) -> bool:
        """No field has its columns elsewhere in the other."""
        return all(
            not {*names}.isdisjoint(other.taken[name])
            for name, names in self.taken.items()
            if name in other.taken
        )

    def join(self, other: Shape, *, files: int = 1) -> None:
        """Takes another into this one, with so many files that are not counted yet."""
        self.files += files
        for name, columns in other.taken.items():
            self.taken[name] = tuple(dict.fromkeys((*self.taken.get(name, ()), *columns)))
        used = {column for columns in self.taken.values() for column in columns}
        self.unused = {
            name: one for name, one in (self.unused | other.unused).items() if name not in used
        }


@dataclass(slots=True)
class _Sample:
    """What the records of one file that were looked at had."""

    file: str
    records: int = 0
    order: dict[str, list[str]] = field(default_factory=dict)
    used: Counter[tuple[str, str]] = field(default_factory=Counter)
    looks: Counter[tuple[str, str]] = field(default_factory=Counter)
    keys: dict[str, None] = field(default_factory=dict)
    plans: dict[int, tuple[Plan, int]] = field(default_factory=dict)

    def take(self, values: Mapping[str, object], plan: Plan, article: Article | None) -> None:
        self.records += 1
        self.plans[id(plan)] = plan, self.plans.get(id(plan), (plan, 0))[1] + 1
        self.keys.update(dict.fromkeys(key for key in values if len(key) <= _LONGEST_KEY))
        claimed: set[str] = set()
        for name, columns in plan.items():
            known = self.order.setdefault(name, [])
            known.extend(column for column in columns if column not in known)
            claimed.update(columns if name != "body" else columns[:1])
            first = next((column for column in columns if not _is_empty(values[column])), None)
            if first is not None and _gave(article, name):
                self.used[name, first] += 1
        self._take_stand_ins(values, plan)
        for key, value in values.items():
            if key not in claimed and len(key) <= _LONGEST_KEY:
                self.looks.update((name, "text") for name in texts_in(key, value))
                if looks_like_date(value):
                    self.looks[key, "date"] += 1

    def _take_stand_ins(self, values: Mapping[str, object], plan: Plan) -> None:
        parts = [key for key in plan[PARTS] if not _is_empty(values[key])]
        if all(_is_empty(values[column]) for column in plan["body"]):
            self.used.update(("body", key) for key in parts)
        for name, stand_in in STAND_INS.items():
            if name == "body" and parts:
                continue
            if all(_is_empty(values[column]) for column in plan[name]):
                first = next((key for key in plan[stand_in] if not _is_empty(values[key])), None)
                if first is not None:
                    self.used[name, first] += 1

    def shape(self) -> Shape:
        parts = self.order.get(PARTS, ())
        order = self.order | {
            name: [
                *self.order.get(name, ()),
                *(parts if name == "body" else ()),
                *self.order.get(stand_in, ()),
            ]
            for name, stand_in in STAND_INS.items()
        }
        taken = {
            name: tuple(column for column in columns if self.used[name, column])
            for name, columns in order.items()
            if name not in {*STAND_INS.values(), PARTS}
        }
        taken = {name: columns for name, columns in taken.items() if columns}
        used = {column for columns in taken.values() for column in columns}
        if together := [column for column in taken.get("body", ()) if column in parts]:
            others = (column for column in taken["body"] if column not in parts)
            taken["body"] = (*others, _together(together))
        enough = min(_ENOUGH, self.records)
        unused = {
            name: Unused(name, looks, why_unused(name, self.keys) if looks == "date" else None)
            for (name, looks), count in self.looks.items()
            if count >= enough and name not in used
        }
        return Shape(self.file, taken=taken, unused=unused, names=(*self.keys,)[:_MOST_NAMES])


@dataclass(slots=True)
class ColumnAccount:
    """The account of the columns of all files; ``names`` are the first columns that were met.

    ``never_met`` are the fields and names of the mapping that no record had, known at the end.
    """

    shapes: list[Shape] = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)
    never_met: list[tuple[str, str]] = field(default_factory=list)
    _file: str | None = None
    _counted: bool = False
    _left: int = 0
    _made: int = 0
    _sample: _Sample | None = None
    _groups: dict[tuple[str, str], list[Shape]] = field(default_factory=dict)
    _known: dict[tuple[str, str, int], tuple[Plan, int, Shape]] = field(default_factory=dict)

    def begin(self, file: str, *, has_columns: bool) -> None:
        """A file begins."""
        self.end()
        self._file = file if has_columns else None
        self._counted = False
        self._left = SAMPLED

    def take(
        self, values: Mapping[str, object], names: FieldNames, article: Article | None
    ) -> None:
        """Looks at a record of the file, unless it has no columns or enough were looked at."""
        if names.made != self._made:  # a record of a new shape
            self._made = names.made
            self._left = SAMPLED
        if self._left and self._file is not None:
            self._left -= 1
            self._look_at(self._file, values, names.plan(values), article)

    def _look_at(
        self, file: str, values: Mapping[str, object], plan: Plan, article: Article | None
    ) -> None:
        if self._sample is None:
            known = self._known.get((*_kind_of(file), id(plan)))
            if known is not None and known[1] >= SAMPLED:
                known[2].files += not self._counted
                self._counted = True
                return
            self._sample = _Sample(file)
        if self._sample.records < _MOST_SAMPLED:
            self._sample.take(values, plan, article)

    def end(self, never_met: Iterable[tuple[str, str]] = ()) -> None:
        """The file is read; after the last one, ``never_met`` is known."""
        self.never_met = list(never_met)
        sample, self._sample, self._file = self._sample, None, None
        if sample is None:
            return
        for name in sample.keys:
            if len(self.names) < _MOST_NAMES:
                self.names[name] = None
        kind = _kind_of(sample.file)
        shape = self._joined(kind, sample.shape(), files=0 if self._counted else 1)
        if len(self._known) >= _MOST_SHAPES:
            self._known.clear()
        for plan, records in sample.plans.values():
            before = self._known.get((*kind, id(plan)))
            self._known[*kind, id(plan)] = plan, records + (before[1] if before else 0), shape

    def _joined(self, kind: tuple[str, str], new: Shape, *, files: int) -> Shape:
        """The shape of files of this kind that the new one agrees with and is now part of."""
        group = self._groups.setdefault(kind, [])
        for shape in group:
            if shape.agrees_with(new):
                shape.join(new, files=files)
                return shape
        if len(self.shapes) < _MOST_SHAPES:
            group.append(new)
            self.shapes.append(new)
        return new


def _together(parts: Sequence[str]) -> str:
    """The columns of the parts of a body as one: ``isi_1 + isi_2``, ``isi_1 + … + isi_9``."""
    shown = parts if len(parts) <= _MOST_PARTS_SHOWN else (parts[0], "…", parts[-1])
    return " + ".join(shown)


def _kind_of(file: str) -> tuple[str, str]:
    """The folder of a file and the ending of its name, of which .gz is no more than a part."""
    folder, slash, name = file.rpartition("/")
    bare = name.removesuffix(".gz")
    return folder + slash, name[bare.rfind(".") :] if "." in bare else name[len(bare) :]


def _gave(article: Article | None, name: str) -> bool:
    """Whether a column that is not empty gave the field something: ``-`` is no name."""
    return article is None or name not in FACETS or getattr(article, name) is not None


def _is_empty(value: object) -> bool:
    return value is None or value in ("", [], {}) or (isinstance(value, str) and value.isspace())
