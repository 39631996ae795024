"""The commands that write and check an index."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from index.console import (
    command,
    index_option,
    json_option,
    number,
    print_json,
    progress_bar,
)

if TYPE_CHECKING:
    from index.analysis import UserWords
    from index.article import Article
    from index.sources import ReadReport
    from index.store import Generation
    from index.target import BuildOptions, Progress, Published

_SHOWN = 10


def _build_options(function: Callable[..., None]) -> Callable[..., None]:
    """The options of commands that read articles."""
    options = [
        click.argument(
            # Whether it can be read is for the readers to find out and to account for.
            "sources",
            nargs=-1,
            metavar="SUMBER...",
            type=click.Path(allow_dash=True, readable=False),
        ),
        index_option,
        click.option(
            "--map",
            "mapping",
            multiple=True,
            metavar="FIELD=NAMA",
            help="Nama lain sebuah isian, mis. title=headline. / Another name of a field.",
        ),
        click.option(
            "--words",
            "words_path",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            envvar="WARTA_WORDS",
            show_envvar=True,
            metavar="BERKAS",
            help="Kata yang dilindungi dan sinonim; bawaan: milik indeks lama."
            " / Protected words and synonyms; default: those of the old index.",
        ),
        click.option(
            "--workers",
            type=click.IntRange(1),
            default=lambda: len(os.sched_getaffinity(0)),
            show_default="semua inti / all cores",
            help="Banyaknya proses. / How many processes share the work.",
        ),
        click.option(
            "--memory",
            type=click.IntRange(64),
            default=1024,
            show_default=True,
            metavar="MIB",
            help="Sasaran memori semua proses. / Memory aimed at, all processes together.",
        ),
        click.option(
            "--strict",
            is_flag=True,
            help="Berhenti pada artikel rusak pertama. / Stop at the first bad article.",
        ),
        click.option(
            "--dry-run",
            is_flag=True,
            help="Baca dan laporkan saja. / Read and report, write nothing.",
        ),
        _wait_option,
        json_option,
    ]
    for option in reversed(options):
        function = option(function)
    return function


_wait_option = click.option(
    "--wait",
    is_flag=True,
    help="Tunggu perintah lain yang sedang menulis. / Wait for another writing command.",
)


@command("rebuild")
@_build_options
@click.option(
    "--if-changed",
    is_flag=True,
    help="Hanya bila berkas sumber berubah. / Only if a source file has changed.",
)
@click.option(
    "--from-index",
    is_flag=True,
    help="Dari artikel di indeks lama. / From the articles that the old index has stored.",
)
def rebuild(*, if_changed: bool, from_index: bool, **options: Any) -> None:
    """Bangun indeks baru dari arsip artikel / Build a new index from article files.

    SUMBER adalah berkas .txt, .jsonl, .json, .csv, atau .tsv (juga .gz), folder, atau "-" untuk
    JSON Lines dari masukan standar. Indeks lama tetap melayani sampai yang baru selesai.

    SUMBER is a .txt, .jsonl, .json, .csv or .tsv file (also .gz), a folder, or "-" for JSON Lines
    on standard input. The old index serves until the new one is complete.

    \b
    Contoh / Example:
      warta rebuild arsip/ berita.jsonl.gz --index indeks
    """
    from index.build import LocalTarget, stored_articles

    job = _Job(**options)
    if from_index == bool(job.sources):
        raise click.UsageError(
            "beri SUMBER atau --from-index, salah satu / give SOURCE or --from-index, one of them"
        )
    if from_index and (if_changed or job.dry_run):
        raise click.UsageError(
            "--from-index tidak dapat digabung dengan / cannot be combined with: "
            + ("--if-changed" if if_changed else "--dry-run")
        )
    if from_index:
        job.run(LocalTarget(job.index_path).rebuild, stored_articles(job.index_path))
        return
    fingerprint = job.fingerprint()
    if if_changed and fingerprint and not job.dry_run:
        generation = _made_from(fingerprint, job.words, job.index_path)
        if generation is not None:
            job.unchanged(generation.name, generation.manifest.articles)
            return
    job.run(LocalTarget(job.index_path).rebuild, None, fingerprint)


@command("update")
@_build_options
@click.option(
    "--commit-every",
    type=click.IntRange(1),
    metavar="N",
    help="Terbitkan setiap N artikel. / Publish after every N articles.",
)
def update(*, commit_every: int | None, **options: Any) -> None:
    """Tambahkan atau ganti artikel / Insert articles, or replace those of the same id.

    \b
    Contoh / Example:
      warta update hari-ini.jsonl --index indeks
    """
    from index.build import LocalTarget

    job = _Job(**options)
    if not job.sources:
        raise click.UsageError("SUMBER tidak ada / SOURCE is missing")
    target = LocalTarget(job.index_path)
    if commit_every is None:
        job.run(target.update, None)
    else:
        job.run(_in_parts(target.update, commit_every), None)


@command("delete")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@index_option
@_wait_option
@json_option
def delete(*, ids: tuple[str, ...], index_path: Path, wait: bool, as_json: bool) -> None:
    """Hapus artikel menurut id / Remove articles by id.

    \b
    Contoh / Example:
      warta delete n000001 https://example.com/berita --index indeks
    """
    from index.build import LocalTarget
    from index.target import BuildOptions

    _require_index(index_path)
    published = LocalTarget(index_path).delete(ids, BuildOptions(wait=wait))
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
def verify(*, index_path: Path, as_json: bool) -> None:
    """Periksa semua checksum / Check every file against its checksum.

    \b
    Contoh / Example:
      warta verify --index indeks
    """
    from index.build import LocalTarget

    damages = LocalTarget(index_path).verify()
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


@command("rollback")
@index_option
@json_option
def rollback(*, index_path: Path, as_json: bool) -> None:
    """Kembali satu generasi / Go back one generation.

    \b
    Contoh / Example:
      warta rollback --index indeks
    """
    from index.build import LocalTarget
    from index.errors import IndexDamaged

    with suppress(IndexDamaged):  # Going back is the remedy.
        _require_index(index_path)
    name = LocalTarget(index_path).rollback()
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
def prune(*, index_path: Path, keep: int, as_json: bool) -> None:
    """Buang generasi lama / Drop old generations.

    \b
    Contoh / Example:
      warta prune --keep 2 --index indeks
    """
    from index.build import LocalTarget

    _require_index(index_path)
    removed = LocalTarget(index_path).prune(keep)
    if as_json:
        print_json({"removed": removed})
    else:
        click.echo(f"{len(removed)} generasi dibuang / generations dropped")


def _require_index(path: Path) -> None:
    """Raise ``IndexMissing`` before a writer makes the directories of an index."""
    from index.errors import IndexMissing
    from index.store import Store

    if Store(path).current_name() is None:
        raise IndexMissing(path)


def _made_from(fingerprint: str, words: UserWords | None, path: Path) -> Generation | None:
    """The generation in use, if it is intact, of this version and made from the same sources."""
    from index.errors import IndexDamaged, IndexMissing, IndexOutdated
    from index.store import Store

    try:
        generation = Store(path).open_current()
    except (IndexMissing, IndexOutdated, IndexDamaged):
        return None
    generation.hold.close()
    same = generation.manifest.parameters.get("fingerprint") == fingerprint
    return generation if same and words in {None, generation.words} else None


@dataclass
class _Job:
    """One rebuild or update: what the options say and what comes of them."""

    sources: tuple[str, ...]
    index_path: Path
    mapping: tuple[str, ...]
    workers: int
    memory: int
    strict: bool
    dry_run: bool
    wait: bool
    as_json: bool
    words_path: Path | None

    def fingerprint(self) -> str:
        """What two rebuilds of the same files have in common; empty with standard input."""
        from index.sources.fingerprint import fingerprint

        return fingerprint(self.sources, self._fields())

    @cached_property
    def words(self) -> UserWords | None:
        """The user's words in the file that is named. Raises ``WordsInvalid``."""
        from index.analysis import read_words

        return None if self.words_path is None else read_words(self.words_path)

    def run(
        self,
        write: Callable[[Iterable[Article], BuildOptions, Progress], Published],
        articles: Iterable[Article] | None,
        fingerprint: str = "",
    ) -> None:
        """Read (the sources, where no articles are given), write, report."""
        from index.errors import NothingToIndex
        from index.sources import ReadReport
        from index.target import BuildOptions

        started = perf_counter()
        report = ReadReport()
        options = BuildOptions(self.workers, self.memory, self.wait, fingerprint, self.words)
        published = None
        with progress_bar("artikel") as step:
            reading = self._reading(report, step) if articles is None else iter(articles)
            if self.dry_run:
                for _ in reading:
                    pass
            else:
                try:
                    published = write(reading, options, step)
                except NothingToIndex:
                    self._print(report, None, perf_counter() - started)
                    raise NothingToIndex(" ".join(self.sources) or str(self.index_path)) from None
        self._print(report, published, perf_counter() - started)

    def unchanged(self, generation: str, articles: int) -> None:
        """Say that there was nothing to do."""
        if self.as_json:
            print_json({"generation": generation, "articles": articles, "unchanged": True})
        else:
            click.echo("sumber tidak berubah; indeks dibiarkan / sources unchanged; index kept")

    def _fields(self) -> dict[str, str]:
        from index.sources import SYNONYMS

        fields: dict[str, str] = {}
        for pair in self.mapping:
            field, _, name = pair.partition("=")
            if field not in SYNONYMS or not name:
                raise click.BadParameter(
                    f"{pair}: tulis FIELD=NAMA; FIELD salah satu dari / "
                    f"write FIELD=NAME; FIELD is one of: {', '.join(SYNONYMS)}",
                    param_hint="--map",
                )
            if field in fields:
                raise click.BadParameter(
                    f"{pair}: {field} sudah diberi nama / already has the name {fields[field]}",
                    param_hint="--map",
                )
            fields[field] = name
        return fields

    def _reading(
        self, report: ReadReport, step: Callable[[str, int, int | None], None]
    ) -> Iterator[Article]:
        from index.sources import read_articles, total_bytes

        size = total_bytes(self.sources)
        found = read_articles(self.sources, report, mapping=self._fields(), strict=self.strict)
        for done, article in enumerate(found, start=1):
            yield article
            if done % 100 == 0:
                # How many there are is guessed from the share of the bytes that is read.
                seen = report.bytes_read
                step("read", done, max(done, done * size // seen) if size and seen else None)

    def _print(self, report: ReadReport, published: Published | None, seconds: float) -> None:
        if self.as_json:
            print_json(_as_json(report, published, seconds))
            return
        if report.read:
            click.echo(
                f"dibaca / read {number(report.read)}"
                f" · diperbaiki / repaired {number(report.repaired)}"
                f" · dilewati / skipped {number(report.skipped)}"
            )
        for kind, count in report.kinds.most_common():
            click.echo(f"  {number(count)} × {kind.indonesian} / {kind.english}", err=True)
        for problem in report.examples[:_SHOWN]:
            click.echo(f"    {problem.indonesian}", err=True)
        if published is not None and self.words is not None:
            click.echo(
                f"kata pengguna / user's words: {number(len(self.words.protected))} dilindungi / "
                f"protected · {number(len(self.words.synonyms))} sinonim / synonyms"
            )
        if published is not None:
            click.echo(
                f"diindeks / indexed {number(published.added)}"
                f" · diganti / replaced {number(published.replaced)}"
                f" · id berulang / repeated ids {number(published.repeated)}"
            )
            click.echo(
                f"indeks berisi {number(published.articles)} artikel / articles in the index"
                f" · {number(seconds)} s · {published.generation}"
            )


def _as_json(report: ReadReport, published: Published | None, seconds: float) -> dict[str, object]:
    facts: dict[str, object] = {
        "read": report.read,
        "repaired": report.repaired,
        "skipped": report.skipped,
        "problems": {kind.value: count for kind, count in report.kinds.items()},
        "examples": [
            {
                "kind": problem.kind.value,
                "file": problem.file,
                "line": problem.line,
                "detail": problem.detail,
            }
            for problem in report.examples[:_SHOWN]
        ],
        "seconds": round(seconds, 3),
    }
    if published is not None:
        facts |= {
            "indexed": published.added,
            "replaced": published.replaced,
            "repeated": published.repeated,
            "articles": published.articles,
            "generation": published.generation,
        }
    return facts


def _in_parts(
    write: Callable[[Iterable[Article], BuildOptions, Progress], Published], size: int
) -> Callable[[Iterable[Article], BuildOptions, Progress], Published]:
    """The same, published after every ``size`` articles; an error tells what came before it."""
    from itertools import chain, islice

    from index.errors import NothingToIndex, WartaError
    from index.target import Published

    def write_parts(
        articles: Iterable[Article], options: BuildOptions, progress: Progress
    ) -> Published:
        waiting = iter(articles)
        published = None
        try:
            for first in waiting:
                part = write(chain([first], islice(waiting, size - 1)), options, progress)
                before = published or Published("", 0)
                published = Published(
                    part.generation,
                    part.articles,
                    before.added + part.added,
                    before.replaced + part.replaced,
                    before.repeated + part.repeated,
                )
        except (WartaError, OSError):
            if published is not None:
                click.echo(
                    f"{number(published.added)} artikel sudah diterbitkan / "
                    f"articles were already published: {published.generation}",
                    err=True,
                )
            raise
        if published is None:
            raise NothingToIndex("the sources")
        return published

    return write_parts
