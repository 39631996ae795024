"""The user's synonyms in queries, and in what is found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.analysis import TextAnalysis, parse_words
from index.build import LocalTarget
from index.errors import IndexDamaged
from index.manifest import MANIFEST, from_bytes, to_bytes
from index.target import BuildOptions
from search.engine import open_engine
from search.query.syntax.boolean import AllOf, AnyOf, Exclude, Synonyms, parted, relaxed
from search.query.syntax.node import Node
from search.query.syntax.phrase import Phrase
from search.query.syntax.word import Word
from search.request import SearchRequest
from tests.conftest import article
from tests.search.local.asking import reading

WORDS = parse_words(
    "kpk = komisi pemberantasan korupsi\nri = indonesia = nusantara\nkomisi = upah\n", ""
)
HOW = TextAnalysis(WORDS)


def word(surface: str, scope: str | None = None) -> Word:
    return Word(surface, HOW.stem(surface), scope)


NAME = ("komisi", "pemberantasan", "korupsi")
KPK = Synonyms(word("kpk"), (Phrase(NAME),))
RI = Synonyms(word("ri"), (word("indonesia"), word("nusantara")))


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("KPK", KPK),
        ("ketua KPK", AllOf((word("ketua"), KPK))),
        ("ketua -KPK", AllOf((word("ketua"), Exclude(word("kpk"))))),  # excluded as written
        ("judul:KPK", Synonyms(word("kpk", "title"), (Phrase(NAME, "title"),))),
        ("RI ketua", AllOf((RI, word("ketua")))),
        (
            "komisi pemberantasan korupsi",
            Synonyms(AllOf(tuple(word(one) for one in NAME)), (word("kpk"),)),
        ),
        ("komisi ketua", AllOf((Synonyms(word("komisi"), (word("upah"),)), word("ketua")))),
        ('"kpk"', Phrase(("kpk",))),
        ("gempa", word("gempa")),
    ],
)  # fmt: skip
def test_a_query_with_synonyms_means_this(text: str, root: Node) -> None:
    assert reading(text, HOW).root == root


@pytest.fixture
def index(tmp_path: Path) -> Path:
    articles = [
        article(0, "Satu", "Kantor KPK di Jakarta."),
        article(1, "Dua", "Komisi Pemberantasan Korupsi memanggil saksi."),
        article(2, "Tiga", "Komisi lain membahas korupsi dan pemberantasan hama."),
    ]
    LocalTarget(tmp_path / "index").rebuild(articles, BuildOptions(words=WORDS))
    return tmp_path / "index"


def test_what_was_written_ranks_before_its_synonym(index: Path) -> None:
    found = open_engine(index).search(SearchRequest("kpk", explain=True))
    assert found.suggestion is None
    assert [hit.id for hit in found.hits] == ["a0", "a1"]
    for hit in found.hits:
        assert hit.explanation is not None
        assert sum(part.value for part in hit.explanation.parts) == pytest.approx(hit.score)


def test_synonyms_are_highlighted(index: Path) -> None:
    found = open_engine(index).search(SearchRequest("kpk"))
    assert "<mark>Komisi</mark> <mark>Pemberantasan</mark>" in found.hits[1].snippet_html


def test_a_name_of_several_words_finds_its_acronym(index: Path) -> None:
    found = open_engine(index).search(SearchRequest("komisi pemberantasan korupsi"))
    assert {hit.id for hit in found.hits} == {"a0", "a1", "a2"}


def test_a_name_with_a_synonym_is_relaxed_to_its_words(tmp_path: Path) -> None:
    articles = [article(0, "Satu", "Pemberantasan hama."), article(1, "Dua", "Komisi lain.")]
    LocalTarget(tmp_path).rebuild(articles, BuildOptions(words=WORDS))
    found = open_engine(tmp_path).search(SearchRequest("komisi pemberantasan korupsi"))
    assert {hit.id for hit in found.hits} == {"a0", "a1"}
    assert [note.code for note in found.notes] == ["relaxed"]


def test_a_stop_word_with_a_synonym_stays_a_stop_word() -> None:
    how = TextAnalysis(parse_words("dan = serta", ""))
    root = reading("ekonomi dan politik", how).root
    assert isinstance(root, AllOf)
    required, stops = parted(root.nodes)
    assert len(required) == 2
    assert len(stops) == 1


def test_a_name_of_stop_words_is_no_more_insisted_on_than_they_are() -> None:
    how = TextAnalysis(parse_words("oleh karena itu = maka", ""))
    root = reading("ekonomi oleh karena itu politik", how).root
    assert isinstance(root, AllOf)
    required, stops = parted(root.nodes)
    assert [node.surface for node in required if isinstance(node, Word)] == ["ekonomi", "politik"]
    assert [type(node) for node in stops] == [Synonyms]
    alone = reading("oleh karena itu", how).root
    assert isinstance(alone, Synonyms)
    assert parted((alone,)) == ((alone,), ())


def test_a_stop_word_inside_a_name_does_not_suffice_once_relaxed() -> None:
    how = TextAnalysis(parse_words("pemadam dan penyelamat = damkar", ""))
    looser = relaxed(reading("pemadam dan penyelamat", how).root)
    assert isinstance(looser, AnyOf)
    (name,) = looser.nodes
    assert isinstance(name, Synonyms)
    assert name.written == AnyOf((word("pemadam"), word("penyelamat")))


def test_an_excluded_group_is_excluded_as_written() -> None:
    root = reading("ketua -(kpk di)", HOW).root
    assert root == AllOf((word("ketua"), Exclude(AllOf((word("kpk"), word("di"))))))


def test_disjunction_of_different_scopes_are_no_name() -> None:
    root = reading("judul:komisi isi:pemberantasan korupsi", HOW).root
    assert isinstance(root, AllOf)
    names = [node.written for node in root.nodes if isinstance(node, Synonyms)]
    assert names == [word("komisi", "title")]


def test_analyze_knows_the_disjunction_of_the_index(index: Path) -> None:
    assert open_engine(index).analyze("KPK")[0].stem == "kpk"


@pytest.fixture
def manifest(index: Path) -> Path:
    """The manifest of an index that protects a word."""
    words = parse_words("menangkap", "")
    name = LocalTarget(index).rebuild([article(0, "Satu", "Isi.")], BuildOptions(words=words))
    return index / "generations" / name.generation / MANIFEST


def test_analyze_goes_on_where_there_is_no_index(index: Path, manifest: Path) -> None:
    assert manifest.exists()
    assert open_engine(index).analyze("menangkap")[0].stem == "menangkap"
    (index / "CURRENT").unlink()
    assert open_engine(index).analyze("menangkap")[0].stem == "tangkap"


def test_analyze_knows_the_words_of_an_index_of_another_version(
    index: Path, manifest: Path
) -> None:
    older = replace(from_bytes(manifest.read_bytes()), version="schema 0, analyzer none")
    manifest.write_bytes(to_bytes(older))
    assert open_engine(index).analyze("menangkap")[0].stem == "menangkap"


def test_analyze_reports_a_damaged_index(index: Path, manifest: Path) -> None:
    manifest.write_bytes(b"{}")
    with pytest.raises(IndexDamaged):
        open_engine(index).analyze("menangkap")
