"""``warta queries``: which queries readers ask, which find nothing and which are slow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import click

from index.console import NamedPath, command, json_option, number, print_json
from index.errors import WartaError
from index.light_dataclass import dataclass
from index.settings import setting
from web.one_line import one_line
from web.query_counts import (
    AT_LEAST,
    Asked,
    Counts,
    Rare,
    days_in,
    file_of,
    read_counts,
    together,
    without_rare,
)

_Row = tuple[str, Asked]


class QueryLogMissing(WartaError):
    """There is no folder of counted queries."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder}: there is no query log; serve with --query-log {folder}, and ask something",
            f"{folder}: tidak ada catatan kueri; jalankan warta serve --query-log {folder} dan"
            " tanyakan sesuatu",
        )


@dataclass(frozen=True, slots=True)
class _Period:
    """What was counted since a day; ``unreadable`` are files that do not hold counts, and why."""

    since: date
    days: int
    counts: Counts
    unreadable: tuple[tuple[str, str], ...]


@command("queries")
@click.argument(
    "folder", required=False, type=NamedPath(file_okay=False, path_type=Path), metavar="[FOLDER]"
)
@setting(
    "--query-log",
    type=NamedPath(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Folder catatan kueri milik warta serve. / The folder of the query log of warta serve.",
)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="TANGGAL",
    help="Sejak tanggal ini, alih-alih --days. / Since this day, instead of --days.",
)
@click.option(
    "--days",
    type=click.IntRange(1),
    default=30,
    show_default=True,
    metavar="HARI",
    help="Hari ini dan sekian hari terakhir. / Today and the days before it, so many in all.",
)
@click.option(
    "--at-least",
    type=click.IntRange(1),
    default=AT_LEAST,
    show_default=True,
    metavar="N",
    help="Hanya kueri yang ditanyakan sekian kali. / Only queries that were asked so many times.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    metavar="N",
    help="Kueri tiap tabel. / Queries in each table.",
)
@json_option
def queries(
    *,
    folder: Path | None,
    query_log: Path | None,
    since: datetime | None,
    days: int,
    at_least: int,
    limit: int,
    as_json: bool,
) -> None:
    """Tampilkan kueri populer, tanpa hasil, dan lambat / Show popular, zero-hit and slow queries.

    Dihitung oleh warta serve --query-log: halaman pertama pencarian di laman dan API, tanpa filter
    dan urutan lain, tanpa alamat dan jam. Hitungan adalah banyaknya pertanyaan, bukan orang. Kueri
    yang ditanyakan kurang dari 5 kali sehari dibuang setelah hari itu.

    Counted by warta serve --query-log: first pages of searches in the page and the API, without
    filters and other orders, without addresses and times of day. Counts are of questions, not of
    people. Queries asked less than 5 times in a day are dropped after it.

    \b
    Contoh / Example:
      warta queries /var/lib/warta/queries --days 7
    """
    chosen = folder or query_log
    if chosen is None:
        raise click.UsageError("FOLDER tidak ada / FOLDER is missing")
    from index.dates import WIB

    today = datetime.now(WIB).date()
    first = (
        today - timedelta(days=min(days, today.toordinal()) - 1) if since is None else since.date()
    )
    found = _period(chosen, first)
    counts = without_rare(found.counts, at_least)
    tables = {name: rows(counts)[:limit] for name, rows in _TABLES.items()}
    if as_json:
        print_json(_as_json(found, counts, tables))
    else:
        _print(found, counts, tables, at_least)


def _period(folder: Path, since: date) -> _Period:
    """What was counted since the day. Raises ``QueryLogMissing`` and ``OSError``."""
    try:
        days = [day for day in days_in(folder) if day >= since]
    except (FileNotFoundError, NotADirectoryError):
        raise QueryLogMissing(folder) from None
    read: list[Counts] = []
    unreadable: list[tuple[str, str]] = []
    for day in days:
        path = file_of(folder, day)
        try:
            read.append(read_counts(path))
        except FileNotFoundError:
            continue  # It was long over, and a server removed it just now.
        except ValueError as error:
            unreadable.append((str(path), str(error)))
    return _Period(since, len(read), together(read), tuple(unreadable))


def _popular(counts: Counts) -> list[_Row]:
    return sorted(counts.queries.items(), key=lambda row: (-row[1].asked, row[0]))


