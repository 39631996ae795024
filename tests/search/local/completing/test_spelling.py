"""What is replaced and what is offered, in small archives and in a real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build import LocalTarget
from index.sources import ReadReport, read_articles
from index.target import BuildOptions
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
from tests.relevance.misspelt import misspellings, names
from tests.relevance.spelling import offers, replaced
from tests.search.local.archives import write_archive

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


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pertandigan", [("pertandigan", "pertandingan")]),
        ("petrandingan", [("petrandingan", "pertandingan")]),
        ("perpustkaan kemntrian", [("perpustkaan", "perpustakaan")]),
        ("bola (perpustkaan ATAU kendraan)", [
            ("perpustkaan", "perpustakaan"), ("kendraan", "kendaraan"),
        ]),
        ("berapakh pajak", [("berapakh", "berapakah")]),
        ("Berapakh pajak", [("berapakh", "berapakah")]),
        ("siapah menteri", [("siapah", "siapa")]),
        ("bagimanka menteri", [("bagimanka", "bagaimana")]),
        ("isi:kendraan", [("kendraan", "kendaraan")]),
        ("kendraan isi:kendraan", [("kendraan", "kendaraan")]),
    ],
)  # fmt: skip
def test_a_clear_slip_is_searched_as_what_was_meant(
    engine: LocalEngine, query: str, expected: list[tuple[str, str]]
) -> None:
    assert sought(engine, query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "kendaraan",  # an article has it
        "menghutankan",  # an article has its stem
        "apakah pajak",  # it asks
        "pajak Siapah",  # a name asks nothing
        "Kemala pajak",  # nor is it "kemana"
        "bonamana pajak",  # nor "bilamana"
        "berapakh",  # alone, it asks nothing
        "sipa menteri",  # too short
        "pajal",
        "ribuaan",
        "kendraan9",  # has a digit
        "Kendraan",  # has a capital
        "KENDRAAN",
        "kendraan Kendraan",
        "oertandingan",  # another letter makes another word
        "kendaraann",
        "kendaraa",
        "judul:kendraan",  # no title has the near word
        "ibukota",  # written apart it is in an article
        '"kendraan"',
        "pajak -kendraan",
        "kendraan*",
        "*kendraan",
        "kendra?n",
        "sumber:kendraan",
        "zzzzzzzz",
    ],
)
def test_it_stays_as_it_was_typed(engine: LocalEngine, query: str) -> None:
    assert sought(engine, query) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pajal", "pajak"),
        ("Pajal Kemetnerian", "Pajak Kementerian"),
        ("PAJAL KEMENTERIAN", "PAJAK KEMENTERIAN"),
        ("PAJAL", None),  # an acronym is no word
        ("oertandingan", "pertandingan"),
        ("pajakx", "pajak"),  # nobody wrote pajaknya
        ("kotax", "kotanya"),
        ("sipa menteri", "siapa menteri"),
        ("isi:pajal", "isi:pajak"),
        ("judul:pajal", None),
        ("pajal -sumber:pajal -pajal", "pajak -sumber:pajal -pajal"),
        ('pajal sumber:pajal -pajal "pajal"', None),  # nothing would be found
        ("bela", None),  # Indonesian, though no article has it
        ("dii", None),
        ("datn", None),  # "dan" is a stop word
        ("zzzzzzzz", None),
        ("", None),
    ],
)
def test_it_is_offered(engine: LocalEngine, query: str, expected: str | None) -> None:
    assert ask(engine, query).suggestion == expected


def test_the_word_is_offered_that_stands_with_the_others(tmp_path: Path) -> None:
    bodies = ["Setya Novanto hadir."] * 2 + ["Mereka nonton film."] * 60 + ["Film Setyo."] * 9
    bodies += ["Setya dan Novnta."]
    write_archive(tmp_path, [[article(n, "", body) for n, body in enumerate(bodies)]], set())
    engine = LocalEngine(tmp_path)
    assert ask(engine, "novnto").suggestion == "novanto"
    assert ask(engine, "setya novnto").suggestion == "setya novanto"
    assert ask(engine, "film novnto").suggestion is None


def test_a_rare_word_is_offered_as_a_far_commoner_one(tmp_path: Path) -> None:
    bodies = ["Pertandingan bola."] * 500 + ["Pertandigan bola."] + ["Perahu naga Boat."]
    bodies += ["Naga buat lomba."] * 20
    write_archive(tmp_path, [[article(n, "", body) for n, body in enumerate(bodies)]], set())
    engine = LocalEngine(tmp_path)
    response = ask(engine, "pertandigan bola")
    assert (response.suggestion, response.notes[:0]) == ("pertandingan bola", ())
    assert "no-article-has" not in {note.code for note in response.notes}
    assert ask(engine, "pertandingan bola").suggestion is None
    assert ask(engine, "boat naga").suggestion is None  # drawn to it more than "buat" is


def test_a_form_that_no_one_wrote_is_offered_as_one_that_many_did(tmp_path: Path) -> None:
    bodies = ["Mereka menjalani sidang."] * 100 + ["Jalan raya."] * 9 + ["Disahkan presiden."] * 5
    write_archive(tmp_path, [[article(n, "", body) for n, body in enumerate(bodies)]], set())
    engine = LocalEngine(tmp_path)
    assert ask(engine, "menjalanii sidang").suggestion == "menjalani sidang"
    assert ask(engine, "berjalan").suggestion is None  # no other is near
    assert ask(engine, "disyahkan").suggestion is None  # nor likely


def test_a_word_is_offered_as_another_where_it_is_a_stranger(tmp_path: Path) -> None:
    bodies = (
        ["Rusia menyerang Ukraina."] * 120 + ["Rusa di kebun."] * 3 + ["Rumah dan kebun."] * 4000
    )
    write_archive(tmp_path, [[article(n, "", body) for n, body in enumerate(bodies)]], set())
    engine = LocalEngine(tmp_path)
    assert ask(engine, "rusa ukraina").suggestion == "rusia ukraina"
    assert ask(engine, "rusa kebun").suggestion is None
    assert ask(engine, "rusa").suggestion is None


def test_the_correction_must_match_where_all_words_must(tmp_path: Path) -> None:
    bodies = ["Pajak kendaraan.", "Pajak tanah.", "Kendaraan dinas."]
    write_archive(tmp_path, [[article(n, "", body) for n, body in enumerate(bodies)]], set())
    found = LocalEngine(tmp_path, Ranking(partial=False)).search(SearchRequest("pajak kendraan"))
    assert [hit.id for hit in found.hits] == ["a0"]


def test_a_correction_is_marked_and_explained(engine: LocalEngine) -> None:
    (hit,) = ask(engine, "pertandigan").hits
    assert hit.snippet_html.startswith("<mark>Pertandingan</mark>")
    assert hit.explanation is not None
    assert {part.word for part in hit.explanation.parts} == {"tanding", "pertandingan"}
    assert engine.marker("pertandigan").html("Pertandingan itu") == "<mark>Pertandingan</mark> itu"


def test_a_corrected_query_is_answered_as_the_correct_one(engine: LocalEngine) -> None:
    for typed, correct in [
        ("kendraan besar", "kendaraan besar"),
        ("berapakh kendraan", "berapakah kendaraan"),
    ]:
        left, right = ask(engine, typed), ask(engine, correct)
        assert left.hits == right.hits
        assert left.suggestion is right.suggestion is None


def test_the_reader_is_told_in_both_languages(engine: LocalEngine) -> None:
    relaxed, corrected, absent = ask(engine, "kendraan BLBI").notes[:3]
    assert relaxed.code == "relaxed"
    assert sentence(corrected, "id") == (
        "Tidak ada artikel yang memuat “kendraan”; yang dicari “kendaraan”."
    )
    assert sentence(corrected, "en") == ("No article has “kendraan”; “kendaraan” is searched for.")
    assert sentence(absent, "id") == "Tidak ada artikel yang memuat “BLBI”."
    assert sentence(absent, "en") == "No article has “BLBI”."


def test_without_time_nothing_is_corrected(engine: LocalEngine) -> None:
    snapshot = Snapshot(engine._current._store.path)
    query = parse("kendraan pertandigan", snapshot.analysis)
    assert corrections(snapshot, query, Budget(-1)) == ()
    assert engine.search(SearchRequest("kendraan", budget_ms=-1)).partial


def test_corrections_may_be_left_out(engine: LocalEngine) -> None:
    plain = LocalEngine(engine._current._store.path, Ranking(correction=False))
    assert sought(plain, "pertandigan") == []
    assert ask(plain, "pertandigan").suggestion == "pertandingan"


def test_the_tree_is_that_of_the_correct_query(engine: LocalEngine) -> None:
    snapshot = Snapshot(engine._current._store.path)

    def tree(text: str) -> Node | None:
        parsed = parse(text, snapshot.analysis)
        found = corrections(snapshot, parsed, Budget(60))
        return rewritten(parsed, snapshot.analysis, found).root

    def meant(text: str) -> Node | None:
        return parse(text, snapshot.analysis).root

    assert tree("kendraan") == meant("kendaraan")
    assert tree("kendraan besar -kendraan") == meant("kendaraan besar -kendraan")
    assert tree("kendraan kendaraan") == meant("kendaraan")
    assert tree("kendraan ATAU kendaraan") == meant("kendaraan")
    assert tree("(kendraan besar) ATAU kota") == meant("(kendaraan besar) ATAU kota")
    assert isinstance(meant("(kendaraan besar) ATAU kota"), AnyOf)
    root = meant("besar -kendraan")
    assert isinstance(root, AllOf)
    assert isinstance(root.nodes[1], Exclude)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, data: Path) -> LocalEngine:
    path = tmp_path_factory.mktemp("real")
    articles = read_articles([data / "news" / "articles-1k.jsonl"], ReadReport())
    LocalTarget(path).rebuild(articles, BuildOptions())
    return LocalEngine(path)


def test_misspellings_of_real_words_lead_to_them(real: LocalEngine) -> None:
    snapshot = Snapshot(real._current._store.path)
    bodies = [snapshot.article(number).body for number in range(0, snapshot.size, 20)]
    found = offers(real, misspellings(snapshot, bodies, 60, seed=7))
    assert found.share >= 0.85, found.missed
    assert found.replaced == []


def test_no_name_is_replaced_that_the_archive_lacks(real: LocalEngine, data: Path) -> None:
    snapshot = Snapshot(real._current._store.path)
    passages = data / "relevance" / "tydi-passages.jsonl.gz"
    lacked = names(snapshot, passages, 60, seed=7)
    assert replaced(real, lacked) == []
