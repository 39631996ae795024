"""The options of the commands that read articles, and what they say."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.console import index_option, json_option
from index.fields import BY_NAME, FIELDS
from index.light_dataclass import dataclass
from index.settings import setting

if TYPE_CHECKING:
    from index.analysis import UserWords
    from index.sources import Limits
    from index.stemming import StemmerName

wait_option = click.option(
    "--wait",
    is_flag=True,
    help="Tunggu perintah lain yang sedang menulis. / Wait for another writing command.",
)


def build_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of which ``Choices`` is made."""
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
            help="Nama lain sebuah isian, mis. title=headline; boleh beberapa (body=a,b) atau jalur"
            " (body=content.rendered). / Another name of a field, several in order, or a path.",
        ),
        setting(
            "--words",
            "words_path",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            metavar="BERKAS",
            help="Kata yang dilindungi dan sinonim; bawaan: milik indeks lama."
            " / Protected words and synonyms; default: those of the old index.",
        ),
        setting(
            "--workers",
            type=click.IntRange(1),
            default=lambda: len(os.sched_getaffinity(0)),
            show_default="semua inti / all cores",
            help="Banyaknya proses. / How many processes share the work.",
        ),
        setting(
            "--memory",
            type=click.IntRange(64),
            default=1024,
            show_default=True,
            metavar="MIB",
            help="Sasaran memori semua proses, dalam MiB. / Memory aimed at, all processes"
            " together, in MiB.",
        ),
        setting(
            "--max-unpacked",
            type=click.IntRange(1),
            default=256,
            show_default=True,
            metavar="MIB",
            help="Berkas mampat yang isinya lebih dari sekian MiB dan lebih dari --max-ratio kali"
            " ukurannya ditinggalkan. / A packed file that holds more than so many MiB and more"
            " than --max-ratio times its size is left.",
        ),
        setting(
            "--max-ratio",
            type=click.IntRange(1),
            default=200,
            show_default=True,
            metavar="N",
            help="Lihat --max-unpacked; teks berita mengembang 3 sampai 10 kali."
            " / See --max-unpacked; news unpacks to 3 to 10 times its size.",
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
        wait_option,
        json_option,
    ]
    for option in reversed(options):
        function = option(function)
    return function


def copies_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say how an index lies on a cluster."""
    options = [
        click.option(
            "--shards",
            type=click.IntRange(1, 1024),
            metavar="N",
            help="Klaster saja: indeks dibagi menjadi N bagian; bawaan: seperti indeks lama, atau"
            " 2. / Clusters only: the index is split into N parts; default: as the old index, or"
            " 2.",
        ),
        click.option(
            "--replicas",
            type=click.IntRange(0, 64),
            metavar="N",
            help="Klaster saja: salinan tiap bagian pada simpul lain; bawaan: seperti indeks lama,"
            " atau 1. / Clusters only: copies of each part on other nodes; default: as the old"
            " index, or 1.",
        ),
    ]
    for option in reversed(options):
        function = option(function)
    return function


@dataclass(frozen=True)
class Choices:
    """What the options of ``build_options`` say, under their names."""

    sources: tuple[str, ...]
    index_url: str
    mapping: tuple[str, ...]
    words_path: Path | None
    workers: int
    memory: int
    max_unpacked: int
    max_ratio: int
    strict: bool
    dry_run: bool
    wait: bool
    as_json: bool
    stemmer: StemmerName | None = None
    shards: int | None = None
    replicas: int | None = None

    @cached_property
    def words(self) -> UserWords | None:
        """The user's words in the file that is named. Raises ``WordsInvalid``."""
        from index.analysis import read_words

        return None if self.words_path is None else read_words(self.words_path)

    @property
    def limits(self) -> Limits:
        """How far packed files may unpack."""
        from index.sources import Limits

        return Limits(self.max_ratio, self.max_unpacked * 2**20)

    @cached_property
    def fields(self) -> dict[str, list[str]]:
        """The names that ``--map`` gives to fields, best first. Raises ``BadParameter``."""
        fields: dict[str, list[str]] = {}
        for pair in self.mapping:
            given, _, name = pair.partition("=")
            field = given.strip().lower()
            if field not in BY_NAME or not name.strip(" ,"):
                meant = _field_called(field)
                like = f"; mungkin / perhaps {meant}={name}" if meant and name else ""
                raise click.BadParameter(
                    f"{pair}: tulis FIELD=NAMA; FIELD salah satu dari / "
                    f"write FIELD=NAME; FIELD is one of: {', '.join(BY_NAME)}{like}",
                    param_hint="--map",
                )
            fields.setdefault(field, []).append(name.strip())
        return fields


def _field_called(name: str) -> str | None:
    """The field that is meant by another of its names, or by one that is misspelled."""
    import difflib

    names = {
        called.lower(): field.name
        for field in FIELDS
        for called in (field.name, field.label.indonesian, *field.archive_names)
    }
    found = difflib.get_close_matches(name, names, n=1, cutoff=0.8)
    return names[found[0]] if found else None
