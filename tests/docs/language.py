"""docs/queries.md and README's table of queries, from the specification of the query language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.query import parse
from search.query.specification import SECTIONS, Row
from tests.docs.markdown import BOTH, table
from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "queries.md"
README = ROOT / "README.md"

EXAMPLES = [row for section in SECTIONS for row in section.rows if row.help is not None]
"""The rows that readers are shown, all of which find something in a news archive."""

_HEAD = """\
# Queries

The query language. `make docs` writes this page from `search/query/specification/`, row by row what
the parser is tested by; change that, not this page.

## Grammar
"""

_TREES = """\
What a query is read as stands in words: `all(…)` and `any(…)` of several, `not(…)`, `near 5(…)` for
words at most five apart, `"…"` for words as they are written, `+` where a word must match even
where some of the others suffice, `maybe` where it need not, `title:` and `body:` for where, and
`source is …` for a filter. Notes stand with the place in the query, in characters from 0.
"""

_MARKED = re.compile(r"(?<=<!-- queries -->\n).*?(?=<!-- end of queries -->)", re.DOTALL)


def page() -> str:
    """The text of docs/queries.md."""
    return "\n".join([_HEAD, *_grammar(), _TREES, *_sections()])


def readme() -> str:
    """The text of README.md with the table of queries as it is now."""
    lines = table(("you write", "it finds"), ((_code(row), _english(row)) for row in EXAMPLES))
    count = sum(len(section.rows) for section in SECTIONS)
    more = f"[docs/queries.md](docs/queries.md) says row by row what {count} queries are read as."
    written = "\n".join([*lines, more, "", *_grammar()])
    return _MARKED.sub(lambda _: written, README.read_text("utf-8"))


def _grammar() -> Iterator[str]:
    """The grammar as the parser's own text has it."""
    assert parse.__doc__ is not None
    block = parse.__doc__.partition("::\n\n")[2]
    lines = block.partition("\n\n")[0].splitlines()
    yield "```text"
    yield from (line.removeprefix("    ") for line in lines)
    yield "```\n"


def _sections() -> Iterator[str]:
    for section in SECTIONS:
        yield f"## {section.title.english}\n"
        shown = [row for row in section.rows if row.help is not None]
        if shown:
            yield from table(
                ("you write", *BOTH),
                ((_code(row), row.help.english, row.help.indonesian) for row in shown if row.help),
            )
        yield from table(
            ("query", "is read as", "notes"),
            ((_code(row), f"`{row.tree}`", ", ".join(row.notes)) for row in section.rows),
        )


def _code(row: Row) -> str:
    """The query as code; signs that cannot be seen as Python writes them."""
    query = row.query
    return f"`{query if query.isprintable() else ascii(query)[1:-1]}`"


def _english(row: Row) -> str:
    assert row.help is not None
    return row.help.english
