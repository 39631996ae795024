"""Whether two words that stand together are two, where the whole is in small letters.

Names are written with capitals, so that two words of the language may be two beside each other
whatever they are: ``kondisikesehatan``. What is left to tell from them are compounds that the
lexicon does not have, words of science, firms and sites that write themselves small, foreign words
and typing errors: parts have to be common words, and none of those that compounds begin or names
end with.
"""

from __future__ import annotations

from index.glued.judging import SHORT_WORDS, SHORTEST, Judge, Side
from index.glued.parts import Kind, brands, lists

_FRONT = frozenset(
    ("dan", "dari", "yang", "ini", "itu", "saat", "tak", "hal", "dua", "bila", "dia", "aku")
)
_BACK = frozenset(("di", "ke", "dan", "dari", "ini", "itu", "yang"))
_TWICE = frozenset(("di", "ke", "dan", "dari", "ini", "itu", "yang", "oleh", "lalu", "atau"))
_PLAIN = frozenset(("bank", "buka", "but", "game", "kata", "pasar", "ruang", "rumah", "satu", "siap", "toko"))
"""What begins names of firms, but plain words often enough."""

_NAMING = frozenset(("bangsa", "barat", "harapan", "muda", "negara", "negeri", "utama", "wisata"))

_SHORT, _LONG, _FOREIGN = 4, 5, 6
_OFTEN, _MANY = 4, 20
_APART = 5
"""How many times the articles of a word that is no typing error those of a common one are."""

_ENDINGS = ("nya", "lah", "kah", "pun", "ku", "mu")
_AFFIXED = ("kan", "i", "an")
_ENDED = ("kan", "an", "nya")
_VERBS = ("me", "di")
"""What begins verbs, which do not end with *-an*."""

_VOWELS = str.maketrans("", "", "aeiou")


def loosely(judge: Judge, one: Side, two: Side, articles: int) -> int:
    """How certain it is that two parts of a word in small letters are two, 0 for not at all.

    ``articles``: how many have them glued. Never more than of what ``Judge.worth`` is sure.
    """
    here = lists()
    size = len(one.text) + len(two.text)
    if judge.same(one.text, two.text) or is_echo(one.text, two.text):
        return 0
    if one.text in _TWICE and two.text in _TWICE:
        return 2
    if two.text in _BACK:
        return _beside_function(judge, one)
    if one.text in _FRONT:
        return _beside_function(judge, two) if two.text not in here.names else 0
    if one.text in here.bound or (one.text in brands() and one.text not in _PLAIN) or two.text in here.names:
        return 0
    if two.text in SHORT_WORDS or one.text in SHORT_WORDS:
        other = one if two.text in SHORT_WORDS else two
        return int(len(other.text) >= _LONG and other.text in here.common)
    if min(len(one.text), len(two.text)) < _SHORT or size < SHORTEST:
        return 0
    if _has_affixes_around(judge, one.text, two.text):
        return 0
    common = is_common(judge, one), is_common(judge, two)
    if all(common):
        return 2
    if any(common) and judge.apart_mostly(one, two, articles, _APART):
        return 1
    if not any(common):
        return 0
    rare = two if common[0] else one
    known = judge.kinds.of(rare.text) is not Kind.UNKNOWN
    often = rare.articles >= (1 if known else _OFTEN) * max(judge.fewest, articles)
    return int(often and len(rare.text) >= (_LONG if known else _FOREIGN) and not judge.few)


def cautiously(judge: Judge, one: Side, two: Side) -> int:
    """The same of a word that begins with a capital, which may be a name.

    Both parts have to be common words of the language, and long ones.
    """
    here = lists()
    parts = one.text, two.text
    if one.text in here.bound or one.text in brands() or two.text in here.names | _NAMING:
        return 0
    if judge.same(*parts) or is_echo(*parts):
        return 0
    if two.text in _BACK or one.text in _FRONT:
        other = one.text if two.text in _BACK else two.text
        return int(len(other) >= _LONG and other in here.common)
    shorter, longer = sorted(map(len, parts))
    return int(shorter >= _SHORT and longer >= _LONG and here.common.issuperset(parts))


def is_common(judge: Judge, side: Side) -> bool:
    """Whether a part is a common word of the language, or one of the lexicon and of many articles."""
    word = side.text
    if word in lists().common or judge.kinds.is_derived(word):
        return True
    if len(word) < _LONG:
        many = side.articles >= _MANY * judge.fewest and not judge.few
        return many and len(word) >= _SHORT and judge.kinds.of(word) is Kind.KNOWN
    if side.articles >= _OFTEN * judge.fewest and judge.kinds.of(word) is not Kind.UNKNOWN:
        return True
    return any(word.endswith(one) and word[: -len(one)] in lists().common for one in _ENDINGS)


def is_echo(one: str, two: str) -> bool:
    """Whether a word stands twice there with other letters: ``warnawarni``, ``sayurmayur``."""
    if abs(len(one) - len(two)) > 1:
        return False
    bare = one.translate(_VOWELS), two.translate(_VOWELS)
    return bare[0] == bare[1] or one[1:] == two[1:] or one == two[1:] or one[1:] == two


def _has_affixes_around(judge: Judge, one: str, two: str) -> bool:
    """Whether what may be a compound has affixes on either side: ``menumbuh-kembangkan``."""
    if not two.endswith(_AFFIXED) or not judge.kinds.is_derived(one) or one.endswith(_ENDED):
        return False
    if judge.kinds.is_derived(two) or judge.kinds.how.stem(two) == two:
        return False
    if two in lists().common:
        return False
    return not (one.startswith(_VERBS) and two.endswith("an") and not two.endswith("kan"))


def _beside_function(judge: Judge, side: Side) -> int:
    if len(side.text) >= _SHORT and is_common(judge, side):
        return 2
    known = judge.kinds.of(side.text) is not Kind.UNKNOWN
    often = side.articles >= _OFTEN * judge.fewest and not judge.few
    return int(often and len(side.text) >= (_LONG if known else _FOREIGN))
