"""Ids of articles that files have given: the same in two files need not be the same article.

Many dumps number their articles from 1. The file that is read first keeps its ids; where another
has given one of them to another text, that article's id becomes ``2024/b.jsonl:1``: the file's path
within the source, and what the file says. Within one file the last article of an id counts, but the
sheets of a workbook are as files are: ``a.xlsx:Mei:1``. In an update a file's article replaces the
one of its id where it is a version of it (``versions``).

Ids that mean the same everywhere are left alone: addresses, UUIDs, hashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from index.article import Article
from index.bilingual import Text
from index.blake2b import blake2b
from index.patterns import on_use
from index.sources.clashes import OwnedIds
from index.sources.inputs.files import Input, label_of
from index.sources.problems import InputProblem, ProblemKind
from index.sources.record import LONGEST_ID
from index.sources.versions import is_version
from index.target import HeldArticles

_LONGEST_LABEL = 200
_SHOWN = 3
_ADDRESS = on_use(r"[a-z][a-z0-9+.-]*://.|(?:urn|tag|doi):.", re.IGNORECASE)
_ADDRESS_WITHOUT_SCHEME = on_use(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/", re.IGNORECASE)
_UNIQUE = on_use(
    r"(?=[0-9]*[a-f])(?:h-)?[0-9a-f]{24,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|h-[0-9a-f]+",
    re.IGNORECASE,
)


class Ids:
    """Which id is whose, over all files of one reading.

    ``held`` are the articles of the index that is updated: there a file may have ids that name it
    from an earlier reading.
    """

    def __init__(self, held: HeldArticles | None = None) -> None:
        self._held = held
        self._owned = OwnedIds()
        self._labels: list[str] = []
        self._used: set[str] = set()
        self._label = self._file_label = ""
        self._part: str | None = None
        self._is_held = False
        self._renamed: list[str] = []
        self._same = self._again = self._replaced = 0

    def begin(self, source: Input) -> None:
        """The articles that follow are those of another file."""
        self._label = self._unused_label(source)
        self._is_held = self._find_held(source)
        self._file_label, self._part = self._label, None
        self._labels.append(self._label)
        self._used.add(self._label)
        self._renamed.clear()
        self._same = self._again = self._replaced = 0

    def settle(self, article: Article, part: str = "") -> Article:
        """The article under an id that no article of another file, or other part of it, has."""
        if part != self._part:
            self._begin_part(part)
        given = article.id
        file = len(self._labels) - 1
        text = _text(article)
        if _is_everywhere(given, article.url):
            owner, known = self._owned.take(given, file, text)
            self._again += owner != file and known == text
            return article
        if self._held is None or not self._has_own_id(article, self._held):
            owner, known = self._owned.take(given, file, text)
            if owner == file:
                return article
            if known == text:
                self._again += 1
                return article
            # The text may be there under an id that names a third file.
            first, _ = self._owned.take(f"{text}:{given}", file, text)
            there = _own_id(self._labels[first], given)
            if first != file and self._owned.text(there) == text:
                self._again += 1
                return replace(article, id=there)
        new = _own_id(self._label, given)
        while self._owned.take(new, file, text)[0] != file:  # so strange an id was given
            new = _own_id(new, given)
        self._same += 1
        if len(self._renamed) < _SHOWN and new not in self._renamed:
            self._renamed.append(new)
        return replace(article, id=new)

    def _begin_part(self, part: str) -> None:
        """The articles that follow are those of another part of the file; the first is the file."""
        if self._part is not None:
            self._label = _short(label_of(f"{self._file_label}:{part}"))
            self._is_held = self._held is not None and self._held.has_prefix(f"{self._label}:")
            self._labels.append(self._label)
        self._part = part

    def told(self, file: str) -> Iterator[InputProblem]:
        """What is to be told of the file that has ended."""
        if self._same:
            renamed = ", ".join(self._renamed)
            renamed += ", …" if self._same > len(self._renamed) else ""
            yield InputProblem(
                ProblemKind.SAME_ID,
                file,
                None,
                Text(f"{self._same} articles: {renamed}", f"{self._same} artikel: {renamed}"),
                self._same,
            )
        if self._again:
            detail = Text(f"{self._again} articles", f"{self._again} artikel")
            yield InputProblem(ProblemKind.REPEATED_ARTICLE, file, None, detail, self._again)
        if self._replaced:
            detail = Text(f"{self._replaced} articles", f"{self._replaced} artikel")
            yield InputProblem(ProblemKind.REPLACED_OTHER, file, None, detail, self._replaced)

    def _unused_label(self, source: Input) -> str:
        """The source's path, with as many folders before it as make it that of no other file."""
        label = _short(source.label or source.name)
        length = number = 1
        while label in self._used:
            length += 1
            if source.path is not None and length <= len(source.path.absolute().parts):
                label = _short(_tail(source, length))
            else:
                number += 1
                label = _short(f"{source.label}~{number}")
        return label

    def _find_held(self, source: Input) -> bool:
        """Whether ids of the index name the file; the label is then the one that they have.

        A file that is given alone may have been a part of a folder then.
        """
        if self._held is None:
            return False
        labels = [self._label]
        if source.folder is None and source.path is not None:
            depth = len(source.path.absolute().parents)
            labels += [_short(_tail(source, length)) for length in range(2, depth + 1)]
        for label in reversed(labels):
            if label not in self._used and self._held.has_prefix(f"{label}:"):
                self._label = label
                return True
        return False

    def _has_own_id(self, article: Article, held: HeldArticles) -> bool:
        """Whether the index has, or now gets, the article under an id that names its file.

        It gets it there where another article has its id, which an update must not lose.
        """
        if self._is_held:
            own = held.find(_own_id(self._label, article.id))
            if own is not None:
                self._replaced += not is_version(article, own)
                return True
        other = held.find(article.id)
        if other is None or is_version(article, other):
            return False
        # An update in parts may find what a part before gave, which is not another's.
        return not held.has_moved() or self._owned.text(article.id) != _text(other)


def _text(article: Article) -> int:
    """What stands for the text of an article in this process."""
    return hash((article.title, article.body))


def _is_everywhere(given: str, url: str | None) -> bool:
    if given == url:
        return bool(_ADDRESS.match(given) or _ADDRESS_WITHOUT_SCHEME.match(given))
    if ":" in given and _ADDRESS.match(given):
        return True
    return len(given) >= 24 and _UNIQUE.fullmatch(given) is not None


def _own_id(label: str, given: str) -> str:
    new = f"{label}:{given}"
    if len(new) <= LONGEST_ID:
        return new
    digest = blake2b(new.encode(), digest_size=12).hexdigest()
    return f"{label[:_LONGEST_LABEL]}:h-{digest}"


def _tail(source: Input, length: int) -> str:
    """The last names of the source's path."""
    assert source.path is not None
    return label_of("/".join(source.path.absolute().parts[-length:]).removeprefix("//"))


def _short(label: str) -> str:
    """A label that leaves room for the id."""
    if len(label) <= _LONGEST_LABEL:
        return label
    digest = blake2b(label.encode(), digest_size=6).hexdigest()
    return f"{digest}…{label[-_LONGEST_LABEL + 20 :]}"
