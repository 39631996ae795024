"""Words made ready for a kernel, and what reading them counts."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from typing import TYPE_CHECKING, Any, NamedTuple

from search.budget import COMPARED, Budget

if TYPE_CHECKING:
    from index.kernels.scoring import Scorer, Word


class Ready:
    """The words of a query as the kernel takes them, and what reading them counts.

    ``words``: the words, the loose and the optional ones, of ``scorer``. ``keys`` and ``work``:
    what is counted, and how much, by a budget of which nothing was taken before, but for comparing
    what has ``uncounted`` words. Nobody changes it; shared by threads.
    """

    __slots__ = ("_counted", "_keys", "scorer", "uncounted", "words", "work")

    def __init__(
        self,
        scorer: Scorer,
        words: tuple[tuple[Word, ...], tuple[Word, ...], tuple[Word, ...]],
        keys: Collection[Hashable],
        work: int,
        uncounted: tuple[Word, ...],
    ) -> None:
        self.scorer = scorer
        self.words = words
        self._keys = keys
        self.work = work
        self.uncounted = uncounted
        self._counted: dict[Hashable, None] | None = None

    @property
    def keys(self) -> Collection[Hashable]:
        """What is counted by a budget, each once."""
        return self._keys

    @property
    def counted(self) -> dict[Hashable, None]:
        """The keys as a budget has them, made when they are asked for: hashing them takes long."""
        found = self._counted
        if found is None:
            found = self._counted = dict.fromkeys(self.keys)
        return found

    def all_work(self) -> tuple[int, list[Word]]:
        """The work, but for comparing what has the words of which nobody knows how many that is."""
        work, unknown = self.work, []
        for word in self.uncounted:
            documents = word.documents
            if documents < 0:
                unknown.append(word)
            else:
                work += COMPARED * documents
        return work, unknown


class RowKey(tuple[Any, ...]):  # noqa: SLOT001 - the hash is one more attribute
    """A key whose hash is worked out once: a word has many terms, and budgets ask often."""

    _hash: int | None = None

    def __hash__(self) -> int:
        found = self._hash
        if found is None:
            found = self._hash = tuple.__hash__(self)
        return found


class Made(NamedTuple):
    """A word made ready: the same for a kernel, and what reading its row costs.

    ``key``: by which budgets know that row.
    """

    word: Word
    key: Hashable
    cost: int

    def charge(self, budget: Budget) -> None:
        """Count it as if its row was read, once."""
        if self.key not in budget.counted:
            budget.counted[self.key] = None
            budget.work += self.cost
