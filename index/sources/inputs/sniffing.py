"""Files that hold no article, told by their first bytes and their names."""

from __future__ import annotations

from pathlib import PurePath

from index.bilingual import Text
from index.sources.inputs.filenames import (
    METADATA,
    Format,
    has_no_articles,
    is_log,
    may_be_text,
    no_article,
)
from index.sources.inputs.files import Input
from index.sources.inputs.logs import is_log_text
from index.sources.inputs.magic import ZIP, binary, told_by_bytes
from index.sources.problems import InputProblem, ProblemKind
from index.sources.text.cleaning import decode

_MOST_CONTROLS = 0.02
"""The share of bytes; a picture or an archive has ten times as many."""

_MOST_IN_TEXT = 0.05
"""Of a file whose name promises text: random bytes have twice as many."""

_LOG_HEAD = 1 << 14
_FEW = 64  # bytes that say little of a whole
_BINARY = frozenset({Format.SHEET, Format.COLUMNAR})
_DESCRIBES = Text("it describes data or a program", "keterangan data atau program")


def no_articles(head: bytes, source: Input) -> InputProblem | None:
    """What is told of a file that holds no article, whatever reader its name asks for."""
    told = told_by_bytes(head)
    if isinstance(told, Format) or (told in {None, ZIP} and source.format in _BINARY):
        return None  # its reader will find out whether it is damaged
    if told is None:
        named = source.format is not Format.UNKNOWN
        if len(head) >= _FEW or not named:
            told = binary(head, _MOST_IN_TEXT if named else _MOST_CONTROLS)
    if told is not None:
        unnamed = source.format is Format.UNKNOWN or source.format in _BINARY
        kind = ProblemKind.UNKNOWN_FORMAT if unnamed else ProblemKind.NOT_TEXT
        return InputProblem(kind, source.name, None, told)
    if source.format in {Format.TEXT, Format.UNKNOWN} and is_log_text(decode(head[:_LOG_HEAD])):
        return InputProblem(ProblemKind.LOG_FILE, source.name, None)
    what = _describes(head, source)
    if what is None:
        return None
    return InputProblem(ProblemKind.UNKNOWN_FORMAT, source.name, None, what)


def no_text(source: Input) -> InputProblem | None:
    """What is told of a file that would be read as text, and whose name says that it is none."""
    name = PurePath(source.label).name
    if is_log(name):
        return InputProblem(ProblemKind.LOG_FILE, source.name, None)
    what = no_article(name)
    if source.format is not Format.UNKNOWN or what is None or may_be_text(what):
        return None
    return InputProblem(ProblemKind.UNKNOWN_FORMAT, source.name, None, what)


def _describes(head: bytes, source: Input) -> Text | None:
    """What JSON describes by its name and its keys, or what a program's file is."""
    name = PurePath(source.label).name
    if source.format is Format.UNKNOWN:
        what = no_article(name)
        return what if what is not None and has_no_articles(what) else None
    is_object = source.format is Format.JSON and head.lstrip()[:1] == b"{"
    keys = METADATA.get(name.lower(), ()) if is_object else ()
    return _DESCRIBES if any(key in head for key in keys) else None
