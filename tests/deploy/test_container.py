"""What asks in a container whether the server is ready: it asks where the server listens."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.nodes import closed_port

CONTAINER = (ROOT / "deploy" / "Containerfile").read_text("utf-8")
COMPOSE = (ROOT / "deploy" / "compose.yaml").read_text("utf-8")


def of_the_image() -> str:
    (found,) = re.findall(r"(?m)^HEALTHCHECK .*\\\n    CMD (\[.*\])$", CONTAINER)
    program, option, code = json.loads(found)
    assert (program, option) == ("python3", "-c")
    return str(code)


def of_the_compose_file() -> str:
    (found,) = re.findall(r"(?m)^        - -c\n        - >-\n((?:          .*\n)+)", COMPOSE)
    return " ".join(found.split())


CHECKS = {"image": of_the_image(), "compose file": of_the_compose_file()}


def healthy(check: str, port: str) -> bool:
    done = subprocess.run(
        [sys.executable, "-c", check],
        env={**os.environ, "WARTA_PORT": port},
        stderr=subprocess.DEVNULL,
        check=False,
        timeout=60,
    )
    return done.returncode == 0


@contextmanager
def served(index: Path, folder: Path, port: str) -> Iterator[None]:
    """A server at the port, told of it as a container's is."""
    process = subprocess.Popen(
        [sys.executable, "-m", "web.cli", "serve", "--workers", "1"],
        cwd=ROOT,
        env={
            **os.environ,
            "TMPDIR": str(folder),
            "WARTA_INDEX": str(index),
            "WARTA_HOST": "0.0.0.0",
            "WARTA_PORT": port,
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        assert port in process.stderr.readline()
        yield
    finally:
        process.terminate()
        process.communicate(timeout=60)


def test_the_checks_find_the_server_at_the_port_that_it_was_told(
    sample_index: Path, tmp_path: Path
) -> None:
    port = closed_port().rpartition(":")[2]
    with served(sample_index, tmp_path, port):
        assert {name: healthy(check, port) for name, check in CHECKS.items()} == dict.fromkeys(
            CHECKS, True
        )


@pytest.mark.parametrize("index", ["missing", None])
def test_the_checks_fail_where_nothing_can_answer(tmp_path: Path, index: str | None) -> None:
    port = closed_port().rpartition(":")[2]
    if index is None:
        assert not any(healthy(check, port) for check in CHECKS.values())
        return
    with served(tmp_path / index, tmp_path, port):
        assert not any(healthy(check, port) for check in CHECKS.values())


def test_the_image_has_the_port_that_the_checks_read() -> None:
    assert re.search(r"(?m)\bWARTA_PORT=8000$", CONTAINER)
    assert "EXPOSE 8000\n" in CONTAINER
    assert '"127.0.0.1:8000:8000"' in COMPOSE


def test_the_image_is_built_with_all_that_compiles_kernels() -> None:
    build, _, served = CONTAINER.partition("\nFROM ")[2].partition("\nFROM ")
    assert re.search(r"(?m)^COPY .*\bsetup\.py\b", build)
    assert re.search(r"\bapt-get install .*\bgcc\b", build)
    assert "gcc" not in served


def test_what_comes_from_the_machine_is_labelled_for_the_container() -> None:
    """Named volumes are labelled by the engine itself."""
    mounts = re.findall(r"(?m)^      - (\S+:/\S+)$", COMPOSE)
    assert mounts
    for one in mounts:
        assert one.startswith("index:") or one.endswith((",z", ":z")), one
