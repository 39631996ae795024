"""Articles that have a query as it was typed come first, by the road and for the reason told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from search.local.engine import LocalEngine
from search.local.reading.openings import TOKENS, in_order, runs
from search.local.scoring.ranking import Features, Ranking
from search.request import SearchRequest
from search.response import Hit
from tests.search.local.archives import write_archive

_DAY = datetime(2024, 1, 1, tzinfo=UTC)
_BEST = "harga emas antam hari ini " * 9
"""A body that is worth more than any title."""


def _engine(path: Path, *articles: tuple[str, str]) -> LocalEngine:
    """An engine over articles a1, a2, ... of titles and bodies."""
    archive = [Article(f"a{n}", *one, _DAY) for n, one in enumerate(articles, start=1)]
    write_archive(path, [archive[::2], archive[1::2]], set())
    return LocalEngine(path)


def _first(engine: LocalEngine, typed: str) -> str:
    return engine.search(SearchRequest(typed)).hits[0].id


def _gained(hit: Hit) -> dict[str, tuple[str, str]]:
    assert hit.explanation is not None
    return {
        part.feature: (part.field, part.word)
        for part in hit.explanation.parts
        if part.feature in {"headline", "verbatim"}
    }


def test_titles_come_first_by_how_much_of_them_is_the_query(tmp_path: Path) -> None:
    engine = _engine(
        tmp_path,
        ("Antam", _BEST),
        ("Kabar pasar", "kata orang harga emas antam turun" + " lagi" * 300),
        ("Harga jual emas batangan Antam turun", "isi " * 300),
        ("Kini harga emas Antam turun", "isi " * 300),
        ("Harga emas Antam turun", "isi " * 300),
        ("Antam turun", _BEST + "turun"),
    )
    hits = engine.search(SearchRequest("harga emas antam turun", explain=True)).hits
    words = "harga emas antam turun"
    assert [(hit.id, _gained(hit)) for hit in hits[:5]] == [
        ("a5", {"headline": ("title_exact", words)}),
        ("a4", {"headline": ("title_exact", words)}),
        ("a3", {"headline": ("title_exact", words)}),
        ("a2", {"verbatim": ("body_exact", words)}),
        ("a6", {}),
    ]
    engine.close()


@pytest.mark.parametrize(
    "typed",
    [
        'Prabowo: "Harga beras turun" - kata Tito (MDGR)',
        "prabowo harga beras turun kata tito mdgr",
        "PRABOWO: “HARGA BERAS TURUN” – KATA TITO",
        "Harga beras turun - kata Tito (MDGR)",
        'Prabowo: "Harga beras turun',
        "beras turun kata tito mdgr",
        "Prabowo harga beras turun, Tito MDGR",
    ],
)
def test_a_pasted_headline_finds_its_article_first(tmp_path: Path, typed: str) -> None:
    engine = _engine(
        tmp_path,
        ("Beras", "prabowo beras turun harga mdgr kata tito " * 9),
        ('Prabowo: "Harga Beras Turun" - Kata Tito (MDGR)', "isi " * 300),
    )
    assert _first(engine, typed) == "a2"
    engine.close()


@pytest.mark.parametrize(
    "typed",
    [
        "Harga Sepak Bola Turun di Bali - Kabar.com",
        "Harga Sepak Bola Turun di Bali Halaman all | detikNews",
        "KABAR.com - Harga sepak bola turun di Bali",
        "Baca juga: Harga sepak bola turun di Bali | Kabar",
        "harga sepak bola turun di ba",
        "Harga sepak bola turun di B...",
    ],
)
def test_a_headline_has_the_name_of_a_site_beside_it_or_is_cut(tmp_path: Path, typed: str) -> None:
    engine = _engine(
        tmp_path,
        ("Kabar", "harga turun bola sepak bali com kabar baca juga halaman all batik " * 9),
        ("Harga sepak bola turun di Bali", "isi " * 300),
        ("Harga sepak bola", "isi " * 300),
        ("Kini harga sepak bola turun", "isi " * 300),
    )
    assert _first(engine, typed) == "a2"
    engine.close()


def test_words_written_together_or_apart_are_part_of_a_headline(tmp_path: Path) -> None:
    engine = _engine(
        tmp_path,
        ("Kabar", "sepak bola bali lagi ramai sepakbola " * 9),
        ("Sepak bola Bali ramai lagi", "isi " * 300),
    )
    hits = engine.search(SearchRequest("sepak bola bali ramai lagi", explain=True)).hits
    assert [(hit.id, list(_gained(hit))) for hit in hits] == [("a2", ["headline"]), ("a1", [])]
    engine.close()


def test_a_word_may_stand_twice_in_a_headline(tmp_path: Path) -> None:
    engine = _engine(
        tmp_path,
        ("Harga emas dan beras", "harga beras dan emas " * 9),
        ("Harga emas dan harga beras", "isi " * 300),
    )
    assert _first(engine, "harga emas dan harga beras") == "a2"
    engine.close()


def test_of_few_words_titles_must_begin_with_them(tmp_path: Path) -> None:
    engine = _engine(
        tmp_path,
        ("Antam", _BEST),
        ("Lagi-lagi emas antam", "isi " * 300),
        ("Emas Antam turun", "isi " * 300),
        ("Emas", "isi " * 300),
    )
    hits = engine.search(SearchRequest("emas antam", explain=True)).hits
    assert [hit.id for hit in hits[:2]] == ["a3", "a1"]
    assert [hit.id for hit in hits if _gained(hit)] == ["a3"]
    assert _first(engine, "emas") == "a4"
    engine.close()


def test_links_to_other_articles_are_not_the_articles_words(tmp_path: Path) -> None:
    link = "Baca juga: Kereta cepat tiba di Bali. "
    engine = _engine(
        tmp_path,
        ("Bandung", "kereta cepat " + "isi " * 100 + link + "tiba di bali"),
        ("Pulau", "isi " * 300 + "kata orang kereta cepat tiba di bali " + link),
        ("Kereta", "kereta cepat tiba bali di"),
    )
    hits = engine.search(SearchRequest("kereta cepat tiba di bali", explain=True)).hits
    assert {hit.id: bool(_gained(hit)) for hit in hits} == {"a1": False, "a2": True, "a3": False}
    assert hits[0].id == "a2"
    engine.close()


def test_what_is_more_than_words_in_any_field_has_no_headline(tmp_path: Path) -> None:
    engine = _engine(tmp_path, ("Kereta cepat", "kereta cepat tiba di bali"))
    for typed in ("kereta ATAU cepat", "kereta cep*", "isi:kereta cepat", "judul:kereta"):
        hits = engine.search(SearchRequest(typed, explain=True)).hits
        assert [_gained(hit) for hit in hits] == [{}], typed
    for typed in ("kereta cepat -ambon", "kereta sejak:2000-01-01 cepat", '"kereta cepat"'):
        hits = engine.search(SearchRequest(typed, explain=True)).hits
        assert [list(_gained(hit)) for hit in hits] == [["headline"]], typed
    engine.close()


def test_many_that_hold_the_query_are_in_one_order_on_every_page(tmp_path: Path) -> None:
    """Those with the headline stand behind 32 others by what the words give."""
    parts = [("Kereta cepat", "isi " * (300 + n)) for n in range(9)]
    parts += [("Kabar", "kereta cepat " * (n % 7 + 1)) for n in range(60)]
    write_archive(tmp_path, [[Article(f"a{n}", *one, _DAY) for n, one in enumerate(parts)]], set())
    for features in (Features(candidates=4), Features()):
        engine = LocalEngine(tmp_path, Ranking(features=features))
        whole = engine.search(SearchRequest("kereta cepat", per_page=100)).hits
        first = {f"a{n}" for n in range(9)} & {hit.id for hit in whole[: features.candidates]}
        assert len(first) == min(features.candidates, 9)
        for facets in (False, True):
            for size in (1, 7):
                pages = [
                    engine.search(
                        SearchRequest("kereta cepat", page=page, per_page=size, facets=facets)
                    ).hits
                    for page in range(1, 10)
                ]
                walked = [hit.id for hits in pages for hit in hits]
                assert walked == [hit.id for hit in whole[: 9 * size]]
        engine.close()


def test_one_word_that_is_a_whole_title_is_first_wherever_only_leading_ones_are_looked_at(
    tmp_path: Path,
) -> None:
    parts = [("Kabar", "emas " * (n % 7 + 1)) for n in range(60)] + [("Emas", "isi " * 300)]
    write_archive(tmp_path, [[Article(f"a{n}", *one, _DAY) for n, one in enumerate(parts)]], set())
    engine = LocalEngine(tmp_path)
    for facets in (False, True):
        response = engine.search(SearchRequest("emas", per_page=3, facets=facets))
        assert (response.hits[0].id, response.total) == ("a60", 61)
    engine.close()


_bits = st.lists(st.integers(0, 2**TOKENS - 1) | st.integers(0, 2**8 - 1), min_size=1, max_size=4)


@given(_bits)
def test_runs_and_orders_are_those_of_positions(bits: list[int]) -> None:
    arrays = [np.array([one], np.uint64) for one in bits]
    places = [[p for p in range(TOKENS) if one >> p & 1] for one in bits]
    begins = [p for p in places[0] if all(p + n in of for n, of in enumerate(places))]
    assert [p for p in range(TOKENS) if int(runs(arrays)[0]) >> p & 1] == begins
    reached = -1
    for of in places:
        reached = min((p for p in of if p > reached), default=TOKENS)
    assert in_order(arrays).tolist() == [reached < TOKENS]
