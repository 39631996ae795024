"""A text of plain words to its question, as the general road makes it: parsed and rewritten.

Whatever is unusual about it goes the general road (``search.question``), which is the witness of
this one: words that are written together or apart, corrected or have synonyms, operators, signs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.analysis import TextAnalysis
from index.light_dataclass import dataclass
from search.budget import Budget
from search.local.completing.spelling import absent, corrections
from search.local.completing.spellings import Known, Spellings
from search.local.matching.flat import FlatQuery, FlatWord
from search.local.plain.facts import Facts, Sought, Words
from search.local.queries import Queries
from search.local.reading.holders import Holders
from search.local.scoring.ranking import Ranking
from search.query.parse import Parsed
from search.query.question_words import Asks
from search.query.rewrite.interpretation import Interpretation
from search.query.rewrite.names import names
from search.query.rewrite.question import question
from search.query.syntax.boolean import AllOf
from search.query.syntax.word import Word
from search.query.word_query import Terms
from search.query.words import MAX_WORDS
from search.question import Question
from search.response import Note

_TEXT = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Understood:
    """A question and its queries, and which of its words stand in glued ones.

    ``tells_days``: whether it may have days among its words. ``doubtful``: those of which another
    spelling may be offered.
    """

    queries: Queries
    spelt: frozenset[Word]
    tells_days: bool
    doubtful: tuple[Word, ...]


class Road:
    """The short way through one index with one ranking. Shared by threads."""

    def __init__(self, known: Known, holders: Holders, ranking: Ranking) -> None:
        snapshot = known.rows.snapshot
        self._snapshot = snapshot
        self._known = known
        self._ranking = ranking
        self._words = Words(snapshot, holders, ranking.weights)
        self._is_open = not snapshot.analysis.words.synonyms

    def understood(self, text: str, budget: Budget, *, correct: bool) -> Understood | Parsed | None:
        """What a text asks for; where the general road has to say its tree, if that is known.

        ``budget`` counts what that would count. Raises ``FileDamaged``.
        """
        if not (self._is_open and _TEXT.fullmatch(text)):
            return None
        # What is found out for the first time counts as what was kept does, and only once.
        finding = Spellings(self._known, budget.apart())
        chunks = text.split(" ")
        facts = self._facts(chunks, finding)
        if facts is None:
            return None
        words = [one.word for one in facts]
        written = words[0] if len(words) == 1 else AllOf(tuple(words))
        kind, nodes = None, words
        if isinstance(written, AllOf) and True in [one.asks for one in facts]:
            kind, nodes = _asked(text, written, self._snapshot.analysis)
        first = self._work(words, facts, finding)
        again = first if nodes is words or first is None else self._work(nodes, facts, finding)
        if first is None or again is None:
            return Parsed(text, written, ())
        spelt = frozenset([one.word for one in facts if one.in_glued])
        correcting = 0
        notes: tuple[Note, ...] = ()
        if True in [one.is_unknown for one in facts]:
            finding.budget.work = first
            query = Parsed(text, written, ())
            if correct and corrections(self._snapshot, query, finding.budget, spelt):
                return query
            correcting = finding.budget.work - first
            notes = absent(self._snapshot, query, spelt)
        if finding.budget.partial or not budget.lasts(first + correcting + again):
            return Parsed(text, written, ())
        budget.work += first + correcting + again
        sought, optional = self._sought(nodes, facts)
        root = sought[0].node if len(sought) == 1 else AllOf(tuple([one.node for one in sought]))
        asked = Question(text, root, kind, notes, written)
        typed = None
        if nodes is words and len(words) == len(chunks):  # else some are repeated, or left out
            typed = tuple([word.surface for word in words])
        return Understood(
            Queries(asked, self._ranking, self._flat(sought, optional), typed=typed),
            spelt,
            True in [one.tells_days for one in facts],
            tuple([one.word for one in facts if one.is_doubtful]),
        )

    def _facts(self, typed: Sequence[str], finding: Spellings) -> Sequence[Facts] | None:
        """Of each word once, in their order; None where one has none, or of too many."""
        if len(typed) > MAX_WORDS:
            return None
        of = self._words.of
        found: dict[str, Facts] = {}
        for word in typed:
            facts = of(word, finding)
            if facts is None:
                return None
            found.setdefault(facts.word.surface, facts)
        return list(found.values())

    def _work(
        self, words: Sequence[Word], facts: Sequence[Facts], finding: Spellings
    ) -> int | None:
        """What asking whether words are written together or apart costs; None where one is so."""
        work, before = 0, None
        pairs = self._known.pairs
        for word, one in zip(words, facts, strict=True):
            if word.is_optional:
                before = None
                continue
            if one.is_joined:
                return None
            work += one.work
            if before is not None:
                pair = before, word.surface
                known = pairs.get(pair)
                if known is None:
                    finding.pair(*pair)
                    known = pairs.get(pair)
                if known is None or known[0] is not None:
                    return None
                work += known[1]
            before = word.surface
        return work

    def _sought(
        self, nodes: Sequence[Word], facts: Sequence[Facts]
    ) -> tuple[list[Sought], Sequence[bool]]:
        """The words as they are searched for, and whether each is optional beside the others.

        Optional ones are not searched for in glued words.
        """
        optional = [node.is_optional for node in nodes]
        if all(optional):
            optional = [False] * len(nodes)
        found = [
            one.sought
            if node is one.word and not (is_optional and one.in_glued)
            else self._words.sought(node, () if is_optional else one.sought.node.holders)
            for node, one, is_optional in zip(nodes, facts, optional, strict=True)
        ]
        return found, optional

    def _flat(
        self, sought: Sequence[Sought], optional: Sequence[bool]
    ) -> tuple[FlatQuery, tuple[Terms, ...]]:
        """The words for a kernel; in order, the optional ones last."""
        if True not in optional:
            words = tuple([one.flat for one in sought])
            others: tuple[FlatWord, ...] = ()
            ordered = sought
        else:
            must = [one for one, spare in zip(sought, optional, strict=True) if not spare]
            may = [one for one, spare in zip(sought, optional, strict=True) if spare]
            words, others = tuple([one.flat for one in must]), tuple([one.flat for one in may])
            ordered = must + may
        loose = words if len(words) > 1 and self._ranking.partial else ()
        return FlatQuery(words, loose, others), tuple([one.terms for one in ordered])


def _asked(text: str, written: AllOf, how: TextAnalysis) -> tuple[Asks | None, list[Word]]:
    """What a question asks for and its words, as ``rewrite.question`` and ``names`` have them."""
    asked = names(question(Interpretation(text, written), how), how)
    assert isinstance(asked.root, AllOf)
    return asked.kind, [node for node in asked.root.nodes if isinstance(node, Word)]
