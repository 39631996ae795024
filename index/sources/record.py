"""Makes an article of the fields of a record, whatever its format."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from index.article import Article
from index.fields import FACETS
from index.sources.cleaning import Faults, add_fault, clean, one_line
from index.sources.columns import FieldNames, Plan
from index.sources.dateline import read_dateline
from index.sources.hyphens import join_divided
from index.sources.markup import to_plain
from index.sources.moments import read_date
from index.sources.name_grammar import ORIGIN
from index.sources.problems import ProblemKind
from index.sources.titles import derive_title
from index.sources.values import as_text

LONGEST_ID = 500
"""An id of more characters is replaced by its hash."""


@dataclass(slots=True)
class Record:
    """The fields of one article as its format gives them.

    ``faults`` are the repairs that the format itself needed.
    """

    values: Mapping[str, object]
    line: int | None
    faults: tuple[tuple[ProblemKind, str], ...] = ()


def to_article(record: Record, names: FieldNames) -> tuple[Article | None, Faults]:
    """The article and its repairs; None where it has no body, which the last fault then says."""
    faults: Faults = list(record.faults)
    values = record.values
    plan = names.plan(values)
    body = _text(values, plan, "body", faults).strip()
    if not body:
        faults.append((ProblemKind.EMPTY_BODY, ""))
        return None, faults
    given_title = one_line(_text(values, plan, "title", faults))
    date = read_date(values, plan, faults)
    url = one_line(_text(values, plan, "url", faults)) or None
    facets = {name: one_line(_text(values, plan, name, faults)) or None for name in FACETS}
    given_id = one_line(_text(values, plan, "id", faults))
    given_source, start = facets["source"], 0
    if not (given_source and facets["place"] and given_title):
        dateline = read_dateline(body)
        if dateline is not None:
            facets["source"] = given_source or dateline.source
            facets["place"] = facets["place"] or dateline.place
            start = dateline.end
    return Article(
        id=_bounded(given_id or url or _hash(given_title, body, date, given_source)),
        title=given_title or derive_title(body[start:]),
        body=body,
        date=date,
        url=url or one_line(_text(values, plan, ORIGIN, faults)) or None,
        derived_title=not given_title,
        **facets,
    ), faults


def _text(values: Mapping[str, object], plan: Plan, field: str, faults: Faults) -> str:
    """The first of the field's values that is not empty, cleaned."""
    for key in plan[field]:
        value = values[key]
        if value is None:
            continue
        text = as_text(value, field)
        if text is None:
            add_fault(faults, ProblemKind.WRONG_TYPE, key)
            continue
        text = clean(text, field, faults)
        if field == "url":
            text = text.replace("&amp;", "&")
        elif field != "id":
            plain = to_plain(text)
            # Entities may stand for anything that has to be cleaned.
            text = text if plain is text else clean(plain, field, faults)
        if field == "body":
            text = join_divided(text, faults)
        if text and not text.isspace():
            return text
    return ""


def _hash(*parts: object) -> str:
    """An id that is the same whenever the same content is read."""
    content = "\0".join("" if part is None else str(part) for part in parts)
    return "h-" + hashlib.blake2b(content.encode(), digest_size=12).hexdigest()


def _bounded(article_id: str) -> str:
    return article_id if len(article_id) <= LONGEST_ID else _hash(article_id)
