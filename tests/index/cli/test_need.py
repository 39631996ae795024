"""``rebuild --if-needed`` says why it builds, or that it need not."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from index.manifest import MANIFEST, from_bytes, to_bytes
from web.cli import main


def run(*arguments: str | Path, stdin: str | None = None) -> Any:
    return CliRunner().invoke(main, [str(one) for one in arguments], input=stdin)


def answer(*arguments: str | Path) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.jsonl"
    lines = [{"id": f"x{n}", "title": f"Beras {n}", "body": "Harga naik."} for n in range(3)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


@pytest.fixture
def index(tmp_path: Path, source: Path) -> Path:
    answer("rebuild", source, "--index", tmp_path / "index")
    return tmp_path / "index"


def used(index: Path) -> Path:
    return index / "generations" / (index / "CURRENT").read_text().strip()


def _of_version(version: str) -> Callable[[Path], None]:
    def change(index: Path) -> None:
        file = used(index) / MANIFEST
        manifest = replace(from_bytes(file.read_bytes()), version=version)
        file.write_bytes(to_bytes(manifest))

    return change


def _without(pattern: str) -> Callable[[Path], None]:
    return lambda index: next(index.rglob(pattern)).unlink()


def _cut(index: Path) -> None:
    file = next(used(index).glob("*.inv"))
    os.truncate(file, 100)


def _garbage(index: Path) -> None:
    (index / "CURRENT").write_text("garbage")


def _fifo(index: Path) -> None:
    (index / "CURRENT").unlink()
    os.mkfifo(index / "CURRENT")


def _source_grows(index: Path) -> None:
    with (index.parent / "source.jsonl").open("a") as stream:
        stream.write('{"id": "y", "title": "Baru", "body": "Isi."}\n')


def _nothing(_: Path) -> None: ...


@pytest.mark.parametrize(
    ("happens", "because"),
    [
        pytest.param(_of_version("schema 0, analyzer x"), "outdated", id="an older version"),
        pytest.param(_of_version("schema 99, analyzer x"), "outdated", id="a newer version"),
        pytest.param(_without("*.inv"), "damaged", id="a file is gone"),
        pytest.param(_cut, "damaged", id="a file is cut"),
        pytest.param(_without(MANIFEST), "damaged", id="the manifest is gone"),
        pytest.param(_garbage, "damaged", id="CURRENT is garbage"),
        pytest.param(_without("CURRENT"), "missing", id="CURRENT is gone"),
        pytest.param(_source_grows, "changed", id="a source has grown"),
    ],
)
def test_it_is_rebuilt_and_the_reason_said(
    index: Path, source: Path, happens: Callable[[Path], None], because: str
) -> None:
    happens(index)
    facts = answer("rebuild", source, "--index", index, "--if-needed")
    assert facts["because"] == because
    indonesian, english = facts["reason"].split(" / ", 1)
    assert indonesian
    assert indonesian != english
    assert answer("rebuild", source, "--index", index, "--if-needed")["unchanged"] is True


def test_what_stands_in_place_of_current_does_not_hang_it(index: Path, source: Path) -> None:
    _fifo(index)
    assert run("rebuild", source, "--index", index, "--if-needed").exit_code in {0, 1}


def test_where_there_is_no_index_it_is_built(tmp_path: Path, source: Path) -> None:
    facts = answer("rebuild", source, "--index", tmp_path / "new", "--if-needed")
    assert (facts["because"], facts["articles"]) == ("missing", 3)


def test_other_words_or_another_stemmer_are_a_reason(index: Path, source: Path) -> None:
    facts = answer("rebuild", source, "--index", index, "--if-needed", "--stemmer", "snowball")
    assert facts["because"] == "changed"


def test_what_cannot_be_compared_is_built_and_so_said(index: Path) -> None:
    line = '{"id": "z", "title": "Baru", "body": "Isi."}\n'
    result = run("rebuild", "-", "--index", index, "--if-needed", "--json", stdin=line)
    assert json.loads(result.stdout)["because"] == "unknown"


def test_people_are_told_as_well(tmp_path: Path, source: Path) -> None:
    result = run("rebuild", source, "--index", tmp_path / "new", "--if-needed")
    assert "dibangun karena / built because: belum ada indeks / there is no" in result.stdout


def test_from_the_index_only_another_version_is_a_reason(index: Path, source: Path) -> None:
    again = ("rebuild", "--from-index", "--if-needed", "--index", index)
    source.unlink()
    assert answer(*again)["unchanged"] is True
    _of_version("schema 0, analyzer x")(index)
    facts = answer(*again)
    assert (facts["because"], facts["articles"]) == ("outdated", 3)


def test_only_one_condition_is_given(index: Path, source: Path) -> None:
    result = run("rebuild", source, "--index", index, "--if-needed", "--if-changed")
    assert result.exit_code == 2
