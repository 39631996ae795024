"""``warta keys``: make, list and revoke the read keys of a server."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from index.console import NamedPath, command, json_option, print_json
from index.settings import setting
from web.keys import NAME, add_key, read_keys, remove_key
from web.rates import short


def _name(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None and not NAME.fullmatch(value):
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


@command("keys")
@click.argument("action", type=click.Choice(["add", "list", "remove"]))
@click.argument("name", metavar="[NAMA]", required=False, callback=_name)
@setting(
    "--keys",
    "path",
    type=NamedPath(dir_okay=False, path_type=Path),
    metavar="BERKAS",
    help="Berkas kunci. / The file of keys.",
)
@click.option(
    "--limit",
    metavar="N/WAKTU",
    callback=_limit,
    help="Batas kunci baru, bawaan: batas peladen. / The new key's own limit, default: the"
    " server's.",
)
@click.option(
    "--expires",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="TANGGAL",
    help="Hari terakhir kunci baru berlaku (UTC). / The last day on which the new key is good"
    " (UTC).",
)
@json_option
def keys(
    *,
    action: str,
    name: str | None,
    path: Path | None,
    limit: str | None,
    expires: datetime | None,
    as_json: bool,
) -> None:
    """Buat, tampilkan, dan cabut kunci baca API / Make, list and revoke read keys of the API.

    Kunci dicetak sekali saja; yang disimpan hanya hash-nya. Peladen yang berjalan menolak kunci
    yang dicabut dalam hitungan detik.

    A key is printed only once; what is kept is its hash. A running server refuses a revoked key
    within seconds.

    \b
    Contoh / Example:
      warta keys add peneliti --keys kunci.txt --limit 1000/hour --expires 2027-12-31
      warta keys list --keys kunci.txt
      warta keys remove peneliti --keys kunci.txt
    """
    if path is None:
        raise click.UsageError("--keys: sebutkan berkasnya / name the file")
    if name is None and action != "list":
        raise click.UsageError(
            f"{action}: sebutkan NAMA kuncinya / say the key's name (NAMA): warta keys {action}"
            f" redaksi --keys {path}"
        )
    if name is not None and action == "list":
        raise click.UsageError(
            "list: tanpa NAMA, semua kunci ditampilkan / without NAMA, all keys are shown"
        )
    if action != "add" and (limit or expires):
        raise click.UsageError("--limit, --expires: untuk add saja / for add only")
    if name is None:
        _list(path, as_json=as_json)
    elif action == "remove":
        remove_key(path, name)
        _say({"name": name, "removed": True}, f"{name}: dicabut / revoked", as_json=as_json)
    else:
        day = expires.date() if expires else None
        if day and day < datetime.now(UTC).date():
            raise click.UsageError(f"--expires: {day}: sudah lewat / is over")
        if getattr(sys.stdout, "name", None) == os.devnull:  # what was closed is opened as that
            raise click.UsageError(
                "add: keluaran standar ditutup, kuncinya tidak akan terlihat / standard output is"
                " closed, nobody would see the key"
            )
        secret = add_key(path, name, limit, day)
        made = {"name": name, "key": secret, "limit": limit, "expires": day and day.isoformat()}
        try:
            _say(made, secret, as_json=as_json)
        except OSError:
            remove_key(path, name)  # nobody has seen it
            raise
        click.echo(
            "Simpan kunci ini; berkas hanya memuat hash-nya. / Keep this key; the file has only its"
            " hash.",
            err=True,
        )


def _list(path: Path, *, as_json: bool) -> None:
    found = read_keys(path)
    today = datetime.now(UTC).date()
    listed = [
        {
            "name": key.name,
            "limit": key.limit,
            "expires": key.expires.isoformat() if key.expires else None,
            "expired": not key.is_good(today),
        }
        for key in found
    ]
    lines = [
        f"{key.name:<24}  {key.limit or '-':<20}  {key.expires or '-'}"
        + ("" if key.is_good(today) else "  kedaluwarsa / expired")
        for key in found
    ]
    _say({"keys": listed}, "\n".join(lines), as_json=as_json)


def _say(document: object, text: str, *, as_json: bool) -> None:
    if as_json:
        print_json(document)
    elif text:
        click.echo(text)
