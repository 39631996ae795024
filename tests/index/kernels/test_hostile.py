"""Whatever numbers a field's sections hold: kernels give something or a typed error.

Checksums fit, as whoever makes an index makes them. Sections are in memory of their own, so that
``make sanitize`` tells of every byte that is read behind one; without it this tells of what is
raised, and of a process that ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from whoosh.filedb.filestore import RamStorage

from index.errors import FileDamaged
from index.fields import LEAD_FIELD
from index.kernels import kernel
from index.segments.container import ContainerWriter
from index.segments.postings import KIND, FieldIndex, Postings
from index.segments.postings_writer import FieldArrays, write_field
from tests.conftest import examples
from tests.index.kernels.memory import apart
from tests.index.kernels.words import scorer_of

pytestmark = pytest.mark.skipif(kernel("scoring") is None, reason="the kernels are not in use")

SIZE = 40
TERMS = tuple(b"%02d" % number for number in range(20))
TWO_WORDS = tuple([one.decode() for one in TERMS[2:4]])
SECTIONS = ("text", "text_at", "keys", "posting_at", "documents", "frequencies")
PLACED = ("position_at", "positions", "first")
ODD = (0, 1, 2, SIZE - 1, SIZE, 63, 64, 2**8 - 1, 2**15, 2**16 - 1, 2**31, 2**32 - 1)
VERY_ODD = (*ODD, 2**63 - 1, 2**63, 2**64 - 2, 2**64 - 1)


def _storage(often: type[np.unsignedinteger]) -> RamStorage:
    """A field of some terms, of which many stand in a document several times."""
    chance = Random(16)
    texts = [chance.choices(range(len(TERMS)), k=chance.randint(0, 30)) for _ in range(SIZE)]
    where = [
        (term, document, [at for at, one in enumerate(text) if one == term])
        for term in range(len(TERMS))
        for document, text in enumerate(texts)
        if term in text
    ]
    of = np.array([term for term, *_ in where])
    times = np.array([len(places) for *_, places in where])
    occurrences = np.bincount(of, times, len(TERMS)).astype(np.int64)
    storage = RamStorage()
    writer = ContainerWriter(storage, "one.inv", KIND)
    field = FieldArrays(
        LEAD_FIELD,
        TERMS,
        np.bincount(of, minlength=len(TERMS)),
        np.array([document for _, document, _ in where]),
        times.astype(often),
        occurrences,
        np.array([place for *_, places in where for place in places]),
    )
    writer.finish({"segment": "one", "fields": [write_field(writer, 0, field, SIZE)]})
    return storage


def _field(altered: dict[str, NDArray[Any]]) -> FieldIndex:
    """The field with these items in place of its own, and every section apart."""
    index = Postings(_STORAGE, "one.inv").fields[LEAD_FIELD]
    sections = index.container.sections
    for name, section in list(sections.items()):
        sections[name] = apart(name, altered.get(name[2:], section.all()))
    return FieldIndex(index.container, 0, LEAD_FIELD, len(TERMS))


_STORAGE = _storage(np.uint8)


def _altered(chance: Random) -> dict[str, NDArray[Any]]:
    """Some sections with some other numbers, in the order that they had or not."""
    index = Postings(_STORAGE, "one.inv").fields[LEAD_FIELD]
    altered = {}
    for name in chance.sample((*SECTIONS, *PLACED), chance.randint(1, 2)):
        items = index.all_of(name).copy()
        width = items.dtype.itemsize
        if width == 4 and name.endswith("_at") and chance.random() < 0.5:
            items, width = items.astype("<u8"), 8
        elif width < 4 and name not in {"text", "documents"} and chance.random() < 0.3:
            items, width = items.astype("<u4"), 4
        numbers = [one for one in VERY_ODD if one < 1 << (8 * width)]
        for _ in range(chance.choice((1, 1, 2, len(items)))):
            items[chance.randrange(len(items))] = chance.choice(numbers)
        if chance.random() < 0.3:
            items.sort()
        altered[name] = items
    return altered


def _roads(index: FieldIndex, chance: Random) -> Iterator[Callable[[], object]]:
    """What kernels read of a field."""
    one, two = chance.sample(TERMS, 2)
    first, second = (TERMS.index(term) for term in (one, two))
    text, other = one.decode(), two.decode()
    lookup = kernel("postings").Lookup
    documents = np.array(sorted(chance.sample(range(SIZE), 9)), np.int32)
    field = kernel("postings").Field(index)
    counting, positions, company = kernel("counting"), kernel("positions"), kernel("company")
    having = kernel("among").having
    yield lambda: field.find(one)
    yield lambda: field.document_frequency(two)
    yield lambda: counting.Counter([field]).count(text)
    yield lambda: counting.having([lookup([field])], [0], SIZE, text)
    yield lambda: counting.Company([lookup([field])], [0], SIZE, [text], 4).both(other)
    yield lambda: company.both([field], text, other)
    yield lambda: company.beside(field, first, second)
    levels = np.arange(SIZE, dtype=np.uint8)
    yield lambda: company.beside(
        field, first, second, having(field, first, second, levels, 3, SIZE)
    )
    for most in (1, SIZE):
        sampled = kernel("neighbours").Neighbours(
            lookup([field]), lambda _: levels, lambda parts: parts, most
        )
        yield partial(sampled.together, text, other)
    yield lambda: positions.Across([field, None]).find([text, other])
    for ordinals in ([first], [first, second]):
        yield partial(_places, field, ordinals)
    having = positions.having_all(_field({}).compiled, [first], SIZE, None)
    yield lambda: positions.places(field, first, having)
    yield lambda: positions.bits(field, first, having)
    standing = kernel("verbatim").Standing([field], [(0, SIZE, None)], (1, 1, 1, 1))
    yield lambda: standing.runs((text, other), 1 << 40)
    lengths = np.full(SIZE, 2, np.float32)
    yield lambda: standing.titles((text, other), lengths, False, 1 << 40)
    yield lambda: standing.titles((other, text, other), lengths, True, 1 << 40)
    scorer = scorer_of(LEAD_FIELD, field, SIZE)
    for terms in ((text, other), (other, text, other)):
        yield partial(kernel("beside").beside, scorer, (), ((standing, terms),), 1 << 40)
    words = text, other, text, other, text
    yield lambda: kernel("headlines").inside(standing, words, lengths, 2, 1 << 40)
    yield lambda: kernel("merging").ranks([index, _field({})])
    yield lambda: _in_order(index)
    yield lambda: _scored(field, (one.decode(), two.decode()), documents)


def _places(field: Any, ordinals: list[int]) -> None:
    positions = kernel("positions")
    found = positions.having_all(field, ordinals, SIZE, None)
    assert all(0 <= one < SIZE for one in found.tolist())
    positions.places(field, ordinals[-1], found)
    positions.bits(field, ordinals[-1], found)


def _in_order(index: FieldIndex) -> None:
    postings = kernel("in_order").Postings(index)
    lengths = postings.lengths(SIZE)
    if lengths.sum() > 10_000:
        return
    starts = np.concatenate([[0], np.cumsum(lengths)])
    tokens = np.zeros(starts[-1], np.uint32)
    postings.put(tokens, starts, np.arange(index.terms), 1)


def _scored(field: Any, texts: tuple[str, str], documents: NDArray[np.int32]) -> None:
    scorer = kernel("scoring").Scorer(
        [(0, SIZE)],
        {LEAD_FIELD: kernel("postings").Lookup([field])},
        {LEAD_FIELD: np.ones(SIZE, np.float32)},
        LEAD_FIELD,
        np.ones(65_536, np.float32),
        (np.float32(1),) * 4,
        None,
    )
    words = tuple(scorer.word((((LEAD_FIELD, text, 1.0),),)) for text in texts)
    both = scorer.word(tuple(((LEAD_FIELD, text, 1.0),) for text in texts))
    for some in (words, (both, words[0])):
        total, _, found, _, complete = scorer.search(
            some, some, (), 10, complete_first=False, every=2
        )
        assert total == np.count_nonzero(complete)
        assert all(0 <= one < SIZE for one in found.tolist())
        scorer.word_scores(some, documents)


def test_what_is_not_altered_is_read() -> None:
    for road in _roads(_field({}), Random(1)):
        road()


@pytest.mark.parametrize("seed", range(4))
def test_altered_numbers_are_read_or_refused(seed: int) -> None:
    chance = Random(seed)
    refused = 0
    for _ in range(examples(60)):
        index = _field(_altered(chance))
        for road in _roads(index, chance):
            try:
                road()
            except (FileDamaged, IndexError):
                refused += 1
    assert refused


@pytest.mark.parametrize(
    ("section", "dtype"),
    [
        ("text", "<u2"),
        ("text_at", "<u2"),
        ("keys", "<u4"),
        ("posting_at", "<i8"),
        ("documents", "|u1"),
        ("documents", "<u8"),
        ("documents", "<i4"),
        ("frequencies", "<u8"),
        ("frequencies", "<f8"),
        ("position_at", "|u1"),
        ("positions", "<u8"),
        ("first", "<u8"),
        ("first", "<f4"),
    ],
)
def test_numbers_of_another_kind_are_refused(section: str, dtype: str) -> None:
    items = Postings(_STORAGE, "one.inv").fields[LEAD_FIELD].all_of(section)
    with pytest.raises(FileDamaged, match=f"0.{section} is of numbers"):
        _field({section: items.astype(dtype)})
