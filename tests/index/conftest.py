"""A small index that a test may change."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build import LocalTarget
from index.target import BuildOptions
from tests.conftest import ARCHIVE


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Of the first three articles; tests with others have a fixture of their own."""
    path = tmp_path / "index"
    LocalTarget(path).rebuild(ARCHIVE[:3], BuildOptions())
    return path


def current(index: Path) -> Path:
    """The directory of the generation in use."""
    return index / "generations" / (index / "CURRENT").read_text().strip()
