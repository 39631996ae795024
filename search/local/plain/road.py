"""A text of plain words to its question, as the general road makes it: parsed and rewritten.

All of the words are asked for, or with OR between all of them any: ``harga OR beras``.
Whatever is unusual about it goes the general road (``search.question``), which is the witness of
this one: words that are corrected or have synonyms, operators, signs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from index.analysis import TextAnalysis
from index.kept import kept
from index.light_dataclass import dataclass
from search.budget import Budget
from search.local.completing.spelling import absent, corrections
from search.local.completing.spellings import Known, Spellings
from search.local.matching.flat import FlatQuery
from search.local.plain.at_once import Composed, composer_of
from search.local.plain.composed import any_of_them, flat_query
from search.local.plain.facts import Facts, Words
from search.local.plain.sought import SoughtWord, terms_of
from search.local.queries import Queries
from search.local.reading.holders import Holders
from search.local.reading.rows import Rows
from search.local.scoring.ranking import Ranking
from search.making import maker_of
from search.query.parse import Parsed
from search.query.question_words import Asks
from search.query.rewrite.interpretation import Interpretation
from search.query.rewrite.names import names
from search.query.rewrite.question import question
from search.query.syntax.boolean import AllOf, AnyOf
from search.query.syntax.node import Node
from search.query.syntax.word import Word
from search.query.word_query import Terms
from search.query.words import MAX_WORDS
from search.question import Question
from search.response import Note

if TYPE_CHECKING:
    from index.kernels.composing import Composer
    from index.kernels.plain import Texts

_spellings = maker_of(Spellings, {}).one
_TEXT = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Understood:
    """A question and its queries, and which of its words are written otherwise: apart, glued.

    ``sought``: what is searched for, in the order of the tree. ``tells_days``: whether it may have
    days among its words. ``doubtful``: those of which another spelling may be offered.
    """

    queries: Queries
    sought: Sequence[SoughtWord]
    spelt: Collection[Word]
    tells_days: bool
    doubtful: tuple[Word, ...]


class Road:
    """The short way through one index with one ranking. Shared by threads.

    ``texts``: what reads plain texts at once; None where nothing does, and before one came.
    """

    def __init__(self, known: Known, holders: Holders, ranking: Ranking) -> None:
        snapshot = known.rows.snapshot
        self._snapshot = snapshot
        self._known = known
        self._ranking = ranking
        self._words = Words(known, holders, ranking.weights)
        self._is_open = not snapshot.analysis.words.synonyms
        self.texts: Texts | None = None

    @kept
    def compiled(self) -> Rows | None:
        """The rows for whose kernel words are ready; None for none. Raises ``FileDamaged``."""
        return self._words.compiled

    @kept
    def _composer(self) -> Composer | None:
        """What composes words at once; None without kernels. Raises ``FileDamaged``."""
        return composer_of(self._known, self._words, self._ranking, self.compiled)

    @property
    def composes(self) -> bool:
        """Whether words may be composed at once. Raises ``FileDamaged``."""
        return self._is_open and self._has_texts()

    def prepare(self) -> None:
        """Make what nearly all questions need. Raises ``FileDamaged``."""
        if self.composes:
            self._words.prepare()

    def _has_texts(self) -> bool:
        """Whether kernels take texts, for which they are made ready. Raises ``FileDamaged``."""
        if self.texts is None and self._composer is not None:
            self.texts = self._words.texts(self._composer)
        return self.texts is not None

    def learn(self, typed: Iterable[str], seconds: float) -> None:
        """Find out about words before they are asked for, as ``Words.learn``."""
        if self._is_open:
            self._words.learn(typed, seconds)

    @property
    def learned(self) -> list[str]:
        """As ``Words.learned``."""
        return self._words.learned

    def understood(
        self, text: str, budget: Budget, *, correct: bool
    ) -> Composed | Understood | Parsed | None:
        """What a text asks for; where the general road has to say its tree, if that is known.

        ``budget`` counts what that would count. Raises ``FileDamaged``.
        """
        texts = self.texts
        begun = None if texts is None else texts.of(text, budget)
        if begun is None or isinstance(begun, tuple):
            return self._word_by_word(text, begun, budget, correct=correct)
        return begun

    def _word_by_word(
        self,
        text: str,
        begun: tuple[Sequence[Facts | None], Spellings] | None,
        budget: Budget,
        *,
        correct: bool,
    ) -> Composed | Understood | Parsed | None:
        """The same of a text that no kernel takes; ``begun``: what that has found out, and how."""
        typed = _typed(text) if self._is_open else None
        if typed is None or len(typed[0]) > MAX_WORDS:
            return None
        chunks, either = typed
        if begun is None:
            if not either and self.texts is None and self._has_texts():
                return self.understood(text, budget, correct=correct)
            # What is found out for the first time counts as what was kept does, and only once.
            begun = self._words.known(chunks), _spellings(self._known, budget.apart())
        known, finding = begun
        facts = self._facts(chunks, known, finding)
        if facts is None or (either and (len(facts) > len(chunks) or not _are_several(facts))):
            return None
        are_more = len(facts) > len(chunks)
        composer = None if self.texts is None else self._composer
        if are_more and composer is not None:
            composed = composer.of(cast("list[Any]", facts), finding)
            # Of several in one piece, such as rp2020, nobody asked whether the whole tells days.
            is_known = composed and composed.tells_days and not finding.budget.partial
            if composed and is_known and budget.lasts(composed.work):
                budget.work += composed.work
                return composed
        found = self._by_steps(text, facts, finding, budget, correct=correct, either=either)
        if isinstance(found, Understood) and are_more:
            found = replace(found, tells_days=True)
        return found

    def _by_steps(
        self,
        text: str,
        typed: Sequence[Facts],
        finding: Spellings,
        budget: Budget,
        *,
        correct: bool,
        either: bool,
    ) -> Understood | Parsed:
        """The same of the facts of words as they were ``typed``, step by step: its witness."""
        facts = _once(typed)
        words, asks, is_unknown, all_must, tells_days = _seen(facts)
        together = AnyOf if either else AllOf
        written = _joined(words, together)
        kind, nodes = None, words
        if asks and type(written) is AllOf:
            kind, nodes = _asked(text, written, self._snapshot.analysis) or (None, [])
        read = self._compounds(words, facts, finding, side_by_side=not either)
        again = read if nodes is words or read is None else self._compounds(nodes, facts, finding)
        if read is None or again is None or not nodes:
            return Parsed(text, written, ())
        spelt = _otherwise(words, facts, read[1])
        work = read[0]
        notes: tuple[Note, ...] = ()
        if is_unknown:
            query = Parsed(text, written, ())
            finding.budget.work = work
            if correct and corrections(self._snapshot, query, finding.budget, spelt):
                return query
            work = finding.budget.work
            notes = absent(self._snapshot, query, spelt)
        work += again[0]
        lasts = not finding.budget.partial and budget.lasts(work)
        is_plain = all_must and nodes is words and not again[1]
        wanted = self._sought(nodes, facts, again[1], is_plain=is_plain) if lasts else None
        flat = None if wanted is None else self._flat(*wanted, either=either)
        if wanted is None or flat is None:
            return Parsed(text, written, ())
        sought, may = wanted
        budget.work += work
        is_same = nodes is words and not spelt
        root = written if is_same else _joined([one.node for one in sought], together)
        question = Question(text, root, kind, notes, written)
        in_a_row = () if either else _surfaces(typed) if nodes is words else None
        # Nothing is spared where all must match, nor where any suffices.
        lacking = _musts(sought, may) if flat[0].words and flat[0].loose else ()
        return Understood(
            Queries(question, self._ranking, flat, None, in_a_row, lacking),
            sought,
            spelt,
            tells_days,
            tuple([one.word for one in facts if one.is_doubtful and one.word not in spelt]),
        )

    def _facts(
        self, typed: Sequence[str], known: Sequence[Facts | None], finding: Spellings
    ) -> list[Facts] | None:
        """Of each word, repeated ones too, in their order; ``known``: where they are.

        None where one has none, and of too many.
        """
        of = self._words.of
        found: list[Facts] = []
        for chunk, one in zip(typed, known, strict=True):
            facts = one or of(chunk, finding)
            if facts is not None:
                found.append(facts)
                continue
            words = self._words.pieces(chunk)
            if not words:
                return None
            for word in words:
                facts = of(word, finding)
                if facts is None:
                    return None
                found.append(facts)
        return found if len(found) <= MAX_WORDS else None

    def _compounds(
        self,
        words: Sequence[Word],
        facts: Sequence[Facts],
        finding: Spellings,
        *,
        side_by_side: bool = True,
    ) -> tuple[int, dict[int, int]] | None:
        """What asking whether words are written together or apart costs, and where some are so.

        The latter by the place of the first word: how many words, one or two, are one. None where
        the budget does not last.
        """
        work, found = 0, dict[int, int]()
        pairs = self._known.pairs
        at, number = 0, len(words)
        while at < number:
            word, behind = words[at], at + 1
            if word.is_optional:
                at = behind
                continue
            if side_by_side and behind < number and not words[behind].is_optional:
                pair = word.surface, words[behind].surface
                known = pairs.get(pair)
                if known is None:
                    finding.pair(*pair)
                    known = pairs.get(pair)
                if known is None:
                    return None
                work += known[1]
                if known[0] is not None:
                    found[at] = 2
                    at += 2
                    continue
            one = facts[at]
            work += one.work
            if one.is_joined:
                found[at] = 1
            at = behind
        return work, found

    def _sought(
        self,
        nodes: Sequence[Word],
        facts: Sequence[Facts],
        compounds: Mapping[int, int],
        *,
        is_plain: bool,
    ) -> tuple[list[SoughtWord], list[SoughtWord]] | None:
        """What is searched for, and what of it is optional beside the others.

        ``is_plain``: whether that is the words as they are. Optional words are not searched for in
        glued ones. None where the general road has to say.
        """
        if is_plain:
            return [one.sought for one in facts], []
        optional = [node.is_optional for node in nodes]
        some_must = False in optional
        found: list[SoughtWord] = []
        may: list[SoughtWord] = []
        at = 0
        while at < len(nodes):
            size = compounds.get(at, 0)
            node, one = nodes[at], facts[at]
            if size:
                compound = self._words.compound(tuple(nodes[at : at + size]))
                if compound is None:
                    return None
                found.append(compound)
                at += size
                continue
            is_optional = node.is_optional and some_must
            if node is one.word and not (is_optional and one.holders):
                found.append(one.sought)
            else:
                found.append(self._words.sought(node, () if is_optional else one.holders))
            if is_optional:
                may.append(found[-1])
            at += 1
        return found, may

    def _flat(
        self, sought: list[SoughtWord], may: list[SoughtWord], *, either: bool
    ) -> tuple[FlatQuery, tuple[Terms, ...]] | None:
        """The words for a kernel; in order, the optional ones, ``may``, last.

        ``either``: whether any of them suffices. None where what is optional stands beside one word
        that need not match whole.
        """
        if either:
            return any_of_them(sought, self.compiled), terms_of(sought)
        must = [one for one in sought if one not in may] if may else sought
        some_suffice = False
        if self._ranking.partial and (len(must) > 1 or must[0].comes_apart):
            if may and len(must) == 1:
                return None
            some_suffice = True
        terms = terms_of((*must, *may) if may else must)
        return flat_query(must, may, self.compiled, some_suffice=some_suffice), terms


def _seen(facts: Sequence[Facts]) -> tuple[list[Word], bool, bool, bool, bool]:
    """The words of facts, and what of these matters for the whole question, in this order.

    Whether questions have any of the words; whether any is unknown; whether all must match, none
    being optional; and whether any may be of days.
    """
    words: list[Word] = []
    asks = is_unknown = tells_days = False
    all_must = True
    for one in facts:
        word = one.word
        words.append(word)
        asks = asks or one.asks
        is_unknown = is_unknown or one.is_unknown
        all_must = all_must and not word.is_optional
        tells_days = tells_days or one.tells_days
    return words, asks, is_unknown, all_must, tells_days


def _typed(text: str) -> tuple[list[str], bool] | None:
    """The words of a text that is nothing else, and whether OR stands between all of them."""
    if _TEXT.fullmatch(text) is None:
        return None
    words = text.split(" ")
    if "OR" not in words:
        return words, False
    between = words[1::2]
    if len(words) % 2 == 0 or between.count("OR") < len(between):
        return None
    return words[::2], True


def _once(facts: Sequence[Facts]) -> list[Facts]:
    """Of words that are there twice the first."""
    found: dict[str, Facts] = {}
    for one in facts:
        found.setdefault(one.word.surface, one)
    return list(found.values())


def _are_several(facts: Sequence[Facts]) -> bool:
    """Whether words are several, none of them optional."""
    several = len({one.word.surface for one in facts}) > 1
    return several and True not in [one.word.is_optional for one in facts]


def _surfaces(facts: Sequence[Facts]) -> tuple[str, ...]:
    return tuple([one.word.surface for one in facts])


def _joined(nodes: Sequence[Node], together: type[AllOf | AnyOf]) -> Node:
    """The nodes as one."""
    return nodes[0] if len(nodes) == 1 else together(tuple(nodes))


def _asked(text: str, written: AllOf, how: TextAnalysis) -> tuple[Asks | None, list[Word]] | None:
    """What a question asks for and its words, as ``rewrite.question`` and ``names`` have them.

    None where these are not as many words, each at its place: facts are told by their places.
    """
    asked = names(question(Interpretation(text, written), how), how)
    nodes = asked.root.nodes if isinstance(asked.root, AllOf) else ()
    words = [node for node in nodes if isinstance(node, Word)]
    return (asked.kind, words) if len(words) == len(nodes) == len(written.nodes) else None


def _otherwise(
    words: Sequence[Word], facts: Sequence[Facts], compounds: Mapping[int, int]
) -> Sequence[Word]:
    """The words that articles have otherwise: in glued words, or together or apart."""
    found = [one.word for one in facts if one.holders]
    for at, size in compounds.items():
        found += words[at : at + size]
    return found


def _musts(sought: Sequence[SoughtWord], may: Sequence[SoughtWord]) -> tuple[Node, ...]:
    """The nodes of what is searched for but for what may lack, ``may``."""
    return tuple([one.node for one in sought if one not in may])
