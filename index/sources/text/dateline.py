"""The dateline that opens a news report: where it was written, and by whom it was published.

::

    PHNOM PENH – Rusia dan Kamboja ...          a place
    JAKARTA, KOMPAS.com - Gubernur ...          a place and a source
    Jakarta (ANTARA) - Presiden ...             a place and a source
    Sikka (KABAR TIMUR) - Warga ...             a place and a source in capitals
    Bisnis.com, JAKARTA – Bank ...              a source and a place
    KONTAN.CO.ID - JAKARTA. Emiten ...          a source and a place
    Liputan6.com, Jakarta Menteri ...           a source and a known place, no dash
    POSKOTA, JAKARTA - Harga ...                a source, told by its words, and a place
    BANDUNG, (PR).- Warga ...                   a place and a source
    JAKARTA/BANDUNG - Warga ...                 two places, of which the first counts
    JAKARTA. Emiten ...                         a known place in capitals, no dash
    Suara.com - Nadine ...                      a source

A dash near the start of a sentence is far more often no dateline ("Ilustrasi - Alat peraga"), so
the words before it must give evidence: a web address or a known agency, a known place, or words
written in capitals throughout that no headline label or acronym explains.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, NamedTuple

from index.kernels import kernel
from index.patterns import on_use

LONGEST = 100
"""No dateline has more characters."""

_MOST_WORDS = 4
"""No name in capitals that says of itself what it is has more."""


class Dateline(NamedTuple):
    """``place`` with ordinary capitals, ``source`` as written, ``end`` where the report begins."""

    place: str | None
    source: str | None
    end: int


def _words(text: str) -> frozenset[str]:
    return frozenset(" ".join(text.split()).split(", "))


_AGENCIES = _words(
    """
    afp, anadolu, antara, antara news, antaranews, ap, associated press, bbc indonesia, bbc news
    indonesia, beritasatu, bernama, bisnis, bloomberg, cnbc indonesia, cnn indonesia, detik,
    detikcom, detiknews, dpa, dw indonesia, gatra, infopublik, inilah, investor daily, jawa pos,
    jpnn, juara, kompas, kontan, koran tempo, kyodo, lkbn antara, media indonesia, okezone, pikiran
    rakyat, pos kota, poskota, republika, reuters, rimanews, rmol, rri, sindo, sindonews, sputnik,
    suara merdeka, suara pembaruan, tass, tempo, tribun, tribunnews, tvri, upi, viva, voa indonesia,
    xinhua
    """
)

_OF_THE_PRESS = _words(
    """
    berita, ekspres, express, harian, inews, jurnal, kabar, koran, media, news, online, pers, pos,
    post, press, radar, rakyat, siber, suara, tribun, tv, warta
    """
)
"""Words of which one makes several a publisher's name and no place: ``KABAR TIMUR``."""

_GLUED_OF_THE_PRESS = on_use(
    "(?:tribun|radar|kabar|warta|suara)[a-z]{4,}|[a-z]{3,}(?:news|pos|post)"
)

