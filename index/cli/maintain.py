"""The commands that change or check an index without reading articles."""

from __future__ import annotations

import click

from index.cli.options import wait_option
from index.console import command, index_option, json_option, number, print_json
from index.target import BuildOptions, GenerationFacts, open_target


@command("delete")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@index_option
@wait_option
@json_option
def delete(*, ids: tuple[str, ...], index_url: str, wait: bool, as_json: bool) -> None:
    """Hapus artikel menurut id / Remove articles by id.

    \b
    Contoh / Example:
      warta delete n000001 https://example.com/berita --index indeks
    """
    published = open_target(index_url).delete(ids, BuildOptions(wait=wait))
    if as_json:
        print_json(
            {
                "generation": published.generation,
                "articles": published.articles,
                "deleted": published.deleted,
                "unknown": list(published.unknown),
            }
        )
    else:
        click.echo(f"{number(published.deleted)} artikel dihapus / articles deleted")
        for missing in published.unknown:
            click.echo(f"tidak ada / not there: {missing}", err=True)
    if published.unknown and not published.deleted:
        raise SystemExit(1)


@command("verify")
@index_option
@json_option
def verify(*, index_url: str, as_json: bool) -> None:
    """Periksa semua checksum / Check every file against its checksum.

    \b
    Contoh / Example:
      warta verify --index indeks
    """
    damages = open_target(index_url).verify()
    if as_json:
        print_json(
            {
                "damaged": [
                    {"generation": one.generation, "file": one.file, "reason": one.reason}
                    for one in damages
                ]
            }
        )
    else:
        for one in damages:
            click.echo(f"{one.generation}/{one.file}: {one.reason}")
        click.echo("rusak / damaged" if damages else "utuh / intact")
    if damages:
        raise SystemExit(1)


@command("generations")
@index_option
@json_option
def generations(*, index_url: str, as_json: bool) -> None:
    """Tampilkan generasi yang ada / List the generations that are there, the oldest first.

    \b
    Contoh / Example:
      warta generations --index indeks
    """
    found = open_target(index_url).generations()
    if as_json:
        print_json(
            {
                "generations": [
                    {
                        "generation": one.name,
                        "published": one.published.isoformat(),
                        "articles": one.articles,
                        "bytes": one.bytes,
                        "in_use": one.in_use,
                    }
                    for one in found
                ]
            }
        )
        return
    for one in found:
        click.echo("  ".join(_columns(one)).rstrip())


def _columns(one: GenerationFacts) -> tuple[str, ...]:
    from index.dates import WIB

    return (
        one.name,
        f"{one.published.astimezone(WIB):%Y-%m-%d %H:%M:%S} WIB",
        f"{number(one.articles):>9} artikel / articles",
        f"{number(one.bytes / 2**20):>8} MiB",
        "dipakai / in use" if one.in_use else "",
    )


@command("rollback")
@index_option
@json_option
def rollback(*, index_url: str, as_json: bool) -> None:
    """Kembali satu generasi / Go back one generation.

    \b
    Contoh / Example:
      warta rollback --index indeks
    """
    name = open_target(index_url).rollback()
    if as_json:
        print_json({"generation": name})
    else:
        click.echo(f"generasi yang dipakai / generation in use: {name}")


@command("prune")
@index_option
@click.option(
    "--keep",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Banyaknya generasi yang disimpan. / How many generations to keep.",
)
@json_option
def prune(*, index_url: str, keep: int, as_json: bool) -> None:
    """Buang generasi lama / Drop old generations.

    \b
    Contoh / Example:
      warta prune --keep 2 --index indeks
    """
    removed = open_target(index_url).prune(keep)
    if as_json:
        print_json({"removed": removed})
    else:
        click.echo(f"{len(removed)} generasi dibuang / generations dropped")
