"""What was taken from which column, as lines and as JSON."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from index.cli.lines import WIDTH, cut, ending, joined, wrapped
from index.console import number
from index.fields import BY_NAME
from index.sources.columns.hints import as_word
from index.sources.columns.meanings import plain
from index.sources.columns.words import Word

if TYPE_CHECKING:
    from index.sources.columns.account import ColumnAccount, Shape, Unused

MOST_SHAPES = 6
_MOST_UNUSED = 6
_MOST_NAMES = 12
_MOST_PLACES = 3
_LONGEST_BASE = 70
_LONGEST_WHERE = 56
_LONGEST_NAME = 40
_ALIKE = 0.7
_WHY = {
    Word.CRAWLED: "waktu pengambilan / of fetching",
    Word.LABELLED: "waktu pelabelan / of labelling",
}


def column_lines(
    account: ColumnAccount,
    *,
    whole: bool = True,
    most: int = MOST_SHAPES,
    in_one_line: bool = False,
) -> Iterator[str]:
    """A line for each set of columns, and one for what it did not use; where no text is, first.

    Dates that were not used are told only of a ``whole`` account, or where there are no others.
    """
    groups = _grouped(account.shapes)
    base = _base(one.where for group in groups for one in group) if len(account.shapes) > 1 else ""
    if groups:
        yield f"kolom / columns{f' ({ending(base, _LONGEST_BASE)})' if base else ''}:"
    for group in groups[:most]:
        shape = group[0]
        taken = _taken(shape, with_id=not in_one_line)
        lines = [*joined(f"  {_where(group, base)}: ", taken, "      ")]
        if in_one_line and not _has_no_text(shape):
            yield lines[0] if len(lines) == 1 else f"{lines[0].removesuffix(' ·')} …"
            continue
        yield from lines
        unused = [
            _unused(one, shape)
            for one in shape.unused.values()
            if whole or one.looks != "date" or "date" not in shape.taken
        ]
        if unused:
            yield from joined("    tidak dipakai / not used: ", unused[:_MOST_UNUSED], "      ")
        elif _has_no_text(shape) and shape.names:
            yield from joined("    kolomnya / its columns: ", _names(shape.names), "      ")
    others = len(groups) - most
    if others > 0:
        yield f"  … dan {number(others)} susunan kolom lain / and other sets of columns"


def _grouped(shapes: Sequence[Shape]) -> list[list[Shape]]:
    """The shapes by what was taken and what was not; those without a text come first."""
    groups: dict[tuple[object, ...], list[Shape]] = {}
    for shape in shapes:
        key: tuple[object, ...] = (*sorted(shape.taken.items()), *sorted(shape.unused))
        if not shape.taken or _has_no_text(shape):
            key = (*key, *shape.names)
        groups.setdefault(key, []).append(shape)
    return sorted(groups.values(), key=lambda group: not _has_no_text(group[0]))


def _has_no_text(shape: Shape) -> bool:
    return "body" not in shape.taken


def _base(places: Iterable[str]) -> str:
    """The folder that all places are in, with a slash behind it; empty where there is none."""
    first, *others = {place.rpartition("/")[0] for place in places} or {""}
    parts = first.split("/")
    for other in others:
        same = zip(parts, other.split("/"), strict=False)
        parts = [one for one, _ in itertools.takewhile(lambda pair: pair[0] == pair[1], same)]
    return "/".join(parts) + "/" if any(parts) else ""


def never_met_lines(account: ColumnAccount) -> Iterator[str]:
    """A line for each name of ``--map`` that no record had, with the names that there were."""
    wrong = {name for _, name in account.never_met}
    names = [name for name in account.names if name not in wrong]
    for field, name in account.never_met:
        mapped = as_word(f"{field}={cut(name, _LONGEST_NAME)}")
        text = (
            f"--map {mapped}: tidak ada kolom itu; periksa ejaannya"
            " / no record has that column; check its spelling"
        )
        like = _most_like(name, names)
        if like is not None:
            mapped = as_word(f"{field}={cut(like, _LONGEST_NAME)}")
            text += f"; mungkin / perhaps --map {mapped}"
        yield from wrapped("", text, "  ")
    if account.never_met and names:
        yield from joined("  yang ada / there are: ", _names(names), "      ")


def _most_like(name: str, names: Sequence[str]) -> str | None:
    """The column whose name is spelled most like the one that was given."""
    by_plain = {plain(one): one for one in names}
    from difflib import get_close_matches

    found = get_close_matches(plain(name), by_plain, n=1, cutoff=_ALIKE)
    return by_plain[found[0]] if found else None


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


def _where(group: Sequence[Shape], base: str) -> str:
    """The files of shapes that are the same: by name where they are few, or by what they share."""
    files = sum(shape.files for shape in group)
    places = [shape.where.removeprefix(base) for shape in group]
    room = _LONGEST_WHERE if base else WIDTH // 2
    where = ", ".join(places)
    if len(places) > 1 and (len(places) > _MOST_PLACES or len(where) > room):
        kinds = {place[place.rfind(".") :] for place in places}
        folder = _base(shape.where for shape in group).removeprefix(base)
        if len(kinds) == 1 and any("/" in place.removeprefix(folder) for place in places):
            where = f"{folder}…/*{kinds.pop()}"
        else:
            where = f"{ending(places[0], room - 3)}, …"
    where = ending(where, room)
    return where if files == 1 else f"{where} ({number(files)} berkas / files)"


def _names(names: Sequence[str]) -> Iterator[str]:
    yield from (cut(name, _LONGEST_NAME) for name in names[:_MOST_NAMES])
    if len(names) > _MOST_NAMES:
        yield "…"


def _taken(shape: Shape, *, with_id: bool) -> Iterator[str]:
    if _has_no_text(shape):
        stands_in = "; judul dipakai / the title is used" if "title" in shape.taken else ""
        yield f"isi tidak ditemukan / no text found{stands_in}"
    for field, names in shape.taken.items():
        if field == "id" and not with_id:
            continue
        first, *others = (cut(name, _LONGEST_NAME) for name in names)
        if first in map(str, shape.last_resort):
            first += " (waktu perubahan / of change)"
        if others:
            first += f", kalau kosong / else {', '.join(others[:3])}"
        yield f"{BY_NAME[field].label.indonesian.lower()} ← {first}"


def _unused(one: Unused, shape: Shape) -> str:
    name = cut(one.name, _LONGEST_NAME)
    if one.looks == "text":
        return f"{name} (teks / text: --map {as_word(f'body={name}')})"
    if one.why is not None:
        return f"{name} ({_WHY[one.why]})"
    if "date" in shape.taken:
        return f"{name} (tanggal / date)"
    return f"{name} (tanggal / date: --map {as_word(f'date={name}')})"
