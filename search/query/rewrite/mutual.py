"""Whether two words and their spelling in one piece mean one thing, by the articles of either.

Then it is that thing however it is typed. The bounds were chosen on all pairs of 27,091 news
articles: ``sepak bola``, ``sering kali`` and ``jawa pos`` are one word, ``presiden prabowo`` and
``kan ada`` (``Kanada``) are two.
"""

from __future__ import annotations

import re

from index.analysis import TextAnalysis, Token, lexicon
from index.analysis.tokenizer import CURRENCIES
from search.query.rewrite.archive import Archive, Together
from search.query.rewrite.compound_parts import (
    ELECTRONIC,
    MIN_PART,
    PARTICLES,
    PREFIXES,
    Parts,
    is_in_lexicon,
    is_sliver,
    parts_of,
    written_in,
)

CODE_LETTERS = 3
"""Letters of a code such as ``F-16``, ``U-19``, ``120 Hz``; longer ones are a name: ``Liga 1``."""

YEAR = re.compile(r"(?:19|20)\d\d")

# A *share* is of the articles with both words those that have them side by side, a *ratio* is the
# articles with the joined word for each of these.
MOST = 0.75
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
SEVERAL = 2
"""Articles that are more than a slip."""

BOUNDS = (
    *(MOST, _OF_KNOWN, _OF_ONE_LETTER, _OF_TWO, _OF_PHRASAL, _MANY, _AND_OFTEN),
    *(_FAR_MORE, SEVERAL, _OF_NAME, _OF_UNKNOWN, _CODES, _YEARS),
)
"""All of them, as the kernel ``compounds`` takes them."""


def decided(
    first: str, second: str, how: TextAnalysis, archive: Archive
) -> tuple[Parts, bool] | None:
    """The parts that two surface forms are, and whether these mean one thing; None for none."""
    found = parts_of(first, second, how)
    return None if found is None else (found, is_mutual(found, archive))


def is_mutual(found: Parts, archive: Archive) -> bool:
    """Whether two words and their forms in one piece mean one thing, by lexicon and articles."""
    one, two, forms = found.one, found.two, found.forms
    first, second = one.surface, two.surface
    words = lexicon()
    if first in words.stop_words or second in words.stop_words:
        return False
    if first in PREFIXES or any(form.by_stem and form.stem == one.stem for form in forms):
        return True
    if first.isdigit() or second.isdigit():
        return _is_name(one, two, written_in(forms, archive), archive)
    if first == ELECTRONIC:
        return written_in(forms, archive) > 0 or archive.stand_beside(one.stem, two.stem)
    known = any(form.by_stem and is_in_lexicon(form.stem) for form in forms)
    listed = known or any(form.stem in words.names for form in forms)
    particle = first in PARTICLES or second in PARTICLES
    written = 0 if known and not particle else written_in(forms, archive)
    if not (written or known) or (listed and is_sliver(first, second)):
        return False
    there = archive.together(one.stem, two.stem)
    phrasal = particle and written > 0 and not is_in_lexicon(one.stem)
    return is_word(min(len(first), len(second)), there, written, known=known, phrasal=phrasal)


def is_word(shorter: int, there: Together, written: int, *, known: bool, phrasal: bool) -> bool:
    """Whether two words are one, by the articles with both and by how many have the joined word.

    ``shorter``: the letters of the shorter one; ``known``: whether the joined word is in the
    lexicon; ``phrasal``: one is a particle of English.
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
    often = share >= _MANY and ratio >= _AND_OFTEN and written >= SEVERAL
    return share >= MOST or often or (shorter >= MIN_PART and ratio >= _FAR_MORE)


def _is_name(one: Token, two: Token, written: int, archive: Archive) -> bool:
    """Whether letters and a number are one thing: a code always, else if articles say so."""
    letters, number = (two, one.surface) if one.surface.isdigit() else (one, two.surface)
    short = len(letters.surface) <= CODE_LETTERS
    is_code = short and letters is one and not is_in_lexicon(letters.stem)
    is_code &= letters.surface not in CURRENCIES
    if is_code:
        return True
    is_year = YEAR.fullmatch(number) is not None
    if not written and (letters is two or short or is_year or is_in_lexicon(letters.stem)):
        return False
    there = archive.together(one.stem, two.stem)
    share = there.beside / there.both if there.both else 1.0
    if not written:
        return there.beside >= SEVERAL and share >= _OF_UNKNOWN
    ratio = written / max(there.beside, 1)
    if short:
        return ratio >= _CODES
    if letters is two:
        return share >= MOST
    return not there.beside or (share >= _OF_NAME and (ratio >= _YEARS or not is_year))
