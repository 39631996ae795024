"""What has a query as it was typed is found by one call of a kernel as its steps find it."""

from __future__ import annotations

import random
from math import inf

import numpy as np
import pytest

from index.kernels import kernel
from search.budget import Budget
from search.local.plain.plan import holdings_of
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.scoring.holding import LONG, holdings
from search.local.scoring.ranking import Features
from search.local.weighting import BM25
from tests.conftest import article, examples
from tests.search.local.archives import write_archive

pytestmark = pytest.mark.skipif(kernel("holding") is None, reason="the kernels are not in use")

WORDS = ["emas", "naik", "turun", "beras", "harga", "kota"]
FEATURES = {
    "both": Features(),
    "titles": Features(verbatim=0.0),
    "bodies": Features(headline=0.0, verbatim=0.5),
    "neither": Features(headline=0.0, verbatim=0.0),
}


def some_words(chance: random.Random, most: int) -> list[str]:
    return chance.choices(WORDS, [32, 16, 8, 4, 2, 1], k=chance.randint(1, most))


@pytest.fixture(scope="module", params=[(1,), (40,), (30, 1, 25)], ids=str)
def rows(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """Titles of few words, and bodies of which some have others' titles, or are a link to one."""
    chance = random.Random(str(request.param))
    titles = [some_words(chance, 7) for _ in range(20)]
    parts, number = [], 0
    for size in request.param:
        articles = []
        for _ in range(size):
            links = ["baca"] if chance.random() < 0.5 else ["baca", "juga"]
            body = some_words(chance, 30) + links + chance.choice(titles) + chance.choice(titles)
            title = chance.choice(titles) if chance.random() < 0.5 else some_words(chance, 7)
            articles.append(article(number, " ".join(title), " ".join(body)))
            number += 1
        parts.append(articles)
    path = tmp_path_factory.mktemp("holdings") / "index"
    write_archive(path, parts, set(range(0, number - 1, 5)))
    return Rows(Snapshot(path), BM25())


def some_query(chance: random.Random, rows: Rows) -> tuple[str, ...]:
    """Words, or those of a title, some of them left out, cut or with others around."""
    words = some_words(chance, 8)
    if chance.random() < 0.6:
        stored = rows.snapshot.article(chance.randrange(rows.snapshot.size)).title.split()
        words = [*words[: chance.randint(0, 2)], *stored, *words[: chance.randint(0, 1)]]
    if chance.random() < 0.1:
        words[chance.randrange(len(words))] = "tiada"
    if chance.random() < 0.2:
        words[-1] = words[-1][:2]
    return tuple(words)


@pytest.mark.parametrize("features", FEATURES.values(), ids=FEATURES)
def test_both_find_and_count_the_same(rows: Rows, features: Features) -> None:
    chance = random.Random("queries")
    at_once, found = holdings_of(features, rows), 0
    for _ in range(examples(150)):
        words = some_query(chance, rows)
        whole = Budget(inf)
        holdings(words, features, rows, whole)
        for most in (inf, chance.randint(0, whole.work + 1)):
            budgets = Budget(inf, most), Budget(inf, most)
            by_kernel = at_once.of(words, budgets[0])
            by_steps = holdings(words, features, rows, budgets[1])
            assert [(one.feature, one.field, one.words) for one in by_kernel] == [
                (one.feature, one.field, one.words) for one in by_steps
            ]
            for one, other in zip(by_kernel, by_steps, strict=True):
                assert one.documents.dtype == np.int32
                assert one.documents.tolist() == other.documents.tolist()
                worth = features.headline if one.feature == "headline" else features.verbatim
                assert one.part == worth
            assert budgets[0].work == budgets[1].work, words
            assert budgets[0].partial == budgets[1].partial
            found += len(by_kernel)
    assert found or rows.snapshot.size == 1 or not (features.headline or features.verbatim)


def test_links_to_an_article_are_none_of_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    title = "harga emas kota turun"
    bodies = [f"baca {title}", f"baca juga {title}", f"juga {title}", f"baca {title} dan {title}"]
    path = tmp_path_factory.mktemp("links") / "index"
    write_archive(path, [[article(at, "lain", body) for at, body in enumerate(bodies)]], set())
    rows = Rows(Snapshot(path), BM25())
    words = tuple(title.split())
    assert len(words) == LONG
    (held,) = holdings_of(Features(), rows).of(words, Budget(inf))
    assert (held.feature, held.documents.tolist()) == ("verbatim", [2, 3])


def test_no_words_are_held_by_none(rows: Rows) -> None:
    at_once = holdings_of(Features(), rows)
    budget = Budget(inf)
    assert at_once.of((), budget) == ()
    assert not budget.work
    assert at_once.of(("emas",), Budget(-1)) == ()
    assert holdings(("emas",), Features(), rows, Budget(-1)) == ()


def test_bad_arguments_are_refused(rows: Rows) -> None:
    at_once = holdings_of(Features(), rows)
    for words, budget in ((["emas"], Budget(inf)), (None, Budget(inf)), (("emas",), None)):
        with pytest.raises(TypeError):
            at_once.of(words, budget)  # type: ignore[arg-type]
    for odd in ((1,), ("emas", None), (b"emas",)):
        with pytest.raises(TypeError):
            at_once.of(odd, Budget(inf))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        kernel("holding").Holdings()
    assert kernel("holding").Held().documents.tolist() == []


def test_lengths_of_other_titles_are_refused(rows: Rows) -> None:
    snapshot = rows.snapshot
    at_once = kernel("holding").Holdings(
        titles=snapshot.standing("title_exact"),
        bodies=None,
        lengths=np.empty(0, np.float32),
        fields=("title_exact", "body_exact"),
        worth=(1.0, 1.0),
        long=LONG,
        links=(),
        by_steps=lambda *_: (),
        inside=lambda *_: ((), np.empty(0, np.int32)),
    )
    title = next(
        tuple(snapshot.article(at).title.split()[:2])
        for at in range(snapshot.size)
        if snapshot.columns.live is None or snapshot.columns.live[at]
    )
    with pytest.raises(IndexError, match="other documents"):
        at_once.of(title, Budget(inf))
