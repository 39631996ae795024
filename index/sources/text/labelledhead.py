"""The head of a text file that names its fields: ``Judul: ...``, ``Tanggal: ...``, ``Isi: ...``.

It counts only where a title is among at least two such lines at the start, so that a text that
begins with a word and a colon stays one.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.fields import FIELDS
from index.light_dataclass import dataclass
from index.patterns import on_use
from index.sources.columns.grammar import LAST_RESORT
from index.sources.columns.meanings import meaning

_LINE = on_use(
    r"[-*#> ]{0,4}(?P<name>[^\W\d_][\w /.-]{1,28}?)[*_ ]{0,4}[:=](?!/)\s{0,9}(?P<value>.*)"
)
_FIELDS = frozenset(field.name for field in FIELDS)
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class LabelledHead:
    """A head of so many ``lines`` with the ``values`` of fields.

    ``kept`` are its lines that are none of them, ``body`` is what stands behind the label of one.
    """

    lines: int
    values: dict[str, object]
    kept: tuple[str, ...]
    body: str | None


def read_labelled_head(lines: Sequence[str]) -> LabelledHead | None:
    """The head at the start of the lines, which are not blank; None where there is none."""
    values: dict[str, object] = {}
    kept: list[str] = []
    waiting: list[str] = []
    end = 0
    body = None
    for at, line in enumerate(lines):
        found = _LINE.fullmatch(line)
        if found is None:
            break
        meant = meaning(found["name"])
        value = found["value"].strip("* ")
        if meant is not None and meant.field == "body":
            kept, waiting, end, body = kept + waiting, [], at + 1, value
            break
        if meant is None or meant.field not in _FIELDS or meant.field in values:
            waiting.append(line)
            if at == 0:
                break
            continue
        if meant.field != "date" or meant.tier < LAST_RESORT:
            values[meant.field] = value
            kept, waiting, end = kept + waiting, [], at + 1
        else:
            waiting.append(line)
    if "title" not in values or len(values) + (body is not None) < _FEWEST:
        return None
    return LabelledHead(end, values, tuple(kept), body)
