"""The sentences of notes, in the languages that readers choose from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from index.bilingual import Language, Text

if TYPE_CHECKING:
    from search.response import Note

DAYS = Text(
    "Examples: 2023-06-01, 16/06/2025, 2023-06, June 2023, 2023, 2021..2023, yesterday, last week,"
    " last 3 days.",
    "Contoh: 2023-06-01, 16/06/2025, 2023-06, juni 2023, 2023, 2021..2023, kemarin, minggu lalu,"
    " 3 hari terakhir.",
)

SENTENCES: Mapping[str, Text] = {
    "relaxed": Text(
        "No article has all the words; those that have some of them are shown.",
        "Tidak ada artikel yang memuat semua kata; yang memuat sebagian ditampilkan.",
    ),
    "not-together": Text(
        "No article has all that must stand together: {words}.",
        "Tidak ada artikel yang memuat semua yang harus ada bersama: {words}.",
    ),
    "none-with-all": Text(
        "No article has all the words; those that have only some of them are left out.",
        "Tidak ada artikel yang memuat semua kata; yang hanya memuat sebagian tidak ditampilkan.",
    ),
    "unclosed-quote": Text(
        "A quotation mark is not closed; the phrase is read to the end of the query.",
        "Tanda kutip tidak ditutup; frasa dibaca sampai akhir kueri.",
    ),
    "unclosed-parenthesis": Text(
        "A parenthesis has no partner and is ignored.",
        "Tanda kurung tidak berpasangan dan diabaikan.",
    ),
    "too-deep": Text(
        "Parentheses within {limit} others are left out; the words in them are searched for.",
        "Tanda kurung di dalam {limit} tanda kurung lain diabaikan; kata di dalamnya dicari.",
    ),
    "only-excluded": Text(
        "The query has only excluded words; all other articles are shown.",
        "Kueri hanya berisi kata yang dikecualikan; semua artikel lain ditampilkan.",
    ),
    "too-many-words": Text(
        "Only the first {limit} words are searched for.",
        "Hanya {limit} kata pertama yang dicari.",
    ),
    "field-without-value": Text(
        "Directly after “{field}:” a word or a phrase must stand; “{field}” is searched for as a"
        " word.",
        "Langsung setelah “{field}:” harus ada satu kata atau frasa; “{field}” dicari sebagai"
        " kata.",
    ),
    "unknown-operator": Text(
        "“{operator}” is no operator here; it is read as “{read_as}”.",
        "“{operator}” bukan operator di sini; dibaca sebagai “{read_as}”.",
    ),
    "ignored-operator": Text(
        "“{operator}” is no operator here and is left out.",
        "“{operator}” bukan operator di sini dan diabaikan.",
    ),
    "lone-operator": Text(
        "“{operator}” has nothing to join and is left out.",
        "“{operator}” tidak menghubungkan apa pun dan diabaikan.",
    ),
    "lower-case-operator": Text(
        "“{word}” is searched for as a word; an operator is written “{operator}”.",
        "“{word}” dicari sebagai kata; sebagai operator ditulis “{operator}”.",
    ),
    "operator-as-word": Text(
        "The whole query is in capitals: “{operator}” is searched for as a word.",
        "Seluruh kueri berhuruf besar: “{operator}” dicari sebagai kata.",
    ),
    "quoted-operator": Text(
        "“{operator}” stands in quotation marks and is searched for as a word.",
        "“{operator}” ada di dalam tanda kutip dan dicari sebagai kata.",
    ),
    "excludes-nothing": Text(
        "“{operator}” is read as it stands in texts and excludes nothing; to exclude it, write"
        " “NOT {excluded}”.",
        "“{operator}” dibaca seperti dalam teks dan tidak mengecualikan apa pun; untuk"
        " mengecualikannya, tulis “TANPA {excluded}”.",
    ),
    "doubled-word": Text(
        "“{operator}” is read as the second half of a doubled word and excludes nothing.",
        "“{operator}” dibaca sebagai bagian kedua kata ulang dan tidak mengecualikan apa pun.",
    ),
    "excludes-several": Text(
        "“{excluded}”: all of these are excluded; where the signs before them are dashes of a text,"
        " leave the signs out.",
        "“{excluded}”: semuanya dikecualikan; bila tanda di depannya hanya tanda pisah dalam teks,"
        " hapus tandanya.",
    ),
    "excludes-part": Text(
        "Of “{name}” only “{excluded}” is excluded; to exclude a whole name, write it in quotation"
        " marks.",
        "Dari “{name}” hanya “{excluded}” yang dikecualikan; untuk mengecualikan seluruh nama,"
        " tulis nama itu dalam tanda kutip.",
    ),
    "asked-and-excluded": Text(
        "“{excluded}” is asked for and excluded at once; no article fits the whole query.",
        "“{excluded}” diminta dan dikecualikan sekaligus; tidak ada artikel yang cocok dengan"
        " seluruh kueri.",
    ),
    "unknown-field": Text(
        "“{field}” is no field here; its words are searched for everywhere. Known here: {near}",
        "“{field}” tidak dikenal; kata-katanya dicari di mana saja. Yang ada: {near}",
    ),
    "unknown-filter": Text(
        "“{field}” is no field here and filters nothing; its value is searched for as words that"
        " need not occur. Known here: {near}",
        "“{field}” tidak dikenal dan tidak menyaring apa pun; nilainya dicari sebagai kata yang"
        " tidak wajib ada. Yang ada: {near}",
    ),
    "unknown-filter-excluded": Text(
        "“{field}” is no field here; nothing is excluded for it. Known here: {near}",
        "“{field}” tidak dikenal; tidak ada yang dikecualikan. Yang ada: {near}",
    ),
    "unknown-value": Text(
        "No article has “{written}”.",
        "Tidak ada artikel dengan “{written}”.",
    ),
    "nearest-values": Text(
        "No article has “{written}”; nearest to it: {values}.",
        "Tidak ada artikel dengan “{written}”; yang terdekat: {values}.",
    ),
    "begun-values": Text(
        "No article has “{written}” as a word; these begin with it ({count}): {values}.",
        "Tidak ada artikel dengan kata “{written}”; yang berawalan itu ({count}): {values}.",
    ),
    "several-values": Text(
        "“{written}” stands for {count} values: {values}. With = before it only the whole value"
        " counts.",
        "“{written}” berarti {count} nilai: {values}. Dengan = di depannya hanya nilai utuh yang"
        " berlaku.",
    ),
    "prefix-too-short": Text(
        "The prefix “{prefix}*” is too short; it is searched for as a plain word.",
        "Awalan “{prefix}*” terlalu pendek; dicari sebagai kata biasa.",
    ),
    "pattern-too-short": Text(
        "The pattern “{pattern}” has too few letters; they are searched for as plain words.",
        "Pola “{pattern}” terlalu sedikit hurufnya; hurufnya dicari sebagai kata biasa.",
    ),
    "fuzzy-distance": Text(
        "“{operator}” is searched for with at most {distance} letters changed: never more than 2,"
        " and fewer than the word has.",
        "“{operator}” dicari dengan paling banyak {distance} huruf berbeda: tidak pernah lebih dari"
        " 2, dan kurang dari panjang katanya.",
    ),
    "fuzzy-too-short": Text(
        "“{operator}” has too few letters to have others; it is searched for as it is written.",
        "“{operator}” terlalu pendek untuk huruf lain; dicari seperti tertulis.",
    ),
    "near-least": Text(
        "“{operator}” is read as: at most {distance} words apart, the least that {words} words"
        " need.",
        "“{operator}” dibaca sebagai: paling jauh {distance} kata, jarak terkecil bagi {words}"
        " kata.",
    ),
    "near-distance": Text(
        "“{operator}” is read as: at most {distance} words apart (from 1 to 100, as in NEAR/5).",
        "“{operator}” dibaca sebagai: paling jauh {distance} kata (dari 1 sampai 100, seperti"
        " DEKAT/5).",
    ),
    "near-apart": Text(
        "“{operator}” cannot apply to “{operand}”, which is searched for without it.",
        "“{operator}” tidak dapat berlaku untuk “{operand}”, yang dicari tanpa itu.",
    ),
    "near-too-many": Text(
        "“{operator}” would join too many words; they are searched for anywhere in an article.",
        "“{operator}” akan menghubungkan terlalu banyak kata; semuanya dicari di mana saja dalam"
        " artikel.",
    ),
    "prefix-cut": Text(
        "The prefix “{prefix}*” matches too many words; the {limit} commonest are searched for.",
        "Awalan “{prefix}*” cocok dengan terlalu banyak kata; {limit} yang tersering dicari.",
    ),
    "pattern-cut": Text(
        "The pattern “{pattern}” fits too many words; the {limit} commonest are searched for.",
        "Pola “{pattern}” cocok dengan terlalu banyak kata; {limit} yang tersering dicari.",
    ),
    "fuzzy-cut": Text(
        "Too many words are like “{word}”; the {limit} nearest, then commonest, are searched for.",
        "Terlalu banyak kata mirip “{word}”; {limit} yang terdekat, lalu tersering, dicari.",
    ),
    "bad-date": Text(
        f"“{{text}}” names no certain days; it is searched for as plain words. {DAYS.english}",
        f"“{{text}}” bukan tanggal yang pasti; dicari sebagai kata biasa. {DAYS.indonesian}",
    ),
    "bad-date-excluded": Text(
        f"“{{text}}” names no certain days; nothing is excluded for it. {DAYS.english}",
        f"“{{text}}” bukan tanggal yang pasti; tidak ada yang dikecualikan. {DAYS.indonesian}",
    ),
    "days-meant": Text("“{typed}”: {days}.", "“{typed}”: {hari}."),
    "no-days": Text(
        "No day lies between “{since}” and “{until}”.",
        "Tidak ada hari di antara “{since}” dan “{until}”.",
    ),
    "values-apart": Text(
        "No article has both “{written}” and “{other}”; with OR between them one suffices.",
        "Tidak ada artikel dengan “{written}” sekaligus “{other}”; dengan ATAU di antaranya salah"
        " satu cukup.",
    ),
    "nothing-searchable": Text(
        "The query has no words to search for.",
        "Kueri tidak berisi kata untuk dicari.",
    ),
    "corrected": Text(
        "No article has “{written}”; “{replacement}” is searched for.",
        "Tidak ada artikel yang memuat “{written}”; yang dicari “{replacement}”.",
    ),
    "other-number": Text(
        "“{written}” is searched for as “{other}”, too, as newspapers write it.",
        "“{written}” dicari juga sebagai “{other}”, seperti ditulis di koran.",
    ),
    "no-article-has": Text(
        "No article has “{word}”.",
        "Tidak ada artikel yang memuat “{word}”.",
    ),
    "partial": Text(
        "This question costs more than one answer may, and was answered in part: articles may be"
        " missing from results and counts, and matches unmarked. Fewer beginnings of words (kata*),"
        " phrases or words cost less.",
        "Pertanyaan ini lebih berat daripada batas satu jawaban, dan hanya dijawab sebagian:"
        " artikel mungkin tidak ditampilkan atau terhitung, dan kata tidak ditandai. Lebih sedikit"
        " awalan (kata*), frasa, atau kata lebih ringan.",
    ),
    "unmarked": Text(
        "Not all matches are marked in the titles and passages: that would take too long.",
        "Tidak semua kecocokan ditandai dalam judul dan cuplikan karena akan memakan waktu terlalu"
        " lama.",
    ),
}
"""Of every note by its code; ``{name}`` stands for a fact of the note."""

CODES = frozenset(SENTENCES)
"""Every note that an answer can carry."""


def message(code: str, facts: Mapping[str, str]) -> Text:
    """The sentence of a note, which names the facts."""
    return SENTENCES[code].filled(facts)


def sentence(note: Note, language: Language) -> str:
    """The note as a sentence for a reader of the language."""
    return note.message.in_language(language)
