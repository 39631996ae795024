"""Groups the parts of a chunk (see ``tokenizer``) into tokens, and says what of each is stemmed.

Free words that a hyphen or a full stop ties together stay apart (``Rusia-Ukraina``,
``selesai.Namun``); what has no life of its own joins its neighbour: affixes (``di-PHK``,
``KPK-nya``), doubled words (``buku-buku``), initials (``K.H.``), an acronym's number (``B-20``).
An ordinal is its number (``ke101``, ``ke-10nya``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from index.analysis.lexicon import Lexicon
from index.analysis.morphology import NEGATIONS
from index.analysis.tokenizer import MAX_TERM_CHARACTERS, Part

ENDINGS = frozenset(("nya", "ku", "mu", "lah", "kah", "pun", "kan"))
ENDINGS_OF_AFFIXED = frozenset(("an", "i"))
"""Endings that are too like other words: only behind a prefix, a number (1990-an) or an acronym's
number (U-17-an)."""
_ALL_ENDINGS = ENDINGS | ENDINGS_OF_AFFIXED

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_DOUBLED = re.compile(r"([a-z]{3,})[2²](an|nya|ku|mu|lah)?")
_ORDINAL = re.compile(r"ke([0-9]+)(?:nya|lah|kah|pun)?")
_NUMBER_WITH_ENDING = re.compile(r"([0-9]+)(?:nya|lah|kah|pun)")
_CODE = re.compile(r"[a-z]{1,3}")
_LONGEST_CODE = 3
_CODE_NUMBER = re.compile(r"\d{1,4}[a-z]{0,3}")
PREFIXES_OF_DOUBLED = frozenset(
    (
        *("di", "ke", "se", "me", "mem", "men", "meng", "ber", "be", "ter", "te", "pe", "pem"),
        *("pen", "peng", "per", "berke", "diper", "memper"),
    )
)
_BEGIN_DOUBLED = frozenset(prefix[:2] for prefix in PREFIXES_OF_DOUBLED)
_LONGEST_PREFIX = max(map(len, PREFIXES_OF_DOUBLED))
_AFTER_DOUBLED = re.compile("(?:kan|an|i)?(?:nya|ku|mu)?(?:lah|kah|pun)?")
_SHORTEST_DOUBLED = 3
"""What is shorter looks doubled by chance: ``a-an``, ``d-di``, ``dia-aku``; so do numerals."""
_ROMAN = re.compile("[ivxlcdm]+")
_DOCTOR = ("ph", "d")
"""The title whose first initial has two letters."""


class Compound(NamedTuple):
    """One token: its first part and the one behind its last, and what it is.

    ``surface``: the form as written; ``base``: the form that is stemmed; ``rule`` names how the
    base was found, empty where it is the surface form; ``stemmed``: whether the base is a word for
    the stemmer, else it is the stem: that of a number or an ordinal, or of a code with a number,
    which no text has without its signs as the same surface form. So a surface form has one stem
    wherever it stands, but for those with signs that are cut (``MAX_TERM_CHARACTERS``), whose bases
    are not cut alike.
    """

    first: int
    last: int
    surface: str
    base: str
    rule: str = ""
    stemmed: bool = True


class WordKnowledge(NamedTuple):
    """What the grouping needs to know about words."""

    stem: Callable[[str], str]
    known: Callable[[str], bool]
    lexicon: Lexicon
    protected: frozenset[str] = frozenset()


def compounds(parts: list[Part], words: WordKnowledge) -> list[Compound]:
    """The tokens of a chunk's parts, in order; every part is in exactly one."""
    if len(parts) == 1:
        return [_alone(0, parts[0].text, words)]
    joiners = {part.joiner for part in parts}
    if "." not in joiners and "-" not in joiners:
        return [_alone(number, part.text, words) for number, part in enumerate(parts)]
    units = _initials(parts, words)
    found = []
    at = 0
    while at < len(units):
        end = at + 1
        while end < len(units) and parts[units[end].first].joiner == "-":
            end += 1
        if end == at + 1:
            found.append(_single(units[at], words))
        else:
            found += _hyphenated(units[at:end], words)
        at = end
    return found


def are_one(first: str, second: str, words: WordKnowledge) -> bool:
    """Whether two words of letters with a hyphen between them are one token.

    As ``compounds`` has it, without finding out what the token is.
    """
    lists = words.lexicon
    return (
        first in lists.prefixes
        or second in ENDINGS
        or (first == "e" and len(second) > 1)
        or (pair := f"{first}-{second}") in lists.exceptions
        or pair in lists.families
        or _doubled(first, second, words) is not None
    )


