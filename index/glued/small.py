"""Whether two words that stand together are two, where none of them has a function word's form.

In small letters two words of the language may be two beside each other whatever they are, as names
are written with capitals: ``kondisikesehatan``. What is left to tell from them are compounds that
the lexicon does not have, words of science, firms and sites that write themselves small, foreign
words and typing errors: parts have to be common words, and none of those that compounds begin or
names end with. Behind a capital both have to be among the commonest.
"""

from __future__ import annotations

from index.glued.judging import SHORT, SHORT_WORDS, SHORTEST, Judge, Side
from index.glued.parts import Kind, brands, lists

FRONT = frozenset(
    (
        *("dan", "dari", "yang", "ini", "itu", "para", "saat", "tak", "hal", "dua", "bila", "dia"),
        "aku",
    )
)
BACK = frozenset(("di", "ke", "dan", "dari", "ini", "itu", "yang"))
TWICE = BACK | {"oleh", "lalu", "atau"}
"""Function words that begin glued words in small letters, that end them, and that are both."""

PLAIN = frozenset(
    (
        *("bank", "buka", "but", "game", "kata", "pasar", "ruang", "rumah", "satu", "siap"),
        "toko",
    )
)
"""What begins names of firms, but plain words often enough."""

NAMING = frozenset(("bangsa", "barat", "harapan", "muda", "negara", "negeri", "utama", "wisata"))
"""What ends names with a capital."""

_LONG, _FOREIGN = 5, 6
_OFTEN, _MANY = 4, 20
"""How many times the articles of a word that is no typing error those of a common one are, and of a
short one."""

_APART = 5
_ENDINGS = ("nya", "lah", "kah", "pun", "ku", "mu")
_AFFIXED = ("kan", "i", "an")
_ENDED = ("kan", "an", "nya")
_VERBS = ("me", "di")
"""What begins verbs, which do not end with *-an*."""

_VOWELS = str.maketrans("", "", "aeiou")


def loosely(  # noqa: PLR0911 - a case each
    judge: Judge, one: Side, two: Side, articles: int
) -> int:
    """How certain it is that two parts of a word in small letters are two, 0 for not at all.

    ``articles``: how many have them glued. Never more than of what ``Judge.worth`` is sure.
    """
    if _is_twice(judge, one.text, two.text):
        return 0
    if one.text in TWICE and two.text in TWICE:
        return 2
    if two.text in BACK:
        return _beside_function(judge, one)
    if one.text in FRONT:
        return _beside_function(judge, two) if two.text not in lists().names else 0
    if _is_one_name(one.text, two.text):
        return 0
    if one.text in SHORT_WORDS or two.text in SHORT_WORDS:
        other = one.text if two.text in SHORT_WORDS else two.text
        return int(len(other) >= _LONG and other in lists().common)
    return _of_two_words(judge, one, two, articles)


def cautiously(judge: Judge, one: Side, two: Side) -> int:
    """The same of a word that begins with a capital, which may be a name.

    Both parts have to be common words of the language, and long ones.
    """
    parts = one.text, two.text
    common = lists().common
    if _is_one_name(*parts) or one.text in brands() or two.text in NAMING:
        return 0
    if _is_twice(judge, *parts):
        return 0
    if two.text in BACK or one.text in FRONT:
        other = one.text if two.text in BACK else two.text
        return int(len(other) >= _LONG and other in common)
    shorter, longer = sorted(map(len, parts))
    return int(shorter >= SHORT and longer >= _LONG and common.issuperset(parts))


def _of_two_words(judge: Judge, one: Side, two: Side, articles: int) -> int:
    sizes = len(one.text), len(two.text)
    if min(sizes) < SHORT or sum(sizes) < SHORTEST:
        return 0
    if has_affixes_around(judge, one.text, two.text):
        return 0
    common = is_common(judge, one), is_common(judge, two)
    if all(common):
        return 2
    if not any(common):
        return 0
    if judge.apart_mostly(one, two, articles, _APART):
        return 1
    rare = two if common[0] else one
    known = judge.kinds.of(rare.text) is not Kind.UNKNOWN
    often = rare.articles >= (1 if known else _OFTEN) * max(judge.fewest, articles)
    return int(often and len(rare.text) >= (_LONG if known else _FOREIGN) and not judge.few)


def is_common(judge: Judge, side: Side) -> bool:
    """Whether a part is a common word of the language, or a known one of many articles."""
    word, common = side.text, lists().common
    if word in common or judge.kinds.is_derived(word):
        return True
    many = side.articles >= (_OFTEN if len(word) >= _LONG else _MANY) * judge.fewest
    if len(word) < _LONG:
        known = len(word) >= SHORT and judge.kinds.of(word) is Kind.KNOWN
        return known and many and not judge.few
    if many and judge.kinds.of(word) is not Kind.UNKNOWN:
        return True
    return any(word.endswith(one) and word[: -len(one)] in common for one in _ENDINGS)


def is_echo(one: str, two: str) -> bool:
    """Whether a word stands twice there with other letters: ``warnawarni``, ``sayurmayur``."""
    if abs(len(one) - len(two)) > 1:
        return False
    bare = one.translate(_VOWELS), two.translate(_VOWELS)
    return bare[0] == bare[1] or one[1:] == two[1:] or one == two[1:] or one[1:] == two


def has_affixes_around(judge: Judge, one: str, two: str) -> bool:
    """Whether what may be a compound has affixes on either side: ``menumbuh-kembangkan``."""
    if not two.endswith(_AFFIXED) or not judge.kinds.is_derived(one) or one.endswith(_ENDED):
        return False
    if two in lists().common or judge.kinds.is_derived(two) or judge.kinds.how.stem(two) == two:
        return False
    return not (one.startswith(_VERBS) and two.endswith("an") and not two.endswith("kan"))


def _is_twice(judge: Judge, one: str, two: str) -> bool:
    return judge.same(one, two) or is_echo(one, two)


def _is_one_name(one: str, two: str) -> bool:
    here = lists()
    return one in here.bound or (one in brands() and one not in PLAIN) or two in here.names


def _beside_function(judge: Judge, side: Side) -> int:
    if len(side.text) >= SHORT and is_common(judge, side):
        return 2
    known = judge.kinds.of(side.text) is not Kind.UNKNOWN
    often = side.articles >= _OFTEN * judge.fewest and not judge.few
    return int(often and len(side.text) >= (_LONG if known else _FOREIGN))
