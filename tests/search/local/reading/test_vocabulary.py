"""Near words of an index against the textbook's distance to every word of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article
from search.budget import Budget
from search.local.reading.snapshot import Snapshot
from search.local.reading.vocabulary import Near, is_plain
from tests.conftest import article, examples
from tests.search.local.archives import write_archive
from tests.search.local.textbook import edits

_words = st.text("abx\u00e97", min_size=1, max_size=12)
_bodies = st.lists(st.lists(_words, max_size=12).map(" ".join), min_size=1, max_size=4)
_archives = st.lists(_bodies, min_size=1, max_size=3)


def numbered(parts: list[list[str]]) -> list[list[Article]]:
    numbers = iter(range(100))
    return [[article(next(numbers), "", body) for body in bodies] for bodies in parts]


@settings(max_examples=examples(40), deadline=None)
@given(
    _archives,
    st.text("abx", min_size=1, max_size=12),
    st.lists(
        st.lists(st.integers(1, 4), min_size=1, max_size=2).map(sorted).map(tuple),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from([1, 3, 7000]),
)
def test_near_words_are_those_of_the_textbook(
    parts: list[list[str]], word: str, asked: list[tuple[int, ...]], seldom: int
) -> None:
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.local.reading.vocabulary._SELDOM", seldom)
        write_archive(Path(name), numbered(parts), set())
        snapshot = Snapshot(Path(name))
        articles = Counter(
            surface
            for bodies in parts
            for body in bodies
            for surface in {token.surface for token in snapshot.analysis.tokens(body)}
        )
        plain = sorted(filter(is_plain, articles))
        for fewest in asked:
            expected = {
                Near(one, distance, articles[one])
                for one in plain
                if (distance := edits(word, one)) <= (len(fewest) if one[0] == word[0] else 1)
                and articles[one] >= fewest[max(distance, 1) - 1]
            }
            found = snapshot.dictionary.vocabulary.near("body_exact", word, fewest, Budget(60))
            assert found is not None
            assert set(found) == expected
            assert len(found) == len(expected)


def test_a_look_that_is_cut_short_finds_nothing(tmp_path: Path) -> None:
    write_archive(tmp_path, numbered([["gempa"]]), set())
    snapshot = Snapshot(tmp_path)
    assert snapshot.dictionary.vocabulary.near("body_exact", "gempa", (1,), Budget(-1)) is None
    assert snapshot.dictionary.vocabulary.near("body_exact", "gempa", (1,), Budget(60)) == (
        Near("gempa", 0, 1),
    )


def test_words_longer_than_any_number_of_a_byte_are_far_from_all(tmp_path: Path) -> None:
    write_archive(tmp_path, numbered([["a" * 260, "b" * 400]]), set())
    vocabulary = Snapshot(tmp_path).dictionary.vocabulary
    assert vocabulary.near("body_exact", "aaaa", (1, 1), Budget(60)) == ()


class Widening(dict[tuple[int, str], object]):
    """What is kept, which another thread replaces as soon as it was read."""

    wider: object

    def get(self, key: tuple[int, str], default: object = None) -> object:
        known = super().get(key, default)
        if known is not None:
            self[key] = self.wider
        return known


def test_looks_are_of_as_many_articles_as_they_say_whoever_widens_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.local.reading.vocabulary._SELDOM", 2)
    write_archive(tmp_path, numbered([["gempa"] * 8, ["gempi"]]), set())
    vocabulary, field = Snapshot(tmp_path).dictionary.vocabulary, "body_exact"
    _, common = vocabulary.looks(field, 8)
    kept = dict(vocabulary._looks)
    _, rare = vocabulary.looks(field, 1)
    assert (common, rare) == (2, 1)
    raced = Widening(kept)
    raced.wider = next(iter(vocabulary._looks.values()))
    vocabulary._looks = raced  # type: ignore[assignment]
    looks, least = vocabulary.looks(field, 8)
    assert looks == [kept[number, field][0] for number in (0, 1)]
    assert least == 2