def are_apart(first: str, joiner: str, second: str, words: WordKnowledge) -> bool:
    """Whether two words of letters with ``.``, ``,`` or ``-`` between them are a token each.

    As ``compounds`` has it.
    """
    if joiner == "-":
        return not are_one(first, second, words)
    return joiner == "," or (len(first) > 1 and (first, second) != _DOCTOR)


def is_doubled(first: str, second: str, words: WordKnowledge) -> bool:
    """Whether two words of letters with a hyphen between them are soon seen to be one twice.

    What ``compounds`` makes of them is one token then, whose base is the word.
    """
    pair, lists = f"{first}-{second}", words.lexicon
    return (
        first == second
        and len(first) > 1
        and first not in lists.prefixes
        and pair not in lists.exceptions
        and pair not in lists.families
    )


def _initials(parts: list[Part], words: WordKnowledge) -> list[Compound]:
    """The parts as units, single letters between full stops made one: ``k.h`` is ``kh``."""
    units: list[Compound] = []
    for number, (_, _, text, joiner) in enumerate(parts):
        last = units[-1] if units and joiner == "." else None
        if last is not None and text.isalpha() and _takes(last, text, words):
            units[-1] = last._replace(
                last=number + 1,
                surface=last.surface + text,
                base=last.base + text,
                rule="abbreviation",
            )
        else:
            units.append(Compound(number, number + 1, text, text))
    return units


def _takes(unit: Compound, text: str, words: WordKnowledge) -> bool:
    """Whether letters behind a full stop belong to the unit before it."""
    if len(unit.surface) == 1 and unit.surface.isalpha():
        return len(text) == 1 or text in words.lexicon.degrees
    if (unit.surface, text) == _DOCTOR:
        return True
    initials = unit.rule == "abbreviation" and len(unit.surface) < MAX_TERM_CHARACTERS
    return initials and len(text) == 1


def _single(unit: Compound, words: WordKnowledge) -> Compound:
    return unit if unit.rule else _alone(unit.first, unit.surface, words)


def _alone(number: int, text: str, words: WordKnowledge) -> Compound:
    """The token of a part that nothing ties to others."""
    if text.isalpha():
        return Compound(number, number + 1, text, text)
    if _NUMBER.fullmatch(text):
        return Compound(number, number + 1, text, without_points(text), "number", stemmed=False)
    ordinal = _ordinal(text, words)
    if ordinal is not None:
        return Compound(number, number + 1, text, ordinal, "ordinal", stemmed=False)
    doubled = _DOUBLED.fullmatch(text)
    whole = text in words.lexicon.exceptions or text in words.protected
    if doubled and not whole and words.known(doubled[1]):
        return Compound(number, number + 1, text, doubled[1], "reduplication")
    return Compound(number, number + 1, text, text)


def _ordinal(text: str, words: WordKnowledge) -> str | None:
    """The number of an ordinal in one piece: ``ke101``, ``ke10nya``; what is cut is cut first."""
    found = _ORDINAL.fullmatch(text, 0, MAX_TERM_CHARACTERS) if text.startswith("ke") else None
    if found is None or text in words.lexicon.exceptions or text in words.protected:
        return None
    return found[1]


def without_points(text: str) -> str:
    """A number without the full stops between its thousands; other text as it is."""
    if "." not in text:
        return text
    return text.replace(".", "") if _THOUSANDS.fullmatch(text) else text


class _Token(NamedTuple):
    """The first ``size`` of some units as one token; see ``Compound``."""

    size: int
    base: str
    rule: str
    stemmed: bool


def _hyphenated(group: list[Compound], words: WordKnowledge) -> list[Compound]:
    """The tokens of units that hyphens tie together."""
    texts = [unit.surface for unit in group]
    found = []
    at = 0
    while at < len(group):
        if _stands_alone(texts, at, words):
            found.append(_single(group[at], words))
            at += 1
            continue
        token = _token(texts, at, words)
        taken = group[at : at + token.size]
        if token.size == 1:
            found.append(_single(taken[0], words))
        else:
            surface = "-".join(unit.surface for unit in taken)
            found.append(
                Compound(
                    taken[0].first, taken[-1].last, surface, token.base, token.rule, token.stemmed
                )
            )
        at += token.size
    return found


