"""What looks like an operator or a field and is none of ours: other engines' signs, as one table.

Where one of these signs is made to work here, its row goes.

=================================  ================================================================
sign                               read as
=================================  ================================================================
``kor%psi`` ``kata^2`` ``~kata``   plain words, its letters without the sign
``kor*psi~2`` ``kor*psi$``         the same: a pattern with another sign
``202[0-3]`` ``a|b`` ``2010..12``  plain words
``!kata`` ``^kata`` ``korup$``     the word
``[2010 TO 2020]`` ``{a b}``       plain words
``/pol.*/``                        plain words
``&&`` ``||`` ``AND/OR``           AND, OR
``ANDNOT`` ``BUTNOT``              NOT
``XOR`` ``w/p``                    left out: the words beside it are searched for anywhere
``"a b"^5`` ``ATLEAST5`` ``a * b``   the same
``filetype:x`` ``inurl:x``         what is behind it, see ``STRANGERS``
=================================  ================================================================

Many a sign has an ordinary meaning in pasted text, which is no operator: ``siapa?``, ``100%``,
``24/7``, ``~50``, ``10^6``, ``2*3``, ``kata[1]``, ``#tag``, ``@nama``, ``[VIDEO]``, ``X|S``,
``apa?Lalu``, ``=SUMBER=``, ``US$``, addresses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.fields import FACET_NAMES, FIELDS, SCOPES, FieldKind
from index.patterns import on_use

SINCE = frozenset({"sejak", "since", "after", "mulai", "setelah", "sesudah"})
UNTIL = frozenset({"sampai", "until", "before", "hingga", "sebelum"})
ON = frozenset(
    {"tanggal", "date", "tgl", "daterange", "year", "tahun", "thn", "month", "bulan", "bln"}
)
DATES = SINCE | UNTIL | ON
"""Fields of days: since one, until one, or these. ``before:`` and ``after:`` include their day."""
OPENINGS = frozenset({"awal", "opening", "lead"})
SENTENCES = frozenset({"kalimat", "sentence"})
ALL_FOLLOWING: Mapping[str, str] = {
    **dict.fromkeys(("allintitle",), "title"),
    **dict.fromkeys(("allintext", "allinbody"), "body"),
}
"""Scopes of all that follows."""

WITH_BLANK = r"(?ai: (?:all)? in (?: title | text | body ) | inauthor )"
"""Fields that are no words of texts, so that a blank may follow their colon; a verbose pattern."""

IN_TEXT = frozenset(SCOPES).union(OPENINGS, SENTENCES, ALL_FOLLOWING)
"""What says where in an article words stand."""

OURS = frozenset(FACET_NAMES) | IN_TEXT | DATES
"""What may stand before a colon."""
_MISSPELT = (OURS - DATES) | {"tanggal", "sejak", "since", "sampai", "until"}
"""What a word before a colon may be a misspelling of: short words are words of texts."""

FRACTIONS = "\u00bc-\u00be\u2150-\u215e"
"""As a part of a class of characters."""
_LETTER = rf"[^\W\d_{FRACTIONS}]"
_WORD_SIGNS = on_use(
    rf"""
    (?<= {_LETTER} ) % (?= {_LETTER} | [.,;:!?]* $ )
  | (?<= {_LETTER} ) ~ [\d.]* (?= [,;:!?]* $ )     # kor*psi~2, see FUZZY
  | (?<= \w ) ~+ (?= [,;:!?]* $ )
  | (?<= \d{{3}} ) ~ \d (?= [,;:!?]* $ )             # 2019~1: numbers have no other letters
  | ^ ~ (?= {_LETTER} )
  | (?<= {_LETTER}{{3}} ) \^ [\d.]+ (?= [,;:!?]* $ )
  | ^ [\^!] (?= \w )
  | (?<= [a-z]{{3}} ) \$ (?= [,;:!?]* $ )
  | (?: (?<= \d ) \[                              # 202[0-3]
      | (?<= {_LETTER} ) \[ (?! \d+ \] )
      | \[ (?= [^\s\[\]]+ \] \w ) ) (?P<set> [^\s\[\]]+ ) \]
  | (?<= \w\w ) \|+ (?= \w )
  | (?<= \w ) \|+ (?= \w\w )
  | (?<= \d ) \.\. (?= \d )
    """,
    re.VERBOSE,
)
_AROUND = "*?.,:;! "
_PATTERN = re.compile(r"[*?]+")

FUZZY = on_use(
    rf"""
    (?P<word> (?: [^\s~*?%^$|\[\]]* [^\w\s~*?%^$|\[\]] | [^\s~*?%^$|\[\]]* _ )?
              (?= [^\W_]*? {_LETTER} ) [^\W_]+ )
    ~ (?P<edits> (?: (?<= {_LETTER} ~ ) \d* (?: \.\d* )? )? ) [.,;:!?]*
    """,
    re.VERBOSE,
)
"""A word that may have other letters: ``kata~``, ``kata~2``."""

SPANS = on_use(
    r"""
    (?P<words> [\[{] \s* [^\s\[\]{}"]+ \s+ TO \s+ [^\s\[\]{}"]+ \s* [\]}]  # [2010 TO 2020]
             | \{ [^{}"]* \}
             | (?<! \w ) / (?= [^/\s]* (?: [*+?\[\](){}|\\^$] ) ) [^/\s"]+ / (?! \w ) )
  | (?P<nothing> (?: (?ai: w? / p (?: ara (?: graph )? )? ) | XOR
                     | ATLEAST [0-9]+ | atleast [0-9]{1,2} )
                 (?! [^\s()"] )
                | (?<= ["\u201d\u00bb)] ) [~^*]+ [0-9.]*                        # "a b"^5
                | (?<= \s ) \*+ (?= \s+ \S ) )
  | (?P<and> && )
  | (?P<or> \|\| | AND/OR \b )
  | (?P<not> (?: AND | BUT ) NOT (?! [^\s()"] ) )
    """,
    re.VERBOSE,
)
"""Signs that stand for themselves or span words; the group says what is read in their place."""

ADDRESS = on_use(
    r"""(?: (?: [a-zA-Z][a-zA-Z+.]* :// | www\. ) [^\s"\u201c\u201d()]+
          | [\w.+-]+ @ [\w-]+ (?: \. [\w-]+ )+
          | [a-zA-Z0-9-]+ (?: \. [a-zA-Z0-9-]+ )+ (?: / | \? (?= \w+ = ) )
            [^\s"\u201c\u201d()]* )""",
    re.VERBOSE,
)
"""Addresses of pages and mail boxes, whose signs mean nothing."""

STRANGERS: Mapping[str, tuple[str, ...]] = {
    **{
        name: field.query_names[:1] or ("tanggal", "sejak", "sampai")
        for field in FIELDS
        if field.query_names or field.kind is FieldKind.DATE
        for name in field.archive_names
    },
    **dict.fromkeys(("subject", "ti", "hd", "hlp"), ("judul",)),
    **dict.fromkeys(("paragraf", "paragraph"), ("kalimat",)),
    **dict.fromkeys(("fulltext",), ("isi",)),
    **dict.fromkeys(("host", "url", "inurl", "allinurl", "rst"), ("sumber",)),
    **dict.fromkeys(("tag", "tags", "topic", "topik", "label"), ("kategori",)),
    **dict.fromkeys(("loc", "region", "daerah", "wilayah"), ("tempat",)),
    **dict.fromkeys(("au", "pengarang"), ("penulis",)),
    "from": ("sejak", "sumber"),
    **dict.fromkeys(("dari", "start"), ("sejak",)),
    **dict.fromkeys(("to", "end"), ("sampai",)),
    **dict.fromkeys(("filetype", "ext", "lang", "language", "bahasa", "format", "type"), ()),
    **dict.fromkeys(("related", "cache", "link", "define", "info", "inanchor"), ()),
    **dict.fromkeys(("filter", "is", "has", "list", "min_faves", "min_retweets"), ()),
    "near": ("tempat",),
}
"""Fields of other engines and archives, and the nearest of ours; empty where none is near."""

_MIN_MISSPELT = 4
_LONG = 7


def read_as(word: str, *, quoted: bool = False) -> str | None:
    """The plain words that a word with a foreign sign is read as; None where it has none.

    ``quoted``: it stands in a phrase, where no word is fuzzy.
    """
    if not _WORD_SIGNS.search(word) or (not quoted and FUZZY.fullmatch(word)):
        return None
    return without_signs(word)


def without_signs(word: str) -> str:
    """The plain words of one with signs, foreign ones and those of patterns."""
    bare = _WORD_SIGNS.sub(lambda sign: f" {sign['set'] or ''} ", word)
    return " ".join(_PATTERN.sub(" ", bare).split()).strip(_AROUND)


def plain(text: str) -> str:
    """The words alone of what spans several."""
    return " ".join(re.findall(r"\w+", text.replace(" TO ", " ")))


def nearest_fields(name: str) -> tuple[str, ...] | None:
    """The fields here that a foreign one, or one of ours misspelt, may stand for; maybe none.

    ``name`` is folded. None where it is neither.
    """
    if name in STRANGERS:
        return STRANGERS[name]
    if len(name) < _MIN_MISSPELT:
        return None
    from rapidfuzz.distance import OSA

    distance, near = min((OSA.distance(name, one), one) for one in sorted(_MISSPELT))
    return (near,) if distance <= 1 + (len(name) >= _LONG) else None


def named(fields: tuple[str, ...]) -> str:
    """Fields as they are typed; all that there are where none is given."""
    return ", ".join(f"{name}:" for name in fields or _ALL)


_ALL = (
    *(field.query_names[0] for field in FIELDS if field.query_names),
    *("awal", "kalimat", "tanggal", "sejak", "sampai"),
)
