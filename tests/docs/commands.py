"""The commands, their options and the environment, as click knows them."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Iterable, Iterator

import click

from index.settings import settings_of
from tests.docs.markdown import BOTH, between, prose, table
from web.cli import main

_SETTINGS = """\
A setting is what the command line says, else its variable in the environment, else its key in the
file `warta.toml` in the working directory (another file: the option `--config` before the command,
or `$WARTA_CONFIG`), else its default. `warta config` shows all that are in force, and where each
comes from. A key at the top of the file is for every command that has the setting, a key in a table
for the command that the table is named after; relative paths are relative to the file. Several
values are a list in the file, words in a variable.
"""
_EXAMPLE = (
    'index = "/var/lib/warta/index"',
    "",
    "[serve]",
    "port = 8080",
    'trusted-proxy = ["127.0.0.1"]',
)
_DATES = {"%Y": "YYYY", "%m": "MM", "%d": "DD"}


def commands() -> Iterator[tuple[click.Context, list[click.Option]]]:
    """Every command in the order of the help, with its options."""
    root = click.Context(main, info_name="warta", show_default=True)
    for name in main.list_commands(root):
        command = main.get_command(root, name)
        assert command is not None
        context = click.Context(command, parent=root, info_name=name)
        yield context, [one for one in command.params if isinstance(one, click.Option)]


def commands_section() -> Iterator[str]:
    """What each command does in both languages, an example, and its options."""
    yield "## Commands\n"
    yield "Every command has `-h` and `--help`.\n"
    for context, options in commands():
        usage = context.command.collect_usage_pieces(context)
        yield f"### warta {context.info_name}\n"
        yield f"`{' '.join([context.command_path, *usage])}`\n"
        yield from _help(context.command.help or "")
        if options:
            yield from table(("option", "takes", "default", *BOTH), _rows(context, options))


def environment_section() -> Iterator[str]:
    """The settings: their variables and their keys in the file."""
    uses: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for context, _ in commands():
        for key, one in settings_of(context.command).items():
            command = f"`{context.info_name}`"
            uses[str(one.envvar)].append((f"`{key}`", f"`{one.opts[0]}`", command))
    yield "## Settings\n"
    yield _SETTINGS
    yield "\n".join(["```toml", *_EXAMPLE, "```", ""])
    yield from table(
        ("variable", "in the file", "instead of", "in"),
        (
            [
                f"`{variable}`",
                *(", ".join(dict.fromkeys(names)) for names in zip(*found, strict=True)),
            ]
            for variable, found in sorted(uses.items())
        ),
    )


def _help(text: str) -> Iterator[str]:
    """The paragraphs of a command's help; the one that keeps its lines has the examples."""
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        head, *lines = paragraph.split("\n")
        if head == "\b":
            examples = [f"$ {line.strip()}" for line in lines[1:]]
            yield "\n".join(["```console", *examples, "```", ""])
        else:
            yield prose(" ".join([head, *lines])) + "\n"


def _rows(context: click.Context, options: Iterable[click.Option]) -> Iterator[list[str]]:
    for option in options:
        names = ", ".join(f"`{name}`" for name in option.opts + option.secondary_opts)
        indonesian, _, english = (option.help or "").partition(" / ")
        yield [names, _takes(option, context), _default(option, context), english, indonesian]


def _takes(option: click.Option, context: click.Context) -> str:
    found = "" if option.is_flag else f"`{option.make_metavar(context)}`"
    match option.type:
        case click.Choice(choices=choices):
            found = ", ".join(f"`{choice}`" for choice in choices)
        case click.IntRange(min=least, max=most):
            found = f"whole number, {between(least, most)}"
        case click.FloatRange(min=least, max=most):
            found = f"number, {between(least, most)}"
        case click.DateTime(formats=formats):
            found = ", ".join(f"`{_as_typed(one)}`" for one in formats)
    return f"{found}; repeatable" if option.multiple else found


def _as_typed(pattern: str) -> str:
    for code, letters in _DATES.items():
        pattern = pattern.replace(code, letters)
    return pattern


def _default(option: click.Option, context: click.Context) -> str:
    """Where the value comes from that is not given: variables, then a value or words for it."""
    extra = option.get_help_extra(context)
    found = [f"`${name}`" for name in extra.get("envvars", ())]
    if isinstance(option.show_default, str):
        found.append(option.show_default)
    elif "default" in extra:
        found.append(f"`{extra['default']}`")
    return ", else ".join(found)
