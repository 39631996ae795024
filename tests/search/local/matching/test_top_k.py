"""Leading documents without a look at all of them, against adding up and sorting."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article
from search.local.engine import LocalEngine
from search.local.matches import Matches
from search.local.matching import top_k
from search.local.matching.top_k import disjunction_of, top_of_any
from search.local.reading.row import Row
from search.local.scoring.ranking import Features, Ranking
from search.query.parse import parse
from search.request import Partial, SearchRequest, Sort
from search.response import SearchResponse
from tests.conftest import examples
from tests.search.local.archives import write_archive
from tests.search.local.asking import compiled
from tests.search.local.pages_twin import Meant, meant, order
from tests.search.local.queries import WORDS, archives, deletions
from tests.search.local.twin import Twin


@settings(max_examples=examples(35), deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([1, 63, 900, 20_000, 131_072, 300_000]),
    st.lists(st.sampled_from([0.0, 0.0005, 0.02, 0.4]), min_size=1, max_size=4),
    st.lists(st.sampled_from([0.01, 0.9]), max_size=2),
    st.sampled_from([1, 11, 200]),
    st.sampled_from([3, 1000]),
    st.booleans(),
)
def test_leading_documents_are_those_of_all(  # noqa: PLR0917 - what makes a case
    seed: int,
    size: int,
    sought: list[float],
    extra: list[float],
    count: int,
    distinct: int,
    skipping: bool,
) -> None:
    random = np.random.default_rng(seed)

    def row(share: float) -> Matches:
        documents = (random.random(size) < share).nonzero()[0].astype(np.int32)
        highest = int(random.integers(1, distinct + 1))  # of some rows, little can be had
        scores = random.integers(0, highest, len(documents)).astype(np.float32)
        return Row(documents, scores, size) if skipping else Matches(documents, scores)

    rows, more = [row(share) for share in sought], [row(share) for share in extra]
    scores, matching = np.zeros(size), np.zeros(size, np.bool_)
    for one in rows:
        scores[one.documents] += one.scores
        matching[one.documents] = True
    for one in more:
        scores[one.documents] += one.scores
    documents = matching.nonzero()[0]
    first = sorted(documents.tolist(), key=lambda number: (-scores[number], number))[:count]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(top_k, "WORTH_MAX_SCORE", 1)
        found = top_of_any(rows, more, size, count)
    assert found.total == len(documents)
    known = dict(zip(found.matches.documents.tolist(), found.matches.scores.tolist(), strict=True))
    assert (np.diff(found.matches.documents) > 0).all()
    assert set(first) <= set(known)
    assert all(known[number] == scores[number] for number in first)
    assert all(matching[number] for number in known)


_typed = st.lists(
    st.sampled_from((*WORDS, "yang", "tiada", "OR", "judul:beras", '"kereta cepat"', "-petani")),
    min_size=1,
    max_size=4,
).map(" ".join)


def test_what_has_some_takes_no_place_of_what_has_all(tmp_path: Path) -> None:
    """Where only articles with all words are wanted and scores alone decide, as of questions."""
    both = [Article(f"b{number}", "", "ikan " * 90 + "beras petani") for number in range(6)]
    # Enough without either word that theirs are worth something.
    one = [Article(f"o{number}", "beras", "beras") for number in range(40)]
    one += [Article(f"p{number}", "petani", "petani") for number in range(40)]
    one += [Article(f"n{number}", "ikan", "ikan") for number in range(200)]
    ranking = Ranking(features=Features(candidates=2), most_lacking=0)
    write_archive(tmp_path / "index", [[*one, *both]], set())
    engine = LocalEngine(tmp_path / "index", ranking)
    asked = SearchRequest("beras petani", per_page=3, facets=False, partial=Partial.OFF)
    pages = [engine.search(replace(asked, page=page)) for page in (1, 2)]
    engine.close()
    assert [page.total for page in pages] == [6, 6]
    assert {hit.id for page in pages for hit in page.hits} == {article.id for article in both}


@settings(max_examples=examples(35), deadline=None)
@given(
    archives,
    deletions,
    st.lists(_typed, min_size=1, max_size=6),
    st.sampled_from([0, 2, 5]),
    st.sampled_from(Partial),
    st.sampled_from(Sort),
)
def test_pages_are_those_of_the_twin(  # noqa: PLR0917 - what is drawn
    tmp_path_factory: pytest.TempPathFactory,
    parts: list[list[Article]],
    deleted: set[int],
    typed: list[str],
    most_lacking: int,
    partial: Partial,
    sort: Sort,
) -> None:
    path = tmp_path_factory.mktemp("pages") / "index"
    live = write_archive(path, parts, deleted)
    twin = Twin([one for part in parts for one in part])
    ranking = Ranking(features=Features(candidates=2), most_lacking=most_lacking)
    engine = LocalEngine(path, ranking)
    for text in typed:
        found = meant(twin, live, text, ranking, partial)
        expected = _listed(twin, found, partial, sort)
        plain = SearchRequest(
            text, per_page=3, facets=False, snippets=False, partial=partial, sort=sort
        )
        page = engine.search(plain)
        assert page.total == len(found.complete), text
        assert page.partial_total == len(found.scores) - len(found.complete), text
        assert page.listed == len(expected), text
        said = {one.code for one in page.notes} & {"relaxed", "none-with-all"}
        shown = "none-with-all" if partial is Partial.OFF else "relaxed"
        assert said == ({shown} if page.partial_total and not page.total else set())
        following = engine.search(replace(plain, page=2))
        _compare(page, found, expected[:3])
        _compare(following, found, expected[3:6])
        # The same by other roads: with facets all matches are known, by cursors the rest.
        counted = engine.search(replace(plain, facets=True))
        assert _seen(counted) == _seen(page)
        over = page.total or (0 if partial is Partial.OFF else page.partial_total)
        over += page.partial_total if partial is Partial.WITH and page.total else 0
        assert counted.undated is not None
        assert sum(one.count for one in counted.histogram) + counted.undated == over
        walked, here = list(page.hits), page
        while here.next_cursor is not None:
            here = engine.search(replace(plain, cursor=here.next_cursor))
            walked += here.hits
        assert len(walked) == page.listed
        assert walked[3:6] == list(following.hits)
        assert {int(hit.id[1:]) for hit in walked if hit.missing} == {
            number for number in expected if number not in found.complete
        }
    engine.close()


def _listed(twin: Twin, found: Meant, partial: Partial, sort: Sort) -> list[int]:
    """The articles of all pages in their order."""
    follow = partial is Partial.FOLLOW and (sort is Sort.RELEVANCE or not found.complete)
    numbers = found.scores if follow or partial is Partial.WITH else found.complete
    if sort is Sort.RELEVANCE:
        return sorted(
            numbers, key=lambda number: order(twin, number, found.scores[number], found.leading)
        )
    sign = -1 if sort is Sort.NEWEST else 1

    def by_date(number: int) -> tuple[bool, float, int]:
        date = twin.articles[number].date
        return date is None, 0.0 if date is None else sign * date.timestamp(), number

    return sorted(numbers, key=by_date)


def _compare(response: SearchResponse, found: Meant, expected: list[int]) -> None:
    """The hits are the expected ones; among those of the same score any may stand first."""
    numbers = [int(hit.id[1:]) for hit in response.hits]
    assert [number in found.complete for number in numbers] == [
        number in found.complete for number in expected
    ]
    if any(hit.score is None for hit in response.hits):
        assert numbers == expected
        return
    ranked = [found.scores[number] for number in expected]
    given_ = [hit.score for hit in response.hits]
    assert given_ == pytest.approx(ranked, rel=1e-5)
    assert given_ == pytest.approx([found.scores[number] for number in numbers], rel=1e-5)


def _seen(response: SearchResponse) -> tuple[int, list[tuple[str, float]], list[int]]:
    return (
        response.total,
        [(hit.id, round(hit.score or 0.0, 5)) for hit in response.hits],
        [hit.similar_count for hit in response.hits],
    )


def test_queries_of_words_are_known_by_their_shape() -> None:
    for text, known in (
        ("beras", True),
        ("beras petani", False),
        ("beras yang", True),
        ("beras OR petani", True),
        ('"kereta cepat"', False),
        ("beras -petani", False),
        ("ber*", False),
        ("beras sumber:antara", False),
    ):
        assert (disjunction_of(compiled(parse(text).root)) is not None) is known, text


def test_damage_is_reported_as_the_indexs(tmp_path: Path) -> None:
    from index.errors import IndexDamaged

    path = tmp_path / "index"
    write_archive(path, [[Article("a", "beras", "harga beras naik")]], set())
    engine = LocalEngine(path)
    assert engine.search(SearchRequest("harga")).total == 1
    (file,) = path.glob("generations/*/*.inv")
    content = bytearray(file.read_bytes())
    engine.close()
    for at in range(64, 200):
        content[at] ^= 0xFF
    with file.open("r+b") as stream:
        stream.write(content)
    with pytest.raises(IndexDamaged, match=file.name):
        LocalEngine(path).search(SearchRequest("naik"))
