"""The documentation is complete, and what it says is so."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
import shlex
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module

import click
import pytest

from index.build import LocalTarget
from index.fields import FIELDS
from index.target import BuildOptions
from search.cli.command_line import AskingCommand, read_command_line
from search.engine import SearchEngine, open_engine
from search.messages import SENTENCES
from search.query import syntax
from search.query.parse import parse
from search.query.syntax.node import Node
from search.request import Sort
from tests.docs import language
from tests.docs.commands import commands
from tests.docs.options import PAGE, page
from tests.docs.pages import ROOT, Page, pages, spans_of
from tests.docs.queries import ARTICLES, FINDS, kinds
from tests.search.asking import ask, ids
from tests.search.contract.differences import DIFFERENCES
from web.cli import main
from web.problems import PROBLEM_TYPES

PAGES = pages()
FOLDERS = ("index", "search", "web", "tests", "docs", "scripts", "sample", "deploy")
README = Page("README.md")
OPTIONS = Page("docs/options.md")
COMMANDS = {str(context.info_name): (context, options) for context, options in commands()}


def each(found: Iterable[str]) -> pytest.MarkDecorator:
    """A test for each name."""
    return pytest.mark.parametrize("name", list(found))


def everywhere(found: Callable[[Page], Iterable[str]]) -> pytest.MarkDecorator:
    """A test for each thing that a page has."""
    return pytest.mark.parametrize(
        ("on", "found"),
        [pytest.param(one, what, id=f"{one.name}: {what}") for one in PAGES for what in found(one)],
    )


def typed(beginning: str) -> Callable[[Page], Iterable[str]]:
    """The command lines of a page that begin so."""
    return lambda one: [line for line in one.command_lines if line.startswith(f"{beginning} ")]


# Everything that users can name is documented.


def test_the_page_of_options_is_what_make_docs_writes() -> None:
    assert PAGE.read_text("utf-8") == page(), "run make docs"


def test_the_page_and_the_table_of_queries_are_what_make_docs_writes() -> None:
    assert language.PAGE.read_text("utf-8") == language.page(), "run make docs"
    assert README.text == language.readme(), "run make docs"


@each(f"{name} {one.opts[0]}" for name, (_, options) in COMMANDS.items() for one in options)
def test_every_option_is_documented_in_both_languages(name: str) -> None:
    command, option = name.split()
    rows = {cells[0]: cells for cells in OPTIONS.rows(f"warta {command}")}
    english, indonesian = rows[f"`{option}`"][-2:]
    assert english
    assert indonesian
    assert english != indonesian


def _constants(folder: str, beginning: str) -> Iterator[str]:
    """The constant strings in the code of a folder, of files in which something begins so.

    ``setup.py`` is one of the folder ``index``.
    """
    setup = [ROOT / "setup.py"] if folder == "index" else []
    for path in [*setup, *(ROOT / folder).rglob("*.py")]:
        text = path.read_text("utf-8")
        # What writes the documentation reads none of what it names.
        if beginning not in text or "docs" in path.relative_to(ROOT).parts:
            continue
        for one in ast.walk(ast.parse(text)):
            if isinstance(one, ast.Constant):
                yield str(one.value)


VARIABLES = sorted(
    {
        name
        for one in FOLDERS
        for name in _constants(one, "WARTA_")
        if re.fullmatch(r"WARTA_[A-Z_]+", name)
    }
    | {str(one.envvar) for _, options in commands() for one in options if one.envvar}
)
DOCUMENTED_VARIABLES = sorted({name for one in PAGES for name in one.named(r"WARTA_[A-Z_]+")})


@each(VARIABLES)
def test_every_variable_of_the_environment_is_documented(name: str) -> None:
    assert name in DOCUMENTED_VARIABLES


@each(DOCUMENTED_VARIABLES)
def test_every_variable_that_is_documented_is_named_in_the_code(name: str) -> None:
    assert name in VARIABLES


METRICS = {name for name in _constants("web", "warta_") if re.fullmatch(r"warta_[a-z_]+", name)}
DOCUMENTED_METRICS = sorted({name for one in PAGES for name in one.named(r"warta_[a-z_]+")})


@each(DOCUMENTED_METRICS)
def test_every_metric_that_is_documented_is_counted(name: str) -> None:
    assert {name, re.sub("_(total|bucket|sum|count)$", "", name)} & METRICS


@each(SENTENCES)
def test_every_note_is_documented(name: str) -> None:
    assert f"`{name}`" in [cells[0] for cells in OPTIONS.rows("Notes")]


@each(str(kind.name) for kind in PROBLEM_TYPES)
def test_every_problem_is_documented(name: str) -> None:
    assert f"`{name}`" in [cells[0] for cells in OPTIONS.rows("Problems")]


def test_the_table_of_commands_has_them_all() -> None:
    rows = [spans_of(cells[0])[0].split()[1] for cells in README.rows("Use")]
    assert sorted(rows) == sorted(COMMANDS)


def test_what_differs_on_a_cluster_is_documented() -> None:
    rows = Page("docs/scaling.md").rows("What differs")
    assert [(one.what, one.why) for one in DIFFERENCES] == [tuple(row[:2]) for row in rows]


# README's table of queries is run.

TYPED = [row.query for row in language.EXAMPLES]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    path = tmp_path_factory.mktemp("docs") / "index"
    LocalTarget(path).rebuild(ARTICLES, BuildOptions())
    return open_engine(path)


def test_every_query_of_the_table_is_run() -> None:
    assert list(FINDS) == TYPED, "say in tests/docs/queries.py what the example finds"


@each(TYPED)
def test_a_query_of_the_table_finds_what_its_row_says(engine: SearchEngine, name: str) -> None:
    expected = {one.id for one in ARTICLES if FINDS[name](one)}
    assert 0 < len(expected) < len(ARTICLES)
    # By date, some of the words suffice only where no article has them all.
    assert set(ids(ask(engine, name, sort=Sort.NEWEST))) == expected


def test_exact_forms_are_first_as_the_table_says(engine: SearchEngine) -> None:
    assert ids(ask(engine, "harga beras"))[:2] == ["a1", "a2"]


def _kinds_of_nodes() -> Iterator[str]:
    for found in pkgutil.iter_modules(syntax.__path__, f"{syntax.__name__}."):
        for name, value in vars(import_module(found.name)).items():
            is_here = inspect.isclass(value) and value.__module__ == found.name
            if is_here and issubclass(value, Node) and not inspect.isabstract(value):
                yield name


def test_every_kind_of_node_is_in_the_table() -> None:
    not_typed = {"Synonyms", "Maybe", "Spellings", "TimeSpellings", "SideBySide"}
    roots = [parse(query).root for query in TYPED]
    shown = {kind for root in roots if root is not None for kind in kinds(root)}
    assert shown | not_typed == set(_kinds_of_nodes())


@each(field.query_names[0] for field in FIELDS if field.query_names)
def test_every_field_that_queries_name_is_in_the_table(name: str) -> None:
    assert any(query.startswith(f"{name}:") for query in TYPED)


# What a page names is there.


@everywhere(lambda one: one.links)
def test_every_link_leads_somewhere(on: Page, found: str) -> None:
    target, _, anchor = found.partition("#")
    if re.match(r"[a-z]+:", target):
        return
    path = (on.path.parent / target).resolve() if target else on.path
    assert path.exists()
    if anchor:
        assert anchor in Page(path.relative_to(ROOT).as_posix()).anchors


def test_every_page_is_linked_from_another() -> None:
    linked = {
        (one.path.parent / link.partition("#")[0]).resolve() for one in PAGES for link in one.links
    }
    assert {one.name for one in PAGES if one.path not in linked} <= {"README.md"}


SOURCES = (".py", ".md", ".toml", ".html", ".css", ".js", ".po")
PATH = re.compile(r"[\w.-]+(?:/[\w.<>-]+)*/?")


def paths(of: Page) -> Iterator[str]:
    """The code spans that look like files or folders of the repository."""
    for span in of.spans:
        is_below = span.startswith(tuple(f"{folder}/" for folder in FOLDERS))
        if PATH.fullmatch(span) and (is_below or span.endswith(("/", *SOURCES))):
            yield span


@cache
def tree() -> tuple[str, ...]:
    """Every file and folder, with ``/`` before it."""
    found = [path for path in ROOT.iterdir() if path.is_file()]
    for folder in FOLDERS:
        found += [ROOT / folder, *(ROOT / folder).rglob("*")]
    return tuple(f"/{path.relative_to(ROOT).as_posix()}" for path in found)


@everywhere(paths)
def test_every_path_is_there(on: Page, found: str) -> None:
    """Where a page writes ``<what>`` for a name that is to be chosen, the folder must be there.

    A page may also leave out in which folder a file lies.
    """
    wanted = found.partition("<")[0].rpartition("/")[0] if "<" in found else found.rstrip("/")
    assert any(one.endswith(f"/{wanted}") for one in tree()), on.name


@everywhere(typed("warta"))
def test_every_command_line_names_a_command_and_its_options(on: Page, found: str) -> None:
    name, *arguments = shlex.split(found, comments=True)[1:]
    is_option = name.startswith("-")
    assert is_option or name in COMMANDS
    context = click.Context(main) if is_option else COMMANDS[name][0]
    arguments = [name, *arguments] if is_option else arguments
    try:
        if isinstance(context.command, AskingCommand):
            line = read_command_line(arguments, context.command.known_options(context))
            arguments = [*line.options, "--", *line.words]
        context.command.make_parser(context).parse_args(arguments)
    except click.UsageError as error:
        pytest.fail(f"{on.name}: {error.format_message()}")


@everywhere(typed("python -m"))
def test_every_module_that_is_run_is_there(on: Page, found: str) -> None:
    path = ROOT.joinpath(*found.split()[2].split("."))
    assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), on.name


MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE)


@everywhere(typed("make"))
def test_every_target_of_make_that_is_named_is_there(on: Page, found: str) -> None:
    assert found.split()[1] in TARGETS, on.name


@each(TARGETS)
def test_every_target_of_make_says_what_it_does(name: str) -> None:
    assert re.search(rf"^{name}:.*## \w", MAKEFILE, re.MULTILINE)
    assert re.search(rf"^\.PHONY:.* {name}\b", MAKEFILE, re.MULTILINE)


# The promises.

PROMISES = Page("docs/promises.md")
SHOWN_BY = sorted(
    {span for span in PROMISES.spans if "::" in span} if PROMISES.path.exists() else ()
)


def test_every_promise_names_a_test() -> None:
    assert PROMISES.path.exists(), "the page of promises is missing"
    headings = re.findall(r"^## (.+)$", PROMISES.text, re.MULTILINE)
    rows = [row for heading in headings for row in PROMISES.rows(heading)]
    assert rows
    assert [row[0] for row in rows if not any("::" in one for one in spans_of(row[1]))] == []


@each(SHOWN_BY)
def test_the_test_that_shows_a_promise_is_there(name: str) -> None:
    path, _, function = name.partition("::")
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    assert function in {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}
