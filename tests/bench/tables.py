"""The cells of tables."""

from __future__ import annotations


def table_head(first: str, *others: str) -> list[str]:
    """The two lines above the rows: names to the left, figures to the right."""
    return [row(first, *others), row("---", *["---:"] * len(others))]


def row(*cells: str) -> str:
    """One line."""
    return f"| {' | '.join(cells)} |"


def ratio(base: float | None, value: float) -> str:
    """How many times faster than the base; nothing without one."""
    return "–" if base is None else f"{base / value:.2f} ×"


def part(base: float | None, value: float) -> str:
    """How many times as much as the base; nothing without one."""
    return "–" if base is None else f"{value / base:.2f}"


def size(number: int) -> str:
    """Bytes in MiB."""
    return f"{number / (1 << 20):,.1f}"


def milliseconds(value: float) -> str:
    """A time with the digits that count."""
    return f"{value:.3f}"
