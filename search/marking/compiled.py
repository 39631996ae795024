"""Marking by the kernels, where they are in use: what is sought as tables, and who finds it.

What is marked, and the work that it takes, are those of ``marks``, ``headlines`` and ``snippets``.
"""

from __future__ import annotations

from typing import Any

from index.analysis.text import NEAR
from index.analysis.tokenizer import JOINERS, SEPARATORS
from index.kernels import kernel
from search.limits import LONGEST_CHUNK
from search.marking.sought import Sought
from search.marking.work import (
    BESIDE,
    LOOK,
    MARK,
    NEW_OTHER,
    NEW_PLAIN,
    SCANNED,
    WINDOW,
    Work,
)

LONGEST = 1 << 20
"""Characters of a text that is taken into memory as a kernel needs it; no longer one is."""

_texts, _looked, _wanted, _marks = map(kernel, ("texts", "looked", "wanted", "marks"))
_IN_USE = None not in (_texts, _looked, _wanted, _marks)
_ALPHABET = _texts.Alphabet(SEPARATORS, JOINERS) if _IN_USE else None
_RATES = (
    _wanted.Rates(
        window=WINDOW,
        beside=BESIDE,
        scanned=SCANNED,
        look=LOOK,
        plain=NEW_PLAIN,
        other=NEW_OTHER,
        mark=MARK,
        longest_chunk=LONGEST_CHUNK,
        near=NEAR,
    )
    if _IN_USE
    else None
)


def finder_of(text: str, sought: Sought, work: Work) -> Any:
    """What finds all marks of a text, a ``marks.Finder``; None where no kernel does.

    That is so for what is sought by where it stands.
    """
    if not _IN_USE or sought.parts or len(text) > LONGEST:
        return None
    wanted = sought.tables.get("wanted")
    if wanted is None:
        wanted = sought.tables["wanted"] = _made_wanted(sought)
    finder = work.finder
    if finder is None or finder.wanted is not wanted:
        work.told()
        finder = work.finder = _marks.Finder(wanted, work.seen)
    return finder


def _made_wanted(sought: Sought) -> Any:
    how = sought.how
    if how.looked is None:
        how.looked = _looked.Looked(how.chunk, how.terms)
    return _wanted.Wanted(
        _ALPHABET,
        _RATES,
        how.looked,
        stems=sought.stems,
        prefixes=sought.prefixes,
        phrases=sought.phrases.all,
        runs=sought.runs.all,
        pieces=sought.pieces,
        traces=sought.traces,
        beyond=sought.beyond,
    )
