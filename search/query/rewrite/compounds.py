"""Which two words are also written as one, decided by the articles that have either spelling.

A compound is *mutual* where both spellings mean one thing (``mutual``). Else it may still be what a
joined word stands for, as one whose blank was forgotten (``gempalombok``), while who types the two
words means any article that has both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.analysis import TextAnalysis, lexicon
from index.fields import LEAD_FIELD
from search.query.rewrite.archive import Archive
from search.query.rewrite.compound_parts import (
    BELONGING,
    MIN_PART,
    Compound,
    Form,
    Parts,
    in_use,
    is_in_lexicon,
    written_in,
)
from search.query.rewrite.cuts import MAX_WORD, MIN_WORD
from search.query.rewrite.mutual import MOST, SEVERAL
from search.query.rewrite.no_word import is_no_word

PREPOSITIONS = frozenset(("di", "ke"))
"""Often written together with what follows, which then is two words and no compound."""

_LETTERS_NUMBER = re.compile(r"([^\W\d_]+)(\d+)|(\d+)([^\W\d_]+)")

GLUED = 0.1
"""A joined word of a lower ratio to what stands side by side, or in fewer articles than
``SEVERAL``, may lack its blank."""


def pair(
    first: str, second: str, how: TextAnalysis, archive: Archive, *, asked: bool = False
) -> Compound | None:
    """The compound of two surface forms where it is mutual, with the spellings in use.

    ``asked``: whether it is known that ``is_no_word`` says no.
    """
    if not asked and is_no_word(first, second, how, archive):
        return None
    decided = archive.decided(first, second)
    if decided is None or not decided[1]:
        return None
    found = decided[0]
    return Compound(found.one, found.two, in_use(found.forms, "", archive), mutual=True)


def cut(surface: str, how: TextAnalysis, archive: Archive) -> Compound | None:
    """What a word in one piece is also written as; of several cuts that of the commonest words.

    Where an inflected word cannot be cut, its stem may: ``persepakbolaan``. With the spellings in
    use, the given one among them.
    """
    stem = how.stem(surface)
    listed = is_in_lexicon(stem) or stem in lexicon().names
    for whole in (surface,) if stem == surface else (surface, stem):
        best: tuple[int, Compound] | None = None
        for first, second in _cuts(whole, archive, listed=listed):
            found = _apart(first, second, whole, archive)
            # Nearly all cuts are ruled out by now, sooner than by counts of their words.
            if found is not None and (not whole.isalpha() or _are_common(first, second, archive)):
                rarer = archive.articles(LEAD_FIELD, how.stem(first))
                rarer = min(rarer, archive.articles(LEAD_FIELD, how.stem(second)))
                if best is None or rarer > best[0]:
                    best = rarer, found
        if best is not None:
            return best[1]
    return None


def _cuts(surface: str, archive: Archive, *, listed: bool) -> Iterable[tuple[str, str]]:
    """At the hyphen, between letters and number, or between words that the archive knows."""
    if surface.isalpha():
        return archive.cuts(surface, listed=listed) if MIN_WORD <= len(surface) <= MAX_WORD else ()
    if "-" in surface:
        first, _, second = surface.partition("-")
        return ((first, second),) if "-" not in second else ()
    number = _LETTERS_NUMBER.fullmatch(surface)
    if number is None:
        return ()
    return ((number[1] or number[3], number[2] or number[4]),)


def _are_common(first: str, second: str, archive: Archive) -> bool:
    """Whether the archive knows the words of a cut between letters."""
    return archive.is_common(second) and (first in BELONGING or archive.is_common(first))


def _apart(first: str, second: str, whole: str, archive: Archive) -> Compound | None:
    """What a word that was typed in one piece is made of where articles have another spelling."""
    if second in lexicon().stop_words:
        return None
    decided = archive.decided(first, second)
    if decided is None:
        return None
    found, mutual = decided
    typed = _form(found.forms, whole)
    if typed is None:
        return None
    if not mutual and not (typed.by_stem and _is_glued(found, typed, archive)):
        return None
    forms = in_use(found.forms, whole, archive)
    others = not typed.by_stem or (len(forms) > 1 and _has_other(forms, typed))
    if mutual and not (others or archive.stand_beside(found.one.stem, found.two.stem)):
        return None
    return Compound(found.one, found.two, forms, mutual)


def _has_other(forms: Sequence[Form], typed: Form) -> bool:
    return any(one.term != typed.term for one in forms)


def _form(forms: Sequence[Form], surface: str) -> Form | None:
    for form in forms:
        if form.surface == surface:
            return form
    return None


def _is_glued(found: Parts, typed: Form, archive: Archive) -> bool:
    """Whether hardly any article has a joined word, and more have what it is made of."""
    first, second = found.one, found.two
    if is_in_lexicon(typed.stem):
        return False
    written = written_in([typed], archive)
    if len(second.surface) < MIN_PART and not second.surface.isdigit():
        return False
    if second.surface in lexicon().stop_words:
        return False
    short = len(first.surface) < MIN_PART and not first.surface.isdigit()
    lettered = len(first.surface) == 1
    if short and (written or not (lettered or first.surface in PREPOSITIONS)):
        return False
    there = archive.together(first.stem, second.stem)
    beside = there.beside
    if short and lettered and beside < max(SEVERAL, MOST * there.both):
        return False
    return beside > 0 and written < max(GLUED * beside, SEVERAL)
