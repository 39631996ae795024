"""The units of systemd: what systemd itself says of them."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.conftest import ROOT
from web.cli import main

DEPLOY = ROOT / "deploy"
SERVICES = ("warta.service", "warta-rebuild.service")
UNITS = (*SERVICES, "warta-rebuild.timer")
MOST_EXPOSED = 2.0
"""Of 10; systemd calls up to 2.4 "OK", a service without any hardening has 9.6."""


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units as on a machine on which the command is where they say."""
    if shutil.which("systemd-analyze") is None:
        reason = "systemd-analyze is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    for name in UNITS:
        text = (DEPLOY / name).read_text("utf-8")
        text = re.sub(r"(?m)^ExecStart=\S+", f"ExecStart={sys.executable}", text)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", *arguments], capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_is_valid(units: Path, name: str) -> None:
    done = analyze("verify", "--man=no", units / name)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_hardened(units: Path, name: str) -> None:
    overall = analyze("security", "--offline=true", units / name).stdout
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", overall)
    assert found, overall
    assert float(found[1]) <= MOST_EXPOSED


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_runs_a_command_that_there_is(name: str) -> None:
    (line,) = re.findall(r"(?m)^ExecStart=(.*)$", (DEPLOY / name).read_text("utf-8"))
    program, *arguments = shlex.split(line)
    assert program.endswith("/warta")
    option, _, name, *rest = arguments
    assert option == "--config"
    context = click.Context(main, info_name="warta")
    command = main.get_command(context, name)
    assert command is not None
    parsed = command.make_context(name, rest, parent=context)
    assert parsed.args == []


def test_the_example_of_settings_is_allowed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "web.cli", "--config", DEPLOY / "warta.toml", "config", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    set_there = [one for one in json.loads(done.stdout)["settings"] if one["source"] == "file"]
    assert {one["setting"] for one in set_there} >= {"index", "uds", "trusted-proxy", "rate-limit"}
