"""The short way of plain words gives what the general road gives, for the same counted work."""

from __future__ import annotations

from datetime import date
from functools import partial
from math import inf
from pathlib import Path
from random import Random

import orjson
import pytest

from index.analysis import analysis
from index.article import Article
from index.build import LocalTarget
from index.dates import local_today
from index.target import BuildOptions
from search.budget import Budget
from search.local.completing.doubts import is_doubtful, is_known, known_and_doubtful
from search.local.plain.at_once import Composed, spelt_of
from search.local.plain.road import Understood, _asked
from search.local.plans import Plans
from search.local.queries import Queries
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.scoring.feature_plan import plan_features
from search.local.scoring.holding import typed
from search.local.scoring.ranking import Ranking
from search.local.weighting import BM25
from search.query.day_offers import offered_days
from search.query.parse import Parsed
from search.query.rewrite import words_in
from search.query.syntax.boolean import AllOf
from search.question import parsed
from tests.bench.corpora import articles_path, queries, questions, records
from tests.conftest import article
from tests.search.local.archives import write_archive

BODIES = (
    "sepak bola sepakbola persepakbolaan liga 1 covid19 covid 19 covid-19 harga emas antam turun",
    "Siapa presiden Indonesia tahun 2019 tanggal 17 agustus pemerintah daerah anti korupsi",
    "jawa pos jawapos sering kali seringkali JakartaKita kita jakarta beras naik lagi dan turun",
    "email e mail take over takeover apa nama ibu kota negara kata kali dalam ada buku buku",
)
ODD = (
    *("a", "di", "yang", "dan", "or", "and", "not", "OR", "TANPA", "near", "NEAR", "5", "19"),
    *("Siapa", "berapa", "apakah", "tahun", "mei", "2020", "Rp15", "x1", "buku2", "pemerintha"),
    *(
        "rp15",
        "rp2020",
        "Rp1",
        "5kg",
        "tidakada",
        "qwertyuiop",
        "e",
        "anti",
        "korupsi",
        "pro",
        "nya",
        "diantara",
        "ya" * 60,
    ),
)


def numbered(bodies: list[str], start: int = 0) -> list[Article]:
    return [article(start + at, body[:30], body) for at, body in enumerate(bodies)]


def plans_of(path: Path, ranking: Ranking | None = None) -> Plans:
    return Plans(Rows(Snapshot(path), BM25()), ranking or Ranking())


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Plans:
    found = tmp_path_factory.mktemp("plain") / "index"
    parts = [numbered([*BODIES] * 5), numbered([*BODIES[:2]], 20)]
    write_archive(found, parts, {3})
    return plans_of(found)


