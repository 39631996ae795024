"""``python -m tests.bench WHAT``: measure and print a table."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tests.bench import analysis, stems

DATA = Path(__file__).parents[3] / "shared" / "data"


_data_option = click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="WARTA_DATA",
    default=DATA,
    help="The folder with real articles and gold stems.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Measure Warta beside its peers."""


@main.command("analysis")
@_data_option
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True)
def measure_analysis(data: Path, rounds: int) -> None:
    """Texts to arrays of term ids on one core, beside bare scans for words."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    click.echo(analysis.table(analysis.measure(analysis.bodies(data), rounds)))


@main.command("stems")
@_data_option
def measure_stems(data: Path) -> None:
    """Stemmers against gold lemmas. The output is kept in tests/bench/stems.md."""
    click.echo(stems.table(stems.measure(stems.gold(data))))


main()
