"""Two words that may be written in one piece: what they are, and how the one piece is spelt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.analysis import TextAnalysis, Token, lexicon
from index.fields import EXACT, LEAD_FIELD
from index.light_dataclass import dataclass
from search.query.rewrite.archive import Archive

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


ENDINGS = frozenset(("nya", "ku", "mu", "lah", "kah", "pun", "kan", "an", "i", "in"))

PARTICLES = frozenset(("up", "in", "by", "on", "out", "off", "over", "down", "back"))
"""First or second words of English compounds: ``set up``, ``on line``."""

_ONE_CHUNK = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")

MIN_PART = 3
"""Letters of a part that is a word by itself, at least."""


@dataclass(frozen=True, slots=True)
class Form:
    """A spelling in one piece. ``by_stem``: whether its stem stands for it and for nothing else.

    Where a prefix is no part of the stem, only the surface form tells: ``pra-kerja``.
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
    """Two words, and their spellings in one piece. ``mutual``: whether all mean one thing."""

    first: Token
    second: Token
    forms: tuple[Form, ...]
    mutual: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """Two tokens that may be written as one, and their spellings in one piece, of any article."""

    one: Token
    two: Token
    forms: tuple[Form, ...]


def parts_of(first: str, second: str, how: TextAnalysis) -> Parts | None:
    """Two surface forms that may be written as one; None where no such spelling can be told."""
    one, two = _token(first, how), _token(second, how)
    if one is None or two is None or one.stem == two.stem:
        return None
    if not any(letter.isalpha() for letter in first + second):
        return None
    forms = _forms(one, two, how)
    return Parts(one, two, forms) if forms else None


def _token(text: str, how: TextAnalysis) -> Token | None:
    """The token that a text is, None where it is several."""
    if _ONE_CHUNK.fullmatch(text) is None:
        found = how.tokens(text)
        return found[0] if len(found) == 1 and found[0].end == len(text) else None
    if text.isalpha():
        return how.chunk(text)[0]
    # The terms of a chunk are told sooner than where they stand.
    terms = how.terms(text)
    return Token(0, len(text), *terms[0]) if len(terms) == 1 else None


def _forms(one: Token, two: Token, how: TextAnalysis) -> tuple[Form, ...]:
    """The spellings in one piece; none where one word is but an affix of the other."""
    first, second = one.surface, two.surface
    prefix = first in BELONGING and second not in ENDINGS
    goes_with = prefix or first.isdigit() or second.isdigit()
    affixed = not goes_with and (first in lexicon().prefixes or second in ENDINGS)
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
        if by_stem or goes_with or "-" in text:
            found.append(Form(token.surface, token.stem, by_stem))
    return tuple(found) if not affixed or any(form.by_stem for form in found) else ()


def in_use(forms: Sequence[Form], surface: str, archive: Archive) -> tuple[Form, ...]:
    """Without the spellings that no article has, save one."""
    return tuple([one for one in forms if one.surface == surface or written_in([one], archive)])


def written_in(forms: Sequence[Form], archive: Archive) -> int:
    """About how many articles have one of the forms, by their bodies."""
    terms = {form.term for form in forms} if len(forms) > 1 else [forms[0].term]
    return sum(archive.articles(LEAD_FIELD + twin, term) for twin, term in terms)


def is_in_lexicon(stem: str) -> bool:
    """Whether a stem is a root, or a derived word that stands for itself."""
    words = lexicon()
    return stem in words.roots or stem in words.lexicalised


def is_sliver(first: str, second: str) -> bool:
    """Whether a part is too short to be a word of one that is in the lexicon."""
    if first == ELECTRONIC:
        return len(second) < MIN_PART
    return (len(first) < MIN_PART and first not in PARTICLES) or (
        len(second) < MIN_PART and second not in PARTICLES
    )
