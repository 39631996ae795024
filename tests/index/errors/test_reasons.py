"""Reasons of damage have a translation, and what they quote commands no terminal."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import index
import search
from index.bilingual import Text
from index.errors import FileDamaged, IndexDamaged, IndexOutdated, WartaError
from index.errors.reasons import OF_A_FIELD, SENTENCES, in_both
from index.target import Damage

_RAISED = {"FileDamaged": 1, "IndexDamaged": 2, "damaged": 3, "Damage": 2}
"""What takes a reason, and at which place."""


def _reasons() -> Iterator[str]:
    """Every literal reason in the code, with its facts as ``x``."""
    for package in (index, search):
        for file in Path(package.__path__[0]).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                match node:
                    case ast.Call(func=ast.Name(id=name), args=args) if name in _RAISED:
                        yield from _literal(args[_RAISED[name] :][:1])
                    case ast.Assign(targets=[ast.Name(id=name)], value=value) if (
                        name in {"MISSING", "_STRAY", "_NO_VALUES", "_NAMED_ONLY"}
                        and package is index
                        and "sources" not in file.parts
                    ):
                        yield from _literal([value])


def _literal(found: list[ast.expr]) -> Iterator[str]:
    for one in found:
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value
        elif isinstance(one, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "x" for part in one.values
            )


def test_every_reason_in_the_code_has_a_translation() -> None:
    found = set(_reasons())
    assert len(found) > 50
    untold = "isinya tidak semestinya"
    assert [one for one in found if in_both(one).indonesian.startswith(untold)] == []


def test_what_is_said_of_a_field_has_a_translation_and_no_other_has() -> None:
    """By kernels too, which are handed ``FieldIndex.damaged``."""
    said = re.compile(r"(?:_error|\.damaged)\(\"([^\"]+)\"\)")
    folder = Path(index.__path__[0])
    files = (*folder.rglob("*.py"), *folder.rglob("*.pyx"))
    assert {one for file in files for one in said.findall(file.read_text())} == {*OF_A_FIELD}
    assert in_both("the field body: a term has no postings").indonesian == (
        "ruas body: sebuah istilah tidak memiliki posting"
    )


@pytest.mark.parametrize("english", SENTENCES, ids=str)
def test_facts_are_in_both_languages(english: str) -> None:
    facts = [f"fact{number}" for number in range(english.count("{}"))]
    told = in_both(english.format(*facts))
    assert told == Text(english.format(*facts), SENTENCES[english].format(*facts))


def test_what_the_system_said_is_translated_too() -> None:
    told = in_both("it cannot be read (its permissions forbid it)")
    assert told.indonesian == "tidak dapat dibaca (izin aksesnya melarang)"


def test_a_reason_that_nobody_knows_is_quoted() -> None:
    assert in_both("zstd is sad").indonesian == 'isinya tidak semestinya ("zstd is sad")'


HOSTILE = "a\x1b]0;owned\x07\r\nb\u202e\x9b2J\udcff{0}{x}"


@pytest.mark.parametrize(
    "error",
    [
        IndexOutdated(Path("index"), HOSTILE, "schema 4"),
        IndexDamaged(Path("index"), HOSTILE, HOSTILE),
        IndexDamaged(Path(HOSTILE), "CURRENT", f"it holds {HOSTILE}, not postings"),
        FileDamaged(HOSTILE, f"it names {HOSTILE}, which no index needs"),
        WartaError(HOSTILE, HOSTILE),
    ],
)
def test_nothing_in_a_message_commands_a_terminal(error: WartaError) -> None:
    for told in (str(error), error.english, error.indonesian):
        assert told.isprintable()
        assert "{0}" in told


def test_nothing_in_a_damage_commands_a_terminal() -> None:
    told = Damage("name", "file", HOSTILE).told
    assert told.english.isprintable()
    assert told.indonesian.isprintable()
