"""Judged queries against an engine: how high the right articles rank.

MRR@10, success@1 and recall@100 count an article as relevant from grade 1. nDCG@10 takes the grade
as gain and log2(rank + 1) as discount (Järvelin, K. and Kekäläinen, J. (2002), "Cumulated
gain-based evaluation of IR techniques"; linear gains as trec_eval has them).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from math import log2
from pathlib import Path
from statistics import fmean

from index.errors import SourceError
from search.engine import SearchEngine
from search.request import SearchRequest

DEPTH = 100
_TOP = 10
_GRADE = re.compile(r"-?\d{1,9}")


@dataclass(frozen=True, slots=True)
class Measures:
    """The figures of one query or the means of many, each from 0 to 1.

    ``judged_10`` is the share of the first ten that have a judgement at all.
    """

    mrr_10: float
    ndcg_10: float
    success_1: float
    recall_100: float
    judged_10: float


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The means, the figures per query id, and the ids of queries that have no relevant article."""

    mean: Measures
    queries: Mapping[str, Measures]
    unjudged: tuple[str, ...]


def read_queries(path: Path) -> dict[str, str]:
    """Query texts by id, from lines of ``id<TAB>text``. Raises ``SourceError`` naming the line."""
    queries = {}
    for number, line in _lines(path):
        identity, tab, text = line.partition("\t")
        if not tab or not identity or not text.strip():
            raise _bad_line(path, number, "id<TAB>text")
        queries[identity] = text.strip()
    return queries


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """Grades by query id and article id, from TREC's four columns: query, 0, article, grade.

    Raises ``SourceError`` naming the line.
    """
    judgements: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        columns = line.split()
        if len(columns) != 4 or not _GRADE.fullmatch(columns[3]):
            raise _bad_line(path, number, "QUERY 0 ARTICLE GRADE")
        judgements.setdefault(columns[0], {})[columns[2]] = int(columns[3])
    return judgements


def measure(ranked: list[str], grades: Mapping[str, int]) -> Measures:
    """The figures of one query: article ids, best first, and the grades of judged articles."""
    relevant = {article for article, grade in grades.items() if grade > 0}
    ranks = [rank for rank, article in enumerate(ranked, start=1) if article in relevant]
    gains = [max(grades.get(article, 0), 0) for article in ranked[:_TOP]]
    ideal = sorted((grades[article] for article in relevant), reverse=True)[:_TOP]
    top = ranked[:_TOP]
    return Measures(
        mrr_10=1 / ranks[0] if ranks and ranks[0] <= _TOP else 0.0,
        ndcg_10=_discounted(gains) / _discounted(ideal) if ideal else 0.0,
        success_1=float(bool(ranks) and ranks[0] == 1),
        recall_100=sum(rank <= DEPTH for rank in ranks) / len(relevant) if relevant else 0.0,
        judged_10=sum(article in grades for article in top) / len(top) if top else 0.0,
    )


def evaluate(
    engine: SearchEngine,
    queries: Mapping[str, str],
    judgements: Mapping[str, Mapping[str, int]],
    progress: Callable[[int, int], None],
) -> Evaluated:
    """Ask every query that has a relevant article. Raises what ``engine.search`` raises."""
    found = {}
    asked = {
        identity: text
        for identity, text in queries.items()
        if any(grade > 0 for grade in judgements.get(identity, {}).values())
    }
    for done, (identity, text) in enumerate(asked.items(), start=1):
        request = SearchRequest(query=text, per_page=DEPTH, facets=False, snippets=False)
        ranked = [hit.id for hit in engine.search(request).hits]
        found[identity] = measure(ranked, judgements[identity])
        progress(done, len(asked))
    unjudged = tuple(identity for identity in queries if identity not in asked)
    return Evaluated(_mean(list(found.values())), found, unjudged)


def _mean(measures: list[Measures]) -> Measures:
    return Measures(
        *(
            fmean(getattr(one, field.name) for one in measures) if measures else 0.0
            for field in fields(Measures)
        )
    )


def _discounted(gains: list[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield number, line.rstrip("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            f"{path} cannot be read: {error}", f"{path} tidak dapat dibaca: {error}"
        ) from None


def _bad_line(path: Path, number: int, form: str) -> SourceError:
    return SourceError(
        f"{path}:{number}: the line is not of the form {form}",
        f"{path}:{number}: baris tidak berbentuk {form}",
    )
