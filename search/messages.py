"""The sentences of notes, in the languages that readers choose from."""

from __future__ import annotations

from typing import Literal

from search.response import Note

Language = Literal["id", "en"]

_SENTENCES: dict[str, tuple[str, str]] = {
    # code: (Indonesian, English)
    "relaxed": (
        "Tidak ada artikel yang memuat semua kata; yang memuat sebagian ditampilkan.",
        "No article has all the words; those that have some of them are shown.",
    ),
    "widened": (
        "Hanya sedikit artikel memuat semua kata; yang memuat sebagian juga ditampilkan.",
        "Few articles have all the words; those that have some of them are shown too.",
    ),
    "unclosed-quote": (
        "Tanda kutip tidak ditutup; frasa dibaca sampai akhir kueri.",
        "A quotation mark is not closed; the phrase is read to the end of the query.",
    ),
    "unclosed-parenthesis": (
        "Tanda kurung tidak berpasangan dan diabaikan.",
        "A parenthesis has no partner and is ignored.",
    ),
    "only-excluded": (
        "Kueri hanya berisi kata yang dikecualikan; semua artikel lain ditampilkan.",
        "The query has only excluded words; all other articles are shown.",
    ),
    "too-many-words": (
        "Hanya {limit} kata pertama yang dicari.",
        "Only the first {limit} words are searched for.",
    ),
    "field-without-value": (
        "Setelah “{field}:” harus ada satu kata atau frasa; “{field}” dicari sebagai kata.",
        "After “{field}:” a word or a phrase must stand; “{field}” is searched for as a word.",
    ),
    "prefix-too-short": (
        "Awalan “{prefix}*” terlalu pendek; dicari sebagai kata biasa.",
        "The prefix “{prefix}*” is too short; it is searched for as a plain word.",
    ),
    "prefix-cut": (
        "Awalan “{prefix}*” cocok dengan terlalu banyak kata; {limit} yang tersering dicari.",
        "The prefix “{prefix}*” matches too many words; the {limit} commonest are searched for.",
    ),
    "bad-date": (
        "“{text}” bukan tanggal; dicari sebagai kata biasa. Contoh: sejak:2023-06-01.",
        "“{text}” is not a date; it is searched for as plain words. Example: since:2023-06-01.",
    ),
    "nothing-searchable": (
        "Kueri tidak berisi huruf atau angka.",
        "The query has no letters or digits.",
    ),
    "corrected": (
        "Tidak ada artikel yang memuat “{written}”; yang dicari “{sought}”.",
        "No article has “{written}”; “{sought}” is searched for.",
    ),
    "partial": (
        "Pencarian dihentikan setelah {milliseconds} milidetik; hasil mungkin tidak lengkap.",
        "The search was stopped after {milliseconds} milliseconds; results may be incomplete.",
    ),
}

CODES = frozenset(_SENTENCES)
"""Every note that an answer can carry."""


def sentence(note: Note, language: Language) -> str:
    """The note as a sentence for a reader of the language."""
    indonesian, english = _SENTENCES[note.code]
    return (indonesian if language == "id" else english).format(**note.facts)