_PLACES = _words(
    """
    abu dhabi, aceh, ambon, amsterdam, ankara, baghdad, bali, balikpapan, banda aceh, bandar
    lampung, bandarlampung, bandung, bangka, bangkok, banjarbaru, banjarmasin, banten, banyumas,
    banyuwangi, barcelona, batam, batu, beijing, beirut, bekasi, bengkulu, berlin, biak, bima,
    binjai, bitung, blitar, bogor, bojonegoro, bondowoso, bontang, boyolali, brebes, brussel,
    bukittinggi, canberra, chicago, ciamis, cianjur, cikarang, cilacap, cilegon, cimahi, cirebon,
    damaskus, demak, den haag, denpasar, depok, dhaka, dili, dki jakarta, doha, dubai, dumai,
    ende, garut, gianyar, gorontalo, gresik, gunungkidul, hanoi, hong kong, indramayu, islamabad,
    istanbul, jakarta, jakarta barat, jakarta pusat, jakarta selatan, jakarta timur, jakarta
    utara, jambi, jawa barat, jawa tengah, jawa timur, jayapura, jeddah, jember, jenewa, jepara,
    johor bahru, jombang, kabul, kairo, kalimantan barat, kalimantan selatan, kalimantan tengah,
    kalimantan timur, kalimantan utara, karanganyar, karawang, kebumen, kediri, kendal, kendari,
    kepulauan riau, kiev, klaten, kolombo, kopenhagen, kuala lumpur, kudus, kuningan, kupang,
    kyiv, labuan bajo, lamongan, lampung, lhokseumawe, lombok, london, los angeles, lumajang,
    madinah, madiun, madrid, magelang, makassar, makkah, malang, maluku, maluku utara, mamuju,
    manado, manchester, manila, manokwari, mataram, maumere, medan, mekah, mekkah, melbourne,
    merauke, mexico city, milan, mojokerto, moskow, moskwa, mumbai, nabire, naypyidaw, new delhi,
    new york, nganjuk, ngawi, nusa dua, nusa tenggara barat, nusa tenggara timur, oslo, ottawa,
    padang, palangka raya, palangkaraya, palembang, palu, pamekasan, pangkalpinang, papua, papua
    barat, parepare, paris, pasuruan, pati, pekalongan, pekanbaru, pemalang, pematangsiantar,
    perth, phnom penh, ponorogo, pontianak, praha, probolinggo, purbalingga, purwakarta,
    purwokerto, purworejo, pyongyang, rembang, riau, riyadh, roma, salatiga, samarinda, sampang,
    san francisco, semarang, seoul, serang, shanghai, sidoarjo, singapura, singkawang, situbondo,
    sleman, solo, sorong, sragen, stockholm, subang, sukabumi, sukoharjo, sulawesi selatan,
    sulawesi tengah, sulawesi tenggara, sulawesi utara, sumatera barat, sumatera selatan, sumatera
    utara, sumedang, sumenep, surabaya, surakarta, sydney, taipei, tangerang, tangerang selatan,
    tanjung pinang, tanjungpinang, tarakan, tasikmalaya, tegal, teheran, tel aviv, ternate,
    timika, tokyo, tuban, tulungagung, ungaran, vatikan, vientiane, wamena, warsawa, washington,
    washington dc, wina, wonogiri, wonosobo, yangon, yerusalem, yogyakarta, zurich
    """
)

_ABBREVIATIONS = _words(
    """
    AS, DC, DIY, DKI, IKN, KL, NAD, NTB, NTT, OKI, OKU, PNG, RI, UAE, UEA, UK, US, USA
    """
)
"""What stays in capitals in a place's name, and may be a place of less than four letters."""

_PARTICLES = _words(
    """
    al, and, au, da, dan, de, del, di, do, dos, el, of, sur, the, upon, van
    """
)
"""What begins with a small letter inside a place's name."""

_DIRECTIONS = _words(
    """
    barat, daya, kota, laut, pusat, raya, selatan, tengah, tenggara, timur, utara
    """
)
"""What may follow a known place and belong to its name."""

_LABELS = _words(
    """
    advertorial, analisa, analisis, artikel, benar, berikut, berita, biodata, breaking, cara,
    catatan, cek, com, daftar,
    disclaimer, dokumentasi, editorial, eksklusif, exclusive, fakta, flash,
    foto, gambar, gosip, grafik, hasil, headline, hoaks, hoax, iklan, ilustrasi, info, infografis,
    ini, jadwal, kabar, kata, klarifikasi, klasemen, kolom, kronologi, kuis, laporan, link, live,
    narasi, news, opini, pelatih, pemain, pengumuman, penjelasan, penulis, photo, podcast,
    populer, prediksi, profil, rangkuman, rekap, resensi, resep, review, salah, scan, siaran,
    sinopsis, skor, sorotan, streaming, sumber, surat, tajuk, tentang, terkini, terpopuler, tips,
    top, trending, update, video, wawancara
    """
)
"""Words in capitals that label an article rather than place it."""

