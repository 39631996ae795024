"""Commands and the web know neither the embedded engine nor the local store."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

INSIDES = ("index.build", "index.generation", "index.store", "index.words_file", "search.local")
OPENERS = {"index/target.py": "index.build", "search/engine.py": "search.local"}
"""The modules that open an index, and what each may know."""


def imported(file: Path) -> Iterator[str]:
    """The modules that a file names in its imports, wherever they stand."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def inside(module: str) -> bool:
    return any(module == one or module.startswith(f"{one}.") for one in INSIDES)


def outsiders() -> list[str]:
    """The files that every engine shares."""
    files = [ROOT / "index" / "target.py", ROOT / "index" / "console.py"]
    files += (ROOT / "index" / "cli").rglob("*.py")
    files += (ROOT / "web").rglob("*.py")
    files += (
        file
        for file in (ROOT / "search").rglob("*.py")
        if file.relative_to(ROOT).parts[1] not in {"local", "opensearch"}
    )
    return sorted(str(file.relative_to(ROOT)) for file in files)


@pytest.mark.parametrize("file", outsiders())
def test_only_who_opens_an_index_knows_which_kind_it_is(file: str) -> None:
    known = {module for module in imported(ROOT / file) if inside(module)}
    allowed = OPENERS.get(file, "no module")
    assert {one for one in known if not f"{one}.".startswith(f"{allowed}.")} == set()
