"""Signs before words that exclude nothing, since texts have them: dashes, endings written apart.

Behind a dateline stands a dash, and before an ending (``rumah -nya``) a hyphen.
"""

from __future__ import annotations

from itertools import pairwise

from search.query.lexeme import ENGLISH, OPERANDS, Kind, Lexeme
from search.response import Note

_ENDINGS = frozenset({"nya", "lah", "kah", "pun", "ku", "mu"})
_SENTENCE_WORDS = 6
_LONG_TEXT = 12
_NAME_WORDS = 2


def without_dashes(found: list[Lexeme], notes: list[Note]) -> list[Lexeme]:
    """The lexemes without the signs that are dashes of a text: ``KOMPAS.com -Warga desa ...``.

    A dash has a word before it, a capital behind it, and more words than are typed behind what is
    excluded; nothing else in the text is an operator. In a long text that needs no note. Names
    alone, each behind its sign, are a list of what is excluded.
    """
    signs = [at for at in range(1, len(found) - 1) if found[at].kind is Kind.MINUS]
    endings = {at for at in signs if _is_ending(found[at + 1])}
    dashes = [at for at in signs if at not in endings]
    following = len(found) - dashes[0] - 1 if dashes else 0
    is_text = following > _SENTENCE_WORDS and all(
        found[at + 1].text[:1].isupper()
        if at in dashes
        else one.kind in OPERANDS and one.text not in ENGLISH
        for at, one in enumerate(found)
        if at not in endings
    )
    if is_text and _are_names(found, dashes):
        excluded = ", ".join(found[at + 1].text.rstrip(",") for at in dashes)
        notes.append(Note("excludes-several", {"excluded": excluded}, found[dashes[0]].position))
        is_text = False
    if not is_text:
        dashes = []
    elif dashes and following <= _LONG_TEXT:
        words = [found[at + 1].text for at in dashes]
        typed = [f"{found[at].text}{found[at + 1].text}" for at in dashes]
        excluded = words[0] if len(words) == 1 else f"({' OR '.join(words)})"
        facts = {"operator": " ".join(typed), "excluded": excluded}
        notes.append(Note("excludes-nothing", facts, found[dashes[0]].position))
    left_out = endings.union(dashes)
    return [one for at, one in enumerate(found) if at not in left_out]


def _are_names(found: list[Lexeme], signs: list[int]) -> bool:
    """Whether behind each sign stands a name of one word or two, and nothing else."""
    for start, stop in pairwise([*signs, len(found)]):
        words = found[start + 1 : stop]
        if len(words) > _NAME_WORDS:
            return False
        if any(one.kind is not Kind.WORD or not one.text[:1].isupper() for one in words):
            return False
    return True


def _is_ending(one: Lexeme) -> bool:
    return one.kind is Kind.WORD and one.text.rstrip(".,:;!?") in _ENDINGS
