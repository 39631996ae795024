"""The contract of a search engine, on the embedded one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from whoosh import columns

from index.build import LocalTarget
from index.errors import IndexMissing
from index.fields import Facet
from index.schema import schema
from index.target import BuildOptions
from search.errors import BadCursor, PageTooDeep, QueryTooLong
from search.limits import MAX_DEPTH
from search.local import LocalEngine
from search.local.order import Cursor
from search.local.ranking import Ranking
from search.request import SearchRequest, Sort
from search.response import SearchResponse
from tests.conftest import ARCHIVE, article


@pytest.fixture
def engine(sample_index: Path) -> Iterator[LocalEngine]:
    opened = LocalEngine(sample_index)
    yield opened
    opened.close()


def ids(response: SearchResponse) -> list[str]:
    return [hit.id for hit in response.hits]


def ask(engine: LocalEngine, query: str = "", **options: object) -> SearchResponse:
    return engine.search(SearchRequest(query=query, per_page=20, **options))  # type: ignore[arg-type]


def test_all_words_must_match_where_enough_articles_have_them(sample_index: Path) -> None:
    engine = LocalEngine(sample_index, Ranking(enough=2))
    response = ask(engine, "harga beras")
    engine.close()
    assert ids(response) == ["a2", "a3"]
    assert response.total == 2
    assert not response.notes


def test_where_few_have_all_words_those_with_some_join_in(
    engine: LocalEngine,
) -> None:
    response = ask(engine, "harga beras")
    assert set(ids(response)[:2]) == {"a2", "a3"}
    assert {"a7", "a12"} <= set(ids(response)[2:])
    assert [note.code for note in response.notes] == ["widened"]


def test_where_no_article_has_all_words_some_suffice_and_a_note_says_so(
    engine: LocalEngine,
) -> None:
    response = ask(engine, "beras gempa")
    assert {"a2", "a4"} <= set(ids(response))
    assert [note.code for note in response.notes] == ["relaxed"]


def test_the_empty_query_finds_everything_newest_first(engine: LocalEngine) -> None:
    response = ask(engine)
    assert response.total == len(ARCHIVE)
    dates = [hit.date for hit in response.hits]
    known = [one for one in dates if one is not None]
    assert known == sorted(known, reverse=True)
    assert dates[-1] is None


def test_a_query_without_letters_finds_nothing(engine: LocalEngine) -> None:
    response = ask(engine, "?!")
    assert (response.total, [note.code for note in response.notes]) == (0, ["nothing-searchable"])


def test_a_phrase_matches_as_written(engine: LocalEngine) -> None:
    assert ids(ask(engine, '"kereta cepat"')) == ["a6"]
    assert set(ids(ask(engine, "kereta cepat"))) == {"a6", "a7"}


def test_the_exact_form_ranks_above_another_form_of_the_stem(tmp_path: Path) -> None:
    same = [
        article(1, "berita", "mereka membaca di sana"),
        article(2, "berita", "mereka bacakan di sana"),
    ]
    LocalTarget(tmp_path).rebuild(same, BuildOptions())
    engine = LocalEngine(tmp_path)
    assert ids(ask(engine, "membaca")) == ["a1", "a2"]
    assert ids(ask(engine, "bacakan")) == ["a2", "a1"]
    engine.close()


def test_hits_carry_what_a_list_shows(engine: LocalEngine) -> None:
    hit = ask(engine, "hubungan Rusia Kamboja").hits[0]
    assert hit.id == "a1"
    assert hit.title_html == (
        "<mark>Rusia</mark> dan <mark>Kamboja</mark> perkuat <mark>hubungan</mark>"
    )
    assert "<mark>Hubungan</mark>" in hit.snippet_html
    assert hit.facets == {
        Facet.SOURCE: "Kabar Nusa",
        Facet.PLACE: "Phnom Penh",
        Facet.CATEGORY: "Politik",
        Facet.AUTHOR: "Sari Dewi",
    }
    assert hit.date == datetime(2023, 5, 31, 17, tzinfo=UTC)
    assert hit.url == "https://example.com/rusia-kamboja"


def test_filters_are_or_within_a_facet_and_and_between_facets(engine: LocalEngine) -> None:
    assert set(ids(ask(engine, filters={Facet.PLACE: ("ambon",)}))) == {"a4", "a5", "a9"}
    assert set(ids(ask(engine, filters={Facet.PLACE: ("Ambon", "WAMENA")}))) == {
        "a4",
        "a5",
        "a9",
        "a11",
    }
    assert ids(ask(engine, filters={Facet.PLACE: ("Ambon",), Facet.SOURCE: ("suara rimba",)})) == [
        "a5"
    ]
    assert ids(ask(engine, filters={Facet.PLACE: ("Nowhere",)})) == []


def test_facets_count_as_if_their_own_filter_were_off(engine: LocalEngine) -> None:
    facets = ask(engine, "gempa", filters={Facet.SOURCE: ("Kabar Nusa",)}).facets
    sources = {value.value: (value.count, value.selected) for value in facets[Facet.SOURCE]}
    assert sources == {
        "Kabar Nusa": (1, True),
        "Suara Rimba": (1, False),
        "Harian Samudra": (1, False),
    }
    assert [(v.value, v.count) for v in facets[Facet.PLACE]] == [("Ambon", 1)]


def test_spellings_of_a_facet_value_are_one_shown_as_most_often_written(
    engine: LocalEngine,
) -> None:
    values = {value.value: value.count for value in ask(engine).facets[Facet.CATEGORY]}
    assert values["Ekonomi"] == 5
    assert "ekonomi" not in values


def test_days_are_those_of_jakarta_and_both_ends_count(engine: LocalEngine) -> None:
    day = date(2024, 1, 10)
    assert set(ids(ask(engine, date_from=day, date_to=day))) == {"a4", "a9"}
    assert "a10" not in ids(ask(engine, date_from=date(1, 1, 1), date_to=date(9999, 12, 31)))
    assert set(ids(ask(engine, "sejak:2024-01-10 sampai:2024-01-10"))) == {"a4", "a9"}


def test_the_histogram_adds_up_to_the_dated_hits(engine: LocalEngine) -> None:
    bins = ask(engine).histogram
    assert sum(one.count for one in bins) == len(ARCHIVE) - 1
    assert all((after.start - before.end).days == 1 for before, after in pairwise(bins))


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("query", ["", "gempa OR beras OR kereta"])
def test_pages_and_cursors_walk_through_the_same_row(
    engine: LocalEngine, sort: Sort, query: str
) -> None:
    everything = ids(ask(engine, query, sort=sort))
    by_page, by_cursor, cursor = [], [], None
    for page in range(1, 7):
        request = SearchRequest(query=query, sort=sort, per_page=2, page=page)
        by_page += ids(engine.search(request))
        response = engine.search(replace(request, page=1, cursor=cursor))
        assert response.page == (page if cursor or page == 1 else 1)
        by_cursor += ids(response)
        cursor = response.next_cursor
        if cursor is None:
            break
    assert by_cursor == everything
    assert by_page == everything


def test_oldest_first_is_newest_first_backwards_but_for_ties(engine: LocalEngine) -> None:
    newest = [hit.date for hit in ask(engine, sort=Sort.NEWEST).hits if hit.date]
    oldest = ask(engine, sort=Sort.OLDEST)
    assert [hit.date for hit in oldest.hits if hit.date] == newest[::-1]
    assert oldest.hits[-1].date is None
    assert all(hit.score is None for hit in oldest.hits)


@pytest.mark.parametrize("cursor", ["", "x", "AAAA", "é", "A" * 400])
def test_what_is_no_cursor_is_refused(engine: LocalEngine, cursor: str) -> None:
    with pytest.raises(BadCursor):
        engine.search(SearchRequest(cursor=cursor))


def test_a_cursor_of_another_sort_is_refused(engine: LocalEngine) -> None:
    cursor = engine.search(SearchRequest(per_page=2)).next_cursor
    with pytest.raises(BadCursor):
        engine.search(SearchRequest(per_page=2, cursor=cursor, sort=Sort.NEWEST))


def test_limits_are_refused_by_name(engine: LocalEngine) -> None:
    with pytest.raises(PageTooDeep, match="next_cursor"):
        engine.search(SearchRequest(page=MAX_DEPTH, per_page=2))
    with pytest.raises(QueryTooLong):
        engine.search(SearchRequest(query="a" * 501))


def test_a_spent_budget_gives_a_partial_answer_that_says_so(engine: LocalEngine) -> None:
    response = engine.search(SearchRequest(query="beras", budget_ms=-1))
    assert response.partial
    assert [note.code for note in response.notes] == ["partial"]


def test_equal_texts_are_counted_and_fold_into_one(engine: LocalEngine) -> None:
    response = ask(engine, "gempa guncang Ambon")
    assert {hit.id: hit.similar_count for hit in response.hits} == {"a4": 1, "a9": 1, "a5": 0} or {
        hit.id: hit.similar_count for hit in response.hits
    } == {"a4": 1, "a9": 1}
    folded = ask(engine, "gempa guncang Ambon", collapse=True)
    assert folded.total == response.total - 1
    assert ids(folded)[0] == ids(response)[0]


def test_recency_halves_a_score_every_half_life(engine: LocalEngine) -> None:
    plain = {hit.id: hit.score for hit in ask(engine, "beras").hits}
    faded = ask(engine, "beras", recency=365.0, explain=True)
    now = datetime.now(UTC)
    for hit in faded.hits:
        assert hit.date is not None
        assert hit.score is not None
        age = (now - hit.date).total_seconds() / 86_400
        original = plain[hit.id]
        assert original is not None
        assert hit.score == pytest.approx(original * 0.5 ** (age / 365), rel=1e-3)
        assert hit.explanation is not None
        assert hit.explanation.score == pytest.approx(hit.score)


def test_the_parts_of_an_explanation_add_up_to_the_score(engine: LocalEngine) -> None:
    for query in ("harga beras", '"kereta cepat"', "per* -gempa sumber:niaga", "beras ATAU gempa"):
        for hit in ask(engine, query, explain=True).hits:
            assert hit.explanation is not None
            total = sum(part.value for part in hit.explanation.parts)
            assert total * hit.explanation.factor == pytest.approx(hit.score)


def test_a_better_spelling_is_offered_for_unknown_words_that_are_not_corrected(
    engine: LocalEngine,
) -> None:
    assert ask(engine, "brass naik").suggestion == "beras naik"
    assert ask(engine, "perpustakan keliling").suggestion is None
    assert ask(engine, "kereta").suggestion is None
    assert ask(engine, "zzzzzz").suggestion is None


def test_suggestions_complete_the_last_word(engine: LocalEngine) -> None:
    found = engine.suggest("harga ber", 5)
    assert [one.text for one in found] == ["harga beras"]
    assert engine.suggest("harga ", 5) == []
    assert engine.suggest("", 5) == []
    counts = [one.count for one in engine.suggest("k", 10)]
    assert counts == sorted(counts, reverse=True)


def test_similar_articles_share_words_and_leave_the_article_out(engine: LocalEngine) -> None:
    response = engine.similar("a4", 3)
    assert response is not None
    assert "a4" not in ids(response)
    assert ids(response)[0] == "a9"
    assert engine.similar("nobody", 3) is None


def test_an_article_comes_back_as_it_was_given(engine: LocalEngine) -> None:
    for one in ARCHIVE:
        assert engine.article(one.id) == one
    assert engine.article("nobody") is None


def test_highlighting_escapes_everything_else(engine: LocalEngine) -> None:
    html = engine.highlight("naik", '<b>Harga</b> naik & "turun"')
    assert html == "&lt;b&gt;Harga&lt;/b&gt; <mark>naik</mark> &amp; &quot;turun&quot;"


def test_statistics_tell_what_the_index_holds(engine: LocalEngine) -> None:
    found = engine.statistics()
    assert found.articles == len(ARCHIVE)
    assert found.generation == engine.generation()
    assert (found.terms or 0) > 50
    assert (found.bytes or 0) > 1000
    assert found.oldest == datetime(2022, 11, 4, 17, tzinfo=UTC)


def test_a_new_generation_is_searched_at_once(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARCHIVE[:2], BuildOptions())
    engine = LocalEngine(tmp_path)
    assert ask(engine).total == 2
    before = engine.generation()
    target.update(ARCHIVE[2:4], BuildOptions())
    response = ask(engine)
    assert response.total == 4
    assert response.generation == engine.generation() != before
    engine.close()


def test_deleted_articles_are_found_by_nothing(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARCHIVE, BuildOptions())
    target.delete(["a4"], BuildOptions())
    engine = LocalEngine(tmp_path)
    for query in ("", "gempa", '"gempa guncang"', "gem*", "-beras"):
        assert "a4" not in ids(ask(engine, query))
    assert engine.article("a4") is None
    assert ask(engine).total == len(ARCHIVE) - 1
    engine.close()


def test_a_missing_index_is_reported_by_the_first_question(tmp_path: Path) -> None:
    engine = LocalEngine(tmp_path / "none")
    with pytest.raises(IndexMissing):
        engine.search(SearchRequest())


def test_threads_get_the_answers_that_one_alone_gets(engine: LocalEngine) -> None:
    queries = ["beras", "gempa", '"kereta cepat"', "per*", "", "harga beras", "-gempa"] * 12
    alone = [(ids(ask(engine, query)), ask(engine, query).total) for query in queries]
    engine.close()
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda query: ask(engine, query), queries))
    assert [(ids(one), one.total) for one in together] == alone


def test_pages_by_cursor_stay_in_step_while_time_passes(tmp_path: Path) -> None:
    """Recency counts from the moment of the first page."""
    same = [article(n, "kabar", f"beras {'x ' * n}", "2024-01-10") for n in range(30)]
    LocalTarget(tmp_path).rebuild(same, BuildOptions())
    engine = LocalEngine(tmp_path)
    seen: list[str] = []
    request = SearchRequest("beras", per_page=1, recency=30.0)
    while True:
        response = engine.search(request)
        seen += ids(response)
        if response.next_cursor is None:
            break
        request = replace(request, cursor=response.next_cursor)
    engine.close()
    assert len(seen) == len(set(seen)) == 30


def test_the_last_page_number_of_a_cursor_is_refused(engine: LocalEngine) -> None:
    for page in (0, 2**32 - 1):
        cursor = Cursor(Sort.RELEVANCE, page, 1e300, 0, 0, 0).encode()
        with pytest.raises(BadCursor):
            engine.search(SearchRequest(cursor=cursor))


def test_explanations_leave_out_branches_that_do_not_match(engine: LocalEngine) -> None:
    for query in ("(harga panen) ATAU kereta", "-(beras -panen) gempa ATAU beras"):
        for hit in ask(engine, query, explain=True).hits:
            assert hit.explanation is not None
            assert hit.explanation.score == pytest.approx(hit.score)


def test_an_excluded_prefix_excludes_all_of_its_words(tmp_path: Path) -> None:
    many = [article(n, "kabar", f"beras me{'abcdefghij'[n % 10]}{n}") for n in range(90)]
    LocalTarget(tmp_path).rebuild([*many, article(90, "kabar", "beras saja")], BuildOptions())
    engine = LocalEngine(tmp_path)
    assert ids(ask(engine, "beras -me*")) == ["a90"]
    response = ask(engine, "me*")
    assert response.total == 64
    assert [note.code for note in response.notes] == ["prefix-cut"]
    engine.close()


def test_without_time_prefixes_spellings_and_explanations_are_left_out(
    engine: LocalEngine,
) -> None:
    for query in ("ber*", "-ber*", "tidaakk ada", '"kereta cepat"'):
        response = engine.search(SearchRequest(query, budget_ms=-1, explain=True))
        assert response.partial
        assert response.hits == ()
        assert response.suggestion is None


def test_huge_articles_are_looked_at_in_part(tmp_path: Path) -> None:
    LocalTarget(tmp_path).rebuild(
        [article(1, "x " * 500_000, "kata " * 200_000 + "beras")], BuildOptions()
    )
    engine = LocalEngine(tmp_path)
    (hit,) = ask(engine, "beras").hits
    assert len(hit.title_html) < 400
    assert hit.snippet_html.startswith("kata kata")
    assert engine.similar("a1", 3) is not None
    engine.close()


def test_many_facet_values_survive(tmp_path: Path) -> None:
    """Whoosh's RefBytesColumn would drop those after the 65,535th of a segment."""
    assert not isinstance(schema()["author"].column_type, columns.RefBytesColumn)
    many = [article(n, "k", "beras", author=f"Penulis {n}") for n in range(300)]
    LocalTarget(tmp_path).rebuild(many, BuildOptions())
    engine = LocalEngine(tmp_path)
    assert ids(ask(engine, filters={Facet.AUTHOR: ("penulis 299",)})) == ["a299"]
    engine.close()


