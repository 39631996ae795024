"""Words that are written together or apart: found alike, however they are typed."""

from __future__ import annotations

import pytest

from search.engine import SearchEngine
from search.request import Sort
from tests.conftest import article
from tests.search.asking import ask, ids
from tests.search.conftest import Make

BODIES = {
    "covid-19": "Kasus Covid-19 turun di Jakarta.",
    "covid 19": "Kasus Covid 19 turun di Jakarta.",
    "covid19": "Kasus Covid19 turun di Jakarta.",
    "e-ktp": "Warga mengurus e-KTP di kantor camat.",
    "e ktp": "Warga mengurus E KTP di kantor camat.",
    "ktp": "Warga mengurus KTP di kantor camat.",
    "f-16": "Jet tempur F-16 mendarat di Madiun.",
    "f16": "Jet tempur F16 mendarat di Madiun.",
    "16 f": "Enam belas atau 16 orang, juga F, mendarat di Madiun.",
    "liga 1": "Persib juara Liga 1 musim ini.",
    "liga1": "Persib juara Liga1 musim ini.",
    "1 liga": "Persib juara grup dengan 1 poin di liga itu.",
    "sepak bola": "Pertandingan sepak bola sore hari.",
    "sepakbola": "Pertandingan sepakbola sore hari.",
    "sepak, bola": "Bola menggelinding, lalu mereka sepak sore hari.",
    "kerja sama": "Kedua negara bekerja sama membangun jalan.",
    "kerjasama": "Kedua negara menandatangani kerjasama itu.",
    "startup": "Pendiri startup mencari modal.",
    "start-up": "Pendiri start-up mencari modal.",
    "subsektor": "Subsektor kuliner tumbuh.",
    "sub-sektor": "Sub-sektor kuliner tumbuh.",
    "sub sektor": "Sub sektor kuliner tumbuh.",
    "sektor": "Sektor kuliner tumbuh.",
    "anti-korupsi": "Gerakan anti-korupsi meluas.",
    "antikorupsi": "Gerakan antikorupsi meluas.",
    "anti korupsi": "Gerakan anti korupsi meluas.",
    "korupsi": "Perkara korupsi meluas.",
    "kan ada": "Di rumah kan ada ibu.",
    "kanada": "Perdana Menteri Kanada berkunjung.",
    **{f"kan, {number}": f"Itu kan cuma ada {number} butir." for number in range(30, 45)},
    "online": "Belanja online ramai.",
    "on-line": "Belanja on-line ramai.",
    "line on": "Taksi Line berhenti, lampu on.",
    "takeover": "Takeover bank itu batal.",
    "take over": "Proses take over bank itu batal.",
    "iphone 15": "Harga iPhone 15 naik.",
    "iphone 15 pro": "Harga iPhone 15 Pro naik.",
    "iphone, 15": "Sebanyak 15 orang membeli iPhone.",
    "x-ray": "Mesin x-ray di bandara.",
    "x-ray rusak": "Mesin X-Ray rusak.",
    "17 agustus": "Upacara 17 Agustus di istana.",
    "rumah bagus": "Rumah bagus di Bogor.",
    "rumah yg bagus": "Rumah yg bagus di Bogor.",
    "enggak": "Mereka enggak pulang.",
    "nggak": "Mereka nggak pulang.",
    "gempa lombok": "Korban gempa Lombok dibantu.",
    "gempalombok": "Tagar gempalombok ramai.",
    "lombok, gempa": "Di Lombok terasa gempa kecil.",
    "gempa di lombok": "Sumber gempa itu di Lombok utara.",
}


@pytest.fixture(scope="module")
def engine(make: Make) -> SearchEngine:
    return make([article(number, "Kabar", body) for number, body in enumerate(BODIES.values())])


def found(engine: SearchEngine, query: str) -> set[str]:
    """The names of the articles that have all that a query asks for."""
    names = list(BODIES)
    # By date, some of the words suffice only where no article has them all.
    return {names[int(one[1:])] for one in ids(ask(engine, query, sort=Sort.NEWEST))}


