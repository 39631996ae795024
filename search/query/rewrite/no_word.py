"""Which two words are surely no word together: most are not, and that is soon told."""

from __future__ import annotations

from index.analysis import TextAnalysis, lexicon
from index.analysis.tokenizer import CURRENCIES
from index.fields import LEAD_FIELD
from search.query.rewrite.archive import Archive
from search.query.rewrite.compound_parts import BELONGING, ENDINGS, is_in_lexicon
from search.query.rewrite.cuts import MAX_WORD
from search.query.rewrite.mutual import CODE_LETTERS, YEAR

_DOUBLED = "2"
"""Behind a word it stands for the word itself: ``buku2``."""


def is_no_word(first: str, second: str, how: TextAnalysis, archive: Archive) -> bool:
    """Whether two words can only be written as one that nobody knows nor wrote; most are such."""
    whole = first + second
    if len(whole) > MAX_WORD or not (whole.isascii() and whole.isalnum()):
        return False
    if not whole.isalpha():
        return _is_no_name(first, second, how, archive)
    if first in BELONGING or how.may_be_one(first, second):
        return False
    stem = how.stem(whole)
    return not (
        stem == how.stem(first) or is_in_lexicon(stem) or archive.articles(LEAD_FIELD, stem)
    )


def _is_no_name(first: str, second: str, how: TextAnalysis, archive: Archive) -> bool:
    """The same of ASCII letters and a number; True also for two numbers.

    As ``mutual`` and the analysis have it: with a hyphen they are no word, save of short letters,
    an affix or a list.
    """
    if first.isdigit() and second.isdigit():
        return True
    number, letters = (first, second) if first.isdigit() else (second, first)
    if not (number.isdigit() and letters.isalpha()):
        return False
    words, whole = lexicon(), first + second
    belongs = letters in BELONGING or letters in words.prefixes or letters in ENDINGS
    if belongs or whole in words.exceptions or whole in how.hyphenated:
        return False
    if letters is first and _may_be_name(letters, number, how):
        return False
    return not archive.articles(LEAD_FIELD, how.stem(whole))


def _may_be_name(letters: str, number: str, how: TextAnalysis) -> bool:
    """Whether letters before a number may be one with it though no one writes them together."""
    if letters in CURRENCIES:
        return False
    if len(letters) <= CODE_LETTERS or number == _DOUBLED:
        return True
    return not (YEAR.fullmatch(number) or is_in_lexicon(how.stem(letters)))
