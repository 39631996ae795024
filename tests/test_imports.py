"""Which modules may know which: read from the imports of all of them, wherever these stand.

An import counts in a function and under ``TYPE_CHECKING``, too: what is named there must be known
as well as what is named at the top.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.conftest import ROOT

PACKAGES = ("index", "search", "web")

MAY_KNOW = {"index": {"index"}, "search": {"search", "index"}, "web": {"web", "search", "index"}}

WEB_LIBRARIES = ("flask", "werkzeug", "jinja2", "markupsafe", "gunicorn", "prometheus_client")

ENGINES = ("search.local", "search.opensearch")
INSIDES_OF_AN_INDEX = tuple(
    f"index.{name}"
    for name in (
        "build",
        "store",
        "generation",
        "manifest",
        "words_file",
        "segments",
        "codec",
        "derived",
    )
)


@dataclass(frozen=True, slots=True)
class Import:
    """One name that a module imports, written out: ``index.store.Store``.

    ``where``: the function that imports it, or ``TYPE_CHECKING``; empty where it is imported when
    the importing module is.
    """

    importer: str
    line: int
    name: str
    where: str

    def __str__(self) -> str:
        return f"{self.importer}, line {self.line}: {self.name}"


def imports_of(module: str, source: str, *, is_package: bool = False) -> Iterator[Import]:
    """The imports in the source text of a module."""
    package = module if is_package else module.rpartition(".")[0]
    waiting: list[tuple[ast.AST, str]] = [(ast.parse(source), "")]
    while waiting:
        node, where = waiting.pop()
        match node:
            case ast.Import(names):
                yield from (Import(module, node.lineno, one.name, where) for one in names)
            case ast.ImportFrom(start, names, level):
                around = package.split(".")[: 1 - level or None] if level else []
                path = [*around, start] if start else around
                for one in names:
                    yield Import(module, node.lineno, ".".join([*path, one.name]), where)
            case ast.If(ast.Name("TYPE_CHECKING"), body, otherwise):
                waiting += [(child, where or "TYPE_CHECKING") for child in body]
                waiting += [(child, where) for child in otherwise]
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name):
                waiting += [(child, where or name) for child in node.body]
            case _:
                waiting += [(child, where) for child in ast.iter_child_nodes(node)]


def read(folder: str) -> dict[str, list[Import]]:
    """The imports of every module in a folder by its name."""
    found = {}
    for path in sorted((ROOT / folder).rglob("*.py")):
        is_package = path.name == "__init__.py"
        parts = path.relative_to(ROOT).with_suffix("").parts
        module = ".".join(parts[:-1] if is_package else parts)
        source = path.read_text("utf-8")
        found[module] = list(imports_of(module, source, is_package=is_package))
    return found


@cache
def of_packages() -> dict[str, list[Import]]:
    """The imports of every module that is not a test."""
    return {name: imports for package in PACKAGES for name, imports in read(package).items()}


def inside(name: str, *packages: str) -> bool:
    """Whether a name is one of the modules or packages, or lies in one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def refuse(
    forbidden: Callable[[Import], bool], modules: Mapping[str, list[Import]] | None = None
) -> None:
    """Fail with all imports that are forbidden, one a line."""
    found = [
        str(one)
        for imports in (modules or of_packages()).values()
        for one in imports
        if forbidden(one)
    ]
    if found:
        pytest.fail("\n".join(found))


def is_command(module: str) -> bool:
    """Whether a module has commands: ``cli``, ``…_cli``, or what lies in a package ``cli``."""
    return any(part == "cli" or part.endswith("_cli") for part in module.split("."))


