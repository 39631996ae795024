"""What unknown words are sought as: the choice against every word, and what the reader sees."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.budget import Budget
from search.local.completing.spelling import corrections
from search.local.engine import LocalEngine
from search.local.reading.snapshot import Snapshot
from search.local.scoring.ranking import Ranking
from search.messages import sentence
from search.query.parse import parse
from search.query.rewrite import rewritten
from search.query.syntax.boolean import AllOf, AnyOf, Exclude
from search.query.syntax.node import Node
from search.request import SearchRequest
from search.response import SearchResponse
from tests.conftest import article
from tests.search.local.archives import write_archive
from tests.search.local.textbook import edits

BODIES = [
    "Ibu kota Nusantara dibangun di hutan Kalimantan.",
    "Pemindahan ibu kotanya menelan biaya besar.",
    "Pertandingan sepak bola ditonton ribuan orang.",
    "Kementerian Keuangan menaikkan pajak kendaraan bermotor.",
    "Perpustakaan membuka layanan pinjam di antara dua gedung.",
    "Kota itu merayakan hari ibu; bola menggelinding ke kota.",
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> LocalEngine:
    path = tmp_path_factory.mktemp("spelling")
    articles = [article(number, f"Judul {number}", body) for number, body in enumerate(BODIES)]
    write_archive(path, [articles[:3], articles[3:]], set())
    return LocalEngine(path)


def ask(engine: LocalEngine, query: str) -> SearchResponse:
    return engine.search(SearchRequest(query, explain=True))


def sought(engine: LocalEngine, query: str) -> list[tuple[str, str]]:
    notes = [note for note in ask(engine, query).notes if note.code == "corrected"]
    return [(note.facts["written"], note.facts["replacement"]) for note in notes]


_words = st.text("bdx", min_size=2, max_size=9)
_archives = st.lists(
    st.lists(st.lists(_words, max_size=8), min_size=1, max_size=3), min_size=1, max_size=2
)


def choice(word: str, bodies: list[list[str]]) -> str | None:
    """What a word stands for, by looking at everything."""
    articles = Counter(surface for body in bodies for surface in set(body))
    neighbours = {pair for body in bodies for pair in pairwise(body)}
    cuts = [
        (min(articles[first], articles[second]), (first, second))
        for at in range(3, len(word) - 2)
        if (first := word[:at], second := word[at:]) in neighbours
    ]
    if cuts:
        return " ".join(max(cuts)[1])
    limit = 1 if len(word) < 8 else 2
    ordered = sorted(
        (distance, near[0] != word[0], -articles[near], near)
        for near in articles
        if (distance := edits(word, near)) <= (limit if near[0] == word[0] else 1)
    )
    return ordered[0][3] if ordered else None


@settings(max_examples=80, deadline=None)
@given(_archives, st.lists(st.text("bdx", min_size=4, max_size=10), min_size=1, max_size=6))
def test_the_choice_is_that_of_a_look_at_everything(
    parts: list[list[list[str]]], words: list[str]
) -> None:
    bodies = [body for part in parts for body in part]
    numbers = iter(range(100))
    articles = [[article(next(numbers), "", " ".join(body)) for body in part] for part in parts]
    with TemporaryDirectory() as name:
        write_archive(Path(name), articles, set())
        snapshot = Snapshot(Path(name))
        known = {word for body in bodies for word in body}
        expected = {
            word: text
            for word in words
            if word not in known and (text := choice(word, bodies)) is not None
        }
        root = parse(" ".join(words), snapshot.analysis).root
        found = {
            one.note.facts["written"]: one.note.facts["replacement"]
            for one in corrections(snapshot, root, Budget(60))
        }
        assert found == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pertandigan", [("pertandigan", "pertandingan")]),
        ("oertandingan", [("oertandingan", "pertandingan")]),
        ("perpustkaan kemntrian", [("perpustkaan", "perpustakaan"), ("kemntrian", "kementerian")]),
        ("pajal (biya ATAU gedng)", [("pajal", "pajak"), ("biya", "biaya"), ("gedng", "gedung")]),
        ("berapakh pajak", [("berapakh", "berapakah")]),
        ("Berapakh pajak", [("berapakh", "berapakah")]),
        ("isi:pajal", [("pajal", "pajak")]),
        ("pajal isi:pajal", [("pajal", "pajak")]),
    ],
)  # fmt: skip
def test_unknown_words_are_sought_as(
    engine: LocalEngine, query: str, expected: list[tuple[str, str]]
) -> None:
    assert sought(engine, query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "pajak",  # an article has it
        "menghutankan",  # an article has its stem
        "apakah pajak",  # it asks
        "pajak Manaf",  # a name asks nothing
        "berapakh",  # alone, it asks nothing
        "pjk",  # too short
        "pajal9",  # has a digit
        "bolakota",  # no article has the two side by side
        "judul:pajal",  # no title has the near word
        "ibukotanya",  # written apart it is in an article
        "bela",  # Indonesian, though no article has it
        '"pajal"',
        "pajak -pajal",
        "pajal*",
        "sumber:pajal",
        "zzzzzzzz",
    ],
)
def test_it_stays_as_it_was_typed(engine: LocalEngine, query: str) -> None:
    assert sought(engine, query) == []


def test_the_correction_must_match_where_all_words_must(tmp_path: Path) -> None:
    bodies = ["Pajak kendaraan.", "Pajak tanah.", "Kendaraan dinas."]
    write_archive(tmp_path, [[article(n, "", body) for n, body in enumerate(bodies)]], set())
    found = LocalEngine(tmp_path, Ranking(enough=0)).search(SearchRequest("pajak kendraan"))
    assert [hit.id for hit in found.hits] == ["a0"]


def test_joined_words_find_both_forms_of_them(engine: LocalEngine) -> None:
    first, second = ask(engine, "ibukota").hits[:2]
    assert {first.id, second.id} == {"a0", "a1"}
    assert "<mark>ibu</mark> <mark>kotanya</mark>" in first.snippet_html + second.snippet_html


def test_a_correction_is_marked_and_explained(engine: LocalEngine) -> None:
    (hit,) = ask(engine, "pertandigan").hits
    assert hit.snippet_html.startswith("<mark>Pertandingan</mark>")
    assert hit.explanation is not None
    assert {part.word for part in hit.explanation.parts} == {"tanding", "pertandingan"}
    assert engine.marker("pertandigan").html("Pertandingan itu") == "<mark>Pertandingan</mark> itu"


def test_a_corrected_query_is_answered_as_the_correct_one(engine: LocalEngine) -> None:
    left, right = ask(engine, "berapakh pajal"), ask(engine, "berapakah pajak")
    assert left.hits == right.hits
    assert left.suggestion is right.suggestion is None


def test_the_reader_is_told_in_both_languages(engine: LocalEngine) -> None:
    (note,) = [note for note in ask(engine, "pajal").notes if note.code == "corrected"]
    assert sentence(note, "id") == "Tidak ada artikel yang memuat “pajal”; yang dicari “pajak”."
    assert sentence(note, "en") == "No article has “pajal”; “pajak” is searched for."


def test_what_is_not_corrected_may_be_suggested(engine: LocalEngine) -> None:
    found = ask(engine, "pjlak kendraan")  # two edits in a short word
    assert [note.facts["written"] for note in found.notes if note.code == "corrected"] == [
        "kendraan"
    ]
    assert found.suggestion == "pajak kendaraan"


def test_without_time_nothing_is_corrected(engine: LocalEngine) -> None:
    snapshot = Snapshot(engine._current._store.path)
    root = parse("ibukota pertandigan", snapshot.analysis).root
    assert corrections(snapshot, root, Budget(-1)) == ()
    assert engine.search(SearchRequest("ibukota", budget_ms=-1)).partial


def test_corrections_may_be_left_out(engine: LocalEngine) -> None:
    plain = LocalEngine(engine._current._store.path, Ranking(correction=False))
    assert sought(plain, "ibukota") == []
    assert ask(plain, "pertandigan").suggestion == "pertandingan"


def test_the_tree_is_that_of_the_correct_query(engine: LocalEngine) -> None:
    snapshot = Snapshot(engine._current._store.path)

    def tree(text: str) -> Node | None:
        parsed = parse(text, snapshot.analysis)
        found = corrections(snapshot, parsed.root, Budget(60))
        return rewritten(parsed, snapshot.analysis, found).root

    def meant(text: str) -> Node | None:
        return parse(text, snapshot.analysis).root

    assert tree("ibukota") == meant("ibu kota")
    assert tree("ibukota besar -pajal") == meant("ibu kota besar -pajal")
    assert tree("pajal pajak") == meant("pajak")
    assert tree("pajal ATAU pajak") == meant("pajak")
    assert tree("ibukota ATAU pajal") == meant("(ibu kota) ATAU pajak")
    assert isinstance(meant("(ibu kota) ATAU pajak"), AnyOf)
    root = meant("besar -pajal")
    assert isinstance(root, AllOf)
    assert isinstance(root.nodes[1], Exclude)
