"""Which two words are also written as one, decided by the articles that have either spelling.

A compound is *mutual* where both spellings mean one thing: then it is that thing however it is
typed. Else it may still be what a joined word stands for, as one whose blank was forgotten
(``gempalombok``), while who types the two words means any article that has both.

The bounds were chosen on all pairs of 27,091 news articles: ``sepak bola``, ``sering kali`` and
``jawa pos`` are one word, ``kan ada`` (``Kanada``) and ``presiden prabowo`` are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from index.analysis import TextAnalysis, Token, lexicon
from index.analysis.tokenizer import CURRENCIES
from index.fields import EXACT, LEAD_FIELD
from index.light_dataclass import dataclass

PREFIXES = frozenset(
    (
        *("anti", "antar", "eks", "ekstra", "ex", "hiper", "kontra", "multi", "neo", "nir", "non"),
        *("pasca", "pra", "pro", "semi", "sub", "super", "supra", "trans", "ultra"),
    )
)
"""Written apart or not, they belong to the next word: ``anti korupsi``."""
ELECTRONIC = "e"
BELONGING = PREFIXES | {ELECTRONIC}
"""Those, and the one letter that is such a prefix: ``e-mail``."""


def belongs(word: str) -> bool:
    """Whether a word is such a prefix, so that with the next one it is always one word."""
    return word in BELONGING


_PREPOSITIONS = frozenset(("di", "ke"))
"""Often written together with what follows, which then is two words and no compound."""
ENDINGS = frozenset(("nya", "ku", "mu", "lah", "kah", "pun", "kan", "an", "i", "in"))

PARTICLES = frozenset(("up", "in", "by", "on", "out", "off", "over", "down", "back"))
"""First or second words of English compounds: ``set up``, ``on line``."""

MIN_PART = 3
_MIN_WORD = 3
_MAX_WORD = 30
_CODE_LETTERS = 3
"""Letters of a code such as ``F-16``, ``U-19``, ``120 Hz``; longer ones are a name: ``Liga 1``."""

_LETTERS_NUMBER = re.compile(r"([^\W\d_]+)(\d+)|(\d+)([^\W\d_]+)")
_YEAR = re.compile(r"(?:19|20)\d\d")

# A *share* is of the articles with both words those that have them side by side, a *ratio* is the
# articles with the joined word for each of these.
_MOST = 0.75
"""The share from which two words are one: to ask for them side by side loses little."""
_OF_KNOWN = _OF_NAME = 0.1
"""The share that suffices where the joined word is in the lexicon, or letters and a number."""
_OF_ONE_LETTER, _OF_TWO = 0.75, 0.25
"""The share that a part of so few letters needs besides."""
_OF_PHRASAL = 0.1
"""The share that suffices where one is a particle of English: ``take over``."""
_MANY, _AND_OFTEN = 0.2, 0.3
"""The share, and the ratio, that suffice together."""
_FAR_MORE = 5
"""The ratio that suffices: who types two words means the usual one."""
_OF_UNKNOWN = 0.3
"""The share that a name and a number need that no one writes together: ``iPhone 15``."""
_CODES, _YEARS = 0.1, 0.2
"""The ratio that short letters and a number need, and letters before a year: ``pemilu 2019``."""
_GLUED = 0.1
_SEVERAL = 2
"""A joined word of a lower ratio, or in fewer articles, may lack its blank."""


@dataclass(frozen=True, slots=True)
class Together:
    """How many articles have two stems, ``both``, and one behind the other, ``beside``."""

    beside: int
    both: int


class Archive(Protocol):
    """What is known of the articles of an index, deleted ones included."""

    def articles(self, field: str, term: str) -> int:
        """How many have a term in a field of texts."""

    def is_common(self, word: str) -> bool:
        """Whether more than a few bodies have a surface form or a stem."""

    def cuts(self, word: str, *, listed: bool) -> Iterable[tuple[str, str]]:
        """What ``cuts_of`` leaves of a word of letters."""

    def stand_beside(self, first: str, second: str) -> bool:
        """Whether any body has two stems, one behind the other: told sooner than how often."""

    def together(self, first: str, second: str) -> Together:
        """How often bodies have two stems; estimated, and ``beside`` is 0 only where none has."""


class Glance(Protocol):
    """What of the articles of an index is soon told."""

    def ends(self, word: str) -> Iterable[tuple[int, bool]]:
        """Places in a word, ascending, whose end may be common, and whether the beginning may be.

        May is a glance: True for all that are common, and for hardly any other.
        """

    def stand_beside(self, first: str, second: str) -> bool:
        """Whether any body has two stems, one behind the other: told sooner than how often."""


@dataclass(frozen=True, slots=True)
class Form:
    """A spelling in one piece. ``by_stem``: whether its stem stands for it and for nothing else.

    Where a prefix is no part of the stem, only the surface form tells: ``anti-korupsi``.
    """

    surface: str
    stem: str
    by_stem: bool

    @property
    def term(self) -> tuple[str, str]:
        """What the name of a field of texts ends in, and the term that stands for it there."""
        return ("", self.stem) if self.by_stem else (EXACT, self.surface)


@dataclass(frozen=True, slots=True)
class Compound:
    """Two words, and their spellings in one piece. ``mutual``: see above."""

    first: Token
    second: Token
    forms: tuple[Form, ...]
    mutual: bool


def pair(first: str, second: str, how: TextAnalysis, archive: Archive) -> Compound | None:
    """The compound of two surface forms where it is mutual, with the spellings in use."""
    if _is_no_word(first, second, how, archive):
        return None
    found = _parts(first, second, how)
    if found is None or not _is_mutual(found, archive):
        return None
    return Compound(found.one, found.two, _in_use(found.forms, "", archive), mutual=True)


def _is_no_word(first: str, second: str, how: TextAnalysis, archive: Archive) -> bool:
    """Whether two words can only be written as one that nobody knows nor wrote; most are such."""
    whole = first + second
    if len(whole) > _MAX_WORD or not (whole.isascii() and whole.isalpha()):
        return False
    if first in BELONGING or how.may_be_one(first, second):
        return False
    stem = how.stem(whole)
    return not (stem == how.stem(first) or _is_known(stem) or archive.articles(LEAD_FIELD, stem))


def cut(surface: str, how: TextAnalysis, archive: Archive) -> Compound | None:
    """What a word in one piece is also written as; of several cuts that of the commonest words.

    Where an inflected word cannot be cut, its stem may: ``persepakbolaan``. With the spellings in
    use, the given one among them.
    """
    stem = how.stem(surface)
    listed = _is_known(stem) or stem in lexicon().names
    for whole in dict.fromkeys((surface, stem)):
        best: tuple[int, Compound] | None = None
        for first, second in _cuts(whole, archive, listed=listed):
            found = _apart(first, second, whole, how, archive)
            # Nearly all cuts are ruled out by now, sooner than by counts of their words.
            if found is not None and (not whole.isalpha() or _are_common(first, second, archive)):
                rarer = min(
                    archive.articles(LEAD_FIELD, how.stem(part)) for part in (first, second)
                )
                if best is None or rarer > best[0]:
                    best = rarer, found
        if best is not None:
            return best[1]
    return None


@dataclass(frozen=True, slots=True)
class _Parts:
    """Two tokens that may be written as one, and their spellings in one piece, of any article."""

    one: Token
    two: Token
    forms: Sequence[Form]


def _parts(first: str, second: str, how: TextAnalysis) -> _Parts | None:
    """Two surface forms that may be written as one; None where no such spelling can be told."""
    one, two = _token(first, how), _token(second, how)
    if one is None or two is None or one.stem == two.stem:
        return None
    if not any(letter.isalpha() for letter in first + second):
        return None
    forms = _forms(one, two, how)
    return _Parts(one, two, forms) if forms else None


def _in_use(forms: Sequence[Form], surface: str, archive: Archive) -> tuple[Form, ...]:
    """Without the spellings that no article has, save one."""
    return tuple(form for form in forms if form.surface == surface or _written([form], archive))


def _cuts(surface: str, archive: Archive, *, listed: bool) -> Iterator[tuple[str, str]]:
    """At the hyphen, between letters and number, or between words that the archive knows."""
    if surface.isalpha():
        if not _MIN_WORD <= len(surface) <= _MAX_WORD:
            return
        yield from archive.cuts(surface, listed=listed)
    elif "-" in surface:
        first, _, second = surface.partition("-")
        if "-" not in second:
            yield first, second
    elif number := _LETTERS_NUMBER.fullmatch(surface):
        yield number[1] or number[3], number[2] or number[4]


def cuts_of(
    surface: str, how: TextAnalysis, glance: Glance, *, listed: bool
) -> list[tuple[str, str]]:
    """The cuts between letters that are left after a glance: most words have none.

    ``listed``: whether no part may be a sliver. A word and its affix are none. Without a third
    spelling parts are two words only where they stand side by side.
    """
    stop_words, affixes = lexicon().stop_words, lexicon().prefixes
    whole = how.stem(surface)
    found = []
    for at, may_begin in glance.ends(surface):
        first, second = surface[:at], surface[at:]
        if not (may_begin or first in BELONGING) or (listed and _is_sliver(first, second)):
            continue
        if second in stop_words:
            continue
        if second in ENDINGS and how.stem(first) == whole:
            continue
        if first in affixes and first not in BELONGING and how.stem(second) == whole:
            continue
        if surface.isascii() and first not in BELONGING and not how.may_be_one(first, second):
            stem, other = how.stem(first), how.stem(second)
            if stem == other or not glance.stand_beside(stem, other):
                continue
        found.append((first, second))
    return found


def _are_common(first: str, second: str, archive: Archive) -> bool:
    """Whether the archive knows the words of a cut between letters."""
    return archive.is_common(second) and (first in BELONGING or archive.is_common(first))


def _token(text: str, how: TextAnalysis) -> Token | None:
    """The token that a text is, None where it is several."""
    # Letters are one chunk.
    found = how.chunk(text) if text.isascii() and text.isalpha() else how.tokens(text)
    return found[0] if len(found) == 1 and found[0].end == len(text) else None


def _forms(one: Token, two: Token, how: TextAnalysis) -> list[Form]:
    """The spellings in one piece; none where one word is but an affix of the other."""
    first, second = one.surface, two.surface
    prefix = first in BELONGING and second not in ENDINGS
    belongs = prefix or first.isdigit() or second.isdigit()
    affixed = not belongs and (first in lexicon().prefixes or second in ENDINGS)
    texts = [first + second]
    if how.may_be_one(first, second):
        texts.append(f"{first}-{second}")
    found = []
    for text in texts:
        token = _token(text, how)
        if token is None:
            continue
        whole = token.surface == token.stem
        if whole and token.stem == two.stem:
            continue
        listed = whole or token.surface in lexicon().exceptions
        listed &= token.stem == one.stem and not affixed
        by_stem = listed or token.stem not in {one.stem, two.stem}
        if by_stem or belongs or "-" in text:
            found.append(Form(token.surface, token.stem, by_stem))
    return found if not affixed or any(form.by_stem for form in found) else []


def _is_mutual(found: _Parts, archive: Archive) -> bool:
    one, two, forms = found.one, found.two, found.forms
    first, second = one.surface, two.surface
    words = lexicon()
    if first in words.stop_words or second in words.stop_words:
        return False
    if first in PREFIXES or any(form.by_stem and form.stem == one.stem for form in forms):
        return True
    if first.isdigit() or second.isdigit():
        return _is_name(one, two, _written(forms, archive), archive)
    if first == ELECTRONIC:
        return _written(forms, archive) > 0 or archive.stand_beside(one.stem, two.stem)
    known = any(form.by_stem and _is_known(form.stem) for form in forms)
    listed = known or any(form.stem in words.names for form in forms)
    particle = first in PARTICLES or second in PARTICLES
    written = 0 if known and not particle else _written(forms, archive)
    if not (written or known) or (listed and _is_sliver(first, second)):
        return False
    there = archive.together(one.stem, two.stem)
    phrasal = particle and written > 0 and not _is_known(one.stem)
    return _is_word(min(len(first), len(second)), there, written, known=known, phrasal=phrasal)


def _is_word(shorter: int, there: Together, written: int, *, known: bool, phrasal: bool) -> bool:
    """Whether two words are one.

    ``shorter``: the letters of the shorter one; ``phrasal``: it is a particle of English.
    """
    if not there.beside and (not there.both or (known and shorter >= MIN_PART)):
        return True
    share = there.beside / there.both if there.both else 1.0
    if phrasal:
        return share >= _OF_PHRASAL or written > there.beside
    if shorter < MIN_PART and share < (_OF_ONE_LETTER if shorter == 1 else _OF_TWO):
        return False
    if known:
        return share >= _OF_KNOWN
    ratio = written / max(there.beside, 1)
    often = share >= _MANY and ratio >= _AND_OFTEN and written >= _SEVERAL
    return share >= _MOST or often or (shorter >= MIN_PART and ratio >= _FAR_MORE)


def _is_sliver(first: str, second: str) -> bool:
    """Whether a part is too short to be a word of one that is in the lexicon."""
    if first == ELECTRONIC:
        return len(second) < MIN_PART
    return (len(first) < MIN_PART and first not in PARTICLES) or (
        len(second) < MIN_PART and second not in PARTICLES
    )


def _is_name(one: Token, two: Token, written: int, archive: Archive) -> bool:
    """Whether letters and a number are one thing: a code always, else if articles say so."""
    letters, number = (two, one.surface) if one.surface.isdigit() else (one, two.surface)
    short = len(letters.surface) <= _CODE_LETTERS
    is_code = short and letters is one and not _is_known(letters.stem)
    is_code &= letters.surface not in CURRENCIES
    if is_code:
        return True
    is_year = _YEAR.fullmatch(number) is not None
    if not written and (letters is two or short or is_year or _is_known(letters.stem)):
        return False
    there = archive.together(one.stem, two.stem)
    share = there.beside / there.both if there.both else 1.0
    if not written:
        return there.beside >= _SEVERAL and share >= _OF_UNKNOWN
    ratio = written / max(there.beside, 1)
    if short:
        return ratio >= _CODES
    if letters is two:
        return share >= _MOST
    return not there.beside or (share >= _OF_NAME and (ratio >= _YEARS or not is_year))


def _written(forms: Sequence[Form], archive: Archive) -> int:
    """About how many articles have one of the forms, by their bodies."""
    terms = {form.term for form in forms} if len(forms) > 1 else [forms[0].term]
    return sum(archive.articles(LEAD_FIELD + twin, term) for twin, term in terms)


def _is_known(stem: str) -> bool:
    words = lexicon()
    return stem in words.roots or stem in words.lexicalised


def _apart(
    first: str, second: str, whole: str, how: TextAnalysis, archive: Archive
) -> Compound | None:
    """What a word that was typed in one piece is made of where articles have another spelling."""
    if second in lexicon().stop_words:
        return None
    found = _parts(first, second, how)
    typed = None if found is None else _form(found.forms, whole)
    if found is None or typed is None:
        return None
    mutual = _is_mutual(found, archive)
    if not mutual and not (typed.by_stem and _is_glued(found, typed, archive)):
        return None
    forms = _in_use(found.forms, whole, archive)
    others = not typed.by_stem or any(form.term != typed.term for form in forms)
    if mutual and not (others or archive.stand_beside(found.one.stem, found.two.stem)):
        return None
    return Compound(found.one, found.two, forms, mutual)


def _form(forms: Sequence[Form], surface: str) -> Form | None:
    return next((form for form in forms if form.surface == surface), None)


def _is_glued(found: _Parts, typed: Form, archive: Archive) -> bool:
    """Whether hardly any article has a joined word, and more have what it is made of."""
    first, second = found.one, found.two
    if _is_known(typed.stem):
        return False
    written = _written([typed], archive)
    if len(second.surface) < MIN_PART and not second.surface.isdigit():
        return False
    if second.surface in lexicon().stop_words:
        return False
    there = archive.together(first.stem, second.stem)
    beside = there.beside
    if len(first.surface) < MIN_PART and not first.surface.isdigit():
        lettered = len(first.surface) == 1 and beside >= max(_SEVERAL, _MOST * there.both)
        if written or not (lettered or first.surface in _PREPOSITIONS):
            return False
    return beside > 0 and written < max(_GLUED * beside, _SEVERAL)
