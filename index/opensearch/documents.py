"""An article as a document of a cluster, and back.

Texts are analysed here, many at once (``index.analysis.bulk``), and sent as tokens.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.analysis import fold_value
from index.analysis.bulk import Encoder
from index.analysis.text import TextAnalysis
from index.article import Article
from index.clock import microseconds
from index.errors import FileDamaged
from index.fields import EXACT, FACETS, TEXTS
from index.light_dataclass import dataclass
from index.opensearch.borders import borders_of
from index.opensearch.layout import (
    ARTICLE,
    BORDERS,
    DATE,
    DAY,
    ID,
    LEAD,
    NO_WORDS,
    NUMBER,
    TEXT_HASH,
)
from index.opensearch.leads import lead_name, lead_value
from index.opensearch.packing import article_in, packed, unpacked
from index.stored_values import text_hash

_MOST_BYTES = 512
"""A cluster's own ids are no longer."""
_DIGEST_BYTES = 16
_LAST_NUMBER = 2**32 - 1
"""Of an article that a cursor can name."""
_NO_ARTICLE = "it stores no article"
_DAY = 24 * 3600 * 1_000_000
_JAKARTA = 7 * 3600 * 1_000_000


_Tokens = tuple[NDArray[np.uint32], NDArray[np.uint32]]


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its ``id`` in the cluster and what it holds (``layout``)."""

    id: str
    source: dict[str, Any]


class Documents:
    """Makes documents of articles. Not safe under threads; keeps the words that it has seen."""

    def __init__(self, how: TextAnalysis) -> None:
        self._encoder = Encoder(how)
        self._stems: list[str] = []
        self._surfaces: list[str] = []

    def of(self, articles: Sequence[Article], first: int) -> Iterator[Document]:
        """The documents of articles whose numbers begin at ``first``, in their order.

        Raises ``ArticleUnfit``, as ``packed``.
        """
        titles, _ = self._tokens(["" if one.derived_title else one.title for one in articles])
        bodies, begins = self._tokens([one.body for one in articles])
        texts = {"title": titles, "body": bodies}
        for place, one in enumerate(articles):
            source: dict[str, Any] = {ID: one.id, NUMBER: first + place, ARTICLE: packed(one)}
            for name in TEXTS:
                stems, surfaces = texts[name][place]
                stem, surface = self._stems, self._surfaces
                source[name] = " ".join([stem[one] for one in stems.tolist()]) or NO_WORDS
                source[name + EXACT] = (
                    " ".join([surface[one] for one in surfaces.tolist()]) or NO_WORDS
                )
            source[LEAD] = self._lead(bodies[place][0])
            source[BORDERS] = borders_of(begins[place].tolist(), len(bodies[place][0]))
            source[TEXT_HASH] = f"{text_hash(one.body):016x}"
            source.update(_columns(one))
            yield Document(document_id(one.id), source)

    def _tokens(self, texts: Sequence[str]) -> tuple[list[_Tokens], list[NDArray[np.uint32]]]:
        """The ids of stems and of surface forms of each text, (t,) each, and where sentences begin.

        The first sentence of a text is left out.
        """
        encoded = self._encoder.encode(texts)
        self._stems, self._surfaces = self._encoder.stems, self._encoder.surfaces
        ends = encoded.counts.cumsum()[:-1]
        stems, surfaces = np.split(encoded.stems, ends), np.split(encoded.surfaces, ends)
        begins = np.split(encoded.begins, encoded.sentences.cumsum()[:-1])
        return list(zip(stems, surfaces, strict=True)), begins

    def _lead(self, stems: NDArray[np.uint32]) -> dict[str, float]:
        distinct, first = np.unique(stems, return_index=True)
        places = zip(distinct.tolist(), first.tolist(), strict=True)
        return {lead_name(self._stems[stem]): lead_value(place) for stem, place in places}


def article_of(hit: Mapping[str, Any]) -> Article:
    """The article that a document was made of, of a hit with the column ``ARTICLE``.

    Of an index of a layout before, with its source. Raises ``FileDamaged``, which names the
    document, where it holds none: whoever wrote it may not have been Warta.
    """
    try:
        if "_source" in hit:
            return article_in(hit["_source"][ARTICLE])
        (text,) = hit["fields"][ARTICLE]
        return unpacked(text)
    except (KeyError, TypeError, ValueError):
        raise FileDamaged(_name_of(hit), _NO_ARTICLE) from None


def require_number(number: Any) -> None:
    """Raise ``FileDamaged`` where something is not the number of an article."""
    if not isinstance(number, int) or not 0 <= number <= _LAST_NUMBER:
        raise FileDamaged(f"{NUMBER} {number}", _NO_ARTICLE)


def _name_of(hit: Mapping[str, Any]) -> str:
    """The document of a hit: its id, or by what it was sorted last, its number."""
    if "_id" in hit:
        return str(hit["_id"])
    *_, number = hit.get("sort") or ["?"]
    return f"{NUMBER} {number}"


def document_id(article_id: str) -> str:
    """What the cluster calls an article: its id, or of a very long one its beginning and a hash.

    The empty id, which a cluster has not, is a hash as well.
    """
    packed = article_id.encode("utf-8", "surrogatepass")
    if 0 < len(packed) <= _MOST_BYTES:
        return article_id
    digest = hashlib.blake2b(packed, digest_size=_DIGEST_BYTES).hexdigest()
    beginning = packed[: _MOST_BYTES - 2 * _DIGEST_BYTES - 1].decode("utf-8", "ignore")
    return f"{beginning}#{digest}"


def day_of(moment: datetime) -> int:
    """The day in Asia/Jakarta, 0 for 0001-01-01."""
    return (microseconds(moment) + _JAKARTA) // _DAY


def _columns(article: Article) -> dict[str, Any]:
    """What is compared, counted and sorted by."""
    found: dict[str, Any] = {}
    for name in FACETS:
        value = getattr(article, name)
        if value is not None:
            found[name] = fold_value(value)
    if article.date is not None:
        found |= {DATE: microseconds(article.date), DAY: day_of(article.date)}
    return found
