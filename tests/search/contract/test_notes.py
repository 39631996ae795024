"""What an answer tells of itself: notes, corrected words, a better spelling, the query as asked."""

from __future__ import annotations

from datetime import date
from math import isfinite

import pytest

from search.engine import SearchEngine
from search.messages import CODES, sentence
from tests.conftest import article
from tests.search.asking import ask, codes, ids
from tests.search.conftest import Make

EXAMPLES = {
    "relaxed": "beras gempa",
    "not-together": '"gempa beras" naik',
    "unclosed-quote": 'warga "kereta cepat',
    "unclosed-parenthesis": "(gempa",
    "too-deep": f"{'(' * 17}gempa{')' * 17}",
    "only-excluded": "-gempa",
    "too-many-words": " ".join(f"kata{n}" for n in range(40)),
    "field-without-value": "gempa sumber:",
    "unknown-operator": "kor%psi",
    "ignored-operator": "gempa XOR ambon",
    "lone-operator": "gempa NOT",
    "quoted-operator": 'gempa "NOT ambon"',
    "excludes-nothing": "gempa -5",
    "doubled-word": "gempa -gempa",
    "excludes-several": "gempa -Ambon -Maluku -Seram Barat -Buru",
    "excludes-part": "gempa -Maluku Tengah",
    "asked-and-excluded": "gempa NOT gempa",
    "lower-case-operator": "gempa or banjir",
    "operator-as-word": "PEJABAT PULANG DARI AMBON TANPA MASKER",
    "unknown-field": "subject:gempa",
    "unknown-filter": "inurl:antaranews.com gempa",
    "unknown-filter-excluded": "gempa -inurl:antaranews.com",
    "unknown-value": "gempa sumber:xyz",
    "nearest-values": "gempa sumber:nuza",
    "prefix-too-short": "gempa p*",
    "pattern-too-short": "gempa *an",
    "fuzzy-distance": "gempa~3",
    "fuzzy-too-short": "gempa a~1",
    "near-least": '"gempa beras naik"~1',
    "near-distance": "gempa NEAR ambon",
    "near-apart": "gempa NEAR/5 sumber:antara",
    "near-too-many": "(a b c d e f) NEAR/3 (g h i j k l)",
    "bad-date": "gempa sejak:agustus",
    "bad-date-excluded": "gempa -tanggal:2023-02-30",
    "days-meant": "gempa tanggal:Q1-2024",
    "no-days": "gempa sejak:2024-01-02 sampai:2024-01-01",
    "values-apart": "gempa tempat:ambon tempat:wamena",
    "nothing-searchable": "?!",
    "corrected": "keliling perpustakan",
    "other-number": "gempa 5.4",
    "no-article-has": "gempa Semeru",
}

ELSEWHERE = {
    "begun-values",  # needs an archive with sites: test_filters
    "several-values",  # the same
    "none-with-all",  # articles with some of the words must be left out: test_matching
    "prefix-cut",  # needs an archive with many words: test_matching
    "pattern-cut",  # the same: tests/search/local/matching/test_pattern.py
    "fuzzy-cut",  # the same
    "partial",  # what a budget cuts short is the engine's own matter
    "unmarked",  # needs long articles: tests/web/test_long_articles.py
}


def test_every_note_has_an_example() -> None:
    assert EXAMPLES.keys() | ELSEWHERE == CODES


@pytest.mark.parametrize("code", EXAMPLES)
def test_notes_have_a_sentence_in_each_language(engine: SearchEngine, code: str) -> None:
    notes = ask(engine, EXAMPLES[code]).notes
    assert code in {note.code for note in notes}
    for note in notes:
        english, indonesian = sentence(note, "en"), sentence(note, "id")
        assert english != indonesian
        for fact in note.facts.values():
            assert fact in english or note.code == "days-meant"
            assert fact in indonesian or note.code == "days-meant"
            assert fact in english + indonesian


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("unclosed-quote", '"kereta'),
        ("unclosed-parenthesis", "(gempa"),
        ("field-without-value", "sumber:"),
        ("unknown-operator", "kor%psi"),
        ("ignored-operator", "XOR"),
        ("pattern-too-short", "*an"),
        ("fuzzy-distance", "gempa~3"),
        ("near-distance", "NEAR"),
        ("near-apart", "NEAR/5"),
        ("lone-operator", "NOT"),
        ("excludes-nothing", "-5"),
        ("doubled-word", "-gempa"),
        ("excludes-several", "-Ambon"),
        ("excludes-part", "-Maluku"),
        ("asked-and-excluded", "NOT"),
        ("lower-case-operator", "or"),
        ("operator-as-word", "TANPA"),
        ("unknown-filter", "inurl:"),
        ("nearest-values", "sumber:"),
        ("prefix-too-short", "p*"),
        ("bad-date", "agustus"),
        ("bad-date-excluded", "2023"),
        ("days-meant", "Q1-2024"),
        ("no-days", "sampai:"),
        ("values-apart", "tempat:wamena"),
        ("corrected", "perpustakan"),
        ("no-article-has", "Semeru"),
    ],
)
def test_a_note_on_a_place_of_the_query_has_its_offset(
    engine: SearchEngine, code: str, place: str
) -> None:
    query = EXAMPLES[code]
    (note,) = (note for note in ask(engine, query).notes if note.code == code)
    assert note.position == query.index(place)


