"""How words with capitals inside are written: kept by the builder, handed on when merged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS
from index.build.merging import merged
from index.build.segment_builder import SegmentBuilder
from index.derived import written_in
from index.derived.capitals import told_in
from index.derived.small import cases_in
from index.errors import FileDamaged
from index.fields import EXACT, TEXTS
from index.segments.container import ContainerWriter
from index.segments.derived import KIND
from index.segments.hashing import numbers_of
from index.segments.reader import SegmentReader, open_segment
from tests.conftest import article


def built(directory: Path, bodies: Sequence[str], *, merge: bool = False) -> list[SegmentReader]:
    """A segment for each body, or all of them merged."""
    builder = SegmentBuilder(directory, NO_WORDS, 1 << 28)
    for number, body in enumerate(bodies):
        builder.add([article(number, "", body)])
        builder.flush()
    storage = FileStorage(str(directory))
    segments = [merged(storage, builder.segments, NO_WORDS)] if merge else builder.segments
    return [open_segment(storage, segment) for segment in segments]


def bits(word: str) -> int:
    return sum(1 << at for at, letter in enumerate(word) if letter.isupper())


def test_only_words_with_a_change_of_case_inside_are_kept(tmp_path: Path) -> None:
    readers = built(tmp_path, ["JAKARTA Jakarta jakarta JakartaKita diKota PSSIakan Rp5juta"])
    expected = {word.lower(): bits(word) for word in ("JakartaKita", "diKota", "PSSIakan")}
    assert written_in(readers) == expected
    readers[0].derived.verify()


def test_of_several_ways_to_write_a_word_one_is_kept_whatever_their_order(tmp_path: Path) -> None:
    bodies = ["DetikNews detikNews", "detikNEWS DetikNews"]
    for number, some in enumerate((bodies, bodies[::-1])):
        directory = tmp_path / str(number)
        directory.mkdir()
        assert written_in(built(directory, some)) == {"detiknews": bits("detikNews")}


def test_a_merged_segment_knows_what_its_parts_knew(tmp_path: Path) -> None:
    readers = built(tmp_path, ["JakartaKita", "diKota"], merge=True)
    assert len(readers) == 1
    assert written_in(readers) == {"jakartakita": bits("JakartaKita"), "dikota": bits("diKota")}


_WORDS = st.sampled_from(["DetikNews", "detikNews", "detiknews", "diKota", "DIkota", "JakartaKita"])
_CHUNKS = st.builds(str.__add__, st.sampled_from(["", "2"]), _WORDS)
"""Words, and such as are part of a term with a digit."""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_CHUNKS, max_size=4).map(" ".join), min_size=1, max_size=3))
@example(["2DetikNews 2diKota", "2detikNews", "dikota"])
@example(["detikNews", "2DetikNews"])
def test_words_that_are_terms_of_another_segment_are_known_by_their_letters(
    bodies: list[str],
) -> None:
    written: dict[str, int] = {}
    for word in re.findall("[A-Za-z]+", " ".join(bodies)):
        if re.search("[a-z][A-Z]|[A-Z]{2}[a-z]", word):
            written[word.lower()] = min(bits(word), written.get(word.lower(), bits(word)))
    with TemporaryDirectory() as name:
        # Of the words that one builder sees all its segments know how they are written.
        readers = [built(Path(mkdtemp(dir=name)), [body])[0] for body in bodies]
        fields = [reader.fields[one + EXACT] for reader in readers for one in TEXTS]
        terms = {one.text(at).decode() for one in fields for at in range(one.terms)}
        known, strange = told_in(readers)
    others = written.keys() - terms
    assert known == {word: written[word] for word in written.keys() & terms}
    numbers = {word: numbers_of([word.encode()]).item() for word in others}
    assert strange == {numbers[word]: written[word] for word in others}


@pytest.mark.parametrize(
    ("section", "items", "reason"),
    [
        ("capitals.written", np.array([-1], "<i8"), "no numbers from 0 on"),
        ("capitals.numbers", np.array([7, 7], "<u8"), "do not ascend"),
        ("capitals.numbers", np.array([8, 7], "<u8"), "do not ascend"),
        ("small.body_exact", np.array([1], "<u2"), "should not be"),
        ("small.capital.body_exact", np.array([1], "<u2"), "should not be"),
        ("small.others", np.array([1, 2], "<u4"), "should not be"),
        ("small.others", np.array([2, 1], "<u8"), "do not ascend"),
    ],
)
def test_numbers_that_cannot_be_are_damage(
    tmp_path: Path, section: str, items: NDArray[Any], reason: str
) -> None:
    reader = built(tmp_path, ["JakartaKita"])[0]
    facts, sections = reader.derived.facts, reader.derived.sections
    arrays = {name: one.all().copy() for name, one in sections.items()}
    (tmp_path / reader.derived.name).unlink()  # it is mapped
    assert section in arrays
    arrays[section] = items
    if section == "capitals.numbers":
        arrays["capitals.strange"] = items
    writer = ContainerWriter(reader.storage, reader.derived.name, KIND)
    for name, array in arrays.items():
        writer.add(name, array)
    writer.finish(facts)
    asked = written_in if section.startswith("capitals") else cases_in
    with pytest.raises(FileDamaged, match=reason):
        asked([open_segment(reader.storage, reader.segment)])