_BREAK = on_use(r"(?:[ \xa0]*(?:[–—−]|--)|[ \xa0]+-|-(?=\s))[-–—−\s]*")
_DASH = on_use("[-–—−]")
_ADDRESS = on_use(r"[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z]{2,12}){1,3}")
_IN_PARENTHESES = on_use(r"([^()]*?)[,\s]*\(([^()]{2,40})\)")
_ADDRESS_FIRST = on_use(rf"({_ADDRESS.pattern}),\s+")
_COMMA = on_use(rf",|(?<=[A-Za-z])\.\s+(?={_ADDRESS.pattern}$)|(?<=\.CO)\.\s+", re.IGNORECASE)
_DAY = on_use(
    r"(?:(?:Senin|Selasa|Rabu|Kamis|Jum[’']?at|Sabtu|Minggu)\s*)?\(?"
    r"(?:[0-9]{1,2}(?:/[0-9]{1,2}| [A-Za-z]{3,9}\.?)(?:[/ ][0-9]{4})?)?\)?"
)
_DAY_BEHIND = on_use(r"\s\([0-9/]{3,10}\)$")
_NAME = on_use(r"[A-Z][\w.'’&-]*(?: [A-Z][\w.'’&-]*){0,3}")
_PLACE = on_use(r"[A-Z][A-Za-z'’-]*\.?(?: [A-Za-z][A-Za-z'’-]*\.?){0,4}")
_OPENING = on_use(r"[A-Z0-9\"'“‘«(]")
_IN_CAPITALS = on_use(r"(?P<before>[A-Z][A-Z ,]{3,40})\. (?=[A-Z\"“‘])")
_BETWEEN_PLACES = on_use(r"\s*/\s*|-|\s+(?:&|dan|DAN)\s+")
_PLACE_AFTER = on_use(r"([A-Z][A-Z'’ -]{2,40})\. (?=[A-Z\"“‘])")
_WORD = on_use(r"[^\s-]+")

MOST_WORDS = 5
"""No place's name has more, and no day or agency as many."""

_PARTING = frozenset("(),./")
"""Between the parts of a dateline, and in addresses and days, stands one of these."""

_Before = tuple[str, int, bool]


def read_dateline(body: str) -> Dateline | None:
    """The dateline at the very start of a body, or None where there is none for certain."""
    found = _before_break(body, LONGEST + 1)
    if found is None:
        return None
    head = body[: LONGEST + 1]
    if found is not True:
        return _with_dash(head, found)
    return _without_dash(head) or _with_dash(head, _before_dash(head)) or _with_full_stop(head)


def _with_dash(head: str, found: _Before | None) -> Dateline | None:
    """The dateline whose text, and what follows its dash, was found."""
    if found is None:
        return None
    before, end, opens = found
    read = _read(before, opens)
    if read is None:
        return None
    place, source = read
    if place is None:
        behind = _PLACE_AFTER.match(head, end)
        if behind is not None and _is_sure(behind[1]):
            return Dateline(ordinary_capitals(behind[1]), source, behind.end())
    return Dateline(place, source, end)


def _before_dash(head: str) -> _Before | None:
    """What stands before the first dash that may end a dateline, and what behind it.

    That is where the dash ends, and whether a sentence opens there. None also of more words than a
    dateline of one part has.
    """
    dash = _find_break(head)
    if dash is None or dash.end() == len(head):
        return None
    if dash.start() == 0 or "\n" in head[: dash.start()]:
        return None
    before = " ".join(head[: dash.start()].split())
    if before.count(" ") >= MOST_WORDS and _PARTING.isdisjoint(before):
        return None
    return before, dash.end(), _OPENING.match(head, dash.end()) is not None


def _looks_further(_body: str, _longest: int) -> Literal[True]:
    """Without the kernel every body is looked at."""
    return True


_compiled = kernel("datelines")
_before_break: Callable[[str, int], _Before | Literal[True] | None] = (
    _looks_further if _compiled is None else _compiled.before_dash
)
"""What ``_before_dash`` tells of the first characters; True where that is to be asked, and a
dateline without a dash to be looked for."""


def _find_break(head: str) -> re.Match[str] | None:
    """The first dash that may end a dateline, with the blanks around it."""
    for dash in _DASH.finditer(head):
        start = dash.start()
        while start and head[start - 1] in " \xa0":
            start -= 1
        found = _BREAK.match(head, start)
        if found is not None:
            return found
    return None


def _without_dash(head: str) -> Dateline | None:
    """``Liputan6.com, Jakarta Menteri ...``"""
    address = _ADDRESS_FIRST.match(head)
    if address is None:
        return None
    words = head[address.end() :].split(" ", 4)
    for length in (3, 2, 1):
        place = " ".join(words[:length])
        if len(words) > length and place.lower() in _PLACES:
            after = words[length]
            if after[:1].isupper() and after.lower() not in _DIRECTIONS:
                end = address.end() + len(place) + 1
                return Dateline(ordinary_capitals(place), address[1], end)
    return None


def _with_full_stop(head: str) -> Dateline | None:
    """``POSKOTA, JAKARTA. Harga ...``: a known place, and who has published it, if anybody."""
    found = _IN_CAPITALS.match(head)
    if found is None:
        return None
    parts, source = _take_source([part.strip() for part in found["before"].split(",")])
    if len(parts) != 1 or parts[0].lower() not in _PLACES:
        return None
    return Dateline(ordinary_capitals(parts[0]), source, found.end())


