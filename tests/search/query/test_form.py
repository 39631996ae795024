"""The advanced form: the query that it writes, and the form that a query fills."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.fields import Facet
from search.query.filled_form import filled
from search.query.form import Form, Where, nodes_of, written
from search.query.parse import parse
from search.query.syntax.boolean import Exclude
from tests.conftest import examples
from tests.search.query.typing_queries import queries

WRITTEN = {
    "nothing": (Form(), ""),
    "words": (Form(words="harga  beras"), "harga beras"),
    "a phrase": (Form(phrase="kereta cepat"), '"kereta cepat"'),
    "a phrase in quotation marks": (Form(phrase='"kereta "cepat"'), '"kereta cepat"'),
    "one of several": (Form(either="banjir, longsor"), "(banjir OR longsor)"),
    "one of one": (Form(either="banjir"), "banjir"),
    "one of words and phrases": (
        Form(either='banjir "tanah longsor"'),
        '(banjir OR "tanah longsor")',
    ),
    "none of what is sought": (
        Form(words="banjir jakarta", none="jakarta"),
        "banjir jakarta -(jakarta)",
    ),
    "none of": (Form(words="gempa", none='ambon "dana desa"'), 'gempa -ambon -"dana desa"'),
    "none of, with the sign": (
        Form(words="gempa", none='-ambon,–maluku -"dana desa" - covid-19'),
        'gempa -ambon -maluku -"dana desa" -covid-19',
    ),
    "an operator is a word": (Form(either="ATAU banjir"), '("ATAU" OR banjir)'),
    "near": (Form(near="gubernur bali", distance=3), "gubernur NEAR/3 bali"),
    "in the title": (Form(words="harga beras", where=Where.TITLE), "judul:(harga beras)"),
    "one word in the title": (Form(words="beras", where=Where.TITLE), "judul:beras"),
    "a phrase at the beginning": (
        Form(phrase="kereta cepat", where=Where.OPENING),
        'awal:"kereta cepat"',
    ),
    "in one sentence": (
        Form(words="harga", either="beras cabai", where=Where.SENTENCE),
        "kalimat:(harga (beras OR cabai))",
    ),
    "a source": (Form(facets={Facet.SOURCE: "kompas"}), "sumber:kompas"),
    "several sources": (
        Form(facets={Facet.SOURCE: 'antara, "cnn indonesia",'}),
        'sumber:(antara, "cnn indonesia")',
    ),
    "excluded sources": (
        Form(facets={Facet.SOURCE: 'kompas, -antara, -"cnn, indonesia"'}),
        'sumber:kompas -sumber:antara -sumber:"cnn, indonesia"',
    ),
    "a value with a comma": (
        Form(facets={Facet.SOURCE: '"koma, titik", kompas'}),
        'sumber:("koma, titik", kompas)',
    ),
    "a value with signs": (Form(facets={Facet.SOURCE: "a)b"}), 'sumber:"a)b"'),
    "an open quotation mark": (
        Form(words='"kereta cepat', phrase="harga tiket"),
        '"kereta cepat" "harga tiket"',
    ),
    "an open parenthesis": (
        Form(words="(banjir longsor", none="suap"),
        "banjir longsor -suap",
    ),
    "a parenthesis that closes nothing": (
        Form(words="banjir)", phrase="dana desa", where=Where.TITLE),
        'judul:(banjir "dana desa")',
    ),
    "a choice among words": (
        Form(words="banjir OR longsor", phrase="dana desa"),
        '(banjir OR longsor) "dana desa"',
    ),
    "a lone operator": (Form(words="banjir NEAR/5", phrase="dana desa"), 'banjir "dana desa"'),
    "a field without a value": (Form(words="judul:", none="suap"), "judul: -suap"),
    "a number with a comma": (Form(none="1,5 2"), '-"1,5" -"2"'),
    "none of, with any sign": (
        Form(words="gempa", none='"dana desa"-ambon －maluku ‑seram'),
        'gempa -"dana desa" -ambon -maluku -seram',
    ),
    "none of some numbers": (
        Form(words="gempa", none="17 covid 19 -5 2025 nya"),
        'gempa -"17" -covid -"19" -"5" -2025 -"nya"',
    ),
    "none of many names": (
        Form(words="gempa", none="Ambon Maluku Seram Buru"),
        "gempa -Ambon -Maluku -Seram -Buru",
    ),
    "signs among alternatives": (Form(either="harga) beras"), '("harga)" OR beras)'),
    "operators near each other": (Form(near="NEAR near5 b"), '"NEAR" NEAR/5 "near5" NEAR/5 b'),
    "days": (
        Form(words="a1", since="1 juni 2023", until="kemarin"),
        'a1 sejak:"1 juni 2023" sampai:kemarin',
    ),
}


@pytest.mark.parametrize(("form", "query"), WRITTEN.values(), ids=WRITTEN)
def test_a_form_is_written_as_a_query(form: Form, query: str) -> None:
    assert written(form) == query


@pytest.mark.parametrize(
    "query",
    [
        "harga beras",
        'gempa "kereta cepat" "tanah longsor"',
        '(banjir OR "tanah longsor") -suap -"dana desa" -(a OR b)',
        "gubernur NEAR/7 bali",
        'sumber:(antara, "cnn indonesia") tempat:=Bandung kategori:ekonomi',
        "sejak:2023-06-01 sampai:2023-06-30 kopi",
        "judul:beras isi:(a OR b) makan*",
        "judul:(harga beras) sumber:(antara, kompas) -sumber:detik -suap",
        'isi:(a OR b) isi:"c d"',
        "awal:(banjir longsor)",
        "kalimat:(banjir jakarta)",
        "judul:(gubernur NEAR/7 bali) sejak:2023",
        'sumber:"koma, titik" -sumber:"x, y" tanggal:2023-05',
        "(a OR b) (c OR d) NEAR",
        "kalimat:(a b) kalimat:(c d)",
        "judul:a isi:b",
    ],
)
def test_a_query_in_a_form_asks_the_same(query: str) -> None:
    assert _asked(written(filled(query))) == _asked(query)


@pytest.mark.parametrize(
    ("query", "where", "words"),
    [
        ("judul:(harga beras)", Where.TITLE, "harga beras"),
        ("judul:harga -suap judul:beras sejak:2023", Where.TITLE, "harga beras"),
        ("isi:(harga beras) sumber:antara", Where.BODY, "harga beras"),
        ("awal:(harga beras)", Where.OPENING, "harga beras"),
        ("kalimat:(harga beras)", Where.SENTENCE, "harga beras"),
        ("judul:harga beras", Where.ANYWHERE, "judul:harga beras"),
        ("judul:harga isi:beras", Where.ANYWHERE, "judul:harga isi:beras"),
        ("kalimat:(a b) kalimat:(c d)", Where.ANYWHERE, "kalimat:(a b) kalimat:(c d)"),
    ],
)
def test_where_is_read_back_where_all_of_it_stands_there(
    query: str, where: Where, words: str
) -> None:
    form = filled(query)
    assert (form.where, form.words) == (where, words)


@settings(max_examples=12, deadline=None)
@given(queries())
def test_any_query_in_a_form_asks_the_same_apart_from_how_it_is_grouped(query: str) -> None:
    form = filled(query)
    if form != Form(words=form.words):
        assert _asked(written(form)) == _asked(query)


@settings(max_examples=12, deadline=None)
@given(queries(), st.sampled_from(tuple(Where)[:4]))
def test_no_field_swallows_another(text: str, where: Where) -> None:
    words = Form(words=text, where=where)
    others = Form(phrase="zulu yankee", either="xray whisky", none="victor", since="2020")
    both = replace(others, words=text, where=where)
    assert _asked(written(both)) == _asked(written(words)) | _asked(
        written(replace(others, where=where))
    )


@settings(max_examples=12, deadline=None)
@given(st.one_of(queries(), st.text(max_size=20)), st.sampled_from(["either", "none", "near"]))
def test_signs_in_a_list_of_words_are_words(text: str, field: str) -> None:
    form = replace(Form(words="alfa", until="2021"), **{field: text})  # type: ignore[arg-type]
    assert _asked("alfa sampai:2021") <= _asked(written(form))


_SIGN = st.sampled_from([*'-–−—‐‑﹣－+＋*~=,"“”», ', "--", " - ", ""])
_EXCLUDED = st.sampled_from(
    [
        *(
            "ambon",
            "Ambon",
            "covid-19",
            "dana desa",
            "5",
            "-17",
            "17%",
            "C++",
            "sumber:detik",
            "OR",
        ),
        *("NOT", "x,y", "1,5", "(a b)", "e-KTP", "nya", "Pak", "judul:beras", "TANPA", "NEAR/3"),
    ]
)


@settings(max_examples=examples(150), deadline=None)
@given(
    st.sampled_from(["gempa", "JAKARTA", "gempa 5", '"gempa"', "a OR b", ""]),
    st.lists(st.tuples(_SIGN, _EXCLUDED, _SIGN).map("".join), max_size=5).map("".join)
    | st.lists(_EXCLUDED, max_size=8).map(" ".join)
    | st.text(max_size=20),
)
def test_nothing_that_is_unwanted_is_sought(words: str, none: str) -> None:
    form = Form(words=words, until="2021")
    asked = _asked(written(replace(form, none=none))) - _asked(written(form))
    assert all(isinstance(one, Exclude) for one in asked)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30), st.sampled_from(Where))
def test_a_form_filled_from_the_query_of_any_form_goes_on_asking_the_same(
    one: str, two: str, three: str, where: Where
) -> None:
    form = Form(one, two, three, one, two, 5, where, three, one, {Facet.SOURCE: two})
    query = written(filled(written(form)))
    assert _asked(written(filled(query))) == _asked(query)


def _asked(query: str) -> set[object]:
    return set(nodes_of(parse(query).root))
