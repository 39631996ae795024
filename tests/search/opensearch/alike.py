"""What a companion must say as the whole generation says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from math import inf

import numpy as np

from index.companion import LIGHT_FIELDS
from index.derived import pairs_of, titles_of, words_of
from index.derived.words import FIELDS
from index.fields import COUNTED
from search.budget import Budget
from search.local.reading.snapshot import Snapshot


def require_alike(light: Snapshot, whole: Snapshot, words: Iterable[str]) -> None:
    """Compare all that planning a question and suggesting read, some of it by words."""
    assert light.size == whole.size
    assert light.bases == whole.bases
    for one, other in zip(light.segments, whole.segments, strict=True):
        assert one.fields.keys() == other.fields.keys()
        for name, index in other.fields.items():
            there = one.fields[name]
            assert there.texts(0, there.terms) == index.texts(0, index.terms)
            counts = there.document_frequencies(0, there.terms)
            assert np.array_equal(counts, index.document_frequencies(0, index.terms))
            assert there.has_postings == (name not in LIGHT_FIELDS)
        for field in FIELDS:
            _require_same(words_of(one, field), words_of(other, field))
        _require_same(pairs_of(one), pairs_of(other))
        _require_same(titles_of(one), titles_of(other))
    _require_columns_alike(light, whole)
    assert light.glued._entries == whole.glued._entries
    for word in words:
        _require_word_alike(light, whole, word)


def _require_same(one: object, other: object) -> None:
    """Whether two records of arrays hold the same."""
    assert type(one) is type(other)
    for field in () if one is None else fields(one):  # type: ignore[arg-type]
        assert np.array_equal(getattr(one, field.name), getattr(other, field.name))


def _require_columns_alike(light: Snapshot, whole: Snapshot) -> None:
    for name in ("dates", "days", "title_lengths", "live"):
        assert np.array_equal(getattr(light.columns, name), getattr(whole.columns, name))
    assert np.array_equal(light.columns.lengths("body"), whole.columns.lengths("body"))
    assert np.array_equal(light.columns.same_text.of, whole.columns.same_text.of)
    for counted in COUNTED:
        one, other = light.columns.counted[counted], whole.columns.counted[counted]
        assert one.values == other.values
        assert one.counts == other.counts
        assert np.array_equal(one.ordinals, other.ordinals)


def _require_word_alike(light: Snapshot, whole: Snapshot, word: str) -> None:
    one, other = light.dictionary, whole.dictionary

    def budget() -> Budget:
        return Budget(inf)

    for field in ("title", "body", "title_exact", "body_exact"):
        assert one.document_frequency(field, word) == other.document_frequency(field, word)
        assert one.commonest(field, word[:3], budget()) == other.commonest(
            field, word[:3], budget()
        )
        pattern = f"{word[:2]}*{word[-1:]}"
        assert one.fitting(field, pattern, budget()) == other.fitting(field, pattern, budget())
    both = ("title", "body")
    assert one.most_documents(both, word) == other.most_documents(both, word)
    for field in FIELDS:
        near = one.vocabulary.near(field, word, (1, 2), budget())
        assert near == other.vocabulary.near(field, word, (1, 2), budget())
        assert one.edited(field, word, 2, budget()) == other.edited(field, word, 2, budget())
    stem = whole.analysis.stem(word)
    assert light.glued.holding(stem) == whole.glued.holding(stem)
    assert light.runs.in_bodies(word, "", budget()) == whole.runs.in_bodies(word, "", budget())
    assert light.runs.in_titles([word], "", budget()) == whole.runs.in_titles([word], "", budget())
    found = whole.runs.documents([word], None, budget())
    assert np.array_equal(light.runs.documents([word], None, budget()), found)
    for number in found.tolist():
        assert light.hit(number)["title"] == whole.hit(number)["title"]
