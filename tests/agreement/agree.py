"""What a query's answers say of the number of articles, compared with the articles themselves.

Totals, facets, histogram, cursor, pages, feeds, exports and the command line speak of the same
articles, and so do answers in another order or within what a facet counts. Every sentence of
``disagreements`` is about two of them that do not.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner
from flask.testing import FlaskClient

from index.analysis import fold_value
from index.dates import local_day
from index.fields import COUNTED, Counted, Facet, Period
from search.cli.ask import search
from search.engine import SearchEngine
from search.limits import FACET_VALUES, MAX_EXPORTED, MAX_PER_PAGE
from search.request import Partial, SearchRequest, Sort
from search.response import Hit, SearchResponse
from web import links

_BUDGET_MS = 60_000
_SMALL = 7
"""Hits on a page by number: few, so that there are several, and what has all words ends in one."""


def disagreements(
    engine: SearchEngine, client: FlaskClient, index: Path, query: str
) -> Iterator[str]:
    """What does not agree in the answers to a query, in every order and kind of listing.

    ``engine`` and ``client`` answer from ``index``.
    """
    totals = set()
    for partial in Partial:
        for sort in Sort:
            request = SearchRequest(
                query=query,
                sort=sort,
                partial=partial,
                per_page=MAX_PER_PAGE,
                snippets=False,
                budget_ms=_BUDGET_MS,
            )
            answer = engine.search(request)
            totals.add((answer.total, answer.partial_total))
            where = f"{query!r} {sort} {partial}: "
            for said in _of_listing(engine, client, request, answer):
                yield where + said
        where = f"{query!r} {partial}: "
        for said in (
            *_of_filters(engine, query, partial),
            *_of_files(client, query, partial),
            *(_of_commands(engine, index, query) if partial is Partial.FOLLOW else ()),
        ):
            yield where + said
    if len(totals) > 1:
        yield f"{query!r}: totals differ: {sorted(totals)}"


def _of_listing(
    engine: SearchEngine, client: FlaskClient, request: SearchRequest, answer: SearchResponse
) -> Iterator[str]:
    walked = list(_walk(engine, request, answer))
    complete = [hit for hit in walked if not hit.missing]
    some = len(walked) - len(complete)
    if len({hit.id for hit in walked}) != len(walked):
        yield "the cursor goes twice to an article"
    if len(walked) != answer.listed:
        yield f"listed {answer.listed}, walked {len(walked)}"
    if len(complete) != answer.total:
        yield f"total {answer.total}, walked {len(complete)} with all words"
    if some and some != answer.partial_total:
        yield f"partial_total {answer.partial_total}, walked {some} with some words"
    follow = request.sort is Sort.RELEVANCE and request.partial is not Partial.OFF
    if follow and some != answer.partial_total:
        yield f"partial_total {answer.partial_total}, but {some} follow"
    counted = walked
    if request.partial is not Partial.WITH and answer.total:
        counted = complete
    yield from _of_counts(answer, counted)
    for number in range(1, 4):
        page = engine.search(replace(request, page=number, per_page=_SMALL))
        if _shown(page.hits) != _shown(walked[(number - 1) * _SMALL : number * _SMALL]):
            yield f"page {number} has other hits than the cursor goes to"
    rows = _rows(client, request)
    if len(rows) != min(len(counted), MAX_EXPORTED):
        yield f"{len(counted)} articles counted, {len(rows)} rows of CSV"
    if len(counted) <= MAX_EXPORTED and set(rows) != {hit.id for hit in counted}:
        yield "the CSV has other articles"


def _of_counts(answer: SearchResponse, counted: list[Hit]) -> Iterator[str]:
    bars = sum(one.count for one in answer.histogram)
    undated = sum(hit.date is None for hit in counted)
    if (bars + undated, answer.undated) != (len(counted), undated):
        yield f"histogram {bars} + undated {answer.undated}, articles {len(counted)}"
    for one in COUNTED:
        # Values that differ in nothing but case are one.
        true = Counter(fold_value(value) for hit in counted if (value := _value(hit, one)))
        given = {fold_value(each.value): each.count for each in answer.facets[one]}
        expected = true if len(true) <= FACET_VALUES else {v: true[v] for v in given}
        if given != expected:
            yield f"facet {one}: {given}, articles have {dict(expected)}"
        if answer.facet_totals[one] != len(true):
            yield f"facet {one}: {answer.facet_totals[one]} values, articles have {len(true)}"


def _value(hit: Hit, one: Counted) -> str | None:
    if isinstance(one, Facet):
        return hit.facets.get(one)
    if hit.date is None:
        return None
    return local_day(hit.date).isoformat()[: 4 if one is Period.YEAR else 7]


def _shown(hits: Iterable[Hit]) -> list[tuple[str, tuple[str, ...]]]:
    return [(hit.id, hit.missing) for hit in hits]


def _of_filters(engine: SearchEngine, query: str, partial: Partial) -> Iterator[str]:
    """Whether the filter by a value finds as many as the facet counts, whatever else is chosen."""
    request = SearchRequest(query, partial=partial, per_page=1, budget_ms=_BUDGET_MS)
    answer = engine.search(request)
    for facet, values in answer.facets.items():
        for one in (*values[:1], *values[1:][-1:]):
            found = engine.search(links.including(request, facet, one.value))
            number = _counted(found, partial)
            if number != one.count:
                yield f"{facet} {one.value!r} counts {one.count}, its filter finds {number}"
            if {a.value: a.count for a in found.facets[facet] if a.count} != {
                a.value: a.count for a in values
            }:
                yield f"{facet} counts otherwise where {one.value!r} is chosen"
            if partial is not Partial.FOLLOW:
                continue
            rest = engine.search(links.excluding(request, facet, one.value))
            both = rest.total + rest.partial_total + found.total + found.partial_total
            if both != answer.total + answer.partial_total:
                yield f"{facet} {one.value!r} chosen and excluded together find {both}"


def _counted(answer: SearchResponse, partial: Partial) -> int:
    """How many articles facets and exports are over."""
    if partial is Partial.WITH:
        return answer.total + answer.partial_total
    return answer.total or (answer.partial_total if partial is Partial.FOLLOW else 0)


def _of_files(client: FlaskClient, query: str, partial: Partial) -> Iterator[str]:
    """Whether the page, feeds and the whole as JSON say what the answer does."""
    asked = {"q": query, "partial": partial, "lang": "en"}

    def get(address: str, **more: str) -> str:
        response = client.get(address, query_string={**asked, **more})
        assert response.status_code == 200, response.status
        return response.get_data(as_text=True)

    answer = json.loads(get("/api/v1/search", facets="false", per_page="1"))
    totals = [answer["total"], answer["partial_total"]]
    whole = json.loads(get("/search.json", all="true"))
    if [whole["total"], whole["partial_total"]] != totals:
        yield f"the whole as JSON has other totals than {totals}"
    if len(whole["hits"]) != min(whole["listed"], MAX_EXPORTED):
        yield f"the whole as JSON lists {whole['listed']} and has {len(whole['hits'])}"
    if get("/search.jsonl", fields="id").split("\n")[:-1] != [
        json.dumps({"id": hit["id"]}, separators=(",", ":"), ensure_ascii=False)
        for hit in whole["hits"]
    ]:
        yield "the lines of JSON have other articles than the whole as JSON"
    (one,) = json.loads(get("/api/v1/searches", fields="total,partial_total"))["answers"]
    if [one["total"], one["partial_total"]] != totals:
        yield f"among several it has other totals than {totals}: {one}"
    page = get("/search")
    (heading,) = re.findall(r'<span class="counts">(.*?)<span class="took">', page, re.DOTALL)
    if _numbers(heading) != [number for number in totals if number]:
        yield f"the page's heading says {_numbers(heading)}, the answer {totals}"
    offered = re.findall(r">(Download [^<]*) \(CSV\)<", page)
    if offered and _numbers(offered[0]) != [len(whole["hits"])]:
        yield f"the page offers {offered[0]!r} where there are {len(whole['hits'])}"
    for form, element in ((".rss", "description"), (".atom", "subtitle")):
        (said,) = re.findall(f"<{element}>(.*?)</{element}>", get(f"/search{form}"))[:1]
        if _numbers(said) != (totals if totals[1] else totals[:1]):
            yield f"the feed {form} says {_numbers(said)}, the answer {totals}"


def _of_commands(engine: SearchEngine, index: Path, query: str) -> Iterator[str]:
    """Whether the command line says what the engine does, asked by itself and from a file."""
    answer = engine.search(SearchRequest(query, facets=False, budget_ms=_BUDGET_MS))
    expected = {"total": answer.total, "partial_total": answer.partial_total}
    given = ["--index", str(index), "--fields", "total,partial_total"]
    if query.strip():
        alone = json.loads(_printed([*given, "--json", "--", query]))
        if {name: alone[name] for name in expected} != expected:
            yield f"the command line has {alone}, the engine {expected}"
    line = " ".join(query.split())
    if not line or line.casefold() != query.casefold():
        return
    told = json.loads(_printed([*given, "--jsonl", "--queries", "-"], line.encode()))
    if {name: told[name] for name in expected} != expected:
        yield f"the command line has {told} of a file, the engine {expected}"


def _printed(arguments: list[str], typed: bytes = b"") -> bytes:
    result = CliRunner().invoke(search, arguments, input=typed)
    assert result.exit_code == 0, result.output
    return result.stdout_bytes


def _numbers(text: str) -> list[int]:
    """The numbers in a piece of HTML in English."""
    plain = html.unescape(re.sub("<[^>]*>", " ", text))
    return [int(one.replace(",", "")) for one in re.findall(r"\d[\d,]*", plain)]


def _walk(engine: SearchEngine, request: SearchRequest, answer: SearchResponse) -> Iterator[Hit]:
    while True:
        yield from answer.hits
        if answer.next_cursor is None:
            return
        answer = engine.search(replace(request, facets=False, cursor=answer.next_cursor))


def _rows(client: FlaskClient, request: SearchRequest) -> list[str]:
    """The ids in the CSV of a request."""
    address = "/search.csv"
    asked = {"q": request.query, "sort": request.sort, "partial": request.partial}
    response = client.get(address, query_string=asked)
    assert response.status_code == 200, response.status
    return [row["id"] for row in csv.DictReader(io.StringIO(response.get_data(as_text=True)))]
