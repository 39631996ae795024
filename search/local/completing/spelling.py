"""Spelling: which words of a query are searched for as others, and which others are offered.

Only what can hardly be meant is replaced (``_clear``, ``_asked``, ``_with_preposition``); whatever
may be a name, an acronym or a foreign word is searched for as it was typed, and what it may stand
for is offered.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

from index.analysis import Token
from search.budget import Budget
from search.local.completing.bodies import bodies_of
from search.local.completing.company import articles_with
from search.local.completing.doubts import is_doubtful, is_known, may_be_misspelt
from search.local.completing.likelier import likelier
from search.local.completing.likely import SHORT, is_word, likely
from search.local.completing.slips import slips
from search.local.reading.nearest import near
from search.local.reading.snapshot import Snapshot
from search.query.parse import Parsed
from search.query.question_words import ASKING_WORDS
from search.query.rewrite import Correction, Typed, retyped, typed_words, words_in
from search.query.syntax.word import Word
from search.query.words import word_of
from search.response import Note

_TWO_EDITS = 8

_PREPOSITIONS = frozenset({"di", "ke"})
_PLACES = frozenset(
    (
        *(
            "antara",
            "atas",
            "balik",
            "bawah",
            "belakang",
            "dalam",
            "dekat",
            "depan",
            "hadapan",
            "luar",
        ),
        *("muka", "samping", "sana", "sekeliling", "sekitar", "seluruh", "sini", "sisi", "situ"),
        *("tengah", "tepi"),
    )
)
"""What prepositions are often written together with, though never in standard Indonesian."""

_CLEAR_LENGTH = 8
"""Shorter words are one letter away from names and foreign words too often."""
_CLEAR_SHARE = 200
"""A word is common if one article of so many has it."""
_RIVALS = 20
"""How many times commoner than any other near word the one that is meant has to be."""
_DEAREST_IF_ASKING, _DEAREST_TWO_IF_ASKING = 3.0, 8.0
"""What a slip in a word that asks costs at most where it is another letter; what two cost."""


def corrections(
    snapshot: Snapshot, query: Parsed, budget: Budget, spelt: Collection[Word] = ()
) -> tuple[Correction, ...]:
    """What unknown words of a query are searched for as, in their order.

    ``spelt``: words that articles have written together or apart, which are no misspellings. Words
    that are not looked at when the budget is spent stay as they are. Raises ``FileDamaged``.
    """
    words = words_in(query.root)
    unknown = [
        word
        for word in words
        if word not in spelt and may_be_misspelt(word) and not is_known(snapshot, word)
    ]
    return _corrected(snapshot, query, unknown, words, budget)


def _corrected(
    snapshot: Snapshot,
    query: Parsed,
    unknown: Sequence[Word],
    words: Sequence[Word],
    budget: Budget,
) -> tuple[Correction, ...]:
    """What the unknown ones of a query's words are searched for as."""
    if not unknown:
        return ()
    found = []
    for typed in typed_words(query, unknown, snapshot.analysis):
        text = _meant(snapshot, typed, words, budget)
        tokens = snapshot.analysis.tokens(text) if text is not None else []
        if text is not None and _is_there(snapshot, tokens, budget):
            word = typed.word
            replacement = [word_of(token, text, word.scope) for token in tokens]
            found.append(
                Correction(typed, tuple(replace(one, capital=word.capital) for one in replacement))
            )
    return tuple(found)


def _is_there(snapshot: Snapshot, tokens: Sequence[Token], budget: Budget) -> bool:
    """Whether an article that is not deleted has each of some words."""
    if snapshot.columns.live is None:
        return True
    bodies = bodies_of(snapshot)
    return all(bodies.having(token.stem, budget).count for token in tokens)


def better_spelling(
    snapshot: Snapshot,
    query: Parsed,
    budget: Budget,
    spelt: Collection[Word] = (),
    doubtful: Collection[Word] | None = None,
    *,
    told: Mapping[str, str | None] | None = None,
) -> str | None:
    """A query's text as it may have been meant: with corrections, and with likelier words.

    Those are offered for words that no article has, for forms that no one wrote and for rare words
    beside a far commoner one, where they stand with the other words of the query; a rare word of
    the language only where it does not. For none of ``spelt``. ``doubtful``: the words that these
    may be, where they are known (see ``is_doubtful``); ``told``: what is known to be offered for
    some of them, which the budget has counted (see ``unoffered``). None where there is nothing to
    offer. Words that are not looked at when the budget is spent stay as they are. Raises
    ``FileDamaged``.
    """
    words, told = words_in(query.root), told or {}
    if doubtful is None:
        doubtful = [word for word in words if word not in spelt and is_doubtful(snapshot, word)]
    if not doubtful:
        return None
    counted = [(articles_with(snapshot, word.stem), word) for word in doubtful]
    unknown = [word for count, word in counted if not (count or word.surface in ASKING_WORDS)]
    found = _corrected(snapshot, query, unknown, words, budget) if unknown else ()
    better = {one.written.surface: one.text for one in found}
    # The rarest word says least of what the others stand with.
    counted.sort(key=itemgetter(0))
    articles = {word.surface: count for count, word in counted}
    meant: dict[Word, list[str]] = {}
    for typed in typed_words(query, [word for _, word in counted], snapshot.analysis):
        word = typed.word
        if word.surface not in better:
            if word.surface in told:
                text = told[word.surface]
            else:
                others = _others(words, word, meant)
                count = articles[word.surface]
                text = _offered(snapshot, typed, query, others, budget, words=words, articles=count)
            if text is None:
                continue
            better[word.surface] = text
        meant[word] = [token.stem for token in snapshot.analysis.tokens(better[word.surface])]
    if not better:
        return None
    retold = retyped(query.text, snapshot.analysis, better)
    return retold if retold != query.text else None


