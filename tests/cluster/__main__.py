"""``python -m tests.cluster``: three nodes until Ctrl-C or SIGTERM, for work by hand.

Prints what to put into ``WARTA_CLUSTER``, so that tests use these nodes instead of their own.
"""

from __future__ import annotations

import signal
import time
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

import click

from tests.cluster.java import Missing
from tests.cluster.nodes import Cluster, NotUp, scratch


def _ended(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@click.command()
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder for the nodes' data and logs, kept and used again. Default: a temporary one.",
)
def main(*, data: Path | None) -> None:
    """Start three nodes of OpenSearch on the loopback and print their addresses."""
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell ignores the former in the background
        signal.signal(number, _ended)
    began = time.monotonic()
    try:
        with ExitStack() as stack:
            folder = data or stack.enter_context(scratch())
            cluster = stack.enter_context(Cluster.started(folder))
            click.echo(f"green after {time.monotonic() - began:.0f} s; logs in {folder}/*/logs")
            for node in cluster.nodes:
                click.echo(f"{node.name}  http://{node.host}")
            click.echo(f"WARTA_CLUSTER={','.join(cluster.hosts)}")
            signal.pause()
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
    except (Missing, NotUp) as error:
        raise click.ClickException(str(error)) from None


if __name__ == "__main__":
    main()
