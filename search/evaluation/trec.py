"""The files of an evaluation: queries, judgements and runs, the last two as TREC has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path

from index.errors import SourceError
from index.system_errors import reason

Run = Mapping[str, Sequence[str]]
"""Article ids by query id, best first."""

_GRADE = re.compile(r"-?\d{1,9}")
_RANK = re.compile(r"\d{1,9}")
_LINE_END = re.compile(r"\r\n?|\n")
_TAG = "warta"


def read_queries(path: Path) -> dict[str, str]:
    """Query texts by id, from lines of ``id<TAB>text``.

    Raises ``SourceError`` naming the line that has another form, or another text for an id.
    """
    queries: dict[str, str] = {}
    for number, line in _lines(path):
        identity, tab, text = line.partition("\t")
        if not tab or not identity or not text.strip():
            raise _bad_line(path, number, "id<TAB>text")
        if queries.setdefault(identity, text.strip()) != text.strip():
            raise SourceError(
                f"{path}:{number}: the id {identity} is there twice, with another text",
                f"{path}:{number}: id {identity} muncul dua kali, dengan teks lain",
            )
    return queries


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """Grades by query id and article id, from TREC's four columns: query, 0, article, grade.

    Raises ``SourceError`` naming the line that has another form, or another grade for an article.
    """
    judgements: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        columns = line.split()
        if len(columns) != 4 or not _GRADE.fullmatch(columns[3]):
            raise _bad_line(path, number, "QUERY 0 ARTICLE GRADE")
        query, _, article, grade = columns
        if judgements.setdefault(query, {}).setdefault(article, int(grade)) != int(grade):
            raise SourceError(
                f"{path}:{number}: the article {article} is there twice for the query {query}, with"
                " another grade",
                f"{path}:{number}: artikel {article} muncul dua kali untuk kueri {query}, dengan"
                " nilai lain",
            )
    return judgements


def read_run(path: Path) -> dict[str, list[str]]:
    """A run, from TREC's six columns: query, Q0, article, rank, score, tag.

    The highest score is first. Equal scores go by rank, then by line: whoever wrote the file knew
    an order. (trec_eval does not look at ranks and puts the last id of equals first.) Raises
    ``SourceError`` naming the line that has another form, or an article for the second time.
    """
    found: dict[str, dict[str, tuple[float, int]]] = {}
    for number, line in _lines(path):
        columns = line.split()
        score = _score(columns[4]) if len(columns) == 6 else None
        if score is None or not _RANK.fullmatch(columns[3]):
            raise _bad_line(path, number, "QUERY Q0 ARTICLE RANK SCORE TAG")
        query, _, article, rank, _, _ = columns
        articles = found.setdefault(query, {})
        if article in articles:
            raise SourceError(
                f"{path}:{number}: the article {article} is there twice for the query {query}",
                f"{path}:{number}: artikel {article} muncul dua kali untuk kueri {query}",
            )
        articles[article] = (-score, int(rank))
    return {query: sorted(articles, key=articles.__getitem__) for query, articles in found.items()}


def write_run(path: Path, run: Run) -> None:
    """Write a run in TREC's six columns.

    The scores say the order and nothing else: they fall to 1 in steps of 1, so that whoever sorts
    by them finds no equals. Raises ``SourceError`` for an id that a column cannot hold.
    """
    lines = [
        f"{_column(query)} Q0 {_column(article)} {rank} {len(articles) + 1 - rank} {_TAG}\n"
        for query, articles in run.items()
        for rank, article in enumerate(articles, start=1)
    ]
    path.write_text("".join(lines), encoding="utf-8")


def _column(identity: str) -> str:
    if identity.split() != [identity]:
        raise SourceError(
            f"a TREC run cannot hold the id {identity!r}: it has blanks",
            f"run TREC tidak dapat memuat id {identity!r}: ada spasi di dalamnya",
        )
    return identity


def _score(text: str) -> float | None:
    try:
        score = float(text)
    except ValueError:
        return None
    return score if isfinite(score) else None


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, each with its number; a byte order mark is no part of one."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        why = reason(error)
        raise SourceError(
            f"{path} cannot be read: {why.english}", f"{path} tidak dapat dibaca: {why.indonesian}"
        ) from None
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace")
        number = len(_LINE_END.findall(before)) + 1
        raise SourceError(
            f"{path}:{number}: the line is not UTF-8", f"{path}:{number}: baris bukan UTF-8"
        ) from None
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if line.strip():
            yield number, line


def _bad_line(path: Path, number: int, form: str) -> SourceError:
    return SourceError(
        f"{path}:{number}: the line is not of the form {form}",
        f"{path}:{number}: baris tidak berbentuk {form}",
    )
