"""What a question asks for, and which of its words say so rather than what it is about.

"Siapa nama gubernur Bali" is about "gubernur Bali": "siapa" asks, "nama" goes with the asking, and
neither need stand in the answer. What does stand there are words such as "seorang" or "oleh" for a
person, "tanggal" or "abad" for a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum
from itertools import pairwise

from search.query.names import is_of_name, with_names
from search.query.syntax import AllOf, Node, Word


class Kind(Enum):
    """What a question asks for."""

    TIME = "time"
    NUMBER = "number"
    PERSON = "person"
    PLACE = "place"
    MEANING = "meaning"
    REASON = "reason"
    MANNER = "manner"
    THING = "thing"


_ASKING = {
    "kapan": Kind.TIME,
    "bilamana": Kind.TIME,
    "berapa": Kind.NUMBER,
    "siapa": Kind.PERSON,
    "dimana": Kind.PLACE,
    "kemana": Kind.PLACE,
    "darimana": Kind.PLACE,
    "mengapa": Kind.REASON,
    "kenapa": Kind.REASON,
    "bagaimana": Kind.MANNER,
    "mana": Kind.THING,
    "apa": Kind.THING,
}
"""The stems of words that ask. Where there are several, the first of these decides."""

ASKING_WORDS = frozenset(stem + ending for stem in _ASKING for ending in ("", "kah"))
"""The surface forms of words that ask."""

_MEANINGS = frozenset({"maksud", "dimaksud", "arti", "artinya", "definisi", "pengertian"})
_DATES = frozenset({"tahun", "tanggal"})

_FRAMES = _MEANINGS.union(
    ("nama", "namanya", "bernama"),
    ("jumlah", "jumlahnya", "berjumlah"),
    ("disebut", "sebutan", "tersebut"),
    ("kata", "kali", "dalam", "negara"),
    ("letak", "letaknya", "terletak"),
    ("ada", "adanya", "berada", "diadakan", "diadakannya"),
    ("umur", "umurnya"),
)
"""Surface forms that go with the asking: "apa nama", "berapa jumlah", "di mana letak"."""

_MONTHS = (
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
)

_ANSWERS: Mapping[Kind, str] = {
    Kind.TIME: "pada tanggal tahun abad sejak hari " + " ".join(_MONTHS),
    Kind.NUMBER: "juta ribu miliar sekitar lebih kurang km kilometer meter persegi persen per"
    " sebanyak sebesar seluas orang jiwa dua tiga empat lima enam tujuh delapan sembilan sepuluh",
    Kind.PERSON: "seorang oleh dia bernama dr prof tokoh",
    Kind.PLACE: "di utara selatan barat timur tengah sebelah bagian terletak berbatasan kota"
    " provinsi kabupaten wilayah dekat",
    Kind.MEANING: "adalah merupakan ialah atau suatu disebut berarti yaitu dapat digunakan",
    Kind.REASON: "karena sebab akibat disebabkan sehingga",
    Kind.MANNER: "cara dengan dapat",
    Kind.THING: "",
}


def answer_words(kind: Kind) -> tuple[str, ...]:
    """The surface forms that answers to such questions stand beside."""
    return tuple(_ANSWERS[kind].split())


def understood(root: Node | None) -> tuple[Node | None, Kind | None]:
    """The tree with a question's own words spared and its names told, and what it asks for.

    A query that is no question stays as it is, and asks for None: its capitals may be a headline's.

    Only words that all must match, in any field, are looked at: operators are no question's.
    """
    if not isinstance(root, AllOf):
        return root, None
    kind = _kind([node for node in root.nodes if isinstance(node, Word) and node.scope is None])
    if kind is None:
        return root, None
    return AllOf(with_names(_with_spared(root.nodes))), kind


def _kind(words: Sequence[Word]) -> Kind | None:
    stems = {word.stem for word in words}
    surfaces = {word.surface for word in words}
    if surfaces & _MEANINGS:
        return Kind.MEANING
    followed = {(first.stem, second.stem) for first, second in pairwise(words)}
    asking = next((kind for stem, kind in _ASKING.items() if stem in stems), None)
    if asking is Kind.NUMBER and any((name, "berapa") in followed for name in _DATES):
        return Kind.TIME
    if asking is Kind.THING and ("di", "mana") in followed:
        return Kind.PLACE
    return asking


def _with_spared(nodes: Sequence[Node]) -> list[Node]:
    """The nodes, of which words that ask or go with the asking need not match.

    "Bank Negara Indonesia" is a name, "di negara mana" asks. A capital that begins the query says
    nothing.
    """
    capital = [_may_be_of_name(node) for node in nodes]
    in_name = [
        at > 0 and here and (capital[at - 1] or any(capital[at + 1 : at + 2]))
        for at, here in enumerate(capital)
    ]
    return [
        replace(node, spared=True)
        if isinstance(node, Word)
        and node.scope is None
        and (node.stem in _ASKING or (node.surface in _FRAMES and not of_name))
        else node
        for node, of_name in zip(nodes, in_name, strict=True)
    ]


def _may_be_of_name(node: Node) -> bool:
    return is_of_name(node) and isinstance(node, Word) and node.stem not in _ASKING
