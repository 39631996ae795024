"""Completions of what is typed, and articles about the same matter."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import analysis, fold, is_stop_word
from index.article import Article
from index.target import BuildOptions
from search.engine import SearchEngine
from search.response import SuggestionKind
from tests.conftest import ARCHIVE, article
from tests.search.asking import ask, ids
from tests.search.conftest import Index, Make


def words(engine: SearchEngine, typed: str, limit: int = 8) -> list[str]:
    """What is offered but headlines."""
    return [
        one.text for one in engine.suggest(typed, limit) if one.kind is not SuggestionKind.HEADLINE
    ]


TITLES = (
    "Kereta cepat Jakarta Bandung",
    "Kereta cepat tiba",
    "Kereta api ke Bandung",
    "Banjir Jakarta surut",
    "Banjir di Jakarta meluas",
    "Cristiano Ronaldo cetak gol",
    "Jadi juara, Valentino Rossi pulang",
    "Bank Syariah Indonesia tumbuh",
    "Ini alasan Valentino Rossi pulang",
    "Salat Jum\u2019at di Jakarta",
    "Ma'ruf Amin ke Bandung",
    "Pelatih Shin Tae-yong",
    "Habis gelap terbitlah terang",
)


@pytest.fixture(scope="module")
def archive(make: Make) -> SearchEngine:
    """One title a body."""
    return make([article(number, title, "Isi.") for number, title in enumerate(TITLES)])


BEGUN = {
    "by what stands behind the word before": ("kereta c", "kereta cepat"),
    "and not by what is commonest alone": ("cristiano ro", "cristiano ronaldo"),
    "never a stop word": ("bank syariah i", "bank syariah indonesia"),
    "by titles that have both somewhere": ("cepat ban", "cepat bandung"),
    "a word as typed before": ("KERETA  C", "KERETA  cepat"),
    "the next word behind a blank": ("cristiano ", "cristiano ronaldo"),
    "two words before": ("kereta cepat ja", "kereta cepat jakarta"),
    "inside a phrase that is open": ('"kereta ce', '"kereta cepat"'),
    "in typographic quotation marks": ("\u201ckereta ce", "\u201ckereta cepat\u201d"),
    "in a field": ("judul:ron", "judul:ronaldo"),
    "in the group of a field": ("judul:(kereta ce", "judul:(kereta cepat"),
    "excluded": ("kereta -ban", "kereta -bandung"),
    "behind OR in a group": ("(kereta OR ban", "(kereta OR bandung"),
    "behind a plus": ("+kere", "+kereta"),
    "behind a phrase": ('"kereta cepat" ja', '"kereta cepat" jakarta'),
    "inside a word with an apostrophe": ("jum'a", "jum'at"),
    "with a typographic one": ("salat jum\u2019", "salat jum\u2019at"),
    "behind such a word": ("ma\u2019ruf a", "ma\u2019ruf amin"),
    "with what is tied to the word": ("shin t", "shin tae-yong"),
    "near the word before": ("cristiano NEAR/5 ro", "cristiano NEAR/5 ronaldo"),
    "behind AND": ("kereta AND ce", "kereta AND cepat"),
    "with a typo in the word before": ("kerta cep", "kereta cepat"),
    "with neighbours transposed": ("cristiaon ro", "cristiano ronaldo"),
    "with a typo in the word begun": ("kereta cpa", "kereta cepat"),
    "with a typo in one word alone": ("ronlad", "ronaldo"),
}


@pytest.mark.parametrize(("typed", "first"), BEGUN.values(), ids=BEGUN)
def test_the_whole_of_what_was_typed_is_completed(
    archive: SearchEngine, typed: str, first: str
) -> None:
    assert words(archive, typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("ｂａｎｊ", "banj"),
        ("ker𝗲𝘁", "keret"),
        ("𝗸𝗲𝗿𝗲𝘁𝗮 ｃ", "kereta c"),
        ("judul:ｂａｎ", "judul:ban"),
    ],
)
def test_letters_in_another_dress_are_completed_as_plain_ones(
    archive: SearchEngine, typed: str, plain: str
) -> None:
    assert archive.suggest(typed, 8) == archive.suggest(plain, 8) != []


def test_nothing_completes_nothing(archive: SearchEngine) -> None:
    for typed in ("", " ", "zzzz", '"', "(", "-", "*", "kereta*", "tanggal:2", "kereta -"):
        assert archive.suggest(typed, 8) == [], typed
    assert archive.suggest("kereta", 0) == []


def test_a_stop_word_is_offered_where_titles_have_no_other(make: Make) -> None:
    engine = make([article(0, "Dari pintu ke pintu itu", "Isi.")])
    assert words(engine, "pintu ke pintu i") == ["pintu ke pintu itu"]
    assert words(engine, "i") == []


def test_headlines_stand_behind_words(archive: SearchEngine) -> None:
    found = archive.suggest("kereta c", 8)
    kinds = [one.kind for one in found]
    whole = [one.text for one in found if one.kind is SuggestionKind.HEADLINE]
    assert sorted(whole) == ["Kereta cepat Jakarta Bandung", "Kereta cepat tiba"]
    assert kinds[-2:] == [SuggestionKind.HEADLINE] * 2


@pytest.mark.parametrize("title", TITLES)
def test_one_letter_of_its_last_word_finds_a_headline(archive: SearchEngine, title: str) -> None:
    before, _, last = title.rpartition(" ")
    found = archive.suggest(f"{before} {last[0]}", 8)
    assert title.lower() in {one.text.lower().replace("\u2019", "'") for one in found} | {
        one.text.lower() for one in found
    }


VALUES = {
    "a beginning": ("sumber:lin", 'sumber:"Lintas Niaga"'),
    "of any word": ("sumber:nia", 'sumber:"Lintas Niaga"'),
    "of several words": ("sumber:lintas ni", 'sumber:"Lintas Niaga"'),
    "in quotation marks": ('sumber:"lintas n', 'sumber:"Lintas Niaga"'),
    "in a group": ("sumber:(kabar, lin", 'sumber:(kabar, "Lintas Niaga"'),
    "excluded": ("beras -sumber:lin", 'beras -sumber:"Lintas Niaga"'),
    "as a whole": ("source:=lin", 'source:="Lintas Niaga"'),
}


@pytest.mark.parametrize(("typed", "first"), VALUES.values(), ids=VALUES)
def test_values_complete_what_stands_behind_a_field(
    engine: SearchEngine, typed: str, first: str
) -> None:
    found = engine.suggest(typed, 8)
    assert found[0].text == first
    assert {one.kind for one in found} == {SuggestionKind.VALUE}


def test_without_a_beginning_the_commonest_values_come_first(engine: SearchEngine) -> None:
    found = engine.suggest("sumber:", 8)
    counts = Counter(one.source for one in ARCHIVE if one.source)
    assert [one.count for one in found] == sorted(counts.values(), reverse=True)[:8]
    for one in found:
        assert ask(engine, one.text, correct=False).total == one.count


def test_words_count_the_titles_that_have_them(engine: SearchEngine) -> None:
    counts = Counter(
        word
        for one in ARCHIVE
        for word in {token.surface for token in analysis().tokens(one.title)}
    )
    for typed in ("k", "p", "ke", "gempa", "a"):
        found = [one for one in engine.suggest(typed, 100) if one.kind is SuggestionKind.WORD]
        assert {one.text: one.count for one in found} == {
            word: count
            for word, count in counts.items()
            if word.startswith(typed) and not is_stop_word(word)
        }
        assert [one.count for one in found] == sorted((one.count for one in found), reverse=True)


def test_phrases_count_the_titles_that_have_as_much_of_them_as_any_has(
    archive: SearchEngine,
) -> None:
    found = {one.text: one.count for one in archive.suggest("kereta cepat ", 8)}
    assert found["kereta cepat jakarta"] == found["kereta cepat tiba"] == 1
    found = {one.text: one.count for one in archive.suggest("gol kereta ", 8)}
    assert found["gol kereta cepat"] == 2


def test_no_more_are_made_than_asked_for_and_none_twice(engine: SearchEngine) -> None:
    for typed in ("k", "harga ", "gempa am"):
        for limit in (1, 3, 8, 100):
            found = engine.suggest(typed, limit)
            assert len(found) <= limit
            assert len({one.text.lower() for one in found}) == len(found)


def test_what_was_deleted_is_offered_no_more(index: Index) -> None:
    articles = [article(number, title, "Isi.") for number, title in enumerate(TITLES)]
    index.target.rebuild(articles, BuildOptions())
    assert index.engine.suggest("cristiano ro", 8)[0].count == 1
    index.target.delete(["a1", "a5"], BuildOptions())
    assert words(index.engine, "cristiano ro") == ["cristiano rossi"]
    assert index.engine.suggest("crist", 8) == index.engine.suggest("judul:crist", 8) == []
    assert [(one.text, one.count) for one in index.engine.suggest("kereta c", 1)] == [
        ("kereta cepat", 1)
    ]


@pytest.mark.parametrize(
    "typed",
    ["penulis:takada ker", "takada -ker", "takada NEAR/3 ker", '"takada" ker', "+takada ker"],
)
def test_nothing_is_offered_behind_what_finds_nothing(archive: SearchEngine, typed: str) -> None:
    assert archive.suggest("takada ker", 8)
    assert archive.suggest(typed, 8) == []


def test_derived_titles_suggest_nothing(make: Make) -> None:
    engine = make([Article("a", "Banjir di Kudus", "Banjir di Kudus surut.", derived_title=True)])
    assert engine.suggest("ban", 5) == []


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("Pok\u00e9m", "pokemon"),
        ("Jos\u00e9 Mou", "Jos\u00e9 mourinho"),
        ("judul:Mbapp\u00e9", "judul:mbappe"),
    ],
)
def test_letters_with_diacritics_complete_words_without(
    make: Make, typed: str, completed: str
) -> None:
    titles = ["Pokemon Go dimainkan lagi", "Jose Mourinho pergi", "Mbappe mencetak gol"]
    engine = make([article(number, title, "isi.") for number, title in enumerate(titles)])
    assert completed in [one.text for one in engine.suggest(typed, 8)]


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("odeg", "ødegaard"),
        ("solskja", "solskjær"),
        ("martin ode", "martin ødegaard"),
        ("judul:luk", "judul:łukasz"),
        ("poke", "pokemon"),
        ("qur", "qˊuˊran"),
        ("qaz", "q̈azaq"),
    ],
)
def test_plain_letters_complete_words_of_others_where_none_begins_so(
    make: Make, typed: str, completed: str
) -> None:
    titles = ["Martin Ødegaard", "Ole Solskjær", "Łukasz", "Pokémon", "Pokemon lagi"]
    titles += ["Qˊuˊran", "Q̈azaq"]
    engine = make([article(number, title, "isi.") for number, title in enumerate(titles)])
    assert words(engine, typed)[:1] == [completed]


@pytest.mark.parametrize("deleted", [False, True])
def test_plain_letters_complete_words_of_others_where_those_that_begin_so_do_not_fit(
    index: Index, *, deleted: bool
) -> None:
    titles = ["Martin Ødegaard cedera", "Pelabuhan Odessa dibuka", "Ødegren"]
    titles += [f"Kabar {number}" for number in range(30)]
    index.target.rebuild(
        [article(number, title, "isi.") for number, title in enumerate(titles)], BuildOptions()
    )
    if deleted:
        index.target.delete(["a1", "a2"], BuildOptions())
    assert words(index.engine, "martin ode") == ["martin ødegaard"]
    assert words(index.engine, "ode")[0] == ("ødegaard" if deleted else "odessa")
    assert words(index.engine, "odegr") == ([] if deleted else ["ødegren"])


def test_bodies_tell_what_no_title_has(make: Make) -> None:
    bodies = [f"Menurut Anindya Novyan Bakrie, {number}." for number in range(6)]
    engine = make([article(n, f"Kabar {n}", body) for n, body in enumerate(bodies)])
    (first,) = (one for one in engine.suggest("novyan b", 1))
    assert (first.text, first.count, first.kind) == ("novyan bakrie", 6, SuggestionKind.PHRASE)
    assert words(engine, '"anindya novyan b') == ['"anindya novyan bakrie"']
    assert words(engine, "judul:(novyan b") == []


def test_suggestions_complete_a_doubled_word_as_a_whole(make: Make) -> None:
    engine = make(
        [article(0, "Undang-undang baru soal Covid-19", "Isi."), article(1, "Undangan", "Isi.")]
    )
    texts = {text: words(engine, text, 5)[:1] for text in (
        "undang-un", "bahas undang-und", "covid-1", "Rusia-unda", "undang-", "judul:undang-un",
        '"undang-un', "(-Undang-un", "bahas undang\u2011un", "-", "",
    )}  # fmt: skip
    assert texts == {
        "undang-un": ["undang-undang"],
        "bahas undang-und": ["bahas undang-undang"],
        "covid-1": ["covid-19"],
        "Rusia-unda": ["Rusia-undang-undang"],
        "undang-": ["undang-undang"],
        "judul:undang-un": ["judul:undang-undang"],
        '"undang-un': ['"undang-undang"'],
        "(-Undang-un": [],  # it leaves out all that there is
        "bahas undang\u2011un": ["bahas undang-undang"],
        "-": [],
        "": [],
    }


PIECES = st.sampled_from(
    [
        *("kereta", "Cepat", "ban", "j", "ke", "krteea", "jum'", " ", " ", "  ", '"', "\u201c"),
        *("-", "+", "OR ", "NOT ", "judul:", "isi:", "sumber:", "=", "*", "~", ",", "(", ")"),
        *("\u0130", "\ud83d"),
    ]
)


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=30))
def test_whatever_is_typed_is_answered(archive: SearchEngine, typed: str) -> None:
    found = archive.suggest(typed, 8)
    assert len({fold(one.text) for one in found}) == len(found) <= 8
    for one in found:
        assert one.count > 0


@pytest.mark.parametrize("typed", [typed for typed, _ in BEGUN.values()])
def test_what_is_offered_finds_something(archive: SearchEngine, typed: str) -> None:
    for one in archive.suggest(typed, 8):
        assert ask(archive, one.text, correct=False).total > 0


@pytest.mark.parametrize("typed", ["awal:(kereta c", "kalimat:(kereta c", "sentence:c", "awal:c"])
def test_the_fields_within_bodies_are_completed_from_bodies(make: Make, typed: str) -> None:
    bodies = [f"Kereta cepat tiba {number}." for number in range(3)]
    engine = make([article(n, "Kereta cantik; cepat", body) for n, body in enumerate(bodies)])
    assert words(engine, typed) == [f"{typed}epat"]


def test_behind_a_prefix_only_what_texts_have_there_is_offered(make: Make) -> None:
    titles = ("Brownis Trans TV tayang", "Tiga tiket", "Tim U 17 menang", "U 1 dan 17 gol")
    engine = make(
        [
            *(article(number, title, "Isi.") for number, title in enumerate(titles)),
            article(7, "Kabar", "Bus Trans tiba, kata Brownis, dan tiket tiga tim."),
        ]
    )
    assert words(engine, "trans t") == ["trans tv"]
    assert words(engine, "brownis trans t") == ["brownis trans tv"]
    for typed in ("trans t", "u 1", "tim u 1", "anti t", "tiga 1"):
        for one in engine.suggest(typed, 8):
            assert ask(engine, one.text, correct=False).total > 0 or typed == "anti t", one


def test_words_that_only_stems_find_are_asked_about(make: Make) -> None:
    engine = make(
        [
            article(0, "Harga memakan waktu", "Isi."),
            article(1, "Pasar dimakan api", "Pasar."),
            article(2, "Jurus baru", "Isi."),
            article(3, "Juara Jakarta", "Isi."),
        ]
    )
    # No article has "pasar makan", but its stem: only what is found with it is offered.
    assert words(engine, "makan pasar a") == ["makan pasar api"]
    assert words(engine, "makan pasar j") == []


def test_a_headline_of_the_same_words_takes_their_place(make: Make) -> None:
    engine = make(
        [
            article(0, "Bisakah nyamuk hilang selamanya?", "Isi."),
            article(1, "Harga beras turun", "Isi."),
            article(2, "Harga beras!", "Isi."),
        ]
    )
    (first,) = engine.suggest("bisakah nyamuk hilang s", 8)
    assert (first.text, first.kind) == (
        "Bisakah nyamuk hilang selamanya?",
        SuggestionKind.HEADLINE,
    )
    assert [(one.text, one.count) for one in engine.suggest("harga b", 8)][:2] == [
        ("harga beras", 2),
        ("Harga beras turun", 1),
    ]


def test_what_articles_have_together_decides_behind_words_that_no_title_has(make: Make) -> None:
    others = [f"Rakyat Indonesia masih sabar {number}." for number in range(6)]
    wanted = [f"Kabinet itu bernama Indonesia maju {number}." for number in range(4)]
    engine = make([article(n, f"Kabar {n}", body) for n, body in enumerate([*others, *wanted])])
    assert words(engine, "indonesia m")[0] == "indonesia masih"
    assert words(engine, "kabinet indonesia m")[0] == "kabinet indonesia maju"


def test_where_many_words_fit_one_headline_is_shown(make: Make) -> None:
    nexts = ("bara", "besi", "biru", "bola", "bumi", "buku", "baja", "baru")
    titles = [f"Kota {word} {number}" for number in range(2) for word in nexts]
    engine = make([article(number, title, "Isi.") for number, title in enumerate(titles)])
    kinds = [one.kind for one in engine.suggest("kota b", 8)]
    assert kinds == [SuggestionKind.PHRASE] * 7 + [SuggestionKind.HEADLINE]


def test_similar_articles_share_words_and_leave_the_article_out(engine: SearchEngine) -> None:
    response = engine.similar("a4", 3)
    assert response is not None
    assert "a4" not in ids(response)
    assert ids(response)[0] == "a9"
    assert response.generation == engine.generation()


def test_similar_articles_are_a_list_and_no_more_than_asked_for(engine: SearchEngine) -> None:
    whole = engine.similar("a4", 100)
    assert whole is not None
    assert whole.total == len(whole.hits)
    scores = [hit.score or 0 for hit in whole.hits]
    assert scores == sorted(scores, reverse=True)
    for limit in (1, 2):
        some = engine.similar("a4", limit)
        assert some is not None
        assert ids(some) == ids(whole)[:limit]
        assert some.next_cursor is None
        assert (some.notes, dict(some.facets), some.histogram) == ((), {}, ())


def test_copies_are_the_other_articles_with_the_same_text(engine: SearchEngine) -> None:
    of = {one.id: [copy.id for copy in engine.copies(one.id, 10)] for one in ARCHIVE}
    assert of == {
        one.id: [copy.id for copy in ARCHIVE if copy.body == one.body and copy is not one]
        for one in ARCHIVE
    }
    assert of["a4"] == ["a9"]
    assert engine.copies("a4", 0) == engine.copies("nobody", 10) == []


def test_similar_articles_come_with_the_beginning_of_their_text(engine: SearchEngine) -> None:
    response = engine.similar("a4", 1)
    assert response is not None
    (hit,) = response.hits
    assert hit.snippet_html.startswith("AMBON – Gempa berkekuatan")
    assert "<mark>" not in hit.title_html + hit.snippet_html


def test_of_similar_articles_with_one_text_one_is_shown(make: Make) -> None:
    copies = [article(n, "Gempa Ambon", "Gempa mengguncang Ambon.") for n in range(3)]
    engine = make([*copies, article(3, "Gempa", "Gempa terasa di Seram."), *ARCHIVE[5:8]])
    response = engine.similar("a3", 10)
    assert response is not None
    assert len({"a0", "a1", "a2"} & set(ids(response))) == 1


def test_an_article_that_shares_no_word_has_no_similar_ones(make: Make) -> None:
    engine = make([article(1, "satu", "satu"), article(2, "dua", "dua"), Article("no", "", "")])
    for one in ("a1", "no"):
        response = engine.similar(one, 5)
        assert response is not None
        assert (response.total, response.hits) == (0, ())


def test_nothing_is_similar_to_an_unknown_id(engine: SearchEngine) -> None:
    for unknown in ("nobody", "", "a", "a44", "A4"):
        assert engine.similar(unknown, 3) is None