def test_imports_are_seen_wherever_they_stand() -> None:
    source = """
import index.dates as dates, json
from index import store
if TYPE_CHECKING:
    from index.article import Article
else:
    from . import request
class Reader:
    from .local.page import answer
    def read(self):
        with open(self):
            import flask
try:
    from .. import web
finally:
    pass
"""
    assert {(one.line, one.name, one.where) for one in imports_of("search.engine", source)} == {
        (2, "index.dates", ""),
        (2, "json", ""),
        (3, "index.store", ""),
        (5, "index.article.Article", "TYPE_CHECKING"),
        (7, "search.request", ""),
        (9, "search.local.page.answer", ""),
        (12, "flask", "read"),
        (14, "web", ""),
    }
    (one,) = imports_of("search.local", "from .page import answer", is_package=True)
    assert one.name == "search.local.page.answer"


def test_imports_point_from_web_to_search_to_index() -> None:
    def backwards(one: Import) -> bool:
        importer, imported = one.importer.split(".")[0], one.name.split(".")[0]
        return imported in {*PACKAGES, "tests"} and imported not in MAY_KNOW[importer]

    refuse(backwards)


def test_only_web_knows_the_libraries_of_the_web() -> None:
    def of_the_web(one: Import) -> bool:
        return inside(one.name, *WEB_LIBRARIES) and not inside(one.importer, "web")

    refuse(of_the_web)


def test_of_whoosh_only_its_queries_are_known_outside_index_and_the_engines() -> None:
    def storage(one: Import) -> bool:
        knows = inside(one.importer, "index", *ENGINES)
        return inside(one.name, "whoosh") and not knows and not inside(one.name, "whoosh.query")

    refuse(storage)


def test_only_open_engine_knows_the_engines() -> None:
    def reaches_in(one: Import) -> bool:
        opens = (one.importer, one.where) == ("search.engine", "open_engine")
        knows = opens or inside(one.importer, *ENGINES)
        return inside(one.name, *ENGINES) and not knows

    refuse(reaches_in)


def test_the_embedded_engine_knows_no_other() -> None:
    def reaches_out(one: Import) -> bool:
        return inside(one.importer, "search.local") and inside(
            one.name, "search.opensearch", "index.opensearch"
        )

    refuse(reaches_out)


def test_only_those_of_a_cluster_know_its_client() -> None:
    def asks(one: Import) -> bool:
        knows = inside(one.importer, "index.opensearch", "search.opensearch")
        return inside(one.name, "opensearchpy") and not knows

    refuse(asks)


def test_only_index_and_the_engines_know_the_insides_of_an_index() -> None:
    def reaches_in(one: Import) -> bool:
        knows = inside(one.importer, "index", *ENGINES)
        return inside(one.name, *INSIDES_OF_AN_INDEX) and not knows

    refuse(reaches_in)


def test_commands_know_indexes_and_engines_by_their_boundaries_alone() -> None:
    def reaches_in(one: Import) -> bool:
        return is_command(one.importer) and inside(one.name, *ENGINES, *INSIDES_OF_AN_INDEX)

    refuse(reaches_in)


def test_the_contract_of_engines_knows_none_of_them() -> None:
    def reaches_in(one: Import) -> bool:
        return inside(one.name, "whoosh", *ENGINES, *INSIDES_OF_AN_INDEX)

    contract = read("tests/search/contract")
    assert contract
    refuse(reaches_in, contract)


@pytest.mark.parametrize("package", PACKAGES)
def test_the_packages_themselves_import_nothing(package: str) -> None:
    assert [str(one) for one in of_packages()[package]] == []


def test_no_module_needs_itself_to_be_imported() -> None:
    try:
        TopologicalSorter({module: set(_needed(module)) for module in of_packages()}).prepare()
    except CycleError as error:
        pytest.fail(" needs ".join(reversed(error.args[1])))


def _needed(module: str) -> Iterator[str]:
    """The modules that are run before a module is, when it is imported."""
    for one in of_packages()[module]:
        if one.where:
            continue
        parts = one.name.split(".")
        prefixes = [".".join(parts[: n + 1]) for n in range(len(parts))]
        known = [prefix for prefix in prefixes if prefix in of_packages()]
        # The packages around the importing module are being imported already.
        yield from (prefix for prefix in known[:-1] if not inside(module, prefix))
        yield from (prefix for prefix in known[-1:] if prefix != module)
