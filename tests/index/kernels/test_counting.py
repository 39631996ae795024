"""Documents are counted, marked and compared by kernels as by NumPy; damage is told, not read."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from operator import itemgetter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import RamStorage

from index.errors import FileDamaged
from index.fields import EXACT, LEAD_FIELD
from index.glued import Glued
from index.kernels import kernel
from index.segments.container import ContainerWriter, Section
from index.segments.postings import KIND, Postings
from index.segments.postings_writer import FieldArrays, write_field
from search.budget import Budget
from search.local.completing import together as module
from search.local.completing.company import in_arrays as having_in_arrays
from search.local.completing.company import in_both_arrays
from search.local.completing.together import (
    beside_in_arrays,
    in_arrays,
    stand_beside,
    together,
)
from search.local.reading.snapshot import Snapshot
from tests.conftest import article, examples
from tests.search.local.archives import write_archive

if TYPE_CHECKING:
    from index.kernels.postings import Field

counting, neighbours = kernel("counting"), kernel("company")
pytestmark = pytest.mark.skipif(counting is None, reason="the kernels are not in use")

WORDS = ("beras", "naik", "turun", "lagi", "pasar", "sepi", "agung", "damai")
FIELDS = ("title", "body")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    random = Random(16)
    found = tmp_path_factory.mktemp("counting")
    sizes, number = (1, 40, 130, 7), 0
    parts = []
    for size in sizes:
        part = []
        for _ in range(size):
            title, body = (
                " ".join(random.choices(WORDS, range(1, 9), k=random.randint(1, most)))
                for most in (3, 12)
            )
            part.append(article(number, title, body))
            number += 1
        parts.append(part)
    parts[2].append(article(number, "kata", "beras " * 300 + "naik"))
    parts[2].append(article(number + 1, "Langka", "langka naik"))
    write_archive(found, parts, set())
    return found


@pytest.fixture
def snapshot(path: Path) -> Snapshot:
    return Snapshot(path)


@pytest.mark.parametrize("word", [*WORDS, "tiada", "", "jum\ud800at"])
def test_as_many_documents_have_a_term_as_its_places_say(snapshot: Snapshot, word: str) -> None:
    for field in (*FIELDS, LEAD_FIELD + EXACT, "tiada"):
        counted = snapshot.dictionary.document_frequency(field, word)
        assert counted == snapshot.dictionary.term(field, word).document_frequency


def test_the_field_in_which_most_documents_have_a_word_says_how_many(snapshot: Snapshot) -> None:
    dictionary = snapshot.dictionary
    for word in (*WORDS, "tiada", ""):
        for fields in (FIELDS, ("body",), ("title", "tiada"), ("tiada",)):
            most = max(dictionary.term(field, word).document_frequency for field in fields)
            assert dictionary.most_documents(fields, word) == most


def test_articles_with_words_are_the_same_in_bits_and_in_bytes(snapshot: Snapshot) -> None:
    dictionary = snapshot.dictionary
    lookups = [dictionary.lookup(field) for field in FIELDS]
    arrays = {word: having_in_arrays(snapshot, word) for word in (*WORDS, "tiada")}
    found = {word: counting.having(lookups, snapshot.bases, snapshot.size, word) for word in arrays}
    bits = {word: one for word, (one, _) in found.items()}
    assert bits == arrays
    for word, (_, counts) in found.items():
        assert counts == [dictionary.term(field, word).document_frequency for field in FIELDS]
    for one in bits.values():
        for other in bits.values():
            assert counting.in_both(one, other) == in_both_arrays(one, other)


@pytest.mark.parametrize(("few", "looked_at"), [(8, 1024), (0, 1024), (0, 1), (2, 50)])
def test_stems_are_together_as_arrays_have_them_for_the_same_work(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, few: int, looked_at: int
) -> None:
    monkeypatch.setattr(module, "FEW", few)
    monkeypatch.setattr(module, "LOOKED_AT", looked_at)
    for first in (*WORDS, "tiada"):
        for second in WORDS:
            for most in (inf, 5_000, 0):
                compiled, arrays = Budget(inf, most), Budget(inf, most)
                found = together(snapshot, first, second, compiled)
                assert found == in_arrays(snapshot, first, second, arrays), (first, second)
                assert (compiled.work, compiled.partial) == (arrays.work, arrays.partial)


@pytest.mark.parametrize("looked_at", [1024, 1, 30])
def test_stems_stand_beside_each_other_where_arrays_say_so_for_the_same_work(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, looked_at: int
) -> None:
    monkeypatch.setattr(module, "LOOKED_AT", looked_at)
    seen = set()
    for first in (*WORDS, "tiada", "jum\ud800at"):
        for second in (*WORDS, "tiada"):
            compiled, arrays, counted = Budget(inf), Budget(inf), Budget(inf)
            found = stand_beside(snapshot, first, second, compiled)
            assert found == beside_in_arrays(snapshot, first, second, arrays), (first, second)
            assert compiled.work == arrays.work
            both = together(snapshot, first, second, counted)
            assert found == (both.beside > 0 or both.both > looked_at)
            seen.add(found)
    assert seen == {True, False}


@pytest.mark.parametrize("section", ["documents", "frequencies", "positions", "position_at"])
def test_what_a_checksum_does_not_fit_is_not_counted(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, section: str
) -> None:
    fields = snapshot.dictionary.lookup(LEAD_FIELD).fields
    broken = snapshot.segments[2].fields[LEAD_FIELD].section(section)
    assert isinstance(broken, Section)
    monkeypatch.setattr(broken, "checksums", broken.checksums + np.uint32(1))
    with pytest.raises(FileDamaged, match=section):
        _count_all(fields)


@pytest.mark.parametrize("segment_size", [0, 50])
def test_a_document_beyond_its_segment_is_damage(snapshot: Snapshot, segment_size: int) -> None:
    """As in a file that is not ours, though its checksums fit."""
    alone = kernel("postings").Lookup([snapshot.dictionary.lookup(LEAD_FIELD).fields[2]])
    with pytest.raises(FileDamaged):
        counting.having([alone], [0], segment_size, "beras")
    with pytest.raises(IndexError):
        counting.having([alone], [5], 3, "beras")
    with pytest.raises(ValueError, match="one field a segment"):
        counting.having([alone], [0, 1], 3, "beras")


def test_more_occurrences_than_positions_are_damage(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = snapshot.segments[2].fields[LEAD_FIELD]
    times = index.section("frequencies")
    assert times is not None
    wrong = np.full(len(times), 250, times.array.dtype)
    raw = wrong.view(np.uint8).data
    monkeypatch.setattr(times, "array", wrong)
    monkeypatch.setattr(times, "_blocks", raw)
    monkeypatch.setattr(times, "_seen", bytearray(b"\1" * len(times.seen())))
    with pytest.raises(FileDamaged, match="no positions"):
        _count_all([kernel("postings").Field(index)])


def _count_all(fields: Sequence[Field | None]) -> None:
    for number, one, two, *_ in neighbours.both(fields, "beras", "naik"):
        neighbours.beside(fields[number], one, two)
    neighbours.stand_beside(fields, "beras", "naik", 1024)


@pytest.mark.parametrize("word", ["langka", *WORDS, "tiada"])
def test_documents_looked_for_one_by_one_are_those_of_bits(snapshot: Snapshot, word: str) -> None:
    """As where there are so many others that it is worth it."""
    lookups = [snapshot.dictionary.lookup(field) for field in FIELDS]
    company = counting.Company(lookups, snapshot.bases, 1_000_000, WORDS, 9)
    assert company.both(word) == company.having(word)[1:]


def test_a_segment_with_many_documents_of_a_term_is_counted_in_bits(tmp_path: Path) -> None:
    articles = [article(number, f"beras {number}", "beras naik") for number in range(520)]
    write_archive(tmp_path, [articles[:2], articles[2:]], set())
    snapshot = Snapshot(tmp_path)
    lookups = [snapshot.dictionary.lookup(field) for field in FIELDS]
    company = counting.Company(lookups, snapshot.bases, 1_000_000, ["naik"], 1)
    assert company.both("beras") == ([520, 520], [520])


def test_arrays_of_other_lengths_are_not_compared() -> None:
    with pytest.raises(IndexError):
        counting.in_both(bytes(8), bytes(16))
    with pytest.raises(IndexError):
        counting.in_both(bytes(7), bytes(7))
    assert counting.in_both(b"\xff" * 1000, b"\x0f" * 1000) == 4000
    assert counting.in_both(b"", b"") == 0


GLUED = [
    b"naik\tberasnaik\t5\t9",
    b"naik\tnaik\t0\t4",
    b"naik\tnaikturun\t0\t4",
    b"pasar\tpasar\t0\t5",
]


def test_glued_words_are_counted_as_each_is_by_itself(snapshot: Snapshot) -> None:
    counter = snapshot.dictionary.counter(LEAD_FIELD + EXACT)
    assert counter is not None
    glued = Glued(GLUED)
    for stem in ("naik", "pasar", "nai", "turun"):
        expected = [(*one, counter.count(one.surface)) for one in glued.holding(stem)]
        assert glued.counted(stem, counter) == expected
    assert counter.count("naik") > 0


@pytest.mark.parametrize("entry", [b"naik\tnaik\t7", b"naik\tnaik\tx\t11", b"naik\t\xff\t7\t11"])
def test_what_is_no_entry_of_glued_words_is_told(snapshot: Snapshot, entry: bytes) -> None:
    counter = snapshot.dictionary.counter(LEAD_FIELD + EXACT)
    assert counter is not None
    with pytest.raises(FileDamaged):
        Glued([entry]).counted("naik", counter)


def test_documents_with_both_are_those_of_arrays_and_rows_of_others_are_refused(
    snapshot: Snapshot,
) -> None:
    lookup = snapshot.dictionary.lookup(LEAD_FIELD)
    number, one, two, *_, common = max(neighbours.both(lookup, "beras", "naik"), key=itemgetter(-1))
    field, index = lookup.fields[number], snapshot.segments[number].fields[LEAD_FIELD]
    first, second = index.documents(one), index.documents(two)
    size = snapshot.segments[number].size
    levels = (np.arange(size) % 5).astype(np.uint8)
    for level in range(6):
        found = kernel("among").having(field, one, two, levels, level, size)
        both = np.intersect1d(np.intersect1d(first, second), (levels >= level).nonzero())
        assert found[:, 0].tolist() == both.tolist()
        assert first[found[:, 1] - index.postings(one)[0]].tolist() == both.tolist()
        assert second[found[:, 2] - index.postings(two)[0]].tolist() == both.tolist()
    for size_told in (1, 0):
        with pytest.raises(FileDamaged):
            kernel("among").having(field, one, two, levels[:size_told], 0, size_told)
    for others in (levels[:1], levels[:0], np.zeros(size + 1, np.uint8)):
        with pytest.raises(IndexError, match="another segment"):
            kernel("among").having(field, one, two, others, 0, size)
    every = kernel("among").having(field, one, two, levels, 0, size)
    assert len(every) == common > 2
    assert neighbours.beside(field, one, two, every) == neighbours.beside(field, one, two)
    assert neighbours.beside(field, one, two, every[:0]) == (0, 0)
    for wrong in (every[::-1].copy(), every + 100_000, every - 100_000):
        with pytest.raises(ValueError, match="rows"):
            neighbours.beside(field, one, two, wrong)
    with pytest.raises(ValueError, match="three"):
        neighbours.beside(field, one, two, every[:, :2].copy())


@pytest.mark.parametrize("size", [65_536, 65_537], ids=["two bytes", "four bytes"])
@pytest.mark.parametrize("length", [255, 256, 257, 511, 512, 513, 1300])
def test_documents_of_a_level_are_more_than_a_batch(length: int, size: int) -> None:
    """They are looked for 256 at a time."""
    random = Random(size + length)
    few = sorted({size - 1, *random.sample(range(size - 1), length - 1)})
    many = sorted({*few[::3], *few[-2:], *random.sample(range(size), 4000)})
    levels = np.array(random.choices(range(4), (8, 4, 2, 1), k=size), np.uint8)
    field, turned = _of_two_terms(few, many, size), _of_two_terms(many, few, size)
    rows = {document: len(few) + at for at, document in enumerate(many)}
    for level in range(5):
        having = [
            [document, at, rows[document]]
            for at, document in enumerate(few)
            if document in rows and levels[document] >= level
        ]
        found = kernel("among").having(field, 0, 1, levels, level, size)
        assert found.tolist() == having
        other = kernel("among").having(turned, 0, 1, levels, level, size)
        assert other.tolist() == [
            [document, two - len(few), one + len(many)] for document, one, two in having
        ]
    every = kernel("among").having(field, 0, 1, levels, 0, size)
    assert neighbours.beside(field, 0, 1, every) == neighbours.beside(field, 0, 1)
    with pytest.raises(FileDamaged):
        kernel("among").having(field, 0, 1, levels[:-1], 0, size - 1)


@pytest.mark.parametrize("sizes", [(1, 3000), (2047, 2047), (2048, 2048), (2500, 30_000), (9, 9)])
def test_runs_are_counted_in_a_table_as_they_are_merged(sizes: tuple[int, int]) -> None:
    """Of 16 bits; those of fewer documents are merged."""
    random = Random(sum(sizes))
    some, others = (set(random.sample(range(65_536), size)) for size in sizes)
    for one, two in ((some, others), (others, some)):
        (found,) = neighbours.both([_of_two_terms(sorted(one), sorted(two))], "a", "b")
        assert found[3:] == (len(one), len(two), len(some & others))


_LARGE = 80_000
_PLACES = st.one_of(
    st.sets(st.integers(0, 90), max_size=60),
    st.builds(
        lambda seed, size: set(Random(seed).sample(range(_LARGE), size)),
        st.integers(0, 99),
        st.integers(0, 9000),
    ),
)


@settings(max_examples=examples(60))
@given(_PLACES, _PLACES)
def test_documents_of_large_segments_are_met_as_those_of_sets(
    some: set[int], others: set[int]
) -> None:
    """Of 32 bits, several are passed over at once."""
    field = _of_two_terms(sorted({*some, _LARGE - 1}), sorted({*others, 7}), _LARGE)
    common = {*some, _LARGE - 1} & {*others, 7}
    assert neighbours.beside(field, 0, 1) == (0, 2 * len(common))
    assert neighbours.beside(field, 1, 0) == (0, 2 * len(common))


def _of_two_terms(first: list[int], second: list[int], size: int = 65_536) -> Field:
    """A field of so many documents, of which these have *a* and those have *b*, each once."""
    storage, count = RamStorage(), len(first) + len(second)
    writer = ContainerWriter(storage, "one.inv", KIND)
    field = FieldArrays(
        LEAD_FIELD,
        (b"a", b"b"),
        np.array([len(first), len(second)]),
        np.array([*first, *second]),
        np.ones(count, np.int64),
        np.array([len(first), len(second)]),
        np.zeros(count, np.int64),
    )
    writer.finish({"segment": "one", "fields": [write_field(writer, 0, field, size)]})
    index = Postings(storage, "one.inv").fields[LEAD_FIELD]
    assert index.documents(0).dtype == (np.uint16 if size <= 65_536 else np.uint32)
    assert index.compiled is not None
    return index.compiled
