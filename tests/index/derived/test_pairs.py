"""Words side by side in bodies, against a twin that counts them one by one."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS, analysis, is_stop_word
from index.build.merging import merged
from index.build.segment_builder import SegmentBuilder
from index.derived import pairs
from index.segments.reader import SegmentReader, open_segment
from tests.conftest import article

WORDS = ("kereta", "cepat", "api", "bandung", "di", "yang", "jakarta")


def bodies(seed: int, number: int) -> list[str]:
    """Seeded rows of words, one of them empty."""
    rng = random.Random(seed)
    return ["", *(" ".join(rng.choices(WORDS, k=rng.randint(1, 12))) for _ in range(number))]


def built(directory: Path, parts: Sequence[Sequence[str]], *, merge: bool) -> list[SegmentReader]:
    builder = SegmentBuilder(directory, NO_WORDS, 1 << 28)
    number = 0
    for part in parts:
        builder.add([article(number + at, "Judul", body) for at, body in enumerate(part)])
        number += len(part)
        builder.flush()
    storage = FileStorage(str(directory))
    segments = [merged(storage, builder.segments, NO_WORDS)] if merge else builder.segments
    return [open_segment(storage, segment) for segment in segments]


def twin(texts: Sequence[str]) -> dict[tuple[str, str], int]:
    found: Counter[tuple[str, str]] = Counter()
    for text in texts:
        words = [token.surface for token in analysis().tokens(text)]
        found.update(
            {pair for pair in pairwise(words) if not any(is_stop_word(word) for word in pair)}
        )
    return {pair: count for pair, count in found.items() if count >= pairs.FEWEST}


def read(reader: SegmentReader) -> dict[tuple[str, str], int]:
    found = pairs.pairs_of(reader)
    assert found is not None
    index = reader.fields[pairs.FIELD]
    return {
        (index.text(first).decode(), index.text(int(found.seconds[at])).decode()): int(
            found.bodies[at]
        )
        for number, first in enumerate(found.firsts.tolist())
        for at in range(int(found.at[number]), int(found.at[number + 1]))
    }


@pytest.mark.parametrize("seed", range(3))
def test_pairs_are_counted_by_the_bodies_that_have_them(tmp_path: Path, seed: int) -> None:
    some, more = bodies(seed, 40), bodies(seed + 9, 30)
    for merge in (False, True):
        directory = tmp_path / str(merge)
        directory.mkdir()
        readers = built(directory, [some, more], merge=merge)
        expected = [some + more] if merge else [some, more]
        assert [read(one) for one in readers] == [twin(texts) for texts in expected]


def test_of_more_tokens_than_are_looked_at_some_bodies_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = bodies(1, 80)
    (reader,) = built(tmp_path, [texts], merge=False)
    monkeypatch.setattr(pairs, "MOST", 300)
    made = pairs.build(reader)
    tokens = sum(len(analysis().tokens(text)) for text in texts)
    step = -(-tokens // 300)
    assert step > 1
    expected = twin(texts[::step])
    assert sum(made["bodies"].tolist()) == step * sum(expected.values())


@given(st.lists(st.integers(0, 9), max_size=40), st.integers(1, 45))
def test_the_commonest_are_the_first_of_a_stable_sort(often: list[int], most: int) -> None:
    counts = np.array(often, np.int64)
    found = pairs._commonest(counts, most).tolist()
    assert len(found) == len(set(found))
    assert {*found} == {*(-counts).argsort(kind="stable")[:most].tolist()}
