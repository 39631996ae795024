"""The pages read: their links, headings, code spans, tables and commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`((?:[^`\n]|\n(?!\n))+)`")  # may go on in the next line
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
_NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")
_CELL_END = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Page:
    """A page of Markdown; ``name`` is its path in the repository."""

    name: str

    @property
    def path(self) -> Path:
        return ROOT / self.name

    @cached_property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @cached_property
    def outside_fences(self) -> str:
        """The text without blocks of code."""
        return _FENCE.sub("", self.text)

    @cached_property
    def spans(self) -> list[str]:
        """What stands between backticks."""
        return spans_of(self.outside_fences)

    @cached_property
    def links(self) -> list[str]:
        """Where its links lead."""
        return _LINK.findall(_SPAN.sub("", self.outside_fences))

    @cached_property
    def anchors(self) -> set[str]:
        """What links to its headings have behind ``#``, as GitHub makes it."""
        found: set[str] = set()
        for heading in _HEADING.findall(self.outside_fences):
            anchor = _NOT_IN_ANCHORS.sub("", heading.lower()).replace(" ", "-")
            again = sum(one == anchor or one.rpartition("-")[0] == anchor for one in found)
            found.add(f"{anchor}-{again}" if again else anchor)
        return found

    @cached_property
    def command_lines(self) -> list[str]:
        """What is typed: behind ``$`` in blocks of code; what begins with a command in spans."""
        typed = []
        for _, code in _FENCE.findall(self.text):
            lines = code.replace("\\\n", " ").splitlines()
            typed += [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
        return typed + [span for span in self.spans if " " in span]

    def named(self, pattern: str) -> list[str]:
        """The words that are of a pattern, as they stand anywhere."""
        return re.findall(rf"\b{pattern}\b", self.text)

    def section(self, heading: str) -> str:
        """The text between a heading and the next one of any depth."""
        parts = re.split(rf"^#+ +{re.escape(heading)}$", self.text, flags=re.MULTILINE)
        assert len(parts) == 2, f"{self.name} has {len(parts) - 1} headings “{heading}”"
        return re.split(r"^#+ ", parts[1], flags=re.MULTILINE)[0]

    def rows(self, heading: str) -> list[list[str]]:
        """The cells of the first table under a heading, without its head."""
        return list(_rows(self.section(heading)))[2:]


def _rows(text: str) -> Iterator[list[str]]:
    """The cells of the lines of the first table in a text."""
    inside = False
    for line in text.splitlines():
        if line.startswith("|"):
            inside = True
            yield [cell.strip() for cell in _CELL_END.split(line)[1:-1]]
        elif inside:
            return


def pages() -> list[Page]:
    """All pages of the documentation, and the sample's own."""
    folders = (ROOT, ROOT / "docs", ROOT / "sample")
    found = sorted(path for folder in folders for path in folder.glob("*.md"))
    return [Page(path.relative_to(ROOT).as_posix()) for path in found]


def spans_of(text: str) -> list[str]:
    """What stands between backticks in a text."""
    return [" ".join(span.split()) for span in _SPAN.findall(text)]
