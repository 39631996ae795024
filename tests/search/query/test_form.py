from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.fields import Facet
from search.query.filled_form import filled
from search.query.form import Form, Where, written
from search.query.parse import parse

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
    "none of": (Form(words="gempa", none='ambon "dana desa"'), 'gempa -ambon -"dana desa"'),
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
    ],
)
def test_a_query_in_a_form_asks_the_same(query: str) -> None:
    assert _asked(written(filled(query))) == _asked(query)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30), st.sampled_from(Where))
def test_any_text_in_a_form_gives_a_query(one: str, two: str, three: str, where: Where) -> None:
    form = Form(one, two, three, one, two, 5, where, three, one, {Facet.SOURCE: two})
    parse(written(form))
    filled(one)


def _asked(query: str) -> set[object]:
    root = parse(query).root
    return set(getattr(root, "nodes", (root,)))
