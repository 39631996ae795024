"""What a test measured, written where whoever runs it sees it, whether or not it passes."""

from __future__ import annotations

import pytest


def report(request: pytest.FixtureRequest, line: str) -> None:
    """Write a line between the tests' own."""
    plugins = request.config.pluginmanager
    reporter, capturing = (
        plugins.get_plugin("terminalreporter"),
        plugins.get_plugin("capturemanager"),
    )
    if reporter is not None and capturing is not None:
        with capturing.global_and_fixture_disabled():
            reporter.write_line(f"\n{line}")
