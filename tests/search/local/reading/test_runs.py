"""What stands behind runs of words in titles, against going through all titles."""

from __future__ import annotations

import random
from collections import Counter
from math import inf

import pytest

from search.budget import Budget
from search.local.reading.snapshot import Snapshot
from tests.conftest import article
from tests.search.local.archives import write_archive

WORDS = [f"{one}{two}" for one in ("ka", "ki", "ko", "ku") for two in "bcdfghjklm"]
BEFORE = ("harga", "kota")


@pytest.fixture(scope="module", params=[set(), {3, 70, 71, 300}], ids=["whole", "deleted"])
def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Snapshot, dict[int, list[str]]]:
    """Two segments; the words that are common in one are rare in the other."""
    rng = random.Random(5)
    titles: list[list[str]] = []
    for ranked in (WORDS, WORDS[::-1]):
        shares = [1 / (rank + 1) for rank in range(len(WORDS))]
        for _ in range(250):
            size = rng.choice((1, 2, 2, 3))
            titles.append([rng.choice(BEFORE), *rng.choices(ranked, shares, k=size)])
    articles = [article(number, " ".join(words), "Isi.") for number, words in enumerate(titles)]
    path = tmp_path_factory.mktemp("runs") / "index"
    write_archive(path, [articles[:250], articles[250:]], request.param)
    snapshot = Snapshot(path)
    live = snapshot.columns.live
    numbers = range(len(titles)) if live is None else live.nonzero()[0].tolist()
    known = {int(snapshot.article(number).id.removeprefix("a")): number for number in numbers}
    return snapshot, {number: titles[at] for at, number in known.items()}


def test_what_is_counted_behind_a_run_is_exact_in_all_segments(
    archive: tuple[Snapshot, dict[int, list[str]]],
) -> None:
    snapshot, titles = archive
    for run in ("harga", "kota", "kab"):
        for beginning in ("", "k", "ka", "kub", "z"):
            expected = Counter(
                words[at + 1]
                for words in titles.values()
                for at in range(len(words) - 1)
                if words[at] == run and words[at + 1].startswith(beginning)
            )
            found = snapshot.runs.in_titles([run], beginning, Budget(inf))
            assert found.words.items() <= expected.items()
            assert found.total == expected.total()
            assert found.whole <= (found.words == expected)


def test_what_is_counted_beside_words_is_exact_in_all_segments(
    archive: tuple[Snapshot, dict[int, list[str]]],
) -> None:
    snapshot, titles = archive
    for word in ("harga", "kab", "kob"):
        documents = snapshot.runs.documents([word], None, Budget(inf))
        assert documents.tolist() == sorted(n for n, words in titles.items() if word in words)
        for some in (documents, documents[:5]):
            expected = Counter(one for n in some.tolist() for one in set(titles[n]))
            found = snapshot.runs.beside(some, "k", Budget(inf))
            assert found.words.items() <= expected.items()


def test_headlines_and_their_copies_are_those_of_the_titles(
    archive: tuple[Snapshot, dict[int, list[str]]],
) -> None:
    snapshot, titles = archive
    for run, beginning in (("harga", "ka"), ("kab", "k"), ("kob", "ku"), ("kum", "kim")):
        expected = {
            number: words[0] == run and words[1].startswith(beginning)
            for number, words in titles.items()
            if any(
                words[at] == run and words[at + 1].startswith(beginning)
                for at in range(len(words) - 1)
            )
        }
        documents, first = snapshot.runs.headlines([run], beginning, Budget(inf))
        assert dict(zip(documents.tolist(), first.tolist(), strict=True)) == expected
        for number in documents.tolist()[:20]:
            alike = sum(words == titles[number] for words in titles.values())
            assert snapshot.runs.alike(number, documents, Budget(inf)) == alike