@pytest.mark.parametrize(
    ("queries", "expected"),
    [
        (["covid 19", "covid-19", "Covid19"], {"covid-19", "covid 19", "covid19"}),
        (["e KTP", "e-KTP", "eKTP", "ektp"], {"e-ktp", "e ktp"}),
        (["F 16", "F-16", "F16", "f16"], {"f-16", "f16"}),
        (["liga1", "liga 1", "Liga-1"], {"liga 1", "liga1"}),
        (["sepak bola", "sepakbola", "sepakbolanya"], {"sepak bola", "sepakbola"}),
        (["kerjasama", "bekerja sama", "kerja samanya"], {"kerja sama", "kerjasama"}),
        (["startup", "start-up", "start up"], {"startup", "start-up"}),
        (["subsektor", "sub-sektor", "sub sektor"], {"subsektor", "sub-sektor", "sub sektor"}),
        (
            ["antikorupsi", "anti-korupsi", "anti korupsi"],
            {"antikorupsi", "anti-korupsi", "anti korupsi"},
        ),
        (["online", "on-line", "on line"], {"online", "on-line"}),
        (["takeover", "take over", "take-over"], {"takeover", "take over"}),
        (["iphone 15", "iPhone15", "iphone-15"], {"iphone 15", "iphone 15 pro"}),
        (["xray", "x-ray"], {"x-ray", "x-ray rusak"}),
        (["17agustus", "17 agustus"], {"17 agustus"}),
        (["rumah yg bagus", "rumah yang bagus"], {"rumah bagus", "rumah yg bagus"}),
        (["enggak", "nggak", "gak"], {"enggak", "nggak"}),
        (["kasus covid 19 jakarta", "kasus covid19 jakarta"], {"covid-19", "covid 19", "covid19"}),
        (["+liga1 persib", "liga 1 AND persib", "persib AND liga 1"], {"liga 1", "liga1"}),
        (["isi:(sepak bola)", "isi:sepakbola"], {"sepak bola", "sepakbola"}),
        (["sore -sepakbola", "sore -(sepak bola)"], {"sepak, bola"}),
        (["liga1 ATAU sepakbola"], {"liga 1", "liga1", "sepak bola", "sepakbola"}),
    ],
)
def test_the_same_articles_are_found_however_it_is_typed(
    engine: SearchEngine, queries: list[str], expected: set[str]
) -> None:
    assert {query: found(engine, query) for query in queries} == dict.fromkeys(queries, expected)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kanada", {"kanada"}),
        ("kan ada", {"kan ada", *(f"kan, {number}" for number in range(30, 45))}),
        ("gempalombok", {"gempalombok", "gempa lombok"}),  # its blank was forgotten
        # Both words stand in the one without its blank.
        ("gempa lombok", {"gempa lombok", "lombok, gempa", "gempa di lombok", "gempalombok"}),
        ("sepak AND bola", {"sepak bola", "sepak, bola"}),
        ('"sepak bola"', {"sepak bola"}),
        ('"covid 19"', {"covid 19"}),
        ("korupsi", {"korupsi", "anti korupsi"}),
    ],
)
def test_what_means_another_thing_or_is_quoted_stays_as_it_was_typed(
    engine: SearchEngine, query: str, expected: set[str]
) -> None:
    assert found(engine, query) == expected


@pytest.mark.parametrize(
    "queries", [["sepak bola", "sepakbola"], ["liga 1", "liga1"], ["covid 19", "covid19"]]
)
def test_the_way_that_was_typed_is_first(engine: SearchEngine, queries: list[str]) -> None:
    names = list(BODIES)
    for query in queries:
        hits = ask(engine, query).hits
        assert names[int(hits[0].id[1:])] == query


def test_articles_with_only_the_parts_are_found_too(engine: SearchEngine) -> None:
    names = [list(BODIES)[int(one[1:])] for one in ids(ask(engine, "sepak bola"))]
    assert set(names) == {"sepak bola", "sepakbola", "sepak, bola"}


def test_every_spelling_is_marked_and_explained(engine: SearchEngine) -> None:
    for query in ("sepak bola", "sepakbola"):
        hits = {hit.snippet_html: hit for hit in ask(engine, query, explain=True).hits}
        apart = hits["Pertandingan <mark>sepak</mark> <mark>bola</mark> sore hari."]
        joined = hits["Pertandingan <mark>sepakbola</mark> sore hari."]
        for hit, words in ((apart, {"sepak", "bola"}), (joined, {"sepakbola"})):
            assert hit.explanation is not None
            explained = {part.word for part in hit.explanation.parts if part.field}
            assert explained == words
            assert sum(part.value for part in hit.explanation.parts) == pytest.approx(hit.score)
