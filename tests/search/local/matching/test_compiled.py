"""The scoring kernel finds what rows of scores find, bit by bit, and counts the same work."""

from __future__ import annotations

import random
from functools import cache
from math import inf
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import orjson
import pytest
from whoosh.query import And, ConstantScoreQuery, Or, Phrase, Query, Term

from index.errors import FileDamaged
from index.kernels import kernel
from search.budget import Budget
from search.local.find import Found, find
from search.local.matches import Matches
from search.local.matching.compiled import CompiledWords, compiled
from search.local.matching.flat import FlatQuery, FlatWord
from search.local.matching.graded import Graded, Listed, word_rows
from search.local.matching.searcher import Searcher
from search.local.plans import Plans
from search.local.reading.dictionary import Dictionary
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.scoring.ranking import Ranking
from search.local.weighting import BM25, Lead
from search.query.word_query import (
    AnyOfWords,
    Beside,
    GluedQuery,
    Spelling,
    SpellingsQuery,
    Terms,
    WordQuery,
)
from search.request import SearchRequest
from tests.conftest import article, examples
from tests.search.local.archives import write_archive

pytestmark = pytest.mark.skipif(kernel("scoring") is None, reason="the kernels are not in use")

VOCABULARY = [f"kata{letter}" for letter in "abcdefghijkl"]
FIELDS = ("title", "title_exact", "body", "body_exact")
SHAPES = ((1,), (40,), (1, 30), (9, 1, 25), (20, 20, 3, 20))
"""How many articles each segment has."""


