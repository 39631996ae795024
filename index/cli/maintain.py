"""The commands that change or check an index without reading articles."""

from __future__ import annotations

import click

from index.bilingual import Text
from index.cli.options import wait_option
from index.console import command, index_option, json_option, number, print_json
from index.errors import FlushFailed, PruneFailed
from index.printing import shown
from index.target import BuildOptions, Damage, GenerationFacts, Published, open_target

_DAY = "%Y-%m-%d %H:%M:%S"


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
    try:
        published = open_target(index_url).delete(ids, BuildOptions(wait=wait))
    except FlushFailed as error:
        if error.published is not None:
            _print_deleted(error.published, as_json=as_json, flushed=False)
        raise
    _print_deleted(published, as_json=as_json)
    if published.unknown and not published.deleted:
        raise SystemExit(1)


def _print_deleted(published: Published, *, as_json: bool, flushed: bool = True) -> None:
    if as_json:
        print_json(
            {
                "generation": published.generation,
                "articles": published.articles,
                "deleted": published.deleted,
                "unknown": list(published.unknown),
                **({} if flushed else {"flushed": False}),
            }
        )
        return
    click.echo(f"{number(published.deleted)} artikel dihapus / articles deleted")
    for missing in published.unknown:
        click.echo(f"tidak ada / not there: {missing}", err=True)


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
        print_json({"damaged": [_damage_as_json(one) for one in damages]})
    else:
        for one in damages:
            click.echo(_damage_line(one))
        click.echo("rusak / damaged" if damages else "utuh / intact")
    if damages:
        raise SystemExit(1)


def _damage_as_json(one: Damage) -> dict[str, object]:
    return {"generation": one.generation, "file": one.file, "reason": _in_both(one.told)}


def _damage_line(one: Damage) -> str:
    place = "/".join(filter(None, (one.generation, one.file)))
    return f"{shown(place)}: {_in_both(one.told)}"


def _in_both(told: Text) -> str:
    return f"{told.indonesian} / {told.english}"


@command("generations")
@index_option
@json_option
def generations(*, index_url: str, as_json: bool) -> None:
    """Tampilkan generasi yang ada / List the generations that are there, the oldest first.

    Semua berkasnya dibaca untuk mengetahui mana yang utuh.

    All their files are read to tell which are intact.

    \b
    Contoh / Example:
      warta generations --index indeks
    """
    found = open_target(index_url).generations()
    if as_json:
        print_json({"generations": [_as_json(one) for one in found]})
        return
    for one in found:
        click.echo("  ".join(_columns(one)))


def _as_json(one: GenerationFacts) -> dict[str, object]:
    return {
        "generation": one.name,
        "published": None if one.published is None else one.published.isoformat(),
        "articles": one.articles,
        "bytes": one.bytes,
        "in_use": one.in_use,
        "intact": one.intact,
        "reason": None if one.reason is None else _in_both(one.reason),
        "version": one.version,
    }


def _columns(one: GenerationFacts) -> tuple[str, ...]:
    from index.dates import WIB

    unknown = "?"
    day = unknown
    if one.published is not None:
        try:
            day = f"{one.published.astimezone(WIB):{_DAY}} WIB"
        except OverflowError:  # Clocks of machines can be anywhere: the end of the year 9999.
            day = f"{one.published:{_DAY}} UTC"
    articles = unknown if one.articles is None else number(one.articles)
    size = unknown if one.bytes is None else number(one.bytes / 2**20)
    return (
        one.name,
        f"{day:<23}",
        f"{articles:>9} artikel / articles",
        f"{size:>8} MiB",
        f"{'dipakai / in use' if one.in_use else '':<16}",
        "utuh / intact"
        if one.damage is None
        else f"tidak dapat dipakai / unusable: {shown(one.damage.file)}: "
        f"{_in_both(one.damage.told)}",
    )


@command("rollback")
@click.argument("name", required=False, metavar="[GENERASI]")
@index_option
@json_option
def rollback(*, name: str | None, index_url: str, as_json: bool) -> None:
    """Kembali ke generasi sebelumnya / Go back to the generation before.

    Tanpa nama, dipakailah generasi utuh terdekat sebelum yang sekarang; yang rusak dilewati. Nama
    ditampilkan oleh "warta generations".

    Without a name, the nearest intact generation before the present one is put to use; damaged ones
    are skipped. "warta generations" lists the names.

    \b
    Contoh / Example:
      warta rollback --index indeks
    """
    try:
        done = open_target(index_url).rollback(name)
    except FlushFailed as error:
        if as_json:
            print_json({"generation": error.generation, "flushed": False})
        raise
    if as_json:
        skipped = [_damage_as_json(one) for one in done.skipped]
        print_json({"generation": done.generation, "left": done.left, "skipped": skipped})
        return
    for one in done.skipped:
        click.echo(f"dilewati / skipped: {_damage_line(one)}", err=True)
    click.echo(f"generasi yang dipakai / generation in use: {done.generation}")


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

    Yang dipakai dan yang sedang dibaca selalu tinggal, dan dengan --keep 2 atau lebih juga tujuan
    "warta rollback".

    What is in use and what is being read always stays, and with --keep 2 or more also the one that
    "warta rollback" would go to.

    \b
    Contoh / Example:
      warta prune --keep 2 --index indeks
    """
    try:
        done = open_target(index_url).prune(keep)
    except PruneFailed as error:
        if as_json:
            print_json({"removed": list(error.removed), "left": list(error.left)})
        raise
    if as_json:
        kept = [{"generation": one.generation, "why": list(one.why)} for one in done.kept]
        print_json({"removed": list(done.removed), "kept": kept})
    else:
        click.echo(f"{len(done.removed)} generasi dibuang / generations dropped")
