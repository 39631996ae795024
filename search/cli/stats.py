"""``warta stats``: what the index holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from index.console import command, index_option, json_option, number, print_json
from index.kernels.state import told
from index.printing import shown

if TYPE_CHECKING:
    from search.response import Statistics


@command("stats")
@index_option
@json_option
def stats(*, index_url: str, as_json: bool) -> None:
    """Tampilkan isi indeks / Show what the index holds.

    \b
    Contoh / Example:
      warta stats --index indeks
    """
    from search.answers import statistics_answer
    from search.engine import open_engine

    found = open_engine(index_url).statistics()
    if as_json:
        print_json(statistics_answer(found))
        return
    rows = statistics_rows(found)
    if found.segments is not None:  # else a cluster answers
        rows.append(("kernel / kernels", told()))
    width = max(len(label) for label, _ in rows)
    for label, value in rows:
        click.echo(f"{label:<{width}}  {value}")
    for facet, values in found.facets.items():
        if values:
            top = ", ".join(f"{shown(value.value)} ({number(value.count)})" for value in values[:8])
            click.echo(f"{facet.value:<{width}}  {top}")


def statistics_rows(found: Statistics) -> list[tuple[str, str]]:
    """Labels and values, without those that the engine does not know."""
    from index.dates import iso_date

    rows = [("artikel / articles", number(found.articles))]
    if found.segments is not None:
        rows.append(("segmen / segments", number(found.segments)))
    if found.terms is not None:
        rows.append(("kata dasar berbeda / distinct stems", number(found.terms)))
    if found.bytes is not None:
        rows.append(("ukuran / size", f"{number(found.bytes / 2**20)} MiB"))
    rows += [
        ("generasi / generation", found.generation),
        ("diterbitkan / published", found.published.isoformat(timespec="seconds")),
        ("versi / version", found.version),
    ]
    if found.oldest is not None and found.newest is not None:
        rows.append(("tanggal / dates", f"{iso_date(found.oldest)} – {iso_date(found.newest)}"))
    if found.command is not None:
        rows.append(("perintah / command", found.command))
    if found.rebuilt is not None:
        rows.append(("dibangun / rebuilt", found.rebuilt.isoformat(timespec="seconds")))
    for label, counts in (
        ("tidak terbaca / skipped", found.skipped),
        ("diperbaiki / repaired", found.repaired),
    ):
        if counts:
            listed = ", ".join(f"{kind} ({number(count)})" for kind, count in counts.items())
            rows.append((label, listed))
    return rows
