"""The article: what every reader produces and every index target takes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from index.bilingual import Text
from index.light_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One news article.

    ``id`` is unique in an index. ``title`` and ``body`` are NFC text without control characters
    other than tab and newline; paragraphs of the body are separated by one newline or more.
    ``date`` is aware and in UTC; a calendar date without a time is midnight in Asia/Jakarta.
    ``derived_title`` tells that the title is the beginning of the body: it is shown, not searched.
    ``url`` is kept as given: whoever renders it decides whether it may become a link.
    """

    id: str
    title: str
    body: Annotated[
        str, Text("Plain text; a line is a paragraph.", "Teks polos; satu baris satu paragraf.")
    ]
    date: datetime | None = None
    url: str | None = None
    source: str | None = None
    category: str | None = None
    place: str | None = None
    author: str | None = None
    derived_title: bool = False