@pytest.fixture(scope="module")
def of_news(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Plans:
    found = tmp_path_factory.mktemp("news") / "index"
    articles = [
        article(number, record["title"], record["body"])
        for number, record in enumerate(records(articles_path(data, small=True)))
    ]
    LocalTarget(found).rebuild(articles, BuildOptions())
    return plans_of(found)


def understood(
    plans: Plans, text: str, budget: Budget | None = None, *, correct: bool = True
) -> Understood | Parsed | None:
    """What the road gives; what was composed at once as the steps would give it."""
    found = plans._road.understood(text, budget or Budget(inf), correct=correct)
    if not isinstance(found, Composed):
        return found
    plan = plans.planner.of((text, correct, local_today()), found, Budget(inf), Budget(inf))
    searched, spelt = found.searched(), spelt_of(found)
    return Understood(plan.queries, searched, spelt, found.tells_days, found.doubtful)


def require_same(plans: Plans, text: str, *, correct: bool = True, most: float = inf) -> bool:
    """Whether the text goes the short way, where all must be as on the general road."""
    short, general = Budget(inf, most), Budget(inf, most)
    found = understood(plans, text, short, correct=correct)
    if not isinstance(found, Understood):
        assert not short.work
        assert not short.partial
        assert found is None or repr(found) == repr(parsed(text, plans._rows.snapshot.analysis))
        return False
    how = plans._rows.snapshot.analysis
    question, spelt = plans._understood(parsed(text, how), general, correct=correct)
    assert not general.partial
    assert short.work == general.work
    asked = found.queries.question
    # What compares equal may still differ in capitals, holders and what was typed.
    assert repr(asked).removeprefix("Plain") == repr(question)
    assert asked == question
    assert question == asked
    assert {repr(word) for word in found.spelt} == {repr(word) for word in spelt}
    for name in ("relaxed", "spared", "insisted_on", "marked", "parts", "nothing"):
        assert getattr(asked, name) == getattr(question, name), name
    if found.queries.typed is not None:
        assert found.queries.typed == typed(question, how)
    snapshot = plans._rows.snapshot
    doubtful = {one for one in words_in(parsed(text, how).root) if is_doubtful(snapshot, one)}
    assert set(found.doubtful) == doubtful - spelt
    expected = Queries(question, plans._ranking)
    for name in ("flat", "terms", "query", "relaxed", "spared", "complete_first"):
        assert getattr(found.queries, name) == getattr(expected, name), name
    day = partial(offered_days, text, today=parsed_day())
    assert found.tells_days or not day(root=question.root)
    return True


def parsed_day() -> date:
    return date(2024, 5, 17)


def test_one_count_tells_whether_words_are_known_and_whether_they_are_doubtful(
    plans: Plans,
) -> None:
    snapshot = plans._rows.snapshot
    vocabulary = {*" ".join((*BODIES, *ODD, "berasnya diberasi pemerintha")).split()} - {"or", "OR"}
    roots = [parsed(text, snapshot.analysis).root for text in sorted(vocabulary)]
    words = [word for root in roots for word in words_in(root)]
    told = [known_and_doubtful(snapshot, word) for word in words]
    assert told == [(is_known(snapshot, one), is_doubtful(snapshot, one)) for one in words]
    assert len(set(told)) > 2


@pytest.mark.parametrize("correct", [True, False])
def test_short_texts_of_all_kinds_of_words(plans: Plans, *, correct: bool) -> None:
    random = Random(5)
    vocabulary = [*" ".join(BODIES).replace("-", " ").split(), *ODD]
    short = 0
    for _ in range(800):
        words = random.choices(vocabulary, k=random.choice((1, 2, 2, 3, 3, 4, 6, 40)))
        if random.random() < 0.3:
            words = [word.capitalize() if random.random() < 0.5 else word for word in words]
        short += require_same(plans, " ".join(words), correct=correct)
    assert short > 200


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "harga  emas", " harga", "harga-emas", "harga, emas", "\u00e9mas", "emas*"),
        *('"harga emas"', "harga ATAU emas", "near 5", "TIDAK ada", "judul:emas", "+harga emas"),
        *(
            "harga OR emas turun",
            "harga OR",
            "OR",
            "harga OR OR emas",
            "yang OR harga",
            "emas OR Emas",
        ),
    ],
)
def test_other_texts_are_left_to_the_general_road(plans: Plans, text: str) -> None:
    assert understood(plans, text) is None


def test_work_that_does_not_suffice_is_left_to_the_general_road(plans: Plans) -> None:
    text = "harga emas presiden daerah"
    whole = Budget(inf)
    assert require_same(plans, text)
    understood(plans, text, whole)
    assert whole.work
    assert require_same(plans, text, most=whole.work)
    assert not require_same(plans, text, most=whole.work - 1)


@pytest.mark.parametrize(
    "text",
    [
        *("sepak bola", "sepakbola", "liga sepakbola", "Sepak Bola liga", "harga sepak bola"),
        *("covid 19 turun", "covid19", "jawa pos sering kali", "siapa presiden sepakbola"),
        *("Siapa Presiden Jawa Pos", "anti korupsi daerah", "tidakada sepakbola"),
    ],
)
@pytest.mark.parametrize("partial", [True, False])
def test_words_that_are_one_go_the_short_way(plans: Plans, text: str, *, partial: bool) -> None:
    """With one that no article has, and in questions of which names weigh otherwise."""
    assert require_same(Plans(plans._rows, Ranking(partial=partial)), text)
    assert require_same(plans, text)


def test_one_word_of_two_beside_optional_ones_is_left_to_the_general_road(plans: Plans) -> None:
    """It need not match whole there, which no kernel knows."""
    assert not require_same(plans, "yang sepak bola")
    assert require_same(Plans(plans._rows, Ranking(partial=False)), "yang sepak bola")
    assert require_same(plans, "yang sepakbola")


@pytest.mark.parametrize("text", ["harga emas", "liga sepak bola", "Sepakbola liga", "email"])
def test_words_are_known_as_they_were_typed_also_those_that_are_one(
    plans: Plans, text: str
) -> None:
    found = understood(plans, text)
    assert isinstance(found, Understood)
    assert found.queries.typed == tuple(text.lower().split())
    assert require_same(plans, text)


