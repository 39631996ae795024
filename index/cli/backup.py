"""The commands that copy an index away and put a copy back: backup and restore."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO, TextIO

import click

from index.cli.options import wait_option
from index.console import command, index_option, json_option, number, print_json, progress_bar
from index.errors import BackupFailed, FlushFailed, NotOnACluster
from index.location import Directory, locate


@command("backup")
@click.argument("place", metavar="DIR|-", type=click.Path(allow_dash=True, readable=False))
@index_option
@json_option
def backup(*, place: str, index_url: str, as_json: bool) -> None:
    """Buat cadangan indeks / Make a backup of the index.

    DIR menjadi indeks yang lengkap: tautan keras (hard link) bila satu sistem berkas, salinan bila
    tidak. Cadangan berikutnya ke DIR yang sama hanya menambah yang baru; tiga yang terakhir
    disimpan. "-" menulis aliran tar ke keluaran standar.

    DIR becomes a complete index: hard links where it is on the same file system, copies elsewhere.
    The next backup to the same DIR adds what is new; the last three stay. "-" writes a tar stream
    to standard output.

    \b
    Contoh / Example:
      warta backup /cadangan/indeks --index indeks
      warta backup - --index indeks | zstd > indeks.tar.zst
    """
    path = _directory(index_url, "backup")
    if place == "":  # As of a shell's variable that is not set; not the working directory.
        raise click.UsageError("DIR kosong / DIR is empty")
    from index.backup import back_up, write_stream

    with progress_bar("MiB") as step:
        if place == "-":
            stream = _binary(sys.stdout)
            if stream is None:
                raise click.UsageError(
                    "aliran tar hanya ditulis ke pipa atau berkas; pakai | atau > / "
                    "a tar stream is written to a pipe or a file only; use | or >"
                )
            try:
                made = write_stream(path, stream, step)
            except BackupFailed:
                # Python flushes what is left at its end, and fails again with a status of its own.
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
                raise
        else:
            made = back_up(path, Path(place), step)
    facts = {
        "generation": made.generation,
        "articles": made.articles,
        "bytes": made.bytes,
        "linked": made.linked,
        "copied": made.copied,
        "kept": made.kept,
        "removed": list(made.removed),
    }
    is_stream = place == "-"
    if as_json:
        print_json(facts, to_stderr=is_stream)
    else:
        click.echo(
            f"{number(made.articles)} artikel / articles · {number(made.bytes / 2**20)} MiB"
            f" · tautan / linked {number(made.linked)} · salinan / copied {number(made.copied)}"
            f" · sudah ada / already there {number(made.kept)} · {made.generation}",
            err=is_stream,
        )


@command("restore")
@click.argument("source", metavar="SUMBER", type=click.Path(exists=True, allow_dash=True))
@index_option
@wait_option
@json_option
def restore(*, source: str, index_url: str, wait: bool, as_json: bool) -> None:
    """Pulihkan indeks dari cadangan / Put a backup of an index to use.

    SUMBER adalah direktori cadangan, berkas tar, atau "-" untuk aliran tar dari masukan standar.
    Semuanya diperiksa dahulu, lalu terbit sekaligus sebagai generasi baru; yang lama tetap ada
    untuk warta rollback.

    SOURCE is the directory of a backup, a tar file, or "-" for a tar stream on standard input.
    All of it is verified first, and then published in one step as a new generation; the old one
    stays, for warta rollback.

    \b
    Contoh / Example:
      warta restore /cadangan/indeks --index indeks
      zstd -dc indeks.tar.zst | warta restore - --index indeks
    """
    path = _directory(index_url, "restore")
    from index.backup import restore as put_back

    given = _binary(sys.stdin) if source == "-" else Path(source)
    if given is None:
        raise click.UsageError(
            "aliran tar hanya dibaca dari pipa atau berkas; pakai | atau < / "
            "a tar stream is read from a pipe or a file only; use | or <"
        )
    try:
        with progress_bar("MiB") as step:
            restored = put_back(given, path, wait=wait, progress=step)
    except FlushFailed as error:  # It is in use all the same.
        if as_json and error.published is not None:
            done = error.published
            print_json({"generation": done.generation, "articles": done.articles, "flushed": False})
        raise
    if as_json:
        print_json(
            {
                "generation": restored.generation,
                "restored": restored.source,
                "articles": restored.articles,
                "bytes": restored.bytes,
            }
        )
    else:
        click.echo(
            f"dipulihkan / restored {restored.source} · {number(restored.articles)} artikel / "
            f"articles · {number(restored.bytes / 2**20)} MiB · {restored.generation}"
        )


def _binary(stream: TextIO) -> BinaryIO | None:
    """The bytes of a standard stream; None where it is a terminal, or closed."""
    found: BinaryIO | None = getattr(stream, "buffer", None)
    # One that was closed has been opened as the empty device, under the device's own name.
    if found is None or found.isatty() or getattr(found, "name", None) == os.devnull:
        return None
    return found


def _directory(index_url: str, command_name: str) -> Path:
    """The directory of an index. Raises ``NotOnACluster``."""
    place = locate(index_url)
    if isinstance(place, Directory):
        return place.path
    raise NotOnACluster(place.url, command_name)
