"""The words that names of columns are made of, and what each stands for.

``konten_berita``, ``KontenBerita`` and ``kontenberita`` are the words *konten* and *berita*: names
are cut at signs, at capitals and at digits, and what is glued together is taken apart where it
consists of known words alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import lru_cache

from index.patterns import on_use

LONGEST_NAME = 80
"""A longer name is data, no name."""

_WORD = on_use(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W0-9_a-zA-Z]+")
_LONGEST_GLUED = 40


class Word(Enum):
    """What a word in a column's name stands for."""

    ARTICLE = "the article itself, which every column is about"
    PARTICLE = "nothing that matters"
    WHOLE = "that it is the main, full or first form"
    SHORT = "that it is a short form"
    CLEAN = "that a program has cleaned it"
    FORM = "how a date is written"
    UTC = "that a time is in UTC"
    LANGUAGE = "that it is in Indonesian"
    HTML = "that it is marked up"
    META = "that it stands in a page's head"
    WEB = "that it is on the web"
    PAGE = "a page"
    NAME = "a name"
    FIRST = "the first of several"
    UNIQUE = "that there is one only"
    SUB = "a part of a larger one"
    ID = "an id"
    TITLE = "a title"
    BODY = "a text"
    SUMMARY = "a summary"
    URL = "an address on the web"
    ADDRESS = "an address of any kind"
    SOURCE = "who publishes"
    PORTAL = "a site that publishes"
    CATEGORY = "a category"
    TOPIC = "a topic"
    TYPE = "a kind"
    PLACE = "a town or place"
    REGION = "a region"
    EVENT = "what happened"
    AUTHOR = "who wrote"
    BY = "that a person follows"
    WROTE = "that it was written"
    DATE = "a day"
    TIME = "a moment, with or without its day"
    CLOCK = "an hour"
    PUBLISHED = "that it was published"
    CREATED = "that it was made or uploaded"
    UPDATED = "that it was changed"
    CRAWLED = "that a program fetched, stored or processed it"
    LABELLED = "that people labelled it"


_LISTS = {
    Word.ARTICLE: """artikel article berita news post story tulisan entry item doc document dokumen
        wp dc newsarticle stories""",
    Word.PARTICLE: "at on up of the s and dan pada value cdata hari online daring",
    Word.WHOLE: """main full lengkap utama penuh utuh raw asli original plain complete whole inner
        detail primary display final keseluruhan""",
    Word.SHORT: "short singkat ringkas pendek",
    Word.CLEAN: "clean cleaned bersih cleansed cleansing preprocessed",
    Word.FORM: "iso str string formatted format last terakhir wib yyyy mm dd yy hh ss parsed",
    Word.UTC: "utc gmt",
    Word.LANGUAGE: "indonesia indonesian bahasa ind indo",
    Word.HTML: "html rendered encoded",
    Word.META: "meta og seo",
    Word.WEB: "web",
    Word.PAGE: "page halaman",
    Word.NAME: "name nama names",
    Word.FIRST: "first pertama",
    Word.UNIQUE: "unique unik",
    Word.SUB: "sub",
    Word.ID: "id guid uuid oid nid",
    Word.TITLE: "title titles tittle judul jdl headlines headline heading titel tajuk",
    Word.BODY: """body isi content contents texts narasi text teks konten naskah paragraf paragraph
        paragraphs kandungan inhoud""",
    Word.SUMMARY: """summary ringkasan rangkuman resume excerpt description deskripsi uraian desc
        abstract abstrak lead teaser sinopsis synopsis snippet cuplikan intro standfirst
        highlights""",
    Word.URL: "url link tautan permalink href uri canonical pautan",
    Word.ADDRESS: "alamat",
    Word.SOURCE: """source sumber publisher media penerbit outlet newspaper koran agency provider
        bron""",
    Word.PORTAL: "portal situs site website domain host hostname",
    Word.CATEGORY: "category categories kategori section rubrik kanal",
    Word.TOPIC: "topic topik tema channel desk",
    Word.TYPE: "jenis",
    Word.PLACE: "place tempat lokasi location kota city",
    Word.REGION: "daerah wilayah region provinsi province kabupaten",
    Word.EVENT: "kejadian peristiwa",
    Word.AUTHOR: """author authors penulis byline wartawan reporter jurnalis journalist writer
        pengarang creator kontributor contributor auteur""",
    Word.BY: "oleh by",
    Word.WROTE: "written ditulis",
    Word.DATE: "date tanggal tgl dt datetime timestamp tarikh datum dates",
    Word.TIME: "time waktu",
    Word.CLOCK: "jam pukul hour clock",
    Word.PUBLISHED: """publish published publishing publication publikasi pub terbit diterbitkan
        dipublikasikan dipublikasi penerbitan tayang ditayangkan penayangan rilis dirilis perilisan
        release released posting posted diposting muat dimuat pemuatan siar disiarkan penyiaran
        edisi""",
    Word.CREATED: """created create creation dibuat pembuatan penulisan upload uploaded unggah
        diunggah pengunggahan""",
    Word.UPDATED: """update updated modified modify modification edited perbarui diperbarui
        diperbaharui pembaruan perubahan diubah lastmod changed revised""",
    Word.CRAWLED: """crawl crawled crawler crawling scrape scraped scraper scraping scrap download
        downloaded fetch fetched fetching index indexed indexing access accessed akses diakses
        import imported insert inserted retrieved retrieval collected collection ambil diambil
        pengambilan unduh diunduh seen extracted extraction ingest ingested processed visited cached
        archived export exported dump saved disimpan""",
    Word.LABELLED: """label labels labeled labelled labeling labelling annotation annotations
        annotated annotator annotators anotasi anotator pelabelan dilabeli""",
}

WORDS: Mapping[str, Word] = {
    word: meaning for meaning, words in _LISTS.items() for word in words.split()
}
"""What every known word stands for."""


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a column's name in small letters; none of a name that is too long for one."""
    if len(name) > LONGEST_NAME:
        return ()
    found: list[str] = []
    for written in _WORD.findall(name):
        word = written.lower()
        found.extend((word,) if word in WORDS else _taken_apart(word))
    return tuple(found)


def _taken_apart(glued: str) -> tuple[str, ...]:
    """The fewest known words that make up a glued one; the word itself where none do."""
    if len(glued) > _LONGEST_GLUED:
        return (glued,)
    best: list[tuple[str, ...] | None] = [(), *[None] * len(glued)]
    for end in range(2, len(glued) + 1):
        for start in range(end - 1):
            before = best[start]
            if before is None or glued[start:end] not in WORDS:
                continue
            known = best[end]
            if known is None or len(before) + 1 < len(known):
                best[end] = (*before, glued[start:end])
    return best[-1] or (glued,)