def _zero_hit(counts: Counts) -> list[_Row]:
    rows = [row for row in counts.queries.items() if row[1].zero]
    return sorted(rows, key=lambda row: (-row[1].zero, row[0]))


def _slow(counts: Counts) -> list[_Row]:
    return sorted(counts.queries.items(), key=lambda row: (-_mean_ms(row[1]), row[0]))


_TABLES: dict[str, Callable[[Counts], list[_Row]]] = {
    "popular": _popular,
    "zero_hit": _zero_hit,
    "slow": _slow,
}


def _mean_ms(one: Asked) -> float:
    return one.ms / one.asked


def _as_json(found: _Period, counts: Counts, tables: dict[str, list[_Row]]) -> dict[str, object]:
    return {
        "since": found.since.isoformat(),
        "days": found.days,
        "questions": counts.asked,
        "refined": counts.refined,
        "others": counts.others,
        "rare": {"queries": counts.rare.queries, "asked": counts.rare.asked},
        "dropped": {"queries": found.counts.rare.queries, "asked": found.counts.rare.asked},
        **{name: [_row_as_json(row) for row in rows] for name, rows in tables.items()},
        "unreadable": [{"file": file, "reason": reason} for file, reason in found.unreadable],
    }


def _row_as_json(row: _Row) -> dict[str, object]:
    query, one = row
    return {
        "query": query,
        "asked": one.asked,
        "zero": one.zero,
        "nothing": one.nothing,
        "corrected": one.corrected,
        "partial": one.partial,
        "mean_ms": round(_mean_ms(one), 1),
        "slowest_ms": round(one.slowest_ms, 1),
    }


def _print(found: _Period, counts: Counts, tables: dict[str, list[_Row]], at_least: int) -> None:
    click.echo(
        f"sejak / since {found.since} · hari / days {number(found.days)}"
        f" · pertanyaan / questions {number(counts.asked)}"
        f" · lanjutan / refined {number(counts.refined)}"
    )
    _print_table("POPULER / POPULAR", tables["popular"], "kali / times", _times)
    _print_table("TANPA HASIL / ZERO-HIT", tables["zero_hit"], "kali / times", _times_zero)
    _print_table("LAMBAT / SLOW", tables["slow"], "ms (maks / max)", _milliseconds)
    _print_left_out(found.counts.rare, counts, at_least)
    for file, reason in found.unreadable:
        click.echo(f"{file}: tidak terbaca / cannot be read: {one_line(reason)}", err=True)


def _print_left_out(dropped: Rare, counts: Counts, at_least: int) -> None:
    """What is not in the tables, each for its reason; nothing where all is."""
    seldom = Rare(counts.rare.queries - dropped.queries, counts.rare.asked - dropped.asked)
    left_out = [
        f"{number(rare.queries)} kueri / queries, {number(rare.asked)} kali / times: {why}"
        for rare, why in (
            (
                dropped,
                (
                    f"kurang dari {AT_LEAST} kali dalam sehari, dibuang setelah hari itu, dihitung"
                    f" tiap hari / less than {AT_LEAST} times in a day, dropped after it, counted"
                    " each day"
                ),
            ),
            (
                seldom,
                (
                    f"kurang dari {at_least} kali sejak itu (--at-least) / less than {at_least}"
                    " times since then (--at-least)"
                ),
            ),
        )
        if rare.queries
    ]
    if counts.others:
        left_out.append(
            f"{number(counts.others)} kali / times: kueri yang tidak termuat atau terlalu panjang"
            " / queries without room or too long"
        )
    if left_out:
        click.echo("\n  ".join(["\nTidak ditampilkan / Not shown:", *left_out]))


def _print_table(title: str, rows: list[_Row], unit: str, value: Callable[[Asked], str]) -> None:
    click.echo(f"\n{title}  [{unit}]")
    if not rows:
        click.echo("  -")
    for query, one in rows:
        click.echo(f"{value(one):>16}  {one_line(query)}")


def _times(one: Asked) -> str:
    return number(one.asked)


def _times_zero(one: Asked) -> str:
    return number(one.zero)


def _milliseconds(one: Asked) -> str:
    return f"{number(round(_mean_ms(one), 1))} ({number(round(one.slowest_ms, 1))})"
