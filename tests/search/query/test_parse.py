"""What queries mean."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analysis, lexicon
from index.fields import Facet
from search.limits import MAX_QUERY_CHARACTERS
from search.messages import CODES, sentence
from search.query.parse import MAX_WORDS, parse
from search.query.syntax.boolean import AllOf, AnyOf, Exclude, Maybe, parted, relaxed, spared
from search.query.syntax.filters import DateRange, FacetIs
from search.query.syntax.node import Node
from search.query.syntax.pattern import Prefix
from search.query.syntax.phrase import Phrase
from search.query.syntax.word import Word
from tests.conftest import ROOT
from tests.search.local.asking import compiled


def word(surface: str, scope: str | None = None) -> Word:
    return Word(surface, analysis().stem(surface), scope)


A, B, C = word("satu"), word("dua"), word("tiga")


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("", None),
        ("satu", A),
        ("satu dua", AllOf((A, B))),
        ("Satu DUA satu", AllOf((A, B))),
        ("satu DAN dua", AllOf((A, B))),
        ("satu AND dua", AllOf((A, B))),
        ("satu OR dua", AnyOf((A, B))),
        ("satu ATAU dua tiga", AnyOf((A, AllOf((B, C))))),
        ("(satu ATAU dua) tiga", AllOf((AnyOf((A, B)), C))),
        ("satu -dua", AllOf((A, Exclude(B)))),
        ("satu -(dua tiga)", AllOf((A, Exclude(AllOf((B, C)))))),
        ('"satu dua"', Phrase(("satu", "dua"))),
        ("“satu dua” tiga", AllOf((Phrase(("satu", "dua")), C))),
        ('-"satu dua" tiga', AllOf((Exclude(Phrase(("satu", "dua"))), C))),
        ("judul:satu dua", AllOf((word("satu", "title"), B))),
        ("title:(satu dua)", AllOf((word("satu", "title"), word("dua", "title")))),
        ('isi:"satu dua"', Phrase(("satu", "dua"), "body")),
        ("makan*", Prefix("makan")),
        ("Rusia-Ukrai*", AllOf((word("rusia"), Prefix("ukrai")))),
        ("judul:makan*", Prefix("makan", "title")),
        ("sumber:kompas.com", FacetIs(Facet.SOURCE, "kompas.com")),
        ('source:"CNN Indonesia"', FacetIs(Facet.SOURCE, "CNN Indonesia")),
        ("tempat:Ambon satu", AllOf((FacetIs(Facet.PLACE, "Ambon"), A))),
        ("penulis:Sari", FacetIs(Facet.AUTHOR, "Sari")),
        ("-kategori:olahraga satu", AllOf((Exclude(FacetIs(Facet.CATEGORY, "olahraga")), A))),
        ("sejak:2023-06-01", DateRange(date(2023, 6, 1), None)),
        ("until:2023-06-01", DateRange(None, date(2023, 6, 1))),
        ("covid-19", Word("covid-19", "covid")),
        ("pukul 10:15", AllOf((word("pukul"), word("10"), word("15")))),
        ("satu - dua", AllOf((A, B))),
        ("dua-satu", AllOf((B, A))),
    ],
)  # fmt: skip
def test_a_query_means_this(text: str, root: Node | None) -> None:
    parsed = parse(text)
    assert parsed.root == root
    assert not parsed.notes


@pytest.mark.parametrize(
    ("text", "root", "code", "position"),
    [
        ('satu "dua', AllOf((A, Phrase(("dua",)))), "unclosed-quote", 5),
        ("(satu dua", AllOf((A, B)), "unclosed-parenthesis", 0),
        ("satu) dua", AllOf((A, B)), "unclosed-parenthesis", 4),
        ("-satu", Exclude(A), "only-excluded", None),
        ("s*", word("s"), "prefix-too-short", 0),
        ("judul:-satu", AllOf((word("judul"), Exclude(A))), "field-without-value", 0),
        ("sumber:(satu)", AllOf((word("sumber"), A)), "field-without-value", 0),
        ("sejak:kemarin", word("kemarin"), "bad-date", 6),
        ("?!", None, "nothing-searchable", None),
    ],
)
def test_what_does_not_fit_is_read_as_words_with_a_note(
    text: str, root: Node | None, code: str, position: int | None
) -> None:
    parsed = parse(text)
    assert parsed.root == root
    assert [(note.code, note.position) for note in parsed.notes] == [(code, position)]


@given(st.text(max_size=MAX_QUERY_CHARACTERS) | st.text('ab"()-:* \u201dORjudul', max_size=80))
def test_no_text_is_refused_and_every_note_has_a_sentence(text: str) -> None:
    parsed = parse(text)
    compiled(parsed.root)
    looser = relaxed(parsed.root)
    compiled(looser)
    for note in parsed.notes:
        assert note.code in CODES
        assert sentence(note, "id") != sentence(note, "en")


def test_words_beyond_the_limit_are_left_out_with_a_note() -> None:
    parsed = parse(" ".join(f"kata{n}" for n in range(MAX_WORDS + 5)))
    assert isinstance(parsed.root, AllOf)
    assert len(parsed.root.nodes) == MAX_WORDS
    assert [note.code for note in parsed.notes] == ["too-many-words"]


def test_deep_nesting_is_read_in_bounded_depth() -> None:
    assert parse("(" * 200 + "satu" + ")" * 200).root is not None


def test_relaxing_keeps_filters_and_exclusions() -> None:
    facet = FacetIs(Facet.SOURCE, "x")
    assert relaxed(AllOf((A, B))) == AnyOf((A, B))
    assert relaxed(AllOf((A, B, facet, Exclude(C)))) == AllOf((AnyOf((A, B)), facet, Exclude(C)))
    assert relaxed(A) is None
    assert relaxed(AllOf((A, facet))) is None


@pytest.mark.parametrize(
    ("text", "spare"),
    [
        ("satu dua", "satu,dua"),
        ("Satu DUA tiga", "Satu,DUA,tiga"),
        ("satu", ""),
        ("satu sumber:x -dua", ""),
        ("satu dua sumber:x -tiga", "satu,dua"),
        ('"satu dua" tiga', "tiga"),
        ("+satu dua tiga", "dua,tiga"),
        ("satu +dua", "satu"),
        ("satu +satu dua", "dua"),
        ("judul:satu dua", "dua"),
        ("isi:(satu dua) tiga", "tiga"),
        ("satu AND dua tiga", "tiga"),
        ("satu DAN (dua ATAU tiga) empat", "empat"),
        ("satu (dua ATAU tiga)", "satu,dua OR tiga"),
        ('satu ("dua" ATAU "tiga")', "satu"),
        ('satu ("dua" ATAU tiga)', 'satu,"dua" OR tiga'),
        ("(+satu dua) tiga", "dua,tiga"),
        ("(sumber:x satu) dua", "satu,dua"),
        ("+(satu dua) makan* harga", "makan*,harga"),
        ("yang harga +beras", "harga"),
        ("+yang harga", "harga"),
        ("satu ATAU dua tiga", ""),
    ],
)
def test_what_must_match_but_need_not_where_some_words_suffice(text: str, spare: str) -> None:
    root = parse(text).root
    assert ",".join(node.as_typed() for node in spared(root)) == spare
    assert (relaxed(root) is None) == (not spare)


def test_where_words_bind_they_suffice_and_the_others_add_to_scores() -> None:
    root = parse("+satu dua tiga sumber:x -empat").root
    facet, excluded = FacetIs(Facet.SOURCE, "x"), Exclude(word("empat"))
    assert relaxed(root) == AllOf((A, facet, excluded, Maybe(B), Maybe(C)))


def test_a_stop_word_that_binds_must_match() -> None:
    root = parse("+yang harga").root
    assert isinstance(root, AllOf)
    assert len(parted(root.nodes)[0]) == 2


def test_a_group_of_stop_words_is_no_more_insisted_on_than_they_are() -> None:
    for text in ("harga (yang di) beras", "harga yang di beras"):
        root = parse(text).root
        assert isinstance(root, AllOf)
        assert parted(root.nodes)[0] == (word("harga"), word("beras"))


def test_the_stop_words_that_the_readme_names_are_some() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    section = readme[readme.index("Stop words (") :].partition("\n\n")[0]
    alone = re.findall(r'"(.+)" alone', section)
    named = re.findall(r"\*(\w+)\*", section) + alone[0].split()
    assert len(named) == 5
    assert set(named) <= lexicon().stop_words
