"""The options of the commands that read articles, and what they say."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.console import index_option, json_option

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
            "--max-unpacked",
            type=click.IntRange(1),
            default=256,
            show_default=True,
            metavar="MIB",
            help="Berkas mampat yang isinya lebih dari ini dan lebih dari --max-ratio kali"
            " ukurannya ditinggalkan. / A packed file that holds more than this and more than"
            " --max-ratio times its size is left.",
        ),
        click.option(
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
    def fields(self) -> dict[str, str]:
        """The names that ``--map`` gives to fields. Raises ``BadParameter``."""
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
