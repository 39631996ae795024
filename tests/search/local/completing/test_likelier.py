"""Where one call says that nothing is likelier, ``likelier`` finds nothing, by the same work."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from pathlib import Path
from random import Random
from string import ascii_lowercase
from typing import TYPE_CHECKING

import pytest

from index.kernels import kernel
from search.budget import Budget
from search.local.completing.bodies import bodies_of
from search.local.completing.company import Company, articles_with
from search.local.completing.doubts import is_unseen
from search.local.completing.likelier import _near, likelier
from search.local.completing.likely import Likely
from search.local.completing.slips import slips
from search.local.completing.unoffered import at_once
from search.local.reading.snapshot import Snapshot
from search.query.parse import parse
from search.query.rewrite import words_in
from search.query.syntax.word import Word
from tests.conftest import article
from tests.search.local.archives import write_archive

if TYPE_CHECKING:
    from index.kernels.likelier import Likelier

pytestmark = pytest.mark.skipif(kernel("likelier") is None, reason="the kernels are not in use")

BASES = (
    *(
        "pertandingan",
        "kementerian",
        "kendaraan",
        "prabowo",
        "jakarta",
        "bukunya",
        "bukumu",
        "hutan",
    ),
    *("tahanan", "tahannya", "dimakan", "pemerintah", "zorbek", "kelinta", "ekspor", "setelah"),
)
SIZE, SELDOM = 600, 20
MANY = 1 << 40


def slipped(random: Random, word: str) -> str:
    """The word with a letter left out, doubled, swapped, replaced or added."""
    at, letter = random.randrange(len(word) - 1), random.choice(ascii_lowercase)
    before, one, two, behind = word[:at], word[at], word[at + 1], word[at + 2 :]
    return random.choice(
        (
            before + two + behind,
            before + one + one + two + behind,
            before + two + one + behind,
            before + one + letter + behind,
            before + letter + one + two + behind,
        )
    )


def written(path: Path, bodies: Sequence[str], segments: int = 1) -> Snapshot:
    """An index of the bodies, dealt out to segments one by one."""
    articles = [article(number, "", body) for number, body in enumerate(bodies)]
    write_archive(path, [articles[at::segments] for at in range(segments)], set())
    return Snapshot(path)


def words_of(snapshot: Snapshot, text: str) -> list[Word]:
    return words_in(parse(text, snapshot.analysis).root)


def compared(snapshot: Snapshot, word: Word, others: Sequence[str]) -> list[Likely]:
    """The near words that are compared with the others, by steps: those that are worth so much."""
    budget = Budget(inf)
    company = Company(snapshot, bodies_of(snapshot), others, budget)
    unseen, articles = is_unseen(snapshot, word), articles_with(snapshot, word.stem)
    found = _near(snapshot, word, articles, company, budget, unseen=unseen)
    return found if company else []


def told(
    snapshot: Snapshot, words: Sequence[Word], word: Word, compiled: Likelier | None = None
) -> bool:
    """Whether one call says that nothing is likelier than a word; if so, steps say the same.

    ``compiled``: what says it, where it was asked before.
    """
    compiled, budget = compiled or at_once(snapshot), Budget(inf)
    assert compiled is not None
    ((articles, _),) = counted = compiled.counted([word])
    assert articles == articles_with(snapshot, word.stem)
    behind, work = compiled.none(counted, 0, words, MANY)
    if not behind:
        return False
    found = likelier(
        snapshot, word, articles, [one.stem for one in words if one is not word], budget
    )
    assert (found, budget.work) == (None, work), (word.surface, [one.surface for one in words])
    assert compiled.none(counted, 0, words, work) == (1, work)
    assert compiled.none(counted, 0, words, work - 1) == (0, 0)
    return True


def told_of_first(snapshot: Snapshot, text: str) -> bool:
    words = words_of(snapshot, text)
    return told(snapshot, words, words[0])


def found_for_first(snapshot: Snapshot, text: str) -> str | None:
    """What is likelier than the first word of a text, by steps."""
    word, *rest = words_of(snapshot, text)
    others, articles = [one.stem for one in rest], articles_with(snapshot, word.stem)
    found = likelier(snapshot, word, articles, others, Budget(inf))
    return None if found is None else found.word


@pytest.mark.parametrize("segments", [1, 3])
def test_vocabularies_of_slips_have_nothing_likelier_where_one_call_says_so(
    segments: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.local.reading.vocabulary._SELDOM", SELDOM)
    soon = handed_on = near = 0
    for seed in range(6):
        random = Random(seed)
        some = random.sample(BASES, k=8)
        words = some + [slipped(random, word) for word in some for _ in range(3)]
        weights = [random.choice((1, 3, 30, 300)) for _ in words]
        bodies = [random.choices(words, weights, k=random.randint(2, 4)) for _ in range(SIZE)]
        snapshot = written(tmp_path / str(seed), [" ".join(body) for body in bodies], segments)
        compiled = at_once(snapshot)  # which looks among rarer words from a question on
        for _ in range(80):
            query = words_of(snapshot, " ".join(random.sample(words, k=random.randint(1, 4))))
            for word in query:
                if not articles_with(snapshot, word.stem):
                    continue
                others = [one.stem for one in query if one is not word]
                if told(snapshot, query, word, compiled):
                    soon += 1
                    near += len(compared(snapshot, word, others)) > 0
                else:
                    handed_on += 1
    assert soon > 2 * handed_on
    assert near > 50


@pytest.mark.parametrize("segments", [1, 3, 5])
def test_articles_of_all_segments_together_make_a_word_likelier(
    segments: int, tmp_path: Path
) -> None:
    bodies = ["kapal layar"] * 60 + ["kelinta"] * 15 + ["kelintaa"]
    snapshot = written(tmp_path, bodies, segments)
    assert found_for_first(snapshot, "kelintaa") is None  # 15 are too few for a slip
    assert told_of_first(snapshot, "kelintaa")
    more = written(tmp_path / "more", [*bodies, *["kelinta"] * 15], segments)
    assert found_for_first(more, "kelintaa") == "kelinta"
    assert not told_of_first(more, "kelintaa")


def test_a_near_word_of_the_same_stem_costs_nothing_more(tmp_path: Path) -> None:
    snapshot = written(tmp_path, ["bukuku"] * 2 + ["bukumu"] * 40 + ["kapal layar"] * 60)
    query = words_of(snapshot, "bukuku kapal")
    near = compared(snapshot, query[0], ["kapal"])
    assert [snapshot.analysis.stem(one.word) for one in near] == [query[0].stem]
    assert told(snapshot, query, query[0])


@pytest.mark.parametrize("number", [1, 6, 7, 12, 24, 25, 30])
def test_so_many_near_words_are_compared_and_more_are_handed_on(
    number: int, tmp_path: Path
) -> None:
    near = [f"zorb{one}k" for one in "aiouy"] + [f"zorb{one}ek" for one in ascii_lowercase]
    near = [one for one in near if slips("zorbek", one) <= 5.5][:number]
    assert len(near) == number
    bodies = ["zorbek"] + [one for one in near for _ in range(50)] + ["kapal layar"] * 200
    snapshot = written(tmp_path, bodies)
    query = words_of(snapshot, "zorbek kapal")
    assert len(compared(snapshot, query[0], ["kapal"])) == min(number, 24)
    assert told(snapshot, query, query[0]) == (number <= 6)


def test_of_many_near_words_the_commonest_are_looked_at(tmp_path: Path) -> None:
    dear = [
        word
        for at in range(1, 5)
        for letter in ascii_lowercase
        if slips("zobek", word := "zobek"[:at] + letter + "zobek"[at + 1 :]) > 5.0
    ][:30]
    assert slips("zobek", "zobeek") <= 3.0
    bodies = ["zobek", *["zobeek"] * 9, *[one for one in dear for _ in range(10)]]
    snapshot = written(tmp_path, [*bodies, *["kapal layar"] * 200])
    query = words_of(snapshot, "zobek kapal")
    assert compared(snapshot, query[0], ["kapal"]) == []  # the rarest, which one letter parts
    assert not told(snapshot, query, query[0])


def test_a_stranger_to_the_others_is_sooner_meant_otherwise(tmp_path: Path) -> None:
    bodies = ["kelintaa"] + ["kelinta kapal"] * 15 + ["kapal"] * 15 + ["layar"] * 1500
    snapshot = written(tmp_path, bodies)
    assert found_for_first(snapshot, "kelintaa kapal") == "kelinta"
    assert not told_of_first(snapshot, "kelintaa kapal")


def test_others_have_to_be_farther_ahead_of_a_short_word(tmp_path: Path) -> None:
    """Ahead by more than 1.0 and less than 2.0, of articles and of company."""
    bodies = ["zobek"] * 2 + ["zobeek"] * 66 + ["kelinta"] * 2 + ["kelintaa"] * 66
    snapshot = written(tmp_path, [*bodies, *["kapal layar"] * 200])
    assert told_of_first(snapshot, "zobek")
    assert not told_of_first(snapshot, "kelinta")
    bodies = [f"{body} kapal" for body in bodies]
    snapshot = written(tmp_path / "kapal", [*bodies, *["layar"] * 1500])
    for typed, is_soon_told in ("zobek", True), ("kelinta", False):
        query = words_of(snapshot, f"{typed} kapal")
        assert len(compared(snapshot, query[0], ["kapal"])) == 1
        assert told(snapshot, query, query[0]) == is_soon_told


def test_a_rarer_word_is_found_after_commoner_ones_were_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.local.reading.vocabulary._SELDOM", SELDOM)
    bodies = ["zorbek"] * 5 + ["kelintaa"] + ["kelinta"] * 25 + ["kapal layar"] * 600
    snapshot = written(tmp_path, bodies)
    compiled = at_once(snapshot)
    for typed, is_soon_told in ("zorbek", True), ("kelintaa", False):
        query = words_of(snapshot, typed)
        assert told(snapshot, query, query[0], compiled) == is_soon_told


def test_a_short_word_in_capitals_may_be_an_acronym_and_is_handed_on(tmp_path: Path) -> None:
    snapshot = written(tmp_path, ["zobek"] * 3 + ["kelinta"] * 3 + ["kapal layar"] * 60)
    assert told_of_first(snapshot, "zobek")
    assert not told_of_first(snapshot, "ZOBEK")
    assert told_of_first(snapshot, "KELINTA")


def test_a_word_with_x_may_be_one_with_nya_and_is_handed_on(tmp_path: Path) -> None:
    snapshot = written(tmp_path, ["zorbekx"] + ["zorbeknya"] * 100 + ["kapal layar"] * 60)
    assert found_for_first(snapshot, "zorbekx") == "zorbeknya"
    assert not told_of_first(snapshot, "zorbekx")


def test_others_have_to_be_as_far_ahead_of_a_long_word_of_the_language_as_of_a_short_one(
    tmp_path: Path,
) -> None:
    """Ahead by more than 1.0 and less than 2.0: that is not enough, which one call tells."""
    bodies = ["tahanan"] * 3 + ["tahannan kapal"] * 40 + ["kapal"] * 15 + ["layar"] * 1500
    snapshot = written(tmp_path, bodies)
    query = words_of(snapshot, "tahanan kapal")
    (found,) = compared(snapshot, query[0], ["kapal"])
    assert found.word == "tahannan"
    assert told(snapshot, query, query[0])


@pytest.mark.parametrize("typed", ["zobek", "kelinta"], ids=["short", "middling"])
def test_slips_may_cost_more_in_longer_words(typed: str, tmp_path: Path) -> None:
    other = next(
        word
        for at in range(1, len(typed))
        for letter in ascii_lowercase
        if slips(typed, word := typed[:at] + letter + typed[at + 1 :]) == 5.5
    )
    bodies = [typed, *[other] * 400, *["kapal layar"] * 200]
    snapshot = written(tmp_path, bodies)
    query = words_of(snapshot, f"{typed} kapal")
    assert len(compared(snapshot, query[0], ["kapal"])) == (len(typed) > 5)
    assert told(snapshot, query, query[0])


def test_of_long_words_the_first_letter_may_be_another_one(tmp_path: Path) -> None:
    assert 5.5 < slips("zorbekinta", "korbekinta") <= 8.0
    bodies = ["zorbekinta", *["korbekinta"] * 400, *["kapal layar"] * 200]
    snapshot = written(tmp_path, bodies)
    query = words_of(snapshot, "zorbekinta kapal")
    assert len(compared(snapshot, query[0], ["kapal"])) == 1
    assert told(snapshot, query, query[0])


def test_a_stop_word_is_not_meant(tmp_path: Path) -> None:
    snapshot = written(tmp_path, ["dengann"] + ["dengan"] * 400 + ["kapal layar"] * 200)
    assert told_of_first(snapshot, "dengann")
    assert told_of_first(snapshot, "dengann kapal")
