"""What was taken from which column, as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.cli.lines import WIDTH, cut, ending, joined
from index.console import number
from index.fields import BY_NAME
from index.sources.columns.words import Word

if TYPE_CHECKING:
    from index.sources.columns.account import ColumnAccount, Shape, Unused

_MOST_SHAPES = 6
_MOST_UNUSED = 6
_MOST_NAMES = 20
_LONGEST_NAME = 40
_WHY = {
    Word.CRAWLED: "waktu pengambilan / of fetching",
    Word.LABELLED: "waktu pelabelan / of labelling",
}


def column_lines(account: ColumnAccount, *, whole: bool = True) -> Iterator[str]:
    """A line for each shape of records, and one for what it did not use.

    Dates that were not used are told only of a ``whole`` account, or where there are no others.
    """
    if account.shapes:
        yield "kolom / columns:"
    for shape in account.shapes[:_MOST_SHAPES]:
        yield from joined(f"  {_where(shape)}: ", _taken(shape), "      ")
        unused = [
            _unused(one, shape)
            for one in shape.unused.values()
            if whole or one.looks != "date" or "date" not in shape.taken
        ]
        if unused:
            yield from joined("    tidak dipakai / not used: ", unused[:_MOST_UNUSED], "      ")
    others = len(account.shapes) - _MOST_SHAPES
    if others > 0:
        yield f"  … dan {number(others)} susunan kolom lain / and other sets of columns"


def never_met_lines(account: ColumnAccount) -> Iterator[str]:
    """A line for each name of ``--map`` that no record had, with the names that there were."""
    names = ", ".join(cut(name, _LONGEST_NAME) for name in list(account.names)[:_MOST_NAMES])
    for field, name in account.never_met:
        yield (
            f"--map {field}={cut(name, _LONGEST_NAME)}: tidak ada kolom itu; periksa ejaannya"
            " / no record has that column; check its spelling"
        )
    if account.never_met and names:
        yield f"  yang ada / there are: {names}"


def columns_as_json(account: ColumnAccount) -> dict[str, object]:
    """The same facts by the names of our fields."""
    return {
        "columns": [
            {
                "where": shape.where,
                "files": shape.files,
                "fields": {field: list(names) for field, names in shape.taken.items()},
                "last_resort": shape.last_resort,
                "unused": [
                    {
                        "column": one.name,
                        "looks_like": one.looks,
                        "why": one.why and one.why.name.lower(),
                    }
                    for one in shape.unused.values()
                ],
            }
            for shape in account.shapes
        ],
        "map_not_found": [{"field": field, "name": name} for field, name in account.never_met],
    }


def _where(shape: Shape) -> str:
    where = ending(shape.where, WIDTH // 2)
    return where if shape.files == 1 else f"{where} ({number(shape.files)} berkas / files)"


def _taken(shape: Shape) -> Iterator[str]:
    if "body" not in shape.taken:
        yield "isi tidak ditemukan / no text found"
    for field, names in shape.taken.items():
        first, *others = (cut(name, _LONGEST_NAME) for name in names)
        if first in map(str, shape.last_resort):
            first += " (waktu perubahan / of change)"
        if others:
            first += f", kalau kosong / else {', '.join(others[:3])}"
        yield f"{BY_NAME[field].label.indonesian.lower()} ← {first}"


def _unused(one: Unused, shape: Shape) -> str:
    name = cut(one.name, _LONGEST_NAME)
    if one.looks == "text":
        return f"{name} (teks / text: --map body={name})"
    if one.why is not None:
        return f"{name} ({_WHY[one.why]})"
    if "date" in shape.taken:
        return f"{name} (tanggal / date)"
    return f"{name} (tanggal / date: --map date={name})"
