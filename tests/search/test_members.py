"""Which members an answer holds, and what is not looked for where nobody asked for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engine import SearchEngine, open_engine
from search.json_shapes import as_json
from search.marked_html import plain_text
from search.members import (
    ALL,
    Members,
    UnknownMembers,
    answer_names,
    answer_of,
    hit_names,
    narrowed,
    read_members,
)
from search.request import SearchRequest


@pytest.fixture(scope="module")
def engine(sample_index: Path) -> SearchEngine:
    return open_engine(sample_index)


NAMES = st.lists(st.sampled_from([*hit_names(), *answer_names()]))


def test_no_name_is_both_a_hits_and_the_answers() -> None:
    assert not set(hit_names()) & set(answer_names())


@pytest.mark.parametrize(
    ("text", "of_hits", "of_answer"),
    [
        ("", (), ()),
        (" , ,", (), ()),
        ("id", ("id",), ()),
        ("title,id,title", ("title", "id"), ()),
        ("id, total\ttitle", ("id", "title"), ("total",)),
        ("hits", (), ("hits",)),
    ],
)
def test_names_are_read(text: str, of_hits: tuple[str, ...], of_answer: tuple[str, ...]) -> None:
    assert read_members(text) == Members(of_hits, of_answer)


@pytest.mark.parametrize(
    ("text", "rows", "without"),
    [("judul", False, ()), ("ID", False, ()), ("total", True, ()), ("body", False, ("body",))],
)
def test_other_names_are_refused_with_those_that_there_are(
    text: str, rows: bool, without: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownMembers, match="similar_count") as raised:
        read_members(f"id,{text}", rows=rows, without=without)
    assert raised.value.given == text
    assert text not in str(raised.value.allowed.english).split(", ")


@settings(max_examples=60)
@given(NAMES)
def test_an_answer_holds_what_is_named_and_no_less_of_it(
    engine: SearchEngine, names: list[str]
) -> None:
    members = read_members(",".join(names))
    request = SearchRequest("gempa -mengungsi")
    whole = as_json(engine.search(SearchRequest(request.query, explain=True, bodies=True)))
    found = answer_of(engine.search(narrowed(request, members)), members, "id")
    of_hits, of_answer = set(members.of_hits), set(members.of_answer)
    if of_hits or not of_answer or "hits" in of_answer:
        assert found.keys() == (of_answer or whole.keys()) | {"hits"}
        for hit, one in zip(found["hits"], whole["hits"], strict=True):
            if of_hits:
                assert hit.keys() == of_hits
                assert hit.get("snippet", plain_text(one["snippet_html"])) == plain_text(
                    one["snippet_html"]
                )
            else:
                assert hit.keys() == one.keys() - {"body"}
            same = hit.keys() & one.keys() - {"explanation"}
            assert {name: hit[name] for name in same} == {name: one[name] for name in same}
            assert "explanation" not in of_hits or hit["explanation"] == one["explanation"]
    else:
        assert found.keys() == of_answer
    for name in of_answer - {"hits", "took_ms", "next_cursor"}:
        assert found[name] == whole[name]


@pytest.mark.parametrize(
    ("text", "facets", "snippets", "bodies"),
    [
        ("", True, True, False),
        ("id,title", True, False, False),
        ("id,snippet", True, True, False),
        ("title_html", True, True, False),
        ("id,body", True, False, True),
        ("total", False, False, False),
        ("total,hits", False, True, False),
        ("total,histogram", True, False, False),
        ("total,undated,id", True, False, False),
    ],
)
def test_what_is_not_named_is_not_looked_for(
    text: str, facets: bool, snippets: bool, bodies: bool
) -> None:
    request = narrowed(SearchRequest("a"), read_members(text))
    assert (request.facets, request.snippets, request.bodies) == (facets, snippets, bodies)


def test_a_corrected_or_partial_answer_says_so_whatever_is_named(engine: SearchEngine) -> None:
    members = read_members("total")
    corrected = engine.search(SearchRequest("perpustakaan kelilign"))
    assert answer_of(corrected, members, "id").keys() == {"total", "corrected"}
    cut = engine.search(SearchRequest("gempa", budget_ms=-1))
    assert answer_of(cut, members, "id")["partial"] is True


def test_without_names_an_answer_is_whole(engine: SearchEngine) -> None:
    response = engine.search(SearchRequest("gempa"))
    assert answer_of(response, ALL, "id") == as_json(response, "id")
