"""What README's table of queries says, row for row, about an archive that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise

from index.analysis import analysis
from index.article import Article
from index.dates import WIB
from search.query.syntax.node import Node
from tests.conftest import article

ARTICLES = (
    article(1, "Kabar pasar", "Harga beras naik.", "2023-05-31", source="Antara"),
    article(2, "Kabar pasar", "Harganya perberasan naik.", "2023-06-01", category="Ekonomi"),
    article(3, "Kereta cepat tiba", "Harga tiket tetap.", "2023-06-30", source="antara"),
    article(4, "Kereta barang", "Kereta yang cepat dan kereta lambat.", "2023-07-01"),
    article(5, "Gempa di Ambon", "Warga mengungsi.", "2024-01-10", place="Ambon"),
    article(6, "Gempa di Aceh", "Warga kembali.", "2024-01-12", place="Banda Aceh"),
    article(7, "Banjir surut", "Warga memasak makanan.", author="Sari"),
    article(8, "Jalan tertutup longsor", "Relawan makan siang.", "2022-01-01", author="Sari Dewi"),
    article(10, "Rapat ditunda", "Besok.", source="antaranews.com", category="Ekonomi & Bisnis"),
    article(11, "Rapat dibuka", "Kemarin.", source="kompas.com", place="Banda"),
    article(12, "Rapat ditutup", "Hari ini.", source="nasional.kompas.com", place="Bandar Aceh"),
    article(9, "Beras setelah banjir dan longsor", "Dibagikan.", "2022-02-01", category="Hukum"),
)


@dataclass(frozen=True, slots=True)
class Says:
    """``kinds``: the names of all nodes of a query's tree. ``finds``: whether it finds an article.

    Every query finds some of ``ARTICLES`` and not all of them.
    """

    kinds: set[str]
    finds: Callable[[Article], bool]


def kinds(root: Node) -> Iterator[str]:
    """The names of the kinds of all nodes of a tree."""
    yield type(root).__name__
    for value in (getattr(root, field.name) for field in fields(root)):  # type: ignore[arg-type]
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, Node):
                yield from kinds(child)


def _surfaces(text: str) -> list[str]:
    return [token.surface for token in analysis().tokens(text)]


def _stems(text: str) -> set[str]:
    return {token.stem for token in analysis().tokens(text)}


def _has(one: Article, *words: str) -> bool:
    """Whether it has all of the stems."""
    return set(words) <= _stems(f"{one.title}\n{one.body}")


def _has_in_a_row(one: Article, first: str, second: str) -> bool:
    texts = one.title, one.body
    return any((first, second) in pairwise(_surfaces(text)) for text in texts)


def _has_beginning(one: Article, letters: str) -> bool:
    return any(word.startswith(letters) for word in _surfaces(f"{one.title}\n{one.body}"))


def _is_between(one: Article, first: date, last: date) -> bool:
    return one.date is not None and first <= one.date.astimezone(WIB).date() <= last


QUERIES: Mapping[str, Says] = {
    "harga beras": Says({"AllOf", "Word"}, lambda one: _has(one, "harga", "beras")),
    '"kereta cepat"': Says({"Phrase"}, lambda one: _has_in_a_row(one, "kereta", "cepat")),
    "gempa -ambon": Says(
        {"AllOf", "Exclude", "Word"}, lambda one: _has(one, "gempa") and not _has(one, "ambon")
    ),
    "gempa TANPA ambon": Says(
        {"AllOf", "Exclude", "Word"}, lambda one: _has(one, "gempa") and not _has(one, "ambon")
    ),
    "+banjir longsor": Says({"AllOf", "Word"}, lambda one: _has(one, "banjir", "longsor")),
    "banjir ATAU longsor": Says(
        {"AnyOf", "Word"}, lambda one: _has(one, "banjir") or _has(one, "longsor")
    ),
    "makan*": Says({"Prefix"}, lambda one: _has_beginning(one, "makan")),
    "judul:beras": Says({"Word"}, lambda one: "beras" in _stems(one.title)),
    "isi:beras": Says({"Word"}, lambda one: "beras" in _stems(one.body)),
    "sumber:antara": Says(
        {"FacetIs"}, lambda one: one.source in {"Antara", "antara", "antaranews.com"}
    ),
    "kategori:ekonomi": Says(
        {"FacetIs"}, lambda one: one.category in {"Ekonomi", "Ekonomi & Bisnis"}
    ),
    'tempat:"Banda Aceh"': Says({"FacetIs"}, lambda one: one.place == "Banda Aceh"),
    "penulis:sari": Says({"FacetIs"}, lambda one: one.author in {"Sari", "Sari Dewi"}),
    "sumber:=kompas.com": Says({"FacetIs"}, lambda one: one.source == "kompas.com"),
    'tempat:="Banda"': Says({"FacetIs"}, lambda one: one.place == "Banda"),
    "sejak:2023-06-01": Says(
        {"DateRange"}, lambda one: _is_between(one, date(2023, 6, 1), date.max)
    ),
    "sampai:2023-06-30": Says(
        {"DateRange"}, lambda one: _is_between(one, date.min, date(2023, 6, 30))
    ),
}
