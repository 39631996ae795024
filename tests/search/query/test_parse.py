"""What queries mean."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis import analysis, lexicon
from index.fields import Facet
from search.limits import MAX_QUERY_CHARACTERS
from search.messages import CODES, sentence
from search.query.parse import parse
from search.query.syntax.boolean import AllOf, AnyOf, Exclude, Maybe, parted, relaxed, spared
from search.query.syntax.filters import DateRange, FacetIs
from search.query.syntax.node import Node
from search.query.syntax.pattern import Prefix
from search.query.syntax.phrase import Phrase
from search.query.syntax.word import Word
from search.query.words import MAX_WORDS
from tests.conftest import ROOT
from tests.search.local.asking import compiled
from tests.search.query.typing_queries import SIGNS


def word(surface: str, scope: str | None = None) -> Word:
    return Word(surface, analysis().stem(surface), scope)


A, B, C = word("satu"), word("dua"), word("tiga")
SOURCE_ONE, SOURCE_TWO, SOURCE_THREE = (
    FacetIs(Facet.SOURCE, value) for value in ("satu", "dua", "tiga empat")
)
SINCE_FEBRUARY = DateRange(date(2024, 2, 1), None)
UNTIL_FEBRUARY = DateRange(None, date(2024, 2, 29))


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
        ("sumber:=kompas.com", FacetIs(Facet.SOURCE, "kompas.com", whole=True)),
        ('place:="Banda Aceh" satu', AllOf((FacetIs(Facet.PLACE, "Banda Aceh", whole=True), A))),
        ("judul:=satu", Phrase(("satu",), "title")),
        ('source:"CNN Indonesia"', FacetIs(Facet.SOURCE, "CNN Indonesia")),
        ("tempat:Ambon satu", AllOf((FacetIs(Facet.PLACE, "Ambon"), A))),
        ("penulis:Sari", FacetIs(Facet.AUTHOR, "Sari")),
        ("-kategori:olahraga satu", AllOf((Exclude(FacetIs(Facet.CATEGORY, "olahraga")), A))),
        ("sejak:2023-06-01", DateRange(date(2023, 6, 1), None)),
        ("until:2023-06-01", DateRange(None, date(2023, 6, 1))),
        ("sejak:2024-02 sampai:2024-02", AllOf((SINCE_FEBRUARY, UNTIL_FEBRUARY))),
        ("sejak:1/2/2024, sampai:“29 Februari 2024”", AllOf((SINCE_FEBRUARY, UNTIL_FEBRUARY))),
        ("sampai:9999", DateRange(None, date(9999, 12, 31))),
        ("sejak:2024–02–01 satu", AllOf((SINCE_FEBRUARY, A))),
        ("sumber:(satu ATAU dua)", AnyOf((SOURCE_ONE, SOURCE_TWO))),
        ('sumber:(satu,"dua" tiga empat)', AnyOf((SOURCE_ONE, SOURCE_TWO, SOURCE_THREE))),
        ("sumber:(satu, dua, tiga empat)", AnyOf((SOURCE_ONE, SOURCE_TWO, SOURCE_THREE))),
        ("tiga -sumber:(satu, dua)", AllOf((C, Exclude(AnyOf((SOURCE_ONE, SOURCE_TWO)))))),
        ("judul:(tiga sumber:(satu))", AllOf((word("tiga", "title"), SOURCE_ONE))),
        ("sumber:(satu judul:tiga)", AllOf((SOURCE_ONE, word("tiga", "title")))),
        ("sumber:=satu, tiga", AllOf((replace(SOURCE_ONE, whole=True), C))),
        ("covid-19", Word("covid-19", "covid")),
        ("pukul 10:15", AllOf((word("pukul"), word("10"), word("15")))),
        ("satu - dua", AllOf((A, B))),
        ("dua-satu", AllOf((B, A))),
        ("satu NOT dua", AllOf((A, Exclude(B)))),
        ("satu TANPA dua", AllOf((A, Exclude(B)))),
        ("satu BUKAN dua", AllOf((A, Exclude(B)))),
        ("satu AND NOT dua", AllOf((A, Exclude(B)))),
        ("satu DAN BUKAN dua", AllOf((A, Exclude(B)))),
        ("satu NOT -dua", AllOf((A, Exclude(B)))),
        ("satu NOT (dua ATAU tiga)", AllOf((A, Exclude(AnyOf((B, C)))))),
        ('satu NOT"dua tiga"', AllOf((A, Exclude(Phrase(("dua", "tiga")))))),
        ("satu NOT judul:dua tiga", AllOf((A, Exclude(word("dua", "title")), C))),
        ("satu ATAU BUKAN dua", AnyOf((A, Exclude(B)))),
        ("SATU TANPA DUA", AllOf((A, Exclude(B)))),
        ("tanpa satu bukan dua", AllOf((word("tanpa"), A, word("bukan"), B))),
        ("judul:NOT -OR satu", AllOf((word("not", "title"), Exclude(word("or")), A))),
        ("+satu", A),
        ("++satu", A),
        ("+(satu dua)", AllOf((A, B))),
        ("satu+dua", AllOf((A, B))),
        ("−satu dua", AllOf((Exclude(A), B))),
        ("dua –satu", AllOf((B, Exclude(A)))),
        ("dua – satu", AllOf((B, A))),
        ("–satu dua", AllOf((A, B))),
        ("«satu dua»", Phrase(("satu", "dua"))),
        ("‘satu dua’", AllOf((A, B))),
        ("＂dua＂ （tiga） －satu", AllOf((Phrase(("dua",)), C, Exclude(A)))),
        ('tv 42" satu', AllOf((word("tv"), word("42"), A))),
        ("makan*, satu", AllOf((Prefix("makan"), A))),
        ("ｓａｔｕ　ＮＯＴ ｄｕａ", AllOf((A, Exclude(B)))),
        ("\ufeffjudul:satu \u200e-dua", AllOf((word("satu", "title"), Exclude(B)))),
        ("satu NOT\u200b dua", AllOf((A, Exclude(B)))),
        ('""satu dua""', Phrase(("satu", "dua"))),
        ('"satu""dua"', AllOf((Phrase(("satu",)), Phrase(("dua",))))),
        ("satu (NOT) -nya", AllOf((A, word("not"), Word("nya", "nya", is_optional=True)))),
        ("satu -2019", AllOf((A, Exclude(word("2019"))))),
    ],
)  # fmt: skip
def test_a_query_means_this(text: str, root: Node | None) -> None:
    parsed = parse(text)
    assert parsed.root == root
    assert {note.code for note in parsed.notes} <= {"days-meant"}


@pytest.mark.parametrize(
    ("text", "root", "code", "position"),
    [
        ('satu "dua', AllOf((A, Phrase(("dua",)))), "unclosed-quote", 5),
        ("(satu dua", AllOf((A, B)), "unclosed-parenthesis", 0),
        ("satu) dua", AllOf((A, B)), "unclosed-parenthesis", 4),
        ("-satu", Exclude(A), "only-excluded", None),
        ("s*", word("s"), "prefix-too-short", 0),
        ("judul:-satu", AllOf((word("judul"), Exclude(A))), "field-without-value", 0),
        ("sejak:(satu)", A, "bad-date", 7),
        (
            "sejak:2024-02-01 sampai:2024-01-31",
            AllOf((SINCE_FEBRUARY, DateRange(None, date(2024, 1, 31)))),
            "no-days",
            17,
        ),
        ("sejak:agustus", word("agustus"), "bad-date", 6),
        ("?!", None, "nothing-searchable", None),
    ],
)
def test_what_does_not_fit_is_read_as_words_with_a_note(
    text: str, root: Node | None, code: str, position: int | None
) -> None:
    parsed = parse(text)
    assert parsed.root == root
    assert [(note.code, note.position) for note in parsed.notes] == [(code, position)]


@pytest.mark.parametrize(
    ("text", "root", "codes"),
    [
        ("satu NOT", A, "lone-operator@5"),
        ("OR satu", A, "lone-operator@0"),
        ("satu AND", A, "lone-operator@5"),
        ("satu AND OR dua", AnyOf((A, B)), "lone-operator@5"),
        ("satu ATAU ATAU dua", AnyOf((A, B)), "lone-operator@5"),
        ("satu (DAN dua)", AllOf((A, B)), "lone-operator@6"),
        ("NOT NOT satu dua", AllOf((Exclude(A), B)), "lone-operator@0"),
        ("TANPA", None, "lone-operator@0 nothing-searchable@None"),
        ("satu or dua", AllOf((A, word("or"), B)), "lower-case-operator@5"),
        (
            "SATU DUA TIGA TANPA EMPAT",
            AllOf((A, B, C, word("tanpa"), word("empat"))),
            "operator-as-word@14",
        ),
        ("satu$ dua", AllOf((A, B)), "unknown-operator@0"),
        ("satu ANDNOT dua", AllOf((A, Exclude(B))), "unknown-operator@5"),
        ("satu AND/OR dua", AnyOf((A, B)), "unknown-operator@5"),
        ("satu -5", AllOf((A, word("5"))), "excludes-nothing@5"),
        ("satu -1,5%", AllOf((A, word("1,5"))), "excludes-nothing@5"),
        ("satu -Dua a b c d e f", None, "excludes-nothing@5"),
        ("satu -Dua a b c d e -f", None, ""),
        ("satu -Dua -Tiga Lima -Enam -Tujuh", None, "excludes-several@5 excludes-part@10"),
        (
            "satu -Dua -Tiga lima -Enam -Tujuh",
            None,
            "excludes-nothing@5",
        ),
        ("satu -Dua -Tiga", None, ""),
        ("satu -Dua Tiga", AllOf((A, Exclude(B), C)), "excludes-part@5"),
        ("satu NOT Dua Tiga, Lima", None, "excludes-part@5"),
        ("satu -Dua, Tiga -Lima enam", None, ""),
        ("SATU -DUA TIGA", None, ""),
        ("Satu -Satu Dua", AllOf((A, B)), "doubled-word@5"),
        ("satu 9:00 -10:15", None, "excludes-nothing@10"),
        ("satu 2½% ½%", None, ""),
        ("satu -2½ -½ -3½%", None, "excludes-nothing@5 excludes-nothing@9 excludes-nothing@12"),
        ("satu -1.000,5", None, "excludes-nothing@5"),
        ("satu -satu dua", AllOf((A, B)), "doubled-word@5"),
        (
            "sumber:satu -sumber:satu",
            AllOf((SOURCE_ONE, Exclude(SOURCE_ONE))),
            "asked-and-excluded@12",
        ),
        ("satu NOT satu", AllOf((A, Exclude(A))), "asked-and-excluded@5"),
        ("satu dua -(tiga OR satu)", None, "asked-and-excluded@9"),
        ("min_faves:100 satu", None, "unknown-filter@0"),
        ("satu^3", A, "unknown-operator@0"),
        ("judul:satu[0-3]", None, "unknown-operator@6"),
        ("[satu TO dua]", AllOf((A, B)), "unknown-operator@0"),
        ("{satu dua}", AllOf((A, B)), "unknown-operator@0"),
        ("/satu.*/ dua", AllOf((A, B)), "unknown-operator@0"),
        ("satu|dua", AllOf((A, B)), "unknown-operator@0"),
        ("satu && dua", AllOf((A, B)), "unknown-operator@5"),
        ("satu || dua", AnyOf((A, B)), "unknown-operator@5"),
        ("!satu ^dua", AllOf((A, B)), "unknown-operator@0 unknown-operator@6"),
        ("satu XOR dua", AllOf((A, B)), "ignored-operator@5"),
        ("satu w/p dua", AllOf((A, B)), "ignored-operator@5"),
        ("satu * dua", AllOf((A, B)), "ignored-operator@5"),
        ("tiga subject:(satu dua)", AllOf((C, AllOf((A, B)))), "unknown-field@5"),
        ("judl:satu", A, "unknown-field@0"),
        ("foo:satu", AllOf((word("foo"), A)), "unknown-operator@0"),
        ("-inurl:dua satu", A, "unknown-filter-excluded@1"),
        ("judul: satu", AllOf((word("judul"), A)), "field-without-value@0"),
        ("sumber:x*", FacetIs(Facet.SOURCE, "x"), "unknown-operator@7"),
    ],
)
def test_what_is_no_operator_here_is_named_at_its_place(
    text: str, root: Node | None, codes: str
) -> None:
    parsed = parse(text)
    assert root is None or parsed.root == root
    assert " ".join(f"{note.code}@{note.position}" for note in parsed.notes) == codes


def test_the_words_of_a_filter_that_is_none_here_are_not_insisted_on() -> None:
    root = parse("inurl:detik.com satu").root
    assert isinstance(root, AllOf)
    assert parted(root.nodes)[0] == (A,)
    assert parse("inurl:detik.com").root is not None


@pytest.mark.parametrize(
    "text",
    [
        "https://www.detik.com/a?b=c&d=x*y~ detik.com/berita?id=3 redaksi@kompas.com",
        "pukul 10:30, skor 2:1; pukul:10 seharga Rp5.000 Rp5.000/kg USD1,5 24/7 10^6 2*3 km^2",
        "dan/atau Jum'at covid-19 C++ 1+1 100% ~50 S&P 500 #2019gantipresiden @jokowi A+",
        "siapa presiden? apa!? wah... [VIDEO] Banjir Jakarta | Kompas.com, catatan[1]",
        "Jakarta:Banjir -- Prabowo: 'Kami Siap' — kata dia (Hit and Run)",
        "harga tiket?utm_source=populer&utm_medium=x lagi ?ICID=OP",
        "GEMPA DAN TSUNAMI DI PALU DAN DONGGALA",
        "NEAR Protocol Rilis Fitur; Marks & Spencer Tutup",
        "judul:(satu OR dua) NOT sumber:=antara",
        "Ke mana Jokowi?Direktur itu =SUMBER= Xbox Series X|S seharga US$ 500 US$",
        "institute for development of economics and finance",
        "KAFE NEAR KAMPUS VIRAL DI MEDSOS",
        "AMBON -Ketua Komisi Pemberantasan Korupsi (KPK) mendalami tarif yang diminta pegawai itu",
    ],
)
def test_signs_of_pasted_text_are_no_operators(text: str) -> None:
    assert parse(text).notes == ()


@example("site:,k*ta")
@example('sumber:("kata*')
@example('"kata (AND')
@given(st.lists(st.sampled_from([*SIGNS, " ", " ", " "]), max_size=30).map("".join))
def test_notes_stand_in_order_at_what_they_name(text: str) -> None:
    notes = [note for note in parse(text).notes if note.position is not None]
    plain = text.translate({0xFF02: '"', 0xFF08: "(", 0xFF1A: ":"})
    assert [note.position for note in notes] == sorted(note.position or 0 for note in notes)
    for note in notes:
        named = note.facts.get("word") or note.facts.get("operator", "")
        assert plain[note.position :].startswith(named)


@given(st.lists(st.sampled_from([*SIGNS, " ", " ", " "]), max_size=30).map("".join))
def test_relaxing_spares_nothing_that_binds(text: str) -> None:
    root = parse(text).root
    looser, spare = relaxed(root), spared(root)
    assert (looser is None) == (not spare)
    assert not any(node.binds for node in spare)
    if isinstance(root, AllOf) and isinstance(looser, AllOf):
        assert {node for node in root.nodes if node.binds} <= set(looser.nodes)


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
