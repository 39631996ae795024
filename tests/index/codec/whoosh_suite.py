"""Whoosh's own tests with its codec and with ours.

``python -m tests.index.codec.whoosh_suite DIRECTORY``: the directory holds ``tests`` of Whoosh's
repository at the tag v2.7.4. It prints the tests that pass with Whoosh's codec and not with ours,
and ends with 1 if one of them is not in ``EXPECTED``.

The module is also the pytest plugin that exchanges the codec.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click
import pytest

_ROOT = Path(__file__).parents[3]
_ATTEMPTS = 3

_TOGETHER = "writes postings without documents; ours computes lengths of terms from documents"
EXPECTED: Mapping[str, str] = {
    "test_codecs.py::test_fieldwriter_multiblock": _TOGETHER,
    "test_codecs.py::test_fieldwriter_single_term": _TOGETHER,
    "test_codecs.py::test_fieldwriter_two_terms": _TOGETHER,
    "test_columns.py::test_varbytes_offsets": "reads an attribute of Whoosh's column reader",
}
"""Tests that fail with our codec, and why they may."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--arrays", action="store_true", help="use our codec")
    parser.addoption("--outcomes", type=Path, help="a file for the names of tests that pass")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--arrays"):
        # Before tests are imported: they import the names that are exchanged here.
        import whoosh.codec
        import whoosh.codec.whoosh3
        import whoosh.util.numeric

        from index.codec.codec import ArrayCodec

        def codec(*_: Any, **__: Any) -> ArrayCodec:
            return ArrayCodec()

        whoosh.codec.default_codec = codec
        whoosh.codec.whoosh3.W3Codec = codec
        # Whoosh rounds lengths to what fits a byte; so do its tests, to compare. Ours are exact.
        whoosh.util.numeric.length_to_byte = int
        whoosh.util.numeric.byte_to_length = int
    config.pluginmanager.register(_Outcomes(config.getoption("--outcomes")))


class _Outcomes:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._ran: set[str] = set()
        self._failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self._ran.add(report.nodeid)
        if report.outcome != "passed":
            self._failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        for kind, names in (("ran", self._ran | self._failed), ("failed", self._failed)):
            self._path.with_suffix(f".{kind}").write_text("\n".join(sorted(names)))


def _run(suite: Path, tests: Iterable[str], *options: str) -> tuple[set[str], set[str]]:
    """The tests that ran, and those of them that did not pass."""
    with tempfile.TemporaryDirectory() as directory:
        outcomes = Path(directory) / "outcomes"
        command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider"]
        command += ["-p", __spec__.name, "--rootdir", str(suite), "--outcomes", str(outcomes)]
        # Whoosh keeps files of all indexes in memory under one name in the folder for such files.
        environment = {**os.environ, "TMPDIR": directory, "PYTHONPATH": str(_ROOT)}
        finished = subprocess.run(
            [*command, *options, *tests],
            cwd=suite,
            env=environment,
            check=False,
            stdout=subprocess.PIPE,
            text=True,
        )
        if not outcomes.with_suffix(".ran").exists():
            raise click.ClickException(finished.stdout)
        ran, failed = (
            set(outcomes.with_suffix(f".{kind}").read_text().splitlines())
            for kind in ("ran", "failed")
        )
        return ran, failed


def _run_again(suite: Path, *options: str) -> tuple[set[str], set[str]]:
    """The same, counting as passed what passes in one of several attempts."""
    ran, failed = _run(suite, (), *options)
    for _ in range(_ATTEMPTS - 1):
        if failed:
            _, failed = _run(suite, sorted(failed), *options)
    return ran, failed


@click.command()
@click.argument("suite", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(suite: Path) -> None:
    """Run the tests of Whoosh in SUITE with both codecs and compare."""
    suite = suite.resolve()
    if (suite / "tests").is_dir():
        suite /= "tests"
    ran, theirs = _run_again(suite)
    _, ours = _run_again(suite, "--arrays")
    lost = sorted(ours - theirs)
    click.echo(
        f"{len(ran)} tests; Whoosh's codec passes {len(ran - theirs)}, ours {len(ran - ours)}"
    )
    for name in lost:
        click.echo(f"{name}: {EXPECTED.get(name, 'UNEXPECTED')}")
    for name in sorted(EXPECTED.keys() - ours):
        click.echo(f"{name}: passes, so its exception can go")
    if not set(lost) <= EXPECTED.keys():
        sys.exit(1)


if __name__ == "__main__":
    main()