def test_suggestions_complete_a_doubled_word_as_a_whole(tmp_path: Path) -> None:
    LocalTarget(tmp_path).rebuild(
        [article(0, "Undang-undang baru soal Covid-19", "Isi."), article(1, "Undangan", "Isi.")],
        BuildOptions(),
    )
    engine = LocalEngine(tmp_path)
    texts = {text: [one.text for one in engine.suggest(text, 5)] for text in (
        "undang-un", "bahas undang-und", "covid-1", "Rusia-unda", "undang-", "judul:undang-un",
        '"undang-un', "(-Undang-un", "bahas undang\u2011un", "undang-un ", "undang--un", "-", "",
    )}  # fmt: skip
    engine.close()
    assert texts == {
        "undang-un": ["undang-undang"],
        "bahas undang-und": ["bahas undang-undang"],
        "covid-1": ["covid-19"],
        "Rusia-unda": ["Rusia-undang-undang", "Rusia-undangan"],
        "undang-": ["undang-undang"],
        "judul:undang-un": ["judul:undang-undang"],
        '"undang-un': ['"undang-undang'],
        "(-Undang-un": ["(-undang-undang"],
        "bahas undang\u2011un": ["bahas undang-undang"],
        "undang-un ": [],
        "undang--un": ["undang--undang-undang", "undang--undangan"],
        "-": [],
        "": [],
    }


