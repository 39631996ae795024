"""Kernels and NumPy give the same answers, to the last bit, for the same work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from index.kernels import missing
from tests.search.local.archives import write_archive
from tests.search.local.roads import answers, archive


@pytest.mark.skipif(bool(missing()), reason="the kernels are not in use")
def test_answers_are_the_same_without_kernels(tmp_path: Path) -> None:
    articles = archive(160, seed=16)
    write_archive(tmp_path, [articles[:90], articles[90:91], articles[91:]], {3, 77, 100})
    asked = subprocess.run(
        [sys.executable, "-m", "tests.search.local.roads", str(tmp_path)],
        env={**os.environ, "WARTA_KERNELS": "off"},
        stdout=subprocess.PIPE,
        check=True,
    )
    without = orjson.loads(asked.stdout)
    compiled = orjson.loads(orjson.dumps(answers(tmp_path)))
    assert len(compiled) == len(without) > 0
    for one, other in zip(compiled, without, strict=True):
        assert one == other
    assert any(answer["partial"] for _, _, answer, _ in compiled)