def test_notes_are_the_same_with_every_page_and_without_facets(engine: SearchEngine) -> None:
    for query in EXAMPLES.values():
        notes = ask(engine, query).notes
        assert ask(engine, query, per_page=1).notes == notes
        assert ask(engine, query, facets=False, snippets=False).notes == notes
        assert ask(engine, query, explain=True).notes == notes


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("gempa NOT gempa", ["gempa"]),
        ("harga beras -harga", ["harga"]),
        ("siapa gubernur NOT siapa", []),
        ("kereta-cepat NOT kereta-cepat", []),
        # What was corrected is found, what is excluded is not.
        ("perpustakan NOT perpustakan", []),
        ("gempa OR (beras NOT beras)", []),
    ],
)
def test_what_is_asked_and_excluded_is_told_where_nothing_has_all(
    engine: SearchEngine, query: str, said: list[str]
) -> None:
    response = ask(engine, query)
    told = [one.facts["excluded"] for one in response.notes if one.code == "asked-and-excluded"]
    assert told == said
    assert not (told and response.total)


def test_where_filters_leave_nothing_no_note_says_that_something_is_shown(
    engine: SearchEngine,
) -> None:
    for query in ("beras gempa", "harga beras", "beras gempa sejak:2030-01-01"):
        response = ask(engine, query, date_from=date(2030, 1, 1))
        assert (response.total, codes(response)) == (0, [])


@pytest.mark.parametrize("query", ["", "  harga   beras ", "Harga BERAS", "?!", "beraz", '"gempa'])
def test_the_query_comes_back_as_it_was_asked(engine: SearchEngine, query: str) -> None:
    assert ask(engine, query).query == query


@pytest.mark.parametrize("query", ["ﬁnal liga", "ＢＲＩ ２０２５", "𝗴𝗲𝗺𝗽𝗮", "gempa ambon"])
def test_letters_in_another_dress_are_not_corrected(engine: SearchEngine, query: str) -> None:
    response = ask(engine, query)
    assert (response.query, response.corrected) == (query, None)


@pytest.mark.parametrize(
    ("query", "code", "place"),
    [
        ('ﬁnal ﬂora "kereta', "unclosed-quote", '"'),
        ("ﬃ gempa sumber:nuza", "nearest-values", "sumber"),
        ("konﬂik kor%psi", "unknown-operator", "kor"),
        ("ﬃ keliling perpustakan", "corrected", "perp"),
    ],
)
def test_a_note_has_the_place_in_what_was_typed(
    engine: SearchEngine, query: str, code: str, place: str
) -> None:
    (note,) = [one for one in ask(engine, query).notes if one.code == code]
    assert note.position == query.index(place)


def test_an_answer_says_how_long_it_took(engine: SearchEngine) -> None:
    took = ask(engine, "gempa").took_ms
    assert isfinite(took)
    assert took >= 0


def test_a_long_word_that_no_article_has_is_searched_as_the_only_near_one(
    engine: SearchEngine,
) -> None:
    response = ask(engine, "perpustakan")
    (note,) = response.notes
    facts = {"written": "perpustakan", "replacement": "perpustakaan"}
    assert (note.code, note.facts, note.position) == ("corrected", facts, 0)
    assert ids(response) == ids(ask(engine, "perpustakaan"))
    assert response.suggestion is None
    assert all("<mark>" in hit.title_html + hit.snippet_html for hit in response.hits)


def test_without_correct_nothing_is_replaced_and_the_same_is_offered(engine: SearchEngine) -> None:
    response = ask(engine, "perpustakan keliling", correct=False)
    assert "corrected" not in codes(response)
    assert ids(response) == ids(ask(engine, "keliling"))
    assert response.suggestion == "perpustakaan keliling"


def test_a_word_that_is_only_written_apart_is_no_misspelling(make: Make) -> None:
    engine = make(
        [article(1, "Kabar", "Ibu kota dibangun."), article(2, "Kabar", "Kota hari ibu.")]
    )
    response = ask(engine, "ibukota")
    assert (ids(response), response.notes, response.suggestion) == (["a1"], (), None)


@pytest.mark.parametrize(
    "query", ["beraz", "Beraz", "BERAZ", "Perpustakan", "PERPUSTAKAN", "Ambom", "pAndung", "12346"]
)
def test_short_words_and_those_with_a_capital_are_never_replaced(
    engine: SearchEngine, query: str
) -> None:
    response = ask(engine, query)
    (note,) = response.notes
    assert (note.code, note.facts) == ("no-article-has", {"word": query})
    assert (response.total, response.hits) == (0, ())


def test_each_word_that_no_article_has_is_named_at_its_place(engine: SearchEngine) -> None:
    notes = ask(engine, 'BLBI dan gempa PSBB -QRIS "qris" psbb').notes
    found = [(note.facts["word"], note.position) for note in notes if note.code == "no-article-has"]
    assert found == [("BLBI", 0), ("PSBB", 15)]


@pytest.mark.parametrize(
    "query", ['"perpustakan"', "perpustakan*", "gempa -perpustakan", "*perpustakan", "perpust?kan"]
)
def test_what_is_quoted_excluded_or_a_prefix_is_searched_as_it_was_typed(
    engine: SearchEngine, query: str
) -> None:
    assert "corrected" not in codes(ask(engine, query))


def test_a_better_spelling_is_offered_for_unknown_words_that_are_not_corrected(
    engine: SearchEngine,
) -> None:
    assert ask(engine, "beraz naik").suggestion == "beras naik"
    assert ask(engine, "Kereta Cepta").suggestion == "Kereta Cepat"
    assert ask(engine, "perpustakan keliling").suggestion is None
    assert ask(engine, "kereta").suggestion is None
    assert ask(engine, "zzzzzz").suggestion is None


@pytest.mark.parametrize(
    "query", ["*beraz", "be?az", "beraz~", '"beraz"', "-beraz", "sumber:beraz"]
)
def test_what_is_or_may_be_an_operator_leads_to_no_suggestion(
    engine: SearchEngine, query: str
) -> None:
    assert ask(engine, f"gempa {query}").suggestion is None