def test_by_date_only_articles_with_all_words_are_shown_where_there_are_any(
    engine: LocalEngine,
) -> None:
    for sort in (Sort.NEWEST, Sort.OLDEST):
        response = ask(engine, "harga beras", sort=sort)
        assert set(ids(response)) == {"a2", "a3"}
        assert not response.notes
        assert [note.code for note in ask(engine, "beras gempa", sort=sort).notes] == ["relaxed"]


def test_stop_words_are_not_insisted_on_and_not_marked(engine: LocalEngine) -> None:
    plain, with_stops = ask(engine, "harga beras"), ask(engine, "harga untuk beras yang")
    assert set(ids(with_stops)[:2]) == set(ids(plain)[:2]) == {"a2", "a3"}
    assert all("<mark>yang</mark>" not in hit.snippet_html for hit in with_stops.hits)


def test_a_query_of_stop_words_alone_looks_for_them(engine: LocalEngine) -> None:
    only = ask(engine, "yang di", sort=Sort.NEWEST)
    assert only.total
    assert all("<mark>" in hit.title_html + hit.snippet_html for hit in only.hits)
    in_field = ask(engine, "yang di sumber:antara", sort=Sort.NEWEST)
    assert all(hit.facets[Facet.SOURCE] in {"ANTARA", "Antara"} for hit in in_field.hits)


def test_stop_words_below_an_exclusion_are_insisted_on(engine: LocalEngine) -> None:
    everything = ask(engine, "harga").total
    assert ask(engine, "harga -(tiadaada yang)").total == everything
    assert ask(engine, "harga -(beras tiadaada)").total == everything
