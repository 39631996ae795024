"""The best of what postings score are those of adding up every score, as NumPy does."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from whoosh.filedb.filestore import RamStorage

from index.kernels import kernel
from index.segments.container import ContainerWriter
from index.segments.postings import KIND, Postings
from index.segments.postings_writer import FieldArrays, write_field
from search.local.weighting import BM25

pytestmark = pytest.mark.skipif(kernel("scoring") is None, reason="the kernels are not in use")

BODY, TITLE = "body", "title"
SIZES = (90_000, 400, 65_536, 140_000)
"""Of two chunks, one, one and three; numbers of documents are of 32 bits in two of them."""
DENSE = (20, 700, 700, 5_000, 30_000, 30_000)
"""How many documents of a segment have each term, at the most."""
MODEL = BM25()


class Term(NamedTuple):
    """A term of a field in a segment: (n,) each."""

    documents: NDArray[np.int64]
    times: NDArray[np.int64]
    first: NDArray[np.int64]


class Word(NamedTuple):
    """A word made ready, what it scores, (N,) float64, and who has it."""

    made: Any
    scores: NDArray[np.float64]
    having: NDArray[np.bool_]


class World:
    """Two fields of several segments, a few terms in each of them, and some documents deleted."""

    def __init__(self, seed: int) -> None:
        self.chance, self.numbers = Random(seed), np.random.default_rng(seed)
        sizes = self.chance.sample(SIZES, 3)
        self.bases = np.concatenate([[0], np.cumsum(sizes)]).tolist()
        self.size = self.bases[-1]
        self.terms = {
            name: [[self._term(size, most, name) for most in DENSE] for size in sizes]
            for name in (BODY, TITLE)
        }
        self.norms = {
            name: MODEL.norms(self.numbers.integers(1, 400, self.size).astype(np.float32), 150.0)
            for name in self.terms
        }
        self.live = self.numbers.random(self.size) < 0.8 if seed % 2 else None
        lead = MODEL.lead
        near, far = np.float32(lead.near_half), np.float32(lead.far_half)
        self.scorer = kernel("scoring").Scorer(
            list(zip(self.bases, sizes, strict=False)),
            {
                name: kernel("postings").Lookup(
                    [_field(name, of, size) for of, size in zip(terms, sizes, strict=True)]
                )
                for name, terms in self.terms.items()
            },
            self.norms,
            BODY,
            lead.worth(np.arange(65_536)),
            (np.float32(lead.near * near), near, np.float32(lead.far * far), far),
            self.live,
        )

    def _term(self, size: int, most: int, name: str) -> Term:
        documents = np.flatnonzero(self.numbers.random(size) < min(most / size, 0.5))
        # At the borders of chunks, too.
        borders = np.arange(0, size, 65_536)[self.numbers.random(-(-size // 65_536)) < 0.5]
        documents = np.union1d(documents, borders)
        often = self.chance.choice((2, 6, 400)) if name == BODY else 3
        count = len(documents)
        within = self.chance.choice((10, 1_000, 70_000))
        first = self.numbers.integers(0, within, count)
        return Term(documents, self.numbers.integers(1, often, count), first)

    def word(self) -> Word:
        """A term of one field or of both, alone or as the better one of two ways."""
        ways = []
        scores, having = np.zeros(self.size), np.zeros(self.size, np.bool_)
        for _ in range(self.chance.choice((1, 1, 2))):
            number = self.chance.randrange(len(DENSE))
            names = self.chance.choice(((BODY,), (TITLE, BODY), (TITLE, BODY)))
            way = [(name, number, self.chance.choice((0.5, 1.0, 3.7))) for name in names]
            rows = [self._row(*one, alone=len(way) == 1) for one in way]
            scores = np.maximum(scores, np.add.reduce(rows))
            having |= np.logical_or.reduce(rows)
            ways.append(tuple([(name, f"{term:02}", weight) for name, term, weight in way]))
        return Word(self.scorer.word(tuple(ways)), scores, having)

    def _row(self, name: str, number: int, weight: float, *, alone: bool) -> NDArray[np.float64]:
        """What a term scores: in float32, a weight of its own last where nothing is added."""
        found = np.zeros(self.size)
        terms = [of[number] for of in self.terms[name]]
        idf = MODEL.idf_of(self.size, sum(len(one.documents) for one in terms))
        factor = np.float32(idf if alone else idf * weight)
        for base, one in zip(self.bases, terms, strict=False):
            documents, times = one.documents + base, one.times.astype(np.float32)
            scores = times * factor / (times + self.norms[name][documents])
            if name == BODY:
                scores = scores + factor * MODEL.lead.worth(one.first)
            found[documents] = scores * np.float32(weight if alone else 1.0)
        return found


def _field(name: str, terms: list[Term], size: int) -> Any:
    storage = RamStorage()
    writer = ContainerWriter(storage, "one.inv", KIND)
    counts = np.array([len(one.documents) for one in terms])
    times = np.concatenate([one.times for one in terms])
    starts = np.cumsum(times) - times
    # Each stands in a row from its first position on.
    positions = np.repeat(np.concatenate([one.first for one in terms]) - starts, times)
    field = FieldArrays(
        name,
        tuple([b"%02d" % number for number in range(len(terms))]),
        counts,
        np.concatenate([one.documents for one in terms]),
        times.astype(np.uint32),
        np.array([one.times.sum() for one in terms]),
        positions + np.arange(len(positions)),
    )
    writer.finish({"segment": "one", "fields": [write_field(writer, 0, field, size)]})
    return kernel("postings").Field(Postings(storage, "one.inv").fields[name])


@pytest.mark.parametrize("seed", range(8))
def test_the_best_of_postings_are_those_of_adding_up_all(seed: int) -> None:
    world = World(seed)
    words = [world.word() for _ in range(7)]
    for _ in range(12):
        some = world.chance.sample(words, world.chance.choice((2, 2, 3, 4, 6)))
        may = [some.pop()] if len(some) > 2 and world.chance.random() < 0.3 else []
        strict, complete_first = (world.chance.random() < share for share in (0.4, 0.5))
        count = world.chance.choice((1, 2, 10, 100))
        passing = np.ones(world.size, np.bool_) if world.live is None else world.live.copy()
        mask = world.numbers.random(world.size) < 0.5 if world.chance.random() < 0.3 else None
        if mask is not None:
            passing &= mask
        every = np.logical_and.reduce([one.having for one in some]) & passing
        any_of = np.logical_or.reduce([one.having for one in some]) & passing
        sums = np.add.reduce([one.scores for one in (*some, *may)])
        matching = every if strict else any_of
        made, loose = tuple([one.made for one in some]), tuple([one.made for one in may])
        total, partial, documents, scores, complete = world.scorer.search(
            made,
            () if strict else made,
            loose,
            count,
            complete_first=complete_first,
            every=0,
            mask=mask,
        )
        assert (total, partial) == (every.sum(), 0 if strict else any_of.sum() - every.sum())
        keys = sums + 1e6 * every if complete_first else sums
        least = np.sort(keys[matching])[-count:][:1]
        expected = (matching & (keys >= least)).nonzero()[0] if len(least) else least
        assert set(expected.tolist()) <= set(documents.tolist())
        assert matching[documents].all()
        assert scores.tolist() == sums[documents].tolist()
        assert complete.tolist() == every[documents].tolist()


@pytest.mark.parametrize("seed", range(4))
def test_a_search_counts_who_has_a_word_that_nobody_counted(seed: int) -> None:
    world = World(seed)
    for _ in range(6):
        words = [world.word() for _ in range(world.chance.choice((2, 3)))]
        made = tuple([one.made for one in words])
        world.scorer.search(made, made, (), 10, complete_first=world.chance.random() < 0.5, every=0)
        for one in words:
            alive = one.having if world.live is None else one.having & world.live
            assert one.made.documents == alive.sum()


@pytest.mark.parametrize("seed", range(4))
def test_words_score_at_some_documents_what_they_score_at_all(seed: int) -> None:
    """More documents than postings or fewer, and some of them twice."""
    world = World(seed)
    words = [world.word() for _ in range(6)]
    for most in (1, 7, 8, 26, 255, 256, 257, 3_000):
        asked = world.numbers.integers(0, world.size, most)
        for one in words:
            # Some that have the word, as few have it otherwise.
            documents = np.sort(np.append(asked, one.having.nonzero()[0][: most // 2]))
            scores, having = world.scorer.word_scores((one.made,), documents.astype(np.int32))
            assert scores[0].tolist() == one.scores[documents].tolist()
            assert having[0].tolist() == one.having[documents].tolist()
