"""Makes an article of the fields of a record, whatever its format."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from index.article import Article
from index.dates import NotADate, parse_date
from index.fields import FACETS
from index.sources.cleaning import Faults, clean, one_line
from index.sources.dateline import read_dateline
from index.sources.fields import FieldNames, Plan
from index.sources.problems import ProblemKind
from index.sources.titles import derive_title

LONGEST_ID = 500
"""An id of more characters is replaced by its hash."""

_EXACT = 2**53  # a larger float stands for several whole numbers


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
    date = _date(values, plan, faults)
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
        url=url,
        derived_title=not given_title,
        **facets,
    ), faults


def _text(values: Mapping[str, object], plan: Plan, field: str, faults: Faults) -> str:
    """The first of the field's values that is not empty, cleaned."""
    for key in plan[field]:
        value = values[key]
        if value is None:
            continue
        text = _as_text(value, field)
        if text is None:
            _add(faults, ProblemKind.WRONG_TYPE, key)
            continue
        text = clean(text, field, faults)
        if text and not text.isspace():
            return text
    return ""


def _as_text(value: object, field: str) -> str | None:
    """A number, or a list of texts and numbers, as text; None for anything else.

    A list is paragraphs in a body and names elsewhere.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, float) and field == "id":
        return f"{value:.0f}" if value.is_integer() and abs(value) <= _EXACT else None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, list) or any(isinstance(part, list) for part in value):
        return None
    parts = [_as_text(part, field) for part in value]
    if None in parts:
        return None
    return ("\n\n" if field == "body" else ", ").join(p for p in parts if p and not p.isspace())


def _date(values: Mapping[str, object], plan: Plan, faults: Faults) -> datetime | None:
    for key in plan["date"]:
        value = values[key]
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            _add(faults, ProblemKind.WRONG_TYPE, key)
            continue
        try:
            return parse_date(value)
        except NotADate as error:
            _add(faults, ProblemKind.BAD_DATE, str(error))
            return None
    return None


def _add(faults: Faults, kind: ProblemKind, detail: str) -> None:
    if all(kind is not known for known, _ in faults):
        faults.append((kind, detail))


def _hash(*parts: object) -> str:
    """An id that is the same whenever the same content is read."""
    content = "\0".join("" if part is None else str(part) for part in parts)
    return "h-" + hashlib.blake2b(content.encode(), digest_size=12).hexdigest()


def _bounded(article_id: str) -> str:
    return article_id if len(article_id) <= LONGEST_ID else _hash(article_id)
