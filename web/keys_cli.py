"""``warta keys``: make, list and revoke the read keys of a server."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from index.console import Command, json_option, print_json
from web.keys import NAME, add_key, read_keys, remove_key
from web.rates import short

_file = click.option(
    "--keys",
    "path",
    required=True,
    envvar="WARTA_KEYS",
    show_envvar=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="BERKAS",
    help="Berkas kunci. / The file of keys.",
)


def _name(_: click.Context, __: click.Parameter, value: str) -> str:
    if not NAME.fullmatch(value):
        raise click.BadParameter(
            f"{value}: huruf, angka, dan . _ @ - saja, paling banyak 64 / letters, digits and"
            " . _ @ - only, at most 64"
        )
    return value


def _limit(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    try:
        return None if value is None else short(value)
    except ValueError:
        raise click.BadParameter(
            f"{value}: tulis banyaknya dan waktunya / write how many in what time: 1000/hour"
        ) from None


@click.group("keys")
def keys() -> None:
    """Kunci baca untuk API / Read keys for the API.

    \b
    Contoh / Example:
      warta keys add peneliti --keys kunci.txt --limit 1000/hour
      warta serve --keys kunci.txt --rate-limit 120/minute
    """


@keys.command("add", cls=Command)
@click.argument("name", metavar="NAMA", callback=_name)
@_file
@click.option(
    "--limit",
    metavar="N/WAKTU",
    callback=_limit,
    help="Batas kunci ini, bawaan: batas peladen. / Its own limit, default: the server's.",
)
@click.option(
    "--expires",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="TANGGAL",
    help="Hari terakhir kunci berlaku (UTC). / The last day on which it is good (UTC).",
)
@json_option
def add(
    *, name: str, path: Path, limit: str | None, expires: datetime | None, as_json: bool
) -> None:
    """Buat kunci dan cetak sekali ini saja / Make a key and print it, only this once."""
    day = expires.date() if expires else None
    if day and day < datetime.now(UTC).date():
        raise click.BadParameter(f"{day}: sudah lewat / is over", param_hint="--expires")
    secret = add_key(path, name, limit, day)
    if as_json:
        print_json(
            {
                "name": name,
                "key": secret,
                "limit": limit,
                "expires": day.isoformat() if day else None,
            }
        )
        return
    click.echo(secret)
    click.echo(
        "Simpan kunci ini; yang tersimpan di berkas hanya sidiknya. / Keep this key; the file has"
        " only its hash.",
        err=True,
    )


@keys.command("list", cls=Command)
@_file
@json_option
def show(*, path: Path, as_json: bool) -> None:
    """Daftar nama, batas, dan masa berlaku / List names, limits and last days."""
    found = read_keys(path)
    today = datetime.now(UTC).date()
    if as_json:
        print_json(
            {
                "keys": [
                    {
                        "name": key.name,
                        "limit": key.limit,
                        "expires": key.expires.isoformat() if key.expires else None,
                        "expired": not key.is_good(today),
                    }
                    for key in found
                ]
            }
        )
        return
    for key in found:
        until = key.expires.isoformat() if key.expires else "-"
        late = "" if key.is_good(today) else "  kedaluwarsa / expired"
        click.echo(f"{key.name:<24}  {key.limit or '-':<20}  {until}{late}")


@keys.command("remove", cls=Command)
@click.argument("name", metavar="NAMA")
@_file
def remove(*, name: str, path: Path) -> None:
    """Cabut kunci; peladen yang berjalan menolaknya dalam hitungan detik / Revoke a key.

    A running server refuses it within seconds.
    """
    remove_key(path, name)
    click.echo(f"{name}: dicabut / revoked")
