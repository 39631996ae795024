"""Names of generations, what they say of themselves, and which came before which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexOutdated
from index.opensearch.generations import Facts, Found, is_generation, new_name
from index.opensearch.layout import LAYOUT_VERSION
from index.schema import VERSION
from index.stemming import StemmerName

FIRST, SECOND, THIRD, FOURTH = (f"a-2026010{n}t000000000000-00000{n}" for n in range(1, 5))


def test_a_name_is_one_of_its_alias_alone() -> None:
    name = new_name("berita")
    assert is_generation("berita", name)
    for alias in ("berit", "berita-", "erita", "berita-2"):
        assert not is_generation(alias, name)
    assert not is_generation("berita", new_name("berita-2"))
    assert not is_generation("berita", f"{name}-companion")


@given(st.integers(2000, 9998))
def test_a_new_name_comes_after_all_others(year: int) -> None:
    others = [f"a-{year}0101t000000000000-ffffff", "b-99990101t000000000000-ffffff"]
    name = new_name("a", others)
    assert is_generation("a", name)
    assert name > others[0]


@pytest.mark.parametrize("stamp", ["20261301t000000000000", "20260230t000000000000"])
def test_a_name_of_no_moment_is_somebody_else_s(stamp: str) -> None:
    other = f"a-{stamp}-ffffff"
    assert not is_generation("a", other)
    assert is_generation("a", new_name("a", [other]))


def test_a_name_at_the_end_of_all_times_has_none_after_it() -> None:
    last = "a-99991231t235959999999-ffffff"
    assert is_generation("a", last)
    assert new_name("a", [last]) < last


def found(in_use: str | None, **previous: str | None) -> Found:
    names = {"first": FIRST, "second": SECOND, "third": THIRD, "fourth": FOURTH}
    told = {names[name]: before for name, before in previous.items()}
    facts = [Facts(name, {"previous": told[name]}) for name in sorted(told)]
    return Found(facts, in_use, (), (), None)


def before(there: Found, current: str | None) -> list[str]:
    return [one.index for one in there.before(current)]


def test_what_was_in_use_before_comes_first() -> None:
    there = found(FOURTH, first=None, second=FIRST, third=SECOND, fourth=SECOND)
    assert before(there, FOURTH) == [SECOND, FIRST]
    assert before(there, None) == [FOURTH, SECOND, FIRST]


def test_what_is_gone_or_not_told_is_the_next_older_one() -> None:
    there = found(FOURTH, first=None, second="gone", fourth="gone")
    assert before(there, FOURTH) == [SECOND, FIRST]
    assert before(there, FIRST) == []


def test_a_circle_ends() -> None:
    assert before(found(FIRST, first=SECOND, second=FIRST), FIRST) == [SECOND]


@pytest.mark.parametrize("wrong", [[], {}, 5, SECOND[:-1]])
def test_what_is_told_of_the_one_before_is_not_trusted(wrong: object) -> None:
    facts = [Facts(FIRST, {}), Facts(SECOND, {}), Facts(THIRD, {"previous": wrong})]
    assert before(Found(facts, THIRD, (), (), None), THIRD) == [SECOND, FIRST]


def test_a_generation_is_found_by_the_name_of_its_index_and_its_own() -> None:
    facts = Facts(FIRST, {"revision": 3})
    there = Found([facts, Facts(SECOND, {})], None, (), (), None)
    assert facts.name == f"{FIRST}.3"
    assert there.of(FIRST) is facts
    assert there.of(f"{FIRST}.3") is facts
    assert there.of(f"{SECOND}.3") is None
    assert there.of(None) is None


def test_a_version_is_this_program_s_with_its_layout() -> None:
    ours = Facts(FIRST, {"version": VERSION, "layout": LAYOUT_VERSION})
    ours.require_this_version("url")
    for meta in (
        {"version": VERSION, "layout": "0"},
        {"version": "schema 0", "layout": LAYOUT_VERSION},
        {},
    ):
        with pytest.raises(IndexOutdated, match="rebuild --from-index"):
            Facts(FIRST, meta).require_this_version("url")


@pytest.mark.parametrize("wrong", [None, "x", -1, True, 1.5, []])
def test_what_is_written_otherwise_is_read_as_nothing(wrong: object) -> None:
    meta = dict.fromkeys(("articles", "number", "revision", "published"), wrong)
    facts = Facts(FIRST, meta)
    assert (facts.articles, facts.next_number, facts.revision) == (0, 0, 0)
    assert facts.published is None
    assert facts.name == FIRST


def test_words_and_stemmer_are_told() -> None:
    facts = Facts(FIRST, {"words": "beras\na = b\n", "stemmer": "snowball"})
    assert facts.words.protected == {"beras"}
    assert facts.words.stemmer is StemmerName.SNOWBALL
    assert Facts(FIRST, {}).words.stemmer is StemmerName.WARTA
