"""Every error that a search raises beside those of the index.

::

    WartaError
    ├── RequestError        the request is not allowed; it names the parameter
    │   ├── QueryTooLong
    │   ├── PageTooDeep
    │   ├── OutOfRange
    │   └── BadCursor
    │       ├── ForeignCursor   it was given for another question
    │       └── OldCursor       a program of before gave it
    ├── ExportUnfinished    the question is too heavy: not all hits were found
    └── RankingInvalid      a file is no ranking; it names the field
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from index.bilingual import Text
from index.errors import WartaError
from search.limits import MAX_DEPTH, MAX_QUERY_CHARACTERS


class RequestError(WartaError):
    """``parameter`` was given as ``given``; ``allowed`` says what is."""

    status: ClassVar[int] = 2

    def __init__(self, parameter: str, given: str, allowed: Text, sentence: Text) -> None:
        super().__init__(sentence.english, sentence.indonesian)
        self.parameter = parameter
        self.given = given
        self.allowed = allowed


class QueryTooLong(RequestError):
    """The query has more characters than are read."""

    def __init__(self, length: int) -> None:
        super().__init__(
            "q",
            f"{length} characters",
            Text(
                f"at most {MAX_QUERY_CHARACTERS} characters",
                f"paling banyak {MAX_QUERY_CHARACTERS} karakter",
            ),
            Text(
                f"the query has {length} characters; at most {MAX_QUERY_CHARACTERS} are read",
                f"kueri berisi {length} karakter; paling banyak {MAX_QUERY_CHARACTERS} yang dibaca",
            ),
        )


class PageTooDeep(RequestError):
    """The page lies beyond ``MAX_DEPTH`` hits."""

    def __init__(self, page: int, per_page: int) -> None:
        last = MAX_DEPTH // per_page
        super().__init__(
            "page",
            str(page),
            Text(
                f"1 to {last} with {per_page} hits a page",
                f"1 sampai {last} dengan {per_page} hasil per halaman",
            ),
            Text(
                f"page {page} is too deep: with {per_page} hits a page the last one is {last}; "
                "narrow the search or follow next_cursor",
                f"halaman {page} terlalu dalam: dengan {per_page} hasil per halaman yang "
                f"terakhir adalah {last}; persempit pencarian atau ikuti next_cursor",
            ),
        )


class OutOfRange(RequestError):
    """A number of the request is not from ``low`` to ``high``."""

    def __init__(self, parameter: str, given: float, low: float, high: float) -> None:
        super().__init__(
            parameter,
            str(given),
            Text(f"a number from {low} to {high}", f"bilangan dari {low} sampai {high}"),
            Text(
                f"{parameter} is {given}; it must be from {low} to {high}",
                f"{parameter} bernilai {given}; harus dari {low} sampai {high}",
            ),
        )


class BadCursor(RequestError):
    """The cursor is not one that an answer gave; ``why`` says so, if it is known better."""

    def __init__(self, cursor: str, why: Text | None = None) -> None:
        super().__init__(
            "cursor",
            cursor[:80],
            Text(
                "a next_cursor from an earlier answer to the same question",
                "sebuah next_cursor dari jawaban sebelumnya atas pertanyaan yang sama",
            ),
            why
            or Text(
                "the cursor is not a next_cursor from an earlier answer to the same question",
                "kursor bukan next_cursor dari jawaban sebelumnya atas pertanyaan yang sama",
            ),
        )


class ForeignCursor(BadCursor):
    """The cursor was given for another query, other filters or another order."""

    def __init__(self, cursor: str) -> None:
        super().__init__(
            cursor,
            Text(
                "the cursor belongs to another question: query, filters, days, sort, recency, "
                "collapse, correct, by date partial, and the ranking must be those of the answer "
                "that gave it",
                "kursor milik pertanyaan lain: kueri, penyaring, tanggal, sort, recency, collapse, "
                "correct, partial pada urutan tanggal, dan aturan peringkat harus sama dengan "
                "jawaban yang memberikannya",
            ),
        )


class OldCursor(BadCursor):
    """A program of before gave the cursor, which does not say what for."""

    def __init__(self, cursor: str) -> None:
        super().__init__(
            cursor,
            Text(
                "the cursor is of an earlier version of Warta; begin again at the first page",
                "kursor berasal dari versi Warta sebelumnya; mulai lagi dari halaman pertama",
            ),
        )


class ExportUnfinished(WartaError):
    """The question costs more than one may; what was given of its hits lacks some.

    Asking again changes nothing: what a question costs is counted, not timed.
    """

    def __init__(self) -> None:
        super().__init__(
            "the question is too heavy: not all of its hits were found; narrow it down with fewer "
            "words, longer prefixes or shorter phrases",
            "pertanyaan terlalu berat: tidak semua hasilnya ditemukan; persempit dengan lebih "
            "sedikit kata, awalan yang lebih panjang, atau frasa yang lebih pendek",
        )


class RankingInvalid(WartaError):
    """A field of the ranking in the file ``path`` is not what is allowed there.

    ``field`` has the names of the parts it lies in before it, and is empty for the whole file;
    ``allowed`` is English and Indonesian.
    """

    def __init__(self, path: Path, field: str, allowed: tuple[str, str]) -> None:
        english, indonesian = allowed
        where = f' "{field}"' if field else ""
        super().__init__(
            f"{path}: not a ranking:{where} must be {english}",
            f"{path}: bukan aturan peringkat:{where} harus {indonesian}",
        )
        self.path = path
        self.field = field
        self.allowed = allowed