def _others(
    words: Sequence[Word], word: Word, meant: Mapping[Word, Sequence[str]]
) -> Sequence[str]:
    """The stems of a query's other words, of some what is ``meant``."""
    surface = word.surface
    found = [
        one.stem
        for one in words
        if not one.optional
        and (one.surface != surface or one != word)
        and not (meant and one in meant)
    ]
    for stems in meant.values():
        found += stems
    return found


def absent(snapshot: Snapshot, query: Parsed, replaced: Collection[Word]) -> tuple[Note, ...]:
    """A note for each word that no article has and that is searched for all the same."""
    unknown = [
        word
        for word in words_in(query.root)
        if not word.optional and word not in replaced and not is_known(snapshot, word)
    ]
    return no_article_has(snapshot, query, unknown) if unknown else ()


def no_article_has(snapshot: Snapshot, query: Parsed, words: Sequence[Word]) -> tuple[Note, ...]:
    """A note for each of some words of a query, that no article has it."""
    found = {
        typed.word.surface: Note("no-article-has", {"word": typed.text}, typed.position)
        for typed in typed_words(query, words, snapshot.analysis)
    }
    return tuple(found.values())


def _meant(snapshot: Snapshot, typed: Typed, words: Sequence[Word], budget: Budget) -> str | None:
    """What an unknown word is searched for as, if that is clear."""
    word = typed.word
    if len(word.surface) <= SHORT:
        return None
    if _may_ask(words, word):
        asked = _asked(snapshot, word, budget)
        if asked is not None:
            return asked
    if typed.has_capital:
        return None
    if apart := _with_preposition(word.surface):
        return apart
    if len(word.surface) < _CLEAR_LENGTH:
        return None
    return _clear(snapshot, word, budget)


def _clear(snapshot: Snapshot, word: Word, budget: Budget) -> str | None:
    """The one common Indonesian word from which a letter was left out, or two of it swapped.

    Not where the word is Indonesian itself, nor where another is near.
    """
    if is_word(snapshot, word.surface):
        return None
    found = likely(snapshot, word.scope, word.surface, 2, budget)
    if not found:
        return None
    best = found[0]
    rivals = sum(one.articles for one in found[1:] if one.edits <= best.edits)
    clear = (
        _is_slip_of_the_hand(word.surface, best.word)
        and best.articles * _CLEAR_SHARE >= snapshot.size
        and best.articles >= rivals * _RIVALS
        and is_word(snapshot, best.word)
    )
    return best.word if clear else None


def _is_slip_of_the_hand(typed: str, meant: str) -> bool:
    """Whether one letter within the word is missing, or two neighbours are swapped.

    Other letters, endings and letters more make names and foreign words of Indonesian ones.
    """
    if len(typed) == len(meant) - 1:
        return any(meant[:at] + meant[at + 1 :] == typed for at in range(1, len(typed)))
    return any(
        typed == meant[:at] + meant[at + 1] + meant[at] + meant[at + 2 :]
        for at in range(1, len(meant) - 1)
    )


def _with_preposition(surface: str) -> str | None:
    """A preposition and a word of place that are written as one: ``diantara``."""
    preposition, place = surface[:2], surface[2:]
    return f"{preposition} {place}" if preposition in _PREPOSITIONS and place in _PLACES else None


def _may_ask(words: Sequence[Word], word: Word) -> bool:
    """Whether a word of a query may be meant as one that asks: about others, and no name."""
    return word.scope is None and len(words) > 1 and (not word.capital or word == words[0])


def _asked(snapshot: Snapshot, word: Word, budget: Budget) -> str | None:
    """The nearest word that asks, if no other is nearer.

    A short one begins alike, and has no letter in place of another that is far from it: names do.
    """
    surface, asking = word.surface, sorted(ASKING_WORDS)
    if len(surface) < _TWO_EDITS:
        nearest = (asking[place] for place, _ in near(surface, asking, 1))
        return next((one for one in nearest if _begins_and_sounds_alike(surface, one)), None)
    found = min(((edits, asking[place]) for place, edits in near(surface, asking, 2)), default=None)
    if found is None:
        return None
    edits, asked = found
    if slips(surface, asked) > _DEAREST_TWO_IF_ASKING:
        return None
    others = likely(snapshot, word.scope, surface, 1, budget) if edits > 1 else []
    return None if others else asked


def _begins_and_sounds_alike(typed: str, asking: str) -> bool:
    alike = len(asking) != len(typed) or slips(typed, asking) <= _DEAREST_IF_ASKING
    return asking[0] == typed[0] and alike


def _offered(
    snapshot: Snapshot,
    typed: Typed,
    query: Parsed,
    others: Sequence[str],
    budget: Budget,
    *,
    words: Sequence[Word],
    articles: int,
) -> str | None:
    """What is offered for a word of a query's ``words``; for an acronym no word of the language.

    ``articles``: how many have it in any field.
    """
    word = typed.word
    if word.scope is not None:
        articles = articles_with(snapshot, word.stem, word.scope)
    if not articles and _may_ask(words, word):
        asked = _asked(snapshot, word, budget)
        if asked is not None:
            return asked
    in_capitals = len(words) > 1 and query.text.isupper()
    is_acronym = typed.text.isupper() and not in_capitals and len(word.surface) <= SHORT
    found = likelier(snapshot, word, articles, others, budget, is_acronym=is_acronym)
    return None if found is None else found.word
