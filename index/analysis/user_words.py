"""The user's own words: which ones the stemmer leaves alone, and which mean the same.

The file is plain text in UTF-8, one entry a line; ``#`` begins a comment at the head of a line or
behind a blank::

    # a word alone is protected: it is never stemmed
    gojek
    # "=" stands between words and names that mean the same
    kpk = komisi pemberantasan korupsi

An index keeps the file it was built with, as its terms depend on it, and so it does with the
stemmer that was chosen for them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from index.analysis.plain_letters import in_plain_letters
from index.analysis.tokenizer import Part, chunks, fold, parts
from index.blake2b import blake2b
from index.errors import WordsInvalid
from index.light_dataclass import dataclass
from index.stemming import StemmerName

MOST_NAMES = 16
"""So many words and names on a line may mean the same."""

_NUMBER = re.compile(r"[\d.,]+")
_JOINERS = ("", ".", ",", "-", "'")
_COMMENT = re.compile(r"(?:^|\s)#.*")


@dataclass(frozen=True)
class UserWords:
    """What a user's file says, and who stems the words that it does not protect.

    ``protected``: words as the tokenizer gives them, in plain letters; ``synonyms``: ascending,
    for each line the words and names that mean the same, ascending too, as ``_name`` writes them.
    """

    protected: frozenset[str] = frozenset()
    synonyms: tuple[tuple[str, ...], ...] = ()
    stemmer: StemmerName = StemmerName.WARTA

    @cached_property
    def digest(self) -> str:
        """16 hexadecimal digits that differ where words or stemmers do; empty for ``NO_WORDS``."""
        if self == NO_WORDS:
            return ""
        said = self.to_text()
        if self.stemmer is not StemmerName.WARTA:
            said += f"\n{self.stemmer}"  # no line of a file is empty
        return blake2b(said.encode("utf-8"), digest_size=8).hexdigest()

    def to_text(self) -> str:
        """A file that says the same of words; files that say the same give equal ones."""
        lines = sorted(self.protected) + [" = ".join(same) for same in self.synonyms]
        return "".join(line + "\n" for line in lines)


NO_WORDS = UserWords()
"""What an index is built with where nobody says anything."""


def chosen(given: UserWords | None, stemmer: StemmerName | None, kept: UserWords) -> UserWords:
    """What to build with: the words and the stemmer that are given, else what is ``kept``."""
    words = kept if given is None else given
    return replace(words, stemmer=kept.stemmer if stemmer is None else stemmer)


def read_words(path: Path) -> UserWords:
    """The words in a file. Raises ``WordsInvalid`` and OSError."""
    return words_in(path.read_bytes(), str(path))


def words_in(content: bytes, source: str) -> UserWords:
    """The words in a file's content; ``source`` names it in errors. Raises ``WordsInvalid``."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise WordsInvalid(source, line, repr(content[error.start : error.end]), "utf-8") from None
    return parse_words(text, source)


def parse_words(text: str, source: str) -> UserWords:
    """The words in a file's text; ``source`` names it in errors. Raises ``WordsInvalid``."""
    protected = set()
    synonyms = set()
    for number, line in enumerate(text.splitlines(), start=1):
        entry = " ".join(fold(_COMMENT.sub("", line)).split())
        if not entry:
            continue
        if "=" not in entry:
            word = "".join(in_plain_letters(part.text) for part in _parts(entry))
            reason = _unprotectable(entry, word)
            if reason:
                raise WordsInvalid(source, number, entry, reason)
            protected.add(word)
            continue
        same = sorted(set(map(_name, entry.split("="))))
        reason = _not_the_same(entry, same)
        if reason:
            raise WordsInvalid(
                source, number, f"{entry[:60]}…" if reason == "many" else entry, reason
            )
        synonyms.add(tuple(same))
    return UserWords(frozenset(protected), tuple(sorted(synonyms)))


def _unprotectable(entry: str, word: str) -> str:
    """Why the ``word`` of an entry cannot be protected; empty where it can."""
    # What is one part only by invisible characters would be read back as several.
    if len(_parts(entry)) != 1 or [part.text for part in _parts(word)] != [word]:
        return "blank" if " " in entry else "word"
    return "number" if _NUMBER.fullmatch(word) else ""


def _not_the_same(entry: str, names: list[str]) -> str:
    """Why the different ``names`` of an entry are no synonyms; empty where they are."""
    if any(side.lstrip().startswith("#") for side in entry.split("=")):
        return "hash"
    if len(names) < 2 or not all(names):
        return "side"
    return "many" if len(names) > MOST_NAMES else ""


def _parts(text: str) -> list[Part]:
    return [part for start, end in chunks(text) for part in parts(text[start:end])]


def _name(text: str) -> str:
    """A name as its parts and what joins them: what the tokenizer does not see makes no other."""
    return "".join(
        (part.joiner if part.joiner in _JOINERS else " ") + part.text for part in _parts(text)
    ).strip()