def _stands_alone(texts: list[str], at: int, words: WordKnowledge) -> bool:
    """Whether a unit is seen at once to be a token by itself; one that is not may be one, too."""
    if at + 1 == len(texts):
        return True
    first, second = texts[at], texts[at + 1]
    return first.isalpha() and second.isalpha() and not are_one(first, second, words)


def _token(texts: list[str], at: int, words: WordKnowledge) -> _Token:
    """The token that begins at unit ``at``; ``texts`` are the units' surface forms."""
    token = _head(texts, at, words)
    while at + token.size < len(texts):
        doubled = _doubled(token.base, texts[at + token.size], words)
        if doubled is None:
            break
        token = _Token(token.size + 1, doubled, "reduplication", stemmed=True)
    if at + token.size == len(texts):
        return token
    affixed = token.rule in {"hyphenated-prefix", "code"} or _NUMBER.fullmatch(token.base)
    endings = _ALL_ENDINGS if affixed else ENDINGS
    while at + token.size < len(texts) and texts[at + token.size] in endings:
        token = token._replace(size=token.size + 1, rule=token.rule or "hyphenated-suffix")
    return token


def _head(texts: list[str], at: int, words: WordKnowledge) -> _Token:
    """The unit at ``at``, with those that cannot stand without each other."""
    if at + 1 < len(texts) and texts[at] in words.lexicon.prefixes:
        pair = f"{texts[at]}-{texts[at + 1]}"
        if pair in words.lexicon.exceptions or pair in words.lexicon.families:
            return _pair(texts, at, words)
        inner = _pair(texts, at + 1, words)
        base = inner.base
        if texts[at] == "ke" and (ended := _NUMBER_WITH_ENDING.fullmatch(base)):
            base = ended[1]
        if texts[at] in NEGATIONS:  # as it is written together: nontunai, anticovid
            base = texts[at] + (base if base.isalpha() or not inner.stemmed else words.stem(base))
        return inner._replace(size=inner.size + 1, base=base, rule="hyphenated-prefix")
    return _pair(texts, at, words)


def _pair(texts: list[str], at: int, words: WordKnowledge) -> _Token:
    """The unit at ``at``, with the next where the two are one name."""
    base = _ordinal(texts[at], words) or without_points(texts[at])
    alone = _Token(1, base, "", stemmed=True)
    if at + 1 == len(texts):
        return alone
    first, second = texts[at], texts[at + 1]
    pair = f"{first}-{second}"
    if pair in words.lexicon.exceptions or pair in words.lexicon.families:
        return _Token(2, pair, "hyphenated", stemmed=True)
    if first == "e" and len(second) > 1 and second.isalpha():
        base = "e" + second if words.known("e" + second) else second
        return _Token(2, base, "hyphenated-prefix", stemmed=True)
    code = len(first) <= _LONGEST_CODE and _CODE.fullmatch(first) and _CODE_NUMBER.fullmatch(second)
    if code and first not in words.lexicon.roots:
        return _Token(2, first + second, "code", stemmed=False)
    return alone


def _doubled(first: str, second: str, words: WordKnowledge) -> str | None:
    """The base of a doubled word, None where the two are different words."""
    if not first.isalpha():
        return None
    if first == second or (first, second) in words.lexicon.doubles:
        return first
    if not second.isalpha():
        again = _DOUBLED.fullmatch(second)
        return first if again is not None and again[1] == first else None  # anak-anak2
    if len(first) < _SHORTEST_DOUBLED:
        return None
    base = _altered(first, second, words)
    by_chance = base is not None and _ROMAN.fullmatch(first) and _ROMAN.fullmatch(second)
    return None if by_chance else base


def _altered(first: str, second: str, words: WordKnowledge) -> str | None:
    """The base of a doubled word whose halves differ by affixes, None where it is none."""
    if second.startswith(first) and _AFTER_DOUBLED.fullmatch(second, len(first)):
        return first  # besar-besaran, anak-anaknya
    longest = min(_LONGEST_PREFIX, len(first) - _SHORTEST_DOUBLED)
    for end in range(longest, 1, -1) if first[:2] in _BEGIN_DOUBLED else ():
        if first[:end] in PREFIXES_OF_DOUBLED and second.startswith(first[end:]):
            middle = first[end:]
            after = _AFTER_DOUBLED.fullmatch(second, len(middle))
            if after is not None:
                # berkejar-kejaran; of memukul-mukul only the whole shows the p
                return middle if words.known(middle) else first + after[0]
    if second.startswith("me") and words.known(first):
        return first if words.stem(first) == words.stem(second) else None  # tolong-menolong
    return None
