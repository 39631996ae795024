"""Which row of a table is its header: the one that names what an article has."""

from __future__ import annotations

from collections.abc import Sequence

from index.sources.columns.plan import FieldNames

LONGEST_NAME = 100
"""A cell of more characters is no name of a column, only a question of a form may be as long."""

_LONGEST_QUESTION = 1000


def names_known(cells: Sequence[str], names: FieldNames) -> int:
    """How many fields of an article the cells name; 0 where they are no header.

    A header names a body or a summary, or a title and two other fields, and has no text in it. The
    questions of a form, which are long, are only among names where two fields are known.
    """
    if not cells:
        return 0
    longest = max(map(len, cells))
    has_questions = longest > LONGEST_NAME
    if has_questions and (longest > _LONGEST_QUESTION or not _are_mostly_names(cells)):
        return 0
    plan = names.plan(cells)
    known = sum(1 for keys in plan.values() if keys)
    if has_questions and known == 1:  # a row whose first cell is a name by chance
        return 0
    if plan["body"] or plan.get("summary") or plan.get("parts") or (plan["title"] and known >= 3):
        return known
    return 0


def _are_mostly_names(cells: Sequence[str]) -> bool:
    return 2 * sum(len(cell) > LONGEST_NAME for cell in cells) <= len(cells)


def find_header(rows: Sequence[Sequence[str]], names: FieldNames) -> int | None:
    """The number of the row that is the header; None where none is.

    The first row is one where it names a body, a later one where it names another field, too: one
    name alone may be the title of the table.
    """
    known = [names_known(cells, names) for cells in rows]
    plain = next((at for at, count in enumerate(known) if count > 1), None)
    return plain if plain is not None or not any(known[:1]) else 0


def distinct(names: Sequence[str]) -> list[str]:
    """A name that comes again gets blanks, which are nothing to ``FieldNames``, behind it.

    They are few however often it comes: a file may have a hundred thousand columns of one name.
    """
    seen: set[str] = set()
    times: dict[str, int] = {}
    different = []
    for given in names:
        count = times.get(given, 0)
        while (name := given + _blanks(count)) in seen:
            count += 1
        times[given] = count + 1
        seen.add(name)
        different.append(name)
    return different


def _blanks(number: int) -> str:
    """Another run of blanks for every number: none for 0, then its digits of base 2, 1 and 2."""
    blanks = ""
    while number:
        number -= 1
        blanks = " \t"[number % 2] + blanks
        number //= 2
    return blanks