@cache
def archive(shape: tuple[int, ...], deleting: bool) -> Path:
    """An archive of articles of few words, the first ones common."""
    chance = random.Random(f"{shape} {deleting}")
    path = Path(mkdtemp())
    weights = [2.0**-at for at in range(len(VOCABULARY))]
    numbers = iter(range(sum(shape)))
    parts = [
        [
            article(
                next(numbers),
                " ".join(chance.choices(VOCABULARY, weights, k=chance.randint(0, 3))),
                " ".join(chance.choices(VOCABULARY, weights, k=chance.choice((1, 5, 90)))),
            )
            for _ in range(size)
        ]
        for size in shape
    ]
    size = sum(shape)
    deleted = set(chance.sample(range(size), size // 4)) if deleting else set()
    write_archive(path, parts, deleted)
    return path


def both(path: Path, model: BM25) -> tuple[Searcher, Searcher]:
    """One that has the kernel, and one that has not."""
    snapshot = Snapshot(path)
    rows, others = Rows(snapshot, model), Rows(snapshot, model)
    assert rows.scorer is not None
    others.__dict__["scorer"] = None
    return Searcher(snapshot, rows, Budget(inf)), Searcher(snapshot, others, Budget(inf))


def some_terms(chance: random.Random) -> Terms:
    word = chance.choice([*VOCABULARY, "tidakada"])
    fields = chance.sample(FIELDS, chance.randint(1, 4))
    return tuple((field, word, chance.choice((0.0, 0.25, 1.0, 1.7))) for field in fields)


def some_word(chance: random.Random) -> FlatWord:
    return FlatWord(tuple(some_terms(chance) for _ in range(chance.choice((1, 1, 2, 3)))))


def some_query(chance: random.Random) -> FlatQuery:
    words = tuple(some_word(chance) for _ in range(chance.choice((0, 1, 2, 3, 9))))
    loose = tuple(chance.choice((one, one, some_superset(one, chance))) for one in words)
    if not words:
        loose = tuple(some_word(chance) for _ in range(chance.randint(1, 10)))
    elif chance.random() < 0.3:
        loose = ()
    optional = tuple(some_word(chance) for _ in range(chance.choice((0, 0, 1, 2))))
    return FlatQuery(words, loose, optional)


def some_superset(word: FlatWord, chance: random.Random) -> FlatWord:
    """A loose word matches wherever the word does."""
    return FlatWord((*word.ways, some_terms(chance)))


def firsts(found: Graded, count: int, *, complete_first: bool) -> list[tuple[bool, float, int]]:
    """The top in order, with all equals of the last."""
    rows = zip(
        (found.complete & complete_first).tolist(),
        found.listed.scores.astype(float).tolist(),
        found.complete.tolist(),
        found.listed.documents.tolist(),
        strict=True,
    )
    ordered = sorted(rows, key=lambda row: (-row[0], -row[1], row[3]))
    last = ordered[count - 1][:2] if len(ordered) > count else (False, -1.0)
    return [row[1:] for row in ordered if row[:2] >= last]


@pytest.mark.parametrize("deleting", [False, True], ids=["all live", "some deleted"])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_what_is_found_does_not_depend_on_who_counts(
    shape: tuple[int, ...], deleting: bool
) -> None:
    chance = random.Random(f"{shape} {deleting} queries")
    for lead in (Lead(), Lead(near=0.0, far=0.0)):
        one, other = both(archive(shape, deleting), BM25(lead=lead))
        for _ in range(examples(60)):
            query = some_query(chance)
            count, first = chance.choice((1, 2, 5, 33)), chance.random() < 0.5
            for listed in Listed:
                searchers = [
                    Searcher(each.snapshot, each.rows, Budget(inf)) for each in (one, other)
                ]
                words = compiled(searchers[0], query)
                assert words is not None
                found = words.graded(count, listed, complete_first=first)
                rows = word_rows(searchers[1], query)
                expected = rows.graded(count, listed, complete_first=first)
                assert (found.total, found.partial_total) == (
                    expected.total,
                    expected.partial_total,
                )
                assert searchers[0].budget.work == searchers[1].budget.work
                for it in (found, expected):
                    assert (np.diff(it.listed.documents) > 0).all()
                if listed is Listed.EVERY:
                    same(found.listed, expected.listed)
                    assert found.complete.tolist() == expected.complete.tolist()
                if listed is Listed.COMPLETE:
                    same(
                        found.listed.where(found.complete), expected.listed.where(expected.complete)
                    )
                tops = [firsts(it, count, complete_first=first) for it in (found, expected)]
                assert tops[0] == tops[1]
            asked = np.sort(
                np.array(chance.sample(range(sum(shape)), chance.randint(0, sum(shape))), np.int32)
            )
            live = one.snapshot.columns.live
            asked = asked if live is None else asked[live[asked]]
            assert words is not None
            for left, right in zip(words.at(asked), rows.at(asked), strict=True):
                some = words.at(asked)[1]
                assert np.where(some, left, 0).tolist() == np.where(some, right, 0).tolist()


@pytest.mark.parametrize("masked", [False, True], ids=["all", "masked"])
@pytest.mark.parametrize("deleting", [False, True], ids=["all live", "some deleted"])
def test_a_rare_word_beside_common_ones_is_found_where_all_match(
    deleting: bool, masked: bool
) -> None:
    """Then the common ones are asked about the documents of the rare one alone."""
    one, other = both(archive((300, 90), deleting), BM25())
    scorer, size, totals = one.rows.scorer, one.snapshot.size, []
    assert scorer is not None
    mask = np.arange(size) % 3 != 0 if masked else None
    for rare in VOCABULARY[6:]:
        texts = VOCABULARY[0], VOCABULARY[1], rare
        ways = [((tuple((field, text, 1.0) for field in FIELDS)),) for text in texts]
        query = FlatQuery(tuple(FlatWord(each) for each in ways), (), ())
        expected = word_rows(other, query).graded(size, Listed.EVERY, complete_first=True).listed
        if mask is not None:
            expected = expected.where(mask[expected.documents])
        ready = compiled(one, query)
        assert ready is not None
        for every in (2, 1, 0):  # and from the second time on it is known how many have each word
            total, partial, documents, scores, complete = scorer.search(
                ready.words, (), (), size, complete_first=True, every=every, mask=mask
            )
            assert (total, partial) == (len(expected), 0)
            same(Matches(documents, scores), expected)
            assert complete.all()
        totals.append(total)
    assert any(totals)
    assert ready is not None
    postings = [sum(way[2] for way in word.reads) for word in ready.words]
    assert 64 * postings[-1] < sum(postings)


def same(found: Matches, expected: Matches) -> None:
    assert found.documents.tolist() == expected.documents.tolist()
    assert found.scores.tolist() == expected.scores.tolist()


@pytest.mark.parametrize("listed", Listed)
def test_a_mask_leaves_out_what_it_leaves_out(listed: Listed) -> None:
    one, _ = both(archive((20, 20, 3, 20), False), BM25())
    chance = random.Random(5)
    scorer = one.rows.scorer
    assert scorer is not None
    for _ in range(40):
        words = compiled(one, some_query(chance))
        assert words is not None
        passing = np.array([chance.random() < 0.5 for _ in range(scorer.size)])
        arguments = (words.words, words.loose, words.optional, 1000)
        _, _, documents, scores, complete = scorer.search(
            *arguments, complete_first=False, every=listed
        )
        total, partial, found, given, whole = scorer.search(
            *arguments, complete_first=False, every=listed, mask=passing
        )
        kept = passing[documents]
        assert found.tolist() == documents[kept].tolist()
        assert given.tolist() == scores[kept].tolist()
        assert whole.tolist() == complete[kept].tolist()
        assert total == np.count_nonzero(complete & kept)
        assert partial == np.count_nonzero(~complete & kept)


def some_spelt(chance: random.Random) -> SpellingsQuery:
    """A word in several ways: as one, glued, as two of which any suffices, as two side by side."""
    queries: list[Query] = []
    ways: list[Spelling] = []
    for kind in chance.sample(("word", "glued", "any", "beside"), chance.randint(1, 4)):
        glued, word = some_glued(chance), WordQuery([Term(*one) for one in positive(chance)])
        words = [glued, word]
        terms = (glued.own.weighted_terms, glued.holders.weighted_terms), (word.weighted_terms,)
        if kind == "any":
            queries.append(Or(words))
            ways.append(AnyOfWords(terms))
        elif kind == "beside":
            phrases = [(field, tuple(chance.sample(VOCABULARY[:4], 2))) for field in FIELDS[::2]]
            asked = Or([Phrase(field, list(texts)) for field, texts in phrases])
            queries.append(And([*words, ConstantScoreQuery(asked, 0.0)]))
            ways.append(Beside(terms, tuple(phrases)))
        else:
            queries.append(words[kind == "word"])
            ways.append(terms[kind == "word"])
    return SpellingsQuery(queries, (repr(queries),), tuple(ways))


def some_glued(chance: random.Random) -> GluedQuery:
    own, holders = (WordQuery([Term(*one) for one in positive(chance)]) for _ in range(2))
    return GluedQuery([own, holders], repr(holders))


def positive(chance: random.Random) -> Terms:
    return tuple((field, word, weight or 1.0) for field, word, weight in some_terms(chance))


@pytest.mark.parametrize("deleting", [False, True], ids=["all live", "some deleted"])
def test_a_word_in_several_spellings_is_what_its_row_is(deleting: bool) -> None:
    chance = random.Random(f"{deleting} spellings")
    path = archive((20, 20, 3, 20), deleting)
    for _ in range(examples(40)):
        one, other = both(path, BM25())
        spelt, loose = FlatWord((), some_spelt(chance)), FlatWord((), some_spelt(chance))
        query = FlatQuery((some_word(chance), spelt), (), (loose,))
        for _ in range(2):  # made, and kept
            budgets = Budget(inf), Budget(inf)
            words = compiled(Searcher(one.snapshot, one.rows, budgets[0]), query)
            assert words is not None
            found = words.graded(5, Listed.EVERY, complete_first=False)
            rows = word_rows(Searcher(other.snapshot, other.rows, budgets[1]), query)
            expected = rows.graded(5, Listed.EVERY, complete_first=False)
            same(found.listed, expected.listed)
            assert budgets[0].work == budgets[1].work
        documents = np.arange(63, dtype=np.int32)
        documents = documents if one.snapshot.columns.live is None else expected.listed.documents
        assert spelt.query is not None
        mask, scores = one.probe(spelt.query, documents)
        by_row = other.probe(spelt.query, documents)
        assert (mask.tolist(), scores.tolist()) == (by_row[0].tolist(), by_row[1].tolist())
        assert not one.rows._rows._kept


def test_a_word_of_another_index_is_none_of_this() -> None:
    one, other = (both(archive(shape, False), BM25())[0] for shape in ((40,), (1, 30)))
    assert one.rows.scorer is not None
    made = other.rows.word(((("body", VOCABULARY[0], 1.0),),))
    assert made is not None
    with pytest.raises(ValueError, match="another index"):
        one.rows.scorer.word(((made.word,),))
    for documents, error in (([40], IndexError), ([-1], IndexError), ([2, 2], ValueError)):
        known = np.array(documents, np.int32), np.ones(len(documents))
        with pytest.raises(error):
            one.rows.scorer.word((), (known,))


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_word_and_its_ways_in_one_are_made_by_one_call(shape: tuple[int, ...]) -> None:
    one, _ = both(archive(shape, True), BM25())
    scorer, chance = one.rows.scorer, random.Random(str(shape))
    assert scorer is not None
    documents = np.arange(one.snapshot.size, dtype=np.int32)
    for _ in range(examples(60)):
        ways = some_word(chance).ways
        apart = scorer.word(ways), scorer.word((sum(ways, ()),))
        together = scorer.both(ways)
        assert together is not None
        for made, expected in zip(together, apart, strict=True):
            assert expected is not None
            assert made.reads == expected.reads
            found = zip(
                scorer.word_scores((made,), documents),
                scorer.word_scores((expected,), documents),
                strict=True,
            )
            assert all(left.tolist() == right.tolist() for left, right in found)
    assert scorer.both(((("no such field", "kata", 1.0),),)) is None


def test_a_word_that_is_cut_short_is_cut_short_by_both() -> None:
    path = archive((9, 1, 25), False)
    query = FlatQuery(
        tuple(FlatWord(((("body", word, 1.0), ("title", word, 1.0)),)) for word in VOCABULARY[:3]),
        (),
        (),
    )
    whole = Budget(inf)
    one, other = both(path, BM25())
    word_rows(Searcher(other.snapshot, other.rows, whole), query)
    for most in range(0, whole.work + 500, 500):
        budgets = Budget(inf, most), Budget(inf, most)
        words = compiled(Searcher(one.snapshot, one.rows, budgets[0]), query)
        if words is None:
            assert (budgets[0].work, budgets[0].partial) == (0, False)
        else:
            words.graded(9, Listed.TOP, complete_first=True)
        word_rows(Searcher(other.snapshot, other.rows, budgets[1]), query)
        assert words is None or not budgets[1].partial
        assert words is None or budgets[0].work == budgets[1].work


SECTIONS = ("text", "text_at", "keys", "posting_at", "documents", "frequencies", "first")


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_whose_checksum_does_not_fit_is_damage(section: str) -> None:
    one, _ = both(archive((40,), False), BM25())
    (segment,) = one.snapshot.segments
    part = segment.fields["body"].section(section)
    assert part is not None
    part.checksums = part.checksums + np.uint32(1)
    with pytest.raises(FileDamaged, match=section):
        one.rows.word(((("body", VOCABULARY[0], 1.0),),))


@pytest.mark.parametrize(
    "documents", [[5000], [3, 2], [4, 4]], ids=["too great", "descending", "twice"]
)
def test_documents_that_are_none_are_damage(documents: list[int]) -> None:
    one, _ = both(archive((40,), False), BM25())
    (segment,) = one.snapshot.segments
    index = segment.fields["body"]
    part = index.section("documents")
    assert part is not None
    start, stop = index.postings(index.find(VOCABULARY[0].encode()))
    altered = np.array(part.array)
    altered[stop - len(documents) : stop] = documents
    part.array, part._blocks = altered, memoryview(altered.data).cast("B")
    part._seen[:] = b"\1" * len(part._seen)
    del index.__dict__["compiled"]
    one.snapshot.dictionary = Dictionary(one.snapshot.segments, one.snapshot.bases, 40)
    assert stop - start > len(documents)
    rows = Rows(one.snapshot, BM25())
    with pytest.raises(FileDamaged, match="ascend"):
        rows.word(((("body", VOCABULARY[0], 1.0),),))


def test_no_word_is_no_crash() -> None:
    one, _ = both(archive((40,), False), BM25())
    scorer = one.rows.scorer
    assert scorer is not None
    with pytest.raises(TypeError):
        scorer.search((None,), (), (), 1, complete_first=True, every=0)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        scorer.word_scores((None,), np.zeros(1, np.int32))  # type: ignore[arg-type]
    with pytest.raises(IndexError):
        scorer.word_scores((), np.array([40], np.int32))
    with pytest.raises(ValueError, match="count"):
        scorer.search((), (), (), 0, complete_first=True, every=0)


REQUESTS = {
    "the first page": SearchRequest("", facets=False),
    "facets": SearchRequest(""),
    "page 3": SearchRequest("", facets=False, page=3),
}


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS.keys())
def test_readers_find_the_same(data: Path, request_: SearchRequest) -> None:
    path = _real(data)
    ranking = Ranking()
    one, other = both(path, ranking.model)
    plans = Plans(one.rows, ranking)
    typed: list[str] = orjson.loads((data / "news/user-queries.json").read_bytes())
    flat = 0
    for text in typed[:: len(typed) // 300]:
        plan = plans.plan(text, Budget(inf))
        flat += plan.flat is not None
        found = []
        for rows in (one.rows, other.rows):
            searcher = Searcher(one.snapshot, rows, Budget(inf))
            it = find(plan, searcher, request_, ranking)
            found.append((*told(it), searcher.budget.work))
        assert found[0] == found[1], text
    assert flat > 200


def told(found: Found) -> tuple[object, ...]:
    """The numbers, and the first page and a hit as they would be listed."""
    matches, complete = found.matches, found.complete
    having_all = np.ones(len(matches), np.bool_) if complete is None else complete
    first = having_all if found.plan.complete_first else np.zeros(len(matches), np.bool_)
    order = np.lexsort((matches.documents, -matches.scores.astype(float), ~first))[:11]
    return (
        found.total,
        found.partial_total,
        found.listed,
        found.counted.tolist(),
        matches.documents[order].tolist(),
        matches.scores[order].tolist(),
        having_all[order].tolist(),
    )


@cache
def _real(data: Path) -> Path:
    from index.build import LocalTarget
    from index.sources import ReadReport, read_articles
    from index.target import BuildOptions

    path = Path(mkdtemp())
    articles = list(read_articles([data / "news/articles-1k.jsonl"], ReadReport()))
    LocalTarget(path).rebuild(articles, BuildOptions())
    return path


def test_kernels_are_asked_for_words() -> None:
    one, _ = both(archive((40,), False), BM25())
    query = FlatQuery((FlatWord(((("body", VOCABULARY[0], 1.0),),)),), (), ())
    assert isinstance(compiled(one, query), CompiledWords)
