"""docs/options.md: every name that users give or get, from what the program declares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from index.fields import FIELDS
from index.sources.problems import ProblemKind
from search.messages import SENTENCES
from tests.docs.commands import commands_section, environment_section
from tests.docs.http import http_section
from tests.docs.markdown import BOTH, table
from web.problems import PROBLEM_TYPES

PAGE = Path(__file__).parents[2] / "docs" / "options.md"

_HEAD = """\
# Options

Every name that users give or get. `make docs` writes this page from the declarations that the
program itself uses; change those, not this page.
"""


def page() -> str:
    """The text of the page, the same whenever it is made."""
    sections = (
        commands_section(),
        environment_section(),
        http_section(),
        _notes(),
        _problems(),
        _fields(),
        _problems_in_archives(),
    )
    return "\n".join([_HEAD, *(part for section in sections for part in section)])


def _notes() -> Iterator[str]:
    yield "## Notes\n"
    yield "What an answer says of itself: `notes` in JSON, by `code`.\n"
    yield from table(
        ("code", *BOTH),
        ((f"`{code}`", text.english, text.indonesian) for code, text in SENTENCES.items()),
    )


def _problems() -> Iterator[str]:
    yield "## Problems\n"
    yield "Answers of `application/problem+json`; `type` is `/api#problem-` and the name.\n"
    yield from table(
        ("name", "status", *BOTH),
        (
            (
                f"`{kind.name}`",
                str(kind.status),
                f"{kind.title.english}. {kind.detail.english}",
                f"{kind.title.indonesian}. {kind.detail.indonesian}",
            )
            for kind in PROBLEM_TYPES
        ),
    )


def _fields() -> Iterator[str]:
    yield "## Fields\n"
    yield (
        "Names in archives are compared without regard to case, spaces, underscores and hyphens;"
        " `--map` adds\nothers. Names in queries stand before a colon.\n"
    )
    yield from table(
        ("field", "kind", "in archives, best first", "in queries", *BOTH),
        (
            (
                f"`{field.name}`",
                field.kind.value,
                ", ".join(field.archive_names),
                ", ".join(f"`{name}:`" for name in field.query_names),
                field.label.english,
                field.label.indonesian,
            )
            for field in FIELDS
        ),
    )


def _problems_in_archives() -> Iterator[str]:
    yield "## Problems in archives\n"
    yield "What `rebuild` and `update` count, by the names in their JSON.\n"
    yield from table(
        ("kind", "what becomes of it", *BOTH),
        ((f"`{kind}`", _effect(kind), kind.english, kind.indonesian) for kind in ProblemKind),
    )


def _effect(kind: ProblemKind) -> str:
    if kind.noted:
        return "noted"
    return "skipped" if kind.skipped else "repaired" if kind.repaired else "passed over"
