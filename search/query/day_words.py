"""The words that days are told with: months, weekdays, units of the calendar, small numbers.

All in small letters, Indonesian and English.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from index.dates.names import MORE_MONTHS, misspelt_month
from index.dates.names import WEEKDAYS as SHORT_WEEKDAYS
from index.patterns import on_use
from search.query.foreign import DATES


class Unit(StrEnum):
    """What of the calendar is counted."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEMESTER = "semester"
    YEAR = "year"


UNITS: Mapping[str, Unit] = {
    name: unit
    for unit, names in {
        Unit.HOUR: "jam hour hours hrs",
        Unit.DAY: "hari hr day days",
        Unit.WEEK: "minggu pekan mgg week weeks",
        Unit.MONTH: "bulan bln month months",
        Unit.QUARTER: "kuartal triwulan quarter quarters",
        Unit.SEMESTER: "semester semesters",
        Unit.YEAR: "tahun taun thn th year years yr yrs",
    }.items()
    for name in names.split()
}
HR = "hr"
"""Short for ``hari``; among English words for ``hour``."""

DIGITS_OF_A_YEAR = 4

UNIT_LETTERS: Mapping[str, Unit] = {
    "h": Unit.HOUR,
    "d": Unit.DAY,
    "w": Unit.WEEK,
    "m": Unit.MONTH,
    "mo": Unit.MONTH,
    "y": Unit.YEAR,
}
"""What stands directly behind a number: ``7d``."""

WEEKDAYS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "senin monday",
            "selasa tuesday",
            "rabu wednesday",
            "kamis thursday",
            "jumat jum'at friday",
            "sabtu saturday",
            "minggu ahad sunday",
        )
    )
    for name in names.split()
}
"""Monday is 0."""

_ONES = {
    name: number
    for number, names in enumerate(
        (
            "satu one a an",
            "dua two",
            "tiga three",
            "empat four",
            "lima five",
            "enam six",
            "tujuh seven",
            "delapan eight",
            "sembilan nine",
            "sepuluh ten",
            "sebelas eleven",
            "twelve",
        ),
        start=1,
    )
    for name in names.split()
}
_TENS = {"twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90}
_NUMBERS = _ONES | _TENS
_ONE_OF = on_use(r"\bse(?=(?:jam|hari|minggu|pekan|bulan|triwulan|tahun)\b)")
_HALF_A_YEAR = on_use(r"\b(?:setengah|half an?) (?:tahun|year)\b")

ORDINALS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "1 i pertama first 1st",
            "2 ii kedua second 2nd",
            "3 iii ketiga third 3rd",
            "4 iv keempat fourth 4th",
        ),
        start=1,
    )
    for name in names.split()
}

MONTH = "|".join(sorted(MORE_MONTHS, key=len, reverse=True))
WEEKDAY = "|".join(WEEKDAYS)
UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))

_OTHERS = """
- & .. ini lalu kemarin kemaren kmarin kmrn yang yg silam terakhir belakangan depan mendatang
berjalan today present yesterday tomorrow now besok lusa dulu sekarang this last past previous
next current ago before after day the of awal pertengahan akhir early mid late end weekend ke w ii
iii iv
pertama kedua ketiga keempat first second third fourth half paruh belas puluh setengah
sehari seminggu sepekan sebulan setahun sejam setriwulan
through thru setelah sesudah sebelum kelima fifth pukul pkl wib wita wit tw kw smt
sampai dengan hingga s/d s.d s.d. sd to until dari antara between dan and from sejak since
an dalam selama tanggal tgl bulan tahun tidak ada tanpa kosong
"""
_VOCABULARY = frozenset(_OTHERS.split()).union(MORE_MONTHS, WEEKDAYS, UNITS, _NUMBERS, ORDINALS)
_FROM_TODAY = """
ini this current berjalan now present sekarang today lalu kemarin kemaren kmarin kmrn silam
sebelumnya last previous past ago terakhir belakangan yesterday depan mendatang next besok
tomorrow lusa awal early start beginning pertengahan tengah mid middle akhir late end
"""
FROM_TODAY = frozenset(_FROM_TODAY.split())
"""With one of them days may count from today; without one, and without digits, none are told."""
_IN_A_FIELD = on_use(r'(?P<field>-?[a-z]+):(?P<days>[^\s"():]+)')
_A_WORD = on_use(r"'?\w(?:[^\s:\"(]|(?<=\d):(?=\d))*(?=\s|$)")
_MARKS = "\"'()[]{}"
_SHORT_DAY = on_use(rf"(?:{SHORT_WEEKDAYS})[.,]")
_PARTS = on_use(r"[-_.,;/]+")


def tells_days(word: str) -> bool:
    """Whether a word may be part of what names days: it has a digit, or is one of ours.

    A month may be misspelt.
    """
    if word.isalpha():
        word = word.casefold()
        return word in _VOCABULARY or misspelt_month(word) is not None
    if any(char.isdigit() for char in word):
        return True
    word = word.casefold().strip(_MARKS)
    if _SHORT_DAY.fullmatch(word):
        return True
    if word in _VOCABULARY or all(part in _VOCABULARY for part in _PARTS.split(word) if part):
        return True
    return misspelt_month(word) is not None


def days_apart(filtered: str, behind: str) -> str:
    """Days in a field, in quotation marks where a word behind them could go on with them."""
    match = _IN_A_FIELD.fullmatch(filtered)
    if (
        match is None
        or match["field"].lstrip("-") not in DATES
        or not _A_WORD.match(behind)
        or not tells_days(behind.split(maxsplit=1)[0])
    ):
        return filtered
    return f'{match["field"]}:"{match["days"]}"'


def with_digits(text: str) -> str:
    """The text with its numbers up to 99 in digits: ``dua belas hari``, ``seminggu``."""
    text = _ONE_OF.sub("1 ", _HALF_A_YEAR.sub("6 bulan", text))
    read: list[str] = []
    for word in text.split():
        if word in _NUMBERS:
            number = _NUMBERS[word]
            if read and read[-1].isdigit() and int(read[-1]) % 10 == 0 and number < 10:
                read[-1] = str(int(read[-1]) + number)  # dua puluh lima
            else:
                read.append(str(number))
        elif word in {"belas", "puluh"} and read and read[-1].isdigit():
            digit = int(read[-1])
            read[-1] = str(digit + 10 if word == "belas" else digit * 10)
        else:
            read.append(word)
    return " ".join(read)
