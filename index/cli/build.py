"""The commands that bring articles into an index: rebuild and update."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from index.article import Article
from index.cli.job import Write, in_parts, run
from index.cli.options import Choices, build_options, copies_options
from index.console import command
from index.errors import NotOnADirectory
from index.location import Directory, locate
from index.stemming import StemmerName
from index.target import (
    BuildOptions,
    IndexTarget,
    Progress,
    Published,
    open_target,
    ready_workers,
    require_room,
)

_MANY_BYTES = 4 << 20
"""Bytes of files from which on they are many articles, packed or not."""


@command("rebuild", asks=False)
@build_options
@click.option(
    "--if-changed",
    is_flag=True,
    help="Hanya bila berkas sumber berubah. / Only if a source file has changed.",
)
@click.option(
    "--if-needed",
    is_flag=True,
    help="Hanya bila perlu: belum ada indeks, rusak, dari versi lain, atau sumber berubah; sebabnya"
    " disebutkan. / Only if there is no index, or it is damaged or of another version, or a source"
    " has changed; says which.",
)
@click.option(
    "--from-index",
    is_flag=False,
    flag_value="",
    metavar="[INDEKS]",
    help="Dari artikel di indeks lama, atau di indeks lain yang disebut, beserta daftar kata dan"
    " pemotong imbuhannya. / From the articles that the old index has stored, or another index that"
    " is named, with its words and its stemmer.",
)
@copies_options
@click.option(
    "--stemmer",
    type=click.Choice(StemmerName, case_sensitive=False),
    help="Pemotong imbuhan: milik Warta, atau Snowball agar sama dengan sistem lain; bawaan: milik"
    " indeks lama. / What stems words: Warta's own, or Snowball to agree with other systems;"
    " default: that of the old index.",
)
def rebuild(*, if_changed: bool, if_needed: bool, from_index: str | None, **options: Any) -> None:
    """Bangun indeks baru dari arsip artikel / Build a new index from article files.

    SUMBER adalah berkas .txt, .jsonl, .json, .csv, .tsv, .xlsx, .parquet, .arrow, .html, atau .xml
    (juga .gz, .bz2, .xz, .zst), folder, atau "-" untuk JSON Lines dari masukan standar. Indeks lama
    tetap melayani sampai yang baru selesai.

    SUMBER is a .txt, .jsonl, .json, .csv, .tsv, .xlsx, .parquet, .arrow, .html or .xml file (also
    .gz, .bz2, .xz, .zst), a folder, or "-" for JSON Lines on standard input. The old index serves
    until the new one is complete.

    \b
    Contoh / Example:
      warta rebuild arsip/ berita.jsonl.gz --index indeks
    """
    choices = Choices(**options)
    stored = from_index is not None
    if stored == bool(choices.sources):
        raise click.UsageError(
            "beri SUMBER atau --from-index, salah satu / give SOURCE or --from-index, one of them"
        )
    if stored and (if_changed or choices.dry_run):
        raise click.UsageError(
            "--from-index tidak dapat digabung dengan / cannot be combined with: "
            + ("--if-changed" if if_changed else "--dry-run")
        )
    if if_changed and if_needed:
        raise click.UsageError(
            "beri --if-changed atau --if-needed, salah satu / "
            "give --if-changed or --if-needed, one of them"
        )
    _require_cluster(choices)
    if not (if_changed or if_needed):
        _start_ahead(choices)
    target = open_target(choices.index_url)
    fingerprint = None if stored else _fingerprint(choices)
    because = None
    if (if_changed or if_needed) and not choices.dry_run:
        from index.cli.need import Need, need
        from index.cli.report import print_unchanged

        found = need(choices, target, fingerprint)
        if not isinstance(found, Need):
            print_unchanged(found, as_json=choices.as_json)
            return
        because = found if if_needed else None
    write: Write = target.rebuild
    articles = None
    if stored:
        source = open_target(from_index) if from_index else target
        articles = source.stored_articles()
        if from_index:
            write = _as_made(target, source)
    run(choices, write, articles, fingerprint=fingerprint or "", because=because)
    if choices.dry_run:
        require_room(choices.index_url)


@command("update", asks=False)
@build_options
@click.option(
    "--commit-every",
    type=click.IntRange(1),
    metavar="N",
    help="Terbitkan setiap N artikel. / Publish after every N articles.",
)
def update(*, commit_every: int | None, **options: Any) -> None:
    """Tambahkan atau ganti artikel / Insert articles, or replace those of the same id.

    Artikel mengganti artikel ber-id sama bila merupakan versinya: isi, alamat, atau sebagian besar
    katanya sama. Bila id itu milik artikel lain, keduanya disimpan, yang baru dengan id yang memuat
    nama berkasnya (b.jsonl:1), dan pembaruan berkas itu kelak menggantinya di sana.

    An article replaces the one of its id where it is a version of it: with the same body, address
    or most of the words. Where the id is another article's, both are kept, the new one under an id
    with the name of its file (b.jsonl:1), and later updates with that file replace it there.

    \b
    Contoh / Example:
      warta update hari-ini.jsonl --index indeks
    """
    choices = Choices(**options)
    if not choices.sources:
        raise click.UsageError("SUMBER tidak ada / SOURCE is missing")
    _start_ahead(choices)
    target = open_target(choices.index_url)
    write = target.update if commit_every is None else in_parts(target.update, commit_every)
    with target.held_articles() as held:
        run(choices, write, held=held)
    if choices.dry_run:
        require_room(choices.index_url)


def _as_made(target: IndexTarget, source: IndexTarget) -> Write:
    """``rebuild``, with the words and the stemmer of another index where none are given."""

    def write(articles: Iterable[Article], options: BuildOptions, progress: Progress) -> Published:
        words = source.words_for(options)
        options = replace(options, words=words, stemmer=words.stemmer)
        return target.rebuild(articles, options, progress)

    return write


def _require_cluster(choices: Choices) -> None:
    """Raise ``NotOnADirectory`` where a directory is to have shards or replicas."""
    given = {"--shards": choices.shards, "--replicas": choices.replicas}
    names = [name for name, number in given.items() if number is not None]
    if names and isinstance(locate(choices.index_url), Directory):
        raise NotOnADirectory(choices.index_url, ", ".join(names))


def _start_ahead(choices: Choices) -> None:
    """Fork workers where many articles come, while this process has nothing that they must not."""
    if choices.workers == 1 or choices.dry_run:
        return
    size = 0
    for source in choices.sources:
        with suppress(OSError, ValueError):  # Whoever reads it tells of it.
            size += Path(source).stat().st_size
    if size >= _MANY_BYTES:
        with suppress(OSError):  # Tried again when they are needed.
            ready_workers(choices.index_url, choices.workers, choices.memory)


def _fingerprint(choices: Choices) -> str:
    """What two rebuilds of the same files have in common; empty with standard input."""
    from index.sources.fingerprint import fingerprint

    return fingerprint(choices.sources, choices.fields, choices.limits)
