"""Makes an article of the fields of a record, whatever its format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from index.article import Article
from index.bilingual import Text
from index.blake2b import blake2b
from index.fields import FACETS
from index.sources.columns.grammar import ORIGIN, PARTS
from index.sources.columns.plan import FieldNames, Plan
from index.sources.problems import Detail, ProblemKind
from index.sources.text.cleaning import Faults, add_fault, clean, one_line
from index.sources.text.cuts import tell_cut
from index.sources.text.dateline import read_dateline
from index.sources.text.facets import tidy
from index.sources.text.hyphens import join_divided
from index.sources.text.markup import to_plain
from index.sources.text.tidiness import is_tidy
from index.sources.text.titles import derive_title
from index.sources.values.article_date import read_date
from index.sources.values.cutlists import cut_list
from index.sources.values.embedded import APART, EMBEDDED, with_embedded, with_facts
from index.sources.values.notation import STARTS
from index.sources.values.placeholders import is_no_text, is_placeholder
from index.sources.values.texts import as_text

LONGEST_ID = 500
"""An id of more characters is replaced by its hash."""

LONGEST_NAME = 100
"""No name of a source, a category, a place or an author has more characters than are looked up."""


@dataclass(slots=True)
class Record:
    """The fields of one article as its format gives them.

    ``faults`` are the repairs that the format itself needed. ``part`` is the part of the file that
    has ids of its own, as a sheet of a workbook.
    """

    values: Mapping[str, object]
    line: int | None
    faults: tuple[tuple[ProblemKind, Detail], ...] = ()
    part: str = ""


def to_article(record: Record, names: FieldNames) -> tuple[Article | None, Faults]:
    """The article and its repairs; None where it has no text, which the last fault then says.

    An article without a body has its summary, or else its title, as its body.
    """
    faults: Faults = list(record.faults)
    if EMBEDDED in record.values:
        record.values = with_embedded(record.values)
    elif not APART.isdisjoint(record.values):
        record.values = with_facts(record.values, names)
    values = record.values
    plan = names.plan(values)
    body = tell_cut(text_of(values, plan, "body", faults).strip(), faults)
    given_title = line_of(values, plan, "title", faults)
    if not body:
        body = _little(values, plan, given_title, faults)
        if not body:
            return None, faults
    date = read_date(values, plan, faults)
    url = line_of(values, plan, "url", faults) or None
    facets = {name: name_of(values, plan, name, faults) if plan[name] else None for name in FACETS}
    given_id = id_of(values, plan, faults)
    origin = None if url else line_of(values, plan, ORIGIN, faults) or None
    return assembled(given_id, given_title, body, date, facets, url=url, origin=origin), faults


def assembled(
    given_id: str,
    given_title: str,
    body: str,
    date: datetime | None,
    facets: dict[str, str | None],
    *,
    url: str | None,
    origin: str | None,
) -> Article:
    """The article of clean values; what it lacks is taken of its text where that tells it.

    ``origin``: the address that stands for it where ``url`` is None; its id is never made of it.
    """
    given_source, start = facets["source"], 0
    if not (given_source and facets["place"] and given_title):
        dateline = read_dateline(body)
        if dateline is not None:
            facets["source"] = given_source or dateline.source
            facets["place"] = facets["place"] or dateline.place
            start = dateline.end
    return Article(
        id=bounded(given_id or url or hash_of(given_title, body, date, given_source)),
        title=given_title or derive_title(body[start:]),
        body=body,
        date=date,
        url=url or origin,
        derived_title=not given_title,
        **facets,
    )


def _little(values: Mapping[str, object], plan: Plan, title: str, faults: Faults) -> str:
    """What stands in for a body; empty where nothing does. Either is told, unless its parts do."""
    parts = [text_of(values, {"body": (key,)}, "body", faults).strip() for key in plan[PARTS]]
    if any(parts):
        return "\n\n".join(filter(None, parts))
    summary = text_of(values, plan, "summary", faults).strip()
    if summary:
        faults.append((ProblemKind.NO_BODY, Text("summary", "ringkasan")))
    elif title:
        faults.append((ProblemKind.NO_BODY, Text("title", "judul")))
    else:
        faults.append((ProblemKind.EMPTY_BODY, ""))
    return summary or title


def id_of(values: Mapping[str, object], plan: Plan, faults: Faults) -> str:
    """The given id, empty where there is none."""
    for key in plan["id"]:
        value = values[key]
        if type(value) is str and value.isalnum() and value.isascii():
            if not is_no_text(value):
                return value  # most ids: nothing to clean
        elif value is not None:
            break
    return line_of(values, plan, "id", faults)


def text_of(values: Mapping[str, object], plan: Plan, field: str, faults: Faults) -> str:
    """The first of the field's values that is not empty, cleaned."""
    for key in plan[field]:
        value = values[key]
        if value is None or value == "":
            continue
        text = _cleaned(value, key, field, faults)
        if len(text) > LONGEST_NAME:
            if not text.isspace():
                return text
        elif text and not text.isspace() and not is_no_text(text):
            return text
    return ""


def line_of(values: Mapping[str, object], plan: Plan, field: str, faults: Faults) -> str:
    """The first of the field's values that is not empty, cleaned, on one line."""
    return one_line(text_of(values, plan, field, faults))


def name_of(values: Mapping[str, object], plan: Plan, field: str, faults: Faults) -> str | None:
    """The first name among the field's values, on one line."""
    for key in plan[field]:
        value = values[key]
        if value is None:
            continue
        if type(value) is str and len(value) <= LONGEST_NAME:
            name, repairs = short_name(value, field)
            for kind, _ in repairs:
                add_fault(faults, kind, field)
        else:
            name = _name(_cleaned(value, key, field, faults), field)
        if name:
            return name
    return None


@lru_cache(2**13)
def short_name(value: str, field: str) -> tuple[str, Faults]:
    """The name and its repairs: the same few come again and again."""
    faults: Faults = []
    return _name(_cleaned(value, field, field, faults), field), faults


def _name(text: str, field: str) -> str:
    name = tidy(one_line(text), field)
    return "" if is_placeholder(name) else name


def _cleaned(value: object, key: str, field: str, faults: Faults) -> str:
    """The clean text of a value, empty where it is of no use for the field."""
    if type(value) is str and is_tidy(value):
        return value
    if type(value) is str and value[:1] not in STARTS:
        text: str | None = value
    else:
        text = as_text(value, field)
        if text is value and type(value) is str and (cut := cut_list(value)) is not None:
            text = as_text(cut, field)
            add_fault(faults, ProblemKind.CUT_TEXT, key)
    if text is None:
        add_fault(faults, ProblemKind.WRONG_TYPE, key)
        return ""
    text = clean(text, field, faults)
    if field == "url":
        text = text.replace("&amp;", "&")
    elif field != "id":
        plain = to_plain(text, faults)
        # Entities may stand for anything that has to be cleaned.
        text = text if plain is text else clean(plain, field, faults)
    if field in {"body", "summary"}:
        text = join_divided(text, field, faults)
    return text


def hash_of(*parts: object) -> str:
    """An id that is the same whenever the same content is read."""
    content = "\0".join("" if part is None else str(part) for part in parts)
    return "h-" + blake2b(content.encode(), digest_size=12).hexdigest()


def bounded(article_id: str) -> str:
    """The id, or the hash of one that is too long."""
    return article_id if len(article_id) <= LONGEST_ID else hash_of(article_id)
