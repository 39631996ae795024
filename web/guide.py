"""The page of help: the query language by examples that can be tried, from its specification."""

from __future__ import annotations

import re

from flask import Blueprint
from markupsafe import Markup, escape

from index.bilingual import Text
from search.query.specification import SECTIONS
from web.language import reader_language
from web.templating import render

blueprint = Blueprint("guide", __name__)

EXAMPLES = tuple(
    (section.title, tuple(row for row in section.rows if row.help is not None))
    for section in SECTIONS
    if any(row.help is not None for row in section.rows)
)
"""The sections that readers need, each with its examples."""

_CODE = re.compile(r"`([^`]+)`")


@blueprint.get("/help")
def guide() -> str:
    """The query language by its examples."""
    return render("guide.html", sections=EXAMPLES, meaning=_meaning)


def _meaning(text: Text) -> Markup:
    """A sentence in the reader's language, what stands between backquotes as code."""
    plain = str(escape(text.in_language(reader_language())))
    return Markup(_CODE.sub(r"<code>\1</code>", plain))  # noqa: S704 - escaped above
