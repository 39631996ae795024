"""All rewrites of a query, in their order.

========== =====================================================================================
step       what
========== =====================================================================================
correct    words that no article has become what the index's words say they may be
synonyms   words of the user's list become what means the same, too
question   words that ask, or go with the asking, become optional
names      words of a question's names know how many words the name has
spellings  words that are written together or apart match however an article has them
numbers    numbers match with the signs that newspapers write in them
glued      words match where they stand glued to another one
========== =====================================================================================
"""

from __future__ import annotations

from functools import partial

from index.analysis import TextAnalysis
from search.query.parse import Parsed
from search.query.rewrite.correct import Correction, correct
from search.query.rewrite.glued import GluedWords, glued
from search.query.rewrite.interpretation import Interpretation, Rewrite
from search.query.rewrite.names import names
from search.query.rewrite.numbers import numbers
from search.query.rewrite.question import question
from search.query.rewrite.spellings import Compounds, spellings
from search.query.rewrite.synonyms import synonyms


def rewritten(
    parsed: Parsed,
    how: TextAnalysis,
    corrections: tuple[Correction, ...] = (),
    compounds: Compounds | None = None,
    words: GluedWords | None = None,
) -> Interpretation:
    """The query as it is searched for; ``corrections`` are what the index gives for its words.

    ``compounds``: those of the index; None: no word has another spelling. ``words``: its glued
    words; None: there are none.
    """
    steps: tuple[Rewrite, ...] = (
        partial(correct, corrections=corrections),
        synonyms,
        question,
        names,
        partial(spellings, compounds=compounds),
        partial(numbers, compounds=compounds, typed=parsed.text),
        partial(glued, words=words),
    )
    query = Interpretation(parsed.text, parsed.root, parsed.notes)
    for step in steps:
        query = step(query, how)
    return query