def test_words_of_which_some_are_no_words_do_not_go_the_short_way() -> None:
    """Facts are told by their places, so that there is one for each."""
    how = analysis()
    words = words_in(parsed("siapa presiden indonesia", how).root)
    phrase = parsed('"presiden indonesia"', how).root
    assert phrase is not None
    asked = _asked("siapa presiden indonesia", AllOf(tuple(words)), how)
    assert asked is not None
    assert [one.surface for one in asked[1]] == ["siapa", "presiden", "indonesia"]
    assert _asked("siapa presiden indonesia", AllOf((words[0], phrase, words[1])), how) is None


@pytest.mark.parametrize("correct", [True, False])
def test_words_of_which_any_suffices(plans: Plans, *, correct: bool) -> None:
    """Those that are unknown, ask, tell days, or are two words, among them."""
    random = Random(6)
    vocabulary = [*" ".join(BODIES).replace("-", " ").split(), *ODD]
    short = 0
    for _ in range(300):
        words = random.choices(vocabulary, k=random.choice((2, 2, 3, 3, 4, 33)))
        short += require_same(plans, " OR ".join(words), correct=correct)
    assert short > 50
    assert require_same(plans, "jakarta OR sepakbola OR sepak OR bola", correct=correct)


@pytest.mark.parametrize("text", ["rp15", "harga rp15 emas", "Rp15 rp 15", "rp1 juni", "rp9 rp8"])
def test_words_without_a_blank_between_them_go_the_short_way(plans: Plans, text: str) -> None:
    assert require_same(plans, text)
    found = understood(plans, text)
    assert isinstance(found, Understood)
    assert found.tells_days


def test_words_of_which_any_suffices_are_planned_as_on_the_general_road(plans: Plans) -> None:
    for text in ("jakarta OR beras", "jakarta OR sepakbola", "siapa OR presiden"):
        plan = plans.plan(text, Budget(inf))
        queries = plan.queries
        assert queries.typed == ()
        features = plans._ranking.features
        general = Queries(plan.question, plans._ranking)
        assert plan.features == plan_features(general, features, plans._rows, Budget(inf))


def test_a_compound_is_made_once(plans: Plans) -> None:
    found = [understood(plans, text) for text in ("sepak bola", "liga sepak bola")]
    alone, among = (one.queries.flat for one in found if isinstance(one, Understood))
    assert alone is not None
    assert among is not None
    assert alone.words[0] is among.words[-1]
    assert alone.words[0].query is not None


def test_the_same_where_all_words_are_needed(plans: Plans) -> None:
    strict = Plans(plans._rows, Ranking(partial=False))
    assert require_same(strict, "harga emas turun yang naik")
    found = strict.plan("harga emas turun", Budget(inf))
    assert found.flat is not None
    assert not found.flat.loose


def test_of_a_single_word_all_that_is_known_is_kept(plans: Plans) -> None:
    first, again = (understood(plans, "jakarta") for _ in range(2))
    assert isinstance(first, Understood)
    assert isinstance(again, Understood)
    assert first.queries.flat is not None
    assert again.queries.flat is not None
    assert first.queries.flat.words[0] is again.queries.flat.words[0]


def test_what_people_typed_and_asked(of_news: Plans, data: Path) -> None:
    typed = queries(data, 400)
    short = sum(require_same(of_news, text) for text in typed)
    assert short >= 0.95 * len(typed)
    asked = [" ".join(one.strip("?.,") for one in text.split()) for text in questions(data, 200)]
    assert sum(require_same(of_news, text) for text in asked) > 50


def test_sequences_of_words_that_people_typed(of_news: Plans, data: Path) -> None:
    """Unknown words, words cut apart and glued among them."""
    random = Random(16)
    known = [
        word
        for text in orjson.loads((data / "news/user-queries.json").read_bytes())
        for word in text.split()
    ]
    for _ in range(400):
        words = []
        for _ in range(random.randint(1, 5)):
            word = random.choice(known)
            at = random.randrange(len(word))
            word = random.choice(
                (
                    word,
                    word,
                    word[:at] + word[at + 1 :] or "a",
                    word + "x",
                    f"{word[:at]} {word[at:]}".strip(),
                    word + random.choice(known),
                )
            )
            words.append(word)
        require_same(of_news, " ".join(words))
