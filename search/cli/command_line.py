"""Query words among options, as people type them: ``warta search gempa -ambon --sort newest``.

What begins with one hyphen and is no option is a word of the query, wherever it stands; what begins
with two is an option, so that a misspelt one is an error and never searched for. After ``--`` all
are words.

A shell takes quotation marks off: ``gempa -"kereta cepat"`` comes as ``gempa`` and ``-kereta
cepat``. A word with a blank after a sign or after a field and its colon can hardly have come about
in another way, so it gets them back. Where it is alone it may be a whole query in the shell's own
quotation marks (``"-ambon gempa"``), and stays as it came; so does what has a blank and neither
sign nor field, as ``"kereta cepat" bandung``. What all of it was read as is said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import click

from index.bilingual import Text
from index.console import Command
from index.light_dataclass import dataclass
from index.printing import shown

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_BLANK = re.compile(r"\S\s+\S")
_LIKE_AN_OPTION = re.compile(r"-[a-z]\d*", re.ASCII | re.IGNORECASE)
_UNQUOTED = re.compile(
    r"""(?P<before>[-+]?(?!https?:)(?:[^\W\d_]+:=?)|[-+])(?P<text>[^\s"“”()][^"“”()]*\s[^"“”()]*)"""
)


@dataclass(frozen=True, slots=True)
class CommandLine:
    """Arguments told apart, and what should be said of how they were read."""

    options: tuple[str, ...]
    words: tuple[str, ...]
    remarks: tuple[Text, ...]


def read_command_line(arguments: Sequence[str], options: Mapping[str, bool]) -> CommandLine:
    """Tell options and query words apart; ``options``: by name, whether a value follows.

    Raises ``BadOptionUsage`` where none does.
    """
    chosen: list[str] = []
    words: list[str] = []
    remarks: list[Text] = []
    rest = iter(arguments)
    for one in rest:
        if one == "--":
            words.extend(rest)
        elif one in options:
            chosen.append(one)
            if options[one]:
                value = next(rest, None)
                if value is None:
                    raise click.BadOptionUsage(
                        one, f"{one}: nilainya tidak ada / requires an argument"
                    )
                chosen.append(value)
        elif one.startswith("--"):
            chosen.append(one)
        else:
            words.append(one)
            option = f"--{one.lstrip(_DASHES)}" if one[0:1] in _DASHES else ""
            if option in options or _LIKE_AN_OPTION.fullmatch(one):
                remarks.append(_no_option(one, option if option in options else ""))
    typed = tuple(_with_quotes(one) for one in words) if len(words) > 1 else tuple(words)
    remarks.extend(_of_quotes(typed))
    return CommandLine(tuple(chosen), typed, tuple(remarks))


def _of_quotes(typed: Sequence[str]) -> list[Text]:
    """What is said of quotation marks that the shell may have taken off."""
    if len(typed) > 1:
        whole = " ".join(typed)
        return [_read_as(whole)] if any(map(_BLANK.search, typed)) else []
    from search.query.foreign import IN_TEXT

    for alone in typed:
        quoted = _with_quotes(alone)
        found = _UNQUOTED.fullmatch(alone)
        if found and (alone.startswith("-") or found["before"].strip("+=:").lower() in IN_TEXT):
            return [_read_as(alone, quoted)]
    return []


def _with_quotes(word: str) -> str:
    found = _UNQUOTED.fullmatch(word)
    return word if found is None else f'{found["before"]}"{found["text"].strip()}"'


def _read_as(query: str, phrase: str = "") -> Text:
    english = f"; with a phrase: '{shown(phrase)}'" if phrase else ""
    indonesian = f"; dengan frasa: '{shown(phrase)}'" if phrase else ""
    return Text(f"read as: {shown(query)}{english}", f"dibaca sebagai: {shown(query)}{indonesian}")


def _no_option(word: str, option: str) -> Text:
    english = f"; the option is {option}" if option else ""
    indonesian = f"; opsinya {option}" if option else ""
    return Text(
        f"{shown(word)} is read as part of the query, not as an option{english}",
        f"{shown(word)} dibaca sebagai bagian kueri, bukan opsi{indonesian}",
    )


class AskingCommand(Command):
    """A command whose arguments are the words of a query."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Have the options before ``--`` and the words after it, and say what was read how."""
        if ctx.resilient_parsing:  # The shell asks how a line may go on.
            return super().parse_args(ctx, args)
        line = read_command_line(args, self.known_options(ctx))
        parsed = super().parse_args(ctx, [*line.options, "--", *line.words])
        for remark in line.remarks:
            click.echo(f"{remark.indonesian} / {remark.english}", err=True)
        return parsed

    def known_options(self, ctx: click.Context) -> dict[str, bool]:
        """The names of the options, and whether a value follows each."""
        known: dict[str, bool] = dict.fromkeys(ctx.help_option_names, False)
        for one in self.params:
            if isinstance(one, click.Option):
                takes_value = not (one.is_flag or one.count)
                known.update(dict.fromkeys([*one.opts, *one.secondary_opts], takes_value))
        return known
