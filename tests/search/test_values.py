"""What a part of a facet's value stands for."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import fold_value
from index.fields import Facet
from search.values import Fit, Values, words
from tests.conftest import examples
from tests.search.values_twin import meant, words_of

PIECES = (
    *("detik", "Detik", "kompas", "iana", "antara", "news", "CNN", "Indonesia", "indonesia"),
    *("sari", "dewi", "é", "6", "com", ".", ".com", ".co.id", "www.", "https://", " ", "-", "'"),
)
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join)


def values_of(*given: str) -> Values:
    return Values(given, [len(given) - number for number in range(len(given))])


def named(values: Values, given: tuple[str, ...], text: str) -> list[str]:
    return [given[number] for number in values.part(text).numbers]


@settings(max_examples=examples(100))
@given(st.lists(texts, max_size=8, unique_by=fold_value), texts)
def test_parts_stand_for_what_the_twin_says(given_: list[str], text: str) -> None:
    values = [value for value in given_ if fold_value(value)]
    found = values_of(*values)
    assert [list(words(value)) for value in values] == [words_of(value) for value in values]
    assert {fold_value(values[number]) for number in found.part(text).numbers} == meant(
        text, values
    )
    assert {fold_value(values[number]) for number in found.whole(text).numbers} == meant(
        text, values, whole=True
    )


@given(st.lists(texts, min_size=1, max_size=8, unique_by=fold_value), texts)
def test_the_nearest_values_are_few_and_there_is_one_wherever_a_part_fits(
    given_: list[str], text: str
) -> None:
    found = values_of(*given_)
    nearest = found.nearest(text)
    assert len(set(nearest)) == len(nearest) <= 3
    assert set(nearest) <= set(given_)
    assert bool(nearest) or not found.part(text).numbers


SITES = (
    *("detik.com", "kompas.com", "news.detik.com", "antaranews.com", "cnnindonesia.com"),
    *("CNN Indonesia", "Jawa Pos", "Detik Finance", "kompasiana.com", "liputan6.com", "detikNews"),
    *("kontan.co.id", "okezone.com", "Suara Merdeka", "suara.com", "École"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("detik", ["detik.com", "news.detik.com", "Detik Finance", "detikNews"]),
        ("DETIK.COM", ["detik.com", "news.detik.com"]),
        ("https://www.detik.com/", ["detik.com", "news.detik.com"]),
        ("news.detik", ["news.detik.com"]),
        ("detiknews", ["detikNews"]),
        ("antara", ["antaranews.com"]),
        ("cnn", ["cnnindonesia.com", "CNN Indonesia"]),
        ("cnn indonesia", ["cnnindonesia.com", "CNN Indonesia"]),
        ("cnnindonesia", ["cnnindonesia.com", "CNN Indonesia"]),
        ("jawapos", ["Jawa Pos"]),
        ("kompas", ["kompas.com"]),
        ("kom", ["kompas.com", "kompasiana.com"]),
        ("oke", ["okezone.com"]),
        ("liputan 6", ["liputan6.com"]),
        ("co.id", ["kontan.co.id"]),
        ("ecole", ["École"]),
        ("merd", []),
        ("ko", []),
        ("!", []),
    ],
)
def test_a_part_is_words_of_a_value_else_the_beginning_of_a_host_s_name(
    text: str, expected: list[str]
) -> None:
    assert named(values_of(*SITES), SITES, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("detk", ("detik.com", "news.detik.com", "Detik Finance")),
        ("liputn6", ("liputan6.com",)),
        ("jawa post", ("Jawa Pos",)),
        ("merd", ("Suara Merdeka",)),
        ("cnn philippines", ("cnnindonesia.com", "CNN Indonesia")),
        ("zzz", ()),
        ("!", ()),
    ],
)
def test_the_nearest_values_share_words_or_differ_in_few_letters(
    text: str, expected: tuple[str, ...]
) -> None:
    assert values_of(*SITES).nearest(text) == expected


def test_values_that_no_article_has_are_unknown() -> None:
    values = Values(["Antara", "antaranews.id"], [0, 2])
    assert values.filtered("antara").numbers == (1,)
    assert not values.whole("Antara").numbers
    assert not Values(["Antara"], [0]).nearest("antara")


def test_a_filter_is_a_whole_value_wherever_there_is_one() -> None:
    given_ = ("goal.com", "m.goal.com", "=tanda")
    values = values_of(*given_)
    assert values.filtered("GOAL.com").numbers == (0,)
    assert values.filtered("goal").numbers == values.part("goal.com").numbers == (0, 1)
    assert values.filtered("=goal.com").numbers == (0,)
    assert not values.filtered("=goal").numbers
    assert values.filtered("=tanda").numbers == (2,)


def test_parts_of_the_sources_of_a_real_archive(data: Path) -> None:
    with gzip.open(data / "news/articles-27k.jsonl.gz") as lines:
        articles = [orjson.loads(line) for line in lines]
    for facet in Facet:
        counts = Counter(one[facet.value] for one in articles if one.get(facet.value))
        folded: dict[str, str] = {}
        for value, _ in counts.most_common():
            folded.setdefault(fold_value(value), value)
        given_ = tuple(folded.values())
        totals = Counter[str]()
        for value, count in counts.items():
            totals[fold_value(value)] += count
        values = Values(given_, [totals[one] for one in folded])
        for value in given_:
            assert given_.index(value) in values.part(value).numbers
            assert values.filtered(value).numbers == (given_.index(value),)
        for word in sorted({word for value in given_ for word in words(value)})[::25]:
            numbers = values.part(word).numbers
            assert {fold_value(given_[number]) for number in numbers} == meant(word, given_), word
        if facet is Facet.SOURCE:
            expected = {"detik": 9046, "antara": 1282, "cnn": 2548, "tribun": 3387, "goal": 155}
            for part, count in expected.items():
                found = values.part(part)
                assert found.fit is Fit.WORDS
                assert sum(totals[fold_value(given_[n])] for n in found.numbers) == count
