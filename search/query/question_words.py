"""Kinds of questions: the words that tell them, and those that stand beside their answers."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class Asks(Enum):
    """What a question asks for."""

    TIME = "time"
    NUMBER = "number"
    PERSON = "person"
    PLACE = "place"
    MEANING = "meaning"
    REASON = "reason"
    MANNER = "manner"
    THING = "thing"


ASKING = {
    "kapan": Asks.TIME,
    "bilamana": Asks.TIME,
    "berapa": Asks.NUMBER,
    "siapa": Asks.PERSON,
    "dimana": Asks.PLACE,
    "kemana": Asks.PLACE,
    "darimana": Asks.PLACE,
    "mengapa": Asks.REASON,
    "kenapa": Asks.REASON,
    "bagaimana": Asks.MANNER,
    "mana": Asks.THING,
    "apa": Asks.THING,
}
"""The stems of words that ask. Where there are several, the first of these decides."""

ASKING_WORDS = {stem + ending: stem for stem in ASKING for ending in ("", "kah")}
"""The surface forms of words that ask, to their stems, which are not those of every stemmer."""

MEANINGS = frozenset({"maksud", "dimaksud", "arti", "artinya", "definisi", "pengertian"})
DATES = frozenset({"tahun", "tanggal"})

FRAMES = MEANINGS.union(
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

_ANSWERS: Mapping[Asks, str] = {
    Asks.TIME: "pada tanggal tahun abad sejak hari " + " ".join(_MONTHS),
    Asks.NUMBER: "juta ribu miliar sekitar lebih kurang km kilometer meter persegi persen per"
    " sebanyak sebesar seluas orang jiwa dua tiga empat lima enam tujuh delapan sembilan sepuluh",
    Asks.PERSON: "seorang oleh dia bernama dr prof tokoh",
    Asks.PLACE: "di utara selatan barat timur tengah sebelah bagian terletak berbatasan kota"
    " provinsi kabupaten wilayah dekat",
    Asks.MEANING: "adalah merupakan ialah atau suatu disebut berarti yaitu dapat digunakan",
    Asks.REASON: "karena sebab akibat disebabkan sehingga",
    Asks.MANNER: "cara dengan dapat",
    Asks.THING: "",
}


def answer_words(kind: Asks) -> tuple[str, ...]:
    """The surface forms that answers to such questions stand beside."""
    return tuple(_ANSWERS[kind].split())
