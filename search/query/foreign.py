"""What looks like an operator or a field and is none of ours: other engines' signs, as one table.

Where one of these signs is made to work here, its row goes.

=================================  ================================================================
sign                               read as
=================================  ================================================================
``kor*psi`` ``b?njir`` ``*karta``  plain words, its letters without the sign
``korup~2`` ``kata^2`` ``~kata``   the word
``202[0-3]`` ``a|b`` ``2010..12``  plain words
``!kata`` ``=kata`` ``^kata``      the word
``[2010 TO 2020]`` ``{a b}``       plain words
``/pol.*/``                        plain words
``korup$``                         the word
``&&`` ``||`` ``AND/OR``           AND, OR
``ANDNOT`` ``BUTNOT``              NOT
``NEAR`` ``W/5`` ``near5``         left out: the words beside it are searched for anywhere
``"a b"~5`` ``NEAR(kata)``         the same
``site:x`` ``intitle:x``           what is behind it, see ``STRANGERS``
=================================  ================================================================

Many a sign has an ordinary meaning in pasted text, which is no operator: ``siapa?``, ``100%``,
``24/7``, ``~50``, ``10^6``, ``2*3``, ``kata[1]``, ``#tag``, ``@nama``, ``[VIDEO]``, ``X|S``,
``apa?Lalu``, ``=SUMBER=``, ``US$``, addresses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz.distance import OSA

from index.fields import FACET_NAMES, FIELDS, SCOPES, FieldKind

SINCE = frozenset({"sejak", "since", "after", "mulai", "setelah", "sesudah"})
UNTIL = frozenset({"sampai", "until", "before", "hingga", "sebelum"})
ON = frozenset(
    {"tanggal", "date", "tgl", "daterange", "year", "tahun", "thn", "month", "bulan", "bln"}
)
DATES = SINCE | UNTIL | ON
"""Fields of days: since one, until one, or these. ``before:`` and ``after:`` include their day."""
OURS = frozenset(FACET_NAMES) | frozenset(SCOPES) | DATES
"""What may stand before a colon."""
_MISSPELT = (OURS - DATES) | {"tanggal", "sejak", "since", "sampai", "until"}
"""What a word before a colon may be a misspelling of: short words are words of texts."""

_LETTER = r"[^\W\d_]"
_NO_VALUE = r"(?! \w+ = )"  # as in the rest of an address: tiket?utm_source=populer
_NEXT = r"\? [A-Z][a-z]"  # a sentence with no blank before it: siapa?Direktur
_WORD_SIGNS = re.compile(
    rf"""
    (?! {_NEXT} ) (?<= {_LETTER} ) [*?]+ (?= \w ) {_NO_VALUE}    # kor*psi
  | (?! {_NEXT} ) (?<= \w ) [*?]+ (?= {_LETTER} ) {_NO_VALUE}
  | ^ (?! {_NEXT} ) [*?]+ (?= \w ) {_NO_VALUE}                   # *karta
  | (?<= {_LETTER} ) % (?= {_LETTER} | [.,;:!?]* $ )
  | (?<= {_LETTER} ) ~ [\d.]* (?= [,;:!?]* $ )     # korup~2
  | (?<= \w ) ~ (?= [,;:!?]* $ )
  | ^ ~ (?= {_LETTER} )
  | (?<= {_LETTER}{{3}} ) \^ [\d.]+ (?= [,;:!?]* $ )
  | ^ (?: [\^!] | = (?! \S* = ) ) (?= \w )
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
_AROUND = "*?.,:;!"
_PREFIX = re.compile(r"\w\*+[.,;:!?]*$")

COUNTED = re.compile(r"(?: near | adj | atleast ) [0-9]{1,2} (?! [^\s()] )", re.VERBOSE)
"""Words that say in how few or how many words others stand."""

SPANS = re.compile(
    rf"""
    (?P<words> [\[{{] \s* [^\s\[\]{{}}"]+ \s+ TO \s+ [^\s\[\]{{}}"]+ \s* [\]}}]  # [2010 TO 2020]
             | \{{ [^{{}}"]* \}}
             | (?<! \w ) / (?= [^/\s]* (?: [*+?\[\](){{}}|\\^$] ) ) [^/\s"]+ / (?! \w ) )
  | (?P<nothing> (?: (?: NEAR | AROUND | WITHIN ) \s* \( \s* [0-9]+ \s* \)
                   | (?: O?NEAR | ADJ | WITHIN | PRE ) [/:]? [0-9]+
                   | [NPWnpw] / [0-9]+ | [Ww] / [SsPp]
                   | (?: near | adj | within | pre ) / [0-9]+
                   | O?NEAR | NOTNEAR | ADJ (?: ACENT )? | XOR | AROUND | WITHIN
                   | ATLEAST [0-9]+ ) (?! [^\s()"] )
                | {COUNTED.pattern}
                | (?<= ["\u201d\u00bb)] ) [~^*]+ [0-9.]*                        # "a b"~5
                | (?<= \s ) \*+ (?= \s+ \S ) )
  | (?P<and> && )
  | (?P<or> \|\| | AND/OR \b )
  | (?P<not> (?: AND | BUT ) NOT (?! [^\s()"] ) )
    """,
    re.VERBOSE,
)
"""Signs that stand for themselves or span words; the group says what is read in their place."""

ADDRESS = re.compile(
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
    **dict.fromkeys(("intitle", "allintitle", "subject", "ti"), ("judul",)),
    **dict.fromkeys(("intext", "allintext", "inbody", "fulltext"), ("isi",)),
    **dict.fromkeys(("site", "domain", "host", "url", "inurl", "allinurl", "situs"), ("sumber",)),
    **dict.fromkeys(("tag", "tags", "topic", "topik", "rubric", "label"), ("kategori",)),
    **dict.fromkeys(("loc", "region", "daerah", "wilayah"), ("tempat",)),
    **dict.fromkeys(("by", "oleh", "au", "inauthor", "pengarang"), ("penulis",)),
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

    ``quoted``: it stands in a phrase, where no prefix is.
    """
    if _WORD_SIGNS.search(word) or (quoted and _PREFIX.search(word)):
        bare = _WORD_SIGNS.sub(lambda sign: f" {sign['set'] or ''} ", word)
        return " ".join(bare.split()).strip(_AROUND)
    return None


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
    distance, near = min((OSA.distance(name, one), one) for one in sorted(_MISSPELT))
    return (near,) if distance <= 1 + (len(name) >= _LONG) else None


def named(fields: tuple[str, ...]) -> str:
    """Fields as they are typed; all that there are where none is given."""
    return ", ".join(f"{name}:" for name in fields or _ALL)


_ALL = (
    *(field.query_names[0] for field in FIELDS if field.query_names),
    "tanggal",
    "sejak",
    "sampai",
)
