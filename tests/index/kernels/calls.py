"""Kernels with arguments that fit, by name: to be altered by tests of what does not fit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from index.analysis import analysis
from index.article import Article
from index.fields import FACETS, LEAD_FIELD
from index.glued.compiled import compiled
from index.glued.judging import Judge
from index.glued.parts import Kinds
from index.kernels import kernel
from index.segments.documents import BULKY
from index.segments.hashing import BASE, INVERSE, MIX
from tests.index.kernels.calls_of_plain import PLAIN, Call, compiled_field
from tests.index.kernels.test_hostile import SIZE, TERMS, TWO_WORDS, _field
from tests.index.kernels.test_shapes import arrays_of, words_of
from tests.index.kernels.words import scorer_of


def _twice() -> Any:
    return kernel("postings").Lookup([compiled_field(), compiled_field()])


def _documents() -> NDArray[np.int32]:
    found: NDArray[np.int32] = kernel("positions").having_all(compiled_field(), [3], SIZE, None)
    return found


def _fitting() -> Call:
    return lambda *asked: kernel("shapes").Shapes(*asked[:-2]).fitting(*asked[-2:]), _shapes()


def _near() -> Call:
    return lambda *asked: kernel("shapes").Shapes(*asked[:-2]).near(*asked[-2:]), _shapes()


def _shapes() -> list[Any]:
    words = words_of([(b"abc", 3), (b"abd", 2), (b"xbcd", 1)])
    return [*arrays_of(words), b"abc", (1, 1)]


def _mark() -> Call:
    text, ends = np.frombuffer(b"katakita", np.uint8), np.array([0, 4, 8], np.uint8)
    return (
        lambda *arrays: kernel("remainders").mark(bytearray(4), 31, *arrays),
        [text, ends, 1, ends.copy(), 1, 0],
    )


def _scan() -> Call:
    kinds = np.ones(128, np.uint8)
    kinds[:33] = 0
    buffer = b"\0satu dua tiga\0empat" + bytes(48)
    return (
        lambda kinds, ends: kernel("scanning").Scanner(kinds).scan(buffer, ends),
        [kinds, np.array([14, 20])],
    )


def _encoded() -> Call:
    terms = np.arange(6, dtype=np.uint32).reshape(3, 2)
    chunks, first = (np.array(one, np.int32) for one in ([0, 1, 0], [0, 2, 3]))
    unless, are_short = np.zeros(1, np.uint8), np.zeros(2, np.uint8)
    places = np.array([1, 3]), np.array([2])
    return kernel("terms").encoded, [chunks, *places, unless, first, terms, are_short]


def _put() -> Call:
    postings = kernel("in_order").Postings(_field({}))
    starts = np.concatenate([[0], np.cumsum(postings.lengths(SIZE))])
    return postings.put, [np.zeros(starts[-1], np.uint32), starts, np.arange(len(TERMS)), 1]


def _titles() -> Call:
    def titles(lengths: Any, start: int, size: int, most: int) -> Any:
        standing = kernel("verbatim").Standing([compiled_field()], [(start, size, None)], (1,) * 4)
        return standing.titles(TWO_WORDS, lengths, False, most)

    return titles, [np.full(SIZE, 2, np.float32), 0, SIZE, 1 << 40]


def _deleted() -> Call:
    def runs(deleted: Any, start: int, size: int) -> Any:
        standing = kernel("verbatim").Standing(
            [compiled_field()], [(start, size, deleted)], (1, 1, 1, 1)
        )
        return standing.runs(TWO_WORDS, 1 << 40)

    return runs, [np.zeros(SIZE, np.bool_), 0, SIZE]


def _beside() -> Call:
    scorer = scorer_of(LEAD_FIELD, compiled_field(), SIZE)
    word = scorer.word((((LEAD_FIELD, TWO_WORDS[0], 1.0),),))

    def beside(deleted: Any, start: int, size: int, most: int) -> Any:
        standing = kernel("verbatim").Standing(
            [compiled_field()], [(start, size, deleted)], (1, 1, 1, 1)
        )
        found = kernel("beside").beside(scorer, (word,), ((standing, TWO_WORDS),), most)
        return found and (*found[1:], *scorer.word_scores((found[0],), np.arange(9)))

    return beside, [np.zeros(SIZE, np.bool_), 0, SIZE, 1 << 40]


def _inside() -> Call:
    words = tuple([one.decode() for one in TERMS[:5]])

    def inside(lengths: Any, deleted: Any, start: int, size: int, least: int) -> Any:
        standing = kernel("verbatim").Standing(
            [compiled_field()], [(start, size, deleted)], (1, 1, 1, 1)
        )
        return kernel("headlines").inside(standing, words, lengths, least, 1 << 40)

    return inside, [np.full(SIZE, 3, np.float32), np.zeros(SIZE, np.bool_), 0, SIZE, 2]


def _raised() -> Call:
    scorer, field = (scorer_of(LEAD_FIELD, compiled_field(), SIZE), compiled_field())
    texts = [one.decode() for one in TERMS[:2]]
    sought = kernel("candidates").Sought(scorer, [field], ((*texts, 1, 1.0),), 1.0)
    word = scorer.word((((LEAD_FIELD, texts[0], 1.0),),))
    return (
        lambda documents, scores, places: sought.raised(documents, scores, places, (word,), 1e-6),
        [np.arange(9, dtype=np.int32), np.ones(9), np.array([0, 4, 8])],
    )


def _search() -> Call:
    scorer = scorer_of(LEAD_FIELD, compiled_field(), SIZE)
    word = scorer.word((((LEAD_FIELD, TERMS[0].decode(), 1.0),),))

    def search(mask: Any, count: int) -> Any:
        some = (word,)
        return scorer.search(some, some, (), count, complete_first=False, every=0, mask=mask)

    return search, [np.ones(SIZE, np.bool_), 5]


def _row() -> Call:
    scorer = scorer_of(LEAD_FIELD, compiled_field(), SIZE, 2)

    def row(documents: Any, scores: Any, asked: Any) -> Any:
        word = scorer.row(documents, scores)
        found = scorer.search((word,), (), (), 3, complete_first=False, every=2)
        return *found, scorer.word_scores((word,), asked)

    some = np.arange(30, 50, dtype=np.int32)
    return row, [some, np.ones(20), np.arange(25, 45, dtype=np.int32)]


def _page() -> Call:
    scorer, field = (scorer_of(LEAD_FIELD, compiled_field(), SIZE), compiled_field())
    texts = [one.decode() for one in TERMS[:2]]
    sought = kernel("candidates").Sought(scorer, [field], ((*texts, 1, 1.0),), 1.0)
    word = scorer.word((((LEAD_FIELD, texts[0], 1.0),),))

    def page(  # noqa: PLR0917 - what may be altered
        dates: Any,
        several: Any,
        documents: Any,
        scores: Any,
        complete: Any,
        holding: Any,
        start: int,
        size: int,
    ) -> Any:
        held = ((holding, 0.5),)
        numbers = np.arange(len(dates), dtype=np.uint32)
        pages = kernel("paging").Paging(dates, numbers, several)
        asked = documents, scores, complete, True, start, size, 0
        return pages.page(*asked, 4, held, sought, (word,), 1e-6)

    arrays = np.arange(9, dtype=np.int32), np.ones(9), np.zeros(9, np.bool_)
    every = np.arange(SIZE), np.zeros(SIZE, np.uint8)
    return page, [*every, *arrays, np.arange(1, 9, 3, dtype=np.int32), 1, 4]


def _page_of_words() -> Call:
    scorer, field = (scorer_of(LEAD_FIELD, compiled_field(), SIZE), compiled_field())
    texts = [one.decode() for one in TERMS[:2]]
    sought = kernel("candidates").Sought(scorer, [field], ((*texts, 1, 1.0),), 1.0)
    words = tuple(scorer.word((((LEAD_FIELD, one, 1.0),),)) for one in texts)

    def page(  # noqa: PLR0917 - what may be altered
        dates: Any, several: Any, holding: Any, start: int, size: int, most: int
    ) -> Any:
        held = ((holding, 0.5),)
        numbers = np.arange(len(dates), dtype=np.uint32)
        pages = kernel("paging").Paging(dates, numbers, several)
        asked = scorer, words, words, (), True, start, size, 0
        return pages.page_of_words(*asked, most, held, sought, words, 1e-6)

    found = scorer.search(words, words, (), SIZE, complete_first=True, every=2)[2]
    return page, [np.arange(SIZE), np.zeros(SIZE, np.uint8), found[:2].copy(), 0, 5, 40]


def _glued() -> Any:
    beside = SimpleNamespace(are_together=lambda *_: True)
    judge = Judge(Kinds(analysis()), 2, 9, 9, few=False, neighbours=cast("Any", beside))
    return compiled(judge)


def _worths() -> Call:
    def worths(*arrays: Any) -> Any:
        found = np.zeros(2, np.uint8)
        _glued().worths(*arrays, found)
        return found

    text = np.frombuffer(b"dankotakondisibuku", np.uint8)
    bounds = np.array([[0, 7], [3, 14], [7, 18], [7, 18]])
    return worths, [text, bounds, np.full((4, 2), 50), np.ones(2, np.uint8)]


def _joined() -> Call:
    def joined(written: int, middle: int, articles: int) -> Any:
        having = {"dari": articles, "kota": articles}
        return _glued().joined("darikota", written, [(0, middle), (middle, 8)], {}, having, 1)

    return joined, [1 << 4, 4, 50]


def _having_both() -> NDArray[np.int64]:
    levels = np.zeros(SIZE, np.uint8)
    found: NDArray[np.int64] = kernel("among").having(compiled_field(), 3, 4, levels, 0, SIZE)
    return found


def _numbers_of_pieces() -> Call:
    def numbers(*arrays: Any) -> Any:
        return kernel("hashing").numbers(*arrays, BASE)

    return numbers, [np.frombuffer(b"kotabuku", np.uint8), np.array([0, 4]), np.array([4, 8])]


def _often() -> Call:
    def often(*numbers: int) -> Any:
        companies = kernel("counting").Companies([_twice(), _twice()], [0, SIZE], *numbers)
        stems = TWO_WORDS, ("99",), ()
        return [companies.often([*some], "02", 9.0 * at) for some in stems for at in range(2)]

    return often, [2 * SIZE, 3, 400, 1000]


def _sums() -> Call:
    def sums(numbers: Any, more: Any, texts: Any, others: Any) -> Any:
        return kernel("hashing").sums([numbers, more], [texts, others])

    one, two = np.array([5, 1 << 63, 5], np.uint64), np.array([1 << 63], np.uint64)
    return sums, [one, two, np.arange(3), np.arange(4, 5)]


def _are_within() -> Call:
    def within(*arrays: Any) -> Any:
        return kernel("hashing").are_within(*arrays, 97, 122)

    return within, [np.frombuffer(b"kotabuku", np.uint8), np.array([0, 4]), np.array([4, 8])]


def _cutting() -> Call:
    def cut(*arguments: Any) -> Any:
        *arrays, bits, shortest, three_from = arguments
        return kernel("cutting").cuts(*arrays, BASE, INVERSE, MIX, bits, shortest, three_from)

    text = np.frombuffer(b"kotabukuduokotadua", np.uint8)
    having, small = np.full(16, 3, np.uint8), np.ones(2, np.uint8)
    return cut, [text, np.array([0, 11]), np.array([11, 18]), small, having, 4, 3, 11]


def _record() -> Call:
    article = Article("1", "judul", "isi", datetime(2023, 6, 1, tzinfo=UTC))
    return (lambda most: kernel("records").parts(article, FACETS, UTC, most)), [BULKY]


class _Row:
    __slots__ = ("first", "second")


def _of_rows() -> Call:
    def made(first: int, second: int) -> Any:
        maker = kernel("slotted").Maker(_Row, ("first", "second"), (first, second))
        columns = tuple([[5, 6] for place in (first, second) if place < 0])
        return [(one.first, one.second) for one in maker.of_rows([(1, 2), (3, 4)], columns)]

    return made, [1, -1]


def _together(field: Any, levels: NDArray[np.uint8], most: int) -> int:
    lookup = kernel("postings").Lookup([field])
    asked = kernel("neighbours").Neighbours(lookup, lambda _: levels, _thinned, most)
    found: int = asked.together(*TWO_WORDS)
    return found


def _thinned(parts: list[NDArray[np.uint32]]) -> list[NDArray[np.uint32]]:
    return [one[::2] for one in parts]


CALLS: dict[str, Callable[[], Call]] = {
    "commonest": lambda: (
        kernel("values").commonest,
        [np.array([1, 2, 1, 0], np.int32), ("", "a", "b"), np.arange(4, dtype=np.int32), 0, 2],
    ),
    "by_day": lambda: (
        kernel("values").by_day,
        [np.array([1, 2, 1, -1], np.int32), np.arange(4, dtype=np.int32)],
    ),
    "periods": lambda: (
        kernel("values").periods,
        [np.array([1, 2]), np.array([1, 2]), np.array([0, 2, 3]), ("", "a", "b"), 0, 2],
    ),
    "top": lambda: (
        kernel("ordering").top,
        [2, np.arange(4, dtype=np.int32), np.ones(4), np.arange(4), np.zeros(4, np.bool_)],
    ),
    "count_pairs": lambda: (
        kernel("pairs").count_pairs,
        [np.array([1, 2, 1, 2], np.uint32), np.array([0, 2, 4]), 2, 1, 0],
    ),
    "sort": lambda: (
        kernel("inversion").Sorter().sort,
        [np.array([3, 1, 3], np.uint32), np.array([2, 1])],
    ),
    "put_next": lambda: (
        kernel("runs").put_next,
        [
            np.zeros(5, np.uint16),
            np.array([3, 0]),
            np.array([0, 1], np.uint32),
            np.array([2, 1], np.uint32),
            np.arange(3, dtype=np.uint8),
            0,
            False,
        ],
    ),
    "add_counts": lambda: (
        kernel("runs").add_counts,
        [np.zeros(3, np.int64), np.array([2, 0], np.uint32), np.array([5, 7], np.uint32)],
    ),
    "first_items": lambda: (
        kernel("runs").first_items,
        [np.arange(3, dtype=np.uint16), np.array([2, 1], np.uint8)],
    ),
    "put": _put,
    "words_beside": _beside,
    "headline_inside": _inside,
    "lengths": lambda: (kernel("in_order").Postings(_field({})).lengths, [SIZE]),
    "encoded": _encoded,
    "scan": _scan,
    "fitting": _fitting,
    "near": _near,
    "mark": _mark,
    "places": lambda: (kernel("positions").places, [compiled_field(), 3, _documents()]),
    "bits": lambda: (kernel("positions").bits, [compiled_field(), 3, _documents()]),
    "common": lambda: (kernel("positions").common, [np.arange(3), np.arange(1, 5)]),
    "having_all": lambda: (
        kernel("positions").having_all,
        [compiled_field(), [3, 4], SIZE, np.zeros(SIZE, np.bool_)],
    ),
    "titles": _titles,
    "runs": _deleted,
    "raised": _raised,
    "page": _page,
    "page_of_words": _page_of_words,
    "lifted": lambda: (
        kernel("candidates").lifted,
        [np.ones(5), np.ones(5, np.bool_), np.arange(0, 4, 2), np.ones(2, np.uint8), 0.1],
    ),
    "search": _search,
    "row": _row,
    "in_both": lambda: (
        kernel("counting").in_both,
        [np.arange(16, dtype=np.uint8), np.ones(16, np.uint8)],
    ),
    "having": lambda: (
        kernel("counting").having,
        [
            [kernel("postings").Lookup([compiled_field(), compiled_field()])],
            [0, SIZE],
            2 * SIZE,
            TWO_WORDS[0],
        ],
    ),
    "together": lambda: (_together, [compiled_field(), np.arange(SIZE, dtype=np.uint8), 3]),
    "those having": lambda: (
        kernel("among").having,
        [compiled_field(), 3, 4, np.zeros(SIZE, np.uint8), 0, SIZE],
    ),
    "beside": lambda: (
        kernel("company").beside,
        [compiled_field(), 3, 4, _having_both()],
    ),
    "crc32": lambda: (kernel("checksums").crc32, [np.arange(99, dtype=np.uint8), 7]),
    "crc32_of_blocks": lambda: (
        kernel("checksums").crc32_of_blocks,
        [np.arange(99, dtype=np.uint8), 16],
    ),
    "strings": lambda: (
        lambda number: (
            kernel("strings")
            .Strings(_field({}).section("text"), _field({}).section("text_at"))
            .get(number)
        ),
        [1],
    ),
    "dateline": lambda: (kernel("datelines").before_dash, ["Jakarta - Ia", 100]),
    "small_words": lambda: (kernel("small").small_words, [[b"kereta", b"api"], 3, 9]),
    "worths": _worths,
    "joined": _joined,
    "cutting": _cutting,
    "numbers_of_pieces": _numbers_of_pieces,
    "sums": _sums,
    "are_within": _are_within,
    "record": _record,
    "of_rows": _of_rows,
    "often": _often,
    **PLAIN,
    "cuts": lambda: (kernel("remainders").cuts, [b"\xff" * 4, 31, b"kereta"]),
}
WRITTEN = {
    "put_next": {0, 1},
    "add_counts": {0},
    "put": {0},
    "lifted": {0},
}
"""The arrays that a kernel writes to."""
ANY_WIDTH = {"put_next": {0, 4}, "first_items": {0, 1}}
"""Arrays of unsigned numbers of any width that a kernel takes."""
CONVERTED = {"row", "search"}
"""Kernels that make arrays of the kind that they need."""
