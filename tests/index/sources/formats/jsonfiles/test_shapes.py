"""JSON as APIs, exports, stores and corpora give it reads as its articles: ``shapes.jsonl``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.index.sources.formats.jsonfiles.dumps import Dump, check, dumps_in


@pytest.mark.parametrize("dump", dumps_in("shapes.jsonl"), ids=lambda dump: dump.name)
def test_the_articles_of_a_dump_are_read(tmp_path: Path, dump: Dump) -> None:
    check(tmp_path, dump)