@lru_cache(2**13)
def _read(before: str, opening: bool) -> tuple[str | None, str | None] | None:
    """The place and the source before a dash; ``opening`` tells that a sentence follows.

    The same few come again and again.
    """
    source: str | None = None
    match = _IN_PARENTHESES.fullmatch(before.removesuffix("."))
    if match and not _DAY.fullmatch(match[2]):
        before, source = match[1], match[2].strip()
        if not (_is_source(source) or _NAME.fullmatch(source)):
            return None
    parts = [_DAY_BEHIND.sub("", part.strip()) for part in _COMMA.split(before)]
    parts = [_first_place(part) for part in parts if not _DAY.fullmatch(part)]
    if source is None:
        parts, source = _take_source(parts)
    if len(parts) > 2 or not all(_PLACE.fullmatch(part) for part in parts):
        return None
    if not parts:
        return (None, source) if source and _is_source(source) else None
    in_capitals = match is not None and source is not None and _in_capitals(source)
    trusted = source is not None and (_is_source(source) or (in_capitals and opening))
    if not (_is_likely(parts[0]) if trusted else opening and _is_sure(parts[0])):
        return None
    return ordinary_capitals(parts[0]), source


def _take_source(parts: list[str]) -> tuple[list[str], str | None]:
    """The parts that are left and the source among them, at either end."""
    if parts and _is_source(parts[0]):
        return parts[1:], parts[0]
    if parts and _is_source(parts[-1]):
        return parts[:-1], parts[-1]
    if len(parts) == 2:
        for place, source in (parts, parts[::-1]):
            if _is_sure(place) and _is_of_the_press(source):
                return [place], source
    return parts, None


def _first_place(part: str) -> str:
    """The first of two known places that a sign or a word joins, else the part as it is."""
    places = _BETWEEN_PLACES.split(part)
    if len(places) != 2 or any(place.lower() not in _PLACES for place in places):
        return part
    return places[0]


def _is_of_the_press(name: str) -> bool:
    """The words are a publisher's name."""
    words = name.lower().split()
    if len(words) > _MOST_WORDS:
        return False
    return any(map(_GLUED_OF_THE_PRESS.fullmatch, words)) or (
        len(words) > 1 and not _OF_THE_PRESS.isdisjoint(words)
    )


def _is_source(name: str) -> bool:
    agency = name.lower() if "." in name else name.lower().split("/")[0]
    return agency in _AGENCIES or _ADDRESS.fullmatch(name) is not None


def _in_capitals(source: str) -> bool:
    """A name of several words in capitals: ``(KABAR NUSA)``, not the acronym ``(KPK)``."""
    return source.isupper() and " " in source


def _is_likely(place: str) -> bool:
    """The words have the shape of a place's name, beside a source that is known."""
    words = place.split()
    if place.lower() in _PLACES or place in _ABBREVIATIONS:
        return True
    return (
        sum(map(str.isalpha, place)) >= 3
        and all(word[0].isupper() or word in _PARTICLES for word in words)
        and not any(word.lower() in _LABELS for word in words)
    )


def _is_sure(place: str) -> bool:
    """The place is known, or written in capitals that no label or acronym explains."""
    if place.lower() in _PLACES:
        return True
    words = place.lower().split()
    return (
        place.isupper()
        and len(words) <= _MOST_WORDS
        and sum(map(str.isalpha, place)) >= 5
        and all(re.search("[aeiouy]", word) for word in words)
        and not any(word in _LABELS or word.startswith("kemen") for word in words)
        and not _is_of_the_press(place)
    )


def ordinary_capitals(place: str) -> str:
    """A place's name with ordinary capitals: ``DKI JAKARTA`` becomes ``DKI Jakarta``.

    A name that has small letters already is kept as it is.
    """
    if not place.isupper():
        return place
    return _WORD.sub(lambda match: _ordinary_word(match[0], first=match.start() == 0), place)


def _ordinary_word(word: str, *, first: bool) -> str:
    if word in _ABBREVIATIONS:
        return word
    if not first and word.lower() in _PARTICLES:
        return word.lower()
    if len(word) > 2 and word[1] in "'’":  # L'AQUILA
        return word[:2] + word[2:].capitalize()
    return word.capitalize()
