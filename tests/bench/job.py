"""What the measures share: their options, the peers and indexes that are meant, and the machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, reduce
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from index.kernels.state import state
from tests.bench import corpora, query
from tests.bench.peers.peer import Peer
from tests.bench.peers.registry import PEERS
from tests.bench.tables import row
from tests.bench.timing import CLOCKS

DATA = Path(__file__).parents[3] / "shared" / "data"


class Commas(click.ParamType[list[Any]]):
    """Several values in one, each of the given type."""

    def __init__(self, each: click.ParamType[Any]) -> None:
        self.name = f"{each.name},..."
        self._each = each

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> list[Any]:
        return [self._each.convert(one, param, ctx) for one in value.split(",")]


data_option = click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="WARTA_DATA",
    default=DATA,
    help="The folder with real articles and gold stems.",
)


def rounds_option(default: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option("--rounds", type=click.IntRange(1), default=default, show_default=True)


def job_options(
    peers: Sequence[Peer], default: str | None = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """What the measures of whole engines share; they become the fields of ``Job``."""
    options = [
        data_option,
        click.option(
            "--articles",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="JSON Lines, also .gz; default: the 27,091 articles.",
        ),
        click.option("--small", is_flag=True, help="1,000 real articles in their place."),
        click.option(
            "--work",
            type=click.Path(file_okay=False, path_type=Path),
            help="Keep indexes here and question those that are here; default: a folder that is"
            " removed.",
        ),
        click.option(
            "--peers",
            "keys",
            type=Commas(click.Choice([peer.key for peer in peers])),
            default=default or ",".join(peer.key for peer in peers),
            show_default=True,
        ),
    ]
    return lambda function: reduce(lambda made, option: option(made), reversed(options), function)


clock_option = click.option(
    "--clock",
    type=click.Choice(list(CLOCKS)),
    default="wall",
    show_default=True,
    help="thread: of the processor, for a machine that has other things to do.",
)


def question_options(function: Callable[..., None]) -> Callable[..., None]:
    limit = click.option(
        "--queries", "limit", type=click.IntRange(1), help="Only the first so many questions."
    )
    threads = click.option(
        "--threads", type=click.IntRange(1), default=1, show_default=True, help="To build with."
    )
    return limit(threads(function))


@dataclass(frozen=True)
class Job:
    """What is measured on what, and where the indexes are."""

    data: Path
    articles: Path | None
    small: bool
    work: Path | None
    keys: list[str]

    @cached_property
    def path(self) -> Path:
        return self.articles or corpora.articles_path(self.data, small=self.small)

    @cached_property
    def peers(self) -> list[Peer]:
        """Those that can take part here."""
        return [PEERS[key] for key in self.keys if PEERS[key].absent() is None]

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """Where indexes are made."""
        if self.work is None:
            with TemporaryDirectory(prefix="warta-bench-") as folder:
                yield Path(folder)
        else:
            self.work.mkdir(parents=True, exist_ok=True)
            yield self.work

    @contextmanager
    def indexes(self, threads: int) -> Iterator[dict[str, Path]]:
        """The index of each peer, made where there is none yet."""
        with self.folder() as folder:
            yield query.indexes(self.peers, self.path, folder, threads)

    def say_absent(self) -> None:
        """One more row of the table for each that cannot take part."""
        for key in self.keys:
            reason = PEERS[key].absent()
            if reason is not None:
                click.echo(row(PEERS[key].name, f"absent: {reason}"))


def machine() -> str:
    """Its cores, and which road is measured: ``WARTA_KERNELS=off`` measures the one without."""
    return f"{len(os.sched_getaffinity(0))} cores, kernels {state().value}"


def load() -> str:
    """How many processes wanted a core, on average of the last minute."""
    return f"{os.getloadavg()[0]:.1f}"
