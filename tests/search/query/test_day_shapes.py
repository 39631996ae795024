"""Whether words may name days is told without the patterns, and never where these find some."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query.day_shapes import may_name_days
from search.query.day_words import _VOCABULARY
from search.query.days import NotDays, days_of
from tests.conftest import examples

TODAY = date(2025, 6, 25)
WORDS = sorted(word for word in _VOCABULARY if word.isascii() and word.isalnum())
NUMBERS = ["2017", "17", "8", "1", "12", "06", "20170817", "1999", "201706"]
letters = st.sampled_from([*WORDS, "rp", "u", "q", "w", "an", "s", "th", "wib", "t"])
numbers = st.sampled_from(NUMBERS)
glued = st.tuples(letters, numbers).map("".join) | st.tuples(numbers, letters).map("".join)
words = st.lists(st.sampled_from(WORDS) | numbers | glued, min_size=1, max_size=5)


@given(words)
@settings(max_examples=examples(600), deadline=None)
def test_words_that_name_days_may_name_days(told: list[str]) -> None:
    try:
        days_of(" ".join(told), TODAY)
    except NotDays:
        return
    assert may_name_days(told)


GLUED = (
    *(
        "{w}2017",
        "2017{w}",
        "2017{w}2018",
        "{w}2017 tahun",
        "tahun{w}2017",
        "{w}12017",
        "1{w} 2017",
    ),
    *("17{w} mei 2017", "17 mei{w}2017", "17mei{w}2017", "17mei{w} 2017", "{w}17 mei 2017"),
    *("17 mei 2017{w}", "17 mei 2017 {w}10", "17 mei 2017 10{w}", "17 mei 2017{w} 17"),
    *("mei2017{w}", "mei 2017{w}2018", "mei 2017{w}juni 2018", "mei{w}juni 2017", "1{w}5 mei 2017"),
    *("17{w}19 mei 2017", "17 mei{w}19 mei 2017", "17 mei 2017 {w}17 10", "17 mei{w}19 juni 2017"),
    *("q1{w} 2017", "q1{w}q2 2017", "{w}1 2017", "minggu{w}1 mei 2017", "minggu {w}1 mei 2017"),
    *("minggu1{w} mei 2017", "{w}3 hari lalu", "3{w} hari lalu", "3{w} lalu", "{w}3 lalu"),
    *("3hari{w} lalu", "3 hari{w}lalu", "{w}1mei 2017", "1mei2017{w}", "1mei2017{w}2mei2017"),
)


@pytest.mark.parametrize("template", GLUED)
def test_words_glued_to_numbers_may_name_days_where_they_do(template: str) -> None:
    for word in [*WORDS, "t", "z", "h", "s", "x", "juta"]:
        text = template.replace("{w}", word)
        try:
            days_of(text, TODAY)
        except NotDays:
            continue
        assert may_name_days(text.split()), text


@pytest.mark.parametrize(
    "text",
    ["rp88 juni", "u22 2018", "kuartal 2018", "pekan keempat juni", "juni", "minggu"],
)
def test_what_lacks_what_all_days_have_is_told_at_once(text: str) -> None:
    assert not may_name_days(text.split())


@pytest.mark.parametrize(
    "text", ["juni 2018", "awal bulan", "7hari", "mei2017", "kuartal 1 2018", "bulan lalu", "2017"]
)
def test_what_has_it_is_looked_at(text: str) -> None:
    assert may_name_days(text.split())
